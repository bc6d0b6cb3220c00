#include "ledger/event/words.h"

#include "ledger/event/kinds.h"

#include "ledger/base/limits.h"
#include "tests/support/changes.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using namespace test;
using schema::WordField;

std::vector<WordCommitment> committed(const Hash& ledger, const std::vector<Word>& words) {
    std::vector<WordCommitment> commitments;
    for (const auto& word : words) {
        commitments.push_back({word.field, commit_to(ledger, word)});
    }
    return commitments;
}

const Hash ledger = hash_of_byte(0x1e);

// The mismatch that match_words finds.
Error mismatch(const std::vector<Word>& words, const std::vector<WordCommitment>& commitments) {
    auto matched = match_words(ledger, words, commitments);
    EXPECT_FALSE(matched.ok());
    return matched.ok() ? Error{} : std::move(matched).error();
}

// The hashes are those that another program (Python's hashlib) gives.
TEST(Commitment, is_sha256_over_label_ledger_field_salt_and_text) {
    const auto words = sample_words();
    EXPECT_EQ(to_hex(commit_to(ledger, words[0]).view()),
              "96bb397009a20de21c961696b4c75f1269ee5cab2f2baa4033f1e2f853761c1d");
    EXPECT_EQ(to_hex(commit_to(ledger, words[1]).view()),
              "24a5d9883b2085d7c1611ec8d574cfebaf7cf1aafca4d887c4880bfca977495e");
}

TEST(Commitment, of_event_0_takes_a_ledger_of_zeros) {
    Word word{WordField::NAME, {}, "Si\u00e2n N\u00ed Dh\u00e1laigh"};
    for (std::size_t i = 0; i < word.salt.bytes.size(); ++i) {
        word.salt.bytes[i] = static_cast<std::uint8_t>(i);
    }
    EXPECT_EQ(to_hex(commit_to(Hash{}, word).view()),
              "d4e87c1991ecf1f86e247134b5139890e4f59521f8698d84532bf6da7d741f04");
}

TEST(Commitment, differs_with_every_part) {
    const auto word = sample_words().front();
    const auto original = commit_to(ledger, word);
    auto other = word;
    other.field = WordField::REASON;
    EXPECT_NE(commit_to(ledger, other), original);
    other = word;
    other.salt.bytes[31] ^= 1;
    EXPECT_NE(commit_to(ledger, other), original);
    other = word;
    other.text += ".";
    EXPECT_NE(commit_to(ledger, other), original);
    EXPECT_NE(commit_to(hash_of_byte(0x1f), word), original);
}

TEST(Commitment, of_one_field_is_checked_without_the_others) {
    const auto change = read_sample(Kind::PROGRESS_RECORDED);
    const auto& envelope = change.envelope();
    const auto words = sample_words();
    ASSERT_EQ(envelope.words.size(), words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        EXPECT_EQ(envelope.words[i].field, words[i].field);
        EXPECT_EQ(envelope.words[i].commitment, commit_to(envelope.ledger, words[i]));
    }
}

TEST(Words, in_order_and_in_nfc_are_taken) {
    EXPECT_TRUE(check_words(sample_words()).ok());
    EXPECT_TRUE(check_words({}).ok());
}

TEST(Words, of_the_largest_size_are_taken_and_no_larger) {
    auto words = sample_words();
    words[0].text = std::string(limits::word_bytes_max, 'a');
    EXPECT_TRUE(check_words(words).ok());
    words[0].text += 'a';
    const auto checked = check_words(words);
    EXPECT_EQ(checked.error().fault, Fault::invalid);
    EXPECT_NE(checked.error().message.find("\"text\""), std::string::npos);
}

TEST(Words, out_of_order_are_refused) {
    auto words = sample_words();
    std::swap(words[0], words[1]);
    EXPECT_EQ(check_words(words).error().fault, Fault::invalid);
}

TEST(Words, twice_in_one_field_are_refused) {
    auto words = sample_words();
    words[1].field = words[0].field;
    EXPECT_EQ(check_words(words).error().fault, Fault::invalid);
}

TEST(Words, in_no_field_or_an_unknown_one_are_refused) {
    auto words = sample_words();
    words[0].field = WordField::UNSET;
    EXPECT_EQ(check_words(words).error().fault, Fault::invalid);
    words[0].field = static_cast<WordField>(all_words().size() + 1);
    EXPECT_EQ(check_words(words).error().fault, Fault::invalid);
}

