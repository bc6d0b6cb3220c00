#include "tests/support/anomaly.h"
#include "tests/support/changes.h"
#include "tests/support/story_forum.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Date day(std::string_view text) { return must(parse_date(text)); }
SubjectRef subject(std::string_view text) { return must(SubjectRef::parse(text)); }
PersonId person(std::string_view text) { return must(PersonId::parse(text)); }

Scene after(const std::vector<Step>& steps) { return forum_at_work(steps).scene(); }

TEST(FoldGovernance, keeps_a_meeting_with_its_body_and_people) {
    const auto scene = after(
        {evidence_registered("TH-E01"), board_met("TH-B-2022-03-10").with("minutes", "TH-E01")});
    const auto& meeting = scene.plan("TH").meetings.at(subject("TH-B-2022-03-10"));
    EXPECT_EQ(meeting.body, schema::Body::BOARD);
    EXPECT_EQ(meeting.date, day("2022-03-10"));
    EXPECT_TRUE(meeting.quorate);
    EXPECT_THAT(meeting.attended,
                ElementsAre(person("board-chair"), person("director-of-education")));
    EXPECT_EQ(meeting.minutes, subject("TH-E01"));
    expect_anomaly(scene, board_met("TH-B-2022-03-10").with("body", "cabinet"),
                   "stands for something else");
}

TEST(FoldGovernance, keeps_what_a_meeting_decided) {
    const auto scene = after({board_met("TH-B-2022-03-10"), resolved("TH-D1", "TH-B-2022-03-10")});
    const auto& decision = scene.plan("TH").decisions.at(subject("TH-D1"));
    EXPECT_EQ(decision.meeting, subject("TH-B-2022-03-10"));
    EXPECT_THAT(decision.about, ElementsAre(subject("TH-1.2")));
    EXPECT_EQ(decision.recorded.index, scene.last(Kind::DECISION_RECORDED, "TH-D1"));
    expect_anomaly(scene, resolved("TH-D1", "TH-B-2022-03-10"), "stands for something else");
}

TEST(FoldGovernance, puts_a_late_line_of_accountability_into_the_past) {
    const auto scene =
        after({body_named("leadsGroup", "board").on("2022-03-01").with("quorum", "4"),
               body_named("leadsGroup", "executive").on("2022-04-01").effective("2022-02-15")});
    const auto& body = scene.plan("TH").bodies.at(schema::Body::LEADS_GROUP);
    EXPECT_EQ(body.at(day("2022-02-14")), nullptr);
    EXPECT_EQ(body.at(day("2022-02-20"))->value.reports_to, schema::Body::EXECUTIVE);
    EXPECT_EQ(body.latest()->value.reports_to, schema::Body::BOARD);
    EXPECT_EQ(body.latest()->value.quorum, 4u);
}

TEST(FoldGovernance, keeps_a_question_open_until_it_is_answered) {
    auto scene = after({challenge_put("TH-C1")
                            .by("programme-officer")
                            .on_behalf_of("board-chair")
                            .with("due", "2022-03-01")});
    const auto& asked = scene.plan("TH").challenges.at(subject("TH-C1"));
    EXPECT_EQ(asked.asked_as, schema::Role::BOARD_MEMBER);
    EXPECT_EQ(asked.recorded.by, person("programme-officer"));
    EXPECT_EQ(asked.recorded.on_behalf_of, person("board-chair"));
    EXPECT_EQ(asked.due, day("2022-03-01"));
    EXPECT_FALSE(asked.answered);
    expect_anomaly(scene, challenge_answered("TH-C2"), "waits for an answer");
    scene.force(challenge_answered("TH-C1").by("programme-deputy").on("2022-02-20"));
    const auto& answered = scene.plan("TH").challenges.at(subject("TH-C1")).answered;
    ASSERT_TRUE(answered);
    EXPECT_EQ(answered->by, person("programme-deputy"));
    EXPECT_EQ(answered->effective, day("2022-02-20"));
    EXPECT_FALSE(answered->on_behalf_of);
    expect_anomaly(scene, challenge_answered("TH-C1"), "waits for an answer");
}

