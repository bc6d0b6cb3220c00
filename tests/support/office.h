#pragma once

#include "ledger/evidence/key_tree.h"
#include "ledger/ledger.h"
#include "tests/support/changes.h"
#include "tests/support/environment.h"
#include "tests/support/ledger_builder.h"
#include "tests/support/submissions.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace wsoa::test {

// The n-th plan drafted by the first founder in the programme office, in view of what the builder
// wrote: changes that do not meet, each about a plan of its own.
inline Submission drafted_plan(LedgerBuilder& builder, unsigned number, Random& random,
                               schema::Role role = schema::Role::PROGRAMME_OFFICE) {
    CHECK(number < 65'536);  // as many ids as there are
    auto envelope = founders_envelope(
        builder.ledger(), {.size = builder.size(), .root = builder.history()->root()},
        fmt::format("P{}", number), static_cast<std::uint16_t>(number));
    const auto& signer = builder.signer_of("programme-manager");
    envelope.author_key = signer.key();
    envelope.as_role = role;
    Draft draft(Kind::PLAN_DRAFTED);
    must(draft.set("kind", "app"));
    must(draft.set("partners", "council,nhs"));
    return signed_submission(draft, envelope, signer,
                             {{schema::WordField::TITLE, fmt::format("Plan number {}", number)}},
                             random);
}

// A ledger in memory that is open for writing, whose first founder also holds the programme office:
// so that any number of changes can be made that do not meet, each the draft of a plan of its own.
class Office {
public:
    Office() : store_(&builder_.store()) {
        builder_.appoint_office();
        builder_.commit();
        environment_.clock().set(Instant{1'700'000'000'000});
        guard_ = must(Guard::create(folder_ / "guard", builder_.ledger(),
                                    {.size = builder_.size(), .root = builder_.history()->root()}));
        open(*store_);
    }

    // Opens the ledger anew, over another store of the same rows if one is given.
    void open(Store& store) {
        ledger_.reset();
        store_ = &store;
        ledger_ = must(Ledger::open({.store = store,
                                     .guard = *guard_,
                                     .signer = builder_.ledger_signer(),
                                     .next_signer = nullptr,
                                     .word_keys = builder_.word_keys(),
                                     .environment = environment_.environment(),
                                     .document_keys = &document_keys_}));
    }
    // The same once the builder has written more.
    void open_at_builders_size() {
        close();
        must(guard_->record({.size = builder_.size(), .root = builder_.history()->root()}));
        open(*store_);
    }
    // After a write has failed.
    void open_guard_again() {
        guard_.reset();
        guard_ = must(Guard::open(folder_ / "guard", builder_.ledger()));
    }

    Ledger& ledger() { return *ledger_; }
    void close() { ledger_.reset(); }
    Store& store() { return *store_; }
    LedgerBuilder& builder() { return builder_; }
    TestEnvironment& environment() { return environment_; }

    const KeyTree& document_keys() const { return document_keys_; }

    Submission draft(unsigned number, schema::Role role = schema::Role::PROGRAMME_OFFICE) {
        return drafted_plan(builder_, number, environment_.random(), role);
    }
    CheckedSubmission checked(const Submission& submission) {
        return must(CheckedSubmission::check(submission, builder_.ledger()));
    }
    // Whether the receipt proves the submission's event in the ledger as it was committed.
    Result<SignedCheckpoint> prove(const Committed& committed, const History& history) {
        const auto entry = TRY(history.entry(committed.index));
        const std::string origin = ledger_->facts().origin;
        const auto key = TRY(NoteKey::ed25519(origin, builder_.ledger_signer().key()));
        return check_receipt(committed.receipt, entry, key, origin);
    }

private:
    TempFolder folder_;
    LedgerBuilder builder_;
    TestEnvironment environment_;
    Store* store_;
    KeyTree document_keys_{Secret(Bytes(32, 9))};
    std::unique_ptr<Guard> guard_;
    std::unique_ptr<Ledger> ledger_;
};

}  // namespace wsoa::test
