#pragma once

#include "ledger/plan/fold.h"
#include "projections/all.h"

#include <functional>
#include <string>
#include <vector>

namespace wsoa {

// How a view came to cover the history.
struct CaughtUp {
    enum class From : std::uint8_t {
        cursor,   // its rows were good and were carried on
        nothing,  // there were none
        afresh,   // they were deleted: of another version, or made from another history
    };
    std::string name;
    From from = From::cursor;
    std::uint64_t events = 0;  // applied now

    bool operator==(const CaughtUp&) const = default;
};

// Lets the views follow the history, in a store of their own that may be deleted at any time.
//
// Rows and cursor of a batch become true together, so that a crash leaves views that are behind and
// never views that are wrong. Rows are deleted and made anew where they cannot be believed: another
// version of the projection wrote them, their cursor is ahead of the history (the ledger was
// restored), or the history had another root there. Views that stand at the same event are carried
// on together. For one thread, and for the one process that may write the views; those that only
// read use the functions beside each projection, which take from the history what a view lacks.
class Runner {
public:
    using Make = std::function<Projections()>;
    // Events in a batch, and rows in one that deletes: what bounds the memory.
    static constexpr std::uint64_t batch_events = 4'000;

    explicit Runner(Store& views) : Runner(views, all_projections, batch_events) {}
    Runner(Store& views, Make make, std::uint64_t events_per_batch);

    // Told after each batch up to which event the views have come that were furthest behind.
    using Reached = std::function<void(TreeSize size)>;
    void tell(Reached reached) { reached_ = std::move(reached); }

    // Carries every view on to the history's size. In the order of the list.
    Result<std::vector<CaughtUp>> catch_up(const History& history);
    // Deletes every view and makes it anew.
    Result<std::vector<CaughtUp>> rebuild(const History& history);

private:
    struct Followed {
        std::unique_ptr<Projection> projection;
        TreeSize size;
        CaughtUp outcome;
    };
    // The ledger and its people before the event at `size`, in the history with that root.
    struct People {
        State state;
        TreeSize size;
        Hash root;
    };

    Result<std::vector<CaughtUp>> follow(const History& history);
    Result<Followed> take_up(std::unique_ptr<Projection> projection, const History& history);
    Result<void> advance(const History& history, std::vector<Followed>& followed, TreeSize from,
                         TreeSize to);
    Result<void> know_people(const History& history, TreeSize size);
    // Gives how many rows there were.
    Result<std::uint64_t> erase_part(const ViewId& view);

    Store& views_;
    Make make_;
    std::uint64_t events_per_batch_;
    Reached reached_;
    People people_;
};

}  // namespace wsoa
