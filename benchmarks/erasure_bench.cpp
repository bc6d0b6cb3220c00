// What it costs that a vault can forget: one erasure in a ledger of a million events, the keys of a
// sequential read of all words, and a vault after ten thousand erasures.
//
// Targets: one erasure under 200 ms; what deriving the keys adds to a sequential read under 4 us an
// event; after 10,000 erasures the vault under 15 MiB, and any one key derived in under 150 us.

#include "benchmarks/million.h"
#include "benchmarks/process.h"
#include "ledger/base/sha256.h"
#include "ledger/store/folder.h"
#include "ledger/store/guard.h"
#include "ledger/store/vault.h"
#include "tests/support/changes.h"
#include "tests/support/environment.h"
#include "tests/support/temp_folder.h"

#include <cstdio>
#include <ctime>

namespace wsoa {
namespace {

namespace fs = std::filesystem;
using bench::Million;
using bench::Process;
using bench::Rounds;
using bench::Stopwatch;
using test::must;

constexpr int rounds = 5;
constexpr std::uint64_t events = 1'000'000;
constexpr unsigned erasures = 10'000;
constexpr int keys_a_round = 10'000;

// Erasures as they are typed, of words of plans that have some 5,000 events each.
class Erasing {
public:
    explicit Erasing(Million ledger) : ledger_(std::move(ledger)) {
        appoint("records", "recordsManager");
        appoint("dpo", "dpo");
    }

