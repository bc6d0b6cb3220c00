#pragma once

#include "cli/output.h"
#include "ledger/history.h"
#include "ledger/store/folder.h"
#include "ledger/store/rocks_store.h"
#include "projections/audit_trail.h"
#include "projections/plan_state.h"

#include <memory>
#include <vector>

namespace wsoa {

// The views of a ledger's folder: what can be made anew from its events at any time. Nothing that
// happens to them costs more than that time.

// Carries the views on to the history's size, or makes them. For whoever holds the writer's lock,
// once a command. Views that cannot be carried on are deleted, so that the next writer makes them
// anew; the error says what was met.
Result<void> follow_in_views(const LedgerFolder& folder, const History& history);

// Answers from the views as somebody left them, beside a writer too, and from the history for what
// they lack; never writes them.
//
// Views that are missing, of another history or ahead of it answer nothing, and the history alone
// gives the same. So it does where they are damaged; that is noted once, since it makes every
// answer slower. Opened when first asked.
class ViewsReader {
public:
    // `scratch` is a folder that must not exist yet; it goes with the object. The output is
    // borrowed.
    ViewsReader(LedgerFolder folder, std::filesystem::path scratch, Output& output)
        : folder_(std::move(folder)), scratch_(std::move(scratch)), output_(output) {}

    // Errors as the functions of that name in projections/, with no views.
    Result<PlanNow> plan_now(const History& history, const PlanRef& plan);
    Result<std::vector<TrailEntry>> trail_of(const History& history, const SubjectRef& subject);

private:
    // Null where they cannot be used.
    const Snapshot* snapshot();
    void give_up(const Error& why);
    template <typename Ask>
    auto answer(const Ask& ask) -> decltype(ask(nullptr));

    LedgerFolder folder_;
    std::filesystem::path scratch_;
    Output& output_;
    bool was_tried_ = false;
    // The snapshot goes before the store.
    std::unique_ptr<RocksReader> store_;
    std::unique_ptr<Snapshot> snapshot_;
};

}  // namespace wsoa
