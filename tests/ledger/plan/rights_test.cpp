#include "ledger/plan/rights.h"

#include "tests/support/changes.h"
#include "tests/support/story_forum.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using schema::Role;
using testing::ElementsAre;
using testing::IsEmpty;

Date day(std::string_view text) { return must(parse_date(text)); }
SubjectRef subject(std::string_view text) { return must(SubjectRef::parse(text)); }
PersonId person(std::string_view text) { return must(PersonId::parse(text)); }

const Date today = day("2022-02-01");

bool th_reaches(std::string_view scope, std::string_view about) {
    const auto scene = plan_in_delivery("TH");
    return reaches(subject(scope), subject(about), &scene.plan("TH"));
}

TEST(Reaching, goes_from_no_scope_to_everything) {
    for (const auto* const about : {"TH", "TH-1.2", "HGY-1", "@head-of-send", "ledger"}) {
        EXPECT_TRUE(reaches(std::nullopt, subject(about), nullptr)) << about;
    }
}

TEST(Reaching, goes_from_a_plan_to_all_its_parts) {
    for (const auto* const about : {"TH", "TH-1", "TH-1.2", "TH-O1", "TH-E01", "TH-9.9"}) {
        EXPECT_TRUE(th_reaches("TH", about)) << about;
    }
}

TEST(Reaching, goes_from_an_area_to_its_outcomes_and_actions) {
    for (const auto* const about : {"TH-1", "TH-O1", "TH-1.1", "TH-1.2"}) {
        EXPECT_TRUE(th_reaches("TH-1", about)) << about;
    }
}

// By what the plan says, and not by how the references read.
TEST(Reaching, goes_to_no_other_area_whatever_the_reference_looks_like) {
    const auto scene = given(plan_in_delivery("TH"), action_added("TH-1.9", "TH-O2")).scene();
    EXPECT_FALSE(reaches(subject("TH-1"), subject("TH-1.9"), &scene.plan("TH")));
    EXPECT_TRUE(reaches(subject("TH-2"), subject("TH-1.9"), &scene.plan("TH")));
}

TEST(Reaching, stops_at_what_the_scope_does_not_hold) {
    for (const auto* const about : {"TH", "TH-2", "TH-O2", "TH-2.1", "TH-E01", "ledger"}) {
        EXPECT_FALSE(th_reaches("TH-1", about)) << about;
    }
    for (const auto* const about : {"TH", "TH-1", "TH-O1", "TH-1.1", "TH-1.20"}) {
        EXPECT_FALSE(th_reaches("TH-1.2", about)) << about;
    }
}

// TH-1.2 with what belongs to it: a milestone, an exception, evidence, a decision, a question and a
// risk. The evidence TH-E02 is linked to the other area.
Scene parts_of_an_action() {
    auto story = forum_at_work();
    story.add(gone_red());
    story.add({Step(Kind::MILESTONE_ADDED, "TH-1.2.1")
                   .with("parent", "TH-1.2")
                   .with("deadline", "2022-12-31")
                   .says(schema::WordField::TITLE, "Half of the backlog is cleared"),
               exception_opened("TH-X1"), evidence_registered("TH-E01"),
               linked_by_its_owner("TH-E01", "TH-1.2"), evidence_registered("TH-E02"),
               linked_by_its_owner("TH-E02", "TH-2.1"), board_met("TH-B-2022-03-10"),
               resolved("TH-D1", "TH-B-2022-03-10"), challenge_put("TH-C1"),
               risk_raised("TH-RK1")});
    return story.scene();
}

