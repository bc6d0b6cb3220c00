#include "projections/waiting.h"

#include "ledger/plan/rulebook.h"
#include "tests/support/changes.h"
#include "tests/support/story.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using namespace test;
using What = Waiting::What;
using testing::IsEmpty;

const Date day = must(parse_date("2022-02-01"));

// The story's plan, and what waits in it.
struct Waits {
    Scene scene;
    std::vector<Waiting> all;

    explicit Waits(const Story& story) : scene(story.scene()), all(waiting_in(scene.plan("TH"))) {}
    // Those who may answer the first of them.
    std::vector<std::string> who() const {
        std::vector<std::string> names;
        for (const auto& [id, person] : scene.keyring().people()) {
            if (may_answer(scene.state(), id, all.front(), day)) {
                names.push_back(id.str());
            }
        }
        return names;
    }
};

TEST(Waiting, is_nothing_in_a_plan_where_nobody_asked_for_anything) {
    EXPECT_THAT(Waits(given(plan_in_delivery("TH"), action_started("TH-1.2"))).all, IsEmpty());
}

TEST(Waiting, is_a_proposal_for_the_leads_of_its_area_but_not_for_the_one_who_made_it) {
    const Waits by_owner(given(plan_in_delivery("TH"), action_started("TH-1.2"),
                               rating_proposed("TH-1.2", "A").by("head-of-send")));
    ASSERT_EQ(by_owner.all.size(), 1U);
    EXPECT_EQ(by_owner.all[0].what, What::rating);
    EXPECT_EQ(by_owner.all[0].answer, Kind::RATING_CONFIRMED);
    EXPECT_THAT(by_owner.who(), testing::IsSupersetOf({"case-work-lead", "director-of-education"}));
    EXPECT_THAT(by_owner.who(), testing::Not(testing::Contains("icb-executive-lead")));
    const Waits by_lead(given(plan_in_delivery("TH"), action_started("TH-1.2"),
                              rating_proposed("TH-1.2", "A").by("case-work-lead")));
    EXPECT_THAT(by_lead.who(), testing::Not(testing::Contains("case-work-lead")));
    EXPECT_THAT(by_lead.who(), testing::Contains("director-of-education"));
}

TEST(Waiting, of_an_areas_impact_is_for_the_board_alone) {
    const Waits waits(
        given(plan_in_delivery("TH"), impact_proposed("TH-1", "A").by("director-of-education")));
    EXPECT_THAT(waits.who(), testing::ElementsAre("board-chair"));
}

TEST(Waiting, is_over_once_the_proposal_is_confirmed) {
    EXPECT_THAT(Waits(given(plan_in_delivery("TH"), action_started("TH-1.2"),
                            rating_proposed("TH-1.2", "A").by("head-of-send"),
                            rating_confirmed("TH-1.2", "A").by("case-work-lead")))
                    .all,
                IsEmpty());
}

TEST(Waiting, people_wait_for_another_than_who_enrolled_them) {
    auto story = given(office_at_work(), person_enrolled("data-lead").by("programme-officer"));
    const auto& state = story.scene().state();
    const auto all = waiting_people(state);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].what, What::enrolment);
    EXPECT_EQ(all[0].subject, must(SubjectRef::parse("@data-lead")));
    const auto may = [&](std::string_view who) {
        return may_answer(state, must(PersonId::parse(who)), all[0], day);
    };
    EXPECT_TRUE(may("programme-deputy"));
    EXPECT_FALSE(may("programme-officer"));
    EXPECT_FALSE(may("data-lead"));
    EXPECT_FALSE(may("head-of-send"));
}

// Of every sort, the kind that answers it is one that somebody may record.
TEST(Waiting, is_answered_by_a_kind_that_some_role_may_record) {
    for (const auto answer :
         {Kind::RATING_CONFIRMED, Kind::ACTION_COMPLETED, Kind::CHANGE_APPROVED,
          Kind::CHANGE_APPLIED, Kind::EVIDENCE_ACCEPTED, Kind::CHALLENGE_ANSWERED,
          Kind::EXCEPTION_ANSWERED, Kind::INFORMATION_FULFILLED, Kind::ERASURE_DECIDED,
          Kind::PUBLICATION_CHECKED, Kind::PUBLICATION_APPROVED, Kind::PERSON_CONFIRMED,
          Kind::ROLE_CONFIRMED, Kind::KEY_CONFIRMED}) {
        EXPECT_FALSE(kind_rule(answer).roles.empty());
    }
}

}  // namespace
}  // namespace wsoa
