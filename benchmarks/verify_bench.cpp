// The full verification of 200,000 events, beside bare signature checks of the same events on all
// cores. Target: 0.9 of those, every rule judged again.

#include "benchmarks/bare_checks.h"
#include "ledger/inspection/verify.h"
#include "ledger/store/rocks_store.h"
#include "ledger/store/store_source.h"
#include "ledger/store/system.h"
#include "tests/support/changes.h"
#include "tests/support/faulty_store.h"
#include "tests/support/ledger_builder.h"
#include "tests/support/temp_folder.h"

namespace wsoa {
namespace {

constexpr int rounds = 3;
constexpr unsigned plans = 50;
constexpr unsigned changes_max = 200'000;

// A ledger of plans in progress, on RocksDB.
std::unique_ptr<RocksStore> made(const std::filesystem::path& folder,
                                 test::LedgerBuilder& builder) {
    builder.appoint_office();
    builder.advance_days(30);
    for (unsigned i = 0; i < plans; ++i) {
        const auto plan = fmt::format("P{}", i);
        builder.draft_plan(plan);
        builder.add_area(plan + "-1");
        builder.add_outcome(plan + "-O1", plan + "-1");
        builder.add_action(plan + "-1.1", plan + "-O1");
        builder.start(plan + "-1.1");
    }
    builder.commit();
    for (unsigned i = 0; builder.size().value < changes_max; ++i) {
        const auto plan = fmt::format("P{}", i % plans);
        builder.progress(plan + "-1.1", static_cast<int>(i / (changes_max / 100)), "");
        if (i % 512 == 0) {
            builder.commit();
        }
    }
    builder.commit();
    auto store = test::must(RocksStore::create(folder));
    Batch batch;
    for (const auto& [key, value] : test::rows_of(builder.store())) {
        batch.put(key, value);
        if (batch.writes().size() == 10'000) {
            test::must(store->write(batch));
            batch = {};
        }
    }
    test::must(store->write(batch));
    test::must(store->settle());
    return store;
}

void run() {
    const TempFolder folder;
    test::LedgerBuilder builder;
    const auto store = made(folder / "truth", builder);
    const auto snapshot = test::must(store->snapshot());
    const StoreSource source(*snapshot, builder.size(), builder.size());
    const auto history = builder.history();
    std::vector<Event> events;
    test::must(
        history->each_event(EventIndex{0}, [&](const Event& event) -> Result<Snapshot::Step> {
            events.push_back(test::must(Event::read(event.index(), event.bytes())));
            return Snapshot::Step::next;
        }));
    const auto workers = worker_threads(0);
    const auto verified = [&](Depth depth) {
        const bench::Stopwatch watch;
        const auto verdict =
            test::must(verify_ledger(source, {.depth = depth, .workers = workers.get()}));
        const auto seconds = watch.seconds();
        for (const auto& finding : verdict.findings) {
            fmt::print(stderr, "{}\n", finding.what);
        }
        CHECK(verdict.size == builder.size() && verdict.findings.empty());
        return seconds;
    };
    bench::Rounds whole;
    bench::Rounds signatures;
    bench::Rounds bare;
    for (int round = 0; round < rounds; ++round) {
        whole.add(verified(Depth::meaning));
        signatures.add(verified(Depth::authors));
        bare.add(bench::bare_checks(events, workers->count()));
    }
    const auto count = static_cast<double>(events.size());
    bench::print_limit("bare signature checks, all cores", count / bare.median());
    bench::print_line("full verification of 200,000 events", count / whole.median(),
                      bare.median() / whole.median(), 0.9);
    bench::print_line("of that tree, signatures, keys and roles", count / signatures.median(),
                      bare.median() / signatures.median(), 0.9);
}

}  // namespace
}  // namespace wsoa

int main() { wsoa::run(); }
