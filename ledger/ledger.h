#pragma once

#include "ledger/base/environment.h"
#include "ledger/event/event.h"
#include "ledger/evidence/key_tree.h"
#include "ledger/evidence/sealed_words.h"
#include "ledger/history.h"
#include "ledger/inspection/receipt.h"
#include "ledger/keys/signature.h"
#include "ledger/plan/fold.h"
#include "ledger/store/guard.h"
#include "ledger/store/store.h"
#include "ledger/submission.h"
#include "ledger/tree/tree.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace wsoa {

class Vault;

// What became of a submission that stands in the ledger.
struct Committed {
    EventIndex index;
    Instant recorded_at;
    Receipt receipt;
    // Whether it stood there before, under the same id and with the same content.
    enum class Was : std::uint8_t { recorded, there_already } was = Was::recorded;
};

// What a writer works with, all of it borrowed and outliving the ledger.
struct LedgerParts {
    Store& store;
    Guard& guard;
    const Signer& signer;       // the ledger's present key
    const Signer* next_signer;  // the key that waits to take over; null for none
    const KeyTree& word_keys;   // the vault's
    Environment environment;
    // The vault itself; null where words are sealed under keys that no vault keeps. Then no erasure
    // that names a vault is recorded.
    const Vault* vault = nullptr;
    const KeyTree* document_keys = nullptr;  // the vault's; null where none are brought in
};

// Gives where the fold of a plan may begin, so that a writer need not read all of its events: the
// projections keep such places. What it gives is believed, since whoever can write there can write
// the store.
class PlanBegins {
public:
    virtual ~PlanBegins() = default;
    // A place within the history; its beginning where none is known.
    virtual PlanAt nearest(const History& history, const PlanRef& plan) = 0;
};

// What event 0 is to say.
struct Founding {
    SignedChange change;  // ledgerOpened, signed by the first founder
    std::optional<Instant> recorded_at = {};
};

// The one who writes a ledger: takes signed changes, judges them, gives them place and instant,
// adds them to the tree, signs the checkpoint, and answers once store and guard are durable.
//
// One commit is one atomic synced batch; then the guard; then the answer. Nothing that was refused
// leaves a trace. After a write has failed every further commit is `unavailable`: what is on the
// disk is unknown until it is opened again, which verifies the right edge. For one thread.
class Ledger {
public:
    // Writes event 0 into an empty store and gives the checkpoint over it, which the guard is then
    // made with. `conflict` if the store holds anything; otherwise as commit.
    static Result<SignedCheckpoint> found(Store& store, const Signer& signer,
                                          Environment environment, const Founding& founding);

    // Opens for writing. Compares store and guard: a store that is shorter than its guard or
    // disagrees with it is `corrupt` or `distrusted` and stays as it is; one that is ahead, because
    // the machine stopped between batch and guard, is verified at its right edge and the guard
    // brought up to it. `distrusted` if the vault is older than the last erasure. `missing` if the
    // present key is neither the signer's nor the next one's.
    static Result<std::unique_ptr<Ledger>> open(const LedgerParts& parts);

    // From now on plans are folded from those places. Borrowed, and used by whoever commits.
    void begin_plans_at(PlanBegins& begins) { begins_ = &begins; }

    // Records a change, or gives the first receipt of one that was recorded before. Refusals:
    // `invalid` (not a change, not for this ledger), `refused` (signature, seen root, rules),
    // `conflict` (stale version, id taken by another content), `unavailable` (clock, disk).
    Result<Committed> commit(const Submission& submission);
    // Whether commit would take it now; nothing is written. Whether the vault has forgotten what
    // the change says is not asked: this is for who wants to know before it does.
    Result<void> try_out(const Submission& submission);
    // The same for several, in order, with one batch, one checkpoint and one sync for those that
    // are accepted. One that is refused takes no other with it. The outer error: nothing was
    // recorded.
    Result<std::vector<Result<Committed>>> commit_all(
        std::span<const CheckedSubmission> submissions);
    Result<std::vector<Result<Committed>>> commit_all(std::span<const Submission> submissions);

