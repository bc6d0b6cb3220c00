#include "cli/prompt.h"

#include "tests/cli/pty.h"
#include "tests/cli/spoken.h"

#include <sys/wait.h>

#include <gtest/gtest.h>

#include <csignal>
#include <thread>

namespace wsoa {
namespace {

Terminal terminal_of(const Pty& pty) {
    return Terminal::look({pty.end(), pty.end(), pty.end()}, Variables{});
}

// Types the lines, each when it is asked for.
std::jthread typist(const Pty& pty, std::string_view prompt, std::string line) {
    return std::jthread([&pty, prompt = std::string(prompt), line = std::move(line)] {
        pty.read_until(prompt);
        pty.type(line);
    });
}

TEST(HiddenLine, is_read_without_being_shown) {
    const Pty pty;
    Result<Secret> line = Error{};
    {
        const auto hand = typist(pty, "Secret: ", "open sesame\n");
        line = ask_hidden(terminal_of(pty), "Secret: ");
    }
    ASSERT_TRUE(line.ok()) << line.error().message;
    EXPECT_EQ(text_of(line.value().view()), "open sesame");
    ASSERT_EQ(::write(pty.end(), "!", 1), 1);
    EXPECT_EQ(pty.read_until("!"), "\r\n!");
    EXPECT_TRUE(pty.echoes());
}

TEST(HiddenLine, longer_than_any_passphrase_is_refused) {
    const Pty pty;
    Result<Secret> line = Error{};
    {
        const auto hand =
            typist(pty, "Secret: ", std::string(passphrase_bytes_max + 1, 'x') + "\n");
        line = ask_hidden(terminal_of(pty), "Secret: ");
    }
    ASSERT_FALSE(line.ok());
    EXPECT_EQ(line.error().fault, Fault::invalid);
    EXPECT_TRUE(pty.echoes());
}

TEST(HiddenLine, is_not_asked_for_off_a_terminal) {
    const Spoken spoken;
    const auto line = ask_hidden(spoken.terminal(), "Secret: ");
    ASSERT_FALSE(line.ok());
    EXPECT_EQ(line.error().fault, Fault::unavailable);
    EXPECT_EQ(spoken.err(), "");
}

// The signal must still end the process, as its parent sees, and leave the terminal as it was.
TEST(HiddenLine, interrupted_by_a_signal_leaves_the_terminal_as_it_was) {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        const Pty pty;
        const auto terminal = terminal_of(pty);
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            [[maybe_unused]] const auto line = ask_hidden(terminal, "Secret: ");
            ::_exit(0);
        }
        pty.read_until("Secret: ");
        EXPECT_FALSE(pty.echoes());
        ASSERT_EQ(::kill(child, signal), 0);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == signal) << status;
        EXPECT_TRUE(pty.echoes());
    }
}

}  // namespace
}  // namespace wsoa
