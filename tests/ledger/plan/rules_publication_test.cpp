#include "tests/support/story_forum.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using schema::Role;

// So many steps of the life of TH-P1: drafted, checked, approved, published.
Story after(std::size_t steps) {
    auto story = forum_at_work();
    const auto life = on_the_page("TH-P1");
    story.add({life.begin(), life.begin() + static_cast<std::ptrdiff_t>(steps)});
    return story;
}

TEST(PublicationRules, accept_each_step_of_the_day_that_the_draft_tells_of) {
    forum_at_work().when(publication_drafted("TH-P1")).is_accepted_by("R133");
    after(1).when(publication_checked("TH-P1")).is_accepted_by("R133");
    after(2).when(publication_approved("TH-P1")).is_accepted_by("R133");
    after(3).when(published("TH-P1")).is_accepted_by("R133");
    after(4).when(publication_corrected("TH-P1")).is_accepted_by("R133");
}

TEST(PublicationRules, refuse_a_draft_of_a_day_ahead_and_steps_of_another_day) {
    forum_at_work()
        .when(publication_drafted("TH-P1").with("asAt", "2022-02-02"))
        .is_refused_by("R133");
    const auto of_another_day = [](Step step) { return step.with("asAt", "2022-01-30"); };
    after(1).when(of_another_day(publication_checked("TH-P1"))).is_refused_by("R133");
    after(2).when(of_another_day(publication_approved("TH-P1"))).is_refused_by("R133");
    after(3).when(of_another_day(published("TH-P1"))).is_refused_by("R133");
    after(4).when(of_another_day(publication_corrected("TH-P1"))).is_refused_by("R133");
}

TEST(PublicationRules, accept_a_second_check_before_the_approval) {
    after(2).when(publication_checked("TH-P1").by("records-manager")).is_accepted_by("R134");
}

TEST(PublicationRules, turn_away_checks_and_approvals_of_what_is_approved) {
    after(3).when(publication_checked("TH-P1")).conflicts_by("R134");
    after(3).when(publication_approved("TH-P1").by("board-chair")).conflicts_by("R134");
}

TEST(PublicationRules, refuse_a_page_without_approval_and_turn_away_a_second_one) {
    after(2).when(published("TH-P1")).is_refused_by("R134");
    after(4).when(published("TH-P1").by("programme-officer")).conflicts_by("R134");
}

TEST(PublicationRules, refuse_another_place_than_it_was_approved_for) {
    after(3).when(published("TH-P1").with("channel", "newsletter")).is_refused_by("R134");
}

TEST(PublicationRules, refuse_to_put_right_or_take_back_what_was_not_published) {
    after(3).when(publication_corrected("TH-P1")).is_refused_by("R134");
    after(3).when(publication_withdrawn("TH-P1")).is_refused_by("R134");
    after(4).when(publication_withdrawn("TH-P1")).is_accepted_by("R134");
}

TEST(PublicationRules, turn_away_all_that_follows_a_withdrawal) {
    auto story = after(4);
    story.add(publication_withdrawn("TH-P1"));
    story.when(publication_withdrawn("TH-P1").by("board-chair")).conflicts_by("R134");
    story.when(publication_corrected("TH-P1")).conflicts_by("R134");
}

TEST(PublicationRules, refuse_a_step_of_a_day_before_the_last_one) {
    auto story = forum_at_work();
    story.add(publication_drafted("TH-P1").on("2022-02-10"));
    story.when(publication_checked("TH-P1").effective("2022-02-09")).is_refused_by("R134");
}

TEST(PublicationRules, accept_a_check_and_an_approval_by_two_others) {
    after(1).when(publication_checked("TH-P1")).is_accepted_by("R135");
    after(2).when(publication_approved("TH-P1")).is_accepted_by("R135");
}

// The steps that make one person more than one of the three.
Story with_roles(const std::string& person, Role role) {
    auto story = forum_at_work();
    story.add(granted(person, role, "TH"));
    return story;
}

TEST(PublicationRules, refuse_a_check_by_whoever_drafted_it) {
    auto story = with_roles("data-protection-officer", Role::PROGRAMME_OFFICE);
    story.add(
        publication_drafted("TH-P1").by("data-protection-officer").as(Role::PROGRAMME_OFFICE));
    story.when(publication_checked("TH-P1")).is_refused_by("R135");
}

TEST(PublicationRules, refuse_an_approval_by_whoever_drafted_it_or_had_it_drafted) {
    auto story = with_roles("director-of-education", Role::ACCOUNTABLE_OFFICER);
    const auto approval =
        publication_approved("TH-P1").by("director-of-education").as(Role::ACCOUNTABLE_OFFICER);
    auto typed_by_the_office = story;
    typed_by_the_office.add({publication_drafted("TH-P1").on_behalf_of("director-of-education"),
                             publication_checked("TH-P1")});
    typed_by_the_office.when(approval).is_refused_by("R135");
    story.add({publication_drafted("TH-P1"), publication_checked("TH-P1")});
    story.when(approval).is_accepted_by("R135");
}

