#include "tests/support/story.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

// R22: a plan's dates. The day is 1 February 2022.

TEST(PlanRules, accept_an_inspection_and_a_report_in_the_past) {
    given(office_at_work()).when(plan_drafted("HGY")).is_accepted_by("R22");
}

TEST(PlanRules, accept_a_plan_without_any_date) {
    given(office_at_work())
        .when(plan_drafted("HGY")
                  .without("inspectedFrom")
                  .without("inspectedTo")
                  .without("reportDate"))
        .is_accepted_by("R22");
}

TEST(PlanRules, refuse_an_inspection_that_ends_before_it_begins) {
    given(office_at_work())
        .when(plan_drafted("HGY").with("inspectedTo", "2021-06-27"))
        .is_refused_by("R22");
}

TEST(PlanRules, refuse_an_inspection_that_lies_ahead) {
    given(office_at_work())
        .when(plan_drafted("HGY").with("inspectedTo", "2022-02-02").without("reportDate"))
        .is_refused_by("R22");
}

TEST(PlanRules, refuse_an_inspection_without_an_end_that_lies_ahead) {
    given(office_at_work())
        .when(plan_drafted("HGY")
                  .with("inspectedFrom", "2022-02-02")
                  .without("inspectedTo")
                  .without("reportDate"))
        .is_refused_by("R22");
}

TEST(PlanRules, refuse_a_report_that_lies_ahead) {
    given(office_at_work())
        .when(plan_drafted("HGY").with("reportDate", "2022-02-02"))
        .is_refused_by("R22");
}

TEST(PlanRules, refuse_a_report_of_a_day_before_the_inspection_ended) {
    given(office_at_work())
        .when(plan_drafted("HGY").with("reportDate", "2021-07-01"))
        .is_refused_by("R22");
}

TEST(PlanRules, accept_a_report_of_today) {
    given(office_at_work())
        .when(plan_drafted("HGY").with("reportDate", "2022-02-01"))
        .is_accepted_by("R22");
}

TEST(PlanRules, accept_a_predecessor_that_is_in_the_ledger) {
    given(plan_in_delivery("TH"))
        .when(plan_drafted("TH2").with("predecessor", "TH"))
        .is_accepted_by("R22");
}

TEST(PlanRules, refuse_a_predecessor_that_is_not) {
    for (const auto* const other : {"HGY", "TH2"}) {
        given(plan_in_delivery("TH"))
            .when(plan_drafted("TH2").with("predecessor", other))
            .is_refused_by("R22");
    }
}

// R23 and R24: areas and outcomes.

TEST(AreaRules, accept_a_lead_who_is_enrolled) {
    given(plan_in_delivery("TH")).when(area_added("TH-3", "board-chair")).is_accepted_by("R23");
}

TEST(AreaRules, refuse_a_lead_who_is_not) {
    given(plan_in_delivery("TH")).when(area_added("TH-3", "data-lead")).is_refused_by("R23");
}

TEST(OutcomeRules, accept_an_area_of_the_plan) {
    given(plan_in_delivery("TH")).when(outcome_added("TH-O3", "TH-1")).is_accepted_by("R24");
}

TEST(OutcomeRules, refuse_what_is_no_area_of_the_plan) {
    for (const auto* const other : {"TH-9", "TH-1.2", "TH-O1", "TH", "HGY-1", "@board-chair"}) {
        given(plan_in_delivery("TH"), plan_drafted("HGY"), area_added("HGY-1", "board-chair"))
            .when(outcome_added("TH-O3", other))
            .is_refused_by("R24");
    }
}

// R25 to R27: actions.

TEST(ActionRules, accept_an_outcome_of_the_plan_and_two_people) {
    given(plan_in_delivery("TH")).when(action_added("TH-1.3", "TH-O1")).is_accepted_by("R25");
}

TEST(ActionRules, refuse_what_is_no_outcome_of_the_plan) {
    for (const auto* const other : {"TH-O9", "TH-1", "TH-1.2", "HGY-O1"}) {
        given(plan_in_delivery("TH"), plan_drafted("HGY"), area_added("HGY-1", "board-chair"),
              outcome_added("HGY-O1", "HGY-1"))
            .when(action_added("TH-1.3", other))
            .is_refused_by("R25");
    }
}

TEST(ActionRules, refuse_people_who_are_not_enrolled) {
    for (const auto* const field : {"owner", "accountable"}) {
        given(plan_in_delivery("TH"))
            .when(action_added("TH-1.3", "TH-O1").with(field, "data-lead"))
            .is_refused_by("R25");
    }
}

TEST(ActionRules, refuse_an_owner_who_is_also_accountable) {
    given(plan_in_delivery("TH"))
        .when(action_added("TH-1.3", "TH-O1").with("accountable", "head-of-send"))
        .is_refused_by("R25");
}

TEST(ActionRules, accept_an_action_of_one_day) {
    given(plan_in_delivery("TH"))
        .when(action_added("TH-1.3", "TH-O1")
                  .with("start", "2022-05-01")
                  .with("deadline", "2022-05-01"))
        .is_accepted_by("R26");
}

TEST(ActionRules, refuse_a_deadline_before_the_start) {
    given(plan_in_delivery("TH"))
        .when(action_added("TH-1.3", "TH-O1")
                  .with("start", "2022-05-02")
                  .with("deadline", "2022-05-01"))
        .is_refused_by("R26");
}

