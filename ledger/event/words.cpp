#include "ledger/event/words.h"

#include "ledger/base/limits.h"
#include "ledger/base/sha256.h"
#include "ledger/base/text.h"
#include "ledger/event/kinds.h"

#include <algorithm>

namespace wsoa {
namespace {

constexpr std::string_view word_label = "wsoa-ledger/word/v1\n";

// As messages name it: fields that this program does not know have a number only.
std::string label_of(schema::WordField field) {
    const auto& words = all_words();
    const auto found = std::ranges::find(words, field, &WordInfo::field);
    return found == words.end() ? fmt::format("field {}", static_cast<std::uint16_t>(field))
                                : found->name;
}

bool is_known(schema::WordField field) {
    return std::ranges::find(all_words(), field, &WordInfo::field) != all_words().end();
}

Error differs(schema::WordField field, std::string_view how) {
    return error(Fault::distrusted, "the words do not match the event: \"{}\" {}", label_of(field),
                 how);
}

}  // namespace

Hash commit_to(const Hash& ledger, const Word& word) {
    Bytes field;
    append_u16(field, static_cast<std::uint16_t>(word.field));
    return sha256(
        {bytes_of(word_label), ledger.view(), field, word.salt.view(), bytes_of(word.text)});
}

Result<void> check_words(const std::vector<Word>& words) {
    auto before = schema::WordField::UNSET;
    for (const auto& word : words) {
        if (!is_known(word.field)) {
            return error(Fault::invalid, "a change has no words in {}", label_of(word.field));
        }
        if (word.field <= before) {
            return error(Fault::invalid,
                         "the words do not stand in order, each once: \"{}\" after \"{}\"",
                         label_of(word.field), label_of(before));
        }
        before = word.field;
        auto checked = check_text(word.text, limits::word_bytes_max);
        if (!checked.ok()) {
            return std::move(checked).error().explain("the words of \"{}\"", label_of(word.field));
        }
    }
    return done();
}

Result<void> match_words(const Hash& ledger, const std::vector<Word>& words,
                         const std::vector<WordCommitment>& commitments) {
    const auto common = std::min(words.size(), commitments.size());
    for (std::size_t i = 0; i < common; ++i) {
        if (words[i].field < commitments[i].field) {
            return differs(words[i].field, "is not committed to");
        }
        if (words[i].field > commitments[i].field) {
            return differs(commitments[i].field, "is missing");
        }
        if (commit_to(ledger, words[i]) != commitments[i].commitment) {
            return differs(words[i].field, "is not what was committed to");
        }
    }
    if (words.size() > common) {
        return differs(words[common].field, "is not committed to");
    }
    if (commitments.size() > common) {
        return differs(commitments[common].field, "is missing");
    }
    return done();
}

Bytes word_bytes(const Word& word) {
    Bytes bytes = copy_of(word.salt.view());
    append(bytes, word.text);
    return bytes;
}

Result<Word> word_from_bytes(schema::WordField field, ByteView bytes) {
    if (!is_known(field)) {
        return error(Fault::invalid, "a change has no words in {}", label_of(field));
    }
    if (bytes.size() < Hash{}.bytes.size()) {
        return error(Fault::invalid, "the words of \"{}\" lack their salt", label_of(field));
    }
    Word word;
    word.field = field;
    word.salt = TRY(Hash::of(bytes.first(word.salt.bytes.size())));
    word.text = text_of(bytes.subspan(word.salt.bytes.size()));
    auto checked = check_text(word.text, limits::word_bytes_max);
    if (!checked.ok()) {
        return std::move(checked).error().explain("the words of \"{}\"", label_of(field));
    }
    return word;
}

}  // namespace wsoa
