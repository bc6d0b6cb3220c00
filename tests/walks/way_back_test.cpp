// A ledger that was put back from an old backup, and one that could not be: as whoever keeps it
// types it (docs/way-back.md).

#include "ledger/store/files.h"
#include "tests/support/shell.h"
#include "tests/support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string names =
    "export WSOA_STATE=$PWD/state WSOA_LEDGER=$PWD/ledger\n"
    "grant() { wsoa --key post-one.pem record roleGranted --subject @post-two --role $1; }\n"
    "plan() { wsoa --key post-two.pem record planDrafted --subject $1 --kind wsoa \\\n"
    "    --partners council --title \"The plan $1\"; }\n";

// A rehearsal of which a backup was taken; after that a plan with words was drafted, and a proof of
// its event handed out.
const std::string setup =
    names +
    "for who in one two three; do wsoa keys new --unsealed post-$who.pem; done\n"
    "wsoa init --rehearsal --origin example.org/send/rehearsal --guard $PWD/guard \\\n"
    "    --founder post-one=post-one.pem --founder post-two=post-two.pem \\\n"
    "    --founder post-three=post-three.pem\n"
    "grant programmeOffice\n"
    "wsoa --key post-three.pem confirm 1\n"
    "cp -a ledger backup\n"
    "plan TH\n"
    "grant areaLead\n"
    "wsoa prove 3 --out event-3.tlog-proof\n"
    "wsoa log --raw 3 --out event-3\n"
    "cp -a ledger mirror\n"
    "rm -r ledger; cp -a backup ledger\n";

class OldCopy : public testing::Test {
protected:
    void SetUp() override {
        const auto ran = test::run_script(folder_.path(), setup);
        ASSERT_EQ(ran.exit, 0) << ran.said;
    }
    test::Ran run(const std::string& script) const {
        return test::run_script(folder_.path(), names + script);
    }

    TempFolder folder_;
};

TEST_F(OldCopy, is_refused_by_every_writer_which_says_what_to_do) {
    for (const auto* writer : {"grant actionOwner", "plan PL", "wsoa keep",
                               "wsoa --key post-one.pem keys rotate-ledger --reason moved"}) {
        const auto ran = run(writer);
        EXPECT_EQ(ran.exit, 1) << ran.said;
        EXPECT_THAT(ran.said, AllOf(HasSubstr("the store holds 3 events, but 5 were signed"),
                                    HasSubstr("wsoa guard restore --from COPY")));
    }
}

TEST_F(OldCopy, is_brought_forward_from_a_mirror_and_records_again) {
    const auto ran =
        run("wsoa guard restore --from mirror\n"
            "wsoa show TH\n"
            "wsoa verify\n"
            "wsoa prove 3 --out again.tlog-proof\n"
            "cmp event-3.tlog-proof again.tlog-proof\n"
            "plan PL\n"
            "wsoa log --raw 3 --out event-3-again\n"
            "cmp event-3/entry.bin event-3-again/entry.bin\n"
            "wsoa verify\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(
        ran.said,
        AllOf(HasSubstr("Put back:   events 3 to 4"), HasSubstr("Checkpoint: the copy's"),
              HasSubstr("The plan TH"), HasSubstr("that it continues the guard, at 5 events"),
              HasSubstr("that it continues the guard, at 6 events"), Not(HasSubstr("breach"))));
}

TEST_F(OldCopy, is_brought_forward_from_lines_of_which_words_are_missing) {
    const auto ran =
        run("WSOA_STATE=$PWD/others wsoa --ledger mirror log --raw 3-4 --json > events.jsonl\n"
            "wsoa guard restore --from events.jsonl\n"
            "plan PL\n"
            "wsoa prove 3 --out again.tlog-proof\n"
            "wsoa verify || test $? = 3\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, AllOf(HasSubstr("Checkpoint: signed again, over the same events"),
                                HasSubstr("has no words of this vault for 1 of these events"),
                                HasSubstr("its sealed words are missing")));
}

