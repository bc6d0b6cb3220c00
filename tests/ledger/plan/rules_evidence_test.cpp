#include "tests/support/story_evid.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

Story registered() { return given(plan_in_delivery("TH"), evidence_registered("TH-E01")); }
Story linked() {
    return given(plan_in_delivery("TH"), evidence_registered("TH-E01"),
                 evidence_linked("TH-E01", "TH-1.2"));
}

TEST(EvidenceRules, date_no_version_ahead) {
    const auto next = version_added("TH-E01v2", "TH-E01", 2);
    registered().when(Step(next).with("dateOfDocument", "2022-02-02")).is_refused_by("R34");
    registered()
        .when(Step(next).with("periodStart", "2022-02-01").with("periodEnd", "2022-01-31"))
        .is_refused_by("R34");
    registered().when(next).is_accepted_by("R34");
}

TEST(EvidenceRules, count_versions_up_by_one) {
    registered().when(version_added("TH-E01v2", "TH-E01", 1)).is_refused_by("R85");
    registered().when(version_added("TH-E01v2", "TH-E01", 3)).is_refused_by("R85");
    registered().when(version_added("TH-E01v2", "TH-E01", 2)).is_accepted_by("R85");
}

TEST(EvidenceRules, add_a_version_to_the_newest_one) {
    registered().when(version_added("TH-E02v2", "TH-E02", 2)).is_refused_by("R85");
    registered().when(version_added("TH-E02v2", "TH-1.2", 2)).is_refused_by("R85");
    auto story = registered();
    story.add(version_added("TH-E01v2", "TH-E01", 2));
    story.when(version_added("TH-E01v3", "TH-E01", 2)).conflicts_by("R85");
    story.when(version_added("TH-E01v3", "TH-E01v2", 3)).is_accepted_by("R85");
}

TEST(EvidenceRules, leave_a_document_to_one_item) {
    const auto number = [](int document) {
        return fmt::format("{}={}", document, std::string(64, '5'));
    };
    auto story = given(plan_in_delivery("TH"),
                       Step(evidence_registered("TH-E01")).with("document", number(7)));
    story.when(Step(evidence_registered("TH-E02")).with("document", number(7)))
        .is_refused_by("R98");
    const auto next = version_added("TH-E01v2", "TH-E01", 2);
    story.when(Step(next).with("document", number(7))).is_refused_by("R98");
    story.when(Step(next).with("document", number(8))).is_accepted_by("R98");
    story.when(evidence_registered("TH-E02")).is_accepted_by("R98");
}

TEST(EvidenceRules, link_evidence_only_to_what_it_can_show) {
    auto story = registered();
    story.add(evidence_registered("TH-E02"));
    story.add(measure_defined("TH-M1"));
    for (const auto* const target : {"TH-E02", "TH-E01", "TH-9.9", "HGY-1"}) {
        story.when(evidence_linked("TH-E01", target)).is_refused_by("R86");
    }
    for (const auto* const target : {"TH", "TH-1", "TH-O1", "TH-1.2", "TH-M1"}) {
        story.when(evidence_linked("TH-E01", target)).is_accepted_by("R86");
    }
}

TEST(EvidenceRules, link_evidence_once_while_the_link_stands) {
    auto story = linked();
    story.when(evidence_linked("TH-E01", "TH-1.2")).is_refused_by("R87");
    story.when(evidence_linked("TH-E01", "TH-1.1")).is_accepted_by("R87");
    story.add(evidence_unlinked("TH-E01", "TH-1.2"));
    story.when(evidence_linked("TH-E01", "TH-1.2")).is_accepted_by("R87");
}

TEST(EvidenceRules, end_only_a_link_that_stands) {
    auto story = linked();
    story.when(evidence_unlinked("TH-E01", "TH-1.1")).is_refused_by("R87");
    story.when(evidence_unlinked("TH-E01", "TH-1.2")).is_accepted_by("R87");
    story.add(evidence_unlinked("TH-E01", "TH-1.2"));
    story.when(evidence_unlinked("TH-E01", "TH-1.2")).is_refused_by("R87");
}

TEST(EvidenceRules, submit_evidence_for_what_it_is_linked_to) {
    auto story = linked();
    story.when(evidence_submitted("TH-E01", "TH-1.1")).is_refused_by("R88");
    story.when(evidence_submitted("TH-E01", "TH-1.2")).is_accepted_by("R88");
    story.add(evidence_unlinked("TH-E01", "TH-1.2"));
    story.when(evidence_submitted("TH-E01", "TH-1.2")).is_refused_by("R88");
}

TEST(EvidenceRules, submit_evidence_again_only_once_it_was_reviewed) {
    auto story = linked();
    story.add(evidence_submitted("TH-E01", "TH-1.2"));
    story.when(evidence_submitted("TH-E01", "TH-1.2")).is_refused_by("R88");
    story.add(evidence_more_asked("TH-E01", "TH-1.2"));
    story.when(evidence_submitted("TH-E01", "TH-1.2")).is_accepted_by("R88");
}

