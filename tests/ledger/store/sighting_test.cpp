#include "ledger/store/sighting.h"

#include "tests/support/changes.h"
#include "tests/support/golden_text.h"
#include "tests/support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::must;
using testing::ElementsAre;
using testing::HasSubstr;

Hash hash_of_byte(std::uint8_t byte) { return must(Hash::of(Bytes(32, byte))); }

class Sightings : public testing::Test {
protected:
    std::filesystem::path guard() const { return temporary_ / "guard"; }
    Result<void> keep(std::uint64_t size, std::optional<Hash> root, std::string by) const {
        return keep_sighting(guard(), ledger_, {.size = {size}, .root = root, .by = std::move(by)});
    }
    Result<std::vector<Sighting>> all() const { return read_sightings(guard(), ledger_); }
    std::string text() const {
        const auto bytes = must(read_file(sightings_of(guard()), 100'000));
        return std::string(text_of(bytes));
    }

    const Hash ledger_ = hash_of_byte(1);
    TempFolder temporary_;
};

TEST_F(Sightings, are_none_at_first) { EXPECT_TRUE(must(all()).empty()); }

TEST_F(Sightings, are_kept_beside_the_guard_as_lines) {
    must(keep(9, std::nullopt, "w1"));
    must(keep(7, hash_of_byte(2), "a checkpoint"));
    EXPECT_EQ(text(), fmt::format("wsoa-sightings/v1\nledger {}\n9 - w1\n7 {} a checkpoint\n",
                                  to_hex(ledger_.view()), to_hex(hash_of_byte(2).view())));
    const auto kept = must(all());
    EXPECT_THAT(kept, ElementsAre(Sighting{{9}, std::nullopt, "w1"},
                                  Sighting{{7}, hash_of_byte(2), "a checkpoint"}));
}

TEST_F(Sightings, are_written_as_the_golden_file_has_them) {
    test::expect_golden_text(
        "store/sightings.txt",
        sightings_text({{{9}, std::nullopt, "the witness (--old)"}, {{7}, hash_of_byte(75), "w1"}},
                       Hash{}));
}

TEST_F(Sightings, of_bare_numbers_keep_the_largest) {
    must(keep(9, std::nullopt, "w1"));
    must(keep(8, std::nullopt, "w2"));
    EXPECT_THAT(must(all()), ElementsAre(Sighting{{9}, std::nullopt, "w1"}));
    must(keep(10, std::nullopt, "w2"));
    EXPECT_THAT(must(all()), ElementsAre(Sighting{{10}, std::nullopt, "w2"}));
}

TEST_F(Sightings, with_a_root_are_kept_once_each_and_64_in_all) {
    must(keep(1'000, std::nullopt, "w1"));
    for (std::uint64_t size = 1; size <= 65; ++size) {
        must(keep(size, hash_of_byte(2), "w1"));
        must(keep(size, hash_of_byte(2), "w2"));
    }
    const auto kept = must(all());
    ASSERT_EQ(kept.size(), 65U);
    EXPECT_EQ(kept.front().size.value, 1'000U);
    EXPECT_EQ(kept[1].size.value, 2U);
    EXPECT_EQ(kept.back(), (Sighting{{65}, hash_of_byte(2), "w1"}));
}

TEST_F(Sightings, stay_one_line_whatever_was_told) {
    must(keep(9, std::nullopt, "w1\n10 - w2" + std::string(1'000, 'x')));
    EXPECT_EQ(must(all()).size(), 1U);
    EXPECT_LT(text().size(), 400U);
}

TEST_F(Sightings, are_withdrawn_only_where_a_number_alone_was_told) {
    must(keep(9, std::nullopt, "w1"));
    must(keep(9, hash_of_byte(2), "w1"));
    EXPECT_EQ(withdraw_sighting(guard(), ledger_, {8}).error().fault, Fault::missing);
    must(withdraw_sighting(guard(), ledger_, {9}));
    EXPECT_THAT(must(all()), ElementsAre(Sighting{{9}, hash_of_byte(2), "w1"}));
    EXPECT_EQ(withdraw_sighting(guard(), ledger_, {9}).error().fault, Fault::missing);
}

TEST_F(Sightings, that_are_damaged_or_of_another_ledger_are_not_read_as_none) {
    must(keep(9, std::nullopt, "w1"));
    const auto whole = text();
    EXPECT_EQ(read_sightings(guard(), hash_of_byte(3)).error().fault, Fault::corrupt);
    for (const auto& spoiled :
         {whole.substr(0, whole.size() - 1), std::string(), whole + "\n", whole + "9 -\n",
          whole + "09 - w1\n", whole + "9 0102 w1\n", whole + std::string(100'000, 'x')}) {
        must(write_durably(sightings_of(guard()), bytes_of(spoiled), Access::everyone));
        EXPECT_FALSE(all().ok()) << spoiled.substr(0, 200);
        EXPECT_FALSE(keep(10, std::nullopt, "w2").ok());
    }
}

TEST_F(Sightings, are_written_by_one_at_a_time) {
    const auto other =
        must(OpenFile::open(sightings_of(guard()).string() + ".lock", OpenFile::Use::create_write));
    ASSERT_TRUE(must(other->try_lock()));
    EXPECT_EQ(keep(9, std::nullopt, "w1").error().fault, Fault::busy);
}

}  // namespace
}  // namespace wsoa
