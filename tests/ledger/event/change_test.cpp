#include "ledger/event/change.h"

#include "tests/support/changes.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using namespace test;

TEST(Change, of_every_kind_reads_back_as_it_was_drafted) {
    for (const auto& info : all_kinds()) {
        const auto bytes = sample_change(info.kind);
        const auto change = Change::read(bytes);
        ASSERT_TRUE(change.ok()) << info.name << ": " << change.error().message;
        EXPECT_EQ(change.value().kind(), info.kind);
        EXPECT_EQ(change.value().envelope(), sample_envelope(info.kind)) << info.name;
        EXPECT_TRUE(equal(change.value().bytes(), bytes)) << info.name;
    }
}

}  // namespace
}  // namespace wsoa
