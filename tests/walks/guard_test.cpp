// A ledger that comes to a machine without its guard, as whoever moves it types it.

#include "ledger/store/files.h"
#include "tests/support/changes.h"
#include "tests/walks/typed_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::must;
using testing::HasSubstr;
using testing::Not;

// A rehearsal of a few events; a checkpoint of it that was kept, and events after it.
const std::string setup =
    "export WSOA_STATE=$PWD/state WSOA_LEDGER=$PWD/ledger\n"
    "for who in one two; do wsoa keys new --unsealed post-$who.pem; done\n"
    "wsoa init --rehearsal --origin example.org/send/rehearsal --guard $PWD/guard \\\n"
    "    --founder post-one=post-one.pem --founder post-two=post-two.pem\n"
    "grant() { wsoa --key post-one.pem record roleGranted --subject @post-two --role $1; }\n"
    "grant actionOwner\n"
    "cp -a ledger older\n"
    "grant areaLead\n"
    "wsoa checkpoint > kept.checkpoint\n"
    "grant programmeOffice\n";

class MovedLedger : public TypedLedger {
protected:
    MovedLedger() : TypedLedger(setup) {}
};

TEST_F(MovedLedger, without_its_guard_is_not_written_but_told_what_to_do) {
    const auto ran = run("rm guard; grant actionOwner");
    EXPECT_NE(ran.exit, 0);
    EXPECT_THAT(ran.said, HasSubstr("wsoa guard adopt --checkpoint FILE"));
}

TEST_F(MovedLedger, without_its_guard_is_read_and_told_what_to_do) {
    const auto ran = run("rm guard; wsoa log");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("wsoa guard adopt --checkpoint FILE"));
}

