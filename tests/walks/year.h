#pragma once

#include "tests/walks/rehearsal.h"

#include <nlohmann/json.hpp>

#include <sstream>
#include <string>
#include <vector>

namespace wsoa {

// A rehearsal of the year 2022, each command recorded on its day: the plan TH of 1 February with
// its action TH-1.1, due on 31 December; Green from 10 March and Amber from 9 June, each proposed
// by its owner the day before.
class Year : public Rehearsal {
public:
    Year() : Rehearsal(With::people) {
        on("2022-02-01", "office",
           {"record", "planDrafted", "--subject", "TH", "--kind", "wsoa", "--partners",
            "council,nhs", "--title", "Statement of Action"});
        on("2022-02-01", "office",
           {"record", "areaAdded", "--subject", "TH-1", "--lead", "lead", "--title",
            "Quality of plans"});
        on("2022-02-01", "office",
           {"record", "outcomeAdded", "--subject", "TH-O1", "--parent", "TH-1", "--title",
            "Plans are on time"});
        add_action("TH-1.1", "Audit of plans every term", "2022-02-01");
        on("2022-02-01", "owner", {"record", "actionStarted", "--subject", "TH-1.1"});
        rate("green", "The framework was drafted", "2022-03-09", "2022-03-10");
        rate("amber", "Two posts are vacant", "2022-06-08", "2022-06-09");
    }

    void add_action(const std::string& ref, const std::string& title,
                    const std::string& day) const {
        on(day, "office", action_added(ref, "2022-12-31", title));
    }
    void rate(const std::string& rating, const std::string& reason, const std::string& proposed,
              const std::string& confirmed) const {
        on(proposed, "owner", {"rate", "TH-1.1", rating, "--reason", reason});
        on(confirmed, "lead", {"confirm", "TH-1.1", "--reason", "So it is: " + reason});
    }

    // Recorded on that day, a minute after whatever was recorded before.
    std::vector<std::string> dated(const std::string& day,
                                   std::vector<std::string> arguments) const {
        ++minute_;
        arguments.push_back(
            fmt::format("--recorded={}T{:02}:{:02}:00Z", day, 10 + minute_ / 60, minute_ % 60));
        return arguments;
    }
    void on(const std::string& day, const std::string& who,
            std::vector<std::string> arguments) const {
        must_by(who, dated(day, std::move(arguments)));
    }

    // The objects of an answer.
    std::vector<nlohmann::json> answers(std::vector<std::string> arguments) const {
        arguments.emplace_back("--json");
        std::vector<nlohmann::json> objects;
        std::istringstream said(must(arguments).out);
        for (std::string line; std::getline(said, line);) {
            objects.push_back(nlohmann::json::parse(line));
        }
        return objects;
    }
    // The last of them, which holds the answer of commands with one.
    nlohmann::json answer(const std::vector<std::string>& arguments) const {
        const auto objects = answers(arguments);
        return objects.empty() ? nlohmann::json() : objects.back();
    }

private:
    mutable int minute_ = 0;
};

}  // namespace wsoa
