// A founder's key is lost, as the founders type their way back (docs/way-back.md).

#include "tests/support/shell.h"
#include "tests/support/temp_folder.h"
#include "tests/walks/documented.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string at_ledger =
    "export WSOA_STATE=$PWD/state WSOA_LEDGER=$PWD/ledger\n"
    "export WSOA_PASSPHRASE_COMMAND='cat pass.txt'\n"
    "speaks() { wsoa --key $1.pem record roleGranted --subject @board-chair --role actionOwner; "
    "}\n";

// A ledger of three founders, whose third then has no key any more.
const std::string setup =
    at_ledger +
    "echo 'a passphrase' > pass.txt\n"
    "for who in manager chair director; do wsoa keys new --unsealed $who.pem; done\n"
    "wsoa init --rehearsal --origin example.org/send/rehearsal --guard $PWD/guard --unsealed \\\n"
    "    --founder programme-manager=manager.pem --founder board-chair=chair.pem \\\n"
    "    --founder director-of-education=director.pem\n"
    "speaks director\n"
    "mv director.pem lost.pem\n";

class LostKey : public testing::Test {
protected:
    void SetUp() override {
        const auto ran = test::run_script(folder_.path(), setup);
        ASSERT_EQ(ran.exit, 0) << ran.said;
    }
    test::Ran run(const std::string& script) const {
        return test::run_script(folder_.path(), at_ledger + script);
    }
    static std::string documented() { return test::documented("docs/way-back.md", "founder-key"); }

    TempFolder folder_;
};

TEST_F(LostKey, of_a_founder_is_replaced_by_two_others_as_documented) {
    const auto ran = run(documented() +
                         "speaks director-2\n"
                         "speaks lost && exit 9\n"
                         "wsoa show people\n"
                         // What two founders do, the one who came back does again with either.
                         "wsoa --key director-2.pem keys rotate-ledger --reason 'a drill'\n"
                         "wsoa --key manager.pem confirm ledger\n"
                         "wsoa verify\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said,
                AllOf(HasSubstr("ended, enrolled by event 0"),
                      HasSubstr("in force, enrolled by event 2"), HasSubstr("rule R01"),
                      HasSubstr("The ledger's new key signs"), HasSubstr("Nothing was altered")));
}

TEST_F(LostKey, is_replaced_by_no_founder_alone_and_not_by_its_holder) {
    const auto ran = run(
        "wsoa keys new --unsealed director-2.pem\n"
        "ask() { wsoa --key director-2.pem keys request --person director-of-education \\\n"
        "    --out director.request; }\n"
        "ask\n"
        "enrol() { wsoa --key $1.pem keys enrol $2 --request director.request --reason lost; }\n"
        "enrol director-2 director-of-education || echo unknown $?\n"
        "enrol manager board-chair || echo another $?\n"
        "enrol manager director-of-education\n"
        "wsoa --key manager.pem confirm @director-of-education || echo alone $?\n"
        "wsoa --key director-2.pem confirm @director-of-education || echo oneself $?\n"
        "speaks director-2 || echo waits $?\n"
        "wsoa show @director-of-education\n"
        "wsoa show @nobody-at-all || echo nobody $?\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said,
                AllOf(HasSubstr("unknown 4"), HasSubstr("another 4"), HasSubstr("alone 4"),
                      HasSubstr("oneself 4"), HasSubstr("waits 4"),
                      HasSubstr("made the entry and cannot also confirm it (rule R14)"),
                      HasSubstr("Key of director-of-education, waits, enrolled by event 2"),
                      HasSubstr("there is no person nobody-at-all"), HasSubstr("nobody 1"),
                      Not(HasSubstr("programme-manager  "))));
}

// Where the key may be in other hands, what it signed since is in doubt.
TEST_F(LostKey, that_was_stolen_is_told_apart_from_one_that_is_gone) {
    const auto ran =
        run(documented() +
            "lost=$(wsoa --json show @director-of-education |\n"
            "    sed 's/.*\"keys\":\\[{\"key\":\"\\([^\"]*\\)\".*/\\1/')\n"
            "wsoa --key manager.pem record keyCompromised --subject @director-of-education \\\n"
            "    --public-key $lost --since 1 --reason 'the laptop was found opened'\n"
            "wsoa --key chair.pem confirm @director-of-education\n"
            "wsoa verify\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said,
                AllOf(HasSubstr("keyCompromised"), HasSubstr("was in other hands by then")));
}

}  // namespace
}  // namespace wsoa
