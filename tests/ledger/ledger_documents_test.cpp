// A document comes into the ledger with the event that names it, in one batch, and verification
// finds what was done to its manifest since.

#include "ledger/ledger.h"
#include "ledger/store/documents.h"
#include "tests/support/environment.h"
#include "tests/support/memory_blobs.h"
#include "tests/support/submissions.h"
#include "tests/support/temp_folder.h"
#include "tests/support/text_source.h"
#include "tests/support/verification.h"

#include <gmock/gmock.h>

namespace wsoa {
namespace {

using test::must;
using testing::IsEmpty;

class LedgerDocuments : public test::Verification {
protected:
    LedgerDocuments() {
        environment_.clock().set(Instant{1'700'000'000'000});
        guard_ = must(Guard::create(folder_ / "guard", builder_.ledger(),
                                    {.size = builder_.size(), .root = builder_.history()->root()}));
        ledger_ = must(open(&keys_));
    }

    Result<std::unique_ptr<Ledger>> open(const KeyTree* document_keys) {
        return Ledger::open({.store = builder_.store(),
                             .guard = *guard_,
                             .signer = builder_.ledger_signer(),
                             .next_signer = nullptr,
                             .word_keys = builder_.word_keys(),
                             .environment = environment_.environment(),
                             .document_keys = document_keys});
    }
    PendingDocument bring_in(const std::string& text) {
        const Documents documents({.blobs = blobs_, .keys = keys_, .ledger = builder_.ledger()});
        const auto snapshot = must(builder_.store().snapshot());
        const auto number = must(documents.next_number(*snapshot));
        return must(documents.add(test::TextSource(text),
                                  {.number = number, .media_type = "text/plain"},
                                  environment_.random(), {}));
    }
    // The item's registration, which names that document.
    Submission registering(const std::string& item, const PendingDocument& pending) {
        const auto& seen = ledger_->checkpoint().checkpoint;
        auto envelope = test::founders_envelope(
            builder_.ledger(), {.size = seen.size, .root = seen.root}, item, ++ids_);
        envelope.author_key = builder_.signer_of("programme-manager").key();
        envelope.as_role = schema::Role::PROGRAMME_OFFICE;
        Draft draft(Kind::EVIDENCE_REGISTERED);
        must(draft.set("type", "report"));
        must(draft.set("version", "1"));
        must(draft.set("personalData", "none"));
        must(draft.set("document", fmt::format("{}={}", pending.number.value,
                                               to_hex(pending.commitment.view()))));
        auto made =
            test::signed_submission(draft, envelope, builder_.signer_of("programme-manager"),
                                    {{schema::WordField::TITLE, "Audit"}}, environment_.random());
        made.document = HandedDocument{.number = pending.number, .record = pending.record};
        return made;
    }
    PendingDocument add(const std::string& item, const std::string& text) {
        auto pending = bring_in(text);
        const auto committed = ledger_->commit(registering(item, pending));
        EXPECT_TRUE(committed.ok()) << committed.error().message;
        return pending;
    }
    Verdict verdict_now(const KeyTree* keys) {
        const auto snapshot = must(builder_.store().snapshot());
        const auto size = ledger_->checkpoint().checkpoint.size;
        const StoreSource source(*snapshot, size, size);
        return must(verify_ledger(source, {.document_keys = keys}));
    }
    Fault fault_of(const Submission& submission) {
        const auto committed = ledger_->commit(submission);
        return committed.ok() ? Fault::busy : committed.error().fault;
    }
    static Bytes key(std::uint64_t number) { return layout::manifest_key({number}); }

