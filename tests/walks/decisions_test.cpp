// What waits for whom, a meeting's decisions in one go, and the entry that was mistyped.

#include "tests/cli/pty.h"
#include "tests/walks/year.h"

#include <gmock/gmock.h>

#include <thread>

namespace wsoa {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

std::vector<json> status_of(const Year& at, const std::string& who) {
    std::vector<json> waiting;
    for (auto& object : at.answers({"--key", at.key(who), "status", "TH"})) {
        if (object["type"] == "waiting") {
            waiting.push_back(std::move(object));
        }
    }
    return waiting;
}

TEST(Status, lists_a_proposal_for_its_lead_and_not_for_its_owner) {
    const Year at;
    EXPECT_TRUE(status_of(at, "lead").empty());
    at.on("2022-09-07", "owner", {"rate", "TH-1.1", "green", "--reason", "One post is filled"});
    const auto waiting = status_of(at, "lead");
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0]["what"], "rating");
    EXPECT_EQ(waiting[0]["ref"], "TH-1.1");
    EXPECT_EQ(waiting[0]["by"], "owner");
    const auto number = std::to_string(waiting[0]["event"].get<int>());
    EXPECT_EQ(waiting[0]["command"], "wsoa confirm " + number);
    EXPECT_TRUE(status_of(at, "owner").empty());
    EXPECT_THAT(at.by("owner", {"status", "TH"}).out, HasSubstr("1 more thing waits for others"));
    EXPECT_THAT(at.must({"status", "TH"}).out, HasSubstr("Waits for somebody"));
}

TEST(Status, lists_what_is_open_in_the_plan) {
    const Year at;
    at.add_action("TH-1.2", "Clear the backlog", "2022-07-01");
    const auto open = at.answer({"status"});
    EXPECT_EQ(open["type"], "open");
    // Both are past their deadline by now.
    EXPECT_EQ(open["overdue"], json({"TH-1.1", "TH-1.2"}));
    EXPECT_EQ(open["redWithoutException"], json({"TH-1.1", "TH-1.2"}));
    EXPECT_TRUE(open["challenges"].empty());
}

TEST(Status, refuses_a_key_that_nobody_holds) {
    const Year at;
    at.must({"keys", "new", "--unsealed", at.key("stranger")});
    const auto ran = at.by("stranger", {"status"});
    EXPECT_EQ(ran.exit, Exit::could_not);
    EXPECT_THAT(ran.err, HasSubstr("nobody in this ledger holds the key"));
}

// Two actions with a proposal each, and the leads' meeting of 8 September that decides them.
struct Sitting : Year {
    Sitting() {
        add_action("TH-1.2", "Clear the backlog", "2022-07-01");
        on("2022-07-02", "manager",
           {"record", "roleGranted", "--subject", "@owner", "--role", "actionOwner", "--scope",
            "TH-1.2"});
        on("2022-07-03", "owner", {"record", "actionStarted", "--subject", "TH-1.2"});
        on("2022-09-06", "owner", {"rate", "TH-1.1", "green", "--reason", "One post is filled"});
        on("2022-09-07", "owner", {"rate", "TH-1.2", "red", "--reason", "Demand has doubled"});
        on("2022-09-08", "office",
           {"record", "meetingHeld", "--subject", "TH-G-2022-09-08", "--body", "leadsGroup",
            "--date", "2022-09-08", "--quorate", "true", "--attended", "lead,owner"});
    }
    std::vector<std::string> confirming(std::vector<std::string> more) const {
        more.insert(more.begin(), {"confirm", "--meeting", "TH-G-2022-09-08"});
        return dated("2022-09-12", std::move(more));
    }
    std::string rating(const std::string& ref) const {
        return answer({"replay", "TH", "--as-at", "2022-09-30"})["ratings"][ref];
    }
};

TEST(ConfirmMeeting, records_one_signed_change_for_each_proposal_that_waited) {
    const Sitting at;
    const auto ran = at.by("lead", at.confirming({"--yes"}));
    ASSERT_EQ(ran.exit, Exit::done) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("One post is filled"));  // shown first, each with its reason
    EXPECT_EQ(at.rating("TH-1.1"), "G");
    EXPECT_EQ(at.rating("TH-1.2"), "R");
    const auto events = at.answers({"log", "--kind", "ratingConfirmed", "--since", "2022-09-01"});
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0]["effective"], "2022-09-08");  // the day of the meeting
    EXPECT_EQ(events[0]["words"]["reason"], "One post is filled");
    EXPECT_EQ(events[1]["words"]["reason"], "Demand has doubled");
    EXPECT_EQ(events[1]["change"]["fields"]["meeting"], "TH-G-2022-09-08");
}

