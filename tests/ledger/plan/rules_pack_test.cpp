#include "tests/support/story_forum.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

// TH-E01 about nobody, and TH-E02 about a child.
Story with_evidence() {
    return forum_at_work({evidence_registered("TH-E01"), child_log_registered("TH-E02")});
}

TEST(PackRules, accept_what_concerns_nobody_and_redacted_copies_of_the_rest) {
    with_evidence().when(pack_frozen("TH-K1", "TH-E01")).is_accepted_by("R130");
    auto story = with_evidence();
    story.add(copy_redacted("TH-E02"));
    story.when(pack_frozen("TH-K1", "TH-E01,TH-E02").with("redacted", "TH-E02"))
        .is_accepted_by("R130");
}

TEST(PackRules, refuse_personal_data) {
    with_evidence().when(pack_frozen("TH-K1", "TH-E01,TH-E02")).is_refused_by("R130");
    forum_at_work({evidence_registered("TH-E03")
                       .with("personalData", "staff")
                       .with("lawfulBasis", "publicTask")})
        .when(pack_frozen("TH-K1", "TH-E03"))
        .is_refused_by("R130");
    // There is a copy, but it is the item itself that would be given.
    auto story = with_evidence();
    story.add(copy_redacted("TH-E02"));
    story.when(pack_frozen("TH-K1", "TH-E02")).is_refused_by("R130");
}

TEST(PackRules, refuse_a_redacted_copy_that_was_never_issued_or_is_of_nothing_in_the_pack) {
    with_evidence()
        .when(pack_frozen("TH-K1", "TH-E01,TH-E02").with("redacted", "TH-E02"))
        .is_refused_by("R130");
    auto story = with_evidence();
    story.add(copy_redacted("TH-E02").on("2022-02-10"));
    story.when(pack_frozen("TH-K1", "TH-E01").with("redacted", "TH-E02")).is_refused_by("R130");
    story.when(pack_frozen("TH-K1", "TH-E02").with("redacted", "TH-E02").effective("2022-02-09"))
        .is_refused_by("R130");
}

TEST(PackRules, refuse_items_that_are_not_there_and_those_that_came_later) {
    with_evidence().when(pack_frozen("TH-K1", "TH-E01,TH-E09")).is_refused_by("R130");
    with_evidence().when(pack_frozen("TH-K1", "TH-1")).is_refused_by("R130");
    with_evidence()
        .when(pack_frozen("TH-K1", "TH-E01").with("asAt", "2022-01-31").effective("2022-01-31"))
        .is_refused_by("R130");
}

TEST(PackRules, refuse_a_day_ahead_a_stranger_and_a_size_that_is_not_reached) {
    const auto story = with_evidence();
    story.when(pack_frozen("TH-K1", "TH-E01").with("asAt", "2022-02-02")).is_refused_by("R130");
    story.when(pack_frozen("TH-K1", "TH-E01").with("recipient", "a-stranger"))
        .is_refused_by("R130");
    const auto events = story.scene().next_index().value;
    story.when(pack_frozen("TH-K1", "TH-E01").with("size", std::to_string(events + 1)))
        .is_refused_by("R130");
    story.when(pack_frozen("TH-K1", "TH-E01").with("size", std::to_string(events)))
        .is_accepted_by("R130");
}

// Frozen for dfe-adviser.
Story frozen() {
    auto story = with_evidence();
    story.add(pack_frozen("TH-K1", "TH-E01"));
    return story;
}

TEST(PackSharing, ends_on_a_day_that_has_not_passed) {
    frozen().when(pack_shared("TH-K1", "2022-03-01")).is_accepted_by("R131");
    frozen().when(pack_shared("TH-K1", "2022-02-01")).is_accepted_by("R131");
    frozen().when(pack_shared("TH-K1", "2022-01-31")).is_refused_by("R131");
}

TEST(PackSharing, is_with_somebody_enrolled) {
    frozen()
        .when(pack_shared("TH-K1", "2022-03-01").with("recipient", "a-stranger"))
        .is_refused_by("R131");
}

TEST(PackReading, is_for_whom_it_was_frozen) {
    frozen().when(pack_read("TH-K1")).is_accepted_by("R132");
    frozen()
        .when(pack_read("TH-K1").by("nhse-adviser").with("reader", "nhse-adviser"))
        .is_refused_by("R132");
}

TEST(PackReading, is_for_whom_it_was_shared_with_until_that_ends) {
    auto story = frozen();
    story.add(pack_shared("TH-K1", "2022-03-01").on("2022-02-10"));
    const auto reading = pack_read("TH-K1").by("nhse-adviser").with("reader", "nhse-adviser");
    story.when(Step(reading).on("2022-03-01")).is_accepted_by("R132");
    story.when(Step(reading).on("2022-03-02")).is_refused_by("R132");
    story.when(Step(reading).on("2022-03-01").effective("2022-02-09")).is_refused_by("R132");
}

// Who froze it for somebody and then shared it for a time meant that time.
TEST(PackReading, ends_also_for_whom_it_was_frozen_once_it_was_shared_for_a_time) {
    auto story = frozen();
    story.add(pack_shared("TH-K1", "2022-03-01").with("recipient", "dfe-adviser"));
    story.when(pack_read("TH-K1").on("2022-03-01")).is_accepted_by("R132");
    story.when(pack_read("TH-K1").on("2022-03-02")).is_refused_by("R132");
}

TEST(PackReading, is_recorded_by_the_reader_or_the_office) {
    auto story = frozen();
    story.when(pack_read("TH-K1").by("nhse-adviser")).is_refused_by("R132");
    story.when(pack_read("TH-K1").by("programme-officer")).is_accepted_by("R132");
}

}  // namespace
}  // namespace wsoa::test
