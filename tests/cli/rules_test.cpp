#include "ledger/plan/rulebook.h"

#include "cli/commands/all.h"
#include "ledger/event/kinds.h"
#include "ledger/plan/rule_advice.h"
#include "tests/cli/spoken.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace wsoa {
namespace {

using nlohmann::json;
using testing::HasSubstr;

Run rules(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "rules");
    return run_of(all_commands(), arguments);
}

std::vector<json> objects(std::vector<std::string> arguments) {
    arguments.emplace_back("--json");
    std::vector<json> all;
    std::istringstream said(rules(std::move(arguments)).out);
    for (std::string line; std::getline(said, line);) {
        all.push_back(json::parse(line));
    }
    return all;
}

TEST(Rules, list_every_rule_and_every_kind_once) {
    std::vector<std::string> rules_listed;
    std::vector<std::string> kinds_listed;
    for (const auto& object : objects({})) {
        auto& listed = object["type"] == "rule" ? rules_listed : kinds_listed;
        listed.push_back(object["type"] == "rule" ? object["rule"] : object["kind"]);
    }
    EXPECT_EQ(rules_listed.size(), all_rules().size());
    for (const auto& rule : all_rules()) {
        EXPECT_THAT(rules_listed, testing::Contains(std::string(rule.id)));
    }
    EXPECT_EQ(kinds_listed.size(), all_kinds().size());
    const auto page = rules({}).out;
    for (const auto& group : rule_groups()) {
        if (!group.rules.empty()) {
            EXPECT_THAT(page, HasSubstr(std::string(group.heading)));
        }
    }
}

TEST(Rules, tell_of_one_what_satisfies_it_and_which_kinds_it_judges) {
    const auto rule = objects({"R02"}).at(0);
    EXPECT_EQ(rule["rule"], "R02");
    EXPECT_EQ(rule["kinds"], json({"ratingConfirmed"}));
    EXPECT_THAT(rule["satisfiedBy"].get<std::string>(), HasSubstr("another person"));
    EXPECT_THAT(rules({"R02"}).out, HasSubstr("Satisfied by"));
    EXPECT_TRUE(objects({"R01"}).at(0)["kinds"].empty());  // every kind
}

TEST(Rules, tell_of_a_kind_who_may_record_it_about_what_with_which_words) {
    const auto kind = objects({"ratingConfirmed"}).at(0);
    EXPECT_EQ(kind["about"], json({"an action", "an area"}));
    EXPECT_EQ(kind["roles"], json({"areaLead", "boardChair"}));
    EXPECT_EQ(kind["words"], json({"reason"}));
    EXPECT_TRUE(kind["decides"]);
    EXPECT_THAT(kind["rules"], testing::IsSupersetOf({json("R01"), json("R02"), json("R33")}));
    EXPECT_EQ(std::count(kind["rules"].begin(), kind["rules"].end(), json("R20")), 0);
    const auto page = rules({"ratingConfirmed"}).out;
    EXPECT_THAT(page, HasSubstr("area lead, board chair"));
    EXPECT_THAT(page, HasSubstr("R02"));
}

TEST(Rules, offer_the_nearest_to_what_was_mistyped) {
    const auto ran = rules({"ratingConfirmd"});
    EXPECT_EQ(ran.exit, Exit::usage);
    EXPECT_THAT(ran.err, HasSubstr("did you mean ratingConfirmed?"));
}

TEST(RuleAdvice, is_given_for_every_rule_in_their_order) {
    ASSERT_EQ(all_rule_advice().size(), all_rules().size());
    auto rule = all_rules().begin();
    for (const auto& advice : all_rule_advice()) {
        EXPECT_EQ(advice.id, (rule++)->id);
        EXPECT_TRUE(advice.satisfied_by.ends_with('.')) << advice.id;
    }
    EXPECT_EQ(satisfied_by("R99x"), "");
}

}  // namespace
}  // namespace wsoa