    TempFolder folder_;
    TestEnvironment environment_;
    test::MemoryBlobs blobs_;
    KeyTree keys_{Secret(Bytes(32, 9))};
    std::unique_ptr<Guard> guard_;
    std::unique_ptr<Ledger> ledger_;
    std::uint16_t ids_ = 0;
};

TEST_F(LedgerDocuments, stand_in_the_store_once_their_event_does) {
    const auto pending = add("TH-E01", "The audit");
    EXPECT_EQ(row(key(0)), pending.record);
    const auto verdict = verdict_now(&keys_);
    EXPECT_THAT(lines(verdict), IsEmpty());
    EXPECT_TRUE(says(verdict.checked, "the manifests of 1 document against their commitments"));
    EXPECT_TRUE(says(verdict.not_checked, "the pieces of documents"));
}

TEST_F(LedgerDocuments, come_with_the_change_that_names_them_and_with_no_other) {
    auto alone = registering("TH-E01", bring_in("The audit"));
    const auto document = std::exchange(alone.document, std::nullopt);
    EXPECT_EQ(fault_of(alone), Fault::invalid);
    alone.document = HandedDocument{.number = {5}, .record = document->record};
    EXPECT_EQ(fault_of(alone), Fault::invalid);
    EXPECT_FALSE(must(must(builder_.store().snapshot())->get(key(0))).has_value());
    alone.document = document;
    EXPECT_TRUE(ledger_->commit(alone).ok());
}

TEST_F(LedgerDocuments, are_those_that_the_change_commits_to) {
    const auto audit = bring_in("The audit");
    auto with_another = registering("TH-E01", audit);
    with_another.document->record = bring_in("Minutes").record;
    EXPECT_EQ(fault_of(with_another), Fault::invalid);
    with_another.document->record = audit.record;
    with_another.document->record.back() ^= 1;
    EXPECT_EQ(fault_of(with_another), Fault::distrusted);
    with_another.document->record.clear();
    EXPECT_EQ(fault_of(with_another), Fault::corrupt);
}

TEST_F(LedgerDocuments, take_a_number_that_nothing_was_kept_under) {
    const auto minutes = bring_in("Minutes");
    add("TH-E01", "The audit");
    EXPECT_EQ(minutes.number.value, 0U) << "both were brought in at the same time";
    const auto late = registering("TH-E02", minutes);
    EXPECT_NE(fault_of(late), Fault::busy);
    EXPECT_EQ(bring_in("Minutes").number.value, 1U);
}

TEST_F(LedgerDocuments, are_not_taken_where_the_vault_of_documents_is_not_open) {
    const auto made = registering("TH-E01", bring_in("The audit"));
    ledger_ = must(open(nullptr));
    EXPECT_EQ(fault_of(made), Fault::unavailable);
}

TEST_F(LedgerDocuments, whose_manifest_was_tampered_with_are_found) {
    add("TH-E01", "The audit");
    add("TH-E02", "Minutes");
    const auto size = ledger_->checkpoint().checkpoint.size.value;
    const auto first = row(key(0));
    const auto second = row(key(1));
    flip(key(0), 60);
    EXPECT_TRUE(says(
        lines(verdict_now(&keys_)),
        fmt::format("breach {} the manifest of its document, number 0, is damaged", size - 2)));
    put(key(0), second);
    EXPECT_TRUE(says(lines(verdict_now(&keys_)), "number 0, is damaged"));
    erase(key(0));
    EXPECT_TRUE(says(lines(verdict_now(nullptr)), "number 0, is missing"))
        << "without the vault too";
    put(key(0), first);
    EXPECT_THAT(lines(verdict_now(&keys_)), IsEmpty());
    put(key(7), first);
    EXPECT_TRUE(says(lines(verdict_now(nullptr)), "1 manifest of a document was added"));
}

TEST_F(LedgerDocuments, that_no_key_opens_and_nobody_erased_are_found) {
    add("TH-E01", "The audit");
    must(keys_.forget(LeafIndex{0}));
    EXPECT_TRUE(says(lines(verdict_now(&keys_)),
                     "the vault cannot open its document, number 0, and no erasure is on record"));
}

}  // namespace
}  // namespace wsoa
