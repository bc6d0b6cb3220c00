// How often a history asks its store: through a keeper each question is a message there and back.

#include "ledger/history.h"
#include "tests/support/counted_snapshot.h"
#include "tests/support/office.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

class CountedHistory : public testing::Test {
protected:
    CountedHistory() {
        for (unsigned i = 0; i < 40; ++i) {
            test::must(office_.ledger().commit(office_.draft(i)));
        }
    }
    TreeSize size() { return office_.ledger().checkpoint().checkpoint.size; }
    std::unique_ptr<History> open(TreeSize size) {
        auto snapshot = test::must(office_.store().snapshot());
        return test::must(History::open(
            std::make_unique<test::CountedSnapshot>(std::move(snapshot), questions_), size));
    }
    // What was asked since.
    unsigned asked() { return std::exchange(questions_, 0); }

    test::Office office_;
    unsigned questions_ = 0;
};

TEST_F(CountedHistory, is_opened_by_one_question_at_a_size_that_was_signed) {
    const auto history = open(size());
    EXPECT_EQ(asked(), 1U);
    EXPECT_EQ(history->checkpoint_note().value(), office_.ledger().checkpoint().note);
    EXPECT_EQ(asked(), 0U);
}

TEST_F(CountedHistory, proves_by_one_question_each) {
    const auto history = open(size());
    asked();
    for (std::uint64_t i = 1; i < size().value; ++i) {
        const TreeSize older{i};
        const auto root = history->root_at(older).value();
        EXPECT_EQ(asked(), 1U) << i;
        const auto grown = history->consistency(older, size());
        EXPECT_EQ(asked(), 1U) << i;
        EXPECT_TRUE(check_consistency(grown.value(), root, history->root()).ok()) << i;
        const auto entry = history->event(EventIndex{i}).value();
        asked();
        const auto held = history->inclusion(EventIndex{i});
        EXPECT_EQ(asked(), 1U) << i;
        EXPECT_TRUE(check_inclusion(held.value(), entry.leaf(), history->root()).ok()) << i;
    }
}

}  // namespace
}  // namespace wsoa
