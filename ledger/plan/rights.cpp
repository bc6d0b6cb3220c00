#include "ledger/plan/rights.h"

#include <algorithm>
#include <functional>
#include <map>

namespace wsoa {
namespace {

bool belongs_to(const SubjectRef& part, const SubjectRef& scope, const Plan& plan) {
    if (part == scope) {
        return true;
    }
    if (const auto action = plan.actions.find(part); action != plan.actions.end()) {
        return action->second.area == scope;
    }
    if (const auto milestone = plan.milestones.find(part); milestone != plan.milestones.end()) {
        return belongs_to(milestone->second.action, scope, plan);
    }
    if (const auto exception = plan.exceptions.find(part); exception != plan.exceptions.end()) {
        return belongs_to(exception->second.action, scope, plan);
    }
    const auto outcome = plan.outcomes.find(part);
    return outcome != plan.outcomes.end() && outcome->second.area == scope;
}

bool measures(const SubjectRef& measure, const SubjectRef& scope, const Plan& plan) {
    return std::ranges::any_of(plan.actions, [&](const auto& each) {
        const auto& action = each.second;
        return std::ranges::find(action.measures, measure) != action.measures.end() &&
               belongs_to(action.ref, scope, plan);
    });
}

// A part that stands in the plan's structure, and so belongs to what stands above it.
bool stands_in(const SubjectRef& part, const SubjectRef& scope, const Plan& plan) {
    return belongs_to(part, scope, plan) || measures(part, scope, plan);
}

// A link counts only by the hand of whoever brought the item in: nobody comes to read or to change
// an item by linking it to something of their own.
bool is_linked(const Evidence& item, const SubjectRef& scope, const Plan& plan) {
    return std::ranges::any_of(item.links, [&](const EvidenceLink& link) {
        const bool is_owners = link.linked.by == item.by || link.linked.on_behalf_of == item.by;
        return is_owners && !link.unlinked && stands_in(link.target, scope, plan);
    });
}

// Whether one of those parts, of which the reference is one, is about something in the scope.
template <typename Part>
bool is_about(const std::map<SubjectRef, Part>& parts, const SubjectRef& ref,
              const std::function<bool(const SubjectRef&)>& in_scope) {
    const auto found = parts.find(ref);
    return found != parts.end() && std::ranges::any_of(found->second.about, in_scope);
}

bool lies_within(const SubjectRef& part, const SubjectRef& scope, const Plan& plan) {
    if (const auto item = plan.evidence.find(part); item != plan.evidence.end()) {
        return is_linked(item->second, scope, plan);
    }
    const auto in_scope = [&](const SubjectRef& each) { return stands_in(each, scope, plan); };
    return in_scope(part) || is_about(plan.decisions, part, in_scope) ||
           is_about(plan.challenges, part, in_scope) || is_about(plan.risks, part, in_scope);
}

// Restricted words within their grant's scope.
constexpr schema::Role reads_restricted[] = {schema::Role::ACTION_OWNER,
                                             schema::Role::AREA_LEAD,
                                             schema::Role::ACCOUNTABLE_OFFICER,
                                             schema::Role::PROGRAMME_OFFICE,
                                             schema::Role::BOARD_CHAIR,
                                             schema::Role::DATA_LEAD,
                                             schema::Role::AUDITOR,
                                             schema::Role::RECORDS_MANAGER,
                                             schema::Role::DPO};

}  // namespace

bool reaches(const std::optional<SubjectRef>& scope, const SubjectRef& subject, const Plan* plan) {
    if (!scope || *scope == subject) {
        return true;
    }
    const auto subject_plan = subject.plan();
    if (!subject_plan) {
        return false;
    }
    if (*scope == SubjectRef::of(*subject_plan)) {
        return true;
    }
    return plan != nullptr && plan->ref == *subject_plan && lies_within(subject, *scope, *plan);
}

const GrantRecord* grant_for(const State& state, const PersonId& person, schema::Role role,
                             const SubjectRef& subject, Date day) {
    const auto plan_ref = subject.plan();
    const auto* plan = plan_ref ? state.plan(*plan_ref) : nullptr;
    for (const auto& grant : state.keyring.grants()) {
        if (grant.person == person && grant.role == role && grant.in_force_on(day) &&
            reaches(grant.scope, subject, plan)) {
            return &grant;
        }
    }
    return nullptr;
}

const GrantRecord* grant_within(const State& state, const PersonId& person, schema::Role role,
                                const PlanRef& plan, Date day) {
    for (const auto& grant : state.keyring.grants()) {
        if (grant.person == person && grant.role == role && grant.in_force_on(day) &&
            (!grant.scope || grant.scope->plan() == plan)) {
            return &grant;
        }
    }
    return nullptr;
}

std::vector<schema::Role> roles_held(const State& state, const PersonId& person, Date day) {
    std::vector<schema::Role> roles;
    for (const auto& grant : state.keyring.grants()) {
        if (grant.person == person && grant.in_force_on(day) &&
            std::ranges::find(roles, grant.role) == roles.end()) {
            roles.push_back(grant.role);
        }
    }
    return roles;
}

bool may_read_words(const State& state, const std::optional<PersonId>& reader, const Event& event,
                    Date day) {
    const auto& envelope = event.envelope();
    if (envelope.classification == schema::Classification::PUBLIC) {
        return true;
    }
    if (!reader) {
        return false;
    }
    if (state.keyring.holder_of(envelope.author_key) == *reader) {
        return true;
    }
    if (envelope.classification == schema::Classification::PARTNERSHIP) {
        return !roles_held(state, *reader, day).empty();
    }
    return std::ranges::any_of(reads_restricted, [&](schema::Role role) {
        return grant_for(state, *reader, role, envelope.subject, day) != nullptr;
    });
}

bool reads_are_recorded(const Plan& plan, const Evidence& item, const Event& registered, Date day) {
    const auto* const policy = plan.policy.at(day);
    if (policy == nullptr || !policy->value.reads) {
        return false;
    }
    return policy->value.reads == schema::ReadsRecorded::ALL ||
           registered.envelope().classification == schema::Classification::RESTRICTED ||
           item.personal_data != schema::PersonalData::NONE;
}

const Hold* hold_over(const Plan& plan, const SubjectRef& subject) {
    const auto* item = part_in(plan.evidence, subject);
    for (const auto& [ref, hold] : plan.holds) {
        if (hold.released) {
            continue;
        }
        const auto covers = [&, &scope = hold.scope](const SubjectRef& part) {
            return reaches(scope, part, &plan);
        };
        if (covers(subject) ||
            (item != nullptr && std::ranges::any_of(item->links, covers, &EvidenceLink::target))) {
            return &hold;
        }
    }
    return nullptr;
}

}  // namespace wsoa
