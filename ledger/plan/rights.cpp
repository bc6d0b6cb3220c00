#include "ledger/plan/rights.h"

#include <algorithm>

namespace wsoa {
namespace {

bool belongs_to(const SubjectRef& part, const SubjectRef& area, const Plan& plan) {
    if (const auto action = plan.actions.find(part); action != plan.actions.end()) {
        return action->second.area == area;
    }
    const auto outcome = plan.outcomes.find(part);
    return outcome != plan.outcomes.end() && outcome->second.area == area;
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
    return plan != nullptr && plan->ref == *subject_plan && belongs_to(subject, *scope, *plan);
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

}  // namespace wsoa