TEST(Words, that_check_text_refuses_are_refused_by_the_name_of_their_field) {
    for (const auto* text : {"", "line\nbreak", "e\xcc\x81", "\xff"}) {
        auto words = sample_words();
        words[1].text = text;
        const auto checked = check_words(words);
        ASSERT_FALSE(checked.ok()) << text;
        EXPECT_EQ(checked.error().fault, Fault::invalid);
        EXPECT_NE(checked.error().message.find("\"nextSteps\""), std::string::npos);
    }
}

TEST(Words, match_their_own_commitments) {
    const auto words = sample_words();
    EXPECT_TRUE(match_words(ledger, words, committed(ledger, words)).ok());
    EXPECT_TRUE(match_words(ledger, {}, {}).ok());
}

TEST(Words, of_another_ledger_do_not_match) {
    const auto words = sample_words();
    const auto matched = match_words(hash_of_byte(0x1f), words, committed(ledger, words));
    EXPECT_EQ(matched.error().fault, Fault::distrusted);
}

TEST(Words, that_were_altered_do_not_match_and_are_named) {
    const auto words = sample_words();
    auto altered = words;
    altered[1].text += "!";
    const auto refusal = mismatch(altered, committed(ledger, words));
    EXPECT_EQ(refusal.fault, Fault::distrusted);
    EXPECT_NE(refusal.message.find("\"nextSteps\""), std::string::npos) << refusal.message;
}

TEST(Words, that_are_missing_do_not_match_and_are_named) {
    const auto words = sample_words();
    const auto commitments = committed(ledger, words);
    EXPECT_NE(mismatch({words[0]}, commitments).message.find("\"nextSteps\" is missing"),
              std::string::npos);
    EXPECT_NE(mismatch({words[1]}, commitments).message.find("\"text\" is missing"),
              std::string::npos);
    EXPECT_EQ(mismatch({}, commitments).fault, Fault::distrusted);
}

TEST(Words, that_nobody_committed_to_do_not_match_and_are_named) {
    const auto words = sample_words();
    const auto commitments = committed(ledger, words);
    EXPECT_NE(mismatch(words, {commitments[0]}).message.find("\"nextSteps\" is not committed to"),
              std::string::npos);
    EXPECT_NE(mismatch(words, {commitments[1]}).message.find("\"text\" is not committed to"),
              std::string::npos);
}

TEST(Words, of_a_field_that_this_program_does_not_know_are_named_by_number) {
    const auto words = sample_words();
    auto commitments = committed(ledger, words);
    commitments.push_back({static_cast<WordField>(40), Hash{}});
    EXPECT_NE(mismatch(words, commitments).message.find("field 40"), std::string::npos);
}

TEST(WordBytes, are_salt_and_text) {
    const auto word = sample_words().front();
    const auto bytes = word_bytes(word);
    ASSERT_EQ(bytes.size(), 32 + word.text.size());
    EXPECT_EQ(bytes[31], 0x02);
    EXPECT_EQ(text_of(ByteView(bytes).subspan(32)), word.text);
}

TEST(WordBytes, read_back_as_they_were) {
    for (const auto& word : sample_words()) {
        EXPECT_EQ(must(word_from_bytes(word.field, word_bytes(word))), word);
    }
}

TEST(WordBytes, without_a_whole_salt_or_any_text_are_refused) {
    EXPECT_EQ(word_from_bytes(WordField::TEXT, Bytes(31)).error().fault, Fault::invalid);
    EXPECT_EQ(word_from_bytes(WordField::TEXT, Bytes(32)).error().fault, Fault::invalid);
    EXPECT_EQ(word_from_bytes(WordField::TEXT, {}).error().fault, Fault::invalid);
}

TEST(WordBytes, of_no_known_field_are_refused) {
    const auto bytes = word_bytes(sample_words().front());
    EXPECT_EQ(word_from_bytes(WordField::UNSET, bytes).error().fault, Fault::invalid);
    EXPECT_EQ(word_from_bytes(static_cast<WordField>(all_words().size() + 1), bytes).error().fault,
              Fault::invalid);
}

TEST(WordBytes, with_text_that_check_text_refuses_are_refused) {
    auto bytes = word_bytes(sample_words().front());
    bytes[40] = 0;
    EXPECT_EQ(word_from_bytes(WordField::TEXT, bytes).error().fault, Fault::invalid);
}

}  // namespace
}  // namespace wsoa
