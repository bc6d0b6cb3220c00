#include "cli/keeper/readable.h"

#include "ledger/event/kinds.h"
#include "ledger/evidence/sealed_words.h"

#include <algorithm>

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

// One that the vault cannot open. Where the record lacks, an erasure was cut short, or goes on just
// now, or nobody decided on it: `wsoa verify` tells which.
ReadableWord erased_word(schema::WordField field, const std::optional<ErasureOf>& erasure) {
    return {.field = field,
            .is = ReadableWord::Is::erased,
            .text = erasure
                        ? fmt::format("[erased by event {}: DPO decision]", erasure->event.value)
                        : "[erased, and no erasure is on record]",
            .erasure = erasure};
}

}  // namespace

Result<std::optional<ErasureOf>> erasure_of(EventIndex event, const History& history) {
    const auto index = TRY(history.erasure_of(event));
    if (!index) {
        return std::optional<ErasureOf>{};
    }
    const auto record = TRY(history.event(*index));
    const auto request = record.change().subject_in("request");
    if (!request) {
        return error(Fault::corrupt, "the store says that event {} erased, which it did not",
                     index->value)
            .advise("run `wsoa verify`, and put the store back from a backup");
    }
    return std::optional(ErasureOf{.event = *index,
                                   .decision = record.envelope().answers.value_or(*index),
                                   .request = *request});
}

std::vector<ReadableWord> withheld_words(const Event& event) {
    return all_as(event, ReadableWord::Is::withheld,
                  fmt::format("[withheld: {} words, and nobody signed in who may read them]",
                              name_of(event.envelope().classification)));
}

Result<std::vector<ReadableWord>> readable_words(const Event& event, const History& history,
                                                 KeyWalk* keys) {
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
    const bool has_gap = std::ranges::any_of(opened, [](const OpenedWord& word) {
        return std::holds_alternative<Erased>(word.outcome);
    });
    const auto erasure =
        has_gap ? TRY(erasure_of(event.index(), history)) : std::optional<ErasureOf>{};
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
            readable.push_back(erased_word(word.field, erasure));
        }
    }
    return readable;
}

}  // namespace wsoa
