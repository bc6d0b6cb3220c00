#include "ledger/plan/fold.h"

#include "ledger/plan/fold_plan.h"

namespace wsoa {
namespace {

using Why = std::optional<std::string>;

// Kinds about the ledger and its people; null where the kind is none of them.
std::optional<Why> fold_ledger(Keyring& keyring, const Event& event) {
    const auto change = event.change().reader();
    switch (event.kind()) {
        case Kind::LEDGER_OPENED: return keyring.ledger_opened(event, change.getLedgerOpened());
        case Kind::LEDGER_KEY_ROTATED:
            return keyring.ledger_key_rotated(event, change.getLedgerKeyRotated());
        case Kind::LEDGER_KEY_CONFIRMED: return keyring.ledger_key_confirmed(event);
        case Kind::RULEBOOK_ADOPTED:
            return keyring.rulebook_adopted(event, change.getRulebookAdopted());
        case Kind::PERSON_ENROLLED:
            return keyring.person_enrolled(event, change.getPersonEnrolled());
        case Kind::PERSON_CONFIRMED: return keyring.person_confirmed(event);
        case Kind::ROLE_GRANTED: return keyring.role_granted(event, change.getRoleGranted());
        case Kind::ROLE_CONFIRMED: return keyring.role_confirmed(event);
        case Kind::ROLE_REVOKED: return keyring.role_revoked(event);
        case Kind::KEY_ENROLLED: return keyring.key_enrolled(event, change.getKeyEnrolled());
        case Kind::KEY_CONFIRMED: return keyring.key_confirmed(event);
        case Kind::KEY_ROTATED: return keyring.key_rotated(event, change.getKeyRotated());
        case Kind::KEY_REVOKED: return keyring.key_revoked(event, change.getKeyRevoked());
        case Kind::KEY_COMPROMISED:
            return keyring.key_compromised(event, change.getKeyCompromised());
        case Kind::UNSET:
        case Kind::PLAN_DRAFTED:
        case Kind::AREA_ADDED:
        case Kind::OUTCOME_ADDED:
        case Kind::ACTION_ADDED:
        case Kind::ACTION_STARTED:
        case Kind::PROGRESS_RECORDED:
        case Kind::RATING_PROPOSED:
        case Kind::RATING_CONFIRMED:
        case Kind::EVIDENCE_REGISTERED: return std::nullopt;
    }
    CHECK(false);
    return std::nullopt;
}

Why fold_part(Plan& plan, const Event& event, const PersonId& author) {
    const auto change = event.change().reader();
    switch (event.kind()) {
        case Kind::AREA_ADDED: return plan_fold::area_added(plan, event, change.getAreaAdded());
        case Kind::OUTCOME_ADDED:
            return plan_fold::outcome_added(plan, event, change.getOutcomeAdded());
        case Kind::ACTION_ADDED:
            return plan_fold::action_added(plan, event, change.getActionAdded());
        case Kind::ACTION_STARTED: return plan_fold::action_started(plan, event);
        case Kind::PROGRESS_RECORDED:
            return plan_fold::progress_recorded(plan, event, author, change.getProgressRecorded());
        case Kind::RATING_PROPOSED:
            return plan_fold::rating_proposed(plan, event, author, change.getRatingProposed());
        case Kind::RATING_CONFIRMED:
            return plan_fold::rating_confirmed(plan, event, author, change.getRatingConfirmed());
        case Kind::EVIDENCE_REGISTERED:
            return plan_fold::evidence_registered(plan, event, author,
                                                  change.getEvidenceRegistered());
        case Kind::UNSET:
        case Kind::LEDGER_OPENED:
        case Kind::LEDGER_KEY_ROTATED:
        case Kind::LEDGER_KEY_CONFIRMED:
        case Kind::RULEBOOK_ADOPTED:
        case Kind::PERSON_ENROLLED:
        case Kind::PERSON_CONFIRMED:
        case Kind::ROLE_GRANTED:
        case Kind::ROLE_CONFIRMED:
        case Kind::ROLE_REVOKED:
        case Kind::KEY_ENROLLED:
        case Kind::KEY_CONFIRMED:
        case Kind::KEY_ROTATED:
        case Kind::KEY_REVOKED:
        case Kind::KEY_COMPROMISED:
        case Kind::PLAN_DRAFTED: break;
    }
    // fold() has dealt with these before it looks for a plan.
    CHECK(false);
    return std::nullopt;
}

Why fold_one(State& state, const Event& event) {
    if (auto folded = fold_ledger(state.keyring, event)) {
        return *folded;
    }
    if (event.kind() == Kind::PLAN_DRAFTED) {
        return plan_fold::plan_drafted(state, event, event.change().reader().getPlanDrafted());
    }
    const auto author = state.keyring.holder_of(event.envelope().author_key);
    if (!author) {
        return "nobody holds the key that signed it";
    }
    const auto ref = event.envelope().plan;
    const auto plan = ref ? state.plans.find(*ref) : state.plans.end();
    if (plan == state.plans.end()) {
        return "its plan is not there";
    }
    return fold_part(plan->second, event, *author);
}

}  // namespace

void fold(State& state, const Event& event) {
    if (auto why = fold_one(state, event)) {
        state.anomalies.push_back(Anomaly{.index = event.index(), .what = std::move(*why)});
    }
}

}  // namespace wsoa
