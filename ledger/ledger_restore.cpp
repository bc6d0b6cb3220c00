#include "ledger/ledger_restore.h"

#include "ledger/ledger_guard.h"
#include "ledger/ledger_rows.h"
#include "ledger/tree/hasher.h"

#include <algorithm>

namespace wsoa {
namespace {

// From so many events on a batch ends at the next checkpoint that the mirror has.
constexpr std::size_t batch_events = 4'096;

Result<MirroredEvent> take(const Mirror& mirror, EventIndex index) {
    auto taken = TRY(mirror.event(index));
    if (!taken) {
        return error(Fault::missing, "the copy lacks event {}", index.value)
            .advise("nothing was written; look for a copy that has every event from there on");
    }
    return std::move(*taken);
}

class Restoring {
public:
    Restoring(const Mirror& mirror, const LedgerParts& parts) : mirror_(mirror), parts_(parts) {}

    Result<void> open();
    // Reads the whole mirror without writing anything.
    Result<void> check();
    Result<void> write();
    Result<void> look_at_edge() const;
    Restored outcome() && { return std::move(outcome_); }

private:
    TreeSize goal() const { return parts_.guard.last().size; }
    Result<void> add(const Event& event, const MirroredEvent& mirrored);
    Result<void> add_words(const Event& event, const MirroredEvent& mirrored);
    Result<std::uint32_t> next_version(const SubjectRef& subject);
    Result<std::uint64_t> next_count(const std::optional<PlanRef>& plan);
    Result<std::optional<std::string>> mirrored_checkpoint(const Frontier& edge) const;
    Result<std::string> signed_checkpoint() const;
    Result<void> write_batch();

