// When a machine without a guard may be given one.

#include "ledger/ledger_guard.h"

#include "ledger/plan/fold.h"
#include "ledger/store/cosigned.h"
#include "ledger/store/layout.h"
#include "ledger/tree/hasher.h"

#include "tests/support/changes.h"
#include "tests/support/ledger_builder.h"
#include "tests/support/scene.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::must;

class HeadToAdopt : public testing::Test {
protected:
    HeadToAdopt() {
        builder_.enrol("head-of-send");
        builder_.commit();
        kept_ = note();
        kept_size_ = builder_.size();
        builder_.enrol("board-chair");
        builder_.commit();
    }

    std::string note() { return must(builder_.history()->checkpoint_note()); }
    LedgerFacts facts() {
        State state;
        must(builder_.history()->each_event_of(std::nullopt,
                                               [&](const Event& event) -> Result<Snapshot::Step> {
                                                   fold(state, event);
                                                   return Snapshot::Step::next;
                                               }));
        return state.keyring.facts();
    }
    Result<GuardedHead> adopt(std::string_view kept) {
        return head_to_adopt(*builder_.history(), facts(), kept);
    }
    // A checkpoint that the ledger's key signed, whatever it says.
    std::string signed_note(TreeSize size, const Hash& root, const Signer& signer) {
        return must(sign_checkpoint(
                        Checkpoint{
                            .origin = facts().origin, .size = size, .root = root, .extensions = {}},
                        signer))
            .note;
    }

    test::LedgerBuilder builder_;
    std::string kept_;
    TreeSize kept_size_;
};

TEST_F(HeadToAdopt, is_the_whole_history_where_it_continues_the_kept_checkpoint) {
    ASSERT_LT(kept_size_, builder_.size());
    const auto head = must(adopt(kept_));
    EXPECT_EQ(head.size, builder_.size());
    EXPECT_EQ(head.root, builder_.history()->root());
}

TEST_F(HeadToAdopt, is_the_kept_one_where_nothing_came_after_it) {
    EXPECT_EQ(must(adopt(note())).size, builder_.size());
}

TEST_F(HeadToAdopt, is_none_for_a_store_that_is_shorter) {
    const auto longer = signed_note(TreeSize{builder_.size().value + 1}, test::hash_of_byte(5),
                                    builder_.ledger_signer());
    const auto failed = adopt(longer);
    EXPECT_EQ(failed.error().fault, Fault::corrupt);
    EXPECT_TRUE(failed.error().advice.starts_with("do not write: ")) << failed.error().advice;
}

TEST_F(HeadToAdopt, is_none_where_the_roots_differ) {
    const auto failed =
        adopt(signed_note(kept_size_, test::hash_of_byte(5), builder_.ledger_signer()));
    EXPECT_EQ(failed.error().fault, Fault::distrusted);
    EXPECT_TRUE(failed.error().advice.starts_with("do not write: ")) << failed.error().advice;
}

TEST_F(HeadToAdopt, is_none_for_a_checkpoint_that_the_ledger_did_not_sign) {
    const auto root = must(builder_.history()->root_at(kept_size_));
    const auto failed = adopt(signed_note(kept_size_, root, *test::signer_named("somebody")));
    EXPECT_EQ(failed.error().fault, Fault::distrusted);
    EXPECT_TRUE(failed.error().advice.starts_with("do not write: ")) << failed.error().advice;
}

TEST_F(HeadToAdopt, is_none_for_another_ledgers_checkpoint_or_none_at_all) {
    const auto other = must(sign_checkpoint(Checkpoint{.origin = "example.org/other",
                                                       .size = kept_size_,
                                                       .root = test::hash_of_byte(5),
                                                       .extensions = {}},
                                            builder_.ledger_signer()));
    EXPECT_EQ(adopt(other.note).error().fault, Fault::invalid);
    EXPECT_EQ(adopt("").error().fault, Fault::invalid);
    EXPECT_EQ(adopt("not a note\n").error().fault, Fault::invalid);
}

TEST_F(HeadToAdopt, is_none_for_a_checkpoint_over_nothing) {
    const auto nothing = signed_note(TreeSize{0}, empty_root(), builder_.ledger_signer());
    EXPECT_EQ(adopt(nothing).error().fault, Fault::invalid);
}

TEST_F(HeadToAdopt, is_none_where_the_stores_own_checkpoint_does_not_hold) {
    Batch batch;
    const auto forged =
        signed_note(builder_.size(), builder_.history()->root(), *test::signer_named("somebody"));
    batch.put(layout::checkpoint_key(builder_.size()), bytes_of(forged));
    must(builder_.store().write(batch));
    EXPECT_EQ(adopt(kept_).error().fault, Fault::distrusted);
}

TEST_F(HeadToAdopt, agrees_with_a_guard_that_it_continues_and_with_no_other) {
    const auto history = builder_.history();
    const auto root = must(history->root_at(kept_size_));
    EXPECT_TRUE(compare_with_guard(*history, {.size = kept_size_, .root = root}).ok());
    EXPECT_EQ(compare_with_guard(*history, {.size = kept_size_, .root = {}}).error().fault,
              Fault::distrusted);
    EXPECT_EQ(
        compare_with_guard(*history, {.size = TreeSize{builder_.size().value + 1}, .root = root})
            .error()
            .fault,
        Fault::corrupt);
}

TEST_F(HeadToAdopt, agrees_with_what_others_have_seen_of_it) {
    const auto history = builder_.history();
    const auto root = must(history->root_at(kept_size_));
    const auto more = TreeSize{builder_.size().value + 1};
    const auto compare = [&](const Sighting& sighting) {
        return compare_with_sightings(*history, {sighting});
    };
    EXPECT_TRUE(compare_with_sightings(*history, {}).ok());
    EXPECT_TRUE(compare({.size = kept_size_, .root = root, .by = "w1"}).ok());
    EXPECT_TRUE(compare({.size = builder_.size(), .root = {}, .by = "w1"}).ok());
    const auto told = compare({.size = more, .root = {}, .by = "w1"}).error();
    EXPECT_EQ(told.fault, Fault::conflict);
    EXPECT_NE(told.advice.find(fmt::format("wsoa guard withdraw {}", more.value)),
              std::string::npos);
    const auto signed_by_it = compare({.size = more, .root = root, .by = "w1"}).error();
    EXPECT_EQ(signed_by_it.fault, Fault::conflict);
    EXPECT_EQ(signed_by_it.advice.find("withdraw"), std::string::npos);
    EXPECT_EQ(compare({.size = kept_size_, .root = Hash{}, .by = "w1"}).error().fault,
              Fault::distrusted);
}

TEST_F(HeadToAdopt, is_behind_what_its_folder_keeps_of_witnesses) {
    const TempFolder temporary;
    const LedgerFolder folder(temporary.path());
    EXPECT_TRUE(must(cosigned_ahead(folder, builder_.size())).empty());
    must(keep_cosignatures(folder, builder_.size(), note(), {}));
    EXPECT_TRUE(must(cosigned_ahead(folder, builder_.size())).empty());
    const auto ahead = must(cosigned_ahead(folder, kept_size_));
    ASSERT_EQ(ahead.size(), 1U);
    EXPECT_EQ(ahead.front().size, builder_.size());
    EXPECT_EQ(ahead.front().root, builder_.history()->root());
    must(write_durably(temporary / "cosigned/900", bytes_of("no note"), Access::owner));
    EXPECT_EQ(must(cosigned_ahead(folder, builder_.size())).front().size.value, 900U);
}

}  // namespace
}  // namespace wsoa
