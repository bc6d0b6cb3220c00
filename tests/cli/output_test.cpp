#include "cli/output.h"

#include "tests/cli/pty.h"
#include "tests/cli/spoken.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <csignal>
#include <sstream>

namespace wsoa {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const Error conflict{Fault::conflict, "event 12 is \"newer\"\nby far", "wsoa show TH\nthen decide",
                     "R07"};

TEST(Output, has_the_answer_on_standard_output_and_the_rest_on_standard_error) {
    const Spoken spoken;
    const auto terminal = spoken.terminal();
    Output output(terminal, {});
    output.note("Looking.");
    output.text("the answer");
    output.json(Json::object().set("type", "answer"));
    output.warn("It is late");
    EXPECT_EQ(output.finish(Exit::done), Exit::done);
    EXPECT_EQ(spoken.out(), "the answer\n");
    EXPECT_EQ(spoken.err(), "Looking.\nwsoa: warning: It is late\n");
}

TEST(Output, that_is_quiet_keeps_to_the_answer_and_warnings) {
    const Spoken spoken;
    const auto terminal = spoken.terminal();
    Output output(terminal, {.chatter = Chatter::silent});
    output.note("Looking.");
    output.warn("It is late");
    output.text("the answer\n");
    EXPECT_EQ(output.finish(Exit::done), Exit::done);
    EXPECT_EQ(spoken.out(), "the answer\n");
    EXPECT_EQ(spoken.err(), "wsoa: warning: It is late\n");
}

TEST(Output, in_json_is_json_alone_on_both_streams) {
    const Spoken spoken;
    const auto terminal = spoken.terminal();
    Output output(terminal, {.form = Form::json});
    output.note("Looking.");
    output.text("the answer");
    output.json(Json::object().set("type", "answer").set("event", 3));
    EXPECT_EQ(output.finish(conflict), Exit::conflict);
    EXPECT_EQ(spoken.out(), "{\"type\":\"answer\",\"event\":3}\n");
    std::istringstream lines(spoken.err());
    std::vector<nlohmann::json> objects;
    for (std::string line; std::getline(lines, line);) {
        objects.push_back(nlohmann::json::parse(line));
    }
    ASSERT_EQ(objects.size(), 2U);
    EXPECT_EQ(objects[0], (nlohmann::json{{"type", "note"}, {"say", "Looking."}}));
    EXPECT_EQ(objects[1], (nlohmann::json{{"type", "fault"},
                                          {"exit", 5},
                                          {"id", "conflict"},
                                          {"rule", "R07"},
                                          {"say", conflict.message},
                                          {"do", conflict.advice}}));
}

TEST(Fault, in_json_is_one_line_in_a_fixed_order) {
    EXPECT_EQ(fault_json(conflict).str(),
              R"({"type":"fault","exit":5,"id":"conflict","rule":"R07",)"
              R"("say":"event 12 is \"newer\"\nby far","do":"wsoa show TH\nthen decide"})");
    EXPECT_EQ(fault_json({Fault::busy, "wait"}).str(),
              R"({"type":"fault","exit":6,"id":"busy","say":"wait"})");
}

TEST(Fault, in_words_names_the_rule_and_gives_its_advice_a_line) {
    EXPECT_EQ(fault_text(conflict, {}),
              "wsoa: event 12 is \"newer\"\\nby far (rule R07).\nwsoa show TH\nthen decide\n");
    EXPECT_EQ(fault_text({Fault::missing, "there is no plan \"X\""}, {}),
              "wsoa: there is no plan \"X\".\n");
    EXPECT_EQ(fault_text({Fault::missing, "gone."}, {}), "wsoa: gone.\n");
}

TEST(Fault, in_words_cannot_carry_escapes_to_the_terminal) {
    EXPECT_EQ(fault_text({Fault::invalid, "\x1b]0;x\x07", "\x1b[2J"}, {}),
              "wsoa: \\x1b]0;x\\x07.\n\\x1b[2J\n");
}

TEST(Output, to_a_full_disk_is_a_failure_with_a_sentence) {
    const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    ASSERT_GE(full, 0);
    const Spoken spoken;
    auto terminal = spoken.terminal();
    terminal.streams.out = full;
    Output output(terminal, {});
    output.text("the answer");
    EXPECT_EQ(output.finish(Exit::done), Exit::could_not);
    ::close(full);
    EXPECT_EQ(spoken.err(),
              "wsoa: the answer could not be written to standard output: No space left on "
              "device.\nwhat the command did is done; only its answer is incomplete.\n");
}

TEST(Output, to_a_reader_that_went_away_is_a_failure_with_a_sentence) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe2(pipe.data(), O_CLOEXEC), 0);
    ::close(pipe[0]);
    auto* const before = ::signal(SIGPIPE, SIG_IGN);
    const Spoken spoken;
    auto terminal = spoken.terminal();
    terminal.streams.out = pipe[1];
    Output output(terminal, {});
    output.text(std::string(200'000, 'x'));
    EXPECT_EQ(output.finish(Exit::done), Exit::could_not);
    ::signal(SIGPIPE, before);
    ::close(pipe[1]);
    EXPECT_THAT(spoken.err(), HasSubstr("Broken pipe"));
}

TEST(Output, that_fails_does_not_hide_findings) {
    const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    const Spoken spoken;
    auto terminal = spoken.terminal();
    terminal.streams.out = full;
    Output output(terminal, {});
    output.text("the answer");
    EXPECT_EQ(output.finish(Exit::findings), Exit::findings);
    ::close(full);
    EXPECT_THAT(spoken.err(), HasSubstr("could not be written"));
}

TEST(Output, with_nothing_to_say_is_no_failure_on_a_full_disk) {
    const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    const Spoken spoken;
    auto terminal = spoken.terminal();
    terminal.streams.out = full;
    Output output(terminal, {});
    EXPECT_EQ(output.finish(Exit::done), Exit::done);
    ::close(full);
}

TEST(Output, gives_bytes_to_a_file_but_not_to_a_terminal) {
    const Bytes bytes{0, 1, 255};
    const Spoken spoken;
    const auto file = spoken.terminal();
    Output to_file(file, {});
    ASSERT_TRUE(to_file.raw(bytes).ok());
    EXPECT_EQ(to_file.finish(Exit::done), Exit::done);
    EXPECT_EQ(spoken.out(), text_of(bytes));

    const Pty pty;
    const auto terminal = Terminal::look({pty.end(), pty.end(), pty.end()}, Variables{});
    Output to_terminal(terminal, {});
    const auto refused = to_terminal.raw(bytes);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fault, Fault::invalid);
}

TEST(Output, is_coloured_on_a_terminal_only) {
    const Pty pty;
    const auto terminal = Terminal::look({pty.end(), pty.end(), pty.end()},
                                         Variables(Variables::Map{{"TERM", "xterm"}}));
    Output output(terminal, {});
    output.finish(Error{Fault::busy, "another process writes"});
    EXPECT_THAT(pty.read_until("writes"), StartsWith("\x1b[31mwsoa:\x1b[0m "));
    EXPECT_FALSE(fault_text(conflict, Spoken().terminal().err_style()).starts_with("\x1b"));
}

}  // namespace
}  // namespace wsoa
