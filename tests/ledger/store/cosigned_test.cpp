#include "ledger/store/cosigned.h"

#include "ledger/base/limits.h"
#include "tests/support/changes.h"
#include "tests/support/files.h"
#include "tests/support/policies.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::must;

class CosignedCheckpoints : public testing::Test {
protected:
    LedgerFolder ledger() const { return LedgerFolder(temporary_.path()); }
    NoteSignature line(std::uint8_t witness, std::uint64_t seconds) const {
        return must(Note::parse(cosigned_by(witness, note_, seconds))).signatures.back();
    }
    Result<std::string> keep(std::uint64_t size, const std::vector<NoteSignature>& lines) const {
        return keep_cosignatures(ledger(), TreeSize{size}, note_, lines);
    }

    const std::string note_ = golden("tree/checkpoint");
    TempFolder temporary_;
};

TEST_F(CosignedCheckpoints, are_none_at_first) {
    EXPECT_TRUE(must(cosigned_sizes(ledger())).empty());
    EXPECT_EQ(must(cosigned_note(ledger(), TreeSize{13})), std::nullopt);
}

TEST_F(CosignedCheckpoints, gather_what_witnesses_say_one_after_the_other) {
    must(keep(13, {line(9, 1)}));
    const auto kept = must(keep(13, {line(10, 2), line(11, 3)}));
    EXPECT_EQ(kept, note_ + line(9, 1).str() + line(10, 2).str() + line(11, 3).str());
    EXPECT_EQ(must(cosigned_note(ledger(), TreeSize{13})), kept);
}

TEST_F(CosignedCheckpoints, keep_what_a_witness_said_first) {
    must(keep(13, {line(9, 1)}));
    EXPECT_EQ(must(keep(13, {line(9, 500)})), note_ + line(9, 1).str());
}

TEST_F(CosignedCheckpoints, are_listed_by_size) {
    for (const std::uint64_t size : {100U, 9U, 13U}) {
        must(keep(size, {line(9, 1)}));
    }
    must(write_durably(temporary_ / "cosigned/notes.txt", bytes_of("mine"), Access::owner));
    EXPECT_EQ(must(cosigned_sizes(ledger())),
              (std::vector{TreeSize{9}, TreeSize{13}, TreeSize{100}}));
}

TEST_F(CosignedCheckpoints, bear_64_signatures_at_most) {
    std::vector<NoteSignature> lines;
    for (std::size_t i = 1; i < limits::note_signatures_max; ++i) {
        lines.push_back(line(static_cast<std::uint8_t>(100 + i), 1));
    }
    must(keep(13, lines));
    EXPECT_EQ(keep(13, {line(9, 1)}).error().fault, Fault::invalid);
}

TEST_F(CosignedCheckpoints, are_written_by_one_at_a_time) {
    must(keep(13, {line(9, 1)}));
    const auto other = must(OpenFile::open(temporary_ / "cosigned", OpenFile::Use::read));
    ASSERT_TRUE(must(other->try_lock()));
    const std::chrono::milliseconds at_once{0};
    const auto kept = keep_cosignatures(ledger(), TreeSize{13}, note_, {line(10, 1)}, at_once);
    EXPECT_EQ(kept.error().fault, Fault::busy);
}

}  // namespace
}  // namespace wsoa
