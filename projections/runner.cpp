#include "projections/runner.h"

#include "ledger/tree/hasher.h"

#include <algorithm>

namespace wsoa {
namespace {

Result<void> about(const ViewId& view, Result<void> result) {
    if (!result.ok()) {
        return std::move(result).error().explain("the view {}", view.name);
    }
    return result;
}

}  // namespace

Runner::Runner(Store& views, Make make, std::uint64_t events_per_batch)
    : views_(views), make_(std::move(make)), events_per_batch_(events_per_batch) {
    CHECK(events_per_batch_ > 0);
    people_.root = empty_root();
}

Result<std::vector<CaughtUp>> Runner::catch_up(const History& history) {
    auto caught_up = follow(history);
    if (!caught_up.ok()) {
        people_ = People{.state = {}, .size = {}, .root = empty_root()};
    }
    return caught_up;
}

Result<std::vector<CaughtUp>> Runner::rebuild(const History& history) {
    for (const auto& projection : make_()) {
        TRY(erase_part(projection->id()));
    }
    return catch_up(history);
}

Result<std::vector<CaughtUp>> Runner::follow(const History& history) {
    std::vector<Followed> followed;
    for (auto& projection : make_()) {
        auto taken = TRY(take_up(std::move(projection), history));
        followed.push_back(std::move(taken));
    }
    while (true) {
        auto from = history.size();
        for (const auto& each : followed) {
            from = std::min(from, each.size);
        }
        if (from == history.size()) {
            break;
        }
        // Up to where the next of them stands, from where they go on together.
        auto to = std::min(history.size(), TreeSize{from.value + events_per_batch_});
        for (const auto& each : followed) {
            to = each.size > from ? std::min(to, each.size) : to;
        }
        TRY(advance(history, followed, from, to));
        if (reached_) {
            reached_(to);
        }
    }
    std::vector<CaughtUp> outcomes;
    outcomes.reserve(followed.size());
    for (auto& each : followed) {
        outcomes.push_back(std::move(each.outcome));
    }
    return outcomes;
}

Result<Runner::Followed> Runner::take_up(std::unique_ptr<Projection> projection,
                                         const History& history) {
    const auto view = projection->id();
    const auto snapshot = TRY(views_.snapshot());
    const auto size = TRY(ViewReader(*snapshot, view).size_within(history));
    CaughtUp outcome{.name = std::string(view.name), .from = CaughtUp::From::cursor, .events = 0};
    if (size.value == 0) {
        const auto erased = TRY(erase_part(view));
        outcome.from = erased == 0 ? CaughtUp::From::nothing : CaughtUp::From::afresh;
    }
    return Followed{
        .projection = std::move(projection), .size = size, .outcome = std::move(outcome)};
}

Result<void> Runner::advance(const History& history, std::vector<Followed>& followed, TreeSize from,
                             TreeSize to) {
    struct Work {
        Followed& followed;
        ViewId view;
        ViewWriter writer;
    };
    const auto snapshot = TRY(views_.snapshot());
    std::vector<Work> works;
    for (auto& each : followed) {
        if (each.size == from) {
            const auto view = each.projection->id();
            works.push_back(Work{each, view, ViewWriter(*snapshot, view)});
        }
    }
    TRY(know_people(history, from));
    TRY(history.each_event(
        EventIndex{from.value}, [&](const Event& event) -> Result<Snapshot::Step> {
            if (!event.envelope().plan) {
                fold(people_.state, event);
            }
            const Applied applied{
                .event = event, .keyring = people_.state.keyring, .history = history};
            for (auto& work : works) {
                auto result = work.followed.projection->apply(applied, work.writer);
                TRY(about(work.view, std::move(result)));
            }
            const bool is_last = event.index().value + 1 == to.value;
            return is_last ? Snapshot::Step::stop : Snapshot::Step::next;
        }));
    people_.size = to;
    people_.root = TRY(history.root_at(to));
    Batch batch;
    for (auto& work : works) {
        TRY(about(work.view, work.followed.projection->settle(work.writer)));
        work.writer.add_to(batch);
        batch.put(view_layout::cursor_key(work.view),
                  view_layout::cursor_value(work.view, {.size = to, .root = people_.root}));
    }
    TRY(views_.write(batch));
    for (auto& work : works) {
        work.followed.size = to;
        work.followed.outcome.events += to.value - from.value;
    }
    return done();
}

Result<void> Runner::know_people(const History& history, TreeSize size) {
    const auto known = std::min(people_.size, size);
    const auto root = TRY(history.root_at(known));
    if (people_.size > size || people_.root != root) {
        people_ = People{.state = {}, .size = {}, .root = empty_root()};
    }
    if (people_.size == size) {
        return done();
    }
    TRY(history.each_entry_of(std::nullopt,
                              [&](EventIndex index, ByteView entry) -> Result<Snapshot::Step> {
                                  if (!size.holds(index)) {
                                      return Snapshot::Step::stop;
                                  }
                                  if (!people_.size.holds(index)) {
                                      const auto event = TRY(Event::read(index, entry));
                                      fold(people_.state, event);
                                  }
                                  return Snapshot::Step::next;
                              }));
    people_.size = size;
    people_.root = TRY(history.root_at(size));
    return done();
}

Result<std::uint64_t> Runner::erase_part(const ViewId& view) {
    auto range = view_layout::part_of(view);
    std::uint64_t erased = 0;
    while (true) {
        const auto snapshot = TRY(views_.snapshot());
        Batch batch;
        TRY(snapshot->scan(
            range.from, range.to, [&](ByteView key, ByteView /*value*/) -> Result<Snapshot::Step> {
                batch.erase(key);
                return batch.writes().size() < events_per_batch_ ? Snapshot::Step::next
                                                                 : Snapshot::Step::stop;
            }));
        if (batch.empty()) {
            return erased;
        }
        TRY(views_.write(batch));
        erased += batch.writes().size();
        // Not over what was just erased: an engine may have to step over each such row again.
        range.from = batch.writes().back().key;
    }
}

}  // namespace wsoa
