#include "cli/writing.h"

#include "ledger/ledger_guard.h"

#include <algorithm>

namespace wsoa {

Result<std::unique_ptr<DirectWriting>> DirectWriting::of(Ledger& ledger) {
    std::unique_ptr<DirectWriting> writing(new DirectWriting(ledger));
    writing->history_ = TRY(ledger.history());
    return writing;
}

Result<Committed> DirectWriting::commit(const Submission& submission) {
    auto committed = TRY(ledger_.commit(submission));
    history_ = TRY(ledger_.history());
    return committed;
}

Result<std::unique_ptr<KeeperWriting>> KeeperWriting::open(KeeperClient& client, Output& output,
                                                           Reconnect reconnect) {
    std::unique_ptr<KeeperWriting> writing(new KeeperWriting(client, output, std::move(reconnect)));
    TRY(writing->refresh());
    return writing;
}

Result<void> KeeperWriting::refresh() {
    auto moment = TRY(client_->moment());
    auto history = TRY(History::open(std::move(moment.truth), moment.size));
    if (known_) {
        TRY(check_growth(*history));
    }
    const auto fold_in = [&](const Event& event) -> Result<Snapshot::Step> {
        const auto& plan = event.envelope().plan;
        if (!plan || loaded_.contains(*plan)) {
            fold(state_, event);
        }
        return Snapshot::Step::next;
    };
    if (known_) {
        TRY(history->each_event(EventIndex{known_->size.value}, fold_in));
    } else {
        TRY(history->each_event_of(std::nullopt, fold_in));
    }
    checkpoint_ = TRY(own_checkpoint(*history, facts()));
    views_ = std::make_unique<ViewsReader>(std::move(moment.views), output_);
    history_ = std::move(history);
    known_ = Known{.size = history_->size(), .root = history_->root()};
    return done();
}

Result<void> KeeperWriting::check_growth(const History& newer) {
    auto path = TRY(client_->consistency(known_->size, newer.size()));
    const ConsistencyProof proof{
        .old_size = known_->size, .new_size = newer.size(), .path = std::move(path)};
    const auto grown = check_consistency(proof, known_->root, newer.root());
    if (!grown.ok()) {
        return Error{Fault::distrusted,
                     "the keeper's ledger does not continue what it showed before",
                     "record nothing more, keep your receipts, and ask who keeps it"};
    }
    return done();
}

Result<void> KeeperWriting::expect_keeper() const {
    // Null too where another came and could not be read from.
    if (history_ == nullptr) {
        return Error{Fault::unavailable, "the keeper went away, and no other came",
                     "start it again with `wsoa keep`, then run the command again"};
    }
    return done();
}

Result<const State*> KeeperWriting::state_with(const std::optional<PlanRef>& plan) {
    TRY(expect_keeper());
    if (plan && !loaded_.contains(*plan)) {
        auto now = views_->plan_now(*history_, *plan);
        if (!now.ok() && goes_on()) {
            now = views_->plan_now(*history_, *plan);
        }
        if (now.ok()) {
            state_.plans.emplace(*plan, std::move(now).value());
        } else if (now.error().fault != Fault::missing) {
            return std::move(now).error();
        }
        loaded_.insert(*plan);
    }
    return &state_;
}

// Goes on with the keeper that comes after one that went away.
Result<void> KeeperWriting::begin_again() {
    // What came through the old connection goes before it.
    views_.reset();
    history_.reset();
    client_ = nullptr;
    client_ = TRY(reconnect_());
    return done();
}

bool KeeperWriting::goes_on() {
    return client_ != nullptr && client_->is_lost() && begin_again().ok() && refresh().ok();
}

Result<wire::Recorded> KeeperWriting::submit(const Submission& submission) {
    auto recorded = client_->submit(submission);
    if (recorded.ok() || !client_->is_lost()) {
        return recorded;
    }
    // Nobody knows whether it was recorded; the same change again tells.
    if (!begin_again().ok()) {
        return recorded;
    }
    return client_->submit(submission);
}

Result<Committed> KeeperWriting::commit(const Submission& submission) {
    TRY(expect_keeper());
    auto recorded = TRY(submit(submission));
    auto refreshed = refresh();
    if (!refreshed.ok() && client_->is_lost()) {
        TRY(begin_again());
        refreshed = refresh();
    }
    const auto checked =
        refreshed.ok() ? check_receipt_of(recorded.committed, submission) : refreshed;
    if (!checked.ok()) {
        return Error(checked.error())
            .explain("the change was taken as event {}, but", recorded.committed.index.value);
    }
    return std::move(recorded.committed);
}

Result<void> KeeperWriting::check_receipt_of(const Committed& committed,
                                             const Submission& submission) const {
    const auto entry = committed.was == Committed::Was::recorded
                           ? event_bytes(committed.recorded_at, submission.signed_change)
                           : history_->entry(committed.index);
    const auto bytes = TRY(Result<Bytes>(entry));
    const auto size = TreeSize{committed.index.value + 1};
    const auto note = TRY(Note::parse(committed.receipt.checkpoint_note));
    const auto stated = TRY(Checkpoint::parse(note.text));
    const auto key =
        TRY(NoteKey::ed25519(facts().origin, facts().signing_key_at(std::max(size, stated.size))));
    TRY(check_receipt(committed.receipt, bytes, key, facts().origin));
    return done();
}

}  // namespace wsoa
