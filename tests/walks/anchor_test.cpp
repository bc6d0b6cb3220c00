// What witnesses and timestamp authorities said of a ledger, bound to it, as it is typed.

#include "tests/support/timestamp_authority.h"
#include "tests/walks/witnessed_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using testing::HasSubstr;
using testing::Not;

// What the witness says of the newest checkpoint, which it last saw at $1 events.
const std::string witnessed =
    "witnessed() {\n"
    "    wsoa witness request --old $1 --out request\n"
    "    wsoa witness cosign inspectorate request --out cosigned\n"
    "    wsoa witness add cosigned --policy witnessed.policy\n"
    "}\n";

class Anchored : public WitnessedLedger {
protected:
    test::Ran run(const std::string& script) const {
        return TypedLedger::run(witnessed + "anchor() { wsoa --key post-one.pem anchor $*; }\n" +
                                script);
    }
};

TEST_F(Anchored, is_each_cosignature_once) {
    const auto ran = run("witnessed 0; anchor; wsoa log --kind checkpointAnchored");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("Recorded as event 2: checkpointAnchored for ledger"));
    const auto again = run("anchor");
    EXPECT_EQ(again.exit, 0) << again.said;
    EXPECT_THAT(again.said, HasSubstr("Nothing new was said"));
    EXPECT_THAT(again.said, Not(HasSubstr("Recorded as")));
    const auto next = run("witnessed 2; anchor");
    EXPECT_EQ(next.exit, 0) << next.said;
    EXPECT_THAT(next.said, HasSubstr("Recorded as event 3: checkpointAnchored"));
    EXPECT_THAT(next.said, Not(HasSubstr("Recorded as event 4")));
}

TEST_F(Anchored, is_shown_with_the_event_that_commits_to_it) {
    const auto before = run("witnessed 0; wsoa anchor --dry-run; wsoa --json anchor --dry-run");
    EXPECT_EQ(before.exit, 0) << before.said;
    EXPECT_THAT(before.said, HasSubstr("witness.example.org/w1  nothing yet"));
    EXPECT_THAT(before.said, HasSubstr("\"means\":\"cosignature\""));
    EXPECT_THAT(before.said, HasSubstr("\"recorded\":0,\"due\":1"));
    const auto after = run("anchor; wsoa anchor --dry-run");
    EXPECT_EQ(after.exit, 0) << after.said;
    EXPECT_THAT(after.said, HasSubstr("witness.example.org/w1  event 2, since"));
    const auto none = run("rm -r ledger/cosigned; wsoa anchor --dry-run");
    EXPECT_THAT(none.said, HasSubstr("Nobody outside has said anything"));
}

TEST_F(Anchored, is_a_timestamp_too) {
    const test::TimestampAuthority authority(folder_.path());
    ASSERT_EQ(run("wsoa timestamp request --out query.tsq").exit, 0);
    authority.answer();
    const auto ran =
        run("wsoa timestamp add reply.tsr --authority ca.pem; anchor\n"
            "wsoa --json anchor --dry-run; sha256sum reply.tsr\n"
            "wsoa --json log | grep checkpointAnchored");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("\"means\":\"timestamp\""));
    const auto digest = run("sha256sum < reply.tsr | cut -c 1-64 | tr -d '\\n'").said;
    EXPECT_THAT(ran.said, HasSubstr("\"digest\":\"" + digest + "\""));
}

TEST_F(Anchored, is_refused_of_what_would_be_said_in_days_to_come) {
    const auto ran = run("witnessed 0; anchor --recorded 2022-02-01T00:00:00Z");
    EXPECT_EQ(ran.exit, 1) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("witness.example.org/w1 says that it spoke at 20"));
    EXPECT_THAT(ran.said, HasSubstr("which the clock has not reached"));
}

TEST_F(Anchored, is_refused_by_whom_the_rules_do_not_name) {
    const auto ran = run("witnessed 0; wsoa --key post-two.pem anchor --as actionOwner");
    EXPECT_EQ(ran.exit, 4) << ran.said;
}

