#pragma once

#include "tests/walks/rehearsal.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <functional>
#include <sstream>
#include <string>
#include <vector>

namespace wsoa {

using Objects = std::vector<nlohmann::json>;

// One typing of a command, and whether it is about a ledger.
struct Typed {
    std::string command;
    std::vector<std::string> arguments;  // after the command's own words
    enum class About : std::uint8_t { ledger, nothing } about = About::ledger;
    std::string who = "owner";
    std::function<void()> before = {};
};

inline std::vector<std::string> words_of(const Typed& typed) {
    std::vector<std::string> words{std::string(family_of(typed.command))};
    if (const auto member = member_of(typed.command); !member.empty()) {
        words.emplace_back(member);
    }
    words.insert(words.end(), typed.arguments.begin(), typed.arguments.end());
    words.emplace_back("--json");
    return words;
}

// Each line as an object with a type; a line that is none fails the test.
inline Objects objects_in(const std::string& text) {
    Objects objects;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        auto object = nlohmann::json::parse(line, nullptr, false);
        EXPECT_TRUE(object.is_object()) << line;
        EXPECT_TRUE(object.is_object() && object.contains("type") && object["type"].is_string())
            << line;
        objects.push_back(std::move(object));
    }
    EXPECT_TRUE(text.empty() || text.back() == '\n') << text;
    return objects;
}

}  // namespace wsoa
