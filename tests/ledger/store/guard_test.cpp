#include "ledger/store/guard.h"
#include "ledger/base/sha256.h"
#include "tests/support/environment.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <fstream>

namespace wsoa {
namespace {

Hash hash_of(std::string_view text) { return sha256(bytes_of(text)); }

const Hash& our_ledger() {
    static const Hash hash = hash_of("ledger");
    return hash;
}

GuardedHead head(std::uint64_t size) {
    return {TreeSize{size}, hash_of("root " + std::to_string(size))};
}

class GuardTest : public testing::Test {
protected:
    std::unique_ptr<Guard> create(const GuardedHead& first) {
        return Guard::create(path_, our_ledger(), first).value();
    }
    Result<GuardedHead> read() const { return Guard::read(path_, our_ledger()); }
    Bytes bytes() const { return read_file(path_, 100'000).value(); }

    TempFolder folder_;
    std::filesystem::path path_ = folder_ / "guard";
};

TEST_F(GuardTest, remembers_the_last_head) {
    auto guard = create(head(1));
    EXPECT_EQ(guard->last(), head(1));
    for (std::uint64_t size = 2; size < 9; ++size) {
        ASSERT_TRUE(guard->record(head(size)).ok());
        EXPECT_EQ(guard->last(), head(size));
        EXPECT_EQ(read().value(), head(size));
    }
    guard.reset();
    EXPECT_EQ(Guard::open(path_, our_ledger()).value()->last(), head(8));
}

TEST_F(GuardTest, is_made_only_where_nothing_is) {
    create(head(5));
    EXPECT_EQ(Guard::create(path_, our_ledger(), head(1)).error().fault, Fault::conflict);
    EXPECT_EQ(read().value(), head(5));
}

TEST_F(GuardTest, that_is_missing_says_how_to_adopt_one) {
    const auto opened = Guard::open(path_, our_ledger());
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().fault, Fault::missing);
    EXPECT_NE(opened.error().advice.find("wsoa guard adopt"), std::string::npos);
    EXPECT_EQ(read().error(), opened.error());
}

TEST_F(GuardTest, of_another_ledger_is_distrusted) {
    create(head(5));
    EXPECT_EQ(Guard::open(path_, hash_of("other")).error().fault, Fault::distrusted);
    EXPECT_EQ(Guard::read(path_, hash_of("other")).error().fault, Fault::distrusted);
}

TEST_F(GuardTest, never_goes_back) {
    auto guard = create(head(5));
    EXPECT_EQ(guard->record(head(4)).error().fault, Fault::conflict);
    EXPECT_EQ(guard->record({TreeSize{5}, hash_of("other")}).error().fault, Fault::conflict);
    EXPECT_TRUE(guard->record(head(5)).ok());
    EXPECT_TRUE(guard->record(head(6)).ok());
    EXPECT_EQ(read().value(), head(6));
}

TEST_F(GuardTest, is_open_for_writing_in_one_place) {
    auto first = create(head(5));
    EXPECT_EQ(Guard::open(path_, our_ledger()).error().fault, Fault::busy);
    EXPECT_EQ(read().value(), head(5));
    first.reset();
    EXPECT_TRUE(Guard::open(path_, our_ledger()).ok());
}

TEST_F(GuardTest, takes_no_more_after_a_write_has_failed) {
    auto guard = create(head(5));
    ASSERT_TRUE(guard->record(head(6)).ok());  // the next goes to the second slot
    {
        const FileSizeLimit limit(4'096);
        EXPECT_EQ(guard->record(head(7)).error().fault, Fault::unavailable);
    }
    EXPECT_EQ(guard->record(head(7)).error().fault, Fault::unavailable);
    EXPECT_EQ(guard->last(), head(6));
    guard.reset();
    guard = Guard::open(path_, our_ledger()).value();
    EXPECT_EQ(guard->last(), head(6));
    EXPECT_TRUE(guard->record(head(7)).ok());
}

// The bytes as the header describes them, put together by another program.
TEST_F(GuardTest, keeps_its_format) {
    std::ifstream golden(std::string(WSOA_SOURCE) + "/tests/golden/store/guard.hex");
    Bytes expected;
    for (std::string line; std::getline(golden, line);) {
        auto slot = from_hex(line).value();
        slot.resize(4'096);
        append(expected, slot);
    }
    auto guard = create({TreeSize{7}, hash_of("root 7")});
    ASSERT_TRUE(guard->record({TreeSize{0x0102030405}, hash_of("root 8")}).ok());
    EXPECT_EQ(bytes(), expected);
}

// Head 8 stands in the newest slot, head 7 in the other one.
class DamagedGuardTest : public GuardTest {
protected:
    void SetUp() override {
        auto guard = create(head(6));
        ASSERT_TRUE(guard->record(head(7)).ok());
        ASSERT_TRUE(guard->record(head(8)).ok());
        guard.reset();
        whole_ = bytes();
        file_ = OpenFile::open(path_, OpenFile::Use::write).value();
    }
    static bool is_in_newest(std::size_t place) { return place >= 4'096; }
    void restore() { ASSERT_TRUE(file_->write_at(0, whole_).ok()); }

    Bytes whole_;
    std::unique_ptr<OpenFile> file_;
};

TEST_F(DamagedGuardTest, never_gives_a_wrong_head_for_a_flipped_bit) {
    for (std::size_t place = 0; place < whole_.size(); ++place) {
        const auto flipped = static_cast<std::uint8_t>(whole_[place] ^ (1U << place % 8));
        ASSERT_TRUE(file_->write_at(place, ByteView(&flipped, 1)).ok());
        const auto found = read();
        ASSERT_TRUE(found.ok()) << "byte " << place << ": " << found.error().message;
        const bool is_last = found.value() == head(8);
        const bool is_one_before = found.value() == head(7) && is_in_newest(place);
        EXPECT_TRUE(is_last || is_one_before) << "byte " << place;
        ASSERT_TRUE(file_->write_at(place, ByteView(&whole_[place], 1)).ok());
    }
}

TEST_F(DamagedGuardTest, never_gives_a_wrong_head_for_a_file_that_was_cut) {
    for (std::size_t length = 0; length < whole_.size(); ++length) {
        ASSERT_TRUE(file_->resize(length).ok());
        const auto found = read();
        if (length < 126) {
            ASSERT_FALSE(found.ok()) << length;
            EXPECT_EQ(found.error().fault, Fault::corrupt) << length;
        } else {
            ASSERT_TRUE(found.ok()) << length;
            EXPECT_EQ(found.value(), length < 4'096 + 126 ? head(7) : head(8)) << length;
        }
        restore();
    }
}

TEST_F(DamagedGuardTest, never_gives_a_wrong_head_for_any_damage) {
    SeededRandom random(11);
    for (int round = 0; round < 100'000; ++round) {
        for (auto changes = random.below(4) + 1; changes > 0; --changes) {
            const auto byte = static_cast<std::uint8_t>(random.below(256));
            const auto place = random.below(2) * 4'096 + random.below(130);
            ASSERT_TRUE(file_->write_at(place, ByteView(&byte, 1)).ok());
        }
        const auto found = read();
        if (found.ok()) {
            EXPECT_TRUE(found.value() == head(8) || found.value() == head(7)) << round;
        } else {
            EXPECT_EQ(found.error().fault, Fault::corrupt) << round;
        }
        ASSERT_TRUE(file_->write_at(0, ByteView(whole_).first(130)).ok());
        ASSERT_TRUE(file_->write_at(4'096, ByteView(whole_).subspan(4'096, 130)).ok());
    }
}

TEST_F(DamagedGuardTest, refuses_when_both_slots_are_damaged) {
    ASSERT_TRUE(file_->write_at(20, bytes_of("x")).ok());
    ASSERT_TRUE(file_->write_at(4'096 + 20, bytes_of("x")).ok());
    const auto opened = Guard::open(path_, our_ledger());
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().fault, Fault::corrupt);
    EXPECT_NE(opened.error().message.find(path_.string()), std::string::npos);
    EXPECT_NE(opened.error().advice.find("wsoa guard adopt"), std::string::npos);
}

TEST_F(DamagedGuardTest, writes_over_the_damaged_slot_and_keeps_the_good_one) {
    ASSERT_TRUE(file_->write_at(4'096 + 20, bytes_of("x")).ok());
    auto guard = Guard::open(path_, our_ledger()).value();
    ASSERT_EQ(guard->last(), head(7));
    ASSERT_TRUE(guard->record(head(9)).ok());
    EXPECT_EQ(read().value(), head(9));
    EXPECT_TRUE(equal(ByteView(bytes()).first(4'096), ByteView(whole_).first(4'096)));
}

TEST_F(DamagedGuardTest, refuses_a_file_that_is_longer_than_a_guard) {
    ASSERT_TRUE(file_->write_at(8'192, bytes_of("x")).ok());
    EXPECT_EQ(read().error().fault, Fault::corrupt);
}

}  // namespace
}  // namespace wsoa
