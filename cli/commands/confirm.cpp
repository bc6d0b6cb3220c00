#include "cli/commands/confirm.h"

#include "cli/commands/confirming.h"
#include "cli/commands/recording.h"

#include <charconv>

namespace wsoa {
namespace {

Result<EventIndex> index_typed(std::string_view typed) {
    std::uint64_t value = 0;
    const auto [end, failure] = std::from_chars(typed.data(), typed.data() + typed.size(), value);
    if (failure != std::errc{} || end != typed.data() + typed.size()) {
        return error(Fault::invalid, "\"{}\" is neither an event nor something that waits", typed)
            .advise("name an event's number, a person such as @head-of-send, or an action or area");
    }
    return EventIndex{value};
}

// What waits under a person's id, in the order of the log: the enrolment, further keys, grants.
std::vector<EventIndex> waiting_for(const Keyring& keyring, const PersonId& person) {
    std::set<EventIndex> waiting;
    if (const auto* record = keyring.person(person); record != nullptr && !record->confirmed_at) {
        waiting.insert(record->enrolled_at);
    }
    for (const auto& [id, key] : keyring.keys()) {
        if (key.person != person) {
            continue;
        }
        if (!key.in_force_from && !key.ended_at) {
            waiting.insert(key.enrolled_at);
        }
        if (key.compromise && !key.compromise->confirmed_at) {
            waiting.insert(key.compromise->claimed_at);
        }
        for (const auto& claim : key.further_claims) {
            if (!claim.confirmed_at) {
                waiting.insert(claim.claimed_at);
            }
        }
    }
    for (const auto* grant : keyring.grants_of(person)) {
        if (!grant->in_force_from && !grant->revoked_at) {
            waiting.insert(grant->index);
        }
    }
    return {waiting.begin(), waiting.end()};
}

std::vector<EventIndex> open_proposals(const Plan& plan, const SubjectRef& subject) {
    const Ratings* ratings = nullptr;
    if (const auto action = plan.actions.find(subject); action != plan.actions.end()) {
        ratings = &action->second.delivery;
    } else if (const auto area = plan.areas.find(subject); area != plan.areas.end()) {
        ratings = &area->second.impact;
    }
    std::vector<EventIndex> open;
    if (ratings != nullptr) {
        for (const auto& proposal : ratings->proposals) {
            if (!proposal.confirmed_by) {
                open.push_back(proposal.index);
            }
        }
    }
    return open;
}

// The events meant by one word of the command line.
Result<std::vector<EventIndex>> meant_by(const std::string& typed, Writing& ledger) {
    if (!typed.empty() && typed.front() >= '0' && typed.front() <= '9') {
        const auto index = TRY(index_typed(typed));
        return std::vector{index};
    }
    const auto subject = TRY(SubjectRef::parse(typed));
    const auto* state = TRY(ledger.state_with(subject.plan()));
    std::vector<EventIndex> waiting;
    if (const auto person = subject.person()) {
        waiting = waiting_for(state->keyring, *person);
    } else if (subject.is_ledger() && state->keyring.pending_ledger_key()) {
        waiting = {state->keyring.pending_ledger_key()->index};
    } else if (const auto plan_ref = subject.plan()) {
        const auto* plan = state->plan(*plan_ref);
        waiting = plan == nullptr ? waiting : open_proposals(*plan, subject);
        if (waiting.size() > 1) {
            return error(Fault::invalid, "several proposals for {} wait", typed)
                .advise(
                    fmt::format("name the event that you mean; `wsoa trail {}` lists them", typed));
        }
    }
    if (waiting.empty()) {
        return error(Fault::missing, "nothing waits to be confirmed for {}", typed)
            .advise("`wsoa trail " + typed + "` shows what was recorded");
    }
    return waiting;
}

Result<Exit> confirm(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    if (!given.has("WHAT")) {
        return confirm_meeting(desk);
    }
    if (given.has("yes") || given.has("reason-for")) {
        return Error{Fault::invalid, "--yes and --reason-for are for all that a meeting decided",
                     "leave them out, or name only the meeting"};
    }
    const auto* signer = TRY(desk.signer());
    auto* ledger = TRY(desk.writing());
    std::vector<EventIndex> wanted;
    for (const auto& typed : given.all("WHAT")) {
        const auto meant = TRY(meant_by(typed, *ledger));
        wanted.insert(wanted.end(), meant.begin(), meant.end());
    }
    if (wanted.size() > 1 && given.has("id")) {
        return Error{Fault::invalid, "an id serves one change", "confirm one event with --id"};
    }
    std::size_t count = 0;
    for (const auto index : wanted) {
        const auto event = TRY(ledger->history().event(index));
        auto line = TRY(confirmation_of(given, event, given.find("reason")));
        auto committed = desk.record(line, *signer);
        if (!committed.ok()) {
            return count == 0
                       ? std::move(committed).error()
                       : std::move(committed).error().explain("{} of {} confirmed; event {}", count,
                                                              wanted.size(), index.value);
        }
        desk.show(committed.value(), line);
        ++count;
    }
    return Exit::done;
}

}  // namespace

CommandSpec confirm_command() {
    auto options = std::vector<OptionSpec>{
        {.name = "reason", .value = "WORDS", .help = "why; a rating's confirmation needs it"},
        {.name = "meeting",
         .value = "REF",
         .help = "the meeting that decided; alone, all ratings that waited for it"},
        {.name = "reason-for",
         .value = "REF=WORDS",
         .help = "with a meeting alone: why, for one of them; else the proposal's own reason",
         .repeat = Repeat::many},
        {.name = "yes", .help = "with a meeting alone: record them without asking"}};
    for (const auto& option : recording_options()) {
        options.push_back(option);
    }
    return {
        .name = "confirm",
        .group = Group::recording,
        .help = "confirm, as a second person, what another entered",
        .example =
            "wsoa confirm @head-of-send\n"
            "wsoa confirm TH-1.2 --reason \"vacancies in case work\"\n"
            "wsoa confirm --meeting TH-G-2022-03-10",
        .words = {{.name = "WHAT",
                   .help =
                       "an event's number; @PERSON for all that waits for them; an action or area",
                   .presence = Presence::optional,
                   .repeat = Repeat::many}},
        .options = std::move(options),
        .run = confirm};
}

}  // namespace wsoa