TEST(Reaching, goes_from_an_action_or_its_area_to_all_that_belongs_to_it) {
    const auto scene = parts_of_an_action();
    const auto& plan = scene.plan("TH");
    for (const auto* const about :
         {"TH-1.2.1", "TH-M1", "TH-X1", "TH-E01", "TH-D1", "TH-C1", "TH-RK1"}) {
        EXPECT_TRUE(reaches(subject("TH-1"), subject(about), &plan)) << about;
        EXPECT_TRUE(reaches(subject("TH-1.2"), subject(about), &plan)) << about;
        EXPECT_TRUE(reaches(subject(about), subject(about), &plan)) << about;
        EXPECT_FALSE(reaches(subject("TH-1.20"), subject(about), &plan)) << about;
    }
    for (const auto* const about : {"TH-1.2.1", "TH-X1", "TH-E01", "TH-D1", "TH-C1", "TH-RK1"}) {
        EXPECT_FALSE(reaches(subject("TH-2"), subject(about), &plan)) << about;
        EXPECT_FALSE(reaches(subject("TH-1.1"), subject(about), &plan)) << about;
    }
    EXPECT_TRUE(reaches(subject("TH-2"), subject("TH-E02"), &plan));
    EXPECT_FALSE(reaches(subject("TH-1"), subject("TH-E02"), &plan));
}

TEST(Reaching, ends_with_the_link) {
    auto scene = parts_of_an_action();
    must(scene.record(Step(Kind::EVIDENCE_UNLINKED, "TH-E01")
                          .by("head-of-send")
                          .with("target", "TH-1.2")
                          .because("it tells of another action")));
    EXPECT_FALSE(reaches(subject("TH-1"), subject("TH-E01"), &scene.plan("TH")));
}

// Whoever may link an item could otherwise take it for themselves.
TEST(Reaching, goes_by_no_link_but_that_of_whoever_brought_the_evidence) {
    auto scene = parts_of_an_action();
    const auto claim = linked_by_its_owner("TH-E01", "TH-2.1").by("send-team-manager");
    must(scene.record(claim));
    EXPECT_FALSE(reaches(subject("TH-2.1"), subject("TH-E01"), &scene.plan("TH")));
    must(scene.record(linked_by_its_owner("TH-E01", "TH-1.1")
                          .by("programme-officer")
                          .on_behalf_of("head-of-send")));
    EXPECT_TRUE(reaches(subject("TH-1.1"), subject("TH-E01"), &scene.plan("TH")));
}

TEST(Reaching, stops_at_the_plan) {
    for (const auto* const about : {"THX", "THX-1", "HGY", "@head-of-send", "ledger"}) {
        EXPECT_FALSE(th_reaches("TH", about)) << about;
    }
}

TEST(Reaching, asks_no_other_plan_what_belongs_to_an_area) {
    const auto scene = given(plan_in_delivery("TH"), plan_drafted("HGY")).scene();
    EXPECT_FALSE(reaches(subject("TH-1"), subject("TH-1.2"), &scene.plan("HGY")));
    EXPECT_FALSE(reaches(subject("TH-1"), subject("TH-1.2"), nullptr));
}

TEST(Grants, are_found_by_person_role_subject_and_day) {
    const auto scene = plan_in_delivery("TH");
    const auto& state = scene.state();
    const auto lead = person("director-of-education");
    EXPECT_NE(grant_for(state, lead, Role::AREA_LEAD, subject("TH-1.2"), today), nullptr);
    EXPECT_EQ(grant_for(state, lead, Role::AREA_LEAD, subject("TH-2.1"), today), nullptr);
    EXPECT_EQ(grant_for(state, lead, Role::BOARD_CHAIR, subject("TH-1.2"), today), nullptr);
    EXPECT_EQ(grant_for(state, person("data-lead"), Role::AREA_LEAD, subject("TH-1.2"), today),
              nullptr);
}

TEST(Grants, are_found_only_from_their_first_to_their_last_day) {
    const auto scene =
        given(plan_in_delivery("TH"), role_granted("head-of-send", Role::DATA_LEAD, "TH")
                                          .with("from", "2022-03-01")
                                          .with("until", "2022-03-31"))
            .scene();
    const auto found = [&](std::string_view text) {
        return grant_for(scene.state(), person("head-of-send"), Role::DATA_LEAD, subject("TH"),
                         day(text)) != nullptr;
    };
    EXPECT_FALSE(found("2022-02-28"));
    EXPECT_TRUE(found("2022-03-01"));
    EXPECT_TRUE(found("2022-03-31"));
    EXPECT_FALSE(found("2022-04-01"));
}

