#include "ledger/ledger.h"

#include "ledger/ledger_guard.h"
#include "ledger/ledger_rows.h"
#include "ledger/plan/rulebook.h"

#include "ledger/tree/hasher.h"

#include <algorithm>

namespace wsoa {
namespace {

std::string plan_name(const std::optional<PlanRef>& plan) { return plan ? plan->str() : ""; }

Error broken() {
    return Error{Fault::unavailable,
                 "an earlier write failed, so that nothing more is recorded until the ledger is "
                 "opened again",
                 "run the command again"};
}

}  // namespace

Result<SignedCheckpoint> Ledger::found(Store& store, const Signer& signer, Environment environment,
                                       const Founding& founding) {
    const auto snapshot = TRY(store.snapshot());
    const auto size = TRY(History::newest_size(*snapshot));
    if (size.value != 0) {
        return Error{Fault::conflict, "there is a ledger in this store already"};
    }
    const auto change = TRY(Change::read(founding.change.change));
    if (change.kind() != Kind::LEDGER_OPENED) {
        return Error{Fault::invalid, "a ledger begins with ledgerOpened"};
    }
    const auto opened = change.reader().getLedgerOpened();
    if (founding.recorded_at && !opened.getRehearsal()) {
        return Error{Fault::refused, "only a rehearsal is given its clock"};
    }
    if (!verify(change.envelope().author_key, labelled(label::change, change.bytes()),
                founding.change.signature)) {
        return Error{Fault::refused, "the signature does not hold"};
    }
    const auto instant = founding.recorded_at.value_or(environment.clock.now());
    const std::string zone_name(opened.getZone().cStr());
    const auto zone = TRY(Zone::find(zone_name));
    const State state;
    const EarlierWords none = [](EventIndex, schema::WordField) { return std::nullopt; };
    const std::vector<Word> words;
    TRY(judge(Case{.change = change,
                   .state = state,
                   .index = EventIndex{0},
                   .today = zone.day_of(instant),
                   .words = &words,
                   .earlier = none}));
    const auto bytes = TRY(event_bytes(instant, founding.change));
    const auto event = TRY(Event::read(EventIndex{0}, bytes));
    Frontier frontier;
    const auto nodes = frontier.append(hash_leaf(bytes));
    const std::string origin(opened.getOrigin().cStr());
    const auto checkpoint = TRY(sign_checkpoint(
        Checkpoint{
            .origin = origin, .size = TreeSize{1}, .root = frontier.root(), .extensions = {}},
        signer));
    Batch batch;
    put_event(batch, {.event = event, .version = 0, .plan_count = 1, .nodes = nodes});
    batch.put(layout::checkpoint_key(TreeSize{1}), bytes_of(checkpoint.note));
    TRY(store.write(batch));
    return checkpoint;
}

Result<std::unique_ptr<Ledger>> Ledger::open(const LedgerParts& parts) {
    std::unique_ptr<Ledger> ledger(new Ledger(parts));
    TRY(ledger->load());
    TRY(ledger->bring_guard_up());
    TRY(ledger->check_signer());
    return ledger;
}

Result<void> Ledger::load() {
    auto snapshot = TRY(parts_.store.snapshot());
    const auto size = TRY(History::newest_size(*snapshot));
    if (size.value == 0) {
        return Error{Fault::corrupt, "the store holds no ledger",
                     "make one with `wsoa init`, or put it back from a backup"};
    }
    history_ = TRY(History::open(std::move(snapshot), size));
    TRY(history_->fold_into(state_, std::nullopt));
    zone_ = TRY(Zone::find(facts().zone));
    frontier_ = TRY(Frontier::load(size, history_->nodes()));
    const auto last = TRY(history_->entry(EventIndex{size.value - 1}));
    const auto view = TRY(read_entry(last));
    last_recorded_ = view.recorded_at;
    checkpoint_ = TRY(own_checkpoint(*history_, facts()));
    return done();
}

Result<void> Ledger::bring_guard_up() {
    const auto guarded = parts_.guard.last();
    TRY(compare_with_guard(*history_, guarded));
    if (guarded.size < history_->size()) {
        // The machine stopped between batch and guard. The batch is whole, its edge was verified
        // when the history was opened, and nobody was told of it.
        parts_.environment.log.write(Log::Level::warning, "event=guard_behind action=advance");
        TRY(parts_.guard.record(GuardedHead{.size = history_->size(), .root = history_->root()}));
    }
    return done();
}

Result<void> Ledger::check_signer() const {
    if (signer_of(facts().signing_key_at(history_->size())) == nullptr) {
        return Error{Fault::missing,
                     "neither key in the ledger's folder is the one that signs its checkpoints",
                     "put the ledger's present key back as keys/ledger.pem, from a backup of that "
                     "folder"};
    }
    return done();
}

Result<Committed> Ledger::commit(const Submission& submission) {
    const auto checked = TRY(CheckedSubmission::check(submission, facts().ledger));
    auto outcomes = TRY(commit_all(std::span(&checked, 1)));
    return std::move(outcomes.front());
}

Result<std::vector<Result<Committed>>> Ledger::commit_all(std::span<const Submission> submissions) {
    std::vector<CheckedSubmission> checked;
    std::vector<std::optional<Error>> refused;
    for (const auto& submission : submissions) {
        auto looked_at = CheckedSubmission::check(submission, facts().ledger);
        refused.push_back(looked_at.ok() ? std::nullopt : std::optional(looked_at.error()));
        if (looked_at.ok()) {
            checked.push_back(std::move(looked_at).value());
        }
    }
    auto committed = TRY(commit_all(std::span<const CheckedSubmission>(checked)));
    std::vector<Result<Committed>> outcomes;
    auto next = committed.begin();
    for (auto& refusal : refused) {
        outcomes.push_back(refusal ? Result<Committed>(std::move(*refusal)) : std::move(*next++));
    }
    return outcomes;
}

Result<std::vector<Result<Committed>>> Ledger::commit_all(
    std::span<const CheckedSubmission> submissions) {
    if (is_broken_) {
        return broken();
    }
    Group group;
    group.size = history_->size();
    std::vector<Result<Place>> places;
    for (const auto& submission : submissions) {
        places.push_back(admit(submission, group));
        if (is_broken_) {
            return std::move(places.back()).error();
        }
    }
    if (!group.entries.empty()) {
        // The state already holds what is about to be written: if that fails, only opening anew
        // tells what is true.
        is_broken_ = true;
        TRY(write_group(group));
        is_broken_ = false;
    }
    std::vector<Result<Committed>> outcomes;
    for (auto& place : places) {
        outcomes.push_back(place.ok() ? committed_at(place.value())
                                      : Result<Committed>(std::move(place).error()));
    }
    return outcomes;
}

Result<void> Ledger::write_group(Group& group) {
    const auto* signer = signer_of(facts().signing_key_at(group.size));
    if (signer == nullptr) {
        return Error{Fault::unavailable, "the key that signs the ledger's checkpoints is not here"};
    }
    auto checkpoint = TRY(sign_checkpoint(Checkpoint{.origin = facts().origin,
                                                     .size = group.size,
                                                     .root = frontier_.root(),
                                                     .extensions = {}},
                                          *signer));
    group.batch.put(layout::checkpoint_key(group.size), bytes_of(checkpoint.note));
    TRY(parts_.store.write(group.batch));
    TRY(parts_.guard.record(GuardedHead{.size = group.size, .root = checkpoint.checkpoint.root}));
    auto snapshot = TRY(parts_.store.snapshot());
    history_ = TRY(History::open(std::move(snapshot), group.size));
    checkpoint_ = std::move(checkpoint);
    return done();
}

Result<void> Ledger::accept(const Event& event, const std::vector<Word>& words, Group& group) {
    // From the first row on, half an event would stand in the batch if anything failed.
    is_broken_ = true;
    const auto& envelope = event.envelope();
    if (!words.empty()) {
        const auto sealed =
            TRY(seal_words(WordsOwner{.ledger = envelope.ledger, .index = event.index()}, words,
                           envelope.words, parts_.word_keys));
        group.batch.put(layout::words_key(event.index()), sealed);
        group.words.emplace(event.index(), words);
    }
    const auto version = TRY(version_of(envelope.subject, group));
    const auto plan = plan_name(envelope.plan);
    if (!group.plan_counts.contains(plan)) {
        const auto stored = TRY(history_->snapshot().get(layout::plan_count_key(envelope.plan)));
        group.plan_counts[plan] = stored ? TRY(layout::number_at_end(*stored)) : 0;
    }
    const auto nodes = frontier_.append(event.leaf());
    put_event(group.batch, {.event = event,
                            .version = version,
                            .plan_count = ++group.plan_counts[plan],
                            .nodes = nodes});
    group.versions[envelope.subject] = version + 1;
    group.ids[{envelope.author_key, envelope.id}] = event.index();
    group.entries[event.index()] = copy_of(event.bytes());
    group.size = TreeSize{event.index().value + 1};
    last_recorded_ = event.recorded_at();
    fold(state_, event);
    is_broken_ = false;
    return done();
}

Result<Committed> Ledger::committed_at(const Place& place) const {
    const auto entry = TRY(history_->entry(place.index));
    const auto view = TRY(read_entry(entry));
    const auto proof = TRY(history_->inclusion(place.index));
    return Committed{.index = place.index,
                     .recorded_at = view.recorded_at,
                     .receipt = make_receipt(proof, checkpoint_),
                     .was = place.was};
}

Result<std::unique_ptr<History>> Ledger::history() const {
    auto snapshot = TRY(parts_.store.snapshot());
    return History::open(std::move(snapshot), history_->size());
}

Result<void> Ledger::load_plan(const PlanRef& plan) {
    if (!loaded_.insert(plan).second) {
        return done();
    }
    return history_->fold_into(state_, plan);
}

Result<const State*> Ledger::state_with(const std::optional<PlanRef>& plan) {
    if (plan) {
        TRY(load_plan(*plan));
    }
    return &state_;
}

}  // namespace wsoa
