// The door at the border between two keys of the ledger.

#include "ledger/ledger.h"

#include "tests/support/changes.h"
#include "tests/support/environment.h"
#include "tests/support/ledger_builder.h"
#include "tests/support/scene.h"
#include "tests/support/submissions.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::must;

// A ledger with two founders, and a new key for it that may wait beside the present one.
class LedgerKeyBorder : public testing::Test {
protected:
    LedgerKeyBorder() : vault_(Secret(Bytes(32, 7))) {
        builder_.commit();
        environment_.clock().set(Instant{1'700'000'000'000});
        guard_ = must(Guard::create(folder_ / "guard", builder_.ledger(),
                                    {.size = builder_.size(), .root = builder_.history()->root()}));
    }

    std::unique_ptr<Ledger> open(const Signer* next) {
        return must(Ledger::open({.store = builder_.store(),
                                  .guard = *guard_,
                                  .signer = builder_.ledger_signer(),
                                  .next_signer = next,
                                  .word_keys = vault_,
                                  .environment = environment_.environment()}));
    }
    Submission signed_by(std::string_view founder, Draft& draft, const Ledger& ledger,
                         std::optional<EventIndex> answers = {}) {
        const auto& seen = ledger.checkpoint().checkpoint;
        auto envelope = test::founders_envelope(
            builder_.ledger(), {.size = seen.size, .root = seen.root}, "ledger", ++ids_);
        envelope.subject_version = must(must(ledger.history())->version_of(envelope.subject));
        envelope.author_key = builder_.signer_of(founder).key();
        envelope.answers = answers;
        return test::signed_submission(draft, envelope, builder_.signer_of(founder),
                                       {{schema::WordField::REASON, "A new server"}},
                                       environment_.random());
    }
    EventIndex rotate(Ledger& ledger) {
        const auto& id = builder_.ledger();
        Draft draft(Kind::LEDGER_KEY_ROTATED);
        must(draft.set("newKey", next_->key().hex()));
        const auto proof = next_->sign(ledger_key_proof_message(id, next_->key()));
        const auto handover =
            builder_.ledger_signer().sign(ledger_key_handover_message(id, next_->key()));
        must(draft.set("proof", to_hex(proof.view())));
        must(draft.set("handover", to_hex(handover.view())));
        return must(ledger.commit(signed_by("programme-manager", draft, ledger))).index;
    }
    Submission confirmation(const Ledger& ledger, EventIndex rotation) {
        Draft draft(Kind::LEDGER_KEY_CONFIRMED);
        return signed_by("director-of-education", draft, ledger, rotation);
    }
    static bool holds(const std::string& note, const Signer& signer, const Ledger& ledger) {
        const auto key = must(NoteKey::ed25519(ledger.facts().origin, signer.key()));
        return open_checkpoint(note, key, ledger.facts().origin).ok();
    }

    TempFolder folder_;
    test::LedgerBuilder builder_;
    TestEnvironment environment_;
    KeyTree vault_;
    std::unique_ptr<Guard> guard_;
    std::unique_ptr<MemorySigner> next_ = test::signer_named("the ledger's next key");
    std::uint16_t ids_ = 0;
};

TEST_F(LedgerKeyBorder, lies_at_the_confirmation_and_not_at_the_rotation) {
    const auto ledger = open(next_.get());
    const auto rotation = rotate(*ledger);
    EXPECT_TRUE(holds(ledger->checkpoint().note, builder_.ledger_signer(), *ledger));
    const auto confirmed = ledger->commit(confirmation(*ledger, rotation));
    ASSERT_TRUE(confirmed.ok()) << confirmed.error().message;
    EXPECT_TRUE(holds(ledger->checkpoint().note, *next_, *ledger));
    EXPECT_FALSE(holds(ledger->checkpoint().note, builder_.ledger_signer(), *ledger));
}

TEST_F(LedgerKeyBorder, is_in_the_receipt_of_the_confirmation_itself) {
    const auto ledger = open(next_.get());
    const auto rotation = rotate(*ledger);
    const auto confirmed = must(ledger->commit(confirmation(*ledger, rotation)));
    EXPECT_TRUE(holds(confirmed.receipt.checkpoint_note, *next_, *ledger));
}

TEST_F(LedgerKeyBorder, is_not_crossed_without_the_new_key) {
    const auto ledger = open(nullptr);
    const auto rotation = rotate(*ledger);
    const auto refused = ledger->commit(confirmation(*ledger, rotation));
    EXPECT_EQ(refused.error().fault, Fault::unavailable);
    EXPECT_NE(refused.error().advice.find("keys/ledger-next.pem"), std::string::npos);
    // The ledger goes on with the old one, which may hand over to another.
    EXPECT_EQ(ledger->facts().signing_keys.size(), 1U);
    next_ = test::signer_named("another key");
    rotate(*ledger);
    EXPECT_TRUE(holds(ledger->checkpoint().note, builder_.ledger_signer(), *ledger));
}

TEST_F(LedgerKeyBorder, is_found_again_by_whoever_opens_the_ledger_with_both_keys) {
    {
        const auto ledger = open(next_.get());
        const auto rotation = rotate(*ledger);
        must(ledger->commit(confirmation(*ledger, rotation)));
    }
    const auto again = open(next_.get());
    EXPECT_TRUE(holds(again->checkpoint().note, *next_, *again));
    EXPECT_EQ(again->facts().signing_key_at(again->checkpoint().checkpoint.size), next_->key());
    // Of two keys the old one alone opens it no longer.
    const LedgerParts with_the_old_one{.store = builder_.store(),
                                       .guard = *guard_,
                                       .signer = builder_.ledger_signer(),
                                       .next_signer = nullptr,
                                       .word_keys = vault_,
                                       .environment = environment_.environment()};
    EXPECT_EQ(Ledger::open(with_the_old_one).error().fault, Fault::missing);
}

}  // namespace
}  // namespace wsoa
