// The ledger's own key changes hands, as the founders type it, and is cut short at every step.

#include "ledger/store/files.h"
#include "tests/support/changes.h"
#include "tests/support/shell.h"
#include "tests/support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::must;
using testing::HasSubstr;
using testing::Not;

const std::string at_ledger =
    "export WSOA_STATE=$PWD/state WSOA_LEDGER=$PWD/ledger\n"
    "grant() { wsoa --key post-one.pem record roleGranted --subject @post-two --role $1; }\n"
    "rotate() { wsoa --key post-one.pem keys rotate-ledger --reason 'a new server'; }\n"
    "confirm() { wsoa --key post-two.pem confirm ledger; }\n"
    "vkey() { wsoa --json checkpoint | sed 's/.*\"verifierKey\":\"\\([^\"]*\\)\".*/\\1/'; }\n";

// A rehearsal with two founders and one more event, and proof and checkpoint by its first key.
const std::string setup =
    at_ledger +
    "for who in one two; do wsoa keys new --unsealed post-$who.pem; done\n"
    "wsoa init --rehearsal --origin example.org/send/rehearsal --guard $PWD/guard \\\n"
    "    --founder post-one=post-one.pem --founder post-two=post-two.pem\n"
    "grant actionOwner\n"
    "vkey > first.vkey\n"
    "wsoa checkpoint > first.checkpoint\n";

class LedgerKey : public testing::Test {
protected:
    void SetUp() override {
        const auto ran = test::run_script(folder_.path(), setup);
        ASSERT_EQ(ran.exit, 0) << ran.said;
    }
    test::Ran run(const std::string& script) const {
        return test::run_script(folder_.path(), at_ledger + script);
    }
    std::vector<std::string> key_files() const {
        return must(list_folder(folder_ / "ledger/keys"));
    }
    std::string text_at(const std::string& name) const {
        const auto bytes = must(read_file(folder_ / name, 100'000));
        return std::string(text_of(bytes));
    }
    // Everything that a ledger is asked goes on as before: it records, proves and verifies.
    void expect_to_go_on() const {
        const auto ran =
            run("grant areaLead\n"
                "wsoa prove 0 > /dev/null\n"
                "wsoa verify --seen first.checkpoint\n");
        EXPECT_EQ(ran.exit, 0) << ran.said;
        EXPECT_THAT(ran.said, HasSubstr("Nothing was altered"));
    }
    void expect_the_new_key_alone() const {
        EXPECT_EQ(key_files(), (std::vector<std::string>{"ledger.pem", "vault-1.wsoa"}));
        EXPECT_EQ(text_at("ledger/keys/ledger.pem"), text_at("new.pem"));
        const auto ran = run("vkey > now.vkey; cat now.vkey; cat ledger/README.txt");
        EXPECT_EQ(ran.exit, 0) << ran.said;
        EXPECT_NE(text_at("now.vkey"), text_at("first.vkey"));
        EXPECT_THAT(text_at("ledger/README.txt"), HasSubstr(text_at("now.vkey")));
    }

    TempFolder folder_;
};

using Names = std::vector<std::string>;

TEST_F(LedgerKey, goes_on_signing_until_another_founder_confirms_the_new_one) {
    const auto ran = run("rotate; grant areaLead; vkey > now.vkey; wsoa verify");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("wsoa confirm 2"));
    EXPECT_EQ(text_at("now.vkey"), text_at("first.vkey"));
    EXPECT_EQ(key_files(), (Names{"ledger-next.pem", "ledger.pem", "vault-1.wsoa"}));
}

TEST_F(LedgerKey, gives_way_to_the_new_one_with_the_confirmation) {
    const auto ran = run("rotate; cp ledger/keys/ledger-next.pem new.pem; confirm");
    ASSERT_EQ(ran.exit, 0) << ran.said;
    expect_the_new_key_alone();
    // The event that confirms it is the first under the new key.
    EXPECT_THAT(ran.said, HasSubstr("The ledger's new key signs from here on"));
    expect_to_go_on();
}

TEST_F(LedgerKey, is_named_by_every_proof_before_and_after) {
    const auto before = run("wsoa prove 1 --out before.tlog-proof; wsoa --json prove 1");
    EXPECT_THAT(before.said, HasSubstr(text_at("first.vkey").substr(0, 30)));
    const auto after = run("rotate; confirm; vkey > now.vkey; wsoa --json prove 1; wsoa prove 1");
    EXPECT_EQ(after.exit, 0) << after.said;
    auto vkey = text_at("now.vkey");
    vkey.pop_back();
    EXPECT_THAT(after.said, HasSubstr("\"verifierKey\":\"" + vkey + "\""));
    EXPECT_THAT(after.said, HasSubstr("verifier key: " + vkey));
}

TEST_F(LedgerKey, can_change_hands_again) {
    const auto ran =
        run("rotate; confirm; vkey > second.vkey; rotate; "
            "cp ledger/keys/ledger-next.pem new.pem; confirm; wsoa verify");
    ASSERT_EQ(ran.exit, 0) << ran.said;
    expect_the_new_key_alone();
    EXPECT_NE(text_at("now.vkey"), text_at("second.vkey"));
}

TEST_F(LedgerKey, is_not_confirmed_by_whoever_handed_it_over) {
    const auto ran = run("rotate; wsoa --key post-one.pem confirm ledger");
    EXPECT_EQ(ran.exit, 4) << ran.said;
    expect_to_go_on();
}

TEST_F(LedgerKey, is_not_made_twice_while_one_waits) {
    const auto ran = run("rotate; rotate");
    EXPECT_EQ(ran.exit, 5) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("wsoa confirm 2"));
}

