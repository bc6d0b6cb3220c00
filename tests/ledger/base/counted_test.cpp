#include "ledger/base/counted.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

TEST(Counted, is_one_only_for_one) {
    EXPECT_EQ(counted(0U, "event"), "0 events");
    EXPECT_EQ(counted(1U, "event"), "1 event");
    EXPECT_EQ(counted(2U, "event"), "2 events");
}

TEST(Counted, takes_a_plural_of_its_own) {
    EXPECT_EQ(counted(1U, "entry", "entries"), "1 entry");
    EXPECT_EQ(counted(3U, "entry", "entries"), "3 entries");
}

}  // namespace
}  // namespace wsoa