TEST_F(OldCopy, stays_as_it_is_where_the_copy_is_no_good) {
    const auto ran =
        run("cp -a ledger before\n"
            "wsoa --ledger mirror log --raw 3-4 --json > events.jsonl\n"
            "fails() { wsoa guard restore --from $1 && exit 9; wsoa checkpoint && exit 9; true; }\n"
            "fails backup\n"
            "fails nowhere\n"
            "head -1 events.jsonl > first.jsonl; fails first.jsonl\n"
            "sed 's/\"event\":4/\"event\":3/; 1d' events.jsonl > twice.jsonl\n"
            "cat twice.jsonl >> first.jsonl; fails first.jsonl\n"
            "echo '{\"type\":\"raw\"}' > empty.jsonl; fails empty.jsonl\n"
            "wsoa --ledger before guard restore --from mirror\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said,
                AllOf(HasSubstr("the copy lacks event 3"), HasSubstr("nowhere cannot be read"),
                      HasSubstr("the copy lacks event 4"),
                      HasSubstr("it is no line of `wsoa log --raw EVENT --json`"),
                      HasSubstr("Put back:   events 3 to 4")));
}

TEST_F(OldCopy, takes_no_other_ledger_for_a_mirror) {
    const auto ran = run(
        "WSOA_STATE=$PWD/state2 wsoa --ledger $PWD/other init --rehearsal --guard $PWD/guard2 \\\n"
        "    --origin example.org/other/rehearsal --founder post-one=post-one.pem \\\n"
        "    --founder post-two=post-two.pem\n"
        "wsoa guard restore --from other\n");
    EXPECT_EQ(ran.exit, 3) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("is another ledger's"));
}

TEST_F(OldCopy, has_nothing_to_restore_where_it_is_whole) {
    const auto ran = run("rm -r ledger; cp -a mirror ledger; wsoa guard restore --from backup\n");
    EXPECT_EQ(ran.exit, 5) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("the store holds all that was signed"));
}