TEST(ConfirmMeeting, takes_a_reason_of_its_own_for_one_of_them) {
    const Sitting at;
    at.must_by("lead", at.confirming({"--yes", "--reason-for", "TH-1.2=No funds until April"}));
    const auto events = at.answers({"log", "--kind", "ratingConfirmed", "--since", "2022-09-01"});
    EXPECT_EQ(events[0]["words"]["reason"], "One post is filled");
    EXPECT_EQ(events[1]["words"]["reason"], "No funds until April");
    const auto ran = at.by("lead", at.confirming({"--yes", "--reason-for", "TH-9.9=Nobody"}));
    EXPECT_EQ(ran.exit, Exit::could_not);
}

TEST(ConfirmMeeting, records_nothing_where_nobody_can_be_asked) {
    const Sitting at;
    const auto ran = at.by("lead", at.confirming({}));
    EXPECT_EQ(ran.exit, Exit::could_not);
    EXPECT_THAT(ran.err, HasSubstr("--yes"));
    EXPECT_EQ(at.rating("TH-1.1"), "A");
}

TEST(ConfirmMeeting, leaves_to_others_what_they_alone_may_confirm) {
    const Sitting at;
    const auto ran = at.by("owner", at.confirming({"--yes"}));
    EXPECT_EQ(ran.exit, Exit::could_not);
    EXPECT_THAT(ran.err, HasSubstr("nothing that you may confirm"));
    EXPECT_EQ(at.by("lead", {"confirm", "--meeting", "TH-G-2022-09-09", "--yes"}).exit,
              Exit::could_not);
    EXPECT_EQ(at.by("lead", {"confirm"}).exit, Exit::usage);
    EXPECT_EQ(at.by("lead", {"confirm", "TH-1.1", "--yes", "--reason", "So"}).exit, Exit::usage);
}

// Answers the question at a terminal.
void answer_with(const Sitting& at, const std::string& typed) {
    const Pty pty;
    auto arguments = at.confirming({});
    arguments.insert(arguments.begin(), {"--key", at.key("lead")});
    const auto commands = all_commands();
    const Variables variables(
        {{"WSOA_STATE", at.file("state")}, {"WSOA_LEDGER", at.ledger().string()}});
    std::jthread hand([&] {
        pty.read_until("[y/N] ");
        pty.type(typed);
    });
    const Spoken spoken;
    const auto exit =
        run_program(commands, {arguments, variables, {pty.end(), spoken.streams().out, pty.end()}});
    EXPECT_EQ(exit, typed == "y\n" ? Exit::done : Exit::could_not);
}

TEST(ConfirmMeeting, asks_before_it_records) {
    const Sitting at;
    answer_with(at, "n\n");
    EXPECT_EQ(at.rating("TH-1.1"), "A");
    answer_with(at, "y\n");
    EXPECT_EQ(at.rating("TH-1.1"), "G");
}

TEST(Correct, strikes_an_entry_that_stays_readable) {
    const Year at;
    at.on("2022-09-01", "owner",
          {"progress", "TH-1.1", "--percent", "95", "--text", "Typed for another action"});
    const auto entry = at.answer({"log", "--kind", "progressRecorded"});
    const auto number = std::to_string(entry["event"].get<int>());
    at.on("2022-09-02", "owner", {"correct", number, "--reason", "Meant for TH-2.1"});
    const auto struck = at.answer({"log", "--kind", "entryCorrected"});
    EXPECT_EQ(struck["subject"], "TH-1.1");
    EXPECT_EQ(struck["words"]["reason"], "Meant for TH-2.1");
    EXPECT_EQ(at.answers({"replay", "TH", "--as-at", "2022-09-30"})[1]["percent"], json());
    // Whoever asks what was known before it was struck still sees it.
    EXPECT_EQ(at.answers({"replay", "TH", "--as-at", "2022-09-30", "--as-known",
                          "2022-09-01"})[1]["percent"],
              95);
    EXPECT_THAT(at.must({"trail", "TH-1.1"}).out, HasSubstr("Typed for another action"));
}

}  // namespace
}  // namespace wsoa
