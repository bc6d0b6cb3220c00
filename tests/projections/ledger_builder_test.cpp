#include "tests/support/ledger_builder.h"

#include "ledger/keys/signature.h"
#include "tests/support/changes.h"
#include "tests/support/faulty_store.h"
#include "tests/support/random_history.h"
#include "tests/support/reference_tree.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

TEST(LedgerBuilder, writes_a_history_that_opens_at_every_size) {
    LedgerBuilder ledger;
    RandomHistory(ledger, 5).append(40);
    const auto whole = ledger.history();
    std::vector<Bytes> entries;
    must(
        whole->each_entry(EventIndex{0}, [&](EventIndex, ByteView entry) -> Result<Snapshot::Step> {
            entries.push_back(copy_of(entry));
            return Snapshot::Step::next;
        }));
    const ReferenceTree tree(entries);
    for (std::uint64_t size = 1; size <= entries.size(); ++size) {
        EXPECT_EQ(ledger.history(TreeSize{size})->root(), tree.root_at(size));
    }
}

TEST(LedgerBuilder, signs_every_change) {
    LedgerBuilder ledger;
    RandomHistory(ledger, 5).append(40);
    must(ledger.history()->each_event(
        EventIndex{0}, [&](const Event& event) -> Result<Snapshot::Step> {
            EXPECT_TRUE(verify(event.envelope().author_key,
                               labelled(label::change, event.change().bytes()), event.signature()));
            return Snapshot::Step::next;
        }));
}

TEST(LedgerBuilder, binds_every_change_to_the_history_before_it) {
    LedgerBuilder ledger;
    RandomHistory(ledger, 5).append(40);
    const auto history = ledger.history();
    must(history->each_event(EventIndex{1}, [&](const Event& event) -> Result<Snapshot::Step> {
        EXPECT_EQ(event.envelope().ledger, ledger.ledger());
        EXPECT_EQ(event.envelope().seen.size.value, event.index().value);
        EXPECT_EQ(event.envelope().seen.root, must(history->root_at(event.envelope().seen.size)));
        return Snapshot::Step::next;
    }));
}

TEST(LedgerBuilder, counts_every_subject_and_plan) {
    LedgerBuilder ledger;
    ledger.draft_plan("TH");
    ledger.add_area("TH-1");
    ledger.propose("TH-1", "NM", "S");
    const auto history = ledger.history();
    EXPECT_EQ(must(history->trail_of(must(SubjectRef::parse("TH-1")))),
              (std::vector{EventIndex{2}, EventIndex{3}}));
    std::size_t events = 0;
    must(history->each_event_of(must(PlanRef::parse("TH")),
                                [&](const Event&) -> Result<Snapshot::Step> {
                                    ++events;
                                    return Snapshot::Step::next;
                                }));
    EXPECT_EQ(events, 3U);
}

TEST(LedgerBuilder, signs_its_checkpoints_as_the_ledger) {
    LedgerBuilder ledger;
    ledger.draft_plan("TH");
    const auto history = ledger.history();
    const auto origin = "ledger.example.gov.uk/test";
    const auto key = must(NoteKey::ed25519(origin, ledger.ledger_signer().key()));
    const auto checkpoint = must(open_checkpoint(must(history->checkpoint_note()), key, origin));
    EXPECT_EQ(checkpoint.checkpoint.size, history->size());
    EXPECT_EQ(checkpoint.checkpoint.root, history->root());
}

TEST(LedgerBuilder, writes_the_same_bytes_every_time) {
    LedgerBuilder one;
    LedgerBuilder other;
    RandomHistory(one, 5).append(30);
    RandomHistory(other, 5).append(30);
    EXPECT_EQ(rows_of(one.store()), rows_of(other.store()));
}

}  // namespace
}  // namespace wsoa::test
