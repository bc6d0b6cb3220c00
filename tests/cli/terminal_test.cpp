#include "cli/terminal.h"

#include "tests/cli/pty.h"
#include "tests/cli/spoken.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

Terminal on_terminal(Variables::Map variables) {
    const Pty pty;
    return Terminal::look({pty.end(), pty.end(), pty.end()}, Variables(std::move(variables)));
}

TEST(Terminal, has_colour_where_nothing_speaks_against_it) {
    const auto terminal = on_terminal({{"TERM", "xterm"}, {"NO_COLOR", ""}});
    EXPECT_TRUE(terminal.out_style().has_colour);
    EXPECT_TRUE(terminal.err_style().has_colour);
    EXPECT_TRUE(terminal.can_ask());
    EXPECT_TRUE(terminal.can_redraw());
}

TEST(Terminal, has_no_colour_under_NO_COLOR) {
    const auto terminal = on_terminal({{"TERM", "xterm"}, {"NO_COLOR", "1"}});
    EXPECT_FALSE(terminal.out_style().has_colour);
    EXPECT_TRUE(terminal.can_redraw());
}

TEST(Terminal, that_is_dumb_has_no_colour_and_shows_ascii) {
    const auto terminal = on_terminal({{"TERM", "dumb"}});
    EXPECT_FALSE(terminal.out_style().has_colour);
    EXPECT_TRUE(terminal.out_style().is_ascii);
    EXPECT_FALSE(terminal.can_redraw());
}

TEST(Terminal, for_a_listener_is_not_redrawn) {
    const auto terminal = on_terminal({{"ACCESSIBLE", "1"}});
    EXPECT_TRUE(terminal.out_style().is_accessible);
    EXPECT_FALSE(terminal.can_redraw());
}

TEST(Terminal, has_the_width_of_its_window) {
    const Pty pty;
    pty.resize(132);
    const auto terminal = Terminal::look({pty.end(), pty.end(), pty.end()},
                                         Variables(Variables::Map{{"COLUMNS", "50"}}));
    EXPECT_EQ(terminal.out_style().width, 132U);
}

TEST(Terminal, that_is_a_file_has_no_colour_and_nobody_to_ask) {
    const Spoken spoken;
    const auto terminal =
        Terminal::look(spoken.streams(), Variables(Variables::Map{{"TERM", "xterm"}}));
    EXPECT_FALSE(terminal.out_style().has_colour);
    EXPECT_FALSE(terminal.err_style().has_colour);
    EXPECT_FALSE(terminal.can_ask());
    EXPECT_FALSE(terminal.can_redraw());
}

TEST(Terminal, that_is_a_file_is_as_wide_as_COLUMNS_says_within_reason) {
    const Spoken spoken;
    const auto width = [&](Variables::Map variables) {
        return Terminal::look(spoken.streams(), Variables(std::move(variables))).style.width;
    };
    EXPECT_EQ(width({}), 80U);
    EXPECT_EQ(width({{"COLUMNS", "100"}}), 100U);
    EXPECT_EQ(width({{"COLUMNS", "100x"}}), 80U);
    EXPECT_EQ(width({{"COLUMNS", "99999999999999999999999"}}), 80U);
    EXPECT_EQ(width({{"COLUMNS", "1"}}), 20U);
    EXPECT_EQ(width({{"COLUMNS", "5000000"}}), 1'000U);
}

}  // namespace
}  // namespace wsoa
