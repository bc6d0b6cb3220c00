// Every byte of a small ledger is flipped once: opening or reading gives an error, verification
// finds something, or the raw bytes of every event are what they were.
//
// Left out are RocksDB's OPTIONS files, which it writes for people and does not read to open, and
// its LOG files, of which there are none: nothing of the ledger stands in either.

#include "tests/faults/support/trials.h"

#include "ledger/inspection/verify.h"
#include "ledger/store/store_source.h"
#include "tests/support/changes.h"

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

namespace wsoa::test {
namespace {

enum class Outcome : std::uint8_t {
    refused_to_open,
    error,      // in reading
    finding,    // of verification
    identical,  // all events are what they were
    aborted,    // the engine ended the process
    wrong,
};

constexpr std::uint64_t events = 5;

// A ledger of so many events: one in a first table file, two in a second, two in the log.
class SmallLedger {
public:
    SmallLedger() {
        for (std::size_t session = 0; session < 2; ++session) {
            Machine machine(image_);
            std::unique_ptr<OpenLedger> open;
            if (session == 0) {
                must(life_.session(0, machine, books_, open));
            } else {
                open = must(OpenLedger::open(machine.place(), life_.people()));
                must(life_.commit_next(*open, books_));
            }
            open.reset();
            image_ = machine.disk().cut_power();
        }
        Machine machine(image_);
        const auto open = must(OpenLedger::open(machine.place(), life_.people()));
        must(life_.commit_next(*open, books_));
        image_ = machine.disk().cut_power();
        CHECK(books_.events.size() == events);
    }

    const DiskImage& image() const { return image_; }

    Outcome outcome_on(const DiskImage& image) {
        Machine machine(image);
        const auto opened = OpenLedger::open(machine.place(), life_.people());
        if (!opened.ok()) {
            return Outcome::refused_to_open;
        }
        const auto history = opened.value()->ledger().history();
        if (!history.ok()) {
            return Outcome::error;
        }
        bool are_identical = history.value()->size().value == books_.events.size();
        for (std::size_t i = 0; i < books_.events.size(); ++i) {
            const auto entry = history.value()->entry(EventIndex{i});
            if (!entry.ok()) {
                return Outcome::error;
            }
            are_identical = are_identical && entry.value() == books_.events[i].entry;
        }
        return are_identical ? Outcome::identical : verified(*opened.value(), *history.value());
    }

private:
    // An event reads otherwise: verification must say so.
    static Outcome verified(OpenLedger& open, const History& history) {
        const auto snapshot = must(open.store().snapshot());
        const StoreSource source(*snapshot, history.size(), history.size());
        const auto verdict = verify_ledger(source, VerifyQuestion{.depth = Depth::log});
        return !verdict.ok() || verdict.value().has_breach() || verdict.value().unread > 0
                   ? Outcome::finding
                   : Outcome::wrong;
    }

    Life life_;
    Books books_;
    DiskImage image_;
};

// One bit of one file.
struct Place {
    std::string file;
    std::uint64_t byte = 0;
    std::uint64_t bit = 0;
};

std::vector<Place> places_in(const DiskImage& image, std::uint64_t shard, std::uint64_t shards) {
    std::vector<Place> places;
    SeededRandom random(shard);
    std::uint64_t count = 0;
    for (const auto& file : image.files()) {
        // The guard has a test of its own, which needs no store for each of its bytes.
        if (file.find("/OPTIONS-") != std::string::npos || file == "/state/guard") {
            continue;
        }
        const auto size = image.find(file)->bytes.size();
        for (std::uint64_t byte = 0; byte < size; ++byte) {
            if (count++ % shards != shard) {
                continue;
            }
            if (!are_all_to_be_tried()) {
                places.push_back({file, byte, random.below(8)});
                continue;
            }
            for (std::uint64_t bit = 0; bit < 8; ++bit) {
                places.push_back({file, byte, bit});
            }
        }
    }
    return places;
}

// Debian's RocksDB is built with its assertions. What it reads before it has compared a checksum
// (the properties of a table file) can trip one, and that ends the process: an end that is as loud
// as a refusal. So the flips are tried by children, one after the other when one is ended so.
class Shard {
public:
    Shard(std::uint64_t number, std::uint64_t count) : number_(number), count_(count) {}

