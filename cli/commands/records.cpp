#include "cli/commands/records.h"

#include "cli/commands/record_lines.h"
#include "cli/commands/recorded.h"
#include "ledger/event/choices.h"
#include "ledger/event/kinds.h"

#include <algorithm>

namespace wsoa {
namespace {

using schema::WordField;

WordSpec subject_word() {
    return {.name = "SUBJECT", .help = "what it is about, such as TH-E07 or TH-1.2"};
}
OptionSpec case_option() {
    return {.name = "case-reference",
            .value = "WORDS",
            .help = "the case's or the notice's own reference"};
}
OptionSpec requester_option() {
    return {.name = "requester", .value = "WORDS", .help = "who asked for it"};
}

std::vector<std::string> choices_of(Kind kind, std::string_view name) {
    const auto& fields = info_of(kind).fields;
    const auto field = std::ranges::find(fields, name, &Field::name);
    CHECK(field != fields.end());
    return field->choices;
}

Result<void> answer_hold(const Plan& plan, ChangeLine& line) {
    const auto* const hold = part_in(plan.holds, line.subject);
    if (hold == nullptr) {
        return error(Fault::missing, "there is no hold {}", line.subject.str())
            .advise(fmt::format("`wsoa hold list {}` lists them", plan.ref.str()));
    }
    line.answers = hold->placed.index;
    return done();
}

// A decision is about what was asked: the subject, the scope and the event come from the request.
Result<Exit> decide(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto request = TRY(SubjectRef::parse(given.value("REQUEST")));
    const auto* const signer = TRY(desk.signer());
    auto* const writing = TRY(desk.writing());
    const auto* const state = TRY(writing->state_with(request.plan()));
    const auto* const plan = request.plan() ? state->plan(*request.plan()) : nullptr;
    const auto* const erasure = plan == nullptr ? nullptr : part_in(plan->erasures, request);
    if (erasure == nullptr) {
        return error(Fault::missing, "there is no request for erasure {}", request.str())
            .advise("`wsoa log --kind erasureRequested` lists them");
    }
    auto line = TRY(line_from(given, Kind::ERASURE_DECIDED, erasure->subject));
    line.answers = erasure->requested.index;
    TRY(line.draft.set("request", request.str()));
    TRY(line.draft.set("decision", given.value("DECISION")));
    TRY(line.draft.set("ground", given.value("ground")));
    TRY(line.draft.set("scope", choice_name(erasure->scope)));
    TRY(line.draft.set("kept", given.find("kept").value_or("")));
    TRY(say(line, WordField::REASON, given.find("reason")));
    const auto committed = TRY(desk.record(line, *signer));
    desk.show(committed, line);
    if (given.value("DECISION") == "granted") {
        around.output.note(
            fmt::format("Another person carries it out: wsoa erase {}", request.str()));
    }
    return Exit::done;
}

Result<Exit> rectify(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto index = TRY(answered_event(given.value("EVENT")));
    const auto* const signer = TRY(desk.signer());
    auto* const writing = TRY(desk.writing());
    const auto event = TRY(writing->history().event(index));
    auto line = TRY(line_from(given, Kind::RECTIFICATION_NOTED, event.envelope().subject));
    line.answers = index;
    for (const auto word : {WordField::TEXT, WordField::REQUESTER, WordField::CASE_REFERENCE}) {
        TRY(say(line, word, given.find(option_name(name_of(word)))));
    }
    const auto committed = TRY(desk.record(line, *signer));
    desk.show(committed, line);
    around.output.note(fmt::format(
        "Event {} stays as it is, and is shown as a mistake beside the correct fact", index.value));
    return Exit::done;
}

}  // namespace

CommandSpec hold_place_command() {
    return recording_command(
        {.name = "hold place",
         .help = "forbid disposal and erasure of a plan, a part of it or one item",
         .example = "wsoa hold place TH-H1 TH --reason \"The inquiry asks that all is kept\"",
         .words = {{.name = "HOLD", .help = "a reference for the hold, such as TH-H1"},
                   {.name = "SCOPE", .help = "the plan, or the part of it, that is kept"}},
         .options = {reason_option("on what legal ground"), case_option()},
         .run = recorder_of({.kind = Kind::HOLD_PLACED,
                             .subject = "HOLD",
                             .fields = {{"SCOPE", "scope"}},
                             .words = {WordField::REASON, WordField::CASE_REFERENCE}})});
}

CommandSpec hold_release_command() {
    return recording_command(
        {.name = "hold release",
         .help = "end a hold that another person placed",
         .example = "wsoa hold release TH-H1 --reason \"The inquiry has ended\"",
         .words = {{.name = "HOLD", .help = "the hold's reference, such as TH-H1"}},
         .options = {reason_option("why nothing needs it any more"), case_option()},
         .run = recorder_of({.kind = Kind::HOLD_RELEASED,
                             .subject = "HOLD",
                             .words = {WordField::REASON, WordField::CASE_REFERENCE},
                             .complete = answer_hold})});
}

CommandSpec erasure_request_command() {
    return recording_command(
        {.name = "erasure request",
         .help = "ask for the erasure of a document, or of the words of an event",
         .example = "wsoa erasure request TH-E07 --request TH-ER1 --reason \"A parent asked\"\n"
                    "wsoa erasure request TH-1.2 --request TH-ER2 --scope words --event 41 \\\n"
                    "    --reason \"It names a child\"",
         .words = {subject_word()},
         .options = {{.name = "request",
                      .value = "REF",
                      .help = "a reference for the request, such as TH-ER1",
                      .presence = Presence::required},
                     {.name = "scope",
                      .value = "SCOPE",
                      .help = "what is to go",
                      .presence = Presence::required,
                      .choices = choices_of(Kind::ERASURE_REQUESTED, "scope")},
                     {.name = "event", .value = "EVENT", .help = "the event whose words are meant"},
                     reason_option("why it is asked for"),
                     requester_option(),
                     case_option()},
         .run = recorder_of(
             {.kind = Kind::ERASURE_REQUESTED,
              .subject = "SUBJECT",
              .fields = {{"request", "request"}, {"scope", "scope"}, {"event", "event"}},
              .words = {WordField::REASON, WordField::REQUESTER, WordField::CASE_REFERENCE}})});
}

CommandSpec erasure_decide_command() {
    return recording_command(
        {.name = "erasure decide",
         .help = "grant or refuse a request for erasure",
         .example = "wsoa erasure decide TH-ER1 granted --ground noLongerNecessary \\\n"
                    "    --kept redactedCopy,hash --reason \"The counts show it as well\"",
         .words = {{.name = "REQUEST", .help = "the request's reference, such as TH-ER1"},
                   {.name = "DECISION",
                    .help = "what is decided",
                    .choices = choices_of(Kind::ERASURE_DECIDED, "decision")}},
         .options = {{.name = "ground",
                      .value = "GROUND",
                      .help = "on which ground",
                      .presence = Presence::required,
                      .choices = choices_of(Kind::ERASURE_DECIDED, "ground")},
                     {.name = "kept", .value = "LIST", .help = "what stays, with commas between"},
                     reason_option("why it is decided so")},
         .run = decide});
}

CommandSpec retention_set_command() {
    return recording_command(
        {.name = "retention set",
         .help = "say how long something is kept, and from which day it may be disposed of",
         .example = "wsoa retention set TH-E07 --class childRecord --due 2047-08-31",
         .words = {subject_word()},
         .options = {{.name = "class",
                      .value = "CLASS",
                      .help = "by which rule",
                      .presence = Presence::required,
                      .choices = choices_of(Kind::RETENTION_APPLIED, "class")},
                     {.name = "due",
                      .value = "DATE",
                      .help = "the day from which it may be disposed of",
                      .presence = Presence::required},
                     {.name = "reason", .value = "WORDS", .help = "why that long"}},
         .run = recorder_of({.kind = Kind::RETENTION_APPLIED,
                             .subject = "SUBJECT",
                             .fields = {{"class", "class"}, {"due", "due"}},
                             .words = {WordField::REASON}})});
}

CommandSpec retention_approve_command() {
    return recording_command(
        {.name = "retention approve",
         .help = "approve, as another person, that something due is disposed of",
         .example = "wsoa retention approve TH-E07 --reason \"Nothing needs it any more\"",
         .words = {subject_word()},
         .options = {reason_option("why it may go")},
         .run = recorder_of({.kind = Kind::DISPOSAL_APPROVED,
                             .subject = "SUBJECT",
                             .words = {WordField::REASON},
                             .next = "A third person carries it out: wsoa dispose"})});
}

CommandSpec rectify_command() {
    return recording_command(
        {.name = "rectify",
         .help = "mark an entry as a mistake, beside the correct fact; both stay readable",
         .example = "wsoa rectify 41 --text \"It was the school that asked, not the parents\"",
         .words = {{.name = "EVENT", .help = "the number of the event that is mistaken"}},
         .options = {{.name = "text",
                      .value = "WORDS",
                      .help = "the correct fact",
                      .presence = Presence::required},
                     requester_option(),
                     case_option()},
         .run = rectify});
}

}  // namespace wsoa
