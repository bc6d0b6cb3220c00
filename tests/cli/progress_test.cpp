#include "cli/progress.h"

#include "tests/cli/pty.h"
#include "tests/cli/spoken.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <limits>
#include <sstream>

namespace wsoa {
namespace {

using std::chrono::milliseconds;
using testing::EndsWith;
using testing::HasSubstr;

// What is said while 1000 events are done at a millisecond each, beginning so late.
std::string said(Manner manner, milliseconds start) {
    const Spoken spoken;
    const auto terminal = spoken.terminal();
    Output output(terminal, manner);
    milliseconds now = start;
    {
        Progress progress(output, "Verifying", 1'000, [&] { return now; });
        for (std::uint64_t count = 1; count <= 1'000; ++count) {
            now += milliseconds{1};
            progress.reached(count);
        }
    }
    return spoken.err();
}

TEST(Progress, in_lines_is_told_each_tenth) {
    const auto text = said({.progress = ProgressForm::lines}, milliseconds{1'000});
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 10);
    EXPECT_THAT(text, testing::StartsWith("Verifying: 10% (100 of 1000)\n"));
    EXPECT_THAT(text, EndsWith("Verifying: 100% (1000 of 1000)\n"));
}

TEST(Progress, of_the_first_second_is_not_told) {
    EXPECT_EQ(said({.progress = ProgressForm::lines}, milliseconds{-1}), "");
}

TEST(Progress, off_a_terminal_is_not_told_unless_asked_for) {
    EXPECT_EQ(said({}, milliseconds{5'000}), "");
}

TEST(Progress, is_not_told_under_quiet) {
    const Manner manner{.chatter = Chatter::silent, .progress = ProgressForm::lines};
    EXPECT_EQ(said(manner, milliseconds{5'000}), "");
}

TEST(Progress, in_json_is_an_object_a_line) {
    const Manner manner{.form = Form::json, .progress = ProgressForm::lines};
    std::istringstream lines(said(manner, milliseconds{5'000}));
    std::string line;
    ASSERT_TRUE(std::getline(lines, line));
    EXPECT_EQ(nlohmann::json::parse(line), (nlohmann::json{{"type", "progress"},
                                                           {"what", "Verifying"},
                                                           {"done", 100},
                                                           {"total", 1'000},
                                                           {"percent", 10}}));
}

TEST(Progress, on_a_terminal_is_a_bar_that_is_gone_in_the_end) {
    const Pty pty;
    const auto terminal = Terminal::look({pty.end(), pty.end(), pty.end()}, Variables{});
    Output output(terminal, {});
    {
        Progress progress(output, "Verifying", 812, [] { return milliseconds{2'000}; });
        progress.reached(406);
        // Nothing more within a tenth of a second.
        progress.reached(407);
    }
    output.status("done");
    EXPECT_EQ(pty.read_until("done"),
              "\r\x1b[KVerifying  [###############...............]   50%  406 of 812\r\x1b[Kdone");
}

TEST(Progress, counts_as_far_as_numbers_go) {
    const Spoken spoken;
    const auto terminal = spoken.terminal();
    Output output(terminal, {.progress = ProgressForm::lines});
    constexpr auto most = std::numeric_limits<std::uint64_t>::max();
    Progress(output, "Verifying", most, [] { return milliseconds{2'000}; }).reached(most / 2 + 1);
    EXPECT_THAT(spoken.err(), HasSubstr("50%"));
}

TEST(Progress, of_nothing_is_not_told) {
    const Spoken spoken;
    const auto terminal = spoken.terminal();
    Output output(terminal, {.progress = ProgressForm::lines});
    Progress(output, "Verifying", 0, [] { return milliseconds{2'000}; }).reached(0);
    EXPECT_EQ(spoken.err(), "");
}

}  // namespace
}  // namespace wsoa