    const Mirror& mirror_;
    const LedgerParts& parts_;
    std::unique_ptr<History> history_;
    State state_;  // the ledger and its people, at the end of the mirror
    std::string last_note_;
    Frontier frontier_;
    Batch batch_;
    std::size_t events_in_batch_ = 0;
    std::map<SubjectRef, std::uint32_t> versions_;
    std::map<std::string, std::uint64_t> counts_;
    Restored outcome_;
};

Result<void> Restoring::open() {
    auto snapshot = TRY(parts_.store.snapshot());
    const auto size = TRY(History::newest_size(*snapshot));
    if (size.value == 0) {
        return Error{Fault::corrupt, "the store holds no ledger",
                     "where there is a whole copy of the folder, put that in this one's place"};
    }
    history_ = TRY(History::open(std::move(snapshot), size));
    if (history_->size() >= goal()) {
        TRY(compare_with_guard(*history_, parts_.guard.last()));
        return Error{Fault::conflict, "the store holds all that was signed",
                     "there is nothing to put back: record as usual"};
    }
    TRY(history_->fold_into(state_, std::nullopt));
    TRY(own_checkpoint(*history_, state_.keyring.facts()));
    outcome_.before = history_->size();
    outcome_.after = goal();
    return done();
}

Result<void> Restoring::check() {
    auto edge = TRY(Frontier::load(history_->size(), history_->nodes()));
    for (auto i = history_->size().value; i < goal().value; ++i) {
        const auto mirrored = TRY(take(mirror_, EventIndex{i}));
        edge.append(hash_leaf(mirrored.entry));
        auto event = Event::read(EventIndex{i}, mirrored.entry);
        if (!event.ok()) {
            return std::move(event).error().explain("reading the copy's event {}", i);
        }
        // Which keys sign the ledger's checkpoints follows from what no plan has.
        if (!event.value().envelope().plan) {
            fold(state_, event.value());
        }
    }
    if (edge.root() != parts_.guard.last().root) {
        return error(Fault::distrusted,
                     "the store's {} events and the copy's after them are not the {} that were "
                     "signed",
                     history_->size().value, goal().value)
            .advise(
                "nothing was written; look for another copy, or another backup to put it back on");
    }
    const auto note = TRY(mirrored_checkpoint(edge));
    outcome_.checkpoint =
        note ? Restored::Checkpoint::of_the_mirror : Restored::Checkpoint::signed_anew;
    last_note_ = note ? *note : TRY(signed_checkpoint());
    return done();
}

Result<void> Restoring::write() {
    frontier_ = TRY(Frontier::load(history_->size(), history_->nodes()));
    for (auto i = history_->size().value; i < goal().value; ++i) {
        const auto mirrored = TRY(take(mirror_, EventIndex{i}));
        const auto event = TRY(Event::read(EventIndex{i}, mirrored.entry));
        TRY(add(event, mirrored));
        if (frontier_.size() == goal()) {
            break;
        }
        const auto note = TRY(mirrored_checkpoint(frontier_));
        if (note) {
            batch_.put(layout::checkpoint_key(frontier_.size()), bytes_of(*note));
        }
        if (note && events_in_batch_ >= batch_events) {
            TRY(write_batch());
        }
    }
    if (frontier_.root() != parts_.guard.last().root) {
        return Error{Fault::distrusted, "the copy changed while it was read",
                     "take a copy that nobody writes to"};
    }
    batch_.put(layout::checkpoint_key(goal()), bytes_of(last_note_));
    return write_batch();
}

Result<void> Restoring::add(const Event& event, const MirroredEvent& mirrored) {
    const auto& envelope = event.envelope();
    const auto version = TRY(next_version(envelope.subject));
    const auto count = TRY(next_count(envelope.plan));
    const auto nodes = frontier_.append(event.leaf());
    put_event(batch_, {.event = event, .version = version, .plan_count = count, .nodes = nodes});
    ++events_in_batch_;
    return add_words(event, mirrored);
}

Result<void> Restoring::add_words(const Event& event, const MirroredEvent& mirrored) {
    const auto& envelope = event.envelope();
    if (envelope.words.empty()) {
        return done();
    }
    const auto opens = [&] {
        const auto opened = open_words({.ledger = envelope.ledger, .index = event.index()},
                                       *mirrored.sealed_words, envelope.words, parts_.word_keys);
        return opened.ok() && std::ranges::none_of(opened.value(), [](const OpenedWord& word) {
                   return std::holds_alternative<Error>(word.outcome);
               });
    };
    if (mirrored.sealed_words && opens()) {
        batch_.put(layout::words_key(event.index()), *mirrored.sealed_words);
    } else {
        outcome_.without_words.push_back(event.index());
    }
    return done();
}

Result<std::uint32_t> Restoring::next_version(const SubjectRef& subject) {
    if (!versions_.contains(subject)) {
        versions_[subject] = TRY(history_->version_of(subject));
    }
    return versions_[subject]++;
}

Result<std::uint64_t> Restoring::next_count(const std::optional<PlanRef>& plan) {
    const auto name = plan ? plan->str() : "";
    if (!counts_.contains(name)) {
        const auto stored = TRY(history_->snapshot().get(layout::plan_count_key(plan)));
        counts_[name] = stored ? TRY(layout::number_at_end(*stored)) : 0;
    }
    return ++counts_[name];
}

// The mirror's checkpoint over the tree that ends there, if it has one that holds.
Result<std::optional<std::string>> Restoring::mirrored_checkpoint(const Frontier& edge) const {
    auto note = TRY(mirror_.checkpoint(edge.size()));
    if (!note) {
        return std::optional<std::string>{};
    }
    const auto& facts = state_.keyring.facts();
    const auto key = TRY(NoteKey::ed25519(facts.origin, facts.signing_key_at(edge.size())));
    const auto opened = open_checkpoint(*note, key, facts.origin);
    const bool holds = opened.ok() && opened.value().checkpoint.size == edge.size() &&
                       opened.value().checkpoint.root == edge.root();
    return holds ? std::move(note) : std::nullopt;
}

// The same statement about the same root as the one that was lost: no second history.
Result<std::string> Restoring::signed_checkpoint() const {
    const auto& facts = state_.keyring.facts();
    const auto& key = facts.signing_key_at(goal());
    const auto* signer = parts_.signer.key() == key ? &parts_.signer : parts_.next_signer;
    if (signer == nullptr || signer->key() != key) {
        return error(Fault::missing,
                     "the copy lacks the checkpoint over {} events, and the key that signed it is "
                     "not in the ledger's folder",
                     goal().value)
            .advise(
                "put the ledger's present key back as keys/ledger.pem, or look for a copy with the "
                "checkpoint");
    }
    const auto checkpoint = TRY(sign_checkpoint(Checkpoint{.origin = facts.origin,
                                                           .size = goal(),
                                                           .root = parts_.guard.last().root,
                                                           .extensions = {}},
                                                *signer));
    return checkpoint.note;
}

Result<void> Restoring::write_batch() {
    TRY(parts_.store.write(batch_));
    batch_ = Batch{};
    events_in_batch_ = 0;
    return done();
}

Result<void> Restoring::look_at_edge() const {
    auto snapshot = TRY(parts_.store.snapshot());
    const auto history = TRY(History::open(std::move(snapshot), goal()));
    return compare_with_guard(*history, parts_.guard.last());
}

}  // namespace

Result<Restored> restore_from(const Mirror& mirror, const LedgerParts& parts) {
    Restoring restoring(mirror, parts);
    TRY(restoring.open());
    TRY(restoring.check());
    TRY(restoring.write());
    TRY(restoring.look_at_edge());
    return std::move(restoring).outcome();
}

}  // namespace wsoa
