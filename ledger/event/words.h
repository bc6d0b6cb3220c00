#pragma once

#include "ledger/base/bytes.h"
#include "schemas/types.capnp.h"

#include <string>
#include <vector>

namespace wsoa {

// One field of what a person typed, with the salt that its commitment hides it under. The event
// commits to each field apart, so that fields can be disclosed and erased one by one.
struct Word {
    schema::WordField field = schema::WordField::UNSET;
    Hash salt;  // 32 bytes from Random, never used twice
    std::string text;

    bool operator==(const Word&) const = default;
};

// What the event holds of a word.
struct WordCommitment {
    schema::WordField field = schema::WordField::UNSET;
    Hash commitment;

    auto operator<=>(const WordCommitment&) const = default;
};

// SHA-256("wsoa-ledger/word/v1" || 0x0a || ledger || u16 field || salt || text).
Hash commit_to(const Hash& ledger, const Word& word);

// Words in order, each field at most once, each text as check_text has it within word_bytes_max.
Result<void> check_words(const std::vector<Word>& words);

// Whether the words are just those that were committed to, none more, none less. `distrusted` names
// the field that differs.
Result<void> match_words(const Hash& ledger, const std::vector<Word>& words,
                         const std::vector<WordCommitment>& commitments);

// One word as bytes for sealing and for its way to the keeper: salt || text; the field stands
// beside it.
Bytes word_bytes(const Word& word);
Result<Word> word_from_bytes(schema::WordField field, ByteView bytes);

}  // namespace wsoa