TEST(Grants, of_a_part_count_within_their_plan) {
    const auto scene = plan_in_delivery("TH");
    const auto owner = person("head-of-send");
    EXPECT_NE(
        grant_within(scene.state(), owner, Role::ACTION_OWNER, must(PlanRef::parse("TH")), today),
        nullptr);
    EXPECT_EQ(
        grant_within(scene.state(), owner, Role::ACTION_OWNER, must(PlanRef::parse("HGY")), today),
        nullptr);
}

TEST(Grants, of_the_whole_ledger_count_within_every_plan) {
    const auto scene = plan_in_delivery("TH");
    EXPECT_NE(grant_within(scene.state(), person("programme-officer"), Role::PROGRAMME_OFFICE,
                           must(PlanRef::parse("HGY")), today),
              nullptr);
}

TEST(Grants, that_wait_or_have_ended_are_not_found) {
    const auto scene =
        given(plan_in_delivery("TH"), role_granted("board-chair", Role::LEAD_MEMBER, "TH"),
              role_revoked("head-of-send"))
            .scene();
    EXPECT_EQ(
        grant_for(scene.state(), person("board-chair"), Role::LEAD_MEMBER, subject("TH"), today),
        nullptr);
    EXPECT_EQ(grant_for(scene.state(), person("head-of-send"), Role::ACTION_OWNER,
                        subject("TH-1.2"), today),
              nullptr);
}

TEST(RolesHeld, are_listed_once_each_in_the_order_of_their_grants) {
    const auto scene =
        given(plan_in_delivery("TH"), role_granted("head-of-send", Role::DATA_LEAD, "TH"),
              role_granted("head-of-send", Role::ACTION_OWNER, "TH-1.1"),
              role_granted("head-of-send", Role::AREA_LEAD, "TH-1"))
            .scene();
    EXPECT_THAT(roles_held(scene.state(), person("head-of-send"), today),
                ElementsAre(Role::ACTION_OWNER, Role::DATA_LEAD));
    EXPECT_THAT(roles_held(scene.state(), person("data-lead"), today), IsEmpty());
}

// Whether the person may read the words of the last step.
bool may_read(const Scene& scene, const std::optional<PersonId>& reader) {
    const auto last = scene.event(scene.next_index().value - 1);
    return may_read_words(scene.state(), reader, last, day("2022-03-10"));
}

TEST(Reading, of_public_words_is_for_everybody) {
    auto scene = parts_of_an_action();
    must(scene.record(evidence_registered("TH-E03").classified(schema::Classification::PUBLIC)));
    EXPECT_TRUE(may_read(scene, std::nullopt));
    EXPECT_TRUE(may_read(scene, person("a-stranger")));
}

TEST(Reading, of_partnership_words_is_for_whoever_holds_a_role) {
    auto scene = parts_of_an_action();
    must(scene.record(evidence_registered("TH-E03")));
    EXPECT_FALSE(may_read(scene, std::nullopt));
    EXPECT_FALSE(may_read(scene, person("a-stranger")));
    EXPECT_TRUE(may_read(scene, person("dfe-adviser")));
}

TEST(Reading, of_restricted_words_is_for_author_office_and_those_whose_scope_reaches) {
    auto scene = parts_of_an_action();
    must(scene.record(
        linked_by_its_owner("TH-E01", "TH-1.1").classified(schema::Classification::RESTRICTED)));
    for (const auto* const reader :
         {"head-of-send", "programme-deputy", "board-chair", "director-of-education",
          "case-work-lead", "send-team-manager", "data-protection-officer"}) {
        EXPECT_TRUE(may_read(scene, person(reader))) << reader;
    }
    for (const auto* const reader :
         {"icb-executive-lead", "dfe-adviser", "parent-carer-forum-chair", "a-stranger"}) {
        EXPECT_FALSE(may_read(scene, person(reader))) << reader;
    }
    EXPECT_FALSE(may_read(scene, std::nullopt));
}

}  // namespace
}  // namespace wsoa::test
