// Whole commands, from the start of the process to its end, on a ledger of a million events over
// 200 plans; and an inclusion proof from its store.
//
// Targets: a command that opens the folder itself under 100 ms, also after a thousand of them in a
// row; one that asks a keeper under 25 ms; either in 64 MiB. A proof under 200 us from a store that
// is warm. Under 1,000 bytes on the disk for each event.
//
// The ledger is a rehearsal whose keys lie open. What a passphrase adds, once for each command that
// opens the folder to write, stands in a line of its own.

#include "benchmarks/million.h"
#include "benchmarks/process.h"
#include "ledger/history.h"
#include "ledger/store/folder.h"
#include "ledger/store/rocks_store.h"
#include "tests/support/changes.h"
#include "tests/support/temp_folder.h"

#include <csignal>
#include <cstdio>
#include <fstream>
#include <thread>

namespace wsoa {
namespace {

namespace fs = std::filesystem;
using bench::Million;
using bench::print_amount;
using bench::Process;
using bench::Rounds;
using test::must;

constexpr int rounds = 5;
constexpr int commands_a_round = 7;
constexpr int commands_in_a_row = 1'000;
constexpr int proofs_a_round = 2'000;

// What one kind of command took: the median of all, and the most memory of any.
struct Commands {
    Rounds seconds;
    Rounds cpu_seconds;
    double rss_mib = 0;

