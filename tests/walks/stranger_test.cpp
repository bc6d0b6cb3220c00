// What somebody checks who trusts neither the ledger's machine nor this ledger: proofs, a published
// log, and what a witness says, as they are typed.

#include "tests/walks/witnessed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace wsoa {
namespace {

using testing::HasSubstr;
using testing::Not;

class Stranger : public TypedLedger {
protected:
    Stranger() : TypedLedger(witnessed_setup) {}

    // At another machine, which has no ledger.
    test::Ran elsewhere(const std::string& script) const {
        return test::run_script(folder_.path(),
                                "unset WSOA_LEDGER; export WSOA_STATE=$PWD/other\n" + script);
    }
};

TEST_F(Stranger, checks_a_proof_without_any_ledger) {
    ASSERT_EQ(run("wsoa prove 1 --out 1.tlog-proof --entry 1.bin; mv ledger elsewhere").exit, 0);
    const auto ran = elsewhere("wsoa verify 1.tlog-proof --policy ledger.policy --entry 1.bin");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("Checked:      the entry, "));
    EXPECT_THAT(ran.said, HasSubstr("is number 1 of the 2 under that root"));
    EXPECT_THAT(ran.said, HasSubstr("Not checked:  what the entry says"));
    EXPECT_THAT(ran.said, HasSubstr("the policy vouches for the checkpoint"));
}

TEST_F(Stranger, finds_a_proof_of_another_entry) {
    const auto ran =
        run("wsoa prove 1 --out 1.tlog-proof --entry 1.bin; printf x >> 1.bin\n"
            "wsoa verify 1.tlog-proof --policy ledger.policy --entry 1.bin");
    EXPECT_EQ(ran.exit, 3) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("the entry is not number 1 of the log"));
    EXPECT_THAT(ran.said, HasSubstr("This is not what it claims to be"));
}

TEST_F(Stranger, is_told_what_a_proof_needs) {
    ASSERT_EQ(run("wsoa prove 1 --out 1.tlog-proof --entry 1.bin").exit, 0);
    const auto without_entry = elsewhere("wsoa verify 1.tlog-proof --policy ledger.policy");
    EXPECT_EQ(without_entry.exit, 2);
    EXPECT_THAT(without_entry.said, HasSubstr("a proof says nothing without the entry"));
    const auto without_policy = elsewhere("wsoa verify 1.tlog-proof --entry 1.bin");
    EXPECT_EQ(without_policy.exit, 2);
    EXPECT_THAT(without_policy.said, HasSubstr("a proof says nothing without somebody to believe"));
    const auto bad_policy = elsewhere(
        "sed -i 's/quorum none/quorum w9/' ledger.policy\n"
        "wsoa verify 1.tlog-proof --policy ledger.policy --entry 1.bin");
    EXPECT_EQ(bad_policy.exit, 2);
    EXPECT_THAT(bad_policy.said,
                HasSubstr("ledger.policy: line 2 of the policy: w9 is not defined above"));
    const auto no_proof = elsewhere("wsoa verify 1.bin --policy witnessed.policy --entry 1.bin");
    EXPECT_EQ(no_proof.exit, 2);
    EXPECT_THAT(no_proof.said, HasSubstr("reading 1.bin: "));
    EXPECT_EQ(elsewhere("wsoa verify 1.tlog-proof --depth log").exit, 2);
    EXPECT_EQ(elsewhere("wsoa verify --tiles").exit, 2);
}

TEST_F(Stranger, checks_a_log_that_was_published) {
    ASSERT_EQ(run("wsoa export tiles log; grant areaLead; wsoa export tiles log").exit, 0);
    const auto ran = elsewhere("wsoa verify log --tiles --policy ledger.policy");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("the root over 3 entries"));
    EXPECT_THAT(ran.said, HasSubstr("3 entries, each hashed and compared with its leaf"));
    const auto altered = elsewhere(
        "printf x | dd of=log/tile/entries/000.p/3 bs=1 seek=900 conv=notrunc status=none\n"
        "wsoa verify log --tiles");
    EXPECT_EQ(altered.exit, 3) << altered.said;
    EXPECT_THAT(altered.said, HasSubstr("the entry does not have the hash"));
    EXPECT_EQ(elsewhere("wsoa verify state --tiles").exit, 1);
}

// By what Go reads its checksum database with: notes, tiles and proofs, none of it ours.
TEST_F(Stranger, checks_a_log_by_another_program) {
    const auto ran =
        run("line='{\"kind\":\"roleGranted\",\"subject\":\"@post-two\"'\n"
            "line+=',\"fields\":{\"role\":\"actionOwner\"}}'\n"
            "for i in $(seq 260); do echo \"$line\"; done > lines.jsonl\n"
            "wsoa --key post-one.pem record --lines lines.jsonl\n"
            "wsoa export tiles log\n"
            "export GO111MODULE=off GOFLAGS= GOPATH=/usr/share/gocode GOCACHE=$PWD/cache\n"
            "vkey=$(sed -n 's/^log //p' ledger.policy)\n"
            "check() { go run " +
            std::string(WSOA_SOURCE) +
            "/tests/support/check_log.go $1 $vkey; }\n"
            "check log\n"
            "wsoa --json verify log --tiles\n"
            "cp -a log bent; printf x | dd of=bent/tile/1/000.p/1 conv=notrunc status=none\n"
            "! check bent\n"
            "cp -a log bent2; printf x | dd of=bent2/tile/entries/000 bs=1 seek=900 conv=notrunc "
            "status=none\n"
            "! check bent2\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("\n262 "));
    EXPECT_THAT(ran.said, HasSubstr("\"size\":262"));
    EXPECT_THAT(ran.said, HasSubstr("downloaded inconsistent tile"));
    EXPECT_THAT(ran.said, HasSubstr(": invalid transparency proof"));
}

TEST_F(Stranger, sees_no_entry_in_what_is_public) {
    const auto ran =
        run("wsoa export tiles public --public\n"
            "find public -type f | sort\n"
            "wsoa verify public --tiles --policy ledger.policy");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("public/checkpoint\npublic/tile/0/000.p/2\n"));
    EXPECT_THAT(ran.said, Not(HasSubstr("entries/000")));
    EXPECT_THAT(ran.said, HasSubstr("the log was published without them"));
}

