// Verification at the depth of the log: leaves, tree, checkpoints, what others had seen.

#include "ledger/base/limits.h"
#include "ledger/base/sha256.h"
#include "tests/support/unreadable.h"
#include "tests/support/verification.h"

#include <gmock/gmock.h>

namespace wsoa {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using Known = VerifyQuestion::Known;

class VerifyLog : public test::Verification {
protected:
    Verdict log() { return verdict({.depth = Depth::log}); }
    // A signed checkpoint of the ledger as it stands.
    Known known_now() {
        return {.from = "last-visit.checkpoint",
                .size = builder_.size(),
                .root = builder_.history()->root(),
                .note = test::must(builder_.history()->checkpoint_note())};
    }
};

TEST_F(VerifyLog, finds_nothing_in_a_ledger_that_was_kept_well) {
    const auto clean = log();
    EXPECT_THAT(lines(clean), IsEmpty());
    EXPECT_EQ(clean.root, builder_.history()->root());
    EXPECT_EQ(clean.size, builder_.size());
}

TEST_F(VerifyLog, names_the_event_of_which_a_byte_was_flipped_and_nothing_else) {
    for (std::uint64_t i = 0; i < builder_.size().value; ++i) {
        const auto key = layout::event_key(EventIndex{i});
        const auto stored = row(key);
        flip(key, i * 37, 4);
        const auto found = log();
        ASSERT_THAT(found.findings, testing::Not(IsEmpty())) << i;
        EXPECT_EQ(found.findings.front().event, EventIndex{i});
        EXPECT_THAT(found.findings.front().what, HasSubstr("not those that were recorded"));
        if (i > 0) {
            // Without event 0 nothing says which key signs.
            EXPECT_THAT(found.findings, SizeIs(1)) << testing::PrintToString(lines(found));
        }
        put(key, stored);
    }
}

TEST_F(VerifyLog, names_an_event_that_is_missing) {
    for (std::uint64_t i = 1; i < builder_.size().value; ++i) {
        const auto key = layout::event_key(EventIndex{i});
        const auto stored = row(key);
        erase(key);
        EXPECT_THAT(lines(log()), ElementsAre(fmt::format("breach {} the event is missing", i)));
        put(key, stored);
    }
}

TEST_F(VerifyLog, names_both_events_that_changed_places) {
    const auto one = layout::event_key(EventIndex{2});
    const auto other = layout::event_key(EventIndex{5});
    const auto stored = row(one);
    put(one, row(other));
    put(other, stored);
    const auto found = lines(log());
    EXPECT_TRUE(says(found, "breach 2 its bytes are not those"));
    EXPECT_TRUE(says(found, "breach 5 its bytes are not those"));
    EXPECT_THAT(found, SizeIs(2));
}

TEST_F(VerifyLog, tells_an_altered_hash_of_a_leaf_from_an_altered_event) {
    flip(layout::node_key({.level = 0, .index = 2}), 5);
    EXPECT_THAT(lines(log()), ElementsAre(HasSubstr("breach 2 its hash in the tree differs")));
}

TEST_F(VerifyLog, finds_a_hash_of_the_tree_that_was_changed_or_is_missing) {
    const auto key = layout::node_key({.level = 1, .index = 0});
    const auto stored = row(key);
    flip(key, 0);
    EXPECT_THAT(lines(log()),
                ElementsAre("breach 1 the tree's hash over events 0 to 1 is not what they give"));
    erase(key);
    EXPECT_THAT(lines(log()),
                ElementsAre("breach 1 the tree's hash over events 0 to 1 is missing"));
    put(key, Bytes(31, 7));
    EXPECT_THAT(lines(log()),
                ElementsAre("breach 1 the tree's hash over events 0 to 1 is missing"));
    put(key, stored);
    erase(layout::node_key({.level = 0, .index = 3}));
    EXPECT_THAT(lines(log()), ElementsAre("breach 3 its hash in the tree is missing"));
}

TEST_F(VerifyLog, finds_an_event_that_was_replaced_together_with_its_hash) {
    // Another event's bytes, well formed, with the leaf's hash made to fit.
    const EventIndex index{4};
    const auto other = row(layout::event_key(EventIndex{3}));
    put(layout::event_key(index), other);
    put(layout::node_key({.level = 0, .index = index.value}), copy_of(hash_leaf(other).view()));
    const auto found = lines(log());
    EXPECT_TRUE(says(found, "the checkpoint over 9 events has another root")) << found.size();
    EXPECT_TRUE(says(found, "the tree's hash over events 4 to 5"));
}

TEST_F(VerifyLog, finds_that_a_checkpoint_was_changed) {
    const auto key = layout::checkpoint_key(builder_.size());
    flip(key, row(key).size() - 8);
    EXPECT_THAT(lines(log()),
                ElementsAre(HasSubstr("breach 8 the checkpoint over 9 events does not hold")));
}

TEST_F(VerifyLog, finds_that_a_checkpoint_stands_under_another_size) {
    put(layout::checkpoint_key(TreeSize{3}), row(layout::checkpoint_key(builder_.size())));
    EXPECT_THAT(lines(log()), ElementsAre("breach 2 the checkpoint over 3 events is of 9 events"));
}

TEST_F(VerifyLog, finds_that_the_last_events_have_no_checkpoint) {
    erase(layout::checkpoint_key(builder_.size()));
    EXPECT_THAT(lines(log()), ElementsAre("breach - no checkpoint covers all 9 events"));
}

TEST_F(VerifyLog, does_not_run_on_for_a_size_that_somebody_only_claims) {
    const TreeSize claimed{std::uint64_t{1} << 60};
    put(layout::checkpoint_key(claimed), Bytes{1});
    const auto snapshot = test::must(builder_.store().snapshot());
    const StoreSource source(*snapshot, claimed, claimed);
    const auto found = test::must(verify_ledger(source, {.depth = Depth::log}));
    EXPECT_TRUE(found.has_breach());
    EXPECT_EQ(found.size, builder_.size());
    EXPECT_TRUE(says(lines(found), "breach 9 the events from here on are missing"));
}

TEST_F(VerifyLog, goes_on_over_a_hole_as_long_as_anything_follows) {
    for (int i = 0; i < 4'100; ++i) {
        builder_.start("TH-1.1");
    }
    builder_.commit();
    for (std::uint64_t i = 2'000; i < 2'060; ++i) {
        erase(layout::event_key(EventIndex{i}));
    }
    const auto found = log();
    EXPECT_EQ(found.size, builder_.size());
    EXPECT_THAT(found.findings, SizeIs(60));
}

TEST_F(VerifyLog, reports_an_event_that_was_damaged_on_the_disk_and_goes_on) {
    for (const auto index : {EventIndex{1}, EventIndex{8}}) {
        const test::UnreadableRows snapshot(test::must(builder_.store().snapshot()),
                                            {layout::event_key(index)}, Fault::corrupt);
        const auto found = verdict_of(snapshot, {.depth = Depth::log});
        EXPECT_THAT(lines(found),
                    ElementsAre(fmt::format(
                        "breach {} the event cannot be read: the block is damaged", index.value)));
        EXPECT_TRUE(says(found.not_checked, "events: the block is damaged"));
    }
}

TEST_F(VerifyLog, calls_it_no_breach_where_the_machine_could_not_read) {
    const test::UnreadableRows snapshot(
        test::must(builder_.store().snapshot()),
        {layout::event_key(EventIndex{1}), layout::node_key({.level = 1, .index = 1}),
         layout::checkpoint_key(TreeSize{1}), layout::words_key(EventIndex{7})},
        Fault::unavailable);
    const auto found = verdict_of(snapshot, {.depth = Depth::log});
    EXPECT_FALSE(found.has_breach()) << testing::PrintToString(lines(found));
    EXPECT_GT(found.unread, 0U);
    EXPECT_TRUE(says(lines(found), "noted 1 the event cannot be read"));
    EXPECT_TRUE(says(lines(found), "noted 3 a hash of the tree that it completes cannot be read"));
    EXPECT_TRUE(says(lines(found), "noted 0 a checkpoint that may be there cannot be read"));
    EXPECT_TRUE(says(lines(found), "noted 7 its words cannot be read"));
}

TEST_F(VerifyLog, finds_that_time_went_backwards) {
    builder_.advance_days(-3);
    const auto index = builder_.start("TH-1.1");
    builder_.commit();
    EXPECT_THAT(lines(log()),
                ElementsAre(fmt::format(
                    "breach {} it was recorded before the event that it follows", index.value)));
}

TEST_F(VerifyLog, says_that_a_ledger_was_shortened_or_rewritten) {
    Hash other;
    other.bytes.fill(3);
    EXPECT_THAT(
        lines(verdict({.known = {{.from = "a visit", .size = TreeSize{99}, .root = other}}})),
        ElementsAre("breach - a visit knows 99 events, but there are 9: the ledger was "
                    "shortened"));
    EXPECT_THAT(
        lines(verdict({.known = {{.from = "a visit", .size = TreeSize{2}, .root = other}}})),
        ElementsAre("breach - the first 2 events are not those that a visit knows: the ledger was "
                    "rewritten"));
}

TEST_F(VerifyLog, believes_a_checkpoint_kept_elsewhere_only_if_the_ledger_signed_it) {
    const auto known = known_now();
    const auto continued = verdict({.known = {known}});
    EXPECT_TRUE(continued.continues_earlier);
    EXPECT_TRUE(says(continued.checked, "it continues last-visit.checkpoint, at 9 events"));
    auto forged = known;
    forged.note->at(forged.note->size() - 8) ^= 1;
    const auto refused = verdict({.known = {forged}});
    EXPECT_FALSE(refused.continues_earlier);
    EXPECT_THAT(lines(refused),
                ElementsAre(HasSubstr("last-visit.checkpoint is not signed by the key that this "
                                      "ledger says it had then")));
}

TEST_F(VerifyLog, takes_the_operators_guard_for_no_proof_to_others) {
    auto guard = known_now();
    guard.held = Known::Held::by_the_operator;
    const auto found = verdict({.known = {guard}});
    EXPECT_FALSE(found.continues_earlier);
    EXPECT_TRUE(says(found.not_checked, "whether this is the ledger that others saw"));
}

TEST_F(VerifyLog, lists_what_follows_from_one_alteration_ten_times_and_counts_the_rest) {
    for (int i = 0; i < 40; ++i) {
        builder_.start("TH-1.1");
        builder_.commit();
    }
    const auto other = row(layout::event_key(EventIndex{3}));
    put(layout::event_key(EventIndex{4}), other);
    put(layout::node_key({.level = 0, .index = 4}), copy_of(hash_leaf(other).view()));
    const auto found = lines(log());
    EXPECT_EQ(std::ranges::count_if(found,
                                    [](const std::string& line) {
                                        return line.starts_with("breach") &&
                                               line.find("had seen another history") !=
                                                   std::string::npos &&
                                               line.find("more like this") == std::string::npos;
                                    }),
              10);
    EXPECT_TRUE(says(found, "and 34 more like this, the last of them: its author had seen"))
        << testing::PrintToString(found);
}

}  // namespace
}  // namespace wsoa
