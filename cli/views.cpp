#include "cli/views.h"

#include "cli/progress.h"

#include <unistd.h>

#include <chrono>
#include <system_error>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

// Small, and without waiting for the disk: a command is short, and a torn view is made anew.
constexpr RocksSizes sizes{.buffer_bytes = std::size_t{1} << 20,
                           .file_bytes = std::size_t{8} << 20,
                           .cache_bytes = std::size_t{4} << 20};

Result<std::unique_ptr<RocksStore>> open_store(const fs::path& folder) {
    auto store = RocksStore::open_writer(folder, sizes, Syncing::never);
    if (store.ok() || store.error().fault != Fault::missing) {
        return store;
    }
    return RocksStore::create(folder, sizes, Syncing::never);
}

Result<void> follow(const fs::path& folder, const History& history, Output& output) {
    const auto store = TRY(open_store(folder));
    Runner runner(*store);
    Progress progress(output, "Making the views", history.size().value);
    runner.tell([&](TreeSize size) { progress.reached(size.value); });
    TRY(runner.catch_up(history));
    return done();
}

// What cannot be deleted will be met again, and told again.
void delete_views(const fs::path& folder) {
    std::error_code failure;
    std::vector<fs::path> inside;
    for (fs::directory_iterator at(folder, failure), end; !failure && at != end;
         at.increment(failure)) {
        inside.push_back(at->path());
    }
    for (const auto& path : inside) {
        fs::remove_all(path, failure);
    }
}

}  // namespace

fs::path scratch_folder() {
    static int count = 0;
    // Numbers of processes come round, and whoever is killed leaves its folders: with the instant
    // no other ever bore the same name.
    const auto instant = std::chrono::steady_clock::now().time_since_epoch().count();
    return fs::temp_directory_path() /
           fmt::format("wsoa-reader-{}-{}-{}", ::getpid(), count++, instant);
}

Result<void> follow_in_views(const LedgerFolder& folder, const History& history, Output& output) {
    auto followed = follow(folder.views(), history, output);
    if (!followed.ok() && followed.error().fault != Fault::busy) {
        delete_views(folder.views());
    }
    return followed;
}

Result<std::unique_ptr<ViewsHolder>> ViewsHolder::open(const LedgerFolder& folder) {
    auto store = open_store(folder.views());
    if (!store.ok() && store.error().fault != Fault::busy) {
        delete_views(folder.views());
        store = open_store(folder.views());
    }
    auto opened = TRY(std::move(store));
    return std::unique_ptr<ViewsHolder>(new ViewsHolder(std::move(opened)));
}

Result<void> ViewsHolder::follow(const History& history) {
    TRY(runner_.catch_up(history));
    return done();
}

PlanAt ViewsHolder::nearest(const History& history, const PlanRef& plan) {
    const auto snapshot = store_->snapshot();
    auto begun = snapshot.ok() ? begin_of(snapshot.value().get(), history, plan, history.size())
                               : Result<PlanAt>(snapshot.error());
    return begun.ok() ? std::move(begun).value() : PlanAt{};
}

const Snapshot* ViewsReader::snapshot() {
    if (!was_tried_) {
        was_tried_ = true;
        auto store = RocksReader::open(folder_->views(), scratch_);
        if (store.ok()) {
            store_ = std::move(store).value();
            auto snapshot = store_->snapshot();
            if (snapshot.ok()) {
                snapshot_ = std::move(snapshot).value();
            } else {
                give_up(snapshot.error());
            }
        } else if (store.error().fault != Fault::missing) {
            give_up(store.error());
        }
    }
    return snapshot_.get();
}

void ViewsReader::give_up(const Error& why) {
    snapshot_.reset();
    if (why.fault == Fault::busy) {
        return;  // a writer left no moment to look; nothing is wrong with them
    }
    output_.note(fmt::format(
        "The views were left aside, and the answer made from the events alone: {}; {} lets the "
        "next change make them anew",
        why.message, folder_ ? "deleting " + folder_->views().string() : "restarting the keeper"));
}

template <typename Ask>
auto ViewsReader::answer(const Ask& ask) -> decltype(ask(nullptr)) {
    if (const auto* views = snapshot()) {
        auto by_views = ask(views);
        if (by_views.ok()) {
            return by_views;
        }
        // What the history alone says holds, be it an answer or an error.
        auto by_history = ask(nullptr);
        if (by_history.ok()) {
            give_up(by_views.error());
        }
        return by_history;
    }
    return ask(nullptr);
}

Result<Plan> ViewsReader::plan_now(const History& history, const PlanRef& plan) {
    return answer([&](const Snapshot* views) { return wsoa::plan_now(views, history, plan); });
}

Result<AsAt> ViewsReader::plan_as_at(const History& history, const PlanRef& plan, TreeSize size,
                                     Date day) {
    return answer(
        [&](const Snapshot* views) { return wsoa::plan_as_at(views, history, plan, size, day); });
}

Result<std::vector<TrailEntry>> ViewsReader::trail_of(const History& history,
                                                      const SubjectRef& subject) {
    return answer([&](const Snapshot* views) { return wsoa::trail_of(views, history, subject); });
}

PlanAt ViewsReader::nearest(const History& history, const PlanRef& plan) {
    constexpr std::uint64_t few_events = 8'000;
    const auto row = history.snapshot().get(layout::plan_count_key(plan));
    const auto events =
        row.ok() && row.value() ? layout::number_at_end(*row.value()) : Result<std::uint64_t>(0);
    if (!events.ok() || events.value() < few_events) {
        return PlanAt{};
    }
    auto begun = answer(
        [&](const Snapshot* views) { return begin_of(views, history, plan, history.size()); });
    return begun.ok() ? std::move(begun).value() : PlanAt{};
}

Result<PeriodCommitment> ViewsReader::commit_period(const History& history, const PlanRef& plan,
                                                    TreeSize size) {
    return answer(
        [&](const Snapshot* views) { return wsoa::commit_period(views, history, plan, size); });
}

}  // namespace wsoa