TEST(EvidenceRules, replace_evidence_by_another_item_that_stands) {
    auto story = registered();
    story.add(evidence_registered("TH-E02"));
    story.add(evidence_registered("TH-E03"));
    story.when(evidence_superseded("TH-E01", "TH-E01")).is_refused_by("R93");
    story.when(evidence_superseded("TH-E01", "TH-E09")).is_refused_by("R93");
    story.when(evidence_superseded("TH-E01", "TH-1.2")).is_refused_by("R93");
    story.when(evidence_superseded("TH-E01", "TH-E02")).is_accepted_by("R93");
    story.add(evidence_superseded("TH-E01", "TH-E02"));
    story.when(evidence_superseded("TH-E01", "TH-E03")).conflicts_by("R93");
    story.when(evidence_superseded("TH-E02", "TH-E01")).is_refused_by("R93");
}

TEST(EvidenceRules, call_only_accepted_evidence_too_old) {
    linked().when(evidence_marked_stale("TH-E01")).is_refused_by("R94");
    auto story = given(plan_in_delivery("TH"), evidence_counting("TH-E01", "TH-1.2"));
    story.when(evidence_marked_stale("TH-E01")).is_accepted_by("R94");
    story.add(evidence_marked_stale("TH-E01"));
    story.when(evidence_marked_stale("TH-E01")).is_refused_by("R94");
}

TEST(EvidenceRules, call_evidence_too_old_though_it_waits_for_another_action) {
    auto story = given(plan_in_delivery("TH"), evidence_counting("TH-E01", "TH-1.2"),
                       evidence_linked("TH-E01", "TH-1.1"));
    story.add(evidence_submitted("TH-E01", "TH-1.1"));
    story.when(evidence_marked_stale("TH-E01")).is_accepted_by("R94");
}

TEST(EvidenceRules, renew_evidence_that_has_a_day_of_review_until_a_later_one) {
    registered().when(evidence_renewed("TH-E01", "2023-05-05")).is_refused_by("R95");
    const auto story =
        given(plan_in_delivery("TH"), evidence_registered("TH-E01").with("reviewBy", "2022-06-30"));
    story.when(evidence_renewed("TH-E01", "2022-06-30")).is_refused_by("R95");
    story.when(evidence_renewed("TH-E01", "2022-07-01")).is_accepted_by("R95");
    story.when(evidence_renewed("TH-E01", "2022-07-01").on("2022-07-01")).is_refused_by("R95");
}

TEST(EvidenceRules, renew_evidence_that_is_too_old) {
    auto story = given(plan_in_delivery("TH"), evidence_counting("TH-E01", "TH-1.2"));
    story.add(evidence_marked_stale("TH-E01"));
    story.when(evidence_renewed("TH-E01", "2023-05-05")).is_accepted_by("R95");
}

Story child_log() {
    return given(plan_in_delivery("TH"), records_office(),
                 evidence_registered("TH-E07").with("personalData", "child"));
}

TEST(EvidenceRules, have_a_redacted_copy_made_by_two_people) {
    const auto copy = redacted_copy_issued("TH-E07", "TH-E07-R1");
    child_log().when(Step(copy).with("secondChecker", "records-manager")).is_refused_by("R96");
    child_log().when(Step(copy).with("secondChecker", "nobody-known")).is_refused_by("R96");
    child_log().when(Step(copy).with("redactor", "nobody-known")).is_refused_by("R96");
    child_log().when(Step(copy).by("records-deputy")).is_refused_by("R96");
    child_log().when(copy).is_accepted_by("R96");
    child_log().when(Step(copy).by("data-protection-officer")).is_accepted_by("R96");
}

TEST(EvidenceRules, keep_a_redacted_copy_apart_from_its_original) {
    auto story = child_log();
    story.add(evidence_registered("TH-E08"));
    for (const auto* const copy : {"TH-E07", "TH-1.2", "TH", "HGY-E07"}) {
        story.when(redacted_copy_issued("TH-E07", copy)).is_refused_by("R97");
    }
    story.when(redacted_copy_issued("TH-E07", "TH-E07-R1")).is_accepted_by("R97");
    story.when(redacted_copy_issued("TH-E07", "TH-E08")).is_accepted_by("R97");
}

TEST(EvidenceRules, redact_only_what_holds_personal_data_and_is_not_erased) {
    auto story = child_log();
    story.add(evidence_registered("TH-E08"));
    story.when(redacted_copy_issued("TH-E08", "TH-E08-R1")).is_refused_by("R97");
    story.add(erasure_requested("TH-E07", "TH-ER1"));
    story.add(erasure_decided("TH-E07", "TH-ER1"));
    story.add(content_erased("TH-E07", "TH-ER1"));
    story.when(redacted_copy_issued("TH-E07", "TH-E07-R1")).is_refused_by("R97");
}

}  // namespace
}  // namespace wsoa::test
