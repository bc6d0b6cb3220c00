#include "ledger/event/fields.h"
#include "ledger/plan/rules_plan_life.h"

namespace wsoa::rules {
namespace {

// Who has the action or the area on the day; null where nobody has.
std::optional<PersonId> holder_on(const Plan& plan, const SubjectRef& subject, Date day) {
    const Register<PersonId>* holders = nullptr;
    if (const auto action = plan.actions.find(subject); action != plan.actions.end()) {
        holders = &action->second.owner;
    } else if (const auto area = plan.areas.find(subject); area != plan.areas.end()) {
        holders = &area->second.lead;
    }
    const auto* holder = holders == nullptr ? nullptr : holders->at(day);
    return holder == nullptr ? std::nullopt : std::optional(holder->value);
}

// `conflict` where somebody else has it by then.
Result<void> still_with(const Plan& plan, const SubjectRef& subject, const PersonId& from,
                        Date day) {
    const auto holder = holder_on(plan, subject, day);
    if (!holder || *holder == from) {
        return done();  // R08 judges whether it is there
    }
    return error(Fault::conflict, "{} is with {} on {}, not with {}", subject.str(), holder->str(),
                 in_words(day), from.str())
        .advise(fmt::format("look at what changed it with `wsoa trail {}`, then hand it over from "
                            "{}",
                            subject.str(), holder->str()));
}

const Handover* answered_handover(const Case& at_hand) {
    const auto* plan = at_hand.plan();
    if (plan == nullptr) {
        return nullptr;
    }
    for (const auto& handover : plan->handovers) {
        if (handover.offered.index == at_hand.envelope().answers &&
            handover.subject == at_hand.envelope().subject && !handover.accepted) {
            return &handover;
        }
    }
    return nullptr;
}

}  // namespace

Result<void> handover_starts_from_owner(const Case& at_hand, schema::OwnerChanged::Reader fields) {
    const auto* plan = at_hand.plan();
    return plan == nullptr
               ? done()
               : still_with(*plan, at_hand.envelope().subject, read::person(fields.getFrom()),
                            read::date(fields.getFromDate()));
}

Result<void> handover_fits(const Case& at_hand, schema::OwnerChanged::Reader fields) {
    const auto to = read::person(fields.getTo());
    const auto from_date = read::date(fields.getFromDate());
    TRY(enrolled(at_hand, to));
    if (to == read::person(fields.getFrom())) {
        return refusal("name another person with --to", "{} has it already", to.str());
    }
    const auto* action = action_of(at_hand);
    const auto* accountable = action == nullptr ? nullptr : action->accountable.at(from_date);
    if (accountable != nullptr && accountable->value == to) {
        return refusal("name another person with --to",
                       "{} is accountable for {} and cannot also own it", to.str(),
                       action->ref.str());
    }
    if (from_date < at_hand.envelope().effective) {
        return refusal("give the day of the entry or a later one with --from-date",
                       "the handover would begin on {}, before it was made on {}",
                       in_words(from_date), in_words(at_hand.envelope().effective));
    }
    return done();
}

Result<void> handover_accepted(const Case& at_hand) {
    const auto* handover = answered_handover(at_hand);
    if (handover == nullptr) {
        return refusal("see `wsoa show` for the handovers that wait",
                       "it answers no handover of {} that waits", at_hand.envelope().subject.str());
    }
    if (at_hand.author() != handover->to || at_hand.envelope().on_behalf_of) {
        return refusal(
            fmt::format("have {} accept it, with a key of their own", handover->to.str()),
            "the handover is to {}, and nobody else can accept it", handover->to.str());
    }
    return still_with(*at_hand.plan(), handover->subject, handover->from, handover->from_date);
}

}  // namespace wsoa::rules
