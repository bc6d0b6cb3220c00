// Commands that reach their ledger through a keeper, typed into a real shell.

#include "tests/support/shell.h"
#include "tests/walks/rehearsal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace wsoa {
namespace {

// Starts a keeper and waits until it says that it serves; `$keeper` is its process.
const std::string keep =
    "rm -f said; mkfifo said\n"
    "wsoa keep > said 2> keeper.log & keeper=$!\n"
    "exec 9< said; read -r line <&9; echo \"$line\"\n";
const std::string stop = "kill $keeper; wait $keeper\n";

class KeeperWalk : public testing::Test {
protected:
    test::Ran run(const std::string& script) {
        return test::run_script(rehearsal_.root(),
                                "export WSOA_STATE=$PWD/state WSOA_LEDGER=$PWD/ledger\n" + script);
    }
    Rehearsal rehearsal_;
};

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

TEST_F(KeeperWalk, answers_every_reading_command_as_the_folder_does) {
    const auto ran =
        run("reads() {\n"
            "  wsoa show; wsoa show TH; wsoa show TH-1.1; wsoa show TH-1; wsoa show people\n"
            "  wsoa show TH-1.1 --as-at 2030-01-01; wsoa trail TH-1.1; wsoa trail @owner\n"
            "  wsoa log; wsoa --json log --plan TH; wsoa checkpoint; wsoa prove 12\n"
            "  wsoa verify --explain 3; wsoa --json show TH-1.1; wsoa show NOPE || echo exit $?\n"
            "}\n"
            "reads > direct.txt 2>&1\n" +
            keep +
            "reads > kept.txt 2>&1\n"
            "test -s kept.txt; cmp direct.txt kept.txt && echo the same\n" +
            stop);
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_NE(ran.said.find("Keeping example.org/send/rehearsal, "), std::string::npos) << ran.said;
    EXPECT_NE(ran.said.find("the same"), std::string::npos) << ran.said;
}

TEST_F(KeeperWalk, takes_documents_in_and_lends_them_as_the_folder_does) {
    const auto ran =
        run(keep +
            "head -c 2500000 /dev/zero | tr '\\0' x > audit.txt\n"
            "wsoa --key owner.pem evidence add audit.txt --item TH-E01 --for TH-1.1 \\\n"
            "  --claim 'It shows the waits' --type report --personal-data none\n"
            "wsoa --key owner.pem evidence get TH-E01 --out lent.txt --on-record\n"
            "cmp audit.txt lent.txt && echo lent alike\n"
            "wsoa --key owner.pem evidence add audit.txt --item TH-E02 --type report \\\n"
            "  --personal-data none || echo again $?\n"
            "wsoa --key owner.pem evidence add audit.txt --item TH-1.1 --type report \\\n"
            "  --personal-data none --again || echo refused $?\n" +
            stop +
            "find ledger/documents -type f | wc -l\n"
            "wsoa evidence get TH-E01 --out own.txt && cmp audit.txt own.txt && echo own alike\n"
            "wsoa evidence trail TH-E01; wsoa evidence check; wsoa verify\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    for (const auto* const said :
         {"lent alike", "This reading is recorded as event", "is already held as TH-E01", "again 5",
          "refused 4", "\n3\n", "own alike", "1 document is whole", "Nothing was altered"}) {
        EXPECT_NE(ran.said.find(said), std::string::npos) << said << ": " << ran.said;
    }
}

TEST_F(KeeperWalk, records_as_the_folder_does_and_ends_at_a_signal) {
    const auto ran =
        run(keep +
            "wsoa --key owner.pem progress TH-1.1 --text 'By the keeper' --percent 40\n"
            "wsoa --key owner.pem rate TH-1.1 amber --reason 'One post is vacant'\n"
            "wsoa --key lead.pem confirm TH-1.1 --reason 'So it is'\n"
            "wsoa --key owner.pem confirm TH-1.1 --reason 'Again' || echo refused $?\n"
            "wsoa --key owner.pem progress TH-1.1 --text Early --recorded 2000-01-01T00:00:00Z || "
            "echo early $?\n"
            "wsoa verify > verdict.txt\n" +
            stop +
            "echo ended $?; test ! -e ledger/keeper.sock\n"
            "wsoa show TH-1.1; wsoa verify\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_NE(ran.said.find("progressRecorded for TH-1.1"), std::string::npos) << ran.said;
    EXPECT_NE(ran.said.find("is before the last event"), std::string::npos) << ran.said;
    EXPECT_NE(ran.said.find("early 1"), std::string::npos) << ran.said;
    EXPECT_NE(ran.said.find("ended 0"), std::string::npos) << ran.said;
    EXPECT_NE(ran.said.find("At risk"), std::string::npos) << ran.said;
    EXPECT_NE(ran.said.find("Nothing was altered"), std::string::npos) << ran.said;
}

TEST_F(KeeperWalk, serves_those_who_know_its_socket_alone_and_not_the_folder) {
    const auto ran =
        run("rm -f said; mkfifo said\n"
            "wsoa keep --socket $PWD/others.sock > said & keeper=$!\n"
            "exec 9< said; read -r line <&9; echo \"$line\"\n"
            "unset WSOA_LEDGER; export WSOA_KEEPER=$PWD/others.sock\n"
            "wsoa --key owner.pem progress TH-1.1 --text 'From another desk'\n"
            "wsoa show TH-1.1; wsoa --json checkpoint\n" +
            stop + "wsoa show TH-1.1 || echo exit $?\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_NE(ran.said.find("progressRecorded for TH-1.1"), std::string::npos) << ran.said;
    EXPECT_NE(ran.said.find("From another desk"), std::string::npos) << ran.said;
    EXPECT_NE(ran.said.find("\"rehearsal\":true"), std::string::npos) << ran.said;
    EXPECT_NE(ran.said.find("no keeper listens on"), std::string::npos) << ran.said;
    EXPECT_NE(ran.said.find("exit 1"), std::string::npos) << ran.said;
}

TEST_F(KeeperWalk, says_in_json_where_it_serves_and_that_it_is_a_rehearsal) {
    const auto ran =
        run("rm -f said; mkfifo said\n"
            "wsoa --json keep > said & keeper=$!\n"
            "exec 9< said; read -r line <&9; echo \"$line\"\n" +
            stop);
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_NE(ran.said.find("{\"type\":\"keeping\""), std::string::npos) << ran.said;
    EXPECT_NE(ran.said.find("\"rehearsal\":true"), std::string::npos) << ran.said;
}

TEST_F(KeeperWalk, keeps_others_from_the_folder_and_says_who_holds_it) {
    const auto ran =
        run(keep +
            "wsoa --key manager.pem keys rotate-ledger --reason 'a new server' || echo exit "
            "$?\n" +
            stop);
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_NE(ran.said.find("keep (process"), std::string::npos) << ran.said;
    EXPECT_NE(ran.said.find("exit 6"), std::string::npos) << ran.said;
}

TEST_F(KeeperWalk, loses_nothing_when_it_is_killed_among_callers_who_then_go_on_with_the_next) {
    const auto ran =
        run(keep +
            "for i in 1 2 3 4 5 6 7 8 9 10; do\n"
            "  wsoa --key owner.pem progress TH-1.1 --text \"Note $i\" > answer.$i 2>&1 &\n"
            "  callers=\"${callers:-} $!\"\n"
            "  test $i -ne 5 || { kill -9 $keeper; wait $keeper || true; " +
            keep +
            "}\n"
            "done\n"
            "for caller in $callers; do wait $caller || true; done\n"
            "cat answer.*; wsoa trail TH-1.1; wsoa verify\n" +
            stop);
    EXPECT_EQ(ran.exit, 0) << ran.said;
    // Those who met each other's version were told so; everybody else has a receipt, once.
    const auto recorded =
        count(ran.said, "Recorded as event") + count(ran.said, "Recorded before as event");
    const auto conflicts = count(ran.said, "has changed since");
    EXPECT_EQ(recorded + conflicts, 10U) << ran.said;
    EXPECT_GE(recorded, 1U);
    EXPECT_EQ(count(ran.said, "text: Note "), recorded) << ran.said;
    EXPECT_NE(ran.said.find("Nothing was altered"), std::string::npos) << ran.said;
}

}  // namespace
}  // namespace wsoa