TEST_F(OldCopy, is_succeeded_by_a_ledger_that_says_so_where_nothing_brings_it_back) {
    const auto ran =
        run("export WSOA_STATE=$PWD/state\n"
            "wsoa --ledger $PWD/next init --rehearsal --origin example.org/send-2/rehearsal \\\n"
            "    --guard $PWD/guard-2 --succeeds ledger \\\n"
            "    --founder post-one=post-one.pem --founder post-two=post-two.pem\n"
            "wsoa --ledger next show\n"
            "wsoa --ledger next log\n"
            "wsoa --ledger next show --json\n"
            "wsoa --ledger next verify\n"
            "grant areaLead && exit 9\n"
            "wsoa guard restore --from mirror && exit 9\n"
            "wsoa --ledger mirror log --limit 1\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    // What was signed and is known by the guard, and not the less that the store has.
    EXPECT_THAT(
        ran.said,
        AllOf(
            HasSubstr("Succeeds:   example.org/send/rehearsal, 5 events, root "),
            HasSubstr("It succeeds example.org/send/rehearsal, which held 5 events under the root"),
            HasSubstr("succeeds example.org/send/rehearsal after 5 events"),
            HasSubstr("\"predecessor\":{\"ledger\":\""),
            HasSubstr("this ledger was succeeded by example.org/send-2/rehearsal")));
}

TEST_F(OldCopy, is_succeeded_by_its_checkpoint_where_the_folder_is_lost) {
    const auto ran =
        run("wsoa --ledger mirror checkpoint > kept.checkpoint\n"
            "rm -r ledger guard\n"
            "wsoa --ledger $PWD/next init --rehearsal --origin example.org/send-2/rehearsal \\\n"
            "    --guard $PWD/guard-2 --succeeds kept.checkpoint \\\n"
            "    --founder post-one=post-one.pem --founder post-two=post-two.pem\n"
            "wsoa --ledger next show\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("which held 5 events under the root"));
}

// Four who would succeed it by a checkpoint: of another ledger's key, by another key under the
// right name, by a file that is no checkpoint, and by one that the right key signed.
TEST_F(OldCopy, is_succeeded_by_a_checkpoint_only_if_the_key_that_is_given_signed_it) {
    const auto ran = run(
        "key_of() { sed -n 's/.*\"verifierKey\":\"\\([^\"]*\\)\".*/\\1/p'; }\n"
        "wsoa --ledger mirror checkpoint > kept.checkpoint\n"
        "key=$(wsoa --ledger mirror --json checkpoint | key_of)\n"
        "other=$(wsoa --json --ledger $PWD/other init --rehearsal --guard $PWD/other-guard \\\n"
        "    --origin example.org/other/rehearsal --founder post-one=post-one.pem \\\n"
        "    --founder post-two=post-two.pem | key_of)\n"
        "forger=$(wsoa --json --ledger $PWD/forged init --rehearsal --guard $PWD/forged-guard \\\n"
        "    --origin example.org/send/rehearsal --founder post-one=post-one.pem \\\n"
        "    --founder post-two=post-two.pem | key_of)\n"
        "next() { wsoa --ledger $PWD/next init --rehearsal --guard $PWD/guard-2 \\\n"
        "    --origin example.org/send-2/rehearsal --founder post-one=post-one.pem \\\n"
        "    --founder post-two=post-two.pem \"$@\"; }\n"
        "next --succeeds kept.checkpoint --succeeds-key $other || echo other $?\n"
        "next --succeeds kept.checkpoint --succeeds-key $forger || echo forger $?\n"
        "next --succeeds kept.checkpoint --succeeds-key nonsense || echo nonsense $?\n"
        "next --succeeds post-one.pem --succeeds-key $key || echo file $?\n"
        "head -c 300000 /dev/zero > zeros; next --succeeds zeros || echo zeros $?\n"
        "next --succeeds mirror --succeeds-key $key || echo folder $?\n"
        "next --succeeds-key $key || echo alone $?\n"
        "test ! -e next\n"
        "next --succeeds kept.checkpoint --succeeds-key $key\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(
        ran.said,
        AllOf(HasSubstr("kept.checkpoint is a checkpoint of example.org/send/rehearsal, and "
                        "--succeeds-key is a key of example.org/other/rehearsal"),
              HasSubstr("kept.checkpoint was not signed by the key that --succeeds-key gives"),
              HasSubstr("forger 3"), HasSubstr("post-one.pem is no checkpoint: "),
              HasSubstr("zeros is no checkpoint: "),
              HasSubstr("--succeeds-key is for a checkpoint that was kept"),
              HasSubstr("--succeeds-key says nothing without --succeeds"),
              HasSubstr("Succeeds:   example.org/send/rehearsal, 5 events, root "),
              Not(HasSubstr("nobody checks"))));
}

TEST_F(OldCopy, is_not_succeeded_under_its_own_name_or_by_a_ledger_of_another_kind) {
    const auto ran =
        run("next() { wsoa --ledger $PWD/next init --guard $PWD/guard-2 --succeeds ledger --origin "
            "$1 \\\n"
            "    $2 --founder post-one=post-one.pem --founder post-two=post-two.pem; }\n"
            "next example.org/send/rehearsal --rehearsal && exit 9\n"
            "test ! -e next\n"
            "next example.org/send-2/rehearsal --rehearsal\n"
            "rm -r next guard-2\n"
            "next example.org/send-3/rehearsal --rehearsal\n");
    EXPECT_EQ(ran.exit, 5) << ran.said;
    EXPECT_THAT(ran.said,
                AllOf(HasSubstr("a new ledger has a name of its own"),
                      HasSubstr("was succeeded by example.org/send-2/rehearsal already")));
}

}  // namespace
}  // namespace wsoa