TEST_F(LedgerKey, leaves_no_file_where_a_rule_refuses_it) {
    const auto ran =
        run("wsoa keys new --unsealed stranger.pem\n"
            "wsoa --key stranger.pem keys rotate-ledger --reason 'mine now'\n");
    EXPECT_EQ(ran.exit, 4) << ran.said;
    EXPECT_EQ(key_files(), (Names{"ledger.pem", "vault-1.wsoa"}));
}

// Killed between key file and event: no event names the key, and the next try takes it.
TEST_F(LedgerKey, that_no_event_names_is_taken_by_the_next_try) {
    ASSERT_EQ(run("wsoa keys new --unsealed new.pem; cp new.pem ledger/keys/ledger-next.pem").exit,
              0);
    expect_to_go_on();
    const auto ran = run("rotate; confirm");
    ASSERT_EQ(ran.exit, 0) << ran.said;
    expect_the_new_key_alone();
}

TEST_F(LedgerKey, that_was_lost_before_its_confirmation_is_displaced_by_another) {
    const auto lost = run("rotate; rm ledger/keys/ledger-next.pem; confirm");
    EXPECT_EQ(lost.exit, 1) << lost.said;
    EXPECT_THAT(lost.said, HasSubstr("the ledger's new key is not in its folder"));
    expect_to_go_on();
    const auto ran = run("rotate; cp ledger/keys/ledger-next.pem new.pem; confirm");
    ASSERT_EQ(ran.exit, 0) << ran.said;
    expect_the_new_key_alone();
}

// The confirmation stands; then the machine stops at each step of what follows it.
class CutShortHandover : public LedgerKey {
protected:
    void SetUp() override {
        LedgerKey::SetUp();
        const auto ran =
            run("rotate\n"
                "cp ledger/keys/ledger.pem old.pem; cp ledger/keys/ledger-next.pem new.pem\n"
                "cp guard old.guard; cp ledger/README.txt old.txt; confirm; cp ledger/README.txt "
                "new.txt\n"
                "rm ledger/keys/ledger.pem\n");
        ASSERT_EQ(ran.exit, 0) << ran.said;
    }
    void expect_to_be_finished() const {
        const auto read = run("wsoa verify; wsoa checkpoint > /dev/null");
        EXPECT_EQ(read.exit, 0) << read.said;
        expect_to_go_on();
        expect_the_new_key_alone();
    }
};

TEST_F(CutShortHandover, before_anything_was_done_is_finished) {
    ASSERT_EQ(run("cp old.pem ledger/keys/ledger.pem; cp new.pem ledger/keys/ledger-next.pem\n"
                  "cp old.txt ledger/README.txt")
                  .exit,
              0);
    expect_to_be_finished();
}

// Killed between the batch of the confirmation and the guard.
TEST_F(CutShortHandover, before_the_guard_knew_of_it_is_finished) {
    ASSERT_EQ(run("cp old.pem ledger/keys/ledger.pem; cp new.pem ledger/keys/ledger-next.pem\n"
                  "cp old.txt ledger/README.txt; cp old.guard guard; rm -r state\n")
                  .exit,
              0);
    const auto read = run("vkey > read.vkey; wsoa prove 2 > /dev/null");
    EXPECT_EQ(read.exit, 0) << read.said;
    EXPECT_EQ(text_at("read.vkey"), text_at("first.vkey"));
    expect_to_be_finished();
}

TEST_F(CutShortHandover, after_the_readme_is_finished) {
    ASSERT_EQ(run("cp old.pem ledger/keys/ledger.pem; cp new.pem ledger/keys/ledger-next.pem").exit,
              0);
    expect_to_be_finished();
}

TEST_F(CutShortHandover, after_the_old_key_was_moved_aside_is_finished) {
    ASSERT_EQ(
        run("cp old.pem ledger/keys/ledger-old.pem; cp new.pem ledger/keys/ledger-next.pem").exit,
        0);
    expect_to_be_finished();
}

TEST_F(CutShortHandover, after_the_new_key_stood_in_place_is_finished) {
    ASSERT_EQ(run("cp old.pem ledger/keys/ledger-old.pem; cp new.pem ledger/keys/ledger.pem").exit,
              0);
    expect_to_be_finished();
}

