#include "ledger/evidence/sealed_words.h"

#include "ledger/base/limits.h"
#include "ledger/evidence/seal.h"
#include "tests/ledger/evidence/samples.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::golden;
using test::hash_from;
using test::secret_from;

const WordsOwner owner{hash_from(1), {812}};

std::vector<Word> sample_words() {
    return {{schema::WordField::TEXT, hash_from(20), "14 of 22 staff trained"},
            {schema::WordField::REASON, hash_from(21), "two posts are vacant until May"},
            {schema::WordField::BLOCKERS, hash_from(22), "No appointable candidates"}};
}

std::vector<WordCommitment> commitments_of(const std::vector<Word>& words) {
    std::vector<WordCommitment> commitments;
    for (const auto& word : words) {
        commitments.push_back({word.field, commit_to(owner.ledger, word)});
    }
    return commitments;
}

std::vector<WordCommitment> sample_commitments() { return commitments_of(sample_words()); }
KeyTree sample_tree() { return KeyTree(secret_from(0)); }

Bytes sample_record() {
    return seal_words(owner, sample_words(), sample_commitments(), sample_tree()).value();
}

std::vector<OpenedWord> opened(ByteView record, const KeyTree& tree) {
    return open_words(owner, record, sample_commitments(), tree).value();
}

const Error* error_in(const OpenedWord& word) { return std::get_if<Error>(&word.outcome); }

TEST(SealedWords, open_to_the_words_that_were_sealed) {
    const auto words = sample_words();
    const auto found = opened(sample_record(), sample_tree());
    ASSERT_EQ(found.size(), words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        EXPECT_EQ(found[i].field, words[i].field);
        EXPECT_EQ(std::get<Word>(found[i].outcome), words[i]);
    }
}

TEST(SealedWords, have_the_golden_bytes) {
    EXPECT_EQ(to_hex(sample_record()), golden("sealed_words.hex"));
}

TEST(SealedWords, hold_nothing_of_their_text_or_salts) {
    const auto record = sample_record();
    for (const auto& word : sample_words()) {
        EXPECT_EQ(text_of(record).find(word.text), std::string_view::npos);
        EXPECT_EQ(text_of(record).find(text_of(word.salt.view())), std::string_view::npos);
    }
}

TEST(SealedWords, show_a_forgotten_field_as_erased_and_the_others_as_before) {
    auto tree = sample_tree();
    ASSERT_TRUE(tree.forget(word_leaf(owner.index, schema::WordField::REASON).value()).ok());
    const auto found = opened(sample_record(), tree);
    EXPECT_EQ(std::get<Word>(found[0].outcome), sample_words()[0]);
    EXPECT_TRUE(std::holds_alternative<Erased>(found[1].outcome));
    EXPECT_EQ(std::get<Word>(found[2].outcome), sample_words()[2]);
}

TEST(SealedWords, are_all_erased_when_their_event_is_forgotten) {
    auto tree = sample_tree();
    ASSERT_TRUE(tree.forget_range(word_node(owner.index).value()).ok());
    for (const auto& word : opened(sample_record(), tree)) {
        EXPECT_TRUE(std::holds_alternative<Erased>(word.outcome));
    }
}

TEST(SealedWords, do_not_open_as_those_of_another_event) {
    const auto found =
        open_words({owner.ledger, {813}}, sample_record(), sample_commitments(), sample_tree());
    for (const auto& word : found.value()) {
        ASSERT_NE(error_in(word), nullptr);
        EXPECT_EQ(error_in(word)->fault, Fault::distrusted);
    }
}

TEST(SealedWords, do_not_open_as_those_of_another_ledger) {
    const auto found = open_words({hash_from(9), owner.index}, sample_record(),
                                  sample_commitments(), sample_tree());
    for (const auto& word : found.value()) {
        ASSERT_NE(error_in(word), nullptr);
        EXPECT_EQ(error_in(word)->fault, Fault::distrusted);
    }
}

TEST(SealedWords, do_not_open_when_two_fields_change_places) {
    auto sealed = decode_sealed_words(sample_record()).value();
    std::swap(sealed[0].sealed, sealed[1].sealed);
    const auto found = opened(encode_sealed_words(sealed), sample_tree());
    EXPECT_NE(error_in(found[0]), nullptr);
    EXPECT_NE(error_in(found[1]), nullptr);
    EXPECT_TRUE(std::holds_alternative<Word>(found[2].outcome));
}

TEST(SealedWords, hide_no_word_behind_another_that_is_damaged) {
    auto sealed = decode_sealed_words(sample_record()).value();
    sealed[1].sealed[40] = static_cast<std::uint8_t>(sealed[1].sealed[40] ^ 1U);
    const auto found = opened(encode_sealed_words(sealed), sample_tree());
    EXPECT_TRUE(std::holds_alternative<Word>(found[0].outcome));
    ASSERT_NE(error_in(found[1]), nullptr);
    EXPECT_EQ(error_in(found[1])->fault, Fault::distrusted);
    EXPECT_NE(error_in(found[1])->message.find("event 812"), std::string::npos);
    EXPECT_TRUE(std::holds_alternative<Word>(found[2].outcome));
}

