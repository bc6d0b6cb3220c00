#pragma once

#include "ledger/event/event.h"
#include "ledger/keys/keyring.h"
#include "ledger/plan/plan.h"

#include <map>
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

// Whether the kind changes a plan.
bool folds_kind(Kind kind);

}  // namespace wsoa
