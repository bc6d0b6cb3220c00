// What a plan was on a day, and what was known of it on a day.

#include "tests/walks/year.h"

#include <gmock/gmock.h>

namespace wsoa {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

TEST(Replay, shows_the_rating_of_the_day_with_word_shape_colour_and_reason) {
    const Year at;
    const auto actions = at.answers({"replay", "TH", "--as-at", "2022-04-30"});
    const auto action = actions[1];
    EXPECT_EQ(action["type"], "action");
    EXPECT_EQ(action["rating"], "G");
    EXPECT_EQ(action["word"], "On track");
    EXPECT_EQ(action["shape"], "●");
    EXPECT_EQ(action["colour"], "green");
    EXPECT_EQ(action["because"], "confirmed");
    EXPECT_EQ(action["why"], "confirmed on 10 March 2022 by lead");
    EXPECT_EQ(action["deadline"], "2022-12-31");
    EXPECT_EQ(action["originalDeadline"], "2022-12-31");
    EXPECT_EQ(action["owner"], "owner");
    EXPECT_EQ(at.answer({"replay", "TH", "--as-at", "2022-06-09"})["ratings"],
              json({{"TH-1.1", "A"}}));
}

TEST(Replay, counts_every_code_of_the_scale) {
    const Year at;
    const auto plan = at.answer({"replay", "TH", "--as-at", "2022-02-28"});
    EXPECT_EQ(plan["counts"], json({{"GY", 0}, {"UN", 1}, {"R", 0}, {"A", 0}, {"G", 0}, {"B", 0}}));
    EXPECT_EQ(plan["impact"], json({{"TH-1", "NM"}}));
}

TEST(Replay, turns_an_action_red_on_the_day_after_its_deadline_without_an_event) {
    const Year at;
    EXPECT_FALSE(at.answers({"replay", "TH", "--as-at", "2022-12-31"})[1]["overdue"]);
    const auto action = at.answers({"replay", "TH", "--as-at", "2023-01-01"})[1];
    EXPECT_EQ(action["rating"], "R");
    EXPECT_EQ(action["because"], "overdue");
    EXPECT_TRUE(action["overdue"]);
    EXPECT_THAT(at.must({"replay", "TH", "--as-at", "2023-01-01"}).out,
                HasSubstr("past its deadline of 31 December 2022"));
}

TEST(Replay, counts_only_what_was_recorded_by_the_end_of_the_day) {
    const Year at;
    const auto then = at.answer({"replay", "TH", "--as-at", "2022-06-30"});
    at.rate("green", "One post is filled", "2022-09-07", "2022-09-08");
    const auto now = at.answer({"replay", "TH", "--as-at", "2022-09-30"});
    EXPECT_EQ(now["ratings"]["TH-1.1"], "G");
    EXPECT_EQ(now["asKnown"], json());
    const auto known =
        at.answer({"replay", "TH", "--as-at", "2022-06-30", "--as-known", "2022-09-06"});
    EXPECT_EQ(known["ratings"]["TH-1.1"], "A");
    EXPECT_EQ(known["asKnown"], "2022-09-06");
    // The same as was seen then, to the root and the digest.
    for (const auto* member : {"events", "root", "digest", "counts"}) {
        EXPECT_EQ(known[member], then[member]) << member;
        EXPECT_TRUE(known[member] != now[member] || std::string(member) == "counts") << member;
    }
}

TEST(Replay, puts_a_late_entry_into_the_past_for_those_who_know_it) {
    const Year at;
    at.on("2022-09-01", "owner",
          {"progress", "TH-1.1", "--percent", "40", "--text", "Second audit", "--effective",
           "2022-05-31"});
    const auto percent = [&](const std::vector<std::string>& options) {
        std::vector<std::string> arguments{"replay", "TH", "--as-at", "2022-06-30"};
        arguments.insert(arguments.end(), options.begin(), options.end());
        return at.answers(arguments)[1]["percent"];
    };
    EXPECT_EQ(percent({}), 40);
    EXPECT_EQ(percent({"--as-known", "2022-08-31"}), json());
    EXPECT_EQ(percent({"--as-known", "2022-09-01"}), 40);
}

TEST(Replay, leaves_out_what_was_added_after_the_day) {
    const Year at;
    at.add_action("TH-1.2", "Clear the backlog", "2022-07-01");
    EXPECT_THAT(at.must({"replay", "TH", "--as-at", "2022-06-30"}).out, Not(HasSubstr("TH-1.2")));
    EXPECT_THAT(at.must({"replay", "TH", "--as-at", "2022-07-01"}).out, HasSubstr("TH-1.2"));
    EXPECT_EQ(at.run({"replay", "TH", "--as-at", "2022-01-31"}).exit, Exit::could_not);
    EXPECT_EQ(at.run({"replay", "TH", "--as-known", "2022-01-31"}).exit, Exit::could_not);
}

TEST(Show, of_a_part_takes_the_same_two_days) {
    const Year at;
    const auto known =
        at.answer({"show", "TH-1.1", "--as-at", "2022-06-30", "--as-known", "2022-06-08"});
    EXPECT_EQ(known["rating"], "G");
    EXPECT_EQ(known["asKnown"], "2022-06-08");
    EXPECT_EQ(at.answer({"show", "TH-1.1", "--as-at", "2022-06-30"})["rating"], "A");
    EXPECT_EQ(at.run({"show", "people", "--as-at", "2022-06-30"}).exit, Exit::usage);
}

TEST(Diff, names_the_event_that_made_the_difference) {
    const Year at;
    const auto found = at.answer({"diff", "TH", "--from", "2022-03-31", "--to", "2022-06-30"});
    ASSERT_EQ(found["changes"].size(), 1U);
    const auto change = found["changes"][0];
    EXPECT_EQ(change["what"], "rating");
    EXPECT_EQ(change["ref"], "TH-1.1");
    EXPECT_EQ(change["from"], "G");
    EXPECT_EQ(change["to"], "A");
    EXPECT_EQ(change["on"], "2022-06-09");
    EXPECT_EQ(change["by"], "ratingConfirmed");
    EXPECT_TRUE(change["event"].is_number());
    EXPECT_TRUE(found["calendar"].empty());
    EXPECT_THAT(at.must({"diff", "TH", "--from", "2022-03-31", "--to", "2022-06-30"}).out,
                HasSubstr("Rating confirmed (event "));
}

TEST(Diff, tells_what_the_calendar_will_do_if_nothing_more_is_recorded) {
    const Year at;
    const auto found = at.answer({"diff", "TH", "--from", "2022-12-31", "--to", "2023-04-01"});
    ASSERT_EQ(found["calendar"].size(), 1U);
    EXPECT_EQ(found["calendar"][0], found["changes"][0]);
    EXPECT_EQ(found["calendar"][0]["on"], "2023-01-01");
    EXPECT_EQ(found["calendar"][0]["because"], "overdue");
    EXPECT_EQ(found["calendar"][0]["by"], json());
    EXPECT_EQ(found["calendar"][0]["event"], json());
    EXPECT_THAT(at.must({"diff", "TH", "--from", "2022-12-31", "--to", "2023-04-01"}).out,
                HasSubstr("Changed by the calendar alone"));
}

TEST(Diff, of_one_day_with_itself_is_nothing) {
    const Year at;
    EXPECT_THAT(at.must({"diff", "TH", "--from", "2022-06-30", "--to", "2022-06-30"}).out,
                HasSubstr("Nothing differs"));
    EXPECT_EQ(at.run({"diff", "TH", "--from", "2022-07-01", "--to", "2022-06-30"}).exit,
              Exit::usage);
}

TEST(Diff, knows_no_more_than_was_recorded_by_the_day) {
    const Year at;
    const auto found = at.answer(
        {"diff", "TH", "--from", "2022-03-31", "--to", "2022-06-30", "--as-known", "2022-06-08"});
    EXPECT_TRUE(found["changes"].empty());
}

TEST(Late, lists_what_was_recorded_after_it_was_true) {
    const Year at;
    at.on("2022-09-01", "owner",
          {"progress", "TH-1.1", "--text", "Second audit", "--effective", "2022-08-01"});
    at.on("2022-09-01", "owner",
          {"progress", "TH-1.1", "--text", "Third audit", "--effective", "2022-08-31"});
    const auto late = at.answer({"late", "TH", "--as-at", "2022-12-31"});
    ASSERT_EQ(late["entries"].size(), 2U);
    EXPECT_EQ(late["entries"][0]["days"], 31);
    EXPECT_EQ(late["entries"][0]["kind"], "progressRecorded");
    EXPECT_EQ(late["entries"][0]["by"], "owner");
    EXPECT_EQ(late["byPerson"]["owner"], json({{"entries", 2}, {"days", 32}, {"most", 31}}));
    EXPECT_EQ(late["byKind"]["progressRecorded"]["entries"], 2);
    EXPECT_EQ(at.answer({"late", "TH", "--days", "1", "--as-at", "2022-12-31"})["entries"].size(),
              1U);
    EXPECT_THAT(at.must({"late", "TH", "--days", "31"}).out,
                HasSubstr("Nothing was recorded late"));
}

TEST(Find, looks_into_words_whatever_their_case) {
    const Year at;
    const auto found = at.answers({"find", "POSTS ARE vacant", "--plan", "TH"});
    ASSERT_EQ(found.size(), 3U);  // the proposal, its confirmation, and the count
    EXPECT_EQ(found[0]["kind"], "ratingProposed");
    EXPECT_EQ(found[0]["field"], "reason");
    EXPECT_EQ(found[0]["text"], "Two posts are vacant");
    EXPECT_EQ(found[0]["by"], "owner");
    EXPECT_EQ(found[2]["found"], 2);
    EXPECT_GT(found[2]["lookedInto"], 2);
    EXPECT_EQ(found[2]["notReadable"], 0);
    EXPECT_THAT(at.must({"find", "unicorn"}).out, HasSubstr("Nothing that you may read says so"));
    EXPECT_EQ(at.run({"find", "posts", "--plan", "XY"}).exit, Exit::could_not);
    EXPECT_EQ(at.run({"late", "XY"}).exit, Exit::could_not);
    EXPECT_EQ(at.run({"status", "XY"}).exit, Exit::could_not);
}

TEST(Log, of_a_person_and_some_days_lists_nothing_else) {
    const Year at;
    const auto events =
        at.answers({"log", "--by", "owner", "--since", "2022-03-01", "--until", "2022-03-31"});
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0]["kind"], "ratingProposed");
    EXPECT_EQ(events[0]["effective"], "2022-03-09");
    EXPECT_TRUE(at.answers({"log", "--by", "nobody-at-all"}).empty());
}

}  // namespace
}  // namespace wsoa