TEST_F(Anchored, takes_an_id_for_one_alone) {
    ASSERT_EQ(run("witnessed 0; wsoa --key post-one.pem record roleGranted --subject @post-two "
                  "--role areaLead; witnessed 2")
                  .exit,
              0);
    const auto ran = run("anchor --id 0190163d-8694-739b-aea5-966c26f8ad91");
    EXPECT_EQ(ran.exit, 2) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("one --id cannot name 2 changes"));
}

TEST_F(Anchored, is_nothing_that_was_spoiled) {
    const auto other_root = run("witnessed 0; sed -i '3s/./A/' ledger/cosigned/2; anchor");
    EXPECT_EQ(other_root.exit, 3) << other_root.said;
    EXPECT_THAT(other_root.said, HasSubstr("reading what witnesses said of 2 events"));
}

TEST_F(Anchored, bounds_when_events_were_recorded_by_who_is_believed) {
    const auto ran =
        run("witnessed 0; anchor; wsoa verify --policy witnessed.policy\n"
            "wsoa --json verify --policy witnessed.policy");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("recorded_at of events 0 to 1: no later than 20"));
    EXPECT_THAT(ran.said, HasSubstr("recorded_at of event 2: not before 20"));
    EXPECT_THAT(ran.said, HasSubstr("by when 1 of 3 events were recorded: they have no outside "));
    EXPECT_THAT(ran.said, HasSubstr("the ledger continues what was seen of"));
    EXPECT_THAT(ran.said,
                HasSubstr("{\"type\":\"bound\",\"first\":0,\"last\":1,\"notAfter\":\"20"));
    const auto without = run("wsoa verify");
    EXPECT_EQ(without.exit, 0) << without.said;
    EXPECT_THAT(without.said, HasSubstr("1 cosignature, which bound nothing"));
    EXPECT_THAT(without.said, Not(HasSubstr("recorded_at of")));
    const auto stranger = run("wsoa verify --policy ledger.policy");
    EXPECT_EQ(stranger.exit, 0) << stranger.said;
    EXPECT_THAT(stranger.said, Not(HasSubstr("recorded_at of")));
}

TEST_F(Anchored, is_found_to_be_lost_or_spoiled) {
    const auto lost = run("witnessed 0; anchor; mv ledger/cosigned/2 kept; wsoa verify");
    EXPECT_EQ(lost.exit, 0) << lost.said;
    EXPECT_THAT(lost.said,
                HasSubstr("noted  the cosignature over 2 events that it commits to is not kept"));
    const auto spoiled =
        run("mv kept ledger/cosigned/2; sed -i 's/....$/AAA=/' ledger/cosigned/2\n"
            "wsoa verify --policy witnessed.policy");
    EXPECT_EQ(spoiled.exit, 3) << spoiled.said;
}

TEST_F(Anchored, bounds_by_timestamps_of_the_authority_that_is_believed) {
    const test::TimestampAuthority authority(folder_.path());
    ASSERT_EQ(run("wsoa timestamp request --out query.tsq").exit, 0);
    authority.answer();
    const auto ran =
        run("wsoa timestamp add reply.tsr --authority ca.pem; anchor\n"
            "wsoa verify --authority ca.pem");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("recorded_at of events 0 to 1: no later than 20"));
    EXPECT_THAT(ran.said, HasSubstr("by CN=Test timestamps"));
    const auto other = run("wsoa verify --authority other.pem; wsoa verify");
    EXPECT_EQ(other.exit, 0) << other.said;
    EXPECT_THAT(other.said, HasSubstr("the certificates that you gave do not vouch for them"));
    EXPECT_THAT(other.said, HasSubstr("1 timestamp, which bound nothing"));
    EXPECT_THAT(other.said, Not(HasSubstr("recorded_at of")));
}

TEST_F(Anchored, goes_along_with_a_backup_and_comes_back) {
    const auto ran =
        run("wsoa backup kept; witnessed 0; wsoa backup kept; wsoa backup kept\n"
            "wsoa restore kept --to again; cmp ledger/cosigned/2 again/cosigned/2\n"
            "wsoa --ledger again verify --policy witnessed.policy");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("Copied now: 1 file,"));
    EXPECT_THAT(ran.said, HasSubstr("recorded_at of events 0 to 1: no later than 20"));
}

}  // namespace
}  // namespace wsoa
