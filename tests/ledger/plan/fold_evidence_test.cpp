#include "tests/support/anomaly.h"
#include "tests/support/changes.h"
#include "tests/support/story_evid.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using schema::EvidenceStage;
using testing::ElementsAre;

Date day(std::string_view text) { return must(parse_date(text)); }
SubjectRef subject(std::string_view text) { return must(SubjectRef::parse(text)); }
PersonId person(std::string_view text) { return must(PersonId::parse(text)); }

const Evidence& item_in(const Scene& scene, std::string_view ref = "TH-E01") {
    return scene.plan("TH").evidence.at(subject(ref));
}

TEST(FoldEvidence, keeps_a_version_beside_the_one_before) {
    const auto scene = given(plan_in_delivery("TH"), evidence_registered("TH-E01"),
                             version_added("TH-E01v2", "TH-E01", 2).with("lawfulBasis", "consent"))
                           .scene();
    const auto& next = item_in(scene, "TH-E01v2");
    EXPECT_EQ(next.version, 2);
    EXPECT_EQ(next.prior, subject("TH-E01"));
    EXPECT_EQ(next.lawful_basis, schema::LawfulBasis::CONSENT);
    EXPECT_EQ(next.stage.latest()->value, EvidenceStage::REGISTERED);
    EXPECT_EQ(item_in(scene).version, 1);
}

TEST(FoldEvidence, remembers_which_document_an_item_has) {
    auto story =
        given(plan_in_delivery("TH"),
              Step(evidence_registered("TH-E01")).with("document", "7=" + std::string(64, '5')),
              evidence_registered("TH-E02"));
    const NamedDocument expected{.number = {7}, .commitment = hash_of_byte(0x55)};
    EXPECT_EQ(item_in(story.scene()).document, expected);
    EXPECT_EQ(item_in(story.scene(), "TH-E02").document, std::nullopt);
}

TEST(FoldEvidence, keeps_an_ended_link_readable) {
    const auto scene =
        given(plan_in_delivery("TH"), evidence_registered("TH-E01"),
              evidence_linked("TH-E01", "TH-1.2"), evidence_unlinked("TH-E01", "TH-1.2"),
              evidence_linked("TH-E01", "TH-1.2"))
            .scene();
    const auto& links = item_in(scene).links;
    ASSERT_EQ(links.size(), 2u);
    EXPECT_EQ(links[0].unlinked->index, scene.last(Kind::EVIDENCE_UNLINKED, "TH-E01"));
    EXPECT_FALSE(links[1].unlinked);
}

TEST(FoldEvidence, remembers_for_whom_the_office_submitted_it) {
    const auto scene = given(plan_in_delivery("TH"), evidence_registered("TH-E01"),
                             evidence_linked("TH-E01", "TH-1.2"),
                             evidence_submitted("TH-E01", "TH-1.2")
                                 .by("programme-officer")
                                 .on_behalf_of("head-of-send"))
                           .scene();
    const auto& submission = item_in(scene).submissions.at(0);
    EXPECT_EQ(submission.submitted.by, person("programme-officer"));
    EXPECT_EQ(submission.submitted.on_behalf_of, person("head-of-send"));
    EXPECT_EQ(submission.target, subject("TH-1.2"));
    EXPECT_EQ(submission.verdict(), nullptr);
}

TEST(FoldEvidence, keeps_each_review_with_its_checks) {
    const auto scene = given(plan_in_delivery("TH"), evidence_waiting("TH-E01", "TH-1.2"),
                             evidence_more_asked("TH-E01", "TH-1.2").on("2022-02-10"),
                             evidence_accepted("TH-E01", "TH-1.2").on("2022-02-20"))
                           .scene();
    const auto& item = item_in(scene);
    const auto& reviews = item.submissions.at(0).reviews;
    ASSERT_EQ(reviews.size(), 2u);
    EXPECT_EQ(reviews[0].outcome, EvidenceStage::MORE_ASKED);
    EXPECT_EQ(reviews[1].as_role, schema::Role::AREA_LEAD);
    EXPECT_THAT(reviews[1].checks,
                ElementsAre(schema::EvidenceCheck::DATED, schema::EvidenceCheck::SOURCED));
    EXPECT_EQ(item.submissions.at(0).verdict(), &reviews[1]);
    EXPECT_EQ(item.stage.at(day("2022-02-09"))->value, EvidenceStage::SUBMITTED);
    EXPECT_EQ(item.stage.at(day("2022-02-19"))->value, EvidenceStage::MORE_ASKED);
    EXPECT_EQ(item.stage.latest()->value, EvidenceStage::ACCEPTED);
}

