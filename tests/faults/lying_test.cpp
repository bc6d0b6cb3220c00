// A disk that says it has synced and has not, and then the power is cut. The guard is there for
// this: what the store has lost, the guard still vouches for.

#include "tests/faults/support/trials.h"
#include "tests/support/changes.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

bool is_of_store(std::string_view path) { return path.starts_with("/ledger/truth"); }
bool is_of_guard(std::string_view path) { return path.starts_with("/state"); }
bool is_log(std::string_view path) { return path.ends_with(".log"); }

// What lies.
struct Liar {
    std::string name;
    Disk::Lies lies;
};

class LyingDisk : public testing::Test {
protected:
    // The session goes on until the power is cut at that operation; false if it ended before.
    bool cut_at(std::size_t session, std::uint64_t at, const Liar& liar) {
        books_ = trials_.start_of(session).books;
        Machine machine(trials_.start_of(session).image);
        machine.disk().lie(liar.lies);
        machine.disk().start(
            Disk::Fault{.at = at, .kind = DiskFaultKind::from_then_on, .seed = at});
        std::unique_ptr<OpenLedger> open;
        const auto lived = trials_.life().session(session, machine, books_, open);
        EXPECT_TRUE(lived.ok() || !machine.disk().hit().empty()) << lived.error().message;
        left_ =
            machine.disk().cut_power(at % 3 == 2 ? Disk::Keeps::parts : Disk::Keeps::synced, at);
        return !machine.disk().hit().empty();
    }

    template <typename Look>
    void look_after_each_cut(const Liar& liar, Look look) {
        Counts counts{.trial = "sync that lies", .fault = liar.name};
        for (std::size_t session = 1; session < Life::sessions; ++session) {
            bool is_amid = true;
            for (std::uint64_t at = 0; is_amid; ++at) {
                is_amid = cut_at(session, at, liar);
                ++counts.runs;
                SCOPED_TRACE(fmt::format("{} in session {}, cut at {}", liar.name, session, at));
                Machine machine(left_);
                look(machine, counts);
            }
        }
        counts_ = counts;
        counts.write();
    }

    // Everything is there, or the opening refuses; how it says so is checked where it does.
    void expect_all_or_refusal(Machine& machine, Counts& counts) {
        auto opened = OpenLedger::open(machine.place(), trials_.life().people());
        if (opened.ok()) {
            const auto checked = trials_.life().check(*opened.value(), books_);
            EXPECT_TRUE(checked.ok()) << checked.error().message;
            counts.lost += checked.ok() ? 0U : 1U;
            counts.acknowledged += books_.events.size();
            return;
        }
        ++counts.refused;
        const auto& error = opened.error();
        EXPECT_EQ(error.fault, Fault::corrupt) << error.message;
        is_by_guard_ += error.advice.find("rolled back") != std::string::npos ? 1U : 0U;
        if (error.advice.find("rolled back") == std::string::npos) {
            // The engine found out by itself, and says which of its files it misses.
            EXPECT_NE(error.message.find("/ledger/truth"), std::string::npos) << error.message;
            EXPECT_FALSE(error.advice.empty()) << error.message;
        }
    }

    Trials trials_;
    Books books_;
    DiskImage left_;
    Counts counts_;
    std::uint64_t is_by_guard_ = 0;
};

TEST_F(LyingDisk, is_found_out_by_the_guard_if_the_store_lost_what_was_signed) {
    look_after_each_cut({"of the store", is_of_store}, [this](Machine& machine, Counts& counts) {
        expect_all_or_refusal(machine, counts);
    });
    EXPECT_EQ(counts_.lost, 0U);
    EXPECT_GT(is_by_guard_, 20U);
}

TEST_F(LyingDisk, is_found_out_by_the_guard_if_only_the_log_was_lost) {
    const auto lies = [](std::string_view path) { return is_of_store(path) && is_log(path); };
    look_after_each_cut({"of the store's log", lies}, [this](Machine& machine, Counts& counts) {
        expect_all_or_refusal(machine, counts);
    });
    EXPECT_EQ(counts_.lost, 0U);
    EXPECT_GT(is_by_guard_, 20U);
}

TEST_F(LyingDisk, is_found_out_if_the_stores_tables_and_lists_were_lost) {
    const auto lies = [](std::string_view path) { return is_of_store(path) && !is_log(path); };
    look_after_each_cut(
        {"of the store's other files", lies},
        [this](Machine& machine, Counts& counts) { expect_all_or_refusal(machine, counts); });
    EXPECT_EQ(counts_.lost, 0U);
}

TEST_F(LyingDisk, takes_nothing_away_if_only_the_guard_lost_its_writes) {
    look_after_each_cut({"of the guard", is_of_guard}, [this](Machine& machine, Counts& counts) {
        const auto opened = OpenLedger::open(machine.place(), trials_.life().people());
        ASSERT_TRUE(opened.ok()) << opened.error().message;
        const auto checked = trials_.life().check(*opened.value(), books_);
        EXPECT_TRUE(checked.ok()) << checked.error().message;
        counts.lost += checked.ok() ? 0U : 1U;
        counts.acknowledged += books_.events.size();
    });
}

// If store and guard lie together, this machine cannot know that its history was longer: both agree
// on an earlier one, which is whole. Those who hold a receipt do know: the ledger takes nothing
// from an author who has seen more than it has, and what they hold is no part of it.
TEST_F(LyingDisk, is_known_to_the_holders_of_receipts_if_store_and_guard_lied_together) {
    const auto lies = [](std::string_view path) { return is_of_store(path) || is_of_guard(path); };
    std::uint64_t shorter = 0;
    look_after_each_cut({"of store and guard", lies}, [&](Machine& machine, Counts& counts) {
        const auto opened = OpenLedger::open(machine.place(), trials_.life().people());
        if (!opened.ok()) {
            ++counts.refused;
            EXPECT_EQ(opened.error().fault, Fault::corrupt) << opened.error().message;
            return;
        }
        auto& ledger = opened.value()->ledger();
        const auto size = must(ledger.history())->size().value;
        if (size >= books_.events.size()) {
            EXPECT_TRUE(trials_.life().check(*opened.value(), books_).ok());
            return;
        }
        ++shorter;
        auto known = books_;
        known.events.resize(size);
        known.in_flight.clear();
        const auto checked = trials_.life().check(*opened.value(), known);
        EXPECT_TRUE(checked.ok()) << checked.error().message;
        // The change of an author who was answered last.
        auto submission =
            submissions_for(ledger, trials_.life().people(), 20, {area_added("TH-9")}).front();
        const auto change = must(Change::read(submission.signed_change.change));
        auto envelope = change.envelope();
        envelope.seen.size = TreeSize{books_.events.size()};
        Draft draft(Kind::AREA_ADDED);
        must(draft.set("lead", "director-of-education"));
        auto& handed_in = submission.signed_change;
        handed_in.change = must(draft.finish(envelope));
        handed_in.signature = trials_.life()
                                  .people()
                                  .signer_of("programme-manager")
                                  .sign(labelled(label::change, handed_in.change));
        const auto refused = ledger.commit(submission);
        ASSERT_FALSE(refused.ok());
        EXPECT_EQ(refused.error().fault, Fault::refused);
        EXPECT_NE(refused.error().message.find("claims to have seen"), std::string::npos)
            << refused.error().message;
    });
    EXPECT_GT(shorter, 20U);
}

}  // namespace
}  // namespace wsoa::test
