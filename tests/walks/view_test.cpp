// A plan's tables: that each answers what people ask of it, from JSON alone.

#include "tests/walks/year.h"

#include <gmock/gmock.h>

namespace wsoa {
namespace {

using nlohmann::json;
using testing::HasSubstr;

json view(const Year& at, const std::string& name, const std::string& day) {
    return at.answer({"view", name, "TH", "--as-at", day});
}

TEST(ViewRatings, counts_days_and_names_what_began_each_spell) {
    const Year at;
    const auto ratings = view(at, "ratings", "2023-01-10");
    EXPECT_EQ(ratings["type"], "ratings");
    EXPECT_EQ(ratings["ratings"], json({{"TH-1.1", "R"}}));
    EXPECT_EQ(ratings["counts"]["R"], 1);
    EXPECT_EQ(ratings["daysRed"], json({{"TH-1.1", 10}}));
    EXPECT_EQ(ratings["daysRedTotal"], 10);
    const auto action = ratings["actions"][0];
    EXPECT_EQ(action["days"], json({{"UN", 37}, {"G", 91}, {"A", 206}, {"R", 10}}));
    const auto last = action["time"].back();
    EXPECT_EQ(last["from"], "2023-01-01");
    EXPECT_EQ(last["because"], "overdue");
    EXPECT_EQ(last["by"], json());
    EXPECT_EQ(action["time"][1]["by"], "ratingConfirmed");
    EXPECT_EQ(ratings["areas"]["TH-1"], json({{"complete", 0}, {"of", 1}, {"impact", "NM"}}));
    EXPECT_EQ(ratings["completeCount"], 0);
    EXPECT_THAT(at.must({"view", "ratings", "TH"}).out, HasSubstr("Delivery of each action"));
}

TEST(ViewMeasures, tell_the_value_of_the_day_and_where_it_comes_from) {
    const Year at;
    const auto about = [&](const std::string& day, std::vector<std::string> rest) {
        rest.insert(rest.begin() + 1, {"--subject", "TH-M1"});
        rest.insert(rest.begin(), "record");
        at.on(day, "office", std::move(rest));
    };
    about("2022-07-01", {"measureDefined", "--definition", "1", "--unit", "percent", "--polarity",
                         "higherIsBetter", "--period", "month", "--title", "Plans on time"});
    about("2022-07-01", {"readingRecorded", "--definition", "1", "--period-end", "2022-06-30",
                         "--value", "38.50", "--effective", "2022-06-30"});
    const auto measure = view(at, "measures", "2022-07-31")["measures"][0];
    EXPECT_EQ(measure["ref"], "TH-M1");
    EXPECT_EQ(measure["title"], "Plans on time");
    EXPECT_EQ(measure["value"], 38.5);
    EXPECT_EQ(measure["from"], "reading");
    EXPECT_EQ(measure["periodEnd"], "2022-06-30");
    EXPECT_EQ(measure["readings"][0]["how"], "recorded");
    EXPECT_EQ(measure["readings"][0]["daysAfterPeriod"], 1);
    // Late for those who ask for more than no days.
    const auto late = at.answer({"late", "TH", "--as-at", "2022-07-31"});
    EXPECT_EQ(late["readings"][0]["ref"], "TH-M1");
    EXPECT_EQ(late["readings"][0]["days"], 1);
}

TEST(ViewEvidence, follows_an_item_through_its_versions) {
    const Year at;
    const auto item = [&](const std::string& day, std::vector<std::string> rest) {
        rest.insert(rest.begin(), "record");
        at.on(day, "owner", std::move(rest));
    };
    item("2022-07-01", {"evidenceRegistered", "--subject", "TH-E03", "--type", "report",
                        "--version-number", "1", "--date-of-document", "2022-06-30",
                        "--personal-data", "child", "--title", "Audit summary"});
    item("2022-07-01", {"evidenceLinked", "--subject", "TH-E03", "--target", "TH-1.1", "--claim",
                        "shows the audit"});
    item("2022-07-01", {"evidenceSubmitted", "--subject", "TH-E03", "--target", "TH-1.1"});
    item("2022-07-05", {"evidenceVersionAdded", "--subject", "TH-E03v2", "--type", "report",
                        "--version-number", "2", "--personal-data", "none", "--prior", "TH-E03",
                        "--title", "Audit summary, revised", "--reason", "Two plans were added"});
    const auto submission = at.answer({"log", "--kind", "evidenceSubmitted"})["event"].get<int>();
    at.on("2022-07-06", "lead",
          {"record", "evidenceAccepted", "--subject", "TH-E03", "--target", "TH-1.1", "--checks",
           "dated", "--answers", std::to_string(submission), "--comment", "Shows it"});
    const auto before = view(at, "evidence", "2022-07-05");
    EXPECT_EQ(before["undecided"],
              json({{{"ref", "TH-E03"}, {"action", "TH-1.1"}, {"state", "submitted"}}}));
    const auto after = view(at, "evidence", "2022-07-31");
    EXPECT_TRUE(after["undecided"].empty());
    EXPECT_EQ(after["accepted"][0]["submittedBy"], "owner");
    EXPECT_EQ(after["accepted"][0]["actionOwner"], "owner");
    EXPECT_EQ(after["accepted"][0]["acceptedBy"], "lead");
    EXPECT_EQ(after["personalData"], json({{"TH-E03", {{"class", "child"}, {"content", "held"}}}}));
    EXPECT_EQ(after["items"][0]["links"][0]["claim"], "shows the audit");
    EXPECT_TRUE(after["items"][0]["original"]);
    EXPECT_TRUE(after["items"][0]["acceptance"]);
    const auto family = after["families"][0];
    EXPECT_EQ(family["versions"], json({"TH-E03", "TH-E03v2"}));
    std::vector<std::string> kinds;
    for (const auto& entry : family["trail"]) {
        kinds.push_back(entry["kind"]);
    }
    EXPECT_THAT(kinds,
                testing::ElementsAre("evidenceRegistered", "evidenceLinked", "evidenceSubmitted",
                                     "evidenceVersionAdded", "evidenceAccepted"));
}

TEST(ViewChanges, list_a_request_with_its_reason) {
    const Year at;
    at.on("2022-09-01", "owner",
          {"record", "changeRequested", "--subject", "TH-1.1", "--field", "deadline", "--from",
           "2022-12-31", "--to", "2023-03-31", "--level", "board", "--reason", "Posts are vacant",
           "--effect", "Waits stay long"});
    const auto changes = view(at, "changes", "2022-09-30");
    ASSERT_EQ(changes["requests"].size(), 1U);
    EXPECT_EQ(changes["requests"][0]["stage"], "requested");
    EXPECT_EQ(changes["requests"][0]["to"], "2023-03-31");
    EXPECT_EQ(changes["requests"][0]["reason"], "Posts are vacant");
    EXPECT_EQ(changes["count"], 0);
    EXPECT_EQ(changes["totalDays"], 0);
    EXPECT_TRUE(view(at, "changes", "2022-08-31")["requests"].empty());
}

TEST(ViewMatters, count_how_long_an_exception_waited) {
    const Year at;
    at.rate("red", "Nobody can be recruited", "2022-09-06", "2022-09-08");
    EXPECT_EQ(view(at, "matters", "2022-09-10")["redWithoutException"],
              json({{{"ref", "TH-1.1"}, {"red", "2022-09-08"}}}));
    at.on("2022-09-15", "owner",
          {"record", "exceptionOpened", "--subject", "TH-1.1", "--exception", "TH-X1", "--reason",
           "Posts are vacant", "--mitigation", "Agency cover", "--effect", "Waits stay long",
           "--decision-wanted", "Fund two posts"});
    const auto exception = view(at, "matters", "2022-09-30")["exceptions"][0];
    EXPECT_EQ(exception["ref"], "TH-1.1");
    EXPECT_EQ(exception["red"], "2022-09-08");
    EXPECT_EQ(exception["daysToOpen"], 7);
    EXPECT_EQ(exception["daysToAnswer"], json());
    EXPECT_EQ(exception["decisionWanted"], "Fund two posts");
}

TEST(ViewPublications, tell_a_draft_from_what_was_published) {
    const Year at;
    at.on("2022-09-01", "office",
          {"record", "publicationDrafted", "--subject", "TH-P1", "--as-at", "2022-08-31",
           "--channel", "localOffer", "--title", "Summer term"});
    const auto draft = view(at, "publications", "2022-09-30")["publications"][0];
    EXPECT_EQ(draft["publication"], "TH-P1");
    EXPECT_EQ(draft["stage"], "draft");
    EXPECT_EQ(draft["matches"], json());
    EXPECT_EQ(draft["regenerateWith"], json());
}

TEST(ViewPacks, list_what_was_frozen_for_whom) {
    const Year at;
    at.on("2022-07-01", "owner",
          {"record", "evidenceRegistered", "--subject", "TH-E03", "--type", "report",
           "--version-number", "1", "--personal-data", "none", "--title", "Audit summary"});
    at.on("2022-09-01", "office",
          {"record", "packFrozen", "--subject", "TH-K1", "--as-at", "2022-08-31", "--recipient",
           "lead", "--items", "TH-E03", "--redacted", "", "--title", "For the visit"});
    const auto pack = view(at, "packs", "2022-09-30")["packs"][0];
    EXPECT_EQ(pack["pack"], "TH-K1");
    EXPECT_EQ(pack["items"], json({"TH-E03"}));
    EXPECT_EQ(pack["count"], 1);
    EXPECT_EQ(pack["accepted"], 0);
    EXPECT_EQ(pack["title"], "For the visit");
}

TEST(ViewPeople, say_who_holds_which_role_where) {
    const Year at;
    const auto people = view(at, "people", "2022-09-30")["people"];
    const auto owner = *std::ranges::find_if(
        people, [](const json& person) { return person["person"] == "owner"; });
    EXPECT_EQ(owner["grants"][0]["role"], "actionOwner");
    EXPECT_EQ(owner["grants"][0]["scope"], "TH-1.1");
    EXPECT_TRUE(owner["grants"][0]["inForce"]);
    EXPECT_EQ(owner["charges"], json({"TH-1.1"}));
}

TEST(View, takes_no_other_name_and_no_other_plan) {
    const Year at;
    EXPECT_EQ(at.run({"view", "rating", "TH"}).exit, Exit::usage);
    EXPECT_EQ(at.run({"view", "ratings", "XY"}).exit, Exit::could_not);
}

}  // namespace
}  // namespace wsoa
