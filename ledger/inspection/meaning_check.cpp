#include "ledger/inspection/meaning_check.h"

#include "ledger/evidence/sealed_words.h"

#include <algorithm>

namespace wsoa {
namespace {

// The words that can be read; others are for the check of rows to report.
std::optional<std::vector<Word>> opened(const Event& event, ByteView record, KeyWalk& keys) {
    auto words = open_words({.ledger = event.envelope().ledger, .index = event.index()}, record,
                            event.envelope().words, keys);
    if (!words.ok()) {
        return std::nullopt;
    }
    std::vector<Word> readable;
    for (auto& word : words.value()) {
        if (auto* text = std::get_if<Word>(&word.outcome)) {
            readable.push_back(std::move(*text));
        }
    }
    return readable;
}

std::optional<std::string> text_in_field(const std::vector<Word>& words, schema::WordField field) {
    const auto found = std::ranges::find(words, field, &Word::field);
    return found == words.end() ? std::nullopt : std::optional(found->text);
}

}  // namespace

const std::vector<Word>* MeaningCheck::words_of(const Event& event, const Row<Bytes>& record) {
    const auto committed = event.envelope().words.size();
    if (committed == 0) {
        opened_.emplace();
        return &*opened_;
    }
    if (source_.holds() == VerifySource::Holds::chosen_words) {
        const auto& chosen = source_.chosen_words(event.index());
        without_words_ += chosen.size() < committed ? 1U : 0U;
        return &chosen;
    }
    if (!word_keys_ || !record.ok() || !record.value()) {
        ++without_words_;
        return nullptr;
    }
    opened_ = opened(event, *record.value(), *word_keys_);
    without_words_ += !opened_ || opened_->size() < committed ? 1U : 0U;
    return opened_ ? &*opened_ : nullptr;
}

std::optional<std::string> MeaningCheck::earlier_word(EventIndex index,
                                                      schema::WordField field) const {
    if (source_.holds() == VerifySource::Holds::chosen_words) {
        return text_in_field(source_.chosen_words(index), field);
    }
    const LeafRange one{.begin = index.value, .end = index.value + 1};
    const auto entries = source_.entries(one);
    const auto records = source_.sealed_words(one);
    const bool is_there = word_keys_ && entries.ok() && records.ok() && entries.value().front() &&
                          records.value().front();
    if (!is_there) {
        return std::nullopt;  // the check of rows has said so
    }
    const auto event = Event::read(index, *entries.value().front());
    if (!event.ok()) {
        return std::nullopt;
    }
    KeyWalk keys(word_keys_->tree());
    const auto words = opened(event.value(), *records.value().front(), keys);
    return words ? text_in_field(*words, field) : std::nullopt;
}

void MeaningCheck::add(const Event& event, const Row<Bytes>& record, std::uint64_t gaps,
                       Findings& findings) {
    if (event.index().value == 0 && event.kind() == Kind::LEDGER_OPENED) {
        const auto zone = Zone::find(event.change().reader().getLedgerOpened().getZone().cStr());
        zone_ = zone.ok() ? std::optional(zone.value()) : std::nullopt;
    }
    if (!zone_) {
        return;  // the check of authority says why
    }
    ++judged_;
    const auto today = zone_->day_of(event.recorded_at());
    late_ += event.envelope().effective < today ? 1U : 0U;
    const EarlierWords earlier = [&](EventIndex index, schema::WordField field) {
        return earlier_word(index, field);
    };
    const auto broken = judge_meaning(Case{.change = event.change(),
                                           .state = state_,
                                           .index = event.index(),
                                           .today = today,
                                           .words = words_of(event, record),
                                           .earlier = earlier});
    for (const auto& refusal : broken) {
        Finding finding{.event = event.index(), .what = refusal.message, .rule = refusal.rule};
        if (gaps > 0) {
            finding.is = Finding::Class::doubt;
            finding.what += "; an event before it cannot be read, on which this may hang";
        }
        findings.add("rule " + refusal.rule, std::move(finding));
    }
}

void MeaningCheck::add_anomalies(Findings& findings) const {
    for (const auto& anomaly : state_.anomalies) {
        findings.add("anomaly", {.is = Finding::Class::noted,
                                 .event = anomaly.index,
                                 .what = "it changes nothing: " + anomaly.what,
                                 .item = Item(Item::Of::fold, anomaly.index).str()});
    }
}

}  // namespace wsoa
