#include "tests/support/story.h"

#include "tests/support/changes.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace wsoa::test {
namespace {

// What the rules said, for a failing test.
std::string in_short(const Step& step, const Result<void>& judged) {
    if (judged.ok()) {
        return fmt::format("{}: accepted", step.str());
    }
    const auto& error = judged.error();
    return fmt::format("{}: {} by {}: {} ({})", step.str(), name_of(error.fault), error.rule,
                       error.message, error.advice);
}

bool is_rule(std::string_view id) {
    return std::ranges::find(all_rules(), id, &Rule::id) != all_rules().end();
}

Scene cast_of_the_office() {
    auto scene = ledger_opened_by_two();
    const auto tell = [&](const std::vector<Step>& steps) {
        for (const auto& step : steps) {
            must(scene.record(step));
        }
    };
    // Until there are two in the office, the founders do its work.
    for (const auto* const officer : {"programme-officer", "programme-deputy"}) {
        for (auto step : enrolled(officer)) {
            must(
                scene.record(step.by(step.kind() == Kind::PERSON_ENROLLED ? "programme-manager"
                                                                          : "corporate-director")));
        }
        for (auto step : granted(officer, schema::Role::PROGRAMME_OFFICE)) {
            must(scene.record(step.by(step.kind() == Kind::ROLE_GRANTED ? "programme-manager"
                                                                        : "corporate-director")));
        }
    }
    const std::vector<std::tuple<std::string, schema::Role, std::string>> cast{
        {"data-protection-officer", schema::Role::DPO, ""},
        {"board-chair", schema::Role::BOARD_CHAIR, "TH"},
        {"director-of-education", schema::Role::AREA_LEAD, "TH-1"},
        {"case-work-lead", schema::Role::AREA_LEAD, "TH-1"},
        {"icb-executive-lead", schema::Role::AREA_LEAD, "TH-2"},
        {"send-team-manager", schema::Role::ACTION_OWNER, "TH-1.1"},
        {"head-of-send", schema::Role::ACTION_OWNER, "TH-1.2"}};
    for (const auto& [person, role, scope] : cast) {
        tell(enrolled(person));
        tell(granted(person, role, scope));
    }
    return scene;
}

Scene plan_on_the_table() {
    auto scene = office_at_work();
    for (const auto& step : {plan_drafted("TH"), area_added("TH-1", "director-of-education"),
                             area_added("TH-2", "icb-executive-lead"),
                             outcome_added("TH-O1", "TH-1"), outcome_added("TH-O2", "TH-2"),
                             action_added("TH-1.1", "TH-O1").with("owner", "send-team-manager"),
                             action_added("TH-1.2", "TH-O1"),
                             action_added("TH-2.1", "TH-O2").with("owner", "send-team-manager")}) {
        must(scene.record(step));
    }
    return scene;
}

}  // namespace

Verdict Verdict::none(Scene scene, Step step) {
    Verdict verdict(std::move(scene), std::move(step));
    verdict.was_told_ = false;
    return verdict;
}

void Verdict::is_turned_away_by(std::string_view rule, Fault fault) const {
    ASSERT_TRUE(was_told_) << "what was given was not accepted";
    ASSERT_TRUE(is_rule(rule)) << "there is no rule " << rule;
    const auto judged = scene_.judge(step_);
    ASSERT_FALSE(judged.ok()) << in_short(step_, judged);
    EXPECT_EQ(judged.error().rule, rule) << in_short(step_, judged);
    EXPECT_EQ(judged.error().fault, fault) << in_short(step_, judged);
    EXPECT_FALSE(judged.error().message.empty()) << in_short(step_, judged);
    EXPECT_FALSE(judged.error().advice.empty()) << in_short(step_, judged);
    const auto all = scene_.judge_all(step_);
    ASSERT_FALSE(all.empty());
    EXPECT_EQ(all.front(), judged.error());
    if (scene_.next_index().value == 0) {
        return;  // R20 turns away every kind but its own there
    }
    // What `wsoa rules` says a rule is about must hold what the rule turns away.
    const auto kinds = std::ranges::find(all_rules(), rule, &Rule::id)->judge.kinds();
    EXPECT_TRUE(kinds.empty() || std::ranges::find(kinds, step_.kind()) != kinds.end())
        << rule << " does not say that it judges " << step_.str();
}

void Verdict::is_refused_by(std::string_view rule) const {
    is_turned_away_by(rule, Fault::refused);
}

void Verdict::conflicts_by(std::string_view rule) const {
    is_turned_away_by(rule, Fault::conflict);
}

void Verdict::is_accepted() const {
    ASSERT_TRUE(was_told_) << "what was given was not accepted";
    auto after = scene_;
    const auto judged = after.record(step_);
    ASSERT_TRUE(judged.ok()) << in_short(step_, judged);
    EXPECT_TRUE(scene_.judge_all(step_).empty());
    for (const auto& anomaly : after.state().anomalies) {
        ADD_FAILURE() << step_.str() << ": " << anomaly.what;
    }
}

void Verdict::is_accepted_by(std::string_view rule) const {
    ASSERT_TRUE(is_rule(rule)) << "there is no rule " << rule;
    is_accepted();
}

void Verdict::keeps(std::string_view rule) const {
    ASSERT_TRUE(was_told_) << "what was given was not accepted";
    const auto found = std::ranges::find(all_rules(), rule, &Rule::id);
    ASSERT_NE(found, all_rules().end()) << "there is no rule " << rule;
    const auto judged = scene_.judge_by(*found, step_);
    EXPECT_TRUE(judged.ok()) << in_short(step_, judged);
}

void Verdict::is_unavailable() const {
    ASSERT_TRUE(was_told_) << "what was given was not accepted";
    const auto judged = scene_.judge(step_);
    ASSERT_FALSE(judged.ok()) << in_short(step_, judged);
    EXPECT_EQ(judged.error().fault, Fault::unavailable) << in_short(step_, judged);
    EXPECT_FALSE(judged.error().advice.empty()) << in_short(step_, judged);
}

void Story::add(const Step& step) {
    if (!was_told_) {
        return;
    }
    const auto judged = scene_.record(step);
    was_told_ = judged.ok();
    if (!was_told_) {
        ADD_FAILURE() << "given " << in_short(step, judged);
    }
}

void Story::add(const std::vector<Step>& steps) {
    for (const auto& step : steps) {
        add(step);
    }
}

Verdict Story::when(const Step& step) const {
    return was_told_ ? Verdict(scene_, step) : Verdict::none(scene_, step);
}

Scene empty_log() { return {}; }

Scene ledger_opened_by_two() {
    Scene scene;
    must(scene.record(ledger_opened()));
    return scene;
}

Scene office_at_work() {
    static const auto scene = cast_of_the_office();
    return scene;
}

Scene plan_in_delivery(std::string_view plan) {
    CHECK(plan == "TH");  // the cast has its roles there
    static const auto scene = plan_on_the_table();
    return scene;
}

}  // namespace wsoa::test
