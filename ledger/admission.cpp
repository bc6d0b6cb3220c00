// What a change must pass before it becomes an event.

#include "ledger/event/fields.h"
#include "ledger/event/named_document.h"
#include "ledger/evidence/manifest.h"
#include "ledger/ledger.h"
#include "ledger/plan/rulebook.h"
#include "ledger/store/vault.h"

#include <fmt/ranges.h>

#include <algorithm>

namespace wsoa {
namespace {

// Whether the words that can be read on both sides say the same. Which fields there are was
// compared with the changes themselves.
bool say_the_same(const std::vector<Word>& offered, const std::vector<Word>& stored) {
    return std::ranges::all_of(stored, [&](const Word& word) {
        return std::ranges::any_of(offered, [&](const Word& other) {
            return other.field == word.field && other.text == word.text;
        });
    });
}

}  // namespace

Result<Ledger::Place> Ledger::admit(const CheckedSubmission& checked, Group& group) {
    const auto& change = checked.change();
    const auto& submission = checked.submission();
    const auto retry = TRY(find_retry(checked, group));
    if (retry) {
        return *retry;
    }
    const auto instant = TRY(examine(checked, group));
    TRY(check_document(submission, change, group));
    const EventIndex index{group.size.value};
    if (index.value >= limits::events_max) {
        return Error{Fault::unavailable, "the ledger is full", "begin a successor"};
    }
    auto event = TRY(Event::accepted(index, instant, change, submission.signed_change.signature));
    TRY(check_forgotten(event));
    TRY(accept(std::move(event), submission, group));
    return Place{.index = index, .recorded_at = instant};
}

Result<Instant> Ledger::examine(const CheckedSubmission& checked, const Group& group) {
    const auto& change = checked.change();
    TRY(check_seen(change.envelope()));
    TRY(check_stated_root(change));
    TRY(load_plans_of(change));
    const auto instant = TRY(instant_for(checked.submission()));
    TRY(check_version(change.envelope(), group));
    TRY(judge_change(checked, instant, group));
    TRY(check_next_key(change));
    TRY(check_erasure_asked(change, group));
    return instant;
}

Result<void> Ledger::load_plans_of(const Change& change) {
    if (change.envelope().plan) {
        TRY(load_plan(*change.envelope().plan));
    }
    const auto reader = change.reader();
    if (reader.isPlanDrafted() && reader.getPlanDrafted().hasPredecessor()) {
        TRY(load_plan(read::plan(reader.getPlanDrafted().getPredecessor())));
    }
    return done();
}

Result<std::optional<Ledger::Place>> Ledger::find_retry(const CheckedSubmission& checked,
                                                        const Group& group) const {
    const auto& change = checked.change();
    const auto& envelope = change.envelope();
    const auto in_group = group.ids.find({envelope.author_key, envelope.id});
    const auto found = in_group != group.ids.end()
                           ? std::optional(in_group->second)
                           : TRY(history_->index_of(envelope.author_key, envelope.id));
    if (!found) {
        return std::optional<Place>{};
    }
    const auto event = TRY(event_at(*found, group));
    const auto words = TRY(words_at(*found, group));
    if (!same_but_for_retry(change, event.change()) ||
        !say_the_same(checked.submission().words, words)) {
        return error(Fault::conflict, "the id {} stands for another change already, event {}",
                     envelope.id.str(), found->value)
            .advise("give the change an id of its own");
    }
    return std::optional(Place{
        .index = *found, .recorded_at = event.recorded_at(), .was = Committed::Was::there_already});
}

Result<void> Ledger::check_seen(const Envelope& envelope) {
    // Only what is durable was ever shown to anyone, so a group's own changes are not in it.
    if (envelope.seen.size.value == 0 || envelope.seen.size > history_->size()) {
        return error(Fault::refused, "the author claims to have seen {} events, where there are {}",
                     envelope.seen.size.value, history_->size().value)
            .advise(
                "a newer history than this one exists: find out where before anything is recorded");
    }
    const auto root = TRY(root_at(envelope.seen.size));
    if (root != envelope.seen.root) {
        return error(Fault::refused, "the author saw another history than this one, at {} events",
                     envelope.seen.size.value)
            .advise(
                "keep both: compare the checkpoint that the author's tool remembers with this "
                "ledger's");
    }
    return done();
}

Result<void> Ledger::check_stated_root(const Change& change) {
    const auto stated = stated_root(change);
    if (!stated || stated->size.value == 0 || stated->size > history_->size()) {
        return done();  // what is impossible is a rule's to refuse
    }
    if (TRY(root_at(stated->size)) != stated->root) {
        return error(Fault::refused,
                     "the entry states a root over {} events that is not this ledger's",
                     stated->size.value)
            .advise("take size and root from a checkpoint of this ledger");
    }
    return done();
}

Result<void> Ledger::check_version(const Envelope& envelope, const Group& group) const {
    const bool is_current = TRY(is_next(envelope.subject, envelope.subject_version));
    if (is_current) {
        return done();
    }
    auto trail = TRY(history_->trail_of(envelope.subject));
    for (const auto& [index, event] : group.events) {
        if (event.envelope().subject == envelope.subject) {
            trail.push_back(index);
        }
    }
    std::vector<std::uint64_t> newer;
    for (std::size_t i = envelope.subject_version; i < trail.size(); ++i) {
        newer.push_back(trail[i].value);
    }
    if (newer.empty()) {
        return error(Fault::conflict, "{} has {} events, not {}", envelope.subject.str(),
                     trail.size(), envelope.subject_version)
            .advise("make the change anew");
    }
    return error(Fault::conflict, "{} has changed since: event {}", envelope.subject.str(),
                 fmt::join(newer, ", "))
        .advise(fmt::format("look at it with `wsoa trail {}`, then record again",
                            envelope.subject.str()));
}

Result<Instant> Ledger::instant_for(const Submission& submission) const {
    if (submission.recorded_at && !facts().is_rehearsal) {
        return Error{Fault::refused, "only a rehearsal is given its clock",
                     "leave out `recorded`, or make a rehearsal with `wsoa init --rehearsal`"};
    }
    const auto now = parts_.environment.clock.now();
    const auto instant = submission.recorded_at.value_or(now);
    if (instant > now && facts().is_rehearsal && submission.recorded_at) {
        return error(Fault::refused, "{} lies ahead of the clock", to_string(instant))
            .advise("give an instant that has been");
    }
    if (instant < last_recorded_) {
        return error(Fault::unavailable, "{} is before the last event, of {}", to_string(instant),
                     to_string(last_recorded_))
            .advise("set this machine's clock right; in a rehearsal, give instants in order");
    }
    return instant;
}

Result<void> Ledger::judge_change(const CheckedSubmission& checked, Instant instant,
                                  const Group& group) {
    const EarlierWords earlier = [&](EventIndex index,
                                     schema::WordField field) -> std::optional<std::string> {
        const auto words = words_at(index, group);
        if (!words.ok()) {
            return std::nullopt;
        }
        for (const auto& word : words.value()) {
            if (word.field == field) {
                return word.text;
            }
        }
        return std::nullopt;
    };
    return judge(Case{.change = checked.change(),
                      .state = state_,
                      .index = EventIndex{group.size.value},
                      .today = zone_->day_of(instant),
                      .words = &checked.submission().words,
                      .earlier = earlier});
}

Result<void> Ledger::check_next_key(const Change& change) const {
    if (change.kind() != Kind::LEDGER_KEY_CONFIRMED) {
        return done();
    }
    const auto& pending = state_.keyring.pending_ledger_key();
    if (!pending || signer_of(pending->key) == nullptr) {
        return Error{Fault::unavailable, "the ledger's new key is not in its folder",
                     "put it there as keys/ledger-next.pem, then confirm again"};
    }
    return done();
}

// The rules see no other event than the one at hand. A hold looks at the subject of the request, so
// that words of another subject would slip past it.
Result<void> Ledger::check_erasure_asked(const Change& change, const Group& group) const {
    const auto reader = change.reader();
    if (!reader.isErasureRequested() || !reader.getErasureRequested().hasEvent()) {
        return done();
    }
    const auto meant =
        TRY(event_at(EventIndex{reader.getErasureRequested().getEvent().getValue()}, group));
    const auto& subject = change.envelope().subject;
    if (meant.envelope().subject != subject) {
        return error(Fault::refused, "event {} is about {}, not {}", meant.index().value,
                     meant.envelope().subject.str(), subject.str())
            .advise(fmt::format("ask with --subject {}", meant.envelope().subject.str()));
    }
    if (meant.envelope().words.empty()) {
        return error(Fault::refused, "event {} has no words that could be erased",
                     meant.index().value)
            .advise(
                fmt::format("see `wsoa trail {}` for the numbers of its events", subject.str()));
    }
    return done();
}

// No rule can see the vault either. What names it must be true of it.
Result<void> Ledger::check_forgotten(const Event& event) const {
    const auto mark = vault_mark_in(event);
    if (!mark) {
        return done();
    }
    const std::string advice =
        "let `wsoa erase REQUEST` or `wsoa dispose ITEM` carry it out, which make the vault forget";
    if (parts_.vault == nullptr || parts_.vault->generation() != mark->generation ||
        parts_.vault->digest() != mark->digest) {
        return error(Fault::refused, "generation {} is not the vault that this ledger has",
                     mark->generation)
            .advise(advice);
    }
    if (const auto erased = erased_event_in(event)) {
        const auto node = TRY(word_node(*erased));
        if (parts_.word_keys.covers_any(node)) {
            return error(Fault::refused, "the vault still opens the words of event {}",
                         erased->value)
                .advise(advice);
        }
    }
    if (const auto document = document_erased(event.change())) {
        const auto node = TRY(document_node(document->number));
        if (parts_.vault->documents().covers_any(node)) {
            return error(Fault::refused, "the vault still opens document {}",
                         document->number.value)
                .advise(advice);
        }
    }
    return done();
}

// The manifest joins the store beside its event, so it must be the one that the event commits to,
// and the number one that nothing was ever sealed under here.
Result<void> Ledger::check_document(const Submission& submission, const Change& change,
                                    const Group& group) const {
    const auto named = document_named(change);
    if (!named) {
        return done();
    }
    CHECK(submission.document.has_value());  // CheckedSubmission has seen to it
    const auto number = named->number;
    if (parts_.document_keys == nullptr) {
        return Error{Fault::unavailable, "no documents are taken in here",
                     "bring the document in with `wsoa evidence add`"};
    }
    const auto there = TRY(history_->snapshot().get(layout::manifest_key(number)));
    if (there || group.documents.contains(number)) {
        return error(Fault::conflict, "there is a document {} already", number.value)
            .advise("bring the document in anew");
    }
    const auto leaf = TRY(document_leaf(number));
    const auto secret = TRY(parts_.document_keys->derive(leaf));
    const auto stored = TRY(SealedManifest::decode(submission.document->record));
    const auto manifest = TRY(open_manifest(facts().ledger, number, secret, stored));
    if (commit_to_document(facts().ledger, number, manifest) != named->commitment) {
        return error(Fault::invalid, "document {} is not the one that the change commits to",
                     number.value)
            .advise("bring the document in anew");
    }
    return done();
}

const Signer* Ledger::signer_of(const KeyId& key) const {
    if (parts_.signer.key() == key) {
        return &parts_.signer;
    }
    return parts_.next_signer != nullptr && parts_.next_signer->key() == key ? parts_.next_signer
                                                                             : nullptr;
}

Result<bool> Ledger::is_next(const SubjectRef& subject, std::uint32_t version) const {
    const auto written = versions_.find(subject);
    return written != versions_.end() ? Result<bool>(written->second == version)
                                      : history_->is_next(subject, version);
}

Result<Event> Ledger::event_at(EventIndex index, const Group& group) const {
    const auto in_group = group.events.find(index);
    return in_group != group.events.end() ? Result<Event>(in_group->second)
                                          : history_->event(index);
}

Result<std::vector<Word>> Ledger::words_at(EventIndex index, const Group& group) const {
    if (const auto in_group = group.words.find(index); in_group != group.words.end()) {
        return in_group->second;
    }
    std::vector<Word> words;
    const auto record = TRY(history_->sealed_words(index));
    if (!record) {
        return words;
    }
    const auto event = TRY(history_->event(index));
    const auto opened =
        TRY(open_words(WordsOwner{.ledger = event.envelope().ledger, .index = index}, *record,
                       event.envelope().words, parts_.word_keys));
    for (const auto& each : opened) {
        if (const auto* word = std::get_if<Word>(&each.outcome)) {
            words.push_back(*word);
        } else if (const auto* failure = std::get_if<Error>(&each.outcome)) {
            return *failure;
        }
    }
    return words;
}

}  // namespace wsoa
