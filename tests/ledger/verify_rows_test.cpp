// Verification of what lies around the events: indexes, copies, counts, words, and rows too many.

#include "tests/support/unreadable.h"
#include "tests/support/verification.h"

#include <gmock/gmock.h>

namespace wsoa {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class VerifyRows : public test::Verification {
protected:
    std::vector<std::string> found() {
        return lines(verdict({.depth = Depth::log, .word_keys = &builder_.word_keys()}));
    }
    Event event(std::uint64_t index) {
        return test::must(builder_.history()->event(EventIndex{index}));
    }
    const PlanRef plan_ = test::must(PlanRef::parse("TH"));
};

TEST_F(VerifyRows, finds_nothing_where_every_word_opens) {
    const auto clean = verdict({.depth = Depth::log, .word_keys = &builder_.word_keys()});
    EXPECT_THAT(lines(clean), IsEmpty());
    EXPECT_TRUE(says(clean.checked, "3 words against their commitments"));
}

TEST_F(VerifyRows, finds_that_the_index_of_a_subject_leads_elsewhere_or_nowhere) {
    const auto key = layout::subject_key(test::must(SubjectRef::parse("@head-of-send")), 1);
    put(key, layout::number_value(4));
    EXPECT_THAT(found(), ElementsAre("breach 2 the index of @head-of-send does not lead to it"));
    erase(key);
    EXPECT_THAT(found(), ElementsAre("breach 2 the index of @head-of-send does not lead to it"));
    put(key, Bytes(7, 0));
    EXPECT_THAT(found(), ElementsAre("breach 2 the index of @head-of-send does not lead to it",
                                     "breach - 1 row was added to the index of subjects: it "
                                     "belongs to no event"));
}

TEST_F(VerifyRows, finds_that_the_index_of_change_ids_leads_elsewhere) {
    const auto envelope = event(3).envelope();
    put(layout::change_id_key(envelope.author_key, envelope.id), layout::number_value(1));
    EXPECT_THAT(found(), ElementsAre("breach 3 the index of change ids does not lead to it"));
}

TEST_F(VerifyRows, finds_a_plan_copy_that_was_changed_or_is_missing) {
    const auto key = layout::plan_event_key(plan_, EventIndex{8});
    flip(key, 10);
    EXPECT_THAT(found(), ElementsAre("breach 8 the copy that lies with its plan's events differs"));
    erase(key);
    EXPECT_THAT(found(), ElementsAre("breach 8 the copy that lies with its plan's events differs",
                                     "breach - the store says that TH has 2 events, but holds 1"));
}

// A scan ends at such a row; what lies behind it is looked at all the same.
TEST_F(VerifyRows, reports_the_rows_that_were_damaged_on_the_disk_and_looks_at_all_others) {
    const auto envelope = event(3).envelope();
    const test::UnreadableRows snapshot(
        test::must(builder_.store().snapshot()),
        {layout::subject_key(test::must(SubjectRef::parse("@head-of-send")), 0),
         layout::change_id_key(envelope.author_key, envelope.id),
         layout::plan_event_key(plan_, EventIndex{7})},
        Fault::corrupt);
    put(layout::subject_key(test::must(SubjectRef::parse("TH")), 0), layout::number_value(1));
    flip(layout::plan_event_key(plan_, EventIndex{8}), 10);
    const test::UnreadableRows altered(
        test::must(builder_.store().snapshot()),
        {layout::subject_key(test::must(SubjectRef::parse("@head-of-send")), 0),
         layout::plan_event_key(plan_, EventIndex{7})},
        Fault::corrupt);
    EXPECT_THAT(
        lines(verdict_of(snapshot, {.depth = Depth::log})),
        ElementsAre(
            "breach 1 the index of its subject cannot be read: the block is damaged",
            "breach 3 the index of change ids cannot be read: the block is damaged",
            "breach 7 the copy that lies with its plan's events cannot be read: the block is "
            "damaged"));
    EXPECT_THAT(
        lines(verdict_of(altered, {.depth = Depth::log})),
        testing::IsSupersetOf({"breach 7 the index of TH does not lead to it",
                               "breach 8 the copy that lies with its plan's events differs"}));
}

TEST_F(VerifyRows, calls_no_count_wrong_where_the_machine_could_not_read_all_of_it) {
    for (const auto& key :
         {layout::plan_event_key(plan_, EventIndex{7}), layout::plan_count_key(plan_)}) {
        const test::UnreadableRows snapshot(test::must(builder_.store().snapshot()), {key},
                                            Fault::unavailable);
        const auto found = verdict_of(snapshot, {.depth = Depth::log});
        EXPECT_FALSE(found.has_breach()) << testing::PrintToString(lines(found));
        EXPECT_TRUE(says(found.not_checked, "whether rows were added, to the end"));
    }
}

TEST_F(VerifyRows, finds_a_count_that_is_wrong_or_missing) {
    const auto key = layout::plan_count_key(std::nullopt);
    put(key, layout::number_value(6));
    EXPECT_THAT(found(), ElementsAre("breach - the store says that the ledger and its people has 6 "
                                     "events, but holds 7"));
    erase(key);
    EXPECT_THAT(found(), ElementsAre("breach - the store says that the ledger and its people has 0 "
                                     "events, but holds 7"));
}

TEST_F(VerifyRows, finds_rows_that_were_added) {
    put(layout::subject_key(test::must(SubjectRef::parse("TH-9")), 0), layout::number_value(3));
    EXPECT_THAT(found(), ElementsAre("breach - 1 row was added to the index of subjects: each "
                                     "event has one"));
    auto id = event(3).envelope().id;
    id.bytes[0] ^= 1;
    put(layout::change_id_key(event(3).envelope().author_key, id), layout::number_value(3));
    put(layout::plan_event_key(test::must(PlanRef::parse("XY")), EventIndex{3}), Bytes{1});
    put(Bytes{'q', 1}, Bytes{1});
    put(Bytes{'e', 1}, Bytes{1});
    put(layout::node_key({.level = 0, .index = 9}), Bytes(32, 1));
    put(layout::node_key({.level = 99, .index = 0}), Bytes(32, 1));
    put(layout::words_key(EventIndex{9}), Bytes{1});
    const auto all = found();
    EXPECT_TRUE(says(all, "1 row was added to the index of change ids"));
    EXPECT_TRUE(says(all, "rows were added to the events of XY"));
    EXPECT_TRUE(says(all, "1 row was added that no ledger has"));
    EXPECT_TRUE(says(all, "1 row was added to events: it belongs to no event"));
    EXPECT_TRUE(says(all, "2 rows were added to the tree's hashes"));
    EXPECT_TRUE(says(all, "1 row was added to sealed words"));
}

TEST_F(VerifyRows, finds_words_that_were_changed_moved_removed_or_added) {
    const auto key = layout::words_key(EventIndex{7});
    const auto stored = row(key);
    flip(key, stored.size() - 3);
    EXPECT_THAT(found(), ElementsAre(HasSubstr("breach 7 its words in field title are damaged")));
    flip(key, 0);
    EXPECT_THAT(found(), ElementsAre(HasSubstr("breach 7 its sealed words are damaged")));
    put(key, row(layout::words_key(EventIndex{8})));
    EXPECT_THAT(found(), ElementsAre(HasSubstr("breach 7 its")));
    erase(key);
    EXPECT_THAT(found(), ElementsAre("breach 7 its sealed words are missing"));
    put(key, stored);
    put(layout::words_key(EventIndex{1}), stored);
    EXPECT_THAT(found(), ElementsAre("breach 1 words are stored that it does not commit to"));
}

TEST_F(VerifyRows, finds_a_version_that_was_not_due) {
    // The author says version 1 where the subject has none yet.
    test::LedgerBuilder other;
    const auto index =
        other.append({.kind = Kind::ACTION_STARTED, .subject = "TH-1.1", .skips_versions = 1});
    other.commit();
    const auto snapshot = test::must(other.store().snapshot());
    const StoreSource source(*snapshot, other.size(), other.size());
    const auto all = lines(test::must(verify_ledger(source, {.depth = Depth::log})));
    EXPECT_TRUE(
        says(all, fmt::format("breach {} it is version 1 of TH-1.1, where 0 was due", index.value)))
        << testing::PrintToString(all);
}

TEST_F(VerifyRows, allows_a_gap_in_versions_where_the_event_between_cannot_be_read) {
    builder_.start("TH-1.1");
    builder_.start("TH-1.1");
    builder_.start("TH-1.1");
    builder_.commit();
    flip(layout::event_key(EventIndex{10}), 20);
    EXPECT_THAT(found(), ElementsAre(HasSubstr("breach 10 its bytes are not those")));
}

TEST_F(VerifyRows, notes_events_that_the_guard_does_not_vouch_for_yet) {
    const auto snapshot = test::must(builder_.store().snapshot());
    const StoreSource source(*snapshot, TreeSize{1}, builder_.size());
    const auto all = lines(test::must(verify_ledger(source, {.depth = Depth::log})));
    EXPECT_THAT(all, ElementsAre(HasSubstr("noted - 8 events lie beyond what the guard vouches")));
}

}  // namespace
}  // namespace wsoa
