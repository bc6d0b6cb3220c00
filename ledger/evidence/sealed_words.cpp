#include "ledger/evidence/sealed_words.h"

#include "ledger/base/limits.h"
#include "ledger/evidence/seal.h"

#include <algorithm>

namespace wsoa {
namespace {

constexpr std::uint8_t format_version = 1;
constexpr std::uint16_t field_max = (1U << word_levels) - 1;
constexpr std::size_t salt_bytes = 32;
constexpr std::size_t sealed_bytes_min = salt_bytes + 1 + seal_tag_bytes;
constexpr std::size_t sealed_bytes_max = salt_bytes + limits::word_bytes_max + seal_tag_bytes;

std::uint16_t ordinal(schema::WordField field) { return static_cast<std::uint16_t>(field); }

WordPlace place_of(const WordsOwner& owner, const WordCommitment& commitment) {
    return {owner.ledger, owner.index, commitment.field, commitment.commitment};
}

Result<Word> open_one(const WordPlace& place, const Secret& leaf, ByteView sealed) {
    const auto plaintext = TRY(open_word(place, leaf, sealed));
    const auto word = TRY(word_from_bytes(place.field, plaintext.view()));
    if (commit_to(place.ledger, word) != place.commitment) {
        return Error{Fault::distrusted, "the word is not the one that the event commits to"};
    }
    return word;
}

OpenedWord opened(const WordPlace& place, ByteView sealed, KeyWalk& keys) {
    const auto index = word_leaf(place.index, place.field);
    if (!index.ok()) {
        return {place.field, index.error()};
    }
    const auto leaf = keys.derive(index.value());
    if (!leaf.ok()) {
        return {place.field, Erased{}};
    }
    auto word = open_one(place, *leaf.value(), sealed);
    if (!word.ok()) {
        return {place.field,
                std::move(word).error().explain("opening field {} of event {}",
                                                ordinal(place.field), place.index.value)};
    }
    return {place.field, std::move(word).value()};
}

}  // namespace

Bytes encode_sealed_words(const std::vector<SealedWord>& words) {
    CHECK(words.size() <= field_max);
    Bytes bytes;
    bytes.push_back(format_version);
    bytes.push_back(static_cast<std::uint8_t>(words.size()));
    for (const auto& word : words) {
        append_u16(bytes, ordinal(word.field));
        append_u32(bytes, static_cast<std::uint32_t>(word.sealed.size()));
        append(bytes, word.sealed);
    }
    return bytes;
}

Result<std::vector<SealedWord>> decode_sealed_words(ByteView bytes) {
    ByteReader reader(bytes);
    const auto version = TRY(reader.u8());
    if (version != format_version) {
        return error(Fault::corrupt, "sealed words have version {}, not {}", format_version,
                     version);
    }
    const auto count = TRY(reader.u8());
    std::vector<SealedWord> words;
    std::uint16_t previous = 0;
    for (unsigned i = 0; i < count; ++i) {
        const auto field = TRY(reader.u16());
        const auto length = TRY(reader.u32());
        if (field <= previous || field > field_max) {
            return Error{Fault::corrupt, "the fields of sealed words are out of order"};
        }
        if (length < sealed_bytes_min || length > sealed_bytes_max) {
            return error(Fault::corrupt, "no sealed word has {} bytes", length);
        }
        const auto sealed = TRY(reader.take(length));
        words.push_back({static_cast<schema::WordField>(field), copy_of(sealed)});
        previous = field;
    }
    TRY(reader.finish());
    return words;
}

Result<Bytes> seal_words(const WordsOwner& owner, const std::vector<Word>& words,
                         const std::vector<WordCommitment>& commitments, const KeyTree& tree) {
    // A key follows from the commitment: sealed under another word's, it would not open again.
    TRY(match_words(owner.ledger, words, commitments));
    KeyWalk keys(tree);
    std::vector<SealedWord> sealed;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto index = TRY(word_leaf(owner.index, words[i].field));
        const auto* const leaf = TRY(keys.derive(index));
        const Secret plaintext(word_bytes(words[i]));
        sealed.push_back(
            {words[i].field, seal_word(place_of(owner, commitments[i]), *leaf, plaintext.view())});
    }
    return encode_sealed_words(sealed);
}

Result<std::vector<OpenedWord>> open_words(const WordsOwner& owner, ByteView record,
                                           const std::vector<WordCommitment>& commitments,
                                           const KeyTree& tree) {
    KeyWalk keys(tree);
    return open_words(owner, record, commitments, keys);
}

Result<std::vector<OpenedWord>> open_words(const WordsOwner& owner, ByteView record,
                                           const std::vector<WordCommitment>& commitments,
                                           KeyWalk& keys) {
    const auto sealed = TRY(decode_sealed_words(record));
    if (!std::ranges::equal(sealed, commitments, {}, &SealedWord::field, &WordCommitment::field)) {
        return error(Fault::corrupt,
                     "the sealed words of event {} are not those that it commits to",
                     owner.index.value);
    }
    // An event past the end of the tree has no keys.
    TRY(word_node(owner.index));
    std::vector<OpenedWord> words;
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        words.push_back(opened(place_of(owner, commitments[i]), sealed[i].sealed, keys));
    }
    return words;
}

}  // namespace wsoa
