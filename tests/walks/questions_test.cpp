// The questions that come with the worked plan, each answered from what a command says with --json.

#include "tests/walks/example.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>

namespace wsoa {
namespace {

using nlohmann::json;
using Arguments = std::vector<std::string>;

// The moment of a question as options: only what was true by that day, and known by that day.
Arguments at_moment(Arguments arguments, const json& parameters) {
    for (const auto& [name, option] :
         {std::pair("as_at", "--as-at"), std::pair("as_known", "--as-known")}) {
        if (parameters.contains(name) && parameters[name].is_string()) {
            arguments.insert(arguments.end(), {option, parameters[name].get<std::string>()});
        }
    }
    return arguments;
}

// What the answer says under the names that are asked for, other names left out, however deep.
json of_asked(const json& answer, const json& asked) {
    if (asked.is_object() && answer.is_object()) {
        auto found = json::object();
        for (const auto& [name, value] : asked.items()) {
            found[name] = answer.contains(name) ? of_asked(answer[name], value) : json();
        }
        return found;
    }
    if (asked.is_array() && answer.is_array() && !asked.empty()) {
        auto found = json::array();
        for (const auto& each : answer) {
            found.push_back(of_asked(each, asked.front()));
        }
        return found;
    }
    return answer;
}

json named(const json& list, const std::string& name, const json& value) {
    for (const auto& each : list) {
        if (each[name] == value) {
            return each;
        }
    }
    return {};
}

json renamed(json object, const std::vector<std::pair<std::string, std::string>>& names) {
    for (const auto& [from, to] : names) {
        object[to] = object[from];
    }
    return object;
}

class Answers {
public:
    explicit Answers(const WorkedExample& example) : example_(example) {}

    json to(const json& question) {
        const std::string ask = question["ask"];
        const auto& parameters = question["parameters"];
        const auto found = makers().find(ask);
        return found == makers().end() ? json() : (this->*found->second)(parameters);
    }

private:
    using Maker = json (Answers::*)(const json&);
    static const std::map<std::string, Maker>& makers() {
        static const std::map<std::string, Maker> all{
            {"ratings", &Answers::ratings},
            {"undone", &Answers::ratings},
            {"impact", &Answers::ratings},
            {"deliveryAndImpact", &Answers::ratings},
            {"complete", &Answers::complete},
            {"rejectedFirst", &Answers::rejected_first},
            {"daysRed", &Answers::days_red},
            {"rating", &Answers::rating},
            {"slip", &Answers::changes},
            {"lateMoves", &Answers::changes},
            {"calendarChanges", &Answers::calendar_changes},
            {"changesBetween", &Answers::changes_between},
            {"publicationMatches", &Answers::publication},
            {"showable", &Answers::evidence_item},
            {"mayNotAccept", &Answers::acceptance},
            {"acceptedBy", &Answers::evidence},
            {"undecided", &Answers::evidence},
            {"personalData", &Answers::personal_data},
            {"evidenceTrail", &Answers::evidence_trail},
            {"value", &Answers::measure},
            {"lateReadings", &Answers::late_readings},
            {"exceptions", &Answers::matters},
            {"recordedBy", &Answers::recorded_by},
            {"pack", &Answers::pack},
        };
        return all;
    }

    json view(const std::string& name, const json& parameters) {
        return example_.answer(at_moment({"view", name, "TH"}, parameters));
    }
    json ratings(const json& parameters) {
        auto answer = view("ratings", parameters);
        // A code that nothing shows is counted as none.
        for (const auto* code : {"GY", "UN", "R", "A", "G", "B"}) {
            if (!answer["counts"].contains(code)) {
                answer["counts"][code] = 0;
            }
        }
        return answer;
    }
    json complete(const json& parameters) {
        return renamed(ratings(parameters), {{"completeCount", "count"}});
    }
    json rejected_first(const json& parameters) {
        return renamed(ratings(parameters), {{"rejectedFirst", "completions"}});
    }
    json days_red(const json& parameters) {
        return renamed(ratings(parameters), {{"daysRed", "days"}, {"daysRedTotal", "total"}});
    }
    json rating(const json& parameters) {
        return named(view("ratings", parameters)["actions"], "ref", parameters["ref"]);
    }
    json changes(const json& parameters) { return view("changes", parameters); }
    json differences(const json& parameters) {
        return example_.answer(
            {"diff", "TH", "--from", parameters["from"], "--to", parameters["to"]});
    }
    json calendar_changes(const json& parameters) {
        return {{"changes", differences(parameters)["calendar"]}};
    }
    json changes_between(const json& parameters) {
        auto ratings = json::array();
        const auto all = differences(parameters);
        for (const auto& change : all["changes"]) {
            if (change["what"] == "rating") {
                ratings.push_back(change);
            }
        }
        return {{"changes", ratings}};
    }
    json publication(const json& parameters) {
        return named(view("publications", parameters)["publications"], "publication",
                     parameters["ref"]);
    }
    json evidence(const json& parameters) { return view("evidence", parameters); }
    json evidence_item(const json& parameters) {
        return named(evidence(parameters)["items"], "ref", parameters["ref"]);
    }
    json acceptance(const json& parameters) {
        return renamed(named(evidence(parameters)["accepted"], "ref", parameters["ref"]),
                       {{"submittedBy", "submitter"}});
    }
    json personal_data(const json& parameters) {
        return {{"items", evidence(parameters)["personalData"]}};
    }
    json evidence_trail(const json& parameters) {
        return named(evidence(parameters)["families"], "item", parameters["item"]);
    }
    json measure(const json& parameters) {
        return named(view("measures", parameters)["measures"], "ref", parameters["ref"]);
    }
    json late_readings(const json& parameters) {
        const auto days = std::to_string(parameters["days"].get<int>());
        return renamed(example_.answer(at_moment({"late", "TH", "--days", days}, parameters)),
                       {{"readings", "late"}});
    }
    json matters(const json& parameters) { return view("matters", parameters); }
    json recorded_by(const json& parameters) {
        auto events = json::array();
        for (const auto& line :
             example_.answers({"log", "--by", parameters["by"], "--since", parameters["from"],
                               "--until", parameters["to"]})) {
            if (line["type"] == "event") {
                events.push_back(renamed(line, {{"effective", "on"}, {"subject", "ref"}}));
            }
        }
        return {{"events", events}};
    }
    json pack(const json& parameters) {
        return named(view("packs", parameters)["packs"], "pack", parameters["ref"]);
    }