TEST_F(MovedLedger, records_again_once_it_has_adopted_a_guard) {
    const auto ran =
        run("rm -r guard state\n"
            "wsoa guard adopt --checkpoint kept.checkpoint\n"
            "wsoa guard show\n"
            "grant actionOwner\n"
            "wsoa guard show\n"
            "wsoa verify --seen kept.checkpoint\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    // The whole store's size, not only the checkpoint's; then the one that was recorded.
    EXPECT_THAT(ran.said, HasSubstr("Events:   4\n"));
    EXPECT_THAT(ran.said, HasSubstr("Events:   5\n"));
    EXPECT_THAT(ran.said, HasSubstr("Nothing was altered"));
}

TEST_F(MovedLedger, adopts_a_guard_at_another_place_and_remembers_where) {
    const auto ran =
        run("rm guard\n"
            "wsoa guard adopt --checkpoint kept.checkpoint --guard $PWD/elsewhere/send.guard\n"
            "grep '^guard ' ledger/ledger.txt\n"
            "grep 'guard lies outside' ledger/README.txt\n"
            "grant actionOwner\n"
            "wsoa guard show\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    const auto place = (folder_ / "elsewhere/send.guard").string();
    EXPECT_THAT(ran.said, HasSubstr("\nguard " + place + "\n"));
    EXPECT_THAT(ran.said, HasSubstr("The guard lies outside, at " + place + ".\n"));
    EXPECT_THAT(ran.said, HasSubstr("Events:   5\n"));
}

// What a kill between guard and ledger.txt leaves: the ledger has no guard still, and the same
// command goes on.
TEST_F(MovedLedger, finishes_an_adoption_that_was_cut_short) {
    const auto cut =
        run("rm guard; cp ledger/ledger.txt before.txt\n"
            "wsoa guard adopt --checkpoint kept.checkpoint --guard $PWD/send.guard\n"
            "cp before.txt ledger/ledger.txt\n"
            "grant actionOwner\n");
    EXPECT_NE(cut.exit, 0);
    EXPECT_THAT(cut.said, HasSubstr("wsoa guard adopt --checkpoint FILE"));
    const auto again =
        run("wsoa guard adopt --checkpoint kept.checkpoint --guard $PWD/send.guard\n"
            "grant actionOwner\n"
            "wsoa guard show\n");
    EXPECT_EQ(again.exit, 0) << again.said;
    EXPECT_THAT(again.said, HasSubstr("send.guard"));
    EXPECT_THAT(again.said, HasSubstr("Events:   5\n"));
}

TEST_F(MovedLedger, adopts_nothing_beside_a_guard_that_agrees) {
    const auto before = must(read_file(folder_ / "guard", 100'000));
    const auto ran = run("wsoa guard adopt --checkpoint kept.checkpoint");
    EXPECT_EQ(ran.exit, 5) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("the ledger has its guard already"));
    const auto moved = run("wsoa guard adopt --checkpoint kept.checkpoint --guard $PWD/second");
    EXPECT_EQ(moved.exit, 5) << moved.said;
    EXPECT_FALSE(std::filesystem::exists(folder_ / "second"));
    EXPECT_EQ(must(read_file(folder_ / "guard", 100'000)), before);
}

TEST_F(MovedLedger, adopts_nothing_beside_a_guard_that_is_ahead) {
    const auto before = must(read_file(folder_ / "guard", 100'000));
    const auto ran =
        run("rm -r ledger; mv older ledger\n"
            "wsoa guard adopt --checkpoint kept.checkpoint");
    EXPECT_EQ(ran.exit, 1) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("the store holds 2 events, but 4 were signed"));
    EXPECT_EQ(must(read_file(folder_ / "guard", 100'000)), before);
}

TEST_F(MovedLedger, adopts_nothing_for_a_store_that_is_shorter_than_the_checkpoint) {
    const auto ran =
        run("rm -r ledger state guard; mv older ledger\n"
            "wsoa guard adopt --checkpoint kept.checkpoint");
    EXPECT_EQ(ran.exit, 1) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("do not write: "));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "guard"));
}

TEST_F(MovedLedger, adopts_nothing_where_another_history_was_signed) {
    const auto ran =
        run("cp -a older fork; cp guard guard.kept; rm guard\n"
            "WSOA_STATE=$PWD/other WSOA_LEDGER=$PWD/fork wsoa checkpoint > early.checkpoint\n"
            "WSOA_STATE=$PWD/other WSOA_LEDGER=$PWD/fork wsoa guard adopt --checkpoint "
            "early.checkpoint\n"
            "WSOA_STATE=$PWD/other WSOA_LEDGER=$PWD/fork grant actionOwner\n"
            "WSOA_STATE=$PWD/other WSOA_LEDGER=$PWD/fork wsoa checkpoint > fork.checkpoint\n"
            "rm guard\n"
            "wsoa guard adopt --checkpoint fork.checkpoint");
    EXPECT_EQ(ran.exit, 3) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("two histories go by one name"));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "guard"));
}

TEST_F(MovedLedger, adopts_nothing_that_this_tool_has_seen_longer) {
    const auto ran =
        run("rm -r ledger guard; mv older ledger\n"
            "WSOA_STATE=$PWD/other wsoa checkpoint > early.checkpoint\n"
            "wsoa guard adopt --checkpoint early.checkpoint");
    EXPECT_EQ(ran.exit, 3) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("you have seen it with 4"));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "guard"));
}

TEST_F(MovedLedger, replaces_a_guard_of_which_nothing_can_be_believed) {
    const auto ran =
        run("head -c 8192 /dev/zero > guard\n"
            "grant actionOwner && exit 9\n"
            "wsoa guard adopt --checkpoint kept.checkpoint\n"
            "grant actionOwner\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("neither of its slots can be believed"));
}

TEST_F(MovedLedger, leaves_another_ledgers_guard_alone) {
    const auto ran = run(
        "export WSOA_STATE=$PWD/state2\n"
        "wsoa --ledger $PWD/second init --rehearsal --origin example.org/other/rehearsal \\\n"
        "    --guard $PWD/guard2 --founder post-one=post-one.pem --founder post-two=post-two.pem\n"
        "mv guard2 guard\n"
        "wsoa guard adopt --checkpoint kept.checkpoint\n");
    EXPECT_EQ(ran.exit, 5) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("belongs to another ledger"));
    const auto elsewhere =
        run("wsoa guard adopt --checkpoint kept.checkpoint --guard $PWD/ours\n"
            "grant actionOwner\n");
    EXPECT_EQ(elsewhere.exit, 0) << elsewhere.said;
}

TEST_F(MovedLedger, has_no_guard_within_its_own_folder) {
    const auto ran =
        run("rm guard; wsoa guard adopt --checkpoint kept.checkpoint --guard ledger/keys/guard");
    EXPECT_EQ(ran.exit, 2) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("is no place for the guard"));
    EXPECT_THAT(ran.said, Not(HasSubstr("Events:")));
}

}  // namespace
}  // namespace wsoa