TEST(FoldEvidence, tells_a_question_from_a_verdict) {
    auto scene = given(plan_in_delivery("TH"), evidence_waiting("TH-E01", "TH-1.2"),
                       evidence_more_asked("TH-E01", "TH-1.2"))
                     .scene();
    EXPECT_EQ(item_in(scene).submissions.at(0).verdict(), nullptr);
    scene.force(evidence_rejected("TH-E01", "TH-1.2"));
    EXPECT_EQ(item_in(scene).submissions.at(0).verdict()->outcome, EvidenceStage::REJECTED);
}

TEST(FoldEvidence, renews_what_was_too_old) {
    auto scene = given(plan_in_delivery("TH"), evidence_counting("TH-E01", "TH-1.2"),
                       evidence_marked_stale("TH-E01"))
                     .scene();
    EXPECT_EQ(item_in(scene).stale->index, scene.last(Kind::EVIDENCE_MARKED_STALE, "TH-E01"));
    scene.force(evidence_renewed("TH-E01", "2023-05-05"));
    EXPECT_FALSE(item_in(scene).stale);
    EXPECT_EQ(item_in(scene).review_by.latest()->value, day("2023-05-05"));
}

TEST(FoldEvidence, says_what_took_the_place_of_an_item) {
    const auto scene = given(plan_in_delivery("TH"), evidence_registered("TH-E01"),
                             evidence_registered("TH-E02"), evidence_superseded("TH-E01", "TH-E02"))
                           .scene();
    EXPECT_EQ(item_in(scene).superseded->by, subject("TH-E02"));
    EXPECT_FALSE(item_in(scene, "TH-E02").superseded);
}

TEST(FoldEvidence, keeps_redacted_copies_with_their_two_people) {
    const auto scene = given(plan_in_delivery("TH"), records_office(),
                             evidence_registered("TH-E01").with("personalData", "child"),
                             redacted_copy_issued("TH-E01", "TH-E01-R1"))
                           .scene();
    const auto& copy = item_in(scene).redacted_copies.at(0);
    EXPECT_EQ(copy.derivative, subject("TH-E01-R1"));
    EXPECT_EQ(copy.redactor, person("records-manager"));
    EXPECT_EQ(copy.second_checker, person("data-protection-officer"));
    EXPECT_THAT(copy.categories, ElementsAre(schema::RedactionCategory::CHILD_NAME));
    EXPECT_EQ(copy.method, schema::RedactionMethod::REPLACED);
}

TEST(FoldEvidenceAnomaly, is_an_item_that_is_not_there) {
    const auto scene = plan_in_delivery("TH");
    expect_anomaly(scene, evidence_linked("TH-E01", "TH-1.2"), "item of evidence is not there");
    expect_anomaly(scene, evidence_marked_stale("TH-E01"), "item of evidence is not there");
    expect_anomaly(scene, version_added("TH-E01v2", "TH-E01", 2), "TH-E01, is not there");
    expect_anomaly(scene, version_added("TH-1.2", "TH-E01", 2), "stands for something else");
}

TEST(FoldEvidenceAnomaly, is_the_end_of_a_link_that_does_not_stand) {
    const auto scene = given(plan_in_delivery("TH"), evidence_registered("TH-E01")).scene();
    expect_anomaly(scene, evidence_unlinked("TH-E01", "TH-1.2"), "not linked to TH-1.2");
}

TEST(FoldEvidenceAnomaly, is_a_review_of_nothing_that_was_submitted) {
    const auto scene = given(plan_in_delivery("TH"), evidence_waiting("TH-E01", "TH-1.2")).scene();
    expect_anomaly(scene, evidence_accepted("TH-E01", "TH-1.2").answers_nothing(),
                   "answers no submission");
    expect_anomaly(scene, evidence_rejected("TH-E01", "TH-1.2").answers_event(3),
                   "answers no submission");
}

}  // namespace
}  // namespace wsoa::test
