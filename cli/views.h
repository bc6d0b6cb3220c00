#pragma once

#include "cli/output.h"
#include "ledger/ledger.h"
#include "ledger/store/folder.h"
#include "ledger/store/rocks_store.h"
#include "projections/as_at.h"
#include "projections/audit_trail.h"
#include "projections/period.h"
#include "projections/plan_state.h"
#include "projections/runner.h"

#include <memory>
#include <optional>
#include <vector>

namespace wsoa {

// The views of a ledger's folder: what can be made anew from its events at any time. Nothing that
// happens to them costs more than that time.

// A folder for what a store's reader needs. It does not exist yet.
std::filesystem::path scratch_folder();

// Carries the views on to the history's size, or makes them. For whoever holds the writer's lock,
// once a command. Where it takes long the output shows how far it has come. Views that cannot be
// carried on are deleted, so that the next writer makes them anew; the error says what was met.
Result<void> follow_in_views(const LedgerFolder& folder, const History& history, Output& output);

// The views of a ledger while a keeper holds it: kept open, and carried on after each group. For
// one thread but for the store, whose snapshots any thread takes, and for where plans begin.
class ViewsHolder final : public PlanBegins {
public:
    // Makes them anew where they cannot be opened.
    static Result<std::unique_ptr<ViewsHolder>> open(const LedgerFolder& folder);
    const Store& store() const { return *store_; }
    Result<void> follow(const History& history);

    // From the newest snapshot of the plan. Views that cannot be read give none, which whoever lets
    // them follow is told.
    PlanAt nearest(const History& history, const PlanRef& plan) override;

private:
    explicit ViewsHolder(std::unique_ptr<RocksStore> store)
        : store_(std::move(store)), runner_(*store_) {}

    std::unique_ptr<RocksStore> store_;
    Runner runner_;
};

// Answers from the views as somebody left them, beside a writer too, and from the history for what
// they lack; never writes them.
//
// Views that are missing, of another history or ahead of it answer nothing, and the history alone
// gives the same. So it does where they are damaged; that is noted once, since it makes every
// answer slower. Opened when first asked.
class ViewsReader final : public PlanBegins {
public:
    // `scratch` is a folder that must not exist yet; it goes with the object. The output is
    // borrowed.
    ViewsReader(LedgerFolder folder, std::filesystem::path scratch, Output& output)
        : folder_(std::move(folder)), scratch_(std::move(scratch)), output_(output) {}
    // Over a moment that a keeper lends; null for none.
    ViewsReader(std::unique_ptr<Snapshot> lent, Output& output)
        : output_(output), was_tried_(true), snapshot_(std::move(lent)) {}

    // Errors as the functions of that name in projections/, with no views.
    Result<Plan> plan_now(const History& history, const PlanRef& plan);
    Result<AsAt> plan_as_at(const History& history, const PlanRef& plan, TreeSize size, Date day);
    Result<std::vector<TrailEntry>> trail_of(const History& history, const SubjectRef& subject);
    // From the newest snapshot of a plan of many events: to open the views takes as long as to read
    // some thousands.
    PlanAt nearest(const History& history, const PlanRef& plan) override;
    Result<PeriodCommitment> commit_period(const History& history, const PlanRef& plan,
                                           TreeSize size);

private:
    // Null where they cannot be used.
    const Snapshot* snapshot();
    void give_up(const Error& why);
    template <typename Ask>
    auto answer(const Ask& ask) -> decltype(ask(nullptr));

    std::optional<LedgerFolder> folder_;  // null where the moment is lent
    std::filesystem::path scratch_;
    Output& output_;
    bool was_tried_ = false;
    // The snapshot goes before the store.
    std::unique_ptr<RocksReader> store_;
    std::unique_ptr<Snapshot> snapshot_;
};

}  // namespace wsoa
