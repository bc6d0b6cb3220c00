#pragma once

#include "cli/keeper/client.h"
#include "cli/views.h"
#include "ledger/ledger.h"

#include <functional>
#include <memory>
#include <optional>
#include <set>

namespace wsoa {

// A ledger that changes can be handed to, however it is reached. What it shows belongs together:
// one moment, which each commit moves on.
class Writing {
public:
    virtual ~Writing() = default;

    virtual const LedgerFacts& facts() const = 0;
    virtual const SignedCheckpoint& checkpoint() const = 0;
    virtual const History& history() const = 0;
    // The state with the plan's events folded in; the ledger and its people always are.
    virtual Result<const State*> state_with(const std::optional<PlanRef>& plan) = 0;
    // As Ledger::commit.
    virtual Result<Committed> commit(const Submission& submission) = 0;
    // After a call has failed: whether that was for want of a keeper that went away, and another
    // was found. The moment is then that one's, and what was asked can be asked again.
    virtual bool goes_on() { return false; }
};

// A ledger whose folder was opened for writing. Borrows it.
class DirectWriting final : public Writing {
public:
    static Result<std::unique_ptr<DirectWriting>> of(Ledger& ledger);

    const LedgerFacts& facts() const override { return ledger_.facts(); }
    const SignedCheckpoint& checkpoint() const override { return ledger_.checkpoint(); }
    const History& history() const override { return *history_; }
    Result<const State*> state_with(const std::optional<PlanRef>& plan) override {
        return ledger_.state_with(plan);
    }
    Result<Committed> commit(const Submission& submission) override;

private:
    explicit DirectWriting(Ledger& ledger) : ledger_(ledger) {}

    Ledger& ledger_;
    std::unique_ptr<History> history_;
};

// A ledger that a keeper holds. Nothing the keeper says is believed further than it is proven: each
// moment must continue the one before, each checkpoint be signed, each receipt hold.
//
// A change that the keeper took without an answer is handed in again, to the same keeper or the one
// that follows it: its id makes that safe.
class KeeperWriting final : public Writing {
public:
    // Gives a keeper again after one went away; an error if none came in time.
    using Reconnect = std::function<Result<KeeperClient*>()>;
    // The views are asked in the keeper's place for what they hold.
    static Result<std::unique_ptr<KeeperWriting>> open(KeeperClient& client, Output& output,
                                                       Reconnect reconnect);

    const LedgerFacts& facts() const override { return state_.keyring.facts(); }
    const SignedCheckpoint& checkpoint() const override { return checkpoint_; }
    const History& history() const override {
        CHECK(history_ != nullptr);
        return *history_;
    }
    Result<const State*> state_with(const std::optional<PlanRef>& plan) override;
    Result<Committed> commit(const Submission& submission) override;
    bool goes_on() override;

private:
    KeeperWriting(KeeperClient& client, Output& output, Reconnect reconnect)
        : client_(&client), output_(output), reconnect_(std::move(reconnect)) {}
    Result<void> expect_keeper() const;
    // Takes up what is durable now, and checks it against what was known.
    Result<void> refresh();
    Result<void> check_growth(const History& newer);
    Result<void> check_receipt_of(const Committed& committed, const Submission& submission) const;
    Result<wire::Recorded> submit(const Submission& submission);
    Result<void> begin_again();

    KeeperClient* client_;  // null once one went away and no other came
    Output& output_;
    Reconnect reconnect_;
    std::unique_ptr<ViewsReader> views_;
    std::unique_ptr<History> history_;
    SignedCheckpoint checkpoint_;
    // What the state has folded in: what every later moment must continue.
    struct Known {
        TreeSize size;
        Hash root;
    };
    std::optional<Known> known_;
    State state_;
    std::set<PlanRef> loaded_;
};

}  // namespace wsoa
