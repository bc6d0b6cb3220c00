#pragma once

#include "ledger/plan/fold.h"
#include "projections/plan_bytes.h"
#include "projections/projection.h"

#include <map>
#include <optional>
#include <set>

namespace wsoa {

// Each plan as it stands now, in its canonical parts, and the digest of the whole.
//
// Rows: 'p' || plan || 0x00 -> the first part; 'p' || plan || 0x00 || reference -> every other;
// 'd' || plan -> 32 bytes of digest. A plan that was not drafted has none. What a plan once holds
// it keeps, so that no part's row is ever erased.
class PlanState final : public Projection {
public:
    static constexpr ViewId view{.name = "plan-state", .version = 2};
    // So many bytes of plans, as their rows count them, are kept in memory from batch to batch.
    static constexpr std::size_t held_bytes_usual = std::size_t{64} << 20;

    PlanState() : PlanState(held_bytes_usual) {}
    explicit PlanState(std::size_t held_bytes_max) : held_bytes_max_(held_bytes_max) {}

    ViewId id() const override { return view; }
    Result<void> apply(const Applied& applied, ViewWriter& writer) override;
    Result<void> settle(ViewWriter& writer) override;

private:
    std::size_t held_bytes_max_;
    State state_;  // the people, and those plans that are held
    bool knows_people_ = false;
    std::map<PlanRef, std::size_t> held_;  // looked up in the rows, there or not; with its bytes
    std::set<PlanRef> touched_;            // since the last batch
};

// A plan as the history's last event left it.
struct PlanNow {
    Plan plan;
    Hash digest;  // digest_of(plan)
};

// Takes from the view what it holds and folds the rest; null for no view at all. `missing` if there
// is no such plan; `corrupt` if the view's parts do not give its own digest.
Result<PlanNow> plan_now(const Snapshot* views, const History& history, const PlanRef& plan);

}  // namespace wsoa
