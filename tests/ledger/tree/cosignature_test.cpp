#include "ledger/tree/cosignature.h"

#include "ledger/tree/checkpoint.h"
#include "ledger/tree/hasher.h"
#include "tests/support/files.h"
#include "tests/support/golden_text.h"
#include "tests/support/note_keys.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

constexpr std::string_view witness_name = "witness.example.org/w1";
constexpr std::uint64_t noon = 1'679'315'147;

NoteKey witness_key() { return NoteKey::cosigner(witness_name, fixed_signer(9)->key()).value(); }

std::string text() { return Note::parse(golden("tree/checkpoint")).value().text; }

NoteSignature sample() { return cosign(text(), witness_name, *fixed_signer(9), noon).value(); }

TEST(Cosignature, holds_over_the_checkpoint_that_it_was_given_for) {
    const auto checked = check_cosignature(text(), sample(), witness_key());
    ASSERT_TRUE(checked.ok()) << checked.error().message;
    EXPECT_EQ(checked.value().seconds, noon);
    EXPECT_EQ(sample().bytes, checked.value().bytes());
}

TEST(Cosignature, signs_a_message_that_begins_with_its_purpose_and_its_time) {
    EXPECT_EQ(cosigned_message(noon, "a\n1\nb\n"), "cosignature/v1\ntime 1679315147\na\n1\nb\n");
}

TEST(Cosignature, covers_extension_lines_too) {
    const auto extended = text() + "an extension\n";
    const auto line = cosign(extended, witness_name, *fixed_signer(9), noon).value();
    EXPECT_TRUE(check_cosignature(extended, line, witness_key()).ok());
    EXPECT_EQ(check_cosignature(text(), line, witness_key()).error().fault, Fault::distrusted);
}

TEST(Cosignature, is_distrusted_when_one_bit_of_it_is_another) {
    for (std::size_t bit = 0; bit < 72 * 8; ++bit) {
        auto line = sample();
        line.bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        const auto checked = check_cosignature(text(), line, witness_key());
        ASSERT_FALSE(checked.ok()) << bit;
        EXPECT_EQ(checked.error().fault, Fault::distrusted) << bit;
    }
}

TEST(Cosignature, is_distrusted_when_it_is_cut_or_continued) {
    for (const std::size_t size : {0U, 8U, 64U, 71U, 73U}) {
        auto line = sample();
        line.bytes.resize(size);
        EXPECT_EQ(check_cosignature(text(), line, witness_key()).error().fault, Fault::distrusted);
    }
}

TEST(Cosignature, is_of_one_name_and_one_id) {
    const auto signer = fixed_signer(9);
    const auto renamed = NoteKey::cosigner("witness.example.org/w2", signer->key()).value();
    EXPECT_FALSE(check_cosignature(text(), sample(), renamed).ok());
    auto line = sample();
    line.name = "witness.example.org/w2";
    EXPECT_FALSE(check_cosignature(text(), line, witness_key()).ok());
    line = sample();
    line.key_id ^= 1;
    EXPECT_FALSE(check_cosignature(text(), line, witness_key()).ok());
}

TEST(Cosignature, is_not_checked_by_a_key_that_signs_logs) {
    const auto key = note_key(witness_name, *fixed_signer(9));
    EXPECT_NE(key.id(), witness_key().id());
    EXPECT_EQ(check_cosignature(text(), sample(), key).error().fault, Fault::invalid);
}

TEST(Cosignature, is_no_signature_of_a_log_though_the_key_be_the_same) {
    auto note = Note::parse(golden("tree/checkpoint")).value();
    note.signatures = {sample()};
    EXPECT_FALSE(
        check_note(note, std::vector{note_key(witness_name, *fixed_signer(9)), witness_key()})
            .ok());
}

TEST(Cosignature, bears_a_time_of_63_bits) {
    const auto signer = fixed_signer(9);
    const auto last = cosign(text(), witness_name, *signer, Cosignature::seconds_max);
    ASSERT_TRUE(last.ok()) << last.error().message;
    EXPECT_TRUE(check_cosignature(text(), last.value(), witness_key()).ok());
    EXPECT_FALSE(cosign(text(), witness_name, *signer, Cosignature::seconds_max + 1).ok());

    // One that signs such a time all the same.
    const auto late = Cosignature::seconds_max + 1;
    const Cosignature made{late, signer->sign(bytes_of(cosigned_message(late, text())))};
    const NoteSignature line{std::string(witness_name), witness_key().id(), made.bytes()};
    EXPECT_EQ(check_cosignature(text(), line, witness_key()).error().fault, Fault::distrusted);
}

TEST(Cosignature, is_given_for_checkpoints_alone) {
    const auto signer = fixed_signer(9);
    for (const auto* other : {"", "not a checkpoint\n", "origin\n01\nAAAA\n"}) {
        EXPECT_FALSE(cosign(other, witness_name, *signer, noon).ok()) << other;
    }
    for (const auto* name : {"", "a b", "a+b"}) {
        EXPECT_FALSE(cosign(text(), name, *signer, noon).ok()) << name;
    }
}

TEST(Cosignature, has_the_bytes_of_the_golden_file) {
    test::expect_golden_text("tree/cosigned.checkpoint",
                             golden("tree/checkpoint") + sample().str());
    test::expect_golden_text("tree/witness.vkey", witness_key().str() + "\n");
}

TEST(SignatureLines, are_read_back_as_they_were_written) {
    const auto one = sample();
    const auto other = sign_note("text\n", "example.org/a", *fixed_signer(1)).value().signatures[0];
    const auto lines = parse_signature_lines(one.str() + other.str());
    ASSERT_TRUE(lines.ok()) << lines.error().message;
    EXPECT_EQ(lines.value(), (std::vector{one, other}));
}

TEST(SignatureLines, are_refused_when_there_is_anything_else) {
    const auto line = sample().str();
    for (const auto& wrong :
         {std::string(), std::string("\n"), line + "\n", "\n" + line, line + "more\n",
          line.substr(0, line.size() - 1), golden("tree/cosigned.checkpoint")}) {
        const auto lines = parse_signature_lines(wrong);
        ASSERT_FALSE(lines.ok()) << wrong;
        EXPECT_EQ(lines.error().fault, Fault::invalid);
    }
}

}  // namespace
}  // namespace wsoa
