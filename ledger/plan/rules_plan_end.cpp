#include "ledger/plan/rules_plan_life.h"

#include "ledger/event/fields.h"
#include "ledger/event/kinds.h"
#include "ledger/plan/rules_stages.h"

#include <fmt/ranges.h>

#include <array>
#include <set>

namespace wsoa::rules {
namespace {

bool has_ended(const Plan& plan) {
    const auto* stage = plan.stage.latest();
    return stage != nullptr && (stage->value == schema::PlanStage::CLOSED ||
                                stage->value == schema::PlanStage::SUPERSEDED);
}

// What must still be possible once a plan has ended: to put its record right, to keep or to erase
// it, and to give account of it.
constexpr std::array kinds_after_the_end{Kind::ENTRY_CORRECTED,       Kind::RECTIFICATION_NOTED,
                                         Kind::HOLD_PLACED,           Kind::HOLD_RELEASED,
                                         Kind::ERASURE_REQUESTED,     Kind::ERASURE_DECIDED,
                                         Kind::CONTENT_ERASED,        Kind::RETENTION_APPLIED,
                                         Kind::DISPOSAL_APPROVED,     Kind::DISPOSED,
                                         Kind::REDACTED_COPY_ISSUED,  Kind::INFORMATION_REQUESTED,
                                         Kind::INFORMATION_FULFILLED, Kind::INFORMATION_REFUSED,
                                         Kind::PACK_FROZEN,           Kind::PACK_SHARED,
                                         Kind::PACK_ACCESSED,         Kind::PUBLICATION_CORRECTED,
                                         Kind::PUBLICATION_WITHDRAWN, Kind::CONTENT_READ};

// The references of those parts that are open.
template <typename Part, typename IsOpen>
void add_open(std::vector<std::string>& open, const std::map<SubjectRef, Part>& parts,
              IsOpen part_is_open) {
    for (const auto& [reference, part] : parts) {
        if (part_is_open(part)) {
            open.push_back(reference.str());
        }
    }
}

bool action_is_open(const Action& action) { return is_open(action.stage_now()); }

Result<void> carried_to(const Plan& successor, const SubjectRef& target) {
    const auto action = successor.actions.find(target);
    if (action == successor.actions.end()) {
        return refusal(advice_for_reference(&successor, target), "{} is not an action of {}",
                       target.str(), successor.ref.str());
    }
    if (!action_is_open(action->second)) {
        return refusal("carry it over to an action that is open", "{} is {}", target.str(),
                       words_for(action->second.stage_now()));
    }
    return done();
}

}  // namespace

Result<void> superseded_by_successor(const Case& at_hand, schema::PlanSuperseded::Reader fields) {
    const auto* plan = at_hand.plan();
    if (plan == nullptr) {
        return done();
    }
    const auto ref = read::plan(fields.getSuccessor());
    const auto* successor = at_hand.state.plan(ref);
    if (successor == nullptr || ref == plan->ref) {
        return refusal("draft the plan that takes its place first, with planDrafted",
                       "{} is no other plan of this ledger", ref.str());
    }
    if (has_ended(*successor)) {
        return refusal("name a plan that has not ended", "{} is {}", ref.str(),
                       words_for(successor->stage.latest()->value));
    }
    if (successor->predecessor && *successor->predecessor != plan->ref) {
        return refusal("name the plan that succeeds this one", "{} succeeds {}, not {}", ref.str(),
                       successor->predecessor->str(), plan->ref.str());
    }
    return done();
}

Result<void> everything_carried(const Case& at_hand, schema::PlanSuperseded::Reader fields) {
    const auto* plan = at_hand.plan();
    const auto* successor = at_hand.state.plan(read::plan(fields.getSuccessor()));
    if (plan == nullptr || successor == nullptr) {
        return done();  // R08 and R41 judge these
    }
    std::set<SubjectRef> carried;
    for (const auto item : fields.getCarried()) {
        const auto from = read::subject(item.getFrom());
        const auto action = plan->actions.find(from);
        if (action == plan->actions.end() || !action_is_open(action->second)) {
            return refusal("carry over the open actions only", "{} is not an open action of {}",
                           from.str(), plan->ref.str());
        }
        if (!carried.insert(from).second) {
            return refusal("name each action once", "{} is carried over twice", from.str());
        }
        TRY(carried_to(*successor, read::subject(item.getTo())));
    }
    std::vector<std::string> left;
    add_open(left, plan->actions, [&](const Action& action) {
        return action_is_open(action) && !carried.contains(action.ref);
    });
    if (!left.empty()) {
        return refusal("carry each over with --carried, or have it completed or withdrawn first",
                       "{} would be left open", fmt::join(left, ", "));
    }
    return done();
}

Result<void> nothing_open(const Case& at_hand) {
    const auto* plan = at_hand.plan();
    if (plan == nullptr) {
        return done();
    }
    std::vector<std::string> open;
    add_open(open, plan->actions, action_is_open);
    add_open(open, plan->exceptions, [](const Exception& each) { return !each.closed; });
    add_open(open, plan->challenges, [](const Challenge& each) { return !each.answered; });
    add_open(open, plan->requests,
             [](const InformationRequest& each) { return !each.fulfilled && !each.refused; });
    if (!open.empty()) {
        return refusal("complete, withdraw, answer or close each of them first",
                       "{} of {} is still open", fmt::join(open, ", "), plan->ref.str());
    }
    return done();
}

Result<void> plan_not_ended(const Case& at_hand) {
    const auto* plan = at_hand.plan();
    if (plan == nullptr || !has_ended(*plan) ||
        std::ranges::find(kinds_after_the_end, at_hand.change.kind()) !=
            kinds_after_the_end.end()) {
        return done();
    }
    const auto* stage = plan->stage.latest();
    return refusal(plan->succession
                       ? fmt::format("record it about {}", plan->succession->successor.str())
                       : "record it about a plan that has not ended",
                   "{} has been {} since {}", plan->ref.str(), words_for(stage->value),
                   in_words(stage->effective));
}

}  // namespace wsoa::rules
