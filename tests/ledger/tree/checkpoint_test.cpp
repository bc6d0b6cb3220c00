#include "ledger/tree/checkpoint.h"

#include "ledger/tree/hasher.h"
#include "tests/support/files.h"
#include "tests/support/mutants.h"
#include "tests/support/note_keys.h"
#include "tests/support/reference_tree.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

constexpr std::string_view origin = "example.org/wsoa";

Checkpoint sample() { return {std::string(origin), TreeSize{13}, ReferenceTree(13).root(), {}}; }

NoteKey ledger_key() { return note_key(origin, *fixed_signer(7)); }

SignedCheckpoint signed_sample() { return sign_checkpoint(sample(), *fixed_signer(7)).value(); }

TEST(Checkpoint, is_three_lines_and_its_extensions) {
    auto checkpoint = sample();
    const auto root = to_base64(checkpoint.root.view());
    EXPECT_EQ(checkpoint.text(), "example.org/wsoa\n13\n" + root + "\n");
    checkpoint.extensions = {"one", "and two"};
    EXPECT_EQ(checkpoint.text(), "example.org/wsoa\n13\n" + root + "\none\nand two\n");
    EXPECT_EQ(Checkpoint::parse(checkpoint.text()).value(), checkpoint);
}

TEST(Checkpoint, takes_origins_that_name_no_key) {
    auto checkpoint = sample();
    checkpoint.origin = "go.sum database tree";
    EXPECT_EQ(Checkpoint::parse(checkpoint.text()).value(), checkpoint);
}

TEST(Checkpoint, takes_sizes_up_to_64_bits) {
    auto checkpoint = sample();
    for (const std::uint64_t size : {std::uint64_t{0}, std::uint64_t{1}, ~std::uint64_t{0}}) {
        checkpoint.size.value = size;
        EXPECT_EQ(Checkpoint::parse(checkpoint.text()).value(), checkpoint);
    }
}

TEST(Checkpoint, is_refused_when_anything_is_wrong_with_it) {
    const auto root = to_base64(sample().root.view());
    struct Mutation {
        std::string name;
        std::string text;
    };
    const std::vector<Mutation> mutations{
        {"empty", ""},
        {"origin only", "o\n"},
        {"no root", "o\n13\n"},
        {"no last line feed", "o\n13\n" + root},
        {"empty origin", "\n13\n" + root + "\n"},
        {"empty size", "o\n\n" + root + "\n"},
        {"leading zero", "o\n013\n" + root + "\n"},
        {"two zeros", "o\n00\n" + root + "\n"},
        {"plus sign", "o\n+13\n" + root + "\n"},
        {"minus sign", "o\n-13\n" + root + "\n"},
        {"hexadecimal size", "o\n0xd\n" + root + "\n"},
        {"space before the size", "o\n 13\n" + root + "\n"},
        {"size past 64 bits", "o\n18446744073709551616\n" + root + "\n"},
        {"size and root swapped", "o\n" + root + "\n13\n"},
        {"empty root", "o\n13\n\n"},
        {"root of 31 bytes", "o\n13\n" + to_base64(Bytes(31)) + "\n"},
        {"root of 33 bytes", "o\n13\n" + to_base64(Bytes(33)) + "\n"},
        {"root in hexadecimal", "o\n13\n" + to_hex(sample().root.view()) + "\n"},
        {"root without padding", "o\n13\n" + root.substr(0, 43) + "\n"},
        {"root with stray low bits", "o\n13\n" + to_base64(Bytes(32)).replace(42, 1, "B") + "\n"},
        {"empty extension", "o\n13\n" + root + "\n\n"},
        {"empty extension before another", "o\n13\n" + root + "\n\nextension\n"},
        {"extension without line feed", "o\n13\n" + root + "\nextension"},
    };
    for (const auto& mutation : mutations) {
        const auto checkpoint = Checkpoint::parse(mutation.text);
        ASSERT_FALSE(checkpoint.ok()) << mutation.name;
        EXPECT_EQ(checkpoint.error().fault, Fault::invalid) << mutation.name;
    }
}

TEST(Checkpoint, opens_under_the_key_that_signed_it) {
    const auto opened = open_checkpoint(signed_sample().note, ledger_key(), origin);
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    EXPECT_EQ(opened.value(), signed_sample());
    EXPECT_EQ(opened.value().checkpoint, sample());
}

TEST(Checkpoint, does_not_open_under_another_key_or_name) {
    const auto note = signed_sample().note;
    const auto other_key = note_key(origin, *fixed_signer(8));
    EXPECT_EQ(open_checkpoint(note, other_key, origin).error().fault, Fault::distrusted);
    const auto other_name = note_key("example.org/wso", *fixed_signer(7));
    EXPECT_EQ(open_checkpoint(note, other_name, origin).error().fault, Fault::distrusted);
}

