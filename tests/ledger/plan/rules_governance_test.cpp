#include "tests/support/story_forum.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using schema::Role;

TEST(MeetingRules, accept_a_meeting_on_its_day_and_a_late_record_of_that_day) {
    forum_at_work().when(board_met("TH-B-2022-03-10")).is_accepted_by("R113");
    forum_at_work()
        .when(board_met("TH-B-2022-03-10").on("2022-03-12").effective("2022-03-10"))
        .is_accepted_by("R113");
}

TEST(MeetingRules, refuse_a_meeting_under_another_day_than_its_own) {
    forum_at_work().when(board_met("TH-B-2022-03-10").on("2022-03-12")).is_refused_by("R113");
    forum_at_work()
        .when(board_met("TH-B-2022-03-10").with("date", "2022-03-11"))
        .is_refused_by("R113");
}

TEST(MeetingRules, refuse_strangers_and_minutes_that_are_no_evidence) {
    forum_at_work()
        .when(board_met("TH-B-2022-03-10").with("attended", "board-chair,head-of-nowhere"))
        .is_refused_by("R113");
    forum_at_work()
        .when(board_met("TH-B-2022-03-10").with("minutes", "TH-1"))
        .is_refused_by("R113");
}

TEST(MeetingRules, hold_a_meeting_to_the_quorum_of_its_body) {
    const auto named = forum_at_work({body_named("board", "executive").with("quorum", "2")});
    named.when(board_met("TH-B-2022-03-10")).is_accepted_by("R113");
    const auto short_of_one = board_met("TH-B-2022-03-10").with("attended", "board-chair");
    named.when(short_of_one).is_refused_by("R113");
    named.when(Step(short_of_one).with("quorate", "false")).is_accepted_by("R113");
    forum_at_work().when(short_of_one).is_accepted_by("R113");
    forum_at_work().when(board_met("TH-B-2022-03-10").with("attended", "")).is_refused_by("R113");
}

TEST(BodyRules, accept_a_line_of_accountability) {
    forum_at_work({body_named("leadsGroup", "board"), body_named("board", "executive")})
        .when(body_named("executive", "cabinet"))
        .is_accepted_by("R114");
    forum_at_work().when(body_named("board", "").without("reportsTo")).is_accepted_by("R114");
}

TEST(BodyRules, refuse_a_line_that_leads_back) {
    forum_at_work().when(body_named("board", "board")).is_refused_by("R114");
    forum_at_work({body_named("leadsGroup", "board"), body_named("board", "executive")})
        .when(body_named("executive", "leadsGroup"))
        .is_refused_by("R114");
}

TEST(BodyRules, refuse_a_late_entry_that_would_lead_back_on_its_day) {
    forum_at_work(
        {body_named("leadsGroup", "board"), body_named("leadsGroup", "executive").on("2022-03-01")})
        .when(body_named("board", "leadsGroup").on("2022-04-01").effective("2022-02-15"))
        .is_refused_by("R114");
}

TEST(NamedMeetings, are_recorded_whatever_kind_names_them) {
    forum_at_work().when(resolved("TH-D1", "TH-B-2022-02-01")).is_refused_by("R115");
    forum_at_work()
        .when(challenge_put("TH-C1").with("meeting", "TH-B-2022-02-01"))
        .is_refused_by("R115");
    forum_at_work().when(report_given("2022-01-31").with("meeting", "TH-1")).is_refused_by("R115");
    forum_at_work({board_met("TH-B-2022-02-01")})
        .when(challenge_put("TH-C1").with("meeting", "TH-B-2022-02-01"))
        .is_accepted_by("R115");
}

// A proposal of 9 March that waits for its confirmation on the tenth.
Story proposed(const Step& meeting) {
    return forum_at_work(
        {action_started("TH-1.2"), rating_proposed("TH-1.2", "A").on("2022-03-09"), Step(meeting)});
}

