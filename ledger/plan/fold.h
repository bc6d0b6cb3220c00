#pragma once

#include "ledger/event/event.h"
#include "ledger/keys/keyring.h"
#include "ledger/plan/plan.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace wsoa {

// An event that could not be applied, and why. The fold goes on without it.
struct Anomaly {
    EventIndex index;
    std::string what;

    bool operator==(const Anomaly&) const = default;
};

// What a ledger's events add up to.
struct State {
    Keyring keyring;
    std::map<PlanRef, Plan> plans;
    std::vector<Anomaly> anomalies;
    std::map<std::uint16_t, std::vector<Date>> holidays = {};  // of each year, as last set
    std::optional<VaultMark> vault = {};  // of the last erasure in any plan; null before one

    const Plan* plan(const PlanRef& ref) const {
        const auto found = plans.find(ref);
        return found == plans.end() ? nullptr : &found->second;
    }
    bool operator==(const State&) const = default;
};

// The only way in which an event changes the state. It takes every event that was ever accepted and
// refuses none: one that cannot apply becomes an anomaly. Events are given in the order of the log;
// those of other plans may be left out, those about the ledger and its people may not.
void fold(State& state, const Event& event);

// The event whose words this one records the erasure of; null if of none.
std::optional<EventIndex> erased_event_in(const Event& event);

// What an event says of the vault that erased; null if it says nothing of one. Alone it tells who
// opens a ledger which vaults are too old, without any plan.
std::optional<VaultMark> vault_mark_in(const Event& event);

// Whether the kind changes a plan.
bool folds_kind(Kind kind);

}  // namespace wsoa
