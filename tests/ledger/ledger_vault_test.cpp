// How words are erased: what is asked before anything is forgotten, and which vault is too old.

#include "tests/support/changes.h"
#include "tests/support/environment.h"
#include "tests/support/erasure_stage.h"
#include "tests/support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace wsoa::test {
namespace {

using testing::HasSubstr;

namespace fs = std::filesystem;

class WordsErasure : public testing::Test {
protected:
    WordsErasure() {
        auto& people = stage_.people();
        environment_.clock().set(Instant{1'700'000'000'000});
        fs::create_directory(keys());
        vault_ = must(Vault::create(keys(), people.ledger(), Unsealed{}, environment_.random()));
        guard_ = must(Guard::create(folder_ / "guard", people.ledger(),
                                    {.size = people.size(), .root = people.history()->root()}));
        must(open());
        must(stage_.draft(*ledger_));
        must(stage_.grant(*ledger_, "TH-1", "TH-ER1"));
    }

    fs::path keys() const { return folder_ / "keys"; }
    Result<void> open() {
        ledger_.reset();
        auto& people = stage_.people();
        ledger_ = TRY(Ledger::open({.store = people.store(),
                                    .guard = *guard_,
                                    .signer = people.ledger_signer(),
                                    .next_signer = nullptr,
                                    .word_keys = vault_->words(),
                                    .environment = environment_.environment(),
                                    .vault = vault_.get()}));
        return done();
    }
    // Puts a copy of the folder of keys in its place, and opens that.
    Result<void> open_with_keys_of(const fs::path& copy) {
        ledger_.reset();
        fs::remove_all(keys());
        fs::copy(copy, keys());
        vault_ = must(
            Vault::open(keys(), stage_.people().ledger(), std::nullopt, environment_.random()));
        return open();
    }
    fs::path copy_of_keys(const std::string& name) const {
        fs::copy(keys(), folder_ / name);
        return folder_ / name;
    }
    bool opens_words_of(const std::string& area) {
        const auto node = must(word_node(must(stage_.added(*ledger_, area))));
        return vault_->words().covers_any(node);
    }
    Error refusal(const std::string& request) {
        const auto outcome = stage_.carry_out(*ledger_, *vault_, request);
        EXPECT_FALSE(outcome.ok());
        return outcome.ok() ? Error{} : outcome.error();
    }