TEST(Decisions, of_the_leads_are_taken_by_their_group_or_the_board) {
    const auto confirmation = rating_confirmed("TH-1.2", "A");
    proposed(leads_met("TH-G-2022-03-10"))
        .when(Step(confirmation).with("meeting", "TH-G-2022-03-10"))
        .is_accepted_by("R116");
    proposed(board_met("TH-B-2022-03-10"))
        .when(Step(confirmation).with("meeting", "TH-B-2022-03-10"))
        .is_accepted_by("R116");
    proposed(leads_met("TH-S-2022-03-10").with("body", "scrutiny"))
        .when(Step(confirmation).with("meeting", "TH-S-2022-03-10"))
        .is_refused_by("R116");
}

TEST(Decisions, are_not_taken_where_too_few_attended) {
    proposed(leads_met("TH-G-2022-03-10").with("quorate", "false"))
        .when(rating_confirmed("TH-1.2", "A").with("meeting", "TH-G-2022-03-10"))
        .is_refused_by("R116");
    forum_at_work({board_met("TH-B-2022-02-01").with("quorate", "false")})
        .when(resolved("TH-D1", "TH-B-2022-02-01"))
        .is_refused_by("R116");
}

TEST(Decisions, of_the_board_are_not_taken_by_the_leads) {
    const std::vector<Step> steps{impact_proposed("TH-1", "A"), leads_met("TH-G-2022-03-10"),
                                  board_met("TH-B-2022-03-10")};
    forum_at_work(steps)
        .when(impact_confirmed("TH-1", "A").with("meeting", "TH-G-2022-03-10"))
        .is_refused_by("R116");
    forum_at_work(steps)
        .when(impact_confirmed("TH-1", "A").with("meeting", "TH-B-2022-03-10"))
        .is_accepted_by("R116");
    auto red = forum_at_work(gone_red());
    red.add({exception_opened("TH-X1"), leads_met("TH-G-2022-03-10")});
    red.when(exception_answered("TH-X1").with("meeting", "TH-G-2022-03-10")).is_refused_by("R116");
}

TEST(Decisions, bear_the_day_of_their_meeting) {
    const auto met = forum_at_work({board_met("TH-B-2022-03-10")});
    met.when(resolved("TH-D1", "TH-B-2022-03-10").on("2022-03-12")).is_accepted_by("R116");
    met.when(resolved("TH-D1", "TH-B-2022-03-10").on("2022-03-12").effective("2022-03-12"))
        .is_refused_by("R116");
}

TEST(ChallengeRules, accept_a_question_in_the_role_of_its_author) {
    forum_at_work().when(challenge_put("TH-C1").with("due", "2022-03-01")).is_accepted_by("R117");
    forum_at_work()
        .when(challenge_put("TH-C1").by("programme-officer").with("askedAs", "leadMember"))
        .is_accepted_by("R117");
}

TEST(ChallengeRules, refuse_another_role_a_due_day_in_the_past_and_unknown_parts) {
    forum_at_work()
        .when(challenge_put("TH-C1").with("askedAs", "leadMember"))
        .is_refused_by("R117");
    forum_at_work().when(challenge_put("TH-C1").with("due", "2022-01-31")).is_refused_by("R117");
    forum_at_work()
        .when(challenge_put("TH-C1").with("about", "TH-1.2,TH-9.9"))
        .is_refused_by("R117");
}

TEST(ChallengeRules, accept_an_answer_of_another_person) {
    forum_at_work({challenge_put("TH-C1")})
        .when(challenge_answered("TH-C1"))
        .is_accepted_by("R118");
}

TEST(ChallengeRules, refuse_an_answer_of_whoever_asked) {
    forum_at_work({challenge_put("TH-C1").by("programme-officer")})
        .when(challenge_answered("TH-C1"))
        .is_refused_by("R118");
    forum_at_work({challenge_put("TH-C1").by("board-chair").with("askedAs", "boardChair")})
        .when(challenge_answered("TH-C1").by("board-chair"))
        .is_refused_by("R118");
}

