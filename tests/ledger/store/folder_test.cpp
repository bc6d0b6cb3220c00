#include "ledger/store/folder.h"

#include "ledger/base/sha256.h"
#include "tests/support/changes.h"
#include "tests/support/golden_text.h"
#include "tests/support/mutants.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::expect_golden_text;
using test::must;

FolderFacts facts() {
    return {.ledger = sha256(bytes_of("ledger")),
            .origin = must(Origin::parse("ledger.example.gov.uk/send")),
            .guard = "/var/lib/wsoa/guards/send.guard"};
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), with);
}

TEST(FolderFacts, keep_their_format) { expect_golden_text("store/ledger.txt", facts().str()); }

TEST(FolderFacts, are_read_back_as_they_were_written) {
    const auto read = must(FolderFacts::parse(facts().str()));
    EXPECT_EQ(read.ledger, facts().ledger);
    EXPECT_EQ(read.origin, facts().origin);
    EXPECT_EQ(read.guard, facts().guard);
}

TEST(FolderFacts, name_the_ledger_that_succeeded_this_one) {
    auto succeeded = facts();
    succeeded.successor = must(Origin::parse("ledger.example.gov.uk/send-2"));
    EXPECT_EQ(succeeded.str(), facts().str() + "successor ledger.example.gov.uk/send-2\n");
    EXPECT_EQ(must(FolderFacts::parse(succeeded.str())).successor, succeeded.successor);
    EXPECT_FALSE(must(FolderFacts::parse(facts().str())).successor);
    for (const auto* wrong :
         {"successor \n", "successor a b\n", "successor a/b\nsuccessor a/b\n"}) {
        EXPECT_EQ(FolderFacts::parse(facts().str() + wrong).error().fault, Fault::corrupt) << wrong;
    }
}

TEST(FolderFacts, refuse_lines_that_lack_or_stand_twice_or_in_another_order) {
    const auto text = facts().str();
    for (const auto& wrong :
         {std::string(), replaced(text, "/v1", "/v2"), replaced(text, "guard /", "guard "),
          replaced(text, "origin ledger.example.gov.uk/send\n", ""), text + "\n",
          text + "guard /other\n", text.substr(0, text.size() - 1),
          replaced(text, "\nguard", "\r\nguard"), replaced(text, "ledger ", "ledger  ")}) {
        EXPECT_FALSE(FolderFacts::parse(wrong).ok()) << wrong;
    }
}

TEST(FolderFacts, have_one_spelling_among_all_mutants) {
    Mutants mutants(facts().str(), 43);
    std::size_t taken = 0;
    for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
        const auto text = mutants.next();
        const auto read = FolderFacts::parse(text);
        if (!read.ok()) {
            ASSERT_EQ(read.error().fault, Fault::corrupt) << text;
            ASSERT_FALSE(read.error().message.empty());
            continue;
        }
        ++taken;
        ASSERT_EQ(read.value().str(), text);
        ASSERT_TRUE(read.value().guard.is_absolute());
    }
    EXPECT_GT(taken, 1'000U);
    EXPECT_LT(taken, mutants_of_a_parser);
}

TEST(GuardPath, lies_outside_the_folder_and_on_one_line) {
    const LedgerFolder folder("/srv/send");
    for (const auto* good : {"/var/send.guard", "/srv/send.guard", "/srv/sender/guard"}) {
        EXPECT_TRUE(check_guard_path(folder, good).ok()) << good;
    }
    for (const auto* wrong : {"/srv/send/guard", "/srv/send", "/srv/send/keys/../guard",
                              "/srv/other/../send/guard", "guard", "", "/var/a\nb"}) {
        EXPECT_EQ(check_guard_path(folder, wrong).error().fault, Fault::invalid) << wrong;
    }
}

