// What strangers are handed: a ledger of a million events exported as tiles, beside copying the
// same files; a pack of one plan of that ledger, with the hashes of the other events; a pack of
// 10,000 events with 200 documents of 100 KiB. Packs are made, and verified beside the bare
// signature checks of their events on all cores. Each job is done once in every round, in turn, by
// the program itself.
//
// Targets: the export at 0.5 of the copy; the pack made in under 5 s, and verified at 0.9 of the
// bare checks.
//
//   scripts/bench pack           with a ledger of a million events; 6 GB on the disk meanwhile
//   scripts/bench pack 20000     with a smaller one, to see that it works

#include "benchmarks/bare_checks.h"
#include "benchmarks/million.h"
#include "benchmarks/process.h"
#include "ledger/inspection/pack.h"
#include "tests/support/changes.h"
#include "tests/support/environment.h"
#include "tests/support/files.h"

#include <cstdio>
#include <cstdlib>

namespace wsoa {
namespace {

namespace fs = std::filesystem;
using bench::Million;
using bench::Process;
using bench::Rounds;
using test::must;

constexpr int rounds = 5;
constexpr std::uint64_t events_of_pack = 10'000;
constexpr int documents = 200;
constexpr std::size_t document_bytes = 100 * 1'024;

double timed(const std::vector<std::string>& words,
             const std::map<std::string, std::string>& variables) {
    const auto took = Process(words, variables).wait();
    CHECK(took.exit == 0);
    return took.seconds;
}

std::uint64_t bytes_below(const fs::path& folder) {
    std::uint64_t bytes = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        bytes += entry.is_regular_file() ? entry.file_size() : 0;
    }
    return bytes;
}

// Each round has folders of its own, and all go at the end: ext4 passes over every inode that was
// freed within the last minutes whenever it makes a file, which cost whichever job came first after
// a removal up to 2 s.
void bench_export(const fs::path& here, const Million& ledger) {
    const auto all = here / "tiles";
    fs::remove_all(all);
    fs::create_directory(all);
    Rounds exported;
    Rounds copied;
    double mib = 0;
    for (int round = 0; round < rounds; ++round) {
        const auto tiles = all / fmt::format("{}", round);
        const auto copy = all / fmt::format("{}-copied", round);
        exported.add(
            timed(ledger.command({"export", "tiles", tiles.string()}), ledger.variables()));
        copied.add(timed({"/bin/sh", "-c",
                          fmt::format("cp -a '{}' '{}' && sync -f '{}'", tiles.string(),
                                      copy.string(), copy.string())},
                         {{"PATH", "/usr/bin:/bin"}}));
        mib = static_cast<double>(bytes_below(tiles)) / (1 << 20);
    }
    fs::remove_all(all);
    bench::print_amount("tiles of the events", mib, "MiB", "-");
    bench::print_limit("MiB of them copied, and the disk synced", mib / copied.median());
    bench::print_line("MiB exported as tiles", mib / exported.median(),
                      copied.median() / exported.median(), 0.5);
}

std::vector<Event> events_in(const fs::path& file) {
    const auto bytes = read_whole(file.string());
    const MemorySource source(bytes_of(bytes));
    const auto pack = must(PackFile::open(source));
    std::vector<Event> events;
    for (std::uint64_t i = 0; i < pack.entries().size(); ++i) {
        if (!pack.is_left_out({i})) {
            events.push_back(must(Event::read({i}, pack.entries()[i])));
        }
    }
    return events;
}

// A pack made and verified once a round.
class PackRounds {
public:
    PackRounds(const Million& ledger, fs::path file) : ledger_(ledger), file_(std::move(file)) {}

