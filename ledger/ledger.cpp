#include "ledger/ledger.h"

#include "ledger/ledger_guard.h"
#include "ledger/ledger_rows.h"
#include "ledger/ledger_vault.h"
#include "ledger/plan/rulebook.h"

#include "ledger/tree/hasher.h"

#include <algorithm>

namespace wsoa {
namespace {

constexpr unsigned word_block_levels = 9;
constexpr std::size_t roots_max = 4'096;

// When there are too many, all of them go: those still asked for are soon there again.
void remember_root(std::map<TreeSize, Hash>& roots, TreeSize size, const Hash& root) {
    if (roots.size() == roots_max) {
        roots.clear();
    }
    roots.emplace(size, root);
}

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
    if (parts.vault != nullptr) {
        TRY(compare_with_vault(*ledger->history_, parts.vault->facts()));
    }
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
    folded_[std::nullopt] = TRY(history_->fold_into(state_, std::nullopt));
    state_.vault = TRY(history_->vault_mark());
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

Result<void> Ledger::try_out(const Submission& submission) {
    if (is_broken_) {
        return broken();
    }
    const auto checked = TRY(CheckedSubmission::check(submission, facts().ledger));
    Group group;
    group.size = history_->size();
    TRY(examine(checked, group));
    return done();
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
    if (!group.events.empty()) {
        // The state already holds what is about to be written: if that fails, only opening anew
        // tells what is true.
        is_broken_ = true;
        TRY(write_group(group));
        is_broken_ = false;
    }
    std::vector<Result<Committed>> outcomes;
    for (auto& place : places) {
        outcomes.push_back(place.ok() ? committed_at(place.value(), group)
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
    history_ = History::just_written(std::move(snapshot), checkpoint.checkpoint);
    checkpoint_ = std::move(checkpoint);
    remember_root(roots_, group.size, checkpoint_.checkpoint.root);
    return done();
}

Result<Bytes> Ledger::sealed(const Event& event, const std::vector<Word>& words,
                             Group& group) const {
    const KeyNode node{key_tree_levels - word_levels - word_block_levels,
                       event.index().value >> word_block_levels};
    if (!group.word_block || group.word_block->node != node) {
        auto keys = TRY(parts_.word_keys.derive_subtree(node));
        group.word_block.emplace(WordBlock{.node = node, .keys = std::move(keys)});
    }
    return seal_words(WordsOwner{.ledger = event.envelope().ledger, .index = event.index()}, words,
                      event.envelope().words, group.word_block->keys);
}

Result<void> Ledger::accept(Event event, const Submission& submission, Group& group) {
    // From the first row on, half an event would stand in the batch if anything failed.
    is_broken_ = true;
    const auto& envelope = event.envelope();
    const auto& words = submission.words;
    if (submission.document) {
        const auto& document = *submission.document;
        group.batch.put(layout::manifest_key(document.number), document.record);
        group.documents.insert(document.number);
    }
    if (!words.empty()) {
        const auto row = TRY(sealed(event, words, group));
        group.batch.put(layout::words_key(event.index()), row);
        group.words.emplace(event.index(), words);
    }
    if (group.nodes.empty()) {
        for (const auto& node : frontier_.nodes()) {
            group.nodes.emplace(node.ref, node.hash);
        }
    }
    const auto nodes = frontier_.append(event.leaf());
    put_event(group.batch, {.event = event,
                            .version = envelope.subject_version,
                            .plan_count = ++folded_[envelope.plan],
                            .nodes = nodes});
    for (const auto& node : nodes) {
        group.nodes.emplace(node.ref, node.hash);
    }
    versions_[envelope.subject] = envelope.subject_version + 1;
    group.ids[{envelope.author_key, envelope.id}] = event.index();
    group.size = TreeSize{event.index().value + 1};
    last_recorded_ = event.recorded_at();
    fold(state_, event);
    group.events.emplace(event.index(), std::move(event));
    is_broken_ = false;
    return done();
}

Result<Committed> Ledger::committed_at(const Place& place, const Group& group) const {
    const auto stored = history_->nodes();
    const NodeReader nodes = [&](NodeRef ref) {
        const auto known = group.nodes.find(ref);
        return known != group.nodes.end() ? Result<Hash>(known->second) : stored(ref);
    };
    const auto proof = TRY(make_inclusion(place.index, history_->size(), nodes));
    return Committed{.index = place.index,
                     .recorded_at = place.recorded_at,
                     .receipt = make_receipt(proof, checkpoint_),
                     .was = place.was};
}

Result<std::unique_ptr<History>> Ledger::history() const {
    auto snapshot = TRY(parts_.store.snapshot());
    return History::open(std::move(snapshot), history_->size());
}

Result<void> Ledger::load_plan(const PlanRef& plan) {
    if (folded_.contains(plan)) {
        return done();
    }
    auto begun = begins_ != nullptr ? begins_->nearest(*history_, plan) : PlanAt{};
    if (begun.plan) {
        state_.plans.emplace(plan, std::move(*begun.plan));
    }
    const auto rest = history_->fold_into(state_, plan, {begun.size, begun.events});
    if (!rest.ok()) {
        state_.plans.erase(plan);
        return rest.error();
    }
    const auto count = begun.events + rest.value();
    // A plan without events is not remembered: any number of names can be asked for.
    if (count > 0) {
        folded_[plan] = count;
    }
    return done();
}

Result<Hash> Ledger::root_at(TreeSize size) {
    if (const auto known = roots_.find(size); known != roots_.end()) {
        return known->second;
    }
    const auto root = TRY(history_->root_at(size));
    remember_root(roots_, size, root);
    return root;
}

Result<const State*> Ledger::state_with(const std::optional<PlanRef>& plan) {
    if (plan) {
        TRY(load_plan(*plan));
    }
    return &state_;
}

}  // namespace wsoa