    TempFolder folder_;
    TestEnvironment environment_;
    ErasureStage stage_;
    std::unique_ptr<Vault> vault_;
    std::unique_ptr<Guard> guard_;
    std::unique_ptr<Ledger> ledger_;
};

TEST_F(WordsErasure, is_forgotten_by_the_vault_and_then_recorded) {
    EXPECT_TRUE(opens_words_of("TH-1"));
    const auto committed = must(stage_.carry_out(*ledger_, *vault_, "TH-ER1"));
    EXPECT_FALSE(opens_words_of("TH-1"));
    EXPECT_TRUE(opens_words_of("TH-2"));
    EXPECT_EQ(vault_->generation(), 2U);
    const auto history = must(ledger_->history());
    EXPECT_EQ(must(history->erasure_of(must(stage_.added(*ledger_, "TH-1")))), committed.index);
    EXPECT_EQ(must(history->erasure_of(must(stage_.added(*ledger_, "TH-2")))), std::nullopt);
    const VaultMark mark{.event = committed.index, .generation = 2, .digest = vault_->digest()};
    EXPECT_EQ(must(history->vault_mark()), mark);
    must(open());
    EXPECT_EQ(must(must(ledger_->history())->vault_mark()), mark);
}

TEST_F(WordsErasure, forgets_nothing_that_was_not_granted) {
    must(stage_.ask(*ledger_, "TH-2", "TH-ER2"));
    const auto error = refusal("TH-ER2");
    EXPECT_EQ(error.rule, "R109");
    EXPECT_TRUE(opens_words_of("TH-2"));
    EXPECT_EQ(vault_->generation(), 1U);
}

TEST_F(WordsErasure, forgets_nothing_that_came_under_a_hold) {
    const auto hold =
        must(stage_.made(*ledger_, {.kind = Kind::HOLD_PLACED,
                                    .subject = "TH-H1",
                                    .fields = {{"scope", "TH-1"}},
                                    .words = {{schema::WordField::REASON, "an inquiry asked"}},
                                    .by = "records-manager",
                                    .role = schema::Role::RECORDS_MANAGER}));
    must(ledger_->commit(hold));
    EXPECT_EQ(refusal("TH-ER1").rule, "R108");
    EXPECT_TRUE(opens_words_of("TH-1"));
    EXPECT_EQ(vault_->generation(), 1U);
}

TEST_F(WordsErasure, is_carried_out_once) {
    must(stage_.carry_out(*ledger_, *vault_, "TH-ER1"));
    const auto error = refusal("TH-ER1");
    EXPECT_EQ(error.fault, Fault::conflict);
    EXPECT_EQ(error.rule, "R109");
    EXPECT_EQ(vault_->generation(), 2U);
}

TEST_F(WordsErasure, is_not_recorded_before_the_vault_forgot) {
    auto next = must(next_vault(*vault_));
    const auto early = ledger_->commit(must(stage_.erasure(*ledger_, "TH-ER1", next)));
    ASSERT_FALSE(early.ok());
    EXPECT_THAT(early.error().message, HasSubstr("generation 2 is not the vault that this ledger"));
    EXPECT_THAT(early.error().advice, HasSubstr("wsoa erase REQUEST"));
    must(vault_->renew());
    next = {.generation = 2, .digest = vault_->digest()};
    const auto still_open = ledger_->commit(must(stage_.erasure(*ledger_, "TH-ER1", next)));
    ASSERT_FALSE(still_open.ok());
    EXPECT_THAT(still_open.error().message, HasSubstr("the vault still opens the words of event"));
    next.digest = hash_of_byte(1);
    EXPECT_FALSE(ledger_->commit(must(stage_.erasure(*ledger_, "TH-ER1", next))).ok());
}

TEST_F(WordsErasure, is_finished_after_it_was_cut_short) {
    const auto node = must(word_node(must(stage_.added(*ledger_, "TH-1"))));
    must(vault_->forget({.words = {node}, .documents = {}}));
    must(open());
    const auto asked = must(stage_.erasure_named(*ledger_, "TH-ER1"));
    const auto trial = must(stage_.erasure(*ledger_, "TH-ER1", must(next_vault(*vault_))));
    const auto forgotten = must(forget_words(*ledger_, *vault_, *asked.event, trial));
    EXPECT_EQ(forgotten.was, Forgotten::Was::gone_already);
    EXPECT_EQ(forgotten.generation, 2U);
    must(ledger_->commit(must(stage_.erasure(*ledger_, "TH-ER1", forgotten))));
}

TEST_F(WordsErasure, is_finished_with_a_later_vault_where_another_went_on_meanwhile) {
    must(stage_.grant(*ledger_, "TH-2", "TH-ER2"));
    const auto node = must(word_node(must(stage_.added(*ledger_, "TH-1"))));
    must(vault_->forget({.words = {node}, .documents = {}}));
    must(stage_.carry_out(*ledger_, *vault_, "TH-ER2"));
    EXPECT_EQ(vault_->generation(), 3U);
    must(stage_.carry_out(*ledger_, *vault_, "TH-ER1"));
    EXPECT_EQ(vault_->generation(), 4U);
    must(open());
}

TEST_F(WordsErasure, is_asked_about_the_subject_that_the_event_is_about) {
    const auto other = must(stage_.added(*ledger_, "TH-2"));
    const auto asked = ledger_->commit(must(stage_.request(*ledger_, "TH", "TH-ER2", other)));
    ASSERT_FALSE(asked.ok());
    EXPECT_THAT(asked.error().message, HasSubstr("is about TH-2, not TH"));
}

TEST_F(WordsErasure, is_not_asked_of_an_event_without_words) {
    const auto wordless = must(ledger_->commit(
        must(stage_.made(*ledger_, {.kind = Kind::RETENTION_APPLIED,
                                    .subject = "TH-2",
                                    .fields = {{"class", "governance"}, {"due", "2029-12-31"}},
                                    .by = "records-manager",
                                    .role = schema::Role::RECORDS_MANAGER}))));
    const auto asked =
        ledger_->commit(must(stage_.request(*ledger_, "TH-2", "TH-ER2", wordless.index)));
    ASSERT_FALSE(asked.ok());
    EXPECT_THAT(asked.error().message, HasSubstr("has no words that could be erased"));
}

TEST_F(WordsErasure, leaves_no_older_vault_that_may_be_used) {
    const auto before = copy_of_keys("before");
    must(stage_.carry_out(*ledger_, *vault_, "TH-ER1"));
    const auto after = copy_of_keys("after");
    const auto opened = open_with_keys_of(before);
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().fault, Fault::distrusted);
    EXPECT_THAT(opened.error().message, HasSubstr("the vault is generation 1, but event"));
    EXPECT_THAT(opened.error().advice, HasSubstr("put the newest copy of the vault in its place"));
    must(open_with_keys_of(after));
}

TEST_F(WordsErasure, believes_no_older_vault_that_was_put_under_a_new_generation) {
    const auto before = copy_of_keys("before");
    must(stage_.carry_out(*ledger_, *vault_, "TH-ER1"));
    ledger_.reset();
    {
        const auto older = must(
            Vault::open(before, stage_.people().ledger(), std::nullopt, environment_.random()));
        must(older->renew());
    }
    auto opened = open_with_keys_of(before);
    ASSERT_FALSE(opened.ok());
    EXPECT_THAT(opened.error().message, HasSubstr("is not the one that event"));
    must(vault_->renew());
    opened = open();
    ASSERT_FALSE(opened.ok());
    EXPECT_THAT(opened.error().message, HasSubstr("the vault still opens the words of event"));
}

TEST_F(WordsErasure, takes_a_later_vault) {
    must(stage_.carry_out(*ledger_, *vault_, "TH-ER1"));
    must(vault_->renew());
    EXPECT_TRUE(open().ok());
}

}  // namespace
}  // namespace wsoa::test