    void run() {
        for (int round = 0; round < rounds; ++round) {
            fs::remove(file_);
            made_.add(timed(
                ledger_.command({"--key", ledger_.key("office").string(), "pack", "P0", "--for",
                                 "a visit", "--recipient", "lead", "--disclose",
                                 "title,text,reason,claim", "--rebuild", "--out", file_.string()}),
                ledger_.variables()));
            const auto events = events_in(file_);
            verified_.add(timed(ledger_.command({"verify", file_.string()}), ledger_.variables()));
            bare_.add(bench::bare_checks(events, std::thread::hardware_concurrency()));
            count_ = events.size();
        }
    }
    // `limit`: in how many seconds it is to be made; "-" for none.
    void print(const std::string& what, const std::string& limit) const {
        const auto count = static_cast<double>(count_);
        bench::print_amount(what + ", made", made_.median(), "s", limit);
        bench::print_amount("  its size", static_cast<double>(fs::file_size(file_)) / (1 << 20),
                            "MiB", "-");
        bench::print_limit("bare signature checks, all cores", count / bare_.median());
        bench::print_line("events of the pack verified", count / verified_.median(),
                          bare_.median() / verified_.median(), 0.9);
    }

private:
    const Million& ledger_;
    fs::path file_;
    Rounds made_;
    Rounds verified_;
    Rounds bare_;
    std::size_t count_ = 0;
};

void bench_pack_of_one_plan(const fs::path& here, const Million& ledger) {
    const auto file = here / "plan.pack.zip";
    PackRounds pack(ledger, file);
    pack.run();
    pack.print(fmt::format("a pack of a plan of {} events among {}",
                           ledger.shape().long_plan_events, ledger.shape().events),
               "-");
    fs::remove(file);
}

// A ledger with that many events and documents, made anew each time.
class PackBench {
public:
    explicit PackBench(const fs::path& here)
        : here_(here),
          ledger_(Million::made_in(here / "for-packs", WSOA_PROGRAM,
                                   {.events = events_of_pack - documents,
                                    .plans = 1,
                                    .long_plan_events = events_of_pack - documents})
                      .copied_to(here / "for-packs-in-use")) {
        SeededRandom random(1);
        Bytes content(document_bytes);
        std::string lines;
        fs::create_directory(here_ / "papers");
        for (int i = 1; i <= documents; ++i) {
            random.fill(content);
            const auto file = here_ / "papers" / fmt::format("{}.bin", i);
            std::ofstream(file, std::ios::binary)
                .write(reinterpret_cast<const char*>(content.data()),
                       static_cast<std::streamsize>(content.size()));
            by("owner", {"evidence", "add", file.string(), "--item", fmt::format("P0-E{}", i),
                         "--type", "report", "--personal-data", "none", "--date", "2022-01-20"});
        }
    }
    ~PackBench() {
        for (const auto* name : {"papers", "for-packs-in-use", "bench.pack.zip"}) {
            fs::remove_all(here_ / name);
        }
    }
    PackBench(const PackBench&) = delete;
    PackBench& operator=(const PackBench&) = delete;

    void run() {
        PackRounds pack(ledger_, here_ / "bench.pack.zip");
        pack.run();
        pack.print("a pack of them and 200 documents of 100 KiB", "5");
    }

private:
    void by(const std::string& who, std::vector<std::string> words) const {
        words.insert(words.begin(), {"--key", ledger_.key(who).string()});
        timed(ledger_.command(words), ledger_.variables());
    }

    fs::path here_;
    Million ledger_;
};

}  // namespace
}  // namespace wsoa

int main(int count, char** words) {
    using namespace wsoa;
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const fs::path here(WSOA_BENCH_FOLDER);
    if (count > 1) {
        const auto events = std::strtoull(words[1], nullptr, 10);
        CHECK(events > 0);
        bench_export(here,
                     Million::made_in(here / "some", WSOA_PROGRAM,
                                      {.events = events, .plans = 1, .long_plan_events = events}));
    } else {
        const auto ledger = Million::made_in(here / "million", WSOA_PROGRAM);
        bench_export(here, ledger);
        bench_pack_of_one_plan(here, ledger);
    }
    PackBench(here).run();
}
