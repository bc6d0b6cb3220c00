#include "cli/program.h"

#include "cli/commands/all.h"
#include "tests/cli/sample_commands.h"
#include "tests/cli/spoken.h"

#include <sys/wait.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <sstream>
#include <stdexcept>

namespace wsoa {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

CommandTable with_run(std::function<Result<Exit>(const Invocation&, Surroundings&)> run) {
    return {{.name = "try", .help = "try it", .example = "wsoa try", .run = std::move(run)}};
}

// The program as a process; its exit code.
int code_of_shell(const std::string& command) {
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string program() {
    const char* const path = std::getenv("WSOA_PROGRAM");
    return path != nullptr && *path != '\0' ? path : WSOA_SOURCE "/build/wsoa";
}

TEST(Program, runs_the_command_with_what_was_given) {
    const auto run = run_of(with_run([](const Invocation& given, Surroundings& around) {
                                around.output.text(given.value("ledger"));
                                return Result<Exit>(Exit::findings);
                            }),
                            {"try", "--ledger", "here"});
    EXPECT_EQ(run.exit, Exit::findings);
    EXPECT_EQ(run.out, "here\n");
    EXPECT_EQ(run.err, "");
}

TEST(Program, tells_a_failure_and_gives_its_code) {
    const auto run = run_of(with_run([](const Invocation&, Surroundings&) -> Result<Exit> {
                                return Error{Fault::refused, "not by you", "Ask another.", "R02"};
                            }),
                            {"try"});
    EXPECT_EQ(run.exit, Exit::refused);
    EXPECT_EQ(run.out, "");
    EXPECT_EQ(run.err, "wsoa: not by you (rule R02).\nAsk another.\n");
}

TEST(Program, ends_an_exception_with_a_sentence) {
    const auto run = run_of(with_run([](const Invocation&, Surroundings&) -> Result<Exit> {
                                throw std::runtime_error("out of memory");
                            }),
                            {"try"});
    EXPECT_EQ(run.exit, Exit::could_not);
    EXPECT_EQ(run.err, "wsoa: the command had to stop: out of memory.\n");
}

TEST(Program, tells_wrong_usage_in_json_where_json_was_asked_for) {
    const auto run = run_of(all_commands(), {"versoin", "--json"});
    EXPECT_EQ(run.exit, Exit::usage);
    EXPECT_EQ(run.out, "");
    const auto fault = nlohmann::json::parse(run.err);
    EXPECT_EQ(fault["type"], "fault");
    EXPECT_EQ(fault["exit"], 2);
    EXPECT_EQ(fault["say"], "there is no command \"versoin\"");
    EXPECT_THAT(fault["do"].get<std::string>(), StartsWith("did you mean wsoa version?"));
}

TEST(Program, explains_each_of_its_commands_with_an_example) {
    for (const auto& command : all_commands()) {
        std::vector<std::string> line;
        std::istringstream words(command.name);
        for (std::string word; words >> word;) {
            line.push_back(word);
        }
        line.emplace_back("--help");
        const auto run = run_of(all_commands(), line);
        EXPECT_EQ(run.exit, Exit::done);
        EXPECT_THAT(run.out, HasSubstr(command.example.substr(0, command.example.find('\n'))));
    }
}

TEST(Program, answers_in_json_wherever_it_is_asked_to) {
    const std::vector<std::vector<std::string>> lines{
        {"help"},   {"help", "exit-codes"}, {"help", "version"}, {"version"},
        {"--help"}, {"completion", "bash"}};
    for (auto line : lines) {
        line.emplace_back("--json");
        const auto run = run_of(all_commands(), line);
        EXPECT_EQ(run.exit, Exit::done);
        EXPECT_TRUE(nlohmann::json::parse(run.out).contains("type")) << run.out;
        EXPECT_EQ(run.err, "");
    }
}

TEST(HelpCommand, is_the_same_as_the_help_option) {
    EXPECT_EQ(run_of(all_commands(), {"help", "version"}).out,
              run_of(all_commands(), {"version", "--help"}).out);
    EXPECT_EQ(run_of(all_commands(), {"help"}).out, run_of(all_commands(), {"--help"}).out);
}

TEST(HelpCommand, offers_what_was_meant) {
    const auto run = run_of(all_commands(), {"help", "exit-code"});
    EXPECT_EQ(run.exit, Exit::usage);
    EXPECT_THAT(run.err, HasSubstr("did you mean exit-codes?"));
}

TEST(Process, that_cannot_write_its_answer_says_so) {
    EXPECT_EQ(code_of_shell("'" + program() + "' version >/dev/full 2>/dev/null"), 1);
    EXPECT_EQ(code_of_shell("'" + program() + "' version 2>/dev/null >&-"), 1);
    EXPECT_EQ(code_of_shell("'" + program() + "' version >/dev/null"), 0);
}

}  // namespace
}  // namespace wsoa
