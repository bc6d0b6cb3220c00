#include "ledger/plan/rulebook.h"

#include "ledger/event/kinds.h"
#include "tests/support/changes.h"
#include "tests/support/story.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace wsoa::test {
namespace {

using testing::AnyOf;
using testing::HasSubstr;

// Every story of this folder, as it is written.
std::string all_stories() {
    std::ostringstream stories;
    const std::filesystem::path folder = std::string(WSOA_SOURCE) + "/tests/ledger/plan";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().filename().string().starts_with("rules_")) {
            stories << std::ifstream(entry.path()).rdbuf();
        }
    }
    return stories.str();
}

TEST(Rulebook, has_a_story_that_each_rule_refuses) {
    const auto stories = all_stories();
    for (const auto& rule : all_rules()) {
        EXPECT_THAT(stories, AnyOf(HasSubstr(fmt::format(".is_refused_by(\"{}\")", rule.id)),
                                   HasSubstr(fmt::format(".conflicts_by(\"{}\")", rule.id))))
            << rule.sentence;
    }
}

TEST(Rulebook, has_a_story_that_each_rule_accepts) {
    const auto stories = all_stories();
    for (const auto& rule : all_rules()) {
        EXPECT_THAT(stories, AnyOf(HasSubstr(fmt::format(".is_accepted_by(\"{}\")", rule.id)),
                                   HasSubstr(fmt::format(".keeps(\"{}\")", rule.id))))
            << rule.sentence;
    }
}

// Each subject has a range of numbers, which it need not fill.
TEST(Rulebook, numbers_its_rules_in_order_and_each_once) {
    int last = 0;
    for (const auto& rule : all_rules()) {
        const auto number = std::stoi(std::string(rule.id.substr(1)));
        EXPECT_EQ(rule.id, fmt::format("R{:02}", number));
        EXPECT_GT(number, last) << rule.id;
        last = number;
    }
    EXPECT_GE(all_rules().size(), 35u);
}

TEST(Rulebook, states_each_rule_in_a_sentence_of_its_own) {
    std::set<std::string_view> sentences;
    for (const auto& rule : all_rules()) {
        EXPECT_TRUE(sentences.insert(rule.sentence).second) << rule.id;
        EXPECT_TRUE(rule.sentence.ends_with(".")) << rule.id;
        EXPECT_TRUE(std::isupper(static_cast<unsigned char>(rule.sentence.front()))) << rule.id;
    }
}

TEST(Rulebook, has_every_rule_in_force_in_its_newest_version) {
    for (const auto& rule : all_rules()) {
        EXPECT_NE(rule.judge, nullptr) << rule.id;
        EXPECT_TRUE(rule.stands_in(rulebook_newest)) << rule.id;
        EXPECT_FALSE(rule.stands_in(0)) << rule.id;
    }
}

TEST(Rulebook, keeps_a_rule_only_between_its_first_and_last_version) {
    const Rule rule{.id = "R99", .sentence = "", .since = 2, .until = 3, .judge = nullptr};
    EXPECT_FALSE(rule.stands_in(1));
    EXPECT_TRUE(rule.stands_in(2));
    EXPECT_TRUE(rule.stands_in(3));
    EXPECT_FALSE(rule.stands_in(4));
}

TEST(Rulebook, says_of_every_kind_who_may_record_it) {
    for (const auto& info : all_kinds()) {
        const auto& rule = kind_rule(info.kind);
        EXPECT_EQ(rule.kind, info.kind) << info.name;
        EXPECT_TRUE(!rule.roles.empty() || rule.reach == Reach::self) << info.name;
        EXPECT_EQ(std::ranges::count(rule.roles, schema::Role::UNSET), 0) << info.name;
    }
}

TEST(Rulebook, asks_for_no_word_twice) {
    for (const auto& info : all_kinds()) {
        const auto& rule = kind_rule(info.kind);
        std::set<schema::WordField> fields;
        for (const auto& list : {rule.required, rule.optional}) {
            for (const auto field : list) {
                EXPECT_TRUE(fields.insert(field).second) << info.name << ": " << name_of(field);
            }
        }
    }
}

// A decision by a role that one person could give to anybody would be one person's decision.
TEST(Rulebook, leaves_decisions_to_roles_that_two_people_grant) {
    for (const auto& info : all_kinds()) {
        const auto& rule = kind_rule(info.kind);
        if (rule.decides == KindRule::Decides::yes) {
            EXPECT_TRUE(std::ranges::all_of(rule.roles, decides)) << info.name;
        }
    }
}

TEST(Rulebook, leaves_people_and_keys_to_roles_that_two_people_grant) {
    for (const auto& info : all_kinds()) {
        const auto& rule = kind_rule(info.kind);
        // What a verification found changes nothing, so that an auditor may record it.
        const bool changes = info.kind != Kind::VERIFICATION_RUN;
        if (changes && (rule.is_about(SubjectKind::person) || rule.is_about(SubjectKind::ledger))) {
            EXPECT_TRUE(std::ranges::all_of(rule.roles, decides)) << info.name;
        }
    }
}

// What stands before any rating must not be something that people propose on the delivery axis: a
// confirmation would otherwise be told from none by nothing.
TEST(Rulebook, lets_nobody_propose_that_a_started_action_is_unrated) {
    const auto& codes = rating_codes(schema::Axis::DELIVERY);
    EXPECT_EQ(std::ranges::count(codes, rating_before_any(schema::Axis::DELIVERY)), 0);
}

TEST(Judging, names_every_rule_that_is_broken) {
    const auto broken =
        given(plan_in_delivery("TH"))
            .scene()
            .judge_all(
                rating_proposed("TH-1.2", "X", "G").with_key("a stranger's key").without_words());
    std::vector<std::string> rules;
    for (const auto& error : broken) {
        rules.push_back(error.rule);
        EXPECT_FALSE(error.advice.empty()) << error.message;
    }
    EXPECT_THAT(rules, testing::ElementsAre("R01", "R04", "R28", "R30", "R31"));
}

TEST(Judging, judges_event_0_by_the_rulebook_that_it_states) {
    Founding founding;
    founding.founders.pop_back();
    const auto broken = empty_log().judge_all(ledger_opened(founding));
    ASSERT_EQ(broken.size(), 1u);
    EXPECT_EQ(broken.front().rule, "R20");
}

TEST(Judging, says_that_a_rulebook_is_too_new_rather_than_nothing) {
    Founding founding;
    founding.rulebook = std::to_string(rulebook_newest + 1);
    const auto broken = empty_log().judge_all(ledger_opened(founding));
    ASSERT_EQ(broken.size(), 1u);
    EXPECT_EQ(broken.front().fault, Fault::unavailable);
}

// After an erasure the rules about words cannot be judged, and say nothing.
TEST(Judging, passes_over_reasons_that_can_no_longer_be_read) {
    const auto scene = given(plan_in_delivery("TH"), action_started("TH-1.2"),
                             rating_proposed("TH-1.2", "A").because("two posts are vacant"))
                           .scene();
    const auto step = rating_proposed("TH-1.2", "R").because("two posts are vacant");
    const auto event = must(Event::read(scene.next_index(), scene.entry_of(step)));
    const EarlierWords erased = [](EventIndex, schema::WordField) { return std::nullopt; };
    const auto judged = judge(Case{.change = event.change(),
                                   .state = scene.state(),
                                   .index = event.index(),
                                   .today = event.envelope().effective,
                                   .words = nullptr,
                                   .earlier = erased});
    EXPECT_TRUE(judged.ok());
    EXPECT_FALSE(scene.judge(step).ok());
}

}  // namespace
}  // namespace wsoa::test