TEST_F(CutShortHandover, amid_the_destruction_of_the_old_key_is_finished) {
    ASSERT_EQ(run("head -c 119 /dev/zero > ledger/keys/ledger-old.pem\n"
                  "cp new.pem ledger/keys/ledger.pem")
                  .exit,
              0);
    expect_to_be_finished();
}

TEST_F(CutShortHandover, with_the_old_key_alone_writes_nothing_and_says_what_lacks) {
    const auto ran = run("cp old.pem ledger/keys/ledger.pem; grant areaLead");
    EXPECT_EQ(ran.exit, 1) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("keys/ledger.pem"));
    EXPECT_THAT(ran.said, Not(HasSubstr("Recorded")));
}

// A ledger that is no rehearsal, under a passphrase.
class EarnestLedger : public testing::Test {
protected:
    void SetUp() override {
        const auto ran = run(
            "printf secret > phrase; printf other > phrase2\n"
            "for who in one two; do\n"
            "    wsoa keys new --unsealed post-$who.pem\n"
            "    wsoa --key post-$who.pem keys request --is-a-post --person post-$who --out "
            "$who.request \\\n"
            "        --origin example.org/send\n"
            "done\n"
            "wsoa --key post-one.pem --passphrase-file phrase init --origin example.org/send \\\n"
            "    --guard $PWD/guard --founder post-one=one.request --founder "
            "post-two=two.request\n");
        ASSERT_EQ(ran.exit, 0) << ran.said;
    }
    test::Ran run(const std::string& script) const {
        return test::run_script(
            folder_.path(),
            "export WSOA_STATE=$PWD/state WSOA_LEDGER=$PWD/ledger\n"
            "grant() { wsoa --key post-one.pem --passphrase-file $1 \\\n"
            "    record roleGranted --subject @post-two --role actionOwner; }\n"
            // What `openssl` writes of a key in clear is the file as `--unsealed` would write it.
            "unseal() { openssl pkey -in $1 -passin pass:secret -out clear.pem; cp clear.pem $1; "
            "}\n" +
                script);
    }

    TempFolder folder_;
};

TEST_F(EarnestLedger, is_not_made_without_a_passphrase) {
    const auto ran =
        run("wsoa --ledger other --key post-one.pem init --origin example.org/send \\\n"
            "    --unsealed --founder post-one=one.request --founder post-two=two.request");
    EXPECT_EQ(ran.exit, 4) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("leave out --unsealed"));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "other"));
}

TEST_F(EarnestLedger, is_not_written_while_its_key_lies_open_until_it_is_sealed_again) {
    const auto open = run("unseal ledger/keys/ledger.pem; grant phrase");
    EXPECT_EQ(open.exit, 4) << open.said;
    EXPECT_THAT(open.said, HasSubstr("wsoa keys seal-ledger"));
    const auto read = run("wsoa log");
    EXPECT_EQ(read.exit, 0) << read.said;
    const auto sealed =
        run("wsoa --passphrase-file phrase keys seal-ledger\n"
            "grep 'ENCRYPTED PRIVATE KEY' ledger/keys/ledger.pem\n"
            "grant phrase\n");
    EXPECT_EQ(sealed.exit, 0) << sealed.said;
}

TEST_F(EarnestLedger, goes_under_another_passphrase_and_opens_with_that_alone) {
    const auto ran =
        run("wsoa --passphrase-file phrase keys seal-ledger --new-passphrase-file phrase2\n"
            "grant phrase2\n"
            "wsoa --passphrase-file phrase2 verify\n"
            "grant phrase && exit 9 || true\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("Nothing was altered"));
}

// Killed when the vault was under the new passphrase and the key still under the old one.
TEST_F(EarnestLedger, finishes_a_sealing_that_was_cut_short) {
    const auto ran =
        run("cp ledger/keys/ledger.pem old.pem\n"
            "wsoa --passphrase-file phrase keys seal-ledger --new-passphrase-file phrase2\n"
            "cp old.pem ledger/keys/ledger.pem\n"
            "grant phrase2 && exit 9\n"
            "wsoa --passphrase-file phrase keys seal-ledger --new-passphrase-file phrase2\n"
            "grant phrase2\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
}

TEST_F(EarnestLedger, has_its_next_key_sealed_as_the_one_before) {
    const auto ran =
        run("wsoa --key post-one.pem --passphrase-file phrase keys rotate-ledger --reason Yearly\n"
            "grep -c 'ENCRYPTED PRIVATE KEY' ledger/keys/ledger-next.pem\n"
            "wsoa --key post-two.pem --passphrase-file phrase confirm ledger\n"
            "grant phrase\n"
            "wsoa --passphrase-file phrase verify\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("Nothing was altered"));
}

}  // namespace
}  // namespace wsoa
