#include "tests/support/story.h"

#include "ledger/event/kinds.h"
#include "tests/support/changes.h"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

// The stories are only worth what their telling can fail at.
namespace wsoa::test {
namespace {

TEST(Story, fails_where_what_is_given_is_refused) {
    EXPECT_NONFATAL_FAILURE(given(plan_in_delivery("TH"), progress_recorded("TH-1.2", 10)),
                            "refused by R28");
}

TEST(Story, fails_where_a_refusal_was_expected) {
    EXPECT_FATAL_FAILURE(
        given(plan_in_delivery("TH")).when(action_started("TH-1.2")).is_refused_by("R01"),
        "accepted");
}

TEST(Story, fails_where_another_rule_refuses) {
    EXPECT_NONFATAL_FAILURE(
        given(plan_in_delivery("TH")).when(action_started("TH-9.9")).is_refused_by("R03"), "R08");
}

TEST(Story, fails_where_a_conflict_was_expected) {
    EXPECT_NONFATAL_FAILURE(
        given(plan_in_delivery("TH")).when(action_started("TH-9.9")).conflicts_by("R08"),
        "refused");
}

TEST(Story, fails_where_the_change_should_have_been_accepted) {
    EXPECT_FATAL_FAILURE(given(plan_in_delivery("TH")).when(action_started("TH-9.9")).is_accepted(),
                         "refused by R08");
}

TEST(Story, fails_where_no_such_rule_exists) {
    EXPECT_FATAL_FAILURE(
        given(plan_in_delivery("TH")).when(action_started("TH-1.2")).is_accepted_by("R999"),
        "no rule R999");
}

TEST(Scene, signs_every_change_with_the_key_that_it_names) {
    const auto scene = plan_in_delivery("TH");
    for (std::uint64_t i = 0; i < scene.entries().size(); ++i) {
        const auto event = scene.event(i);
        EXPECT_TRUE(verify(event.envelope().author_key,
                           labelled(label::change, event.change().bytes()), event.signature()))
            << "event " << i;
    }
}

TEST(Scene, opens_without_an_anomaly) {
    EXPECT_TRUE(plan_in_delivery("TH").state().anomalies.empty());
}

TEST(Scene, leaves_the_history_that_it_was_copied_from_alone) {
    const auto before = plan_in_delivery("TH");
    auto after = before;
    must(after.record(action_started("TH-1.2")));
    EXPECT_FALSE(before.action("TH-1.2").started);
    EXPECT_TRUE(after.action("TH-1.2").started);
}

}  // namespace
}  // namespace wsoa::test
