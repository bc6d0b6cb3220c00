#include "ledger/tree/anchored.h"

#include "ledger/base/sha256.h"
#include "tests/support/changes.h"
#include "tests/support/files.h"
#include "tests/support/golden_text.h"
#include "tests/support/policies.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::must;

constexpr std::uint64_t noon = 1'679'315'147;

const std::string own_note = golden("tree/checkpoint");
NoteKey log_key() { return must(NoteKey::parse(golden("tree/wsoa.vkey").substr(0, 70))); }

std::vector<SaidByWitness> said_in(const std::string& note) {
    return must(said_by_witnesses(must(Note::parse(note)), log_key()));
}

TEST(AnchoredNote, is_the_text_the_logs_line_and_one_witnesss_line) {
    const auto kept = cosigned_by(10, cosigned_by(9, own_note, noon), noon + 5);
    const auto said = said_in(kept);
    ASSERT_EQ(said.size(), 2U);
    const auto second = must(anchored_note(must(Note::parse(kept)), log_key(), said.back().line));
    EXPECT_EQ(second, cosigned_by(10, own_note, noon + 5));
    test::expect_golden_text("tree/anchored.note", second);
    test::expect_golden_text("tree/anchored.digest", to_hex(said.back().digest.view()) + "\n");
}

TEST(AnchoredNote, stays_the_same_whatever_other_witnesses_add) {
    const auto alone = said_in(cosigned_by(9, own_note, noon));
    const auto among_others =
        said_in(cosigned_by(11, cosigned_by(9, cosigned_by(10, own_note, 1), noon), noon));
    ASSERT_EQ(among_others.size(), 3U);
    EXPECT_EQ(among_others[1], alone.front());
    EXPECT_EQ(alone.front().seconds, noon);
}

TEST(AnchoredNote, is_another_for_another_time_witness_or_text) {
    const auto digest = said_in(cosigned_by(9, own_note, noon)).front().digest;
    EXPECT_NE(said_in(cosigned_by(9, own_note, noon + 1)).front().digest, digest);
    EXPECT_NE(said_in(cosigned_by(10, own_note, noon)).front().digest, digest);
}

TEST(AnchoredNote, passes_over_lines_that_are_no_cosignatures) {
    auto kept = must(Note::parse(cosigned_by(9, own_note, noon)));
    auto grease = kept.signatures.back();
    grease.bytes.push_back(7);
    kept.signatures.insert(kept.signatures.begin(), grease);
    EXPECT_EQ(said_in(kept.str()).size(), 1U);
    EXPECT_TRUE(said_in(own_note).empty());
}

TEST(AnchoredNote, is_missing_where_the_log_has_not_signed) {
    auto kept = must(Note::parse(cosigned_by(9, own_note, noon)));
    kept.signatures.erase(kept.signatures.begin());
    EXPECT_EQ(said_by_witnesses(kept, log_key()).error().fault, Fault::missing);
}

}  // namespace
}  // namespace wsoa