    // What is durable now. A new object for each call; the older ones stay as they were.
    Result<std::unique_ptr<History>> history() const;
    // The state with the plan's events folded in; the ledger and its people always are.
    Result<const State*> state_with(const std::optional<PlanRef>& plan);
    const LedgerFacts& facts() const { return state_.keyring.facts(); }
    const SignedCheckpoint& checkpoint() const { return checkpoint_; }

private:
    // Where an accepted submission stands, before its receipt can be made.
    struct Place {
        EventIndex index;
        Instant recorded_at;
        Committed::Was was = Committed::Was::recorded;
    };
    // The keys for the words of 2^9 neighbouring events: the way from the root to them is walked
    // once for a group. They go with the group, so that what the vault forgets is forgotten here.
    struct WordBlock {
        KeyNode node;
        KeyTree keys;
    };
    // What one commit is about to write.
    struct Group {
        Batch batch;
        TreeSize size;  // durable events and those of this group
        std::map<std::pair<KeyId, ChangeId>, EventIndex> ids;
        std::map<EventIndex, Event> events;
        std::map<EventIndex, std::vector<Word>> words;
        std::set<DocumentNumber> documents;
        // The right edge that the group began at, and what its events completed: all that the
        // proofs of its events need.
        std::map<NodeRef, Hash> nodes;
        std::optional<WordBlock> word_block;
    };
    explicit Ledger(const LedgerParts& parts) : parts_(parts) {}

    Result<void> load();
    Result<void> bring_guard_up();
    Result<void> check_signer() const;
    Result<void> load_plan(const PlanRef& plan);
    // Every plan that the rules look at for this change.
    Result<void> load_plans_of(const Change& change);
    Result<Place> admit(const CheckedSubmission& checked, Group& group);
    // All that can be said without looking at the vault. Gives the instant to record it at.
    Result<Instant> examine(const CheckedSubmission& checked, const Group& group);
    Result<std::optional<Place>> find_retry(const CheckedSubmission& checked,
                                            const Group& group) const;
    Result<void> check_seen(const Envelope& envelope);
    // `refused` for a change that states a root which this ledger never had.
    Result<void> check_stated_root(const Change& change);
    Result<Hash> root_at(TreeSize size);
    Result<void> check_version(const Envelope& envelope, const Group& group) const;
    Result<void> check_next_key(const Change& change) const;
    Result<void> check_erasure_asked(const Change& change, const Group& group) const;
    Result<void> check_forgotten(const Event& event) const;
    Result<void> check_document(const Submission& submission, const Change& change,
                                const Group& group) const;
    Result<Instant> instant_for(const Submission& submission) const;
    Result<void> judge_change(const CheckedSubmission& checked, Instant instant,
                              const Group& group);
    Result<void> accept(Event event, const Submission& submission, Group& group);
    Result<Bytes> sealed(const Event& event, const std::vector<Word>& words, Group& group) const;
    Result<void> write_group(Group& group);
    Result<Committed> committed_at(const Place& place, const Group& group) const;
    const Signer* signer_of(const KeyId& key) const;
    // Whether it is the version that a subject's next change states, after those being written.
    Result<bool> is_next(const SubjectRef& subject, std::uint32_t version) const;
    Result<Event> event_at(EventIndex index, const Group& group) const;
    // The words that can still be read.
    Result<std::vector<Word>> words_at(EventIndex index, const Group& group) const;

    LedgerParts parts_;
    PlanBegins* begins_ = nullptr;
    std::unique_ptr<History> history_;  // the durable moment
    State state_;
    // How many events of which plans are folded in; of the ledger and its people under null.
    std::map<std::optional<PlanRef>, std::uint64_t> folded_;
    // What the store would say too: of subjects that were written to, of sizes that were asked for.
    std::map<SubjectRef, std::uint32_t> versions_;
    std::map<TreeSize, Hash> roots_;
    Frontier frontier_;
    std::optional<Zone> zone_;
    Instant last_recorded_;
    SignedCheckpoint checkpoint_;
    bool is_broken_ = false;
};

}  // namespace wsoa