TEST(ChallengeRules, refuse_an_answer_of_whom_the_office_asked_for) {
    forum_at_work({challenge_put("TH-C1").by("programme-officer").on_behalf_of("board-chair")})
        .when(challenge_answered("TH-C1").by("board-chair"))
        .is_refused_by("R118");
}

TEST(ChallengeRules, turn_away_a_second_answer_and_refuse_one_of_an_earlier_day) {
    forum_at_work({challenge_put("TH-C1"), challenge_answered("TH-C1")})
        .when(challenge_answered("TH-C1").by("board-chair"))
        .conflicts_by("R118");
    forum_at_work({challenge_put("TH-C1").on("2022-03-10")})
        .when(challenge_answered("TH-C1").effective("2022-03-09"))
        .is_refused_by("R118");
}

TEST(RiskRules, accept_a_life_of_a_risk) {
    forum_at_work().when(risk_raised("TH-K1")).is_accepted_by("R121");
    forum_at_work({risk_raised("TH-K1")}).when(risk_rescored("TH-K1")).is_accepted_by("R121");
    forum_at_work({risk_raised("TH-K1"), risk_rescored("TH-K1")})
        .when(risk_closed("TH-K1"))
        .is_accepted_by("R121");
}

TEST(RiskRules, refuse_scores_of_0_strangers_and_unknown_parts) {
    forum_at_work().when(risk_raised("TH-K1").with("impact", "0")).is_refused_by("R121");
    forum_at_work().when(risk_raised("TH-K1").with("owner", "a-stranger")).is_refused_by("R121");
    forum_at_work().when(risk_raised("TH-K1").with("about", "TH-9")).is_refused_by("R121");
    forum_at_work({risk_raised("TH-K1")})
        .when(risk_rescored("TH-K1").with("likelihood", "0"))
        .is_refused_by("R121");
}

TEST(RiskRules, turn_away_what_comes_after_the_end) {
    const auto closed = forum_at_work({risk_raised("TH-K1"), risk_closed("TH-K1")});
    closed.when(risk_closed("TH-K1").by("programme-deputy")).conflicts_by("R121");
    closed.when(risk_rescored("TH-K1")).conflicts_by("R121");
}

TEST(ReportRules, accept_what_has_come_and_is_there) {
    const auto with_report = forum_at_work({evidence_registered("TH-E01")});
    with_report.when(report_given("2022-01-31").with("report", "TH-E01")).is_accepted_by("R122");
    with_report.when(self_evaluated("2022-01-31").with("report", "TH-E01")).is_accepted_by("R122");
    forum_at_work().when(families_told("2022-01-31")).is_accepted_by("R122");
    forum_at_work({board_met("TH-B-2022-02-01")})
        .when(resolved("TH-D1", "TH-B-2022-02-01"))
        .is_accepted_by("R122");
}

TEST(ReportRules, refuse_what_lies_ahead) {
    forum_at_work().when(report_given("2022-02-02")).is_refused_by("R122");
    forum_at_work().when(self_evaluated("2022-02-02")).is_refused_by("R122");
    forum_at_work().when(families_told("2022-02-02")).is_refused_by("R122");
}

TEST(ReportRules, refuse_what_is_not_there) {
    forum_at_work().when(report_given("2022-01-31").with("report", "TH-1")).is_refused_by("R122");
    forum_at_work().when(self_evaluated("2022-01-31").with("cites", "TH-M9")).is_refused_by("R122");
    forum_at_work().when(families_told("2022-01-31").with("about", "TH-9")).is_refused_by("R122");
    forum_at_work({board_met("TH-B-2022-02-01")})
        .when(resolved("TH-D1", "TH-B-2022-02-01").with("about", "TH-9"))
        .is_refused_by("R122");
}

}  // namespace
}  // namespace wsoa::test
