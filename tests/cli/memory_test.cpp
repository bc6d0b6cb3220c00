// What a tool remembers of ledgers, while several of its commands run at once.

#include "cli/memory.h"

#include "tests/support/ledger_builder.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

class ToolsMemory : public testing::Test {
protected:
    ToolsMemory() { builder_.commit(); }

    Memory memory() {
        return Memory::of(Variables({{"WSOA_STATE", (folder_ / "state").string()}})).value();
    }
    // The ledger a few events later.
    std::unique_ptr<History> grown() {
        builder_.enrol(fmt::format("person-{}", ++people_));
        builder_.commit();
        return builder_.history();
    }
    std::uint64_t remembered() {
        const auto seen = memory().last_seen(builder_.ledger()).value();
        return seen ? seen->size.value : 0;
    }

    TempFolder folder_;
    test::LedgerBuilder builder_;
    int people_ = 0;
};

TEST_F(ToolsMemory, accuses_nobody_where_another_command_has_seen_more_meanwhile) {
    const auto first = builder_.history();
    const auto recalled = memory().last_seen(builder_.ledger()).value();
    const auto later = grown();
    ASSERT_TRUE(memory().see(builder_.ledger(), recalled, *later).ok());
    EXPECT_TRUE(memory().see(builder_.ledger(), recalled, *first).ok());
    EXPECT_EQ(remembered(), later->size().value);
}

TEST_F(ToolsMemory, tells_that_a_ledger_was_shortened_since_it_was_recalled) {
    const auto first = builder_.history();
    const auto later = grown();
    ASSERT_TRUE(memory().see(builder_.ledger(), std::nullopt, *later).ok());
    const auto recalled = memory().last_seen(builder_.ledger()).value();
    const auto seen = memory().see(builder_.ledger(), recalled, *first);
    ASSERT_FALSE(seen.ok());
    EXPECT_EQ(seen.error().fault, Fault::distrusted);
    EXPECT_EQ(remembered(), later->size().value);
}

TEST_F(ToolsMemory, tells_that_a_ledger_was_rewritten_and_remembers_nothing_of_it) {
    const auto later = grown();
    auto other = Checkpoint::parse(Note::parse(later->checkpoint_note().value()).value().text);
    other.value().root.bytes[0] ^= 1;
    const auto seen = memory().see(builder_.ledger(), other.value(), *grown());
    ASSERT_FALSE(seen.ok());
    EXPECT_EQ(seen.error().fault, Fault::distrusted);
    EXPECT_EQ(remembered(), 0U);
}

}  // namespace
}  // namespace wsoa