TEST(Checkpoint, does_not_open_for_another_origin) {
    const auto note = signed_sample().note;
    for (const auto* other : {"", "example.org", "example.org/wsoa/", "Example.org/wsoa"}) {
        EXPECT_EQ(open_checkpoint(note, ledger_key(), other).error().fault, Fault::distrusted);
    }
}

TEST(Checkpoint, opens_under_a_key_whose_name_is_not_the_origin) {
    auto checkpoint = sample();
    checkpoint.origin = "go.sum database tree";
    const auto signer = fixed_signer(7);
    const auto note = sign_note(checkpoint.text(), "sum.example.org", *signer).value();
    const auto key = note_key("sum.example.org", *signer);
    EXPECT_TRUE(open_checkpoint(note.str(), key, checkpoint.origin).ok());
    EXPECT_FALSE(open_checkpoint(note.str(), key, "sum.example.org").ok());
}

TEST(Checkpoint, opens_beside_lines_of_witnesses_and_keeps_them) {
    const auto note = signed_sample().note + "\u2014 witness.example AAAAAAE=\n";
    const auto opened = open_checkpoint(note, ledger_key(), origin);
    ASSERT_TRUE(opened.ok());
    EXPECT_EQ(opened.value().note, note);
}

TEST(Checkpoint, does_not_open_when_a_signed_text_is_no_checkpoint) {
    const auto note = sign_note("example.org/wsoa\n13\n", origin, *fixed_signer(7)).value();
    EXPECT_EQ(open_checkpoint(note.str(), ledger_key(), origin).error().fault, Fault::invalid);
}

TEST(Checkpoint, of_an_empty_tree_has_the_root_of_an_empty_tree) {
    Checkpoint empty{std::string(origin), TreeSize{0}, empty_root(), {}};
    const auto signer = fixed_signer(7);
    const auto note = sign_checkpoint(empty, *signer).value().note;
    EXPECT_TRUE(open_checkpoint(note, ledger_key(), origin).ok());
    empty.root = Hash{};
    EXPECT_FALSE(sign_checkpoint(empty, *signer).ok());
    const auto forced = sign_note(empty.text(), origin, *signer).value().str();
    EXPECT_EQ(open_checkpoint(forced, ledger_key(), origin).error().fault, Fault::distrusted);
}

TEST(Checkpoint, is_not_signed_when_it_could_not_be_read_back) {
    const auto signer = fixed_signer(7);
    for (const auto* name : {"", "two words", "a+b", "a\nb", "a\n14"}) {
        auto checkpoint = sample();
        checkpoint.origin = name;
        EXPECT_FALSE(sign_checkpoint(checkpoint, *signer).ok()) << name;
    }
    for (const auto* extension : {"", "two\nlines", "a tab\t"}) {
        auto checkpoint = sample();
        checkpoint.extensions = {extension};
        EXPECT_FALSE(sign_checkpoint(checkpoint, *signer).ok()) << extension;
    }
}

TEST(Checkpoint, has_the_bytes_of_the_golden_file) {
    EXPECT_EQ(signed_sample().note, golden("tree/checkpoint"));
    EXPECT_EQ(open_checkpoint(golden("tree/checkpoint"), ledger_key(), origin).value(),
              signed_sample());
}

TEST(Checkpoint, has_one_spelling_among_all_mutants) {
    auto checkpoint = sample();
    checkpoint.extensions = {"one", "two"};
    Mutants mutants(checkpoint.text(), 6);
    std::size_t taken = 0;
    for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
        const auto text = mutants.next();
        const auto read = Checkpoint::parse(text);
        ASSERT_TRUE(!read.ok() || read.value().text() == text) << text;
        taken += read.ok() ? 1U : 0U;
    }
    EXPECT_GT(taken, 1'000U);
}

TEST(Checkpoint, opens_among_all_mutants_only_as_it_was_signed) {
    const auto key = ledger_key();
    Mutants mutants(signed_sample().note + "\u2014 witness.example AAAAAAE=\n", 7);
    std::size_t opened_mutants = 0;
    for (std::size_t i = 0; i < 5'000; ++i) {
        const auto opened = open_checkpoint(mutants.next(), key, origin);
        ASSERT_TRUE(!opened.ok() || opened.value().checkpoint == sample());
        opened_mutants += opened.ok() ? 1U : 0U;
    }
    EXPECT_GT(opened_mutants, 10U);
}

}  // namespace
}  // namespace wsoa
