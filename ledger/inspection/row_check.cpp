#include "ledger/inspection/row_check.h"

#include "ledger/base/counted.h"
#include "ledger/base/limits.h"
#include "ledger/base/text.h"
#include "ledger/event/kinds.h"
#include "ledger/event/named_document.h"
#include "ledger/evidence/sealed_words.h"

#include <algorithm>

namespace wsoa {

void RowCheck::add(const Event& event, const Hash& leaf, const Row<Bytes>& words,
                   Findings& findings) {
    const auto version = check_version(event, findings);
    if (has_rows()) {
        links_.add(event, leaf, version);
        check_words(event, words, findings);
    } else {
        ids_.push_back({.id = event.envelope().id,
                        .author = event.envelope().author_key,
                        .event = event.index()});
        check_chosen_words(event, findings);
    }
    erasures_.add(event, findings);
    documents_ += document_named(event.change()) ? 1U : 0U;
    const auto& plan = event.envelope().plan;
    ++plan_events_[plan ? plan->str() : ""];
}

// Where there is an index of ids, it leads to one event only.
void RowCheck::check_ids(Findings& findings) {
    std::ranges::sort(ids_);
    std::map<EventIndex, EventIndex> again;  // and the first event of that id
    for (std::size_t i = 1, first = 0; i < ids_.size(); ++i) {
        if (ids_[i].id == ids_[first].id && ids_[i].author == ids_[first].author) {
            again.emplace(ids_[i].event, ids_[first].event);
        } else {
            first = i;
        }
    }
    for (const auto& [event, first] : again) {
        findings.breach(Item(Item::Of::id, event), "its author gave the same id to event {}",
                        first.value);
    }
}

std::uint32_t RowCheck::check_version(const Event& event, Findings& findings) {
    const auto& envelope = event.envelope();
    auto& due = versions_[envelope.subject];
    const auto stated = envelope.subject_version;
    if (stated > due && stated - due <= skipped_ - forgiven_) {
        // Events that cannot be read may have been the subject's.
        forgiven_ += stated - due;
        due = stated;
    }
    if (stated != due) {
        findings.breach(Item(Item::Of::version, event.index()),
                        "it is version {} of {}, where {} was due", stated, envelope.subject.str(),
                        due);
    }
    return due++;
}

void RowCheck::check_words(const Event& event, const Row<Bytes>& words, Findings& findings) {
    const auto index = event.index();
    const auto& commitments = event.envelope().words;
    if (!words.ok()) {
        report_unread(findings, index, "its words", words.error());
        return;
    }
    const auto& record = words.value();
    if (record && commitments.empty()) {
        findings.breach(index, "words are stored that it does not commit to");
        return;
    }
    if (!record && !commitments.empty()) {
        findings.breach(index, "its sealed words are missing");
        return;
    }
    if (!record || !word_keys_) {
        return;
    }
    const auto opened = open_words({.ledger = event.envelope().ledger, .index = index}, *record,
                                   commitments, *word_keys_);
    if (!opened.ok()) {
        findings.breach(index, "its sealed words are damaged: {}", opened.error().message);
        return;
    }
    for (const auto& word : opened.value()) {
        ++words_checked_;
        if (const auto* failure = std::get_if<Error>(&word.outcome)) {
            findings.breach(index, "its words in field {} are damaged: {}", name_of(word.field),
                            failure->message);
        } else if (std::holds_alternative<Erased>(word.outcome)) {
            erasures_.gone(index, word.field);
        }
    }
}

void RowCheck::check_chosen_words(const Event& event, Findings& findings) {
    const auto& commitments = event.envelope().words;
    const auto& words = source_.chosen_words(event.index());
    std::uint64_t held = 0;
    for (const auto& word : words) {
        const auto item = [&] { return Item(Item::Of::word, event.index(), name_of(word.field)); };
        const auto committed = std::ranges::find(commitments, word.field, &WordCommitment::field);
        const auto fits = check_text(word.text, limits::word_bytes_max);
        if (committed == commitments.end()) {
            findings.breach(item(), "the words do not match the event: \"{}\" is not committed to",
                            name_of(word.field));
        } else if (commit_to(event.envelope().ledger, word) != committed->commitment) {
            findings.breach(item(),
                            "the words do not match the event: \"{}\" is not what was committed "
                            "to",
                            name_of(word.field));
        } else if (!fits.ok()) {
            findings.breach(item(), "its words in \"{}\" are none: {}", name_of(word.field),
                            fits.error().message);
        } else {
            ++held;
        }
    }
    words_checked_ += held;
    words_not_chosen_ += commitments.size() - std::min<std::uint64_t>(held, commitments.size());
}

Result<std::vector<std::string>> RowCheck::finish(TreeSize events, const State& state,
                                                  Findings& findings) {
    if (!has_rows()) {
        check_ids(findings);
        return std::vector<std::string>{};
    }
    auto counts = TRY(source_.count_rows(links_));
    links_.finish(source_, findings);
    erasures_.finish(
        {.state = state, .size = events, .skipped = skipped_, .rows = counts.erasures.within},
        findings);
    check_counts(counts, events, findings);
    check_plans(counts, findings);
    return std::move(counts.unread);
}

void RowCheck::check_counts(const RowCounts& counts, TreeSize events, Findings& findings) {
    using Table = std::pair<const RowCount&, std::string_view>;
    const Table subjects{counts.subjects, "the index of subjects"};
    const Table change_ids{counts.change_ids, "the index of change ids"};
    const Table erasures{counts.erasures, "the index of erasures"};
    for (const auto& [count, name] :
         {Table{counts.entries, "events"}, Table{counts.nodes, "the tree's hashes"},
          Table{counts.words, "sealed words"}, Table{counts.checkpoints, "checkpoints"}, subjects,
          change_ids, erasures}) {
        if (count.astray > 0) {
            findings.breach({}, "{} added to {}: {} to no event",
                            counted(count.astray, "row was", "rows were"), name,
                            count.astray == 1 ? "it belongs" : "they belong");
        }
    }
    // Each event's own row was looked at, so that any more were added.
    const auto read = events.value - skipped_;
    for (const auto& [count, name] : {subjects, change_ids}) {
        if (count.within > events.value) {
            findings.breach({}, "{} added to {}: each event has one",
                            counted(count.within - read, "row was", "rows were"), name);
        }
    }
    // An event that cannot be read may name one, and so may one that nobody was promised.
    if (counts.manifests > documents_ + skipped_ + counts.entries.beyond) {
        findings.breach({}, "{} added that no event names",
                        counted(counts.manifests - documents_, "manifest of a document was",
                                "manifests of documents were"));
    }
    if (counts.strangers > 0) {
        findings.breach({}, "{} added that no ledger has",
                        counted(counts.strangers, "row was", "rows were"));
    }
    if (counts.entries.beyond > 0) {
        findings.add("beyond", {.is = Finding::Class::noted,
                                .event = {},
                                .what = fmt::format(
                                    "{} beyond what the guard vouches for, and promised to nobody",
                                    counted(counts.entries.beyond, "event lies", "events lie"))});
    }
}

void RowCheck::check_plans(const RowCounts& counts, Findings& findings) {
    for (const auto& [plan, rows] : counts.plans) {
        const auto name = plan.empty() ? std::string("the ledger and its people") : plan;
        const auto found = plan_events_.find(plan);
        const auto events = found == plan_events_.end() ? 0 : found->second;
        // An event that cannot be read may lie there too.
        if (rows.copies.astray > 0 || rows.copies.within > events + skipped_) {
            findings.breach({}, "rows were added to the events of {}", name);
        }
        const auto copies = rows.copies.within + rows.copies.beyond + rows.copies.astray;
        if (counts.holds_all_of_plans && rows.stated != copies) {
            findings.breach({}, "the store says that {} has {} events, but holds {}", name,
                            rows.stated.value_or(0), copies);
        }
    }
}

}  // namespace wsoa