TEST_F(Stranger, gets_proofs_that_a_witness_stands_by) {
    const auto ran =
        run("wsoa witness request --out request\n"
            "wsoa witness cosign inspectorate request --out cosigned\n"
            "wsoa witness add cosigned --policy witnessed.policy\n"
            "grant areaLead\n"
            "wsoa prove 1 --out 1.tlog-proof --entry 1.bin\n"
            "wsoa verify 1.tlog-proof --policy witnessed.policy --entry 1.bin\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("Cosigned by: w1\nThe policy's quorum is met"));
    EXPECT_THAT(ran.said, HasSubstr("Checked:      the cosignature of w1, as of 20"));
    const auto newer =
        run("wsoa prove 2 --out 2.tlog-proof --entry 2.bin\n"
            "wsoa verify 2.tlog-proof --policy witnessed.policy --entry 2.bin");
    EXPECT_EQ(newer.exit, 3) << newer.said;
    EXPECT_THAT(newer.said, HasSubstr("the policy asks for the quorum \"w1\""));
}

TEST_F(Stranger, as_a_witness_goes_on_from_what_it_saw) {
    const auto ran =
        run("wsoa witness request --out first; wsoa witness cosign inspectorate first\n"
            "grant areaLead; wsoa witness request --old 2 --out second\n"
            "wsoa witness cosign inspectorate second --out cosigned\n"
            "wsoa witness add cosigned --policy witnessed.policy\n"
            "wsoa witness show inspectorate\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    const auto behind = run("wsoa witness cosign inspectorate first");
    EXPECT_EQ(behind.exit, 5) << behind.said;
    EXPECT_THAT(behind.said, HasSubstr("last cosigned 3 entries of this log, not 0 (status 409)"));
    EXPECT_THAT(behind.said, HasSubstr("wsoa witness request --old 3"));
}

TEST_F(Stranger, as_a_witness_signs_no_second_history) {
    const auto ran =
        run("cp -a ledger fork; cp -a state fork-state\n"
            "grant areaLead; wsoa witness request --out first\n"
            "wsoa witness cosign inspectorate first\n"
            "export WSOA_LEDGER=$PWD/fork WSOA_STATE=$PWD/fork-state\n"
            "sed -i \"s#$PWD/state#$PWD/fork-state#\" fork/ledger.txt\n"
            "grant programmeOffice; grant actionOwner\n"
            "wsoa witness request --old 3 --out other\n"
            "wsoa witness cosign inspectorate other");
    EXPECT_EQ(ran.exit, 3) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("does not continue the 3 entries that the witness saw"));
    EXPECT_THAT(ran.said, HasSubstr("keep the request"));
}

TEST_F(Stranger, as_a_witness_tells_why_it_does_not_sign) {
    const auto unknown =
        run("sed -i '/^log/d' inspectorate/logs.policy\n"
            "wsoa witness request --out request\n"
            "wsoa witness cosign inspectorate request");
    EXPECT_EQ(unknown.exit, 1) << unknown.said;
    EXPECT_THAT(unknown.said, HasSubstr("(status 404)"));
    const auto malformed = run("wsoa witness cosign inspectorate ledger.policy");
    EXPECT_EQ(malformed.exit, 2) << malformed.said;
    EXPECT_THAT(malformed.said, HasSubstr("(status 400)"));
    EXPECT_EQ(run("wsoa witness cosign ledger request").exit, 1);
}

TEST_F(Stranger, hears_of_nobody_whom_the_policy_does_not_name) {
    const auto ran =
        run("wsoa witness request --out request\n"
            "wsoa witness cosign inspectorate request --out cosigned\n"
            "wsoa witness add cosigned --policy ledger.policy");
    EXPECT_EQ(ran.exit, 3) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("none of the 1 lines is by a witness of the policy"));
    const auto late = run("grant areaLead; wsoa witness add cosigned --policy witnessed.policy");
    EXPECT_EQ(late.exit, 3) << late.said;
    EXPECT_THAT(late.said, HasSubstr("held against the checkpoint over 3 events"));
    const auto then = run("wsoa witness add cosigned --policy witnessed.policy --size 2");
    EXPECT_EQ(then.exit, 0) << then.said;
}

TEST_F(Stranger, who_saw_more_stops_an_older_copy) {
    const auto ran = run("wsoa witness request --old 9");
    EXPECT_EQ(ran.exit, 5) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("it is the older of two copies"));
}

}  // namespace
}  // namespace wsoa