TEST(PublicationRules, refuse_an_approval_by_whoever_checked_it) {
    auto story = with_roles("data-protection-officer", Role::ACCOUNTABLE_OFFICER);
    story.add({publication_drafted("TH-P1"), publication_checked("TH-P1"),
               publication_checked("TH-P1").by("records-manager")});
    story
        .when(publication_approved("TH-P1")
                  .by("data-protection-officer")
                  .as(Role::ACCOUNTABLE_OFFICER))
        .is_refused_by("R135");
}

TEST(PublicationRules, accept_an_approval_after_a_check_that_found_all_in_order) {
    auto story = after(1);
    story.add({publication_checked("TH-P1").with("privacyCheck", "failed"),
               publication_checked("TH-P1")});
    story.when(publication_approved("TH-P1")).is_accepted_by("R136");
}

TEST(PublicationRules, refuse_an_approval_without_such_a_check) {
    after(1).when(publication_approved("TH-P1")).is_refused_by("R136");
    for (const auto* const check : {"privacyCheck", "accessibilityCheck"}) {
        auto story = after(2);
        story.add(publication_checked("TH-P1").with(check, "failed"));
        story.when(publication_approved("TH-P1")).is_refused_by("R136");
    }
}

TEST(PublicationRules, accept_every_code_that_an_action_or_an_area_can_have) {
    for (const auto* const code : {"GY", "UN", "G", "A", "R", "B", "E", "NA"}) {
        after(3)
            .when(published("TH-P1").with("shown", std::string("TH-1.1=") + code))
            .is_accepted_by("R137");
    }
    for (const auto* const code : {"NM", "G", "A", "R"}) {
        after(3)
            .when(published("TH-P1").with("shown", std::string("TH-1=") + code))
            .is_accepted_by("R137");
    }
}

TEST(PublicationRules, refuse_what_cannot_be_shown) {
    for (const auto* const shown :
         {"TH-9.9=G", "TH-O1=G", "TH-1.1=X", "TH-1=B", "TH-1.1=G,TH-1.1=A"}) {
        after(3).when(published("TH-P1").with("shown", shown)).is_refused_by("R137");
    }
    after(4)
        .when(publication_corrected("TH-P1").with("shown", "TH-1.1=G,TH-1.2=A,TH-O1=G"))
        .is_refused_by("R137");
}

TEST(PublicationRules, refuse_to_publish_what_is_restricted) {
    const auto restricted = schema::Classification::RESTRICTED;
    after(3).when(published("TH-P1").classified(restricted)).is_refused_by("R137");
    after(4).when(publication_corrected("TH-P1").classified(restricted)).is_refused_by("R137");
    after(3)
        .when(published("TH-P1").classified(schema::Classification::PUBLIC))
        .is_accepted_by("R137");
}

TEST(CorrectionRules, accept_one_that_says_truly_what_the_page_had_shown) {
    after(4).when(publication_corrected("TH-P1")).is_accepted_by("R138");
    auto story = after(4);
    story.add(publication_corrected("TH-P1"));
    story
        .when(publication_corrected("TH-P1")
                  .with("changes", "TH-1.2=A=R")
                  .with("shown", "TH-1.1=G,TH-1.2=R")
                  .because("the rating was overridden"))
        .is_accepted_by("R138");
}

TEST(CorrectionRules, turn_away_one_of_what_the_page_does_not_show) {
    for (const auto* const changes : {"TH-1.2=G=A", "TH-2.1=G=A"}) {
        after(4).when(publication_corrected("TH-P1").with("changes", changes)).conflicts_by("R138");
    }
}

TEST(CorrectionRules, refuse_one_that_leaves_a_change_unsaid) {
    for (const auto* const shown :
         {"TH-1.1=A,TH-1.2=A", "TH-1.2=A", "TH-1.1=G,TH-1.2=UN", "TH-1.1=G,TH-1.2=A,TH-2.1=G"}) {
        after(4).when(publication_corrected("TH-P1").with("shown", shown)).is_refused_by("R138");
    }
}

TEST(CorrectionRules, refuse_an_approver_who_is_not_one) {
    for (const auto* const person : {"a-stranger", "head-of-send", "programme-deputy"}) {
        after(4)
            .when(publication_corrected("TH-P1").with("approvedBy", person))
            .is_refused_by("R138");
    }
    after(4)
        .when(publication_corrected("TH-P1").with("approvedBy", "board-chair"))
        .is_accepted_by("R138");
}

TEST(CorrectionRules, refuse_an_approver_who_records_it_or_has_it_recorded) {
    after(4)
        .when(publication_corrected("TH-P1").on_behalf_of("director-of-commissioning"))
        .is_refused_by("R138");
    auto both = after(4);
    both.add(granted("director-of-commissioning", Role::PROGRAMME_OFFICE, "TH"));
    both.when(publication_corrected("TH-P1")
                  .by("director-of-commissioning")
                  .as(Role::PROGRAMME_OFFICE))
        .is_refused_by("R138");
}

}  // namespace
}  // namespace wsoa::test
