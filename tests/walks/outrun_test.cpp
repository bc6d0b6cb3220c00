// A ledger that is behind what a witness saw of it signs nothing, as it is typed.

#include "tests/walks/witnessed_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using testing::HasSubstr;

// The witness has seen four events; what stands here is put back from a backup of two, by somebody
// whose guard and tool remember nothing.
const std::string put_back =
    "wsoa backup old --vault keys\n"
    "grant areaLead; grant programmeOffice\n"
    "wsoa witness request --out request; wsoa witness cosign inspectorate request\n"
    "mv ledger newer; mv state newer-state\n"
    "wsoa restore old --to ledger --vault keys\n"
    "wsoa checkpoint > kept.checkpoint\n"
    "wsoa guard adopt --checkpoint kept.checkpoint\n";

class Outrun : public WitnessedLedger {
protected:
    void SetUp() override {
        WitnessedLedger::SetUp();
        const auto ran = run(put_back);
        ASSERT_EQ(ran.exit, 0) << ran.said;
    }
    test::Ran refused() const { return run("grant actionOwner"); }
};

TEST_F(Outrun, records_nothing_once_a_witness_was_met_that_saw_more) {
    const auto asked =
        run("wsoa witness request --out again; wsoa witness cosign inspectorate again");
    EXPECT_EQ(asked.exit, 5) << asked.said;
    EXPECT_THAT(asked.said, HasSubstr("last cosigned 4 entries"));
    const auto met = run("wsoa witness request --old 4");
    EXPECT_EQ(met.exit, 5) << met.said;
    EXPECT_THAT(met.said, HasSubstr("has seen 4 events of this ledger, and here are 2"));
    const auto record = refused();
    EXPECT_EQ(record.exit, 5) << record.said;
    EXPECT_THAT(record.said, HasSubstr("it is the older of two copies, and signs nothing"));
    EXPECT_THAT(record.said, HasSubstr("docs/way-back.md"));
    EXPECT_THAT(run("wsoa guard show").said, HasSubstr("Seen:     4 events, root not told"));
    // It can still be read, and put back once more it is as far behind.
    EXPECT_EQ(run("wsoa verify --depth log").exit, 0);
    const auto again = run("mv ledger found; wsoa restore old --to ledger --vault keys");
    EXPECT_EQ(again.exit, 0) << again.said;
    EXPECT_THAT(again.said, HasSubstr("has seen 4 events of this ledger, and here are 2"));
    EXPECT_EQ(refused().exit, 5);
}

TEST_F(Outrun, goes_on_once_the_newer_copy_is_back) {
    ASSERT_EQ(run("wsoa witness request --old 4").exit, 5);
    ASSERT_EQ(refused().exit, 5);
    const auto back =
        run("mv ledger found; mv newer ledger; grant actionOwner; wsoa verify --depth log");
    EXPECT_EQ(back.exit, 0) << back.said;
    EXPECT_THAT(back.said, HasSubstr("Recorded as event 4"));
}

TEST_F(Outrun, learns_it_from_the_checkpoint_that_the_witness_keeps) {
    const auto met =
        run("wsoa witness add inspectorate/heads/*.checkpoint --policy witnessed.policy");
    EXPECT_EQ(met.exit, 5) << met.said;
    EXPECT_THAT(met.said, HasSubstr("w1 has seen 4 events of this ledger, and here are 2"));
    const auto record = refused();
    EXPECT_EQ(record.exit, 5) << record.said;
    // What the ledger has signed is no mistake of anybody's.
    const auto withdrawn = run("wsoa guard withdraw 4");
    EXPECT_EQ(withdrawn.exit, 1) << withdrawn.said;
    EXPECT_THAT(withdrawn.said, HasSubstr("nobody told of 4 events by number alone"));
}

TEST_F(Outrun, learns_that_it_is_another_history) {
    const auto met =
        run("grant actionOwner; grant areaLead; grant actionOwner\n"
            "wsoa witness add inspectorate/heads/*.checkpoint --policy witnessed.policy");
    EXPECT_EQ(met.exit, 3) << met.said;
    EXPECT_THAT(met.said, HasSubstr("w1 has seen another history of this ledger"));
    const auto record = refused();
    EXPECT_EQ(record.exit, 3) << record.said;
    EXPECT_THAT(record.said, HasSubstr("the first 4 events here are not those that were signed"));
}

TEST_F(Outrun, takes_a_checkpoint_of_its_own_as_lines) {
    const auto added =
        run("mv ledger found; mv newer ledger; grant actionOwner\n"
            "wsoa witness add inspectorate/heads/*.checkpoint --policy witnessed.policy");
    EXPECT_EQ(added.exit, 0) << added.said;
    EXPECT_THAT(added.said, HasSubstr("Checkpoint:  4 events\nCosigned by: w1"));
}

TEST_F(Outrun, believes_no_checkpoint_that_it_did_not_sign) {
    const auto forged =
        run("wsoa init --ledger other --rehearsal --origin example.org/send/rehearsal \\\n"
            "    --founder post-one=post-one.pem --founder post-two=post-two.pem\n"
            "wsoa --ledger other checkpoint > forged\n"
            "wsoa witness add forged --policy witnessed.policy");
    EXPECT_EQ(forged.exit, 3) << forged.said;
    EXPECT_THAT(forged.said, HasSubstr("is not signed by this ledger"));
    EXPECT_EQ(refused().exit, 0);
}

TEST_F(Outrun, is_freed_of_a_number_that_was_mistyped) {
    ASSERT_EQ(run("wsoa witness request --old 22").exit, 5);
    ASSERT_EQ(refused().exit, 5);
    const auto freed = run("wsoa guard withdraw 22; grant actionOwner");
    EXPECT_EQ(freed.exit, 0) << freed.said;
}

TEST_F(Outrun, is_told_by_what_its_folder_keeps) {
    ASSERT_EQ(
        run("mkdir ledger/cosigned; cp inspectorate/heads/*.checkpoint ledger/cosigned/4").exit, 0);
    const auto record = refused();
    EXPECT_EQ(record.exit, 5) << record.said;
    EXPECT_THAT(record.said, HasSubstr("a witness has seen 4 events of this ledger"));
}

TEST_F(Outrun, stops_while_a_keeper_holds_it) {
    const auto ran =
        run("wsoa keep > said 2> keeper.log & keeper=$!\n"
            "while ! grep -q . said; do kill -0 $keeper; done\n"
            "grant actionOwner\n"
            "wsoa witness request --old 40 || true\n"
            "code=0; grant areaLead || code=$?\n"
            "kill $keeper; wait $keeper; exit $code\n");
    EXPECT_EQ(ran.exit, 5) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("and signs nothing"));
}

}  // namespace
}  // namespace wsoa