TEST(SparePath, lies_outside_the_folder_and_on_one_line) {
    const LedgerFolder folder("/srv/send");
    EXPECT_TRUE(check_spare_path(folder, "/media/safe/send.spare").ok());
    for (const auto* wrong : {"/srv/send/spare", "/srv/other/../send/keys/s", "s", "/s/a\nb"}) {
        EXPECT_EQ(check_spare_path(folder, wrong).error().fault, Fault::invalid) << wrong;
    }
}

// The key files of a ledger at each moment of a handover.
class LedgerKeyFiles : public testing::Test {
protected:
    LedgerKeyFiles() { must(folder_.create()); }

    void put(const std::filesystem::path& path, std::string_view text) const {
        must(write_durably(path, bytes_of(text), Access::owner));
    }
    static std::string text_at(const std::filesystem::path& path) {
        const auto bytes = must(read_file(path, 100));
        return std::string(text_of(bytes));
    }
    std::vector<std::string> names() const { return must(list_folder(folder_.keys())); }
    void expect_only_the_new_key() const {
        EXPECT_EQ(names(), std::vector<std::string>{"ledger.pem"});
        EXPECT_EQ(text_at(folder_.ledger_key()), "new");
    }

    TempFolder temp_;
    LedgerFolder folder_{temp_ / "ledger"};
};

TEST_F(LedgerKeyFiles, hold_the_new_key_alone_after_a_handover) {
    put(folder_.ledger_key(), "old");
    put(folder_.next_ledger_key(), "new");
    ASSERT_TRUE(hand_over_ledger_keys(folder_).ok());
    expect_only_the_new_key();
}

TEST_F(LedgerKeyFiles, are_left_alone_by_settling_while_a_key_waits) {
    put(folder_.ledger_key(), "old");
    put(folder_.next_ledger_key(), "new");
    ASSERT_TRUE(settle_ledger_keys(folder_).ok());
    EXPECT_EQ(text_at(folder_.ledger_key()), "old");
    EXPECT_EQ(text_at(folder_.next_ledger_key()), "new");
}

TEST_F(LedgerKeyFiles, are_finished_when_only_the_old_key_had_been_moved_aside) {
    put(folder_.old_ledger_key(), "old");
    put(folder_.next_ledger_key(), "new");
    ASSERT_TRUE(settle_ledger_keys(folder_).ok());
    expect_only_the_new_key();
}

TEST_F(LedgerKeyFiles, are_finished_when_the_new_key_stood_in_place) {
    put(folder_.old_ledger_key(), "old");
    put(folder_.ledger_key(), "new");
    ASSERT_TRUE(settle_ledger_keys(folder_).ok());
    expect_only_the_new_key();
}

TEST_F(LedgerKeyFiles, are_finished_when_the_old_key_was_half_destroyed) {
    put(folder_.old_ledger_key(), std::string_view("\0\0d", 3));
    put(folder_.ledger_key(), "new");
    ASSERT_TRUE(settle_ledger_keys(folder_).ok());
    expect_only_the_new_key();
}

TEST_F(LedgerKeyFiles, lose_what_an_unfinished_write_left) {
    put(folder_.ledger_key(), "new");
    put(folder_.keys() / ".ledger-next.pem.a1b2c3.tmp", "seed");
    ASSERT_TRUE(settle_ledger_keys(folder_).ok());
    expect_only_the_new_key();
}

TEST_F(LedgerKeyFiles, keep_the_old_key_where_the_new_one_was_taken_away) {
    put(folder_.old_ledger_key(), "old");
    EXPECT_EQ(settle_ledger_keys(folder_).error().fault, Fault::missing);
    EXPECT_EQ(text_at(folder_.old_ledger_key()), "old");
}

TEST_F(LedgerKeyFiles, hand_nothing_over_where_no_key_waits) {
    put(folder_.ledger_key(), "old");
    EXPECT_EQ(hand_over_ledger_keys(folder_).error().fault, Fault::missing);
    EXPECT_EQ(text_at(folder_.ledger_key()), "old");
}

}  // namespace
}  // namespace wsoa