    void run() {
        Rounds seconds;
        Rounds cpu_seconds;
        double rss_mib = 0;
        for (unsigned i = 1; i <= rounds; ++i) {
            const auto took = erase(i);
            seconds.add(took.seconds);
            cpu_seconds.add(took.cpu_seconds);
            rss_mib = std::max(rss_mib, took.rss_mib);
        }
        bench::print_amount("erase, the whole command, at a million events",
                            seconds.median() * 1'000, "ms", "200");
        bench::print_amount("  of that on the processor", cpu_seconds.median() * 1'000, "ms", "-");
        bench::print_amount("  memory, at most", rss_mib, "MiB", "-");
    }

private:
    bench::Took by(const std::string& who, std::vector<std::string> words) const {
        words.insert(words.begin(), {"--key", ledger_.key(who).string()});
        auto took = Process(ledger_.command(words), ledger_.variables(), said()).wait();
        if (took.exit != 0) {
            fmt::print(stderr, "what it said stands in {}\n", said());
        }
        CHECK(took.exit == 0);
        return took;
    }
    std::string said() const { return (ledger_.ledger() / "../said").string(); }
    void appoint(const std::string& who, const std::string& role) const {
        const auto request = (ledger_.ledger() / ("../" + who + ".request")).string();
        CHECK(Process(ledger_.command({"keys", "new", "--unsealed", ledger_.key(who)}),
                      ledger_.variables())
                  .wait()
                  .exit == 0);
        by(who, {"keys", "request", "--person", who, "--out", request});
        by("one", {"enrol", who, "--request", request, "--role", role});
        by("two", {"confirm", "@" + who});
    }
    // Asked for, granted and carried out; what the last of these took.
    bench::Took erase(unsigned number) {
        const auto plan = fmt::format("P{}", 1 + number * 37 % (ledger_.shape().plans - 1));
        const auto action = plan + "-1.1";
        const auto request = plan + "-ER1";
        // Each command is one event: people first, then three for each erasure.
        by("owner", {"progress", action, "--text", "Words that are to go"});
        const auto meant = fmt::format("{}", ledger_size() - 1);
        by("records", {"record", "erasureRequested", "--subject", action, "--request", request,
                       "--scope", "words", "--event", meant, "--reason", "A parent asked for it"});
        const auto asked = fmt::format("{}", ledger_size() - 1);
        by("dpo",
           {"record", "erasureDecided", "--subject", action, "--request", request, "--decision",
            "granted", "--ground", "noLongerNecessary", "--scope", "words", "--kept", "hash",
            "--reason", "A child can be told from it", "--answers", asked});
        return by("records", {"erase", request});
    }
    std::uint64_t ledger_size() const {
        const LedgerFolder folder(ledger_.ledger());
        const auto about = must(FolderFacts::read(folder));
        return must(Guard::read(about.guard, about.ledger)).size.value;
    }

    Million ledger_;
};

// The first field that a report of progress has words in.
LeafIndex leaf_of(std::uint64_t event) {
    return must(word_leaf(EventIndex{event}, schema::WordField::TEXT));
}

// What one event took, as it passed and on the processor.
struct Each {
    double passed = 0;
    double cpu = 0;
};

// The keys of a read from the first event to the last: an event of one word each.
Each walk_over(const KeyTree& tree) {
    const auto cpu = std::clock();
    const Stopwatch watch;
    KeyWalk walk(tree);
    std::uint64_t derived = 0;
    for (std::uint64_t event = 0; event < events; ++event) {
        derived += walk.derive(leaf_of(event)).ok() ? 1U : 0U;
    }
    CHECK(derived >= events - erasures);
    return {.passed = watch.seconds() / events,
            .cpu = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC / events};
}

double derive_some(const KeyTree& tree, SeededRandom& random) {
    std::vector<LeafIndex> leaves;
    for (int i = 0; i < keys_a_round; ++i) {
        leaves.push_back(leaf_of(random.below(events)));
    }
    const Stopwatch watch;
    for (const auto leaf : leaves) {
        const auto derived = tree.derive(leaf);
        CHECK(derived.ok() || derived.error().fault == Fault::missing);
    }
    return watch.seconds() / keys_a_round;
}

// Ten thousand of a million events, all over the log, which is the most that they can take.
Forgetting scattered(SeededRandom& random) {
    Forgetting what;
    while (what.words.size() < erasures) {
        what.words.push_back(must(word_node(EventIndex{random.below(events)})));
    }
    return what;
}

void run_vault() {
    const TempFolder folder;
    SeededRandom random(1);
    const auto ledger = sha256(bytes_of("ledger"));
    const auto whole = must(Vault::create(folder.path(), ledger, Unsealed{}, random));
    Rounds before;
    Rounds before_cpu;
    Rounds after;
    Rounds one;
    Rounds single;
    const auto kept = whole->words().clone();
    must(whole->forget(scattered(random)));
    for (int round = 0; round < rounds; ++round) {
        const auto first = walk_over(kept);
        before.add(first.passed);
        before_cpu.add(first.cpu);
        after.add(walk_over(whole->words()).passed);
        single.add(derive_some(whole->words(), random));
        const Stopwatch watch;
        must(whole->forget(
            {{must(word_node(EventIndex{events + static_cast<unsigned>(round)}))}, {}}));
        one.add(watch.seconds());
    }
    bench::print_amount("keys of a sequential read, for each event", before.median() * 1e6, "us",
                        "4");
    bench::print_amount("  of that on the processor", before_cpu.median() * 1e6, "us", "-");
    bench::print_amount("  after 10,000 erasures", after.median() * 1e6, "us", "4");
    bench::print_amount("any one key, after 10,000 erasures", single.median() * 1e6, "us", "150");
    const auto path = folder / fmt::format("vault-{}.wsoa", whole->generation());
    bench::print_amount("the vault's file, after 10,000 erasures",
                        static_cast<double>(fs::file_size(path)) / (1'024 * 1'024), "MiB", "15");
    bench::print_amount("  one more erasure of that vault", one.median() * 1'000, "ms", "-");
}

}  // namespace
}  // namespace wsoa

// In a process of its own: what a command takes at most begins with what its parent holds.
int main(int count, char** words) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const std::filesystem::path here(WSOA_BENCH_FOLDER);
    if (count == 2 && std::string_view(words[1]) == "make") {
        wsoa::bench::Million::made_in(here / "million", WSOA_PROGRAM);
        return 0;
    }
    wsoa::run_vault();
    if (wsoa::bench::Process({"/proc/self/exe", "make"}, {}, "/dev/stderr").wait().exit != 0) {
        return 1;
    }
    const auto ledger = wsoa::bench::Million::made_in(here / "million", WSOA_PROGRAM);
    wsoa::Erasing(ledger.copied_to(here / "million-in-use")).run();
}
