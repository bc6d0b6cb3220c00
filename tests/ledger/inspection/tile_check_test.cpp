#include "ledger/inspection/tile_check.h"

#include "ledger/base/limits.h"
#include "tests/support/golden_text.h"
#include "tests/support/log_files.h"
#include "tests/support/mutants.h"
#include "tests/support/policies.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

LogVerdict verdict_on(const MemoryLog& log, const LogQuestion& question = {}) {
    return verify_tiles(log.reader(), question).value();
}

std::vector<std::string> found_in(const LogVerdict& verdict) {
    std::vector<std::string> found;
    for (const auto& finding : verdict.findings) {
        found.push_back(finding.what);
    }
    return found;
}

TEST(TileCheck, finds_nothing_in_a_log_of_any_size) {
    for (const std::uint64_t size : {0U, 1U, 2U, 255U, 256U, 257U, 511U, 512U, 513U, 1'000U}) {
        const auto verdict = verdict_on(MemoryLog(size));
        EXPECT_THAT(found_in(verdict), IsEmpty()) << size;
        EXPECT_EQ(verdict.checkpoint.value().size.value, size);
        EXPECT_FALSE(verdict.is_vouched_for);
        EXPECT_THAT(verdict.checked, Contains(HasSubstr(fmt::format("root over {} entr", size))));
        EXPECT_EQ(verdict.unread, 0U);
    }
}

// Three levels: 273 full tiles and one of 112, one full and one of 17, and one of 1.
TEST(TileCheck, finds_nothing_in_a_log_of_three_levels) {
    const MemoryLog log(70'000);
    const auto verdict = verdict_on(log);
    EXPECT_THAT(found_in(verdict), IsEmpty());
    EXPECT_THAT(verdict.checked,
                Contains(HasSubstr("70000 entries, each hashed and compared with its leaf")));
    EXPECT_TRUE(log.files.contains("tile/2/000.p/1"));
}

TEST(TileCheck, reads_files_of_the_names_and_sizes_in_the_golden_file) {
    std::string list;
    for (const std::uint64_t size : {0U, 1U, 255U, 256U, 257U, 70'000U}) {
        list += fmt::format("{} entries\n", size);
        for (const auto& tile : tiles_between(TreeSize{0}, TreeSize{size})) {
            const bool is_telling =
                size < 70'000 || tile.level > 0 || tile.index < 2 || tile.index > 271;
            list += is_telling ? fmt::format("  {} {}\n", path_of(tile), tile.width * 32) : "";
        }
        for (const auto& bundle : bundles_between(TreeSize{0}, TreeSize{size})) {
            const bool is_telling = size < 70'000 || bundle.index < 2 || bundle.index > 271;
            list += is_telling ? fmt::format("  {} {}\n", path_of(bundle), bundle.width) : "";
        }
    }
    test::expect_golden_text("tree/log_files.txt", list);
}

TEST(TileCheck, takes_the_full_tile_where_the_partial_one_has_gone) {
    MemoryLog log(300);
    const MemoryLog later(512);
    log.files["tile/0/001"] = later.files.at("tile/0/001");
    log.files["tile/entries/001"] = later.files.at("tile/entries/001");
    log.files.erase("tile/0/001.p/44");
    log.files.erase("tile/entries/001.p/44");
    EXPECT_THAT(found_in(verdict_on(log)), IsEmpty());
}

TEST(TileCheck, says_that_entries_were_left_out) {
    MemoryLog log(300);
    log.remove_bundles();
    const auto verdict = verdict_on(log);
    EXPECT_THAT(found_in(verdict), IsEmpty());
    EXPECT_THAT(verdict.not_checked, Contains(HasSubstr("what the entries are")));
    EXPECT_THAT(verdict.checked, Contains(HasSubstr("root over 300 entries")));
}

TEST(TileCheck, names_the_entry_that_was_altered) {
    MemoryLog log(300);
    auto& bundle = log.files.at("tile/entries/001.p/44");
    bundle.back() ^= 1;
    const auto verdict = verdict_on(log);
    ASSERT_THAT(verdict.findings, SizeIs(1));
    EXPECT_EQ(verdict.findings[0].event, EventIndex{299});
    EXPECT_EQ(verdict.findings[0].is, Finding::Class::breach);
    EXPECT_TRUE(verdict.has_breach());
}

TEST(TileCheck, finds_any_byte_that_was_altered) {
    const MemoryLog whole(259);
    for (const auto& [path, file] : whole.files) {
        for (std::size_t at = 0; at < file.size(); at += 1 + file.size() / 40) {
            MemoryLog log(whole);
            log.files.at(path)[at] ^= 0x10;
            const LogQuestion nobody{};
            const auto verdict = verify_tiles(log.reader(), nobody).value();
            // Of the checkpoint only what is not signed goes by without a policy.
            EXPECT_TRUE(verdict.has_breach() || path == "checkpoint") << path << " at " << at;
        }
    }
}

TEST(TileCheck, finds_any_byte_of_the_checkpoint_that_was_altered) {
    const MemoryLog whole(3);
    const auto policy = Policy::parse(log_line(MemoryLog::origin, 7) + "quorum none\n").value();
    const LogQuestion question{.policy = &policy};
    ASSERT_TRUE(verdict_on(whole, question).is_vouched_for);
    for (std::size_t at = 0; at < whole.files.at("checkpoint").size(); ++at) {
        MemoryLog log(whole);
        log.files.at("checkpoint")[at] ^= 1;
        EXPECT_TRUE(verdict_on(log, question).has_breach()) << at;
    }
}

TEST(TileCheck, finds_every_file_that_is_missing) {
    const MemoryLog whole(70'000);
    for (const auto* path :
         {"tile/0/000", "tile/0/272", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17",
          "tile/2/000.p/1", "tile/entries/000", "tile/entries/273.p/112"}) {
        MemoryLog log(whole);
        ASSERT_EQ(log.files.erase(path), 1U) << path;
        const auto verdict = verdict_on(log);
        EXPECT_THAT(found_in(verdict), Contains(HasSubstr(path)));
        EXPECT_THAT(verdict.checked, Contains(HasSubstr("root over 70000 entries"))) << path;
    }
}

TEST(TileCheck, ends_where_neither_hashes_nor_entries_are_left) {
    MemoryLog log(1'000);
    log.files.erase("tile/0/001");
    log.files.erase("tile/entries/001");
    const auto verdict = verdict_on(log);
    EXPECT_THAT(
        found_in(verdict),
        Contains("tile/0/001 is missing, so that nothing from entry 256 on can be checked"));
    EXPECT_THAT(verdict.checked, testing::Not(Contains(HasSubstr("root over"))));
}

TEST(TileCheck, does_no_more_work_than_there_are_files) {
    MemoryLog log(1);
    const Checkpoint vast{std::string(MemoryLog::origin), TreeSize{UINT64_MAX}, Hash{}, {}};
    const auto note = sign_checkpoint(vast, *fixed_signer(7)).value().note;
    log.files["checkpoint"] = copy_of(bytes_of(note));
    std::size_t asked = 0;
    const auto verdict = verify_tiles(
                             [&](const std::string& path, std::size_t bytes_max) {
                                 ++asked;
                                 return log.reader()(path, bytes_max);
                             },
                             {})
                             .value();
    EXPECT_TRUE(verdict.has_breach());
    EXPECT_LT(asked, 10U);
}

TEST(TileCheck, finds_files_of_another_length) {
    for (const auto* path : {"tile/0/000", "tile/1/000.p/1", "tile/entries/000"}) {
        for (const bool is_longer : {true, false}) {
            MemoryLog log(300);
            auto& file = log.files.at(path);
            file.resize(file.size() + (is_longer ? 1 : 0) - (is_longer ? 0 : 1));
            EXPECT_TRUE(verdict_on(log).has_breach()) << path;
        }
    }
}

TEST(TileCheck, finds_a_root_that_the_entries_do_not_have) {
    MemoryLog log(300);
    log.files["checkpoint"] = copy_of(
        bytes_of(sign_checkpoint(
                     {std::string(MemoryLog::origin), TreeSize{300}, ReferenceTree(299).root(), {}},
                     *fixed_signer(7))
                     .value()
                     .note));
    EXPECT_THAT(
        found_in(verdict_on(log)),
        ElementsAre("the log's 300 entries do not have the root that the checkpoint gives"));
}

TEST(TileCheck, counts_what_the_machine_could_not_read) {
    const MemoryLog log(300);
    const auto reader = log.reader();
    const auto verdict =
        verify_tiles(
            [&](const std::string& path, std::size_t bytes_max) -> Result<Bytes> {
                return path == "tile/entries/000"
                           ? Result<Bytes>(Error{Fault::unavailable, "the disk is out of reach"})
                           : reader(path, bytes_max);
            },
            {})
            .value();
    EXPECT_EQ(verdict.unread, 1U);
    EXPECT_THAT(verdict.not_checked, Contains("tile/entries/000: the disk is out of reach"));
}

TEST(TileCheck, needs_a_checkpoint) {
    MemoryLog log(3);
    log.files["checkpoint"] = copy_of(bytes_of("no checkpoint\n"));
    EXPECT_THAT(found_in(verdict_on(log)), Contains(HasSubstr("the checkpoint cannot be read")));
    log.files.erase("checkpoint");
    EXPECT_EQ(verify_tiles(log.reader(), {}).error().fault, Fault::missing);
}

TEST(TileCheck, asks_for_the_quorum_of_the_policy) {
    MemoryLog log(3);
    const auto policy =
        Policy::parse(log_line(MemoryLog::origin, 7) + witness_line(9) + "quorum w9\n").value();
    const LogQuestion question{.policy = &policy, .now = Instant{2'000'000'000'000}};
    EXPECT_THAT(found_in(verdict_on(log, question)), Contains(HasSubstr("which is not enough")));
    const std::string note(text_of(log.files.at("checkpoint")));
    log.files["checkpoint"] = copy_of(bytes_of(cosigned_by(9, note, 1'679'315'147)));
    const auto verdict = verdict_on(log, question);
    EXPECT_THAT(found_in(verdict), IsEmpty());
    EXPECT_TRUE(verdict.is_vouched_for);
    EXPECT_THAT(verdict.checked, Contains("the cosignature of w9, as of 2023-03-20T12:25:47Z"));
    // By a clock that is behind, the same is worth a word and no more.
    const LogQuestion early{.policy = &policy, .now = Instant{1'000'000'000'000}};
    const auto noted = verdict_on(log, early);
    ASSERT_THAT(noted.findings, SizeIs(1));
    EXPECT_EQ(noted.findings[0].is, Finding::Class::noted);
    EXPECT_FALSE(noted.has_breach());
}

}  // namespace
}  // namespace wsoa
