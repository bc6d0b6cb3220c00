// What it takes to make plans out of events: folding, a long plan as at a date, and all views.
//
// Targets: folding a million events at least half as fast as reading them alone, a million a second
// being the aim; a plan of 50,000 events as at a date, as a whole process, under 100 ms without any
// snapshot and under 30 ms with them, directly and through a keeper, in a ledger of 200 plans as in
// one that holds it alone; all views of a million events at least half as fast as their bytes are
// written into an empty RocksDB, in 500 MiB.

#include "benchmarks/million.h"
#include "benchmarks/process.h"
#include "ledger/history.h"
#include "ledger/store/folder.h"
#include "ledger/store/rocks_store.h"
#include "projections/runner.h"
#include "tests/support/changes.h"
#include "tests/support/temp_folder.h"

#include <csignal>
#include <cstdio>
#include <thread>

namespace wsoa {
namespace {

namespace fs = std::filesystem;
using bench::Million;
using bench::print_amount;
using bench::Process;
using bench::Rounds;
using bench::Stopwatch;
using test::must;

constexpr int rounds = 5;
constexpr int commands_a_round = 5;

// A ledger's store opened beside its writers.
struct Opened {
    explicit Opened(const Million& ledger)
        : store(
              must(RocksReader::open(LedgerFolder(ledger.ledger()).truth(), scratch / "reader"))) {
        auto snapshot = must(store->snapshot());
        const auto size = must(History::newest_size(*snapshot));
        history = must(History::open(std::move(snapshot), size));
    }
    TempFolder scratch;
    std::unique_ptr<RocksReader> store;
    std::unique_ptr<History> history;
};

void fold_all(const Million& ledger) {
    const Opened opened(ledger);
    Rounds reading;
    Rounds folding;
    for (int round = 0; round < rounds; ++round) {
        std::uint64_t kinds = 0;
        const Stopwatch read;
        must(opened.history->each_event(EventIndex{0},
                                        [&](const Event& event) -> Result<Snapshot::Step> {
                                            kinds += static_cast<std::uint64_t>(event.kind());
                                            return Snapshot::Step::next;
                                        }));
        reading.add(read.seconds());
        State state;
        const Stopwatch folded;
        must(opened.history->each_event(EventIndex{0},
                                        [&](const Event& event) -> Result<Snapshot::Step> {
                                            fold(state, event);
                                            return Snapshot::Step::next;
                                        }));
        folding.add(folded.seconds());
        CHECK(kinds > 0 && state.anomalies.empty() && state.plans.size() == ledger.shape().plans);
    }
    const auto count = static_cast<double>(ledger.shape().events);
    bench::print_limit("events read and decoded, one core", count / reading.median());
    bench::print_line("  and folded", count / folding.median(), reading.median() / folding.median(),
                      0.5);
}

// What one question took, passed and on the processor.
struct Answers {
    Rounds seconds;
    Rounds cpu_seconds;