TEST(ActionRules, accept_an_action_with_a_measure_or_a_reason) {
    given(plan_in_delivery("TH")).when(action_added("TH-1.3", "TH-O1")).is_accepted_by("R27");
    given(plan_in_delivery("TH"))
        .when(action_added("TH-1.3", "TH-O1")
                  .with("measures", "")
                  .because("nothing that is counted shows it"))
        .is_accepted_by("R27");
}

TEST(ActionRules, refuse_an_action_with_neither) {
    given(plan_in_delivery("TH"))
        .when(action_added("TH-1.3", "TH-O1").with("measures", ""))
        .is_refused_by("R27");
}

// R28: the start.

TEST(StartRules, accept_a_first_start) {
    given(plan_in_delivery("TH")).when(action_started("TH-1.2")).is_accepted_by("R28");
}

TEST(StartRules, refuse_a_second_start) {
    given(plan_in_delivery("TH"), action_started("TH-1.2"))
        .when(action_started("TH-1.2").by("head-of-send"))
        .is_refused_by("R28");
}

TEST(StartRules, refuse_progress_before_any_start) {
    given(plan_in_delivery("TH")).when(progress_recorded("TH-1.2", 10)).is_refused_by("R28");
}

TEST(StartRules, refuse_progress_of_a_day_before_the_start) {
    given(plan_in_delivery("TH"), action_started("TH-1.2").on("2022-03-02"))
        .when(progress_recorded("TH-1.2", 10).effective("2022-03-01"))
        .is_refused_by("R28");
}

TEST(StartRules, accept_progress_of_a_day_after_a_start_that_was_entered_late) {
    given(plan_in_delivery("TH"), action_started("TH-1.2").on("2022-03-10").effective("2022-03-01"))
        .when(progress_recorded("TH-1.2", 10).effective("2022-03-02"))
        .is_accepted_by("R28");
}

// R29: progress that falls. 40 per cent at the end of February, 60 at the end of March.

Story sixty_per_cent() {
    return given(plan_in_delivery("TH"), action_started("TH-1.2"),
                 progress_recorded("TH-1.2", 40).on("2022-02-28"),
                 progress_recorded("TH-1.2", 60).on("2022-03-31"));
}

TEST(ProgressRules, accept_progress_that_rises_or_stays) {
    sixty_per_cent().when(progress_recorded("TH-1.2", 80).on("2022-04-30")).is_accepted_by("R29");
    sixty_per_cent().when(progress_recorded("TH-1.2", 60).on("2022-04-30")).is_accepted_by("R29");
}

TEST(ProgressRules, refuse_progress_that_falls_without_a_reason) {
    sixty_per_cent().when(progress_recorded("TH-1.2", 59).on("2022-04-30")).is_refused_by("R29");
    sixty_per_cent().when(progress_recorded("TH-1.2", 59).on("2022-03-31")).is_refused_by("R29");
}

TEST(ProgressRules, accept_progress_that_falls_with_a_reason) {
    sixty_per_cent()
        .when(progress_recorded("TH-1.2", 0).on("2022-04-30").because("the audit was wrong"))
        .is_accepted_by("R29");
}

TEST(ProgressRules, compare_a_late_entry_with_the_progress_before_it) {
    sixty_per_cent()
        .when(progress_recorded("TH-1.2", 50).on("2022-04-30").effective("2022-03-15"))
        .is_accepted_by("R29");
    sixty_per_cent()
        .when(progress_recorded("TH-1.2", 39).on("2022-04-30").effective("2022-03-15"))
        .is_refused_by("R29");
}

TEST(ProgressRules, accept_an_entry_without_a_figure) {
    sixty_per_cent()
        .when(progress_recorded("TH-1.2", 0).without("percent").on("2022-04-30"))
        .is_accepted_by("R29");
}

TEST(ProgressRules, refuse_a_fall_that_hides_behind_an_entry_without_a_figure) {
    auto story = sixty_per_cent();
    story.add(progress_recorded("TH-1.2", 0).without("percent").on("2022-04-30"));
    story.when(progress_recorded("TH-1.2", 20).on("2022-05-31")).is_refused_by("R29");
}

// R34: evidence. The day is 1 February 2022.

TEST(EvidenceRules, accept_a_document_of_today_or_before) {
    given(plan_in_delivery("TH"))
        .when(evidence_registered("TH-E01").with("dateOfDocument", "2022-02-01"))
        .is_accepted_by("R34");
    given(plan_in_delivery("TH"))
        .when(evidence_registered("TH-E01").without("dateOfDocument"))
        .is_accepted_by("R34");
}

TEST(EvidenceRules, refuse_a_document_of_tomorrow) {
    given(plan_in_delivery("TH"))
        .when(evidence_registered("TH-E01").with("dateOfDocument", "2022-02-02"))
        .is_refused_by("R34");
}

TEST(EvidenceRules, refuse_a_period_that_ends_before_it_begins) {
    given(plan_in_delivery("TH"))
        .when(evidence_registered("TH-E01")
                  .with("periodStart", "2022-01-31")
                  .with("periodEnd", "2022-01-30"))
        .is_refused_by("R34");
}

TEST(EvidenceRules, accept_a_period_of_one_day) {
    given(plan_in_delivery("TH"))
        .when(evidence_registered("TH-E01")
                  .with("periodStart", "2022-01-31")
                  .with("periodEnd", "2022-01-31"))
        .is_accepted_by("R34");
}

TEST(EvidenceRules, refuse_version_0) {
    given(plan_in_delivery("TH"))
        .when(evidence_registered("TH-E01").with("version", "0"))
        .is_refused_by("R34");
}

}  // namespace
}  // namespace wsoa::test
