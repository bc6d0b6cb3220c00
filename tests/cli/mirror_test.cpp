#include "cli/mirror.h"

#include "ledger/base/limits.h"
#include "tests/support/changes.h"
#include "tests/support/mutants.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <fstream>

namespace wsoa {
namespace {

using test::must;

const Bytes entry = test::sample_event(Kind::PROGRESS_RECORDED);

std::string line_of(std::uint64_t index, ByteView bytes) {
    return fmt::format(R"({{"type":"raw","event":{},"leaf":"00","entry":"{}","rehearsal":true}})",
                       index, to_hex(bytes));
}

TEST(RawLine, gives_the_event_and_passes_over_what_follows_from_it) {
    const auto raw = must(parse_raw_line(line_of(412, entry)));
    EXPECT_EQ(raw.index, EventIndex{412});
    EXPECT_EQ(raw.entry, entry);
}

TEST(RawLine, is_refused_where_it_is_another_line_or_out_of_bounds) {
    const auto long_entry = Bytes(limits::event_bytes_max + 1);
    for (const auto& wrong :
         {std::string(), std::string("[]"), std::string("{}"), std::string("raw"),
          std::string(R"({"type":"event","event":1,"entry":"00"})"),
          std::string(R"({"type":"raw","event":"1","entry":"00"})"),
          std::string(R"({"type":"raw","event":-1,"entry":"00"})"),
          std::string(R"({"type":"raw","event":1,"entry":"0"})"),
          std::string(R"({"type":"raw","event":1,"entry":0})"), line_of(1, long_entry),
          line_of(limits::events_max + 1, entry), line_of(1, entry) + line_of(2, entry)}) {
        EXPECT_EQ(parse_raw_line(wrong).error().fault, Fault::invalid) << wrong.substr(0, 80);
    }
}

TEST(RawLine, is_taken_or_refused_in_words_among_all_mutants) {
    Mutants mutants(line_of(412, ByteView(entry).first(64)), 47);
    std::size_t taken = 0;
    for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
        const auto line = mutants.next();
        const auto raw = parse_raw_line(line);
        if (!raw.ok()) {
            ASSERT_EQ(raw.error().fault, Fault::invalid) << line;
            ASSERT_FALSE(raw.error().message.empty());
            continue;
        }
        ++taken;
        ASSERT_NE(line.find(to_hex(raw.value().entry)), std::string::npos) << line;
    }
    EXPECT_GT(taken, 1'000U);
    EXPECT_LT(taken, mutants_of_a_parser);
}

TEST(MirrorCopy, of_lines_has_their_events_and_neither_words_nor_checkpoints) {
    const TempFolder folder;
    std::ofstream(folder / "lines") << line_of(7, entry) << "\n\n" << line_of(9, entry) << "\n";
    const auto copy = must(MirrorCopy::open(folder / "lines", Hash{}, folder / "scratch"));
    const auto mirror = copy->mirror();
    EXPECT_EQ(must(mirror.event(EventIndex{7}))->entry, entry);
    EXPECT_FALSE(must(mirror.event(EventIndex{7}))->sealed_words);
    EXPECT_FALSE(must(mirror.event(EventIndex{8})));
    EXPECT_FALSE(must(mirror.checkpoint(TreeSize{8})));
}

TEST(MirrorCopy, names_the_line_that_cannot_be_read) {
    const TempFolder folder;
    std::ofstream(folder / "lines") << line_of(7, entry) << "\nnothing\n";
    const auto copy = MirrorCopy::open(folder / "lines", Hash{}, folder / "scratch");
    ASSERT_FALSE(copy.ok());
    EXPECT_NE(copy.error().message.find("lines, line 2"), std::string::npos)
        << copy.error().message;
}

}  // namespace
}  // namespace wsoa
