#pragma once

#include "ledger/event/words.h"
#include "ledger/evidence/key_tree.h"

#include <variant>
#include <vector>

namespace wsoa {

// The sealed words of one event, as they are stored beside it. Nothing in them is ever rewritten:
// an erasure only takes the leaf away that opens them.
struct SealedWord {
    schema::WordField field = schema::WordField::UNSET;
    Bytes sealed;  // ciphertext || tag

    bool operator==(const SealedWord&) const = default;
};

// u8 version 1 | u8 count | count * (u16 field | u32 length | sealed), in order of the fields.
Bytes encode_sealed_words(const std::vector<SealedWord>& words);
// Takes only what encode gives: each field at most once, from 1 to 63, in order, of a length that
// a word can have. `corrupt` otherwise.
Result<std::vector<SealedWord>> decode_sealed_words(ByteView bytes);

// Whose words are sealed or opened. In event 0 the ledger is zero, as in its commitments.
struct WordsOwner {
    Hash ledger;
    EventIndex index;
};

// Seals an event's words, each under its own leaf. `distrusted` if they are not what the event
// commits to; `missing` if a leaf was forgotten.
Result<Bytes> seal_words(const WordsOwner& owner, const std::vector<Word>& words,
                         const std::vector<WordCommitment>& commitments, const KeyTree& tree);

// Its leaf was forgotten: nobody who holds this vault or a later one can read it.
struct Erased {
    bool operator==(const Erased&) const = default;
};

// What became of one word. An Error is `distrusted` if the sealed bytes are not what was sealed
// here, or do not hold what the event commits to.
struct OpenedWord {
    schema::WordField field = schema::WordField::UNSET;
    std::variant<Word, Erased, Error> outcome;
};

// Opens an event's words: an outcome for each commitment, in their order, so that one that is gone
// or damaged hides no other. `corrupt` if the record is damaged, or its fields are not just those
// that the event commits to.
Result<std::vector<OpenedWord>> open_words(const WordsOwner& owner, ByteView record,
                                           const std::vector<WordCommitment>& commitments,
                                           const KeyTree& tree);
// The same for whoever opens the words of event after event, by one walk.
Result<std::vector<OpenedWord>> open_words(const WordsOwner& owner, ByteView record,
                                           const std::vector<WordCommitment>& commitments,
                                           KeyWalk& keys);

}  // namespace wsoa
