// A line of words as it is written into packs, read by its own reader and by that of any JSON.

#include "ledger/inspection/pack.h"
#include "tests/support/changes.h"
#include "tests/support/mutants.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::must;

const std::string salt(64, 'a');

std::string line_of(std::string_view event, std::string_view field, std::string_view salt_digits,
                    std::string_view text) {
    return fmt::format(R"({{"event":{},"field":"{}","salt":"{}","text":"{}"}})", event, field,
                       salt_digits, text);
}

// A space more and the line is not as packs have it, though it says the same.
Result<PackWord> by_the_json_reader(const std::string& line) { return PackWord::parse(" " + line); }

TEST(PackWord, is_read_as_it_is_written) {
    const auto word = must(PackWord::parse(line_of("12", "title", salt, "Waits of 20 weeks & up")));
    EXPECT_EQ(word.event, EventIndex{12});
    EXPECT_EQ(word.word.field, schema::WordField::TITLE);
    EXPECT_EQ(word.word.salt, must(Hash::of(Bytes(32, 0xaa))));
    EXPECT_EQ(word.word.text, "Waits of 20 weeks & up");
    EXPECT_EQ(word,
              must(by_the_json_reader(line_of("12", "title", salt, "Waits of 20 weeks & up"))));
}

TEST(PackWord, may_be_written_in_every_way_of_json) {
    const auto plain = must(PackWord::parse(line_of("12", "title", salt, "caf\xc3\xa9")));
    EXPECT_EQ(plain.word.text, "caf\xc3\xa9");
    EXPECT_EQ(plain, must(PackWord::parse(line_of("12", "title", salt, "caf\\u00e9"))));
    EXPECT_EQ(plain, must(PackWord::parse(line_of("12", "ti\\u0074le", salt, "caf\\u00e9"))));
    const auto turned = fmt::format(
        R"({{ "text" : "caf\u00e9", "salt":"{}", "field":"title", "event":12 }})", salt);
    EXPECT_EQ(plain, must(PackWord::parse(turned)));
}

// What the reader of plain lines takes for one, with every number, name and text that is not right.
TEST(PackWord, is_refused_by_both_readers_for_the_same_lines) {
    const std::string most = "9007199254740991";  // 2^53 - 1
    EXPECT_EQ(must(PackWord::parse(line_of(most, "title", salt, ""))).event.value,
              9'007'199'254'740'991U);
    for (const auto& line : {line_of("9007199254740992", "title", salt, "x"),
                             line_of("012", "title", salt, "x"),
                             line_of("-0", "title", salt, "x"),
                             line_of("+1", "title", salt, "x"),
                             line_of("1e3", "title", salt, "x"),
                             line_of("1.0", "title", salt, "x"),
                             line_of("", "title", salt, "x"),
                             line_of("1", "titel", salt, "x"),
                             line_of("1", "", salt, "x"),
                             line_of("1", "title", salt.substr(2), "x"),
                             line_of("1", "title", salt + "aa", "x"),
                             line_of("1", "title", "", "x"),
                             line_of("1", "title", std::string(64, 'A'), "x"),
                             line_of("1", "title", std::string(64, 'g'), "x"),
                             line_of("1", "title", salt, "a\"b"),
                             line_of("1", "title", salt, "a\\"),
                             line_of("1", "title", salt, "a\tb"),
                             line_of("1", "title", salt, "a\xff"),
                             line_of("1", "title", salt, "x") + " x",
                             line_of("1", "title", salt, "x") + "}",
                             std::string(),
                             std::string("{"),
                             std::string("null")}) {
        const auto read = PackWord::parse(line);
        EXPECT_EQ(read.ok(), by_the_json_reader(line).ok()) << line;
        EXPECT_FALSE(read.ok()) << line;
    }
}

TEST(PackWord, is_the_same_to_both_readers_whatever_becomes_of_its_line) {
    Mutants mutants({line_of("0", "title", salt, ""), line_of("12", "text", salt, "A plain one"),
                     line_of("9007199254740991", "reason", salt, "caf\xc3\xa9 \\u00e9"),
                     line_of("7", "nextSteps", salt, "\\\"quoted\\\"")},
                    30);
    std::size_t taken = 0;
    for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
        const auto line = mutants.next();
        const auto read = PackWord::parse(line);
        const auto again = by_the_json_reader(line);
        ASSERT_EQ(read.ok(), again.ok()) << line;
        if (read.ok()) {
            ++taken;
            ASSERT_EQ(read.value(), again.value()) << line;
        }
    }
    EXPECT_GT(taken, mutants_of_a_parser / 100);
}

}  // namespace
}  // namespace wsoa
