// The rules on what the program says that a program can check.

#include "tests/support/sources.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace wsoa::test {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

// Advice is no sentence of its own: it begins with a small letter, unless an acronym or a name of
// capitals does.
Findings advice_in_small_letters(const Source& source) {
    Findings findings;
    if (source.is_in("tests/") || source.is_in("benchmarks/")) {
        return findings;
    }
    constexpr std::string_view call = ".advise(";
    std::string text;
    for (const auto& line : source.lines) {
        text += line + "\n";
    }
    for (auto at = text.find(call); at != std::string::npos; at = text.find(call, at + 1)) {
        auto rest = std::string_view(text).substr(at + call.size());
        for (const std::string_view before : {"std::string(", "fmt::format("}) {
            rest.remove_prefix(std::min(rest.find_first_not_of(" \n"), rest.size()));
            rest.remove_prefix(rest.starts_with(before) ? before.size() : 0);
        }
        rest.remove_prefix(std::min(rest.find_first_not_of(" \n"), rest.size()));
        const bool is_capital = rest.size() > 2 && rest[0] == '"' && rest[1] >= 'A' &&
                                rest[1] <= 'Z' && !(rest[2] >= 'A' && rest[2] <= 'Z');
        if (is_capital) {
            findings.push_back(fmt::format("{}: advice begins with a capital: {}", source.path,
                                           rest.substr(0, rest.find('\n'))));
        }
    }
    return findings;
}

TEST(Tidy, advice_begins_with_a_small_letter) {
    EXPECT_THAT(on(advice_in_small_letters, "cli/a.cpp", "e.advise(\"Write it\");\n"), SizeIs(1));
    EXPECT_THAT(
        on(advice_in_small_letters, "cli/a.cpp", "e.advise(\n    fmt::format(\"Write {}\", a));\n"),
        SizeIs(1));
    EXPECT_THAT(on(advice_in_small_letters, "cli/a.cpp",
                   "e.advise(\"write it\");\ne.advise(\"WSOA_KEY\");\ne.advise(see_help());\n"),
                IsEmpty());
    EXPECT_THAT(over_all(advice_in_small_letters), IsEmpty());
}

}  // namespace
}  // namespace wsoa::test