    void add(const bench::Took& took) {
        CHECK(took.exit == 0);  // or the ledger is not what it is taken for
        seconds.add(took.seconds);
        cpu_seconds.add(took.cpu_seconds);
        rss_mib = std::max(rss_mib, took.rss_mib);
    }
    void print(const std::string& what, double target_ms) const {
        print_amount(what, seconds.median() * 1'000, "ms", fmt::format("{:.0f}", target_ms));
        print_amount("  of that on the processor", cpu_seconds.median() * 1'000, "ms", "-");
        print_amount("  memory, at most", rss_mib, "MiB", "64");
    }
};

class OpenBench {
public:
    explicit OpenBench(Million ledger) : ledger_(std::move(ledger)) {}

    void run() {
        for (int round = 0; round < rounds; ++round) {
            do_both(direct_progress_, direct_show_);
            for (int i = 0; i < commands_a_round; ++i) {
                version_.add(Process(ledger_.command({"version"}), ledger_.variables()).wait());
            }
            start_keeper();
            do_both(keeper_progress_, keeper_show_);
            do_again(keeper_again_);
            stop_keeper();
        }
        version_.print("version, which opens nothing", 25);
        direct_progress_.print("progress, opening the folder", 100);
        direct_show_.print("show PLAN, opening the folder", 100);
        keeper_progress_.print("progress, through a keeper, the first on a plan", 25);
        keeper_again_.print("progress, through a keeper, again on that plan", 25);
        keeper_show_.print("show PLAN, through a keeper", 25);
        print_amount("a keeper, from its start until it serves", keeper_start_.median() * 1'000,
                     "ms", "-");
        print_amount("  its memory, at most", keeper_rss_mib_, "MiB", "-");
    }

    void run_after_many() {
        for (int i = 0; i < commands_in_a_row; ++i) {
            CHECK(progress().exit == 0);
        }
        Commands progress_after;
        Commands show_after;
        for (int round = 0; round < rounds; ++round) {
            do_both(progress_after, show_after);
        }
        progress_after.print("progress, after 1,000 of them in a row", 100);
        show_after.print("show PLAN, after 1,000 commands in a row", 100);
    }

    void run_sealed() {
        const auto words = fs::path(ledger_.ledger()) / "../passphrase";
        std::ofstream(words) << "a passphrase of a bench\n";
        const auto file = "--passphrase-file=" + words.string();
        CHECK(Process(ledger_.command({"keys", "seal-ledger", file}), ledger_.variables())
                  .wait()
                  .exit == 0);
        Commands sealed;
        for (int i = 0; i < rounds; ++i) {
            sealed.add(progress({file}));
        }
        const auto share = sealed.seconds.median() - direct_progress_.seconds.median();
        print_amount("what a passphrase adds to each of them", share * 1'000, "ms", "-");
        print_amount("  memory, at most", sealed.rss_mib, "MiB", "-");
    }

private:
    bench::Took progress(const std::vector<std::string>& further = {}) {
        return progress_on(next_plan(), further);
    }
    bench::Took progress_on(unsigned plan, const std::vector<std::string>& further = {}) {
        std::vector<std::string> words{"--key",    ledger_.key("owner"),
                                       "progress", fmt::format("P{}-1.3", plan),
                                       "--text",   "Three more were trained"};
        words.insert(words.end(), further.begin(), further.end());
        return Process(ledger_.command(words), ledger_.variables()).wait();
    }
    void do_both(Commands& progress_commands, Commands& show_commands) {
        for (int i = 0; i < commands_a_round; ++i) {
            progress_commands.add(progress());
            show_commands.add(Process(ledger_.command({"show", fmt::format("P{}", next_plan())}),
                                      ledger_.variables())
                                  .wait());
        }
    }
    // A keeper that serves for long has read the events of its plans; the first change on one waits
    // until it has.
    void do_again(Commands& progress_commands) {
        const auto plan = next_plan();
        CHECK(progress_on(plan).exit == 0);
        for (int i = 0; i < commands_a_round; ++i) {
            progress_commands.add(progress_on(plan));
        }
    }
    // Not the first, which has ten times as many events as the others.
    unsigned next_plan() { return 1 + made_++ * 37 % (ledger_.shape().plans - 1); }

    void start_keeper() {
        const bench::Stopwatch watch;
        keeper_.emplace(ledger_.command({"keep"}), ledger_.variables());
        const auto socket = LedgerFolder(ledger_.ledger()).socket();
        while (!fs::exists(socket)) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            CHECK(watch.seconds() < 60);
        }
        keeper_start_.add(watch.seconds());
    }
    void stop_keeper() {
        CHECK(::kill(keeper_->id(), SIGTERM) == 0);
        const auto took = keeper_->wait();
        CHECK(took.exit == 0);
        keeper_rss_mib_ = std::max(keeper_rss_mib_, took.rss_mib);
    }

    Million ledger_;
    unsigned made_ = 1;
    Commands version_;  // what each of the others costs at least
    Commands direct_progress_;
    Commands direct_show_;
    Commands keeper_progress_;
    Commands keeper_again_;
    Commands keeper_show_;
    Rounds keeper_start_;
    double keeper_rss_mib_ = 0;
    std::optional<Process> keeper_;
};

double bytes_in(const fs::path& folder) {
    double bytes = 0;
    for (const auto& file : fs::recursive_directory_iterator(folder)) {
        bytes += file.is_regular_file() ? static_cast<double>(file.file_size()) : 0;
    }
    return bytes;
}

// Proofs of events all over the log, beside reading just the nodes that they are made of.
void run_proofs(const Million& ledger) {
    const TempFolder scratch;
    const LedgerFolder folder(ledger.ledger());
    const auto store = must(RocksReader::open(folder.truth(), scratch / "reader"));
    auto snapshot = must(store->snapshot());
    const auto size = must(History::newest_size(*snapshot));
    const auto history = must(History::open(std::move(snapshot), size));
    Rounds proofs;
    Rounds reads;
    std::uint64_t index = 0;
    for (int round = 0; round < rounds; ++round) {
        std::vector<NodeRef> read;
        const auto nodes = history->nodes();
        const NodeReader noting = [&](NodeRef node) {
            read.push_back(node);
            return nodes(node);
        };
        std::vector<EventIndex> events;
        for (int i = 0; i < proofs_a_round; ++i) {
            index = (index + 7'919) % size.value;
            events.push_back(EventIndex{index});
            must(make_inclusion(events.back(), size, noting));
        }
        const bench::Stopwatch proving;
        for (const auto event : events) {
            must(history->inclusion(event));
        }
        proofs.add(proving.seconds() / proofs_a_round);
        const bench::Stopwatch reading;
        for (const auto node : read) {
            must(nodes(node));
        }
        reads.add(reading.seconds() / proofs_a_round);
    }
    print_amount("inclusion proof, warm", proofs.median() * 1e6, "us", "200");
    print_amount("  reading just its nodes", reads.median() * 1e6, "us", "-");
    const auto events = static_cast<double>(size.value);
    print_amount("on the disk for each event, truth", bytes_in(folder.truth()) / events, "B",
                 "1000");
    print_amount("  and views", bytes_in(folder.views()) / events, "B", "-");
}

}  // namespace
}  // namespace wsoa

// In a process of its own: what a command takes at most begins with what its parent holds.
int main(int count, char** words) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);  // it takes minutes: each line when it is known
    const std::filesystem::path here(WSOA_BENCH_FOLDER);
    if (count == 2 && std::string_view(words[1]) == "make") {
        wsoa::bench::Million::made_in(here / "million", WSOA_PROGRAM);
        return 0;
    }
    if (wsoa::bench::Process({"/proc/self/exe", "make"}, {}, "/dev/stderr").wait().exit != 0) {
        return 1;
    }
    const auto ledger = wsoa::bench::Million::made_in(here / "million", WSOA_PROGRAM);
    wsoa::OpenBench bench(ledger.copied_to(here / "million-in-use"));
    bench.run();
    bench.run_after_many();
    bench.run_sealed();
    wsoa::run_proofs(ledger);
}