    // How each place of the shard turned out, in their order.
    std::vector<Outcome> try_all() {
        bool is_done = false;
        while (!is_done) {
            int ends[2] = {};
            CHECK(::pipe(ends) == 0);
            const auto child = ::fork();
            CHECK(child >= 0);
            if (child == 0) {
                ::close(ends[0]);
                try_from(outcomes_.size(), ends[1]);
                ::_exit(0);
            }
            ::close(ends[1]);
            collect(ends[0]);
            ::close(ends[0]);
            int status = 0;
            CHECK(::waitpid(child, &status, 0) == child);
            is_done = WIFEXITED(status) && WEXITSTATUS(status) == 0;
            if (!is_done) {
                CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
                outcomes_.push_back(Outcome::aborted);
            }
        }
        return outcomes_;
    }

private:
    void try_from(std::size_t first, int report) const {
        SmallLedger ledger;
        CHECK(ledger.outcome_on(ledger.image()) == Outcome::identical);
        const auto places = places_in(ledger.image(), number_, count_);
        for (auto i = first; i < places.size(); ++i) {
            auto damaged = ledger.image();
            damaged.flip(places[i].file, places[i].byte, places[i].bit);
            const auto outcome = static_cast<char>(ledger.outcome_on(damaged));
            CHECK(::write(report, &outcome, 1) == 1);
        }
    }
    void collect(int from) {
        char outcome = 0;
        while (::read(from, &outcome, 1) == 1) {
            outcomes_.push_back(static_cast<Outcome>(outcome));
        }
    }

    std::uint64_t number_;
    std::uint64_t count_;
    std::vector<Outcome> outcomes_;
};

constexpr std::uint64_t shards = 8;  // which ctest runs side by side

// Runs before all other tests, as its name has it: a child that is forked once the engine has
// threads waits for them without end.
class FlippedByteDeathTest : public testing::TestWithParam<std::uint64_t> {};

TEST_P(FlippedByteDeathTest, is_an_error_or_a_finding_or_changes_no_event) {
    Shard shard(GetParam(), shards);
    const auto outcomes = shard.try_all();
    const auto count = [&](Outcome outcome) {
        return static_cast<std::uint64_t>(std::ranges::count(outcomes, outcome));
    };
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        EXPECT_NE(outcomes[i], Outcome::wrong) << "place " << i << " of shard " << GetParam();
    }
    EXPECT_GT(count(Outcome::refused_to_open), 100U);
    EXPECT_GT(count(Outcome::identical), 0U);
    Counts{.trial = "a bit of every byte flipped",
           .fault = fmt::format("of every eighth byte, from {} on; {} ended by the engine's "
                                "assertions",
                                GetParam(), count(Outcome::aborted)),
           .runs = outcomes.size(),
           .hits = outcomes.size(),
           .refused = outcomes.size() - count(Outcome::identical) - count(Outcome::wrong),
           .acknowledged = count(Outcome::identical) * events,
           .lost = count(Outcome::wrong)}
        .write();
}

INSTANTIATE_TEST_SUITE_P(Shard, FlippedByteDeathTest, testing::Range<std::uint64_t>(0, shards));

// What the guard says then is nothing, or one of the two heads that were the last to be recorded.
TEST(FlippedByteOfTheGuard, is_an_error_or_leaves_a_head_that_was_signed) {
    const auto ledger = hash_of_byte(1);
    const std::vector<GuardedHead> heads{{.size = TreeSize{5}, .root = hash_of_byte(5)},
                                         {.size = TreeSize{7}, .root = hash_of_byte(7)}};
    DiskImage image;
    {
        Machine machine;
        const auto guard =
            must(Guard::create(std::filesystem::path(mount_point) / "guard", ledger, heads[0]));
        must(guard->record(heads[1]));
        image = machine.disk().cut_power();
    }
    std::uint64_t older = 0;
    for (std::uint64_t bit = 0; bit < 8 * image.bytes_of_file("/guard").size(); ++bit) {
        image.flip("/guard", bit / 8, bit % 8);
        {
            Machine machine(image);
            const auto read = Guard::read(std::filesystem::path(mount_point) / "guard", ledger);
            if (read.ok()) {
                EXPECT_NE(std::ranges::find(heads, read.value()), heads.end()) << "bit " << bit;
                older += read.value() == heads[0] ? 1U : 0U;
            }
        }
        image.flip("/guard", bit / 8, bit % 8);
    }
    EXPECT_EQ(older, 8U * 126);  // those of the newer slot that are looked at
}

}  // namespace
}  // namespace wsoa::test
