#include "tests/support/anomaly.h"
#include "tests/support/changes.h"
#include "tests/support/story_evid.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Date day(std::string_view text) { return must(parse_date(text)); }
SubjectRef subject(std::string_view text) { return must(SubjectRef::parse(text)); }

Step struck_last(Kind kind, const std::string& about) {
    return entry_struck(about).answers_last(kind, about);
}

TEST(FoldRecords, counts_struck_progress_no_more) {
    const auto scene =
        given(plan_in_delivery("TH"), action_started("TH-1.2"), progress_recorded("TH-1.2", 40),
              progress_recorded("TH-1.2", 90), struck_last(Kind::PROGRESS_RECORDED, "TH-1.2"))
            .scene();
    EXPECT_EQ(scene.action("TH-1.2").progress.latest()->value.percent, 40u);
    const auto& mark = scene.plan("TH").marks.at(0);
    EXPECT_EQ(mark.how, Mark::How::struck);
    EXPECT_EQ(mark.target, scene.last(Kind::PROGRESS_RECORDED, "TH-1.2"));
}

TEST(FoldRecords, lets_a_struck_proposal_wait_no_more) {
    const auto scene =
        given(plan_in_delivery("TH"), action_started("TH-1.2"), rating_proposed("TH-1.2", "A"),
              struck_last(Kind::RATING_PROPOSED, "TH-1.2"))
            .scene();
    EXPECT_EQ(scene.action("TH-1.2").delivery.proposals.at(0).confirmed_by,
              scene.last(Kind::ENTRY_CORRECTED, "TH-1.2"));
}

TEST(FoldRecords, sets_a_milestone_back_that_was_not_met) {
    auto scene = plan_in_delivery("TH");
    scene.force(Step(Kind::MILESTONE_ADDED, "TH-1.2a")
                    .with("parent", "TH-1.2")
                    .with("deadline", "2022-09-30")
                    .says(schema::WordField::TITLE, "Half of the backlog is cleared"));
    scene.force(evidence_registered("TH-E01"));
    scene.force(
        Step(Kind::MILESTONE_MET, "TH-1.2a").with("date", "2022-02-01").with("evidence", "TH-E01"));
    const auto milestone = [&]() -> const Milestone& {
        return scene.plan("TH").milestones.at(subject("TH-1.2a"));
    };
    EXPECT_EQ(milestone().met_on, day("2022-02-01"));
    scene.force(struck_last(Kind::MILESTONE_MET, "TH-1.2a"));
    EXPECT_EQ(milestone().stage.latest()->value, schema::MilestoneStage::DUE);
    EXPECT_FALSE(milestone().met_on);
    EXPECT_THAT(milestone().evidence, IsEmpty());
    EXPECT_TRUE(scene.state().anomalies.empty());
}

TEST(FoldRecords, marks_a_mistake_and_leaves_what_it_set) {
    const auto scene =
        given(plan_in_delivery("TH"), action_started("TH-1.2"), progress_recorded("TH-1.2", 40),
              mistake_noted("TH-1.2").answers_last(Kind::PROGRESS_RECORDED, "TH-1.2"))
            .scene();
    EXPECT_EQ(scene.plan("TH").marks.at(0).how, Mark::How::rectified);
    EXPECT_EQ(scene.action("TH-1.2").progress.latest()->value.percent, 40u);
}

TEST(FoldRecords, places_and_releases_holds) {
    auto scene =
        given(plan_in_delivery("TH"), records_office(), hold_placed("TH-H1", "TH-1")).scene();
    const auto hold = [&]() -> const Hold& { return scene.plan("TH").holds.at(subject("TH-H1")); };
    EXPECT_EQ(hold().scope, subject("TH-1"));
    EXPECT_FALSE(hold().released);
    scene.force(hold_released("TH-H1"));
    EXPECT_EQ(hold().released->index, scene.last(Kind::HOLD_RELEASED, "TH-H1"));
}

TEST(FoldRecords, carries_an_erasure_from_request_to_tombstone) {
    const auto scene =
        given(plan_in_delivery("TH"), records_office(), evidence_registered("TH-E07"),
              erasure_requested("TH-E07", "TH-ER1"), erasure_decided("TH-E07", "TH-ER1"),
              content_erased("TH-E07", "TH-ER1")
                  .with("vaultGeneration", "2")
                  .with("vaultDigest", std::string(64, 'd')))
            .scene();
    const auto& erasure = scene.plan("TH").erasures.at(subject("TH-ER1"));
    EXPECT_EQ(erasure.subject, subject("TH-E07"));
    EXPECT_EQ(erasure.scope, schema::ErasureScope::CONTENT);
    EXPECT_EQ(erasure.decided->decision, schema::Decision::GRANTED);
    EXPECT_EQ(erasure.decided->ground, schema::ErasureGround::NO_LONGER_NECESSARY);
    EXPECT_THAT(erasure.decided->kept,
                ElementsAre(schema::ErasureKeeps::HASH, schema::ErasureKeeps::ACCEPTANCE));
    EXPECT_TRUE(erasure.erased->key_destroyed);
    EXPECT_EQ(erasure.erased->vault_generation, 2u);
    EXPECT_EQ(scene.plan("TH").evidence.at(subject("TH-E07")).erased->index,
              scene.last(Kind::CONTENT_ERASED, "TH-E07"));
}

