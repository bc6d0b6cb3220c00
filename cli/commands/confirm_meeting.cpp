#include "cli/commands/confirming.h"
#include "cli/commands/reading.h"
#include "cli/commands/recording.h"
#include "cli/prompt.h"
#include "cli/render/rating.h"
#include "cli/render/table.h"
#include "projections/waiting.h"

#include <map>

namespace wsoa {
namespace {

// One proposal, and the reason with which it would be confirmed.
struct Decision {
    Event event;
    std::string reason;
};

struct Sitting {
    SubjectRef ref;
    Date date;
    PersonId person;  // who confirms
};

Result<Sitting> sitting_of(Desk& desk, const Signer& signer, Writing& ledger) {
    const auto typed = desk.given().find("meeting");
    if (!typed) {
        return Error{Fault::invalid, "there is nothing to confirm",
                     "name an event, a person, an action or an area; or a meeting with --meeting"};
    }
    const auto ref = TRY(SubjectRef::parse(*typed));
    const auto* state = TRY(ledger.state_with(ref.plan()));
    const auto* plan = ref.plan() ? state->plan(*ref.plan()) : nullptr;
    if (plan == nullptr || !plan->meetings.contains(ref)) {
        return error(Fault::missing, "{} is no recorded meeting", ref.str())
            .advise(
                fmt::format("record it first: wsoa record meetingHeld --subject {}", ref.str()));
    }
    const auto person = state->keyring.holder_of(signer.key());
    if (!person) {
        return Error{Fault::missing, "nobody in this ledger holds the key",
                     "ask to be enrolled with `wsoa keys request`"};
    }
    return Sitting{.ref = ref, .date = plan->meetings.at(ref).date, .person = *person};
}

// Those by reference that --reason-for gives.
Result<std::map<std::string, std::string>> reasons_given(const Invocation& given) {
    std::map<std::string, std::string> reasons;
    for (const auto& typed : given.all("reason-for")) {
        const auto equals = typed.find('=');
        if (equals == std::string::npos || equals + 1 == typed.size()) {
            return error(Fault::invalid, "\"{}\" is no reference and reason", typed)
                .advise("write it as TH-1.2=\"vacancies in case work\"");
        }
        reasons.insert_or_assign(typed.substr(0, equals), typed.substr(equals + 1));
    }
    return reasons;
}

Result<std::string> own_reason(Desk& desk, const Writing& ledger, const Event& proposal) {
    const auto words = TRY(desk.words_of(proposal, ledger.history()));
    for (const auto& word : words) {
        if (word.field == schema::WordField::REASON && word.is == ReadableWord::Is::text) {
            return word.text;
        }
    }
    return error(Fault::missing, "the reason of event {} cannot be read", proposal.index().value)
        .advise(fmt::format("give one with --reason-for {}=\"...\"",
                            proposal.envelope().subject.str()));
}

// What the person may confirm of what was proposed by the day of the meeting.
Result<std::vector<Decision>> decisions_at(Desk& desk, Writing& ledger, const Sitting& sitting) {
    auto reasons = TRY(reasons_given(desk.given()));
    const auto* state = TRY(ledger.state_with(sitting.ref.plan()));
    std::vector<Decision> decisions;
    for (const auto& waiting : waiting_in(state->plans.at(*sitting.ref.plan()))) {
        if (waiting.what != Waiting::What::rating || waiting.since > sitting.date ||
            !may_answer(*state, sitting.person, waiting, sitting.date)) {
            continue;
        }
        auto event = TRY(ledger.history().event(waiting.index));
        const auto own = reasons.extract(waiting.subject.str());
        std::string reason;
        if (!own.empty()) {
            reason = own.mapped();
        } else if (const auto for_all = desk.given().find("reason")) {
            reason = *for_all;
        } else {
            reason = TRY(own_reason(desk, ledger, event));
        }
        decisions.push_back({.event = std::move(event), .reason = std::move(reason)});
    }
    if (!reasons.empty()) {
        return error(Fault::missing, "nothing that you may confirm waits for {}",
                     reasons.begin()->first)
            .advise("`wsoa status` lists what waits for you");
    }
    return decisions;
}

void show_decisions(Output& output, const std::vector<Decision>& decisions,
                    const Sitting& sitting) {
    Table table({{"Event", Align::right},
                 {"Ref", Align::left, Fit::whole},
                 {"Was"},
                 {"Becomes"},
                 {"Reason", Align::left, Fit::beneath}});
    for (const auto& decision : decisions) {
        const auto fields = decision.event.change().reader().getRatingProposed();
        const auto cell = fields.getAxis() == schema::Axis::IMPACT ? impact_cell : rating_cell;
        table.add({{std::to_string(decision.event.index().value)},
                   {decision.event.envelope().subject.str()},
                   cell(fields.getFrom().cStr(), output.style()),
                   cell(fields.getTo().cStr(), output.style()),
                   {decision.reason}});
        output.json(Json::object()
                        .set("type", "toConfirm")
                        .set("event", decision.event.index().value)
                        .set("ref", decision.event.envelope().subject.str())
                        .set("from", fields.getFrom().cStr())
                        .set("to", fields.getTo().cStr())
                        .set("reason", decision.reason));
    }
    output.text(fmt::format("To be confirmed by {} for {} of {}\n{}", sitting.person.str(),
                            sitting.ref.str(), in_words(sitting.date), table.text(output.style())));
    output.flush();
}

Result<void> agree(Desk& desk, std::size_t count) {
    if (desk.given().has("yes")) {
        return done();
    }
    const auto question =
        fmt::format("Record {}? [y/N] ", count == 1 ? "this confirmation"
                                                    : fmt::format("these {} confirmations", count));
    auto reply = ask_yes_or_no(desk.around().terminal, question);
    if (!reply.ok()) {
        return std::move(reply).error().advise("look at the list, then say --yes");
    }
    return reply.value() == Reply::yes
               ? done()
               : Result<void>(Error{Fault::unavailable, "nothing was recorded",
                                    "answer y to record what is listed"});
}

}  // namespace

Result<Exit> confirm_meeting(Desk& desk) {
    const auto& given = desk.given();
    if (given.has("id")) {
        return Error{Fault::invalid, "an id serves one change", "confirm one event with --id"};
    }
    const auto* signer = TRY(desk.signer());
    auto* ledger = TRY(desk.writing());
    const auto sitting = TRY(sitting_of(desk, *signer, *ledger));
    const auto decisions = TRY(decisions_at(desk, *ledger, sitting));
    if (decisions.empty()) {
        return error(Fault::missing, "nothing that you may confirm was proposed by {}",
                     in_words(sitting.date))
            .advise("`wsoa status` lists what waits for you");
    }
    show_decisions(desk.output(), decisions, sitting);
    TRY(agree(desk, decisions.size()));
    std::size_t count = 0;
    for (const auto& decision : decisions) {
        auto line = TRY(confirmation_of(given, decision.event, decision.reason));
        line.effective = line.effective.value_or(sitting.date);
        auto committed = desk.record(line, *signer);
        if (!committed.ok()) {
            return std::move(committed).error().explain("{} of {} confirmed; event {}", count,
                                                        decisions.size(),
                                                        decision.event.index().value);
        }
        desk.show(committed.value(), line);
        ++count;
    }
    return Exit::done;
}

}  // namespace wsoa
