#include "tests/walks/rehearsal.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace wsoa {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct Line {
    std::uint64_t event = 0;
    std::string kind;
    std::string subject;
    std::string by;
};

std::vector<Line> log_of(const Rehearsal& at, std::vector<std::string> options) {
    options.insert(options.begin(), {"log", "--json"});
    std::vector<Line> lines;
    std::istringstream said(at.must(options).out);
    for (std::string text; std::getline(said, text);) {
        const auto line = nlohmann::json::parse(text);
        lines.push_back({line["event"], line["kind"], line["subject"], line["by"]});
    }
    return lines;
}

std::vector<std::string> kinds_of(const std::vector<Line>& lines) {
    std::vector<std::string> kinds;
    kinds.reserve(lines.size());
    for (const auto& line : lines) {
        kinds.push_back(line.kind);
    }
    return kinds;
}

TEST(Log, of_a_plan_leaves_out_ledger_and_people) {
    const Rehearsal at;
    EXPECT_THAT(
        kinds_of(log_of(at, {"--plan", "TH"})),
        ElementsAre("planDrafted", "areaAdded", "outcomeAdded", "actionAdded", "actionStarted",
                    "progressRecorded", "ratingProposed", "ratingConfirmed"));
    EXPECT_TRUE(log_of(at, {"--plan", "XY"}).empty());
}

TEST(Log, of_a_kind_lists_nothing_else) {
    const Rehearsal at;
    EXPECT_THAT(kinds_of(log_of(at, {"--kind", "roleGranted"})),
                ElementsAre("roleGranted", "roleGranted", "roleGranted"));
    EXPECT_THAT(kinds_of(log_of(at, {"--kind", "ratingConfirmed", "--plan", "TH"})),
                ElementsAre("ratingConfirmed"));
}

TEST(Log, counts_its_limit_and_starts_among_what_was_asked_for) {
    const Rehearsal at;
    const auto all = log_of(at, {"--plan", "TH"});
    ASSERT_EQ(all.size(), 8U);
    const auto from = std::to_string(all[2].event);
    EXPECT_THAT(kinds_of(log_of(at, {"--plan", "TH", "--from", from, "--limit", "2"})),
                ElementsAre("outcomeAdded", "actionAdded"));
    EXPECT_THAT(kinds_of(log_of(at, {"--kind", "roleGranted", "--limit", "1"})),
                ElementsAre("roleGranted"));
    EXPECT_TRUE(log_of(at, {"--limit", "0"}).empty());
}

TEST(Log, refuses_a_kind_that_the_schema_does_not_have) {
    const Rehearsal at;
    const auto ran = at.run({"log", "--kind", "ratingConfirmd"});
    EXPECT_EQ(ran.exit, Exit::usage);
    EXPECT_THAT(ran.err, HasSubstr("ratingConfirmed"));
}

TEST(Log, names_who_held_the_key_at_each_event) {
    const Rehearsal at;
    const auto all = log_of(at, {"--plan", "TH"});
    EXPECT_EQ(all.front().by, "office");
    EXPECT_EQ(all.back().by, "lead");
    EXPECT_EQ(log_of(at, {"--limit", "1"}).front().by, "manager");
}

TEST(Show, gives_an_actions_measures_and_the_evidence_that_it_needs) {
    const Rehearsal at;
    const auto shown = at.must({"show", "TH-1.1"}).out;
    EXPECT_THAT(shown, HasSubstr("Measures:      TH-M1"));
    EXPECT_THAT(shown, HasSubstr("1 accepted item needed"));
    const auto json = nlohmann::json::parse(at.must({"show", "TH-1.1", "--json"}).out);
    EXPECT_EQ(json["measures"], nlohmann::json::array({"TH-M1"}));
    EXPECT_EQ(json["evidenceRequired"], 1);
}

TEST(Show, lists_evidence_from_the_day_on_which_it_was_registered) {
    const Rehearsal at;
    at.must_by("office",
               {"record", "evidenceRegistered", "--subject", "TH-E01", "--type", "report",
                "--version-number", "1", "--source-organisation", "nhs", "--personal-data", "none",
                "--title", "Waiting lists", "--effective", "2022-05-02"});
    EXPECT_THAT(at.must({"show", "TH-E01"}).out, HasSubstr("Waiting lists"));
    EXPECT_THAT(at.must({"show", "TH-E01", "--as-at", "2022-05-02"}).out, HasSubstr("Waiting"));
    EXPECT_EQ(at.run({"show", "TH-E01", "--as-at", "2022-05-01"}).exit, Exit::could_not);
    EXPECT_THAT(at.must({"show", "TH"}).out, HasSubstr("Evidence registered"));
    // The plan itself was drafted later than that.
    EXPECT_EQ(at.run({"show", "TH", "--as-at", "2022-05-01"}).exit, Exit::could_not);
}

}  // namespace
}  // namespace wsoa
