#include "cli/keeper/readable.h"

#include "ledger/event/kinds.h"
#include "ledger/evidence/sealed_words.h"

namespace wsoa {
namespace {

std::vector<ReadableWord> all_as(const Event& event, ReadableWord::Is is,
                                 std::string_view sentence) {
    std::vector<ReadableWord> words;
    for (const auto& word : event.envelope().words) {
        words.push_back({.field = word.field, .is = is, .text = std::string(sentence)});
    }
    return words;
}

}  // namespace

std::vector<ReadableWord> withheld_words(const Event& event) {
    return all_as(event, ReadableWord::Is::withheld,
                  fmt::format("[withheld: {} words, and nobody signed in who may read them]",
                              name_of(event.envelope().classification)));
}

Result<std::vector<ReadableWord>> readable_words(const Event& event, const History& history,
                                                 const KeyTree* keys) {
    if (event.envelope().words.empty()) {
        return std::vector<ReadableWord>{};
    }
    if (keys == nullptr) {
        return all_as(event, ReadableWord::Is::sealed, "[sealed: the vault is not open]");
    }
    const auto record = TRY(history.sealed_words(event.index()));
    if (!record) {
        return all_as(event, ReadableWord::Is::damaged, "[missing from the store]");
    }
    const auto opened = TRY(open_words({.ledger = event.envelope().ledger, .index = event.index()},
                                       *record, event.envelope().words, *keys));
    std::vector<ReadableWord> readable;
    for (const auto& word : opened) {
        if (const auto* text = std::get_if<Word>(&word.outcome)) {
            readable.push_back(
                {.field = word.field, .is = ReadableWord::Is::text, .text = text->text});
        } else if (const auto* failure = std::get_if<Error>(&word.outcome)) {
            readable.push_back({.field = word.field,
                                .is = ReadableWord::Is::damaged,
                                .text = "[damaged: " + failure->message + "]"});
        } else {
            readable.push_back(
                {.field = word.field, .is = ReadableWord::Is::erased, .text = "[erased]"});
        }
    }
    return readable;
}

}  // namespace wsoa
