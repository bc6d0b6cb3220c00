#include "ledger/store/backup_facts.h"

#include "ledger/store/files.h"
#include "ledger/tree/checkpoint.h"
#include "tests/support/changes.h"
#include "tests/support/golden_text.h"
#include "tests/support/mutants.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

BackupFacts facts() {
    Secret seed(Bytes(32, 7));
    const auto signer = must(MemorySigner::from_seed(seed));
    const auto checkpoint = must(sign_checkpoint(Checkpoint{.origin = "ledger.example.gov.uk/send",
                                                            .size = TreeSize{411},
                                                            .root = hash_of_byte(9),
                                                            .extensions = {}},
                                                 *signer));
    return {.ledger = hash_of_byte(1),
            .origin = must(Origin::parse("ledger.example.gov.uk/send")),
            .size = TreeSize{411},
            .root = hash_of_byte(9),
            .files = 12,
            .bytes = 345'678,
            .made = must(parse_instant("2023-11-14T22:13:20Z")),
            .note = checkpoint.note};
}

TEST(BackupFacts, keep_their_format) { expect_golden_text("store/backup.txt", facts().str()); }

TEST(BackupFacts, are_read_back_as_they_were_written) {
    const auto read = must(BackupFacts::parse(facts().str()));
    EXPECT_EQ(read.str(), facts().str());
    EXPECT_EQ(read.folder(), "ledger-411");
    EXPECT_EQ(read.note, facts().note);
}

TEST(BackupFacts, are_about_the_size_and_root_of_their_checkpoint) {
    auto other = facts();
    other.size = TreeSize{412};
    EXPECT_EQ(BackupFacts::parse(other.str()).error().fault, Fault::corrupt);
    other = facts();
    other.root = hash_of_byte(8);
    EXPECT_EQ(BackupFacts::parse(other.str()).error().fault, Fault::corrupt);
}

TEST(BackupFacts, are_their_own_spelling_among_all_mutants) {
    Mutants mutants(facts().str(), 1);
    for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
        const auto text = mutants.next();
        const auto read = BackupFacts::parse(text);
        ASSERT_TRUE(!read.ok() || read.value().str() == text) << text;
    }
}

TEST(BackupFacts, are_missing_where_there_is_no_backup) {
    const TempFolder folder;
    EXPECT_EQ(BackupFacts::read(folder.path()).error().fault, Fault::missing);
    must(write_durably(folder / "backup.txt", bytes_of("wsoa-backup/v1\n"), Access::owner));
    EXPECT_EQ(BackupFacts::read(folder.path()).error().fault, Fault::corrupt);
}

}  // namespace
}  // namespace wsoa::test
