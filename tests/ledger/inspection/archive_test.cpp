#include "ledger/inspection/archive.h"

#include "tests/support/zip_bytes.h"

#include <gmock/gmock.h>

namespace wsoa {
namespace {

using test::must;
using test::ZipBytes;
using testing::HasSubstr;

// What is wrong with the file, in a sentence; empty where nothing is.
std::string refusal_of(const Bytes& file) {
    const MemorySource source(file);
    const auto archive = Archive::open(source);
    return archive.ok() ? std::string() : archive.error().message;
}

ZipBytes two_members() {
    ZipBytes zip;
    zip.add("a/b.txt", "first");
    zip.add("c.txt", "second, and longer");
    return zip;
}

// The bytes of a pack's zip file, spelled once and for ever.
TEST(Archive, of_one_form_has_these_bytes) {
    ZipBytes zip;
    zip.add("a", "hi");
    EXPECT_EQ(to_hex(zip.bytes()),
              "504b030414000000000000002100ac2a93d80200000002000000010000006168"
              "69504b0102140014000000000000002100ac2a93d802000000020000000100000000000000000000"
              "0000000000000061504b050600000000010001002f000000210000000000");
}

TEST(Archive, gives_each_member_by_its_name) {
    const auto file = two_members().bytes();
    const MemorySource source(file);
    const auto archive = must(Archive::open(source));
    ASSERT_EQ(archive.members().size(), 2U);
    EXPECT_EQ(text_of(must(archive.read(*archive.find("a/b.txt"), 100))), "first");
    EXPECT_EQ(text_of(must(archive.read(*archive.find("c.txt"), 100))), "second, and longer");
    EXPECT_EQ(archive.find("b.txt"), nullptr);
    EXPECT_EQ(archive.read(*archive.find("c.txt"), 17).error().fault, Fault::invalid);
}

TEST(Archive, may_be_empty) { EXPECT_EQ(refusal_of(ZipBytes().bytes()), ""); }

TEST(Archive, says_which_member_is_damaged) {
    auto zip = two_members();
    auto file = zip.bytes();
    file[30 + 7 + 2] ^= 1;  // in the first member's content
    const MemorySource source(file);
    const auto archive = must(Archive::open(source));
    const auto read = archive.read(*archive.find("a/b.txt"), 100);
    EXPECT_EQ(read.error().fault, Fault::corrupt);
    EXPECT_THAT(read.error().message, HasSubstr("a/b.txt is damaged"));
    EXPECT_TRUE(archive.read(*archive.find("c.txt"), 100).ok());
}

TEST(Archive, takes_no_name_that_leads_elsewhere) {
    for (const auto* const name : {"", "/a", "a/", "a//b", "..", "a/../b", ".", "./a", "a\\b",
                                   "a b", "a:b", "caf\xc3\xa9"}) {
        EXPECT_FALSE(is_member_name(name)) << name;
        ZipBytes zip;
        zip.add(name, "x");
        EXPECT_THAT(refusal_of(zip.bytes()), HasSubstr("none that a pack has")) << name;
    }
    EXPECT_FALSE(is_member_name(std::string(256, 'a')));
    EXPECT_TRUE(is_member_name("tile/0/x001/x234/067.p/12"));
}

TEST(Archive, stands_in_the_order_of_names_each_once) {
    ZipBytes twice;
    twice.add("a", "x");
    twice.add("a", "x");
    EXPECT_THAT(refusal_of(twice.bytes()), HasSubstr("each once"));
    ZipBytes unordered;
    unordered.add("b", "x");
    unordered.add("a", "x");
    EXPECT_THAT(refusal_of(unordered.bytes()), HasSubstr("each once"));
}

// Whatever another reader might see in another way.
TEST(Archive, is_of_one_form_only) {
    const auto whole = two_members().bytes();
    struct Change {
        std::size_t at;  // from the first local header, or from the end where is_from_end
        bool is_from_end;
        std::uint8_t to;
    };
    const std::size_t central = 30 + 7 + 5 + 30 + 5 + 18;
    for (const auto& [at, is_from_end, to] :
         {Change{6, false, 8}, Change{8, false, 8}, Change{28, false, 1}, Change{14, false, 7},
          Change{30, false, 'z'}, Change{central + 8, false, 1}, Change{central + 10, false, 8},
          Change{central + 20, false, 6}, Change{central + 30, false, 1},
          Change{central + 32, false, 1}, Change{central + 42, false, 1}, Change{22, true, 0},
          Change{18, true, 1}, Change{14, true, 3}, Change{12, true, 1}, Change{6, true, 1},
          Change{2, true, 1}}) {
        auto file = whole;
        auto& byte = file[is_from_end ? file.size() - at : at];
        byte = byte == to ? static_cast<std::uint8_t>(to + 1) : to;
        EXPECT_NE(refusal_of(file), "") << at << (is_from_end ? " from the end" : "");
    }
}

// A pack of the same content has the same bytes; no day of its own.
TEST(Archive, dates_its_members_alike) {
    const auto whole = two_members().bytes();
    const std::size_t central = 30 + 7 + 5 + 30 + 5 + 18;
    for (const std::size_t at : {10U, 11U, 12U, 13U}) {
        auto file = whole;
        file[at] ^= 1;
        file[central + 2 + at] ^= 1;
        EXPECT_THAT(refusal_of(file), HasSubstr("is not stored as a pack has its members")) << at;
    }
}

TEST(Archive, has_nothing_before_between_or_behind_its_members) {
    const auto whole = two_members().bytes();
    auto behind = whole;
    behind.push_back(0);
    EXPECT_NE(refusal_of(behind), "");
    auto before = Bytes{0};
    append(before, whole);
    EXPECT_NE(refusal_of(before), "");
    auto gap = two_members();
    gap.gap = Bytes(3, 0);
    EXPECT_THAT(refusal_of(gap.bytes()), HasSubstr("gaps"));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_NE(refusal_of(copy_of(ByteView(whole).first(size))), "") << size;
    }
}

TEST(Crc32, is_that_of_its_standard) {
    EXPECT_EQ(crc32(bytes_of(std::string_view("123456789"))), 0xcbf43926U);
    EXPECT_EQ(crc32(bytes_of(std::string_view("6789")), crc32(bytes_of(std::string_view("12345")))),
              0xcbf43926U);
}

// Bit by bit, as ISO 3309 has it.
TEST(Crc32, is_what_summing_bit_by_bit_gives_for_any_number_of_bytes) {
    Bytes bytes;
    for (unsigned length = 0; length < 70; ++length) {
        std::uint32_t slowly = 0xffff'ffff;
        for (const auto byte : bytes) {
            slowly ^= byte;
            for (int bit = 0; bit < 8; ++bit) {
                slowly = (slowly & 1) != 0 ? (slowly >> 1) ^ 0xedb8'8320U : slowly >> 1;
            }
        }
        EXPECT_EQ(crc32(bytes), ~slowly) << length;
        bytes.push_back(static_cast<std::uint8_t>(37 * length + 200));
    }
}

}  // namespace
}  // namespace wsoa