TEST(FoldRecords, keeps_what_the_last_erasure_says_of_the_vault) {
    auto scene = given(plan_in_delivery("TH"), records_office(), evidence_registered("TH-E07"),
                       erasure_requested("TH-E07", "TH-ER1"), erasure_decided("TH-E07", "TH-ER1"))
                     .scene();
    EXPECT_FALSE(scene.state().vault);
    // Without the file's hash it names no vault.
    scene.force(content_erased("TH-E07", "TH-ER1").with("vaultGeneration", "2"));
    EXPECT_FALSE(scene.state().vault);
    scene.force(content_erased("TH-E07", "TH-ER1")
                    .with("vaultGeneration", "3")
                    .with("vaultDigest", std::string(64, 'd')));
    const VaultMark mark{.event = *scene.last(Kind::CONTENT_ERASED, "TH-E07"),
                         .generation = 3,
                         .digest = hash_of_byte(0xdd)};
    EXPECT_EQ(scene.state().vault, mark);
    // Of a plan whose events are folded after those of others that came later.
    State state;
    state.vault =
        VaultMark{.event = EventIndex{mark.event.value + 1}, .generation = 4, .digest = {}};
    const auto newer = state.vault;
    fold(state, scene.event(mark.event.value));
    EXPECT_EQ(state.vault, newer);
}

TEST(FoldRecords, tells_the_event_whose_words_went) {
    auto scene =
        given(plan_in_delivery("TH"), records_office(), evidence_registered("TH-E07")).scene();
    const auto last = [&] { return scene.event(scene.next_index().value - 1); };
    const auto erasure = content_erased("TH-E07", "TH-ER1").answers_nothing().with("event", "5");
    scene.force(Step(erasure).with("scope", "words"));
    EXPECT_EQ(erased_event_in(last()), EventIndex{5});
    scene.force(erasure);
    EXPECT_FALSE(erased_event_in(last()));
    scene.force(action_started("TH-1.2"));
    EXPECT_FALSE(erased_event_in(last()));
}

TEST(FoldRecords, keeps_an_item_until_it_is_disposed_of) {
    auto scene = given(plan_in_delivery("TH"), records_office(), evidence_registered("TH-E07"),
                       retention_applied("TH-E07", "2022-06-30"),
                       disposal_approved("TH-E07").on("2022-06-30"))
                     .scene();
    const auto kept = [&]() -> const Retention& {
        return scene.plan("TH").retentions.at(subject("TH-E07"));
    };
    EXPECT_EQ(kept().rule.latest()->value.by, schema::RetentionClass::EVIDENCE);
    EXPECT_EQ(kept().rule.latest()->value.due, day("2022-06-30"));
    EXPECT_EQ(kept().approved->index, scene.last(Kind::DISPOSAL_APPROVED, "TH-E07"));
    EXPECT_FALSE(kept().disposed);
    scene.force(disposed_of("TH-E07"));
    EXPECT_EQ(kept().disposed->index, scene.last(Kind::DISPOSED, "TH-E07"));
    EXPECT_TRUE(scene.plan("TH").evidence.at(subject("TH-E07")).erased);
}

TEST(FoldRecordsAnomaly, is_an_entry_that_cannot_be_struck) {
    const auto scene = given(plan_in_delivery("TH"), action_started("TH-1.2"),
                             rating_proposed("TH-1.2", "A"), rating_confirmed("TH-1.2", "A"))
                           .scene();
    expect_anomaly(scene, entry_struck("TH-1.2").answers_nothing(), "names no entry");
    expect_anomaly(scene, struck_last(Kind::ACTION_STARTED, "TH-1.2"), "can be struck");
    expect_anomaly(scene, struck_last(Kind::RATING_PROPOSED, "TH-1.2"), "have been built on");
    expect_anomaly(scene, entry_struck("TH-E01").answers_event(1), "can be struck");
}

TEST(FoldRecordsAnomaly, is_an_entry_that_was_struck_before) {
    const auto scene =
        given(plan_in_delivery("TH"), action_started("TH-1.2"), progress_recorded("TH-1.2", 40),
              struck_last(Kind::PROGRESS_RECORDED, "TH-1.2"))
            .scene();
    expect_anomaly(scene, struck_last(Kind::PROGRESS_RECORDED, "TH-1.2"), "was struck by event");
}

TEST(FoldRecordsAnomaly, is_a_hold_that_does_not_stand) {
    const auto scene = given(plan_in_delivery("TH"), records_office(), hold_placed("TH-H1", "TH"),
                             hold_released("TH-H1"))
                           .scene();
    expect_anomaly(scene, hold_released("TH-H1"), "no hold of that reference stands");
    expect_anomaly(scene, hold_placed("TH-H1", "TH"), "stands for something else");
}

TEST(FoldRecordsAnomaly, is_an_erasure_out_of_order) {
    const auto scene = given(plan_in_delivery("TH"), records_office(),
                             evidence_registered("TH-E07"), erasure_requested("TH-E07", "TH-ER1"))
                           .scene();
    expect_anomaly(scene, content_erased("TH-E07", "TH-ER1").answers_nothing(),
                   "no decision of that reference");
    expect_anomaly(scene, erasure_decided("TH-E07", "TH-ER2"), "no request of that reference");
    expect_anomaly(scene, erasure_requested("TH-E07", "TH-ER1"), "stands for something else");
}

TEST(FoldRecordsAnomaly, is_a_disposal_out_of_order) {
    const auto scene =
        given(plan_in_delivery("TH"), records_office(), evidence_registered("TH-E07")).scene();
    expect_anomaly(scene, disposal_approved("TH-E07"), "no rule of retention");
    expect_anomaly(scene, disposed_of("TH-E07").answers_nothing(), "was not approved");
}

}  // namespace
}  // namespace wsoa::test
