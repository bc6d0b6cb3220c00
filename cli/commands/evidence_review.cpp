#include "cli/commands/evidence_review.h"

#include "cli/commands/evidence_item.h"
#include "cli/commands/recording.h"
#include "ledger/event/choices.h"
#include "ledger/plan/rules_evidence.h"

namespace wsoa {
namespace {

// "TH-1.1", "TH-1.1 and TH-1.2", "TH-1.1, TH-1.2 and TH-1.3".
std::string enumerated(const std::vector<SubjectRef>& refs) {
    std::string text;
    for (std::size_t i = 0; i < refs.size(); ++i) {
        text += (i == 0 ? "" : i + 1 == refs.size() ? " and " : ", ") + refs[i].str();
    }
    return text;
}

// What the item is linked to now.
std::vector<SubjectRef> targets_of(const Evidence& item) {
    std::vector<SubjectRef> targets;
    for (const auto& link : item.links) {
        if (!link.unlinked) {
            targets.push_back(link.target);
        }
    }
    return targets;
}

// For what the item is to be handed in: as typed, or else for the one thing that it is linked to.
Result<std::vector<SubjectRef>> targets_meant(const Invocation& given, const Evidence& item) {
    std::vector<SubjectRef> targets;
    for (const auto& typed : given.all("for")) {
        auto target = TRY(SubjectRef::parse(typed));
        targets.push_back(std::move(target));
    }
    if (!targets.empty()) {
        return targets;
    }
    targets = targets_of(item);
    const auto ref = item.ref.str();
    if (targets.empty()) {
        return error(Fault::missing, "{} is linked to nothing that it could count for", ref)
            .advise(fmt::format("link it first: wsoa evidence link {} TARGET --claim WORDS", ref));
    }
    if (targets.size() > 1) {
        return error(Fault::invalid, "{} is linked to {}", ref, enumerated(targets))
            .advise("say for which of them with --for, once for each");
    }
    return targets;
}

// The submissions that wait for a verdict: the newest one for each target.
std::vector<const EvidenceSubmission*> waiting_in(const Evidence& item) {
    std::vector<const EvidenceSubmission*> waiting;
    for (const auto& submission : item.submissions) {
        if (submission.verdict() == nullptr &&
            &submission == rules::newest_submission(item, submission.target)) {
            waiting.push_back(&submission);
        }
    }
    return waiting;
}

Error nothing_waits(const Evidence& item) {
    const auto ref = item.ref.str();
    const auto* const verdict =
        item.submissions.empty() ? nullptr : item.submissions.back().verdict();
    return (verdict == nullptr
                ? error(Fault::missing, "{} was not submitted for review", ref)
                : error(Fault::missing, "nothing of {} waits for a review: {} {} it by event {}",
                        ref, verdict->entry.by.str(), choice_name(verdict->outcome),
                        verdict->entry.index.value))
        .advise(fmt::format("have it submitted: wsoa evidence submit {}", ref));
}

// The submission that a review is of: the one for the target that was typed, whatever has become
// of it, or else the only one that waits.
Result<const EvidenceSubmission*> submission_meant(const Invocation& given, const Evidence& item) {
    if (const auto typed = given.find("for")) {
        const auto target = TRY(SubjectRef::parse(*typed));
        const auto* const submission = rules::newest_submission(item, target);
        if (submission == nullptr) {
            return error(Fault::missing, "{} was not submitted for {}", item.ref.str(),
                         target.str())
                .advise(fmt::format("have it submitted: wsoa evidence submit {} --for {}",
                                    item.ref.str(), target.str()));
        }
        return submission;
    }
    const auto waiting = waiting_in(item);
    if (waiting.empty()) {
        return nothing_waits(item);
    }
    if (waiting.size() > 1) {
        std::vector<SubjectRef> targets;
        for (const auto* const submission : waiting) {
            targets.push_back(submission->target);
        }
        return error(Fault::invalid, "{} waits to be reviewed for {}", item.ref.str(),
                     enumerated(targets))
            .advise("say which of them you have reviewed with --for");
    }
    return waiting.front();
}

Result<Exit> submit(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto ref = TRY(SubjectRef::parse(given.value("ITEM")));
    TRY(desk.signer());
    const auto* const item = TRY(item_to_record(desk, ref));
    const auto targets = TRY(targets_meant(given, *item));
    if (targets.size() > 1 && given.has("id")) {
        return Error{Fault::invalid, "an id serves one change", "submit it for one with --id"};
    }
    for (std::size_t i = 0; i < targets.size(); ++i) {
        auto line = TRY(line_from(given, Kind::EVIDENCE_SUBMITTED, ref));
        TRY(line.draft.set("target", targets[i].str()));
        TRY(say(line, schema::WordField::COMMENT, given.find("comment")));
        auto committed = record_and_show(desk, line);
        if (!committed.ok()) {
            return i == 0 ? std::move(committed).error()
                          : std::move(committed).error().explain("submitted for {} of {}; {}", i,
                                                                 targets.size(), targets[i].str());
        }
    }
    around.output.note(fmt::format(
        "It counts once another person accepts it: wsoa evidence accept {}", ref.str()));
    return Exit::done;
}

Result<Exit> review(const Invocation& given, Surroundings& around, Kind kind) {
    Desk desk(given, around);
    const auto ref = TRY(SubjectRef::parse(given.value("ITEM")));
    TRY(desk.signer());
    const auto* const item = TRY(item_to_record(desk, ref));
    const auto* const submission = TRY(submission_meant(given, *item));
    auto line = TRY(line_from(given, kind, ref));
    line.answers = submission->submitted.index;
    TRY(line.draft.set("target", submission->target.str()));
    TRY(line.draft.set("checks", given.find("checks").value_or("")));
    if (kind != Kind::EVIDENCE_ACCEPTED) {
        TRY(say(line, schema::WordField::REASON, given.find("reason")));
    }
    TRY(say(line, schema::WordField::COMMENT, given.find("comment")));
    TRY(record_and_show(desk, line));
    return Exit::done;
}

auto reviewing(Kind kind) {
    return [kind](const Invocation& given, Surroundings& around) {
        return review(given, around, kind);
    };
}

// What a reviewer says, whatever comes of it.
std::vector<OptionSpec> review_options(Kind kind) {
    std::vector<OptionSpec> options;
    if (kind != Kind::EVIDENCE_ACCEPTED) {
        options.push_back({.name = "reason",
                           .value = "WORDS",
                           .help = kind == Kind::EVIDENCE_REJECTED ? "why it does not count"
                                                                   : "what is still to be shown",
                           .presence = Presence::required});
    }
    options.push_back(
        {.name = "checks",
         .value = "A,B,...",
         .help = fmt::format("what was seen to hold, of {}",
                             fmt::join(schema_field(kind, "checks").choices, ", ")),
         .presence = kind == Kind::EVIDENCE_ACCEPTED ? Presence::required : Presence::optional});
    options.push_back({.name = "comment", .value = "WORDS", .help = "what was found, in words"});
    options.push_back({.name = "for",
                       .value = "REF",
                       .help = "for what it was submitted, where several submissions wait"});
    return options;
}

}  // namespace

CommandSpec evidence_submit_command() {
    return about_item(
        {.name = "evidence submit",
         .help = "hand an item in for review by another person",
         .example =
             "wsoa evidence submit TH-E07\nwsoa evidence submit TH-E07 --for TH-1.2 --for TH-M1",
         .options = {{.name = "for",
                      .value = "REF",
                      .help = "for what it is to count; what it is linked to, where that is one",
                      .repeat = Repeat::many},
                     {.name = "comment", .value = "WORDS", .help = "what a reviewer should know"}},
         .run = submit});
}

CommandSpec evidence_accept_command() {
    return about_item({.name = "evidence accept",
                       .help = "find, as a second person, that an item shows what it is to show",
                       .example =
                           "wsoa evidence accept TH-E07 --checks dated,sourced,coversPeriod \\\n"
                           "    --comment \"attendance log since April\"",
                       .options = review_options(Kind::EVIDENCE_ACCEPTED),
                       .run = reviewing(Kind::EVIDENCE_ACCEPTED)});
}

CommandSpec evidence_reject_command() {
    return about_item({.name = "evidence reject",
                       .help = "turn down, as a second person, an item that was submitted",
                       .example = "wsoa evidence reject TH-E07 --reason \"it bears no date\"",
                       .options = review_options(Kind::EVIDENCE_REJECTED),
                       .run = reviewing(Kind::EVIDENCE_REJECTED)});
}

CommandSpec evidence_ask_command() {
    return about_item({.name = "evidence ask",
                       .help = "ask, as a second person, for more before an item is decided on",
                       .example = "wsoa evidence ask TH-E07 --reason \"how large was the sample?\"",
                       .options = review_options(Kind::EVIDENCE_MORE_ASKED),
                       .run = reviewing(Kind::EVIDENCE_MORE_ASKED)});
}

}  // namespace wsoa