    const WorkedExample& example_;
};

TEST(Questions, about_the_worked_plan_are_answered) {
    WorkedExample example;
    example.record_until("2024-01-01");
    Answers answers(example);
    int answered = 0;
    for (const auto& question : WorkedExample::questions()) {
        if (question["ask"] == "attempt") {
            continue;
        }
        ++answered;
        const auto& wanted = question["answer"];
        EXPECT_EQ(of_asked(answers.to(question), wanted), wanted)
            << question["id"] << " " << question["question"];
    }
    EXPECT_EQ(answered, 36);
}

// An attempt as a line, on the evening of its day.
json attempted(const json& attempt, const json& parameters, std::size_t number) {
    auto line = json::object();
    const std::string day = parameters["as_at"];
    line["id"] = fmt::format("018d5f00-0000-7000-8000-{:012}", number);
    line["kind"] = attempt["kind"];
    line["subject"] = attempt["ref"];
    line["by"] = attempt["by"];
    line["role"] = attempt["role"];
    line["effective"] = attempt.value("effective", day);
    line["recorded"] = fmt::format("{}T20:{:02}:00Z", day, number % 60);
    if (attempt.contains("fields")) {
        line["fields"] = attempt["fields"];
        for (const auto* repeated : {"plan", "item", "document", "classification"}) {
            line["fields"].erase(repeated);
        }
    }
    if (attempt.contains("words")) {
        line["words"] = attempt["words"];
    }
    return line;
}

TEST(Questions, that_are_attempts_are_refused_or_let_pass_by_the_rules) {
    std::vector<json> attempts;
    for (const auto& question : WorkedExample::questions()) {
        if (question["ask"] == "attempt") {
            attempts.push_back(question);
        }
    }
    ASSERT_EQ(attempts.size(), 14u);
    std::ranges::stable_sort(attempts, {}, [](const json& question) {
        return question["parameters"]["as_known"].get<std::string>();
    });
    WorkedExample example;
    const std::map<std::string, Exit> outcomes{
        {"accepted", Exit::done}, {"refused", Exit::refused}, {"conflict", Exit::conflict}};
    for (const auto& question : attempts) {
        const auto& parameters = question["parameters"];
        example.record_until(parameters["as_known"].get<std::string>() + "T23:59:59Z");
        std::vector<json> lines;
        for (const auto& given : parameters["given"]) {
            lines.push_back(attempted(given, parameters, lines.size() + 1));
        }
        auto attempt = attempted(parameters["attempt"], parameters, lines.size() + 1);
        if (parameters["attempt"].value("answers", "") == "given") {
            attempt["answers"] = lines.back()["id"];
        }
        const WorkedExample apart(example);
        if (!lines.empty()) {
            const auto ran = apart.record(lines);
            ASSERT_EQ(ran.exit, Exit::done) << question["id"] << ": given " << ran.err;
        }
        lines.push_back(attempt);
        const auto ran = apart.record(lines);
        EXPECT_EQ(ran.exit, outcomes.at(question["answer"]["outcome"]))
            << question["id"] << " " << question["question"] << " " << ran.err;
        if (ran.exit != Exit::done) {
            EXPECT_THAT(ran.err, testing::HasSubstr("(rule R")) << question["id"];
        }
    }
}

}  // namespace
}  // namespace wsoa