    void print(const std::string& what, const std::string& target) const {
        print_amount(what, seconds.median() * 1'000, "ms", target);
        print_amount("  of that on the processor", cpu_seconds.median() * 1'000, "ms", "-");
    }
};

// The first plan as at a day not long ago.
class AsAt {
public:
    AsAt(std::string where, const Million& made, const fs::path& root)
        : where_(std::move(where)), ledger_(made.copied_to(root)) {
        const Opened opened(ledger_);
        // So late that nearly all of its events count, and before the newest snapshot.
        const auto late =
            must(opened.history->event(EventIndex{opened.history->size().value / 50 * 49}));
        known_ = to_string(must(Zone::find("Europe/London")).day_of(late.recorded_at()));
    }

    void round() {
        const auto views = LedgerFolder(ledger_.ledger()).views();
        ask(direct_);
        start_keeper();
        ask(keeper_);
        stop_keeper();
        const auto aside = views.string() + "-aside";
        fs::rename(views, aside);
        ask(without_);
        fs::remove_all(views);
        fs::rename(aside, views);
    }
    void print() const {
        without_.print(where_ + ": as at a date, no views", "100");
        direct_.print(where_ + ": with snapshots", "-");
        keeper_.print(where_ + ": with them, through a keeper", "30");
        print_amount("  memory, at most", rss_mib_, "MiB", "64");
    }

private:
    void ask(Answers& into) {
        for (int i = 0; i < commands_a_round; ++i) {
            const auto took = Process(ledger_.command({"replay", "P0", "--as-at", known_,
                                                       "--as-known", known_, "--json"}),
                                      ledger_.variables())
                                  .wait();
            CHECK(took.exit == 0);
            into.seconds.add(took.seconds);
            into.cpu_seconds.add(took.cpu_seconds);
            rss_mib_ = std::max(rss_mib_, took.rss_mib);
        }
    }
    void start_keeper() {
        const Stopwatch watch;
        process_.emplace(ledger_.command({"keep"}), ledger_.variables());
        while (!fs::exists(LedgerFolder(ledger_.ledger()).socket())) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            CHECK(watch.seconds() < 60);
        }
    }
    void stop_keeper() {
        CHECK(::kill(process_->id(), SIGTERM) == 0);
        CHECK(process_->wait().exit == 0);
    }

    std::string where_;
    Million ledger_;
    std::string known_;
    std::optional<Process> process_;
    Answers without_;
    Answers direct_;
    Answers keeper_;
    double rss_mib_ = 0;
};

// All rows that the views are made of, written as they are into an empty store.
void write_rows(const Snapshot& views, const fs::path& folder, Rounds& into) {
    const auto store = must(RocksStore::create(folder, {}, Syncing::never));
    std::vector<Batch> batches(1);
    must(views.scan({}, Bytes(64, 0xff),
                    [&](ByteView key, ByteView value) -> Result<Snapshot::Step> {
                        if (batches.back().writes().size() == Runner::batch_events) {
                            batches.emplace_back();
                        }
                        batches.back().put(key, value);
                        return Snapshot::Step::next;
                    }));
    const Stopwatch watch;
    for (const auto& batch : batches) {
        must(store->write(batch));
    }
    must(store->settle());
    into.add(watch.seconds());
}

void rebuild_all(const Million& ledger) {
    const Opened opened(ledger);
    Rounds rebuilding;
    Rounds writing;
    double mib = 0;
    for (int round = 0; round < 3; ++round) {
        const TempFolder folder;
        const auto views = must(RocksStore::create(folder / "views", {}, Syncing::never));
        Runner runner(*views);
        const Stopwatch watch;
        must(runner.catch_up(*opened.history));
        must(views->settle());
        rebuilding.add(watch.seconds());
        rusage used{};
        CHECK(::getrusage(RUSAGE_SELF, &used) == 0);
        if (round == 0) {  // before this bench itself holds all rows
            mib = static_cast<double>(used.ru_maxrss) / 1'024;
        }
        write_rows(*must(views->snapshot()), folder / "rows", writing);
    }
    const auto count = static_cast<double>(ledger.shape().events);
    bench::print_limit("rows of all views written, events' worth", count / writing.median());
    bench::print_line("all views made from the events", count / rebuilding.median(),
                      writing.median() / rebuilding.median(), 0.5);
    print_amount("  memory, at most, of this process", mib, "MiB", "500");
}

int run(std::string_view part) {
    const fs::path here(WSOA_BENCH_FOLDER);
    const auto million = Million::made_in(here / "million", WSOA_PROGRAM);
    if (part == "fold") {
        fold_all(million);
    } else if (part == "rebuild") {
        rebuild_all(million);
    } else {
        const auto alone =
            Million::made_in(here / "long-plan", WSOA_PROGRAM, bench::long_plan_alone);
        AsAt among_others("one plan of 200", million, here / "as-at-million");
        AsAt by_itself("that plan alone", alone, here / "as-at-alone");
        for (int round = 0; round < rounds; ++round) {
            among_others.round();
            by_itself.round();
        }
        among_others.print();
        by_itself.print();
    }
    return 0;
}

}  // namespace
}  // namespace wsoa

// Each part in a process of its own, so that its memory is its own; all of them if none is named.
int main(int count, char** words) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    if (count == 2) {
        return wsoa::run(words[1]);
    }
    for (const auto* part : {"fold", "as-at", "rebuild"}) {
        if (wsoa::bench::Process({"/proc/self/exe", part}, {}, "").wait().exit != 0) {
            return 1;
        }
    }
}