TEST(FoldGovernance, opens_answers_and_closes_an_exception_once) {
    auto steps = gone_red();
    steps.insert(steps.end(), {exception_opened("TH-X1"), board_met("TH-B-2022-03-11"),
                               exception_answered("TH-X1").with("meeting", "TH-B-2022-03-11")});
    auto scene = after(steps);
    const auto& exception = scene.plan("TH").exceptions.at(subject("TH-X1"));
    EXPECT_EQ(exception.action, subject("TH-1.2"));
    EXPECT_EQ(exception.opened.by, person("head-of-send"));
    EXPECT_EQ(exception.answered->meeting, subject("TH-B-2022-03-11"));
    EXPECT_FALSE(exception.closed);
    expect_anomaly(scene, exception_opened("TH-X1"), "stands for something else");
    expect_anomaly(scene, exception_opened("TH-X2", "TH-9.9"), "its action is not there");
    expect_anomaly(scene, exception_answered("TH-X1"), "waits for an answer");
    scene.force(exception_closed("TH-X1"));
    EXPECT_TRUE(scene.plan("TH").exceptions.at(subject("TH-X1")).closed);
    expect_anomaly(scene, exception_closed("TH-X1"), "is open");
    expect_anomaly(scene, exception_closed("TH-X2"), "is open");
}

TEST(FoldGovernance, answers_no_exception_that_was_closed) {
    auto steps = gone_red();
    steps.push_back(exception_opened("TH-X1"));
    auto scene = after(steps);
    scene.force(exception_closed("TH-X1"));
    expect_anomaly(scene, exception_answered("TH-X1"), "waits for an answer");
}

TEST(FoldGovernance, keeps_every_score_of_a_risk) {
    auto scene = after({risk_raised("TH-K1"), risk_rescored("TH-K1").on("2022-03-01"),
                        risk_rescored("TH-K1")
                            .on("2022-04-01")
                            .effective("2022-02-15")
                            .with("likelihood", "4")
                            .because("an applicant withdrew")});
    const auto& risk = scene.plan("TH").risks.at(subject("TH-K1"));
    EXPECT_EQ(risk.owner, person("head-of-send"));
    EXPECT_EQ(risk.score.at(day("2022-02-01"))->value.likelihood, 3);
    EXPECT_EQ(risk.score.at(day("2022-02-15"))->value.likelihood, 4);
    EXPECT_EQ(risk.score.latest()->value.likelihood, 5);
    EXPECT_EQ(risk.score.latest()->value.type, schema::RiskType::ISSUE);
    expect_anomaly(scene, risk_raised("TH-K1"), "stands for something else");
    scene.force(risk_closed("TH-K1"));
    EXPECT_TRUE(scene.plan("TH").risks.at(subject("TH-K1")).closed);
    expect_anomaly(scene, risk_rescored("TH-K1"), "is open");
    expect_anomaly(scene, risk_closed("TH-K1"), "is open");
    expect_anomaly(scene, risk_closed("TH-K2"), "is open");
}

TEST(FoldGovernance, lists_what_was_reported_asked_and_cited) {
    const auto scene =
        after({evidence_registered("TH-E01"), board_met("TH-B-2022-02-01"),
               report_given("2022-01-31").with("meeting", "TH-B-2022-02-01"),
               families_told("2022-01-20"), self_evaluated("2022-01-31").with("report", "TH-E01")});
    const auto& plan = scene.plan("TH");
    ASSERT_EQ(plan.reports.size(), 1u);
    EXPECT_EQ(plan.reports.front().body, schema::Body::BOARD);
    EXPECT_EQ(plan.reports.front().as_at, day("2022-01-31"));
    EXPECT_EQ(plan.reports.front().meeting, subject("TH-B-2022-02-01"));
    ASSERT_EQ(plan.engagements.size(), 1u);
    EXPECT_EQ(plan.engagements.front().channel, schema::Channel::EVENT);
    EXPECT_EQ(plan.engagements.front().reached, 72u);
    EXPECT_THAT(plan.engagements.front().about, ElementsAre(subject("TH-1")));
    ASSERT_EQ(plan.self_evaluations.size(), 1u);
    EXPECT_THAT(plan.self_evaluations.front().cites,
                ElementsAre(subject("TH-1"), subject("TH-1.2")));
    EXPECT_EQ(plan.self_evaluations.front().report, subject("TH-E01"));
    EXPECT_THAT(scene.state().anomalies, IsEmpty());
}

TEST(FoldGovernance, sets_policies_holidays_and_periods) {
    const auto scene = after({policy_set(), holidays_set(2022, "2022-01-03,2022-04-15"),
                              holidays_set(2022, "2022-04-15"), period_closed(50)});
    EXPECT_EQ(scene.plan("TH").policy.latest()->value.rhythm, schema::Rhythm::MONTH);
    EXPECT_EQ(scene.plan("TH").policy.latest()->value.stale_after, 10u);
    EXPECT_FALSE(scene.plan("TH").policy.latest()->value.due_soon);
    EXPECT_THAT(scene.state().holidays.at(2022), ElementsAre(day("2022-04-15")));
    ASSERT_EQ(scene.plan("TH").closed_periods.size(), 1u);
    EXPECT_EQ(scene.plan("TH").closed_periods.front().size, TreeSize{50});
}

}  // namespace
}  // namespace wsoa::test