// Someone who holds the vault seals another text under the key of what was committed to.
TEST(SealedWords, are_held_against_their_commitment) {
    const auto commitments = sample_commitments();
    auto sealed = decode_sealed_words(sample_record()).value();
    auto other = sample_words()[0];
    other.text = "22 of 22 staff trained";
    const WordPlace place{owner.ledger, owner.index, other.field, commitments[0].commitment};
    const auto leaf = sample_tree().derive(word_leaf(owner.index, other.field).value()).value();
    sealed[0].sealed = seal_word(place, leaf, word_bytes(other));
    const auto found = opened(encode_sealed_words(sealed), sample_tree());
    ASSERT_NE(error_in(found[0]), nullptr);
    EXPECT_EQ(error_in(found[0])->fault, Fault::distrusted);
    EXPECT_NE(error_in(found[0])->message.find("commits to"), std::string::npos);
}

TEST(SealedWords, are_refused_when_a_field_is_missing_or_was_never_committed_to) {
    auto fewer = sample_commitments();
    fewer.pop_back();
    EXPECT_EQ(open_words(owner, sample_record(), fewer, sample_tree()).error().fault,
              Fault::corrupt);
    auto sealed = decode_sealed_words(sample_record()).value();
    sealed.pop_back();
    EXPECT_EQ(open_words(owner, encode_sealed_words(sealed), sample_commitments(), sample_tree())
                  .error()
                  .fault,
              Fault::corrupt);
}

TEST(SealedWords, are_not_made_of_words_that_the_event_does_not_commit_to) {
    auto words = sample_words();
    words[0].text += ".";
    EXPECT_EQ(seal_words(owner, words, sample_commitments(), sample_tree()).error().fault,
              Fault::distrusted);
}

TEST(SealedWords, are_not_made_under_a_forgotten_leaf) {
    auto tree = sample_tree();
    ASSERT_TRUE(tree.forget(word_leaf(owner.index, schema::WordField::REASON).value()).ok());
    EXPECT_EQ(seal_words(owner, sample_words(), sample_commitments(), tree).error().fault,
              Fault::missing);
}

TEST(SealedWords, are_none_for_an_event_without_words) {
    const auto record = seal_words(owner, {}, {}, sample_tree()).value();
    EXPECT_EQ(to_hex(record), "0100");
    EXPECT_TRUE(open_words(owner, record, {}, sample_tree()).value().empty());
}

TEST(SealedWords, hold_the_longest_word) {
    const std::vector<Word> words{
        {schema::WordField::TEXT, hash_from(20), std::string(limits::word_bytes_max, 'x')}};
    const auto record = seal_words(owner, words, commitments_of(words), sample_tree()).value();
    const auto found = open_words(owner, record, commitments_of(words), sample_tree()).value();
    EXPECT_EQ(std::get<Word>(found[0].outcome), words[0]);
}

// A record of one field, as a forger would write it.
Bytes forged(std::uint16_t field, std::uint32_t length, std::size_t present) {
    Bytes bytes{1, 1};
    append_u16(bytes, field);
    append_u32(bytes, length);
    bytes.resize(bytes.size() + present);
    return bytes;
}

TEST(SealedWords, are_read_strictly) {
    EXPECT_TRUE(decode_sealed_words(forged(63, 49, 49)).ok());
    EXPECT_FALSE(decode_sealed_words(forged(0, 49, 49)).ok());
    EXPECT_FALSE(decode_sealed_words(forged(64, 49, 49)).ok());
    EXPECT_FALSE(decode_sealed_words(forged(1, 48, 48)).ok());
    EXPECT_FALSE(decode_sealed_words(forged(1, 50, 49)).ok());
    EXPECT_FALSE(decode_sealed_words(forged(1, 49, 50)).ok());
    EXPECT_FALSE(decode_sealed_words(forged(1, 0xffffffffU, 49)).ok());
    EXPECT_TRUE(decode_sealed_words(forged(1, 32'768 + 48, 32'768 + 48)).ok());
    EXPECT_FALSE(decode_sealed_words(forged(1, 32'768 + 49, 32'768 + 49)).ok());
}

TEST(SealedWords, are_refused_in_another_version_or_order) {
    auto version = sample_record();
    version[0] = 2;
    EXPECT_EQ(decode_sealed_words(version).error().fault, Fault::corrupt);
    auto sealed = decode_sealed_words(sample_record()).value();
    std::swap(sealed[0], sealed[1]);
    EXPECT_EQ(decode_sealed_words(encode_sealed_words(sealed)).error().fault, Fault::corrupt);
    sealed[0] = sealed[1];
    EXPECT_EQ(decode_sealed_words(encode_sealed_words(sealed)).error().fault, Fault::corrupt);
}

TEST(SealedWords, answer_damaged_bytes_with_an_error_or_the_same_bytes_again) {
    test::Mutants mutants(sample_record(), 2);
    for (int turn = 0; turn < 100'000; ++turn) {
        const auto mutant = mutants.next();
        const auto read = decode_sealed_words(mutant);
        if (read.ok()) {
            ASSERT_EQ(encode_sealed_words(read.value()), mutant) << turn;
        } else {
            ASSERT_EQ(read.error().fault, Fault::corrupt) << turn;
        }
    }
}

// Whatever becomes of the record, what opens is what was sealed.
TEST(SealedWords, never_open_to_anything_but_what_was_sealed) {
    const auto words = sample_words();
    const auto commitments = sample_commitments();
    const auto tree = sample_tree();
    test::Mutants mutants(sample_record(), 3);
    for (int turn = 0; turn < 2'000; ++turn) {
        const auto found = open_words(owner, mutants.next(), commitments, tree);
        if (!found.ok()) {
            continue;
        }
        for (std::size_t i = 0; i < words.size(); ++i) {
            const auto* word = std::get_if<Word>(&found.value()[i].outcome);
            ASSERT_TRUE(word == nullptr || *word == words[i]) << turn;
        }
    }
}

}  // namespace
}  // namespace wsoa
