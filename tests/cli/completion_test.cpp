#include "cli/completion.h"

#include "tests/cli/sample_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

namespace wsoa {
namespace {

using testing::HasSubstr;
using testing::Not;

// What bash would offer after these words; the last is the one being typed.
std::string offered(const std::vector<std::string>& words) {
    std::string path = (std::filesystem::temp_directory_path() / "wsoa-XXXXXX").string();
    const int descriptor = ::mkstemp(path.data());
    CHECK(descriptor >= 0);
    ::close(descriptor);
    std::string line;
    for (const auto& word : words) {
        line += " '" + word + "'";
    }
    // compopt works only while bash completes; here it says nothing.
    std::ofstream(path) << completion_script("bash", sample_commands()).value()
                        << "compopt() { :; }\nCOMP_WORDS=(wsoa" << line
                        << ")\nCOMP_CWORD=" << words.size()
                        << "\n_wsoa\nprintf '%s ' \"${COMPREPLY[@]}\"\n";
    std::string answer;
    FILE* const bash = ::popen(("bash --norc '" + path + "' 2>&1").c_str(), "r");
    CHECK(bash != nullptr);
    std::array<char, 512> part{};
    while (std::fgets(part.data(), part.size(), bash) != nullptr) {
        answer += part.data();
    }
    ::pclose(bash);
    std::filesystem::remove(path);
    return answer;
}

TEST(BashCompletion, offers_commands) {
    EXPECT_EQ(offered({"pro"}), "progress ");
    EXPECT_EQ(offered({"k"}), "keys ");
    EXPECT_EQ(offered({"keys", ""}), "new show ");
}

TEST(BashCompletion, offers_the_options_of_the_command) {
    EXPECT_EQ(offered({"progress", "TH-1.2", "--pe"}), "--percent ");
    EXPECT_THAT(offered({"progress", "--"}), HasSubstr("--ledger"));
    EXPECT_THAT(offered({"show", "--"}), Not(HasSubstr("--percent")));
}

TEST(BashCompletion, sees_past_options_and_their_values) {
    EXPECT_EQ(offered({"--ledger", "show", "keys", "n"}), "new ");
    EXPECT_EQ(offered({"--json", "progress", "--te"}), "--text ");
}

TEST(BashCompletion, offers_what_the_first_word_can_be) {
    EXPECT_EQ(offered({"record", "p"}), "planDrafted progressRecorded ");
}

TEST(Completion, for_fish_names_every_command_and_option) {
    const auto script = completion_script("fish", sample_commands());
    ASSERT_TRUE(script.ok());
    EXPECT_THAT(script.value(), HasSubstr("-a progress -d 'say how far an action has come'"));
    EXPECT_THAT(script.value(), HasSubstr("-l percent"));
    EXPECT_THAT(script.value(), HasSubstr("'__fish_seen_subcommand_from keys' -f -a new"));
}

TEST(Completion, for_zsh_builds_on_that_for_bash) {
    const auto script = completion_script("zsh", sample_commands());
    ASSERT_TRUE(script.ok());
    EXPECT_THAT(script.value(), HasSubstr("bashcompinit"));
}

TEST(Completion, for_another_shell_is_told_not_to_exist) {
    const auto script = completion_script("tcsh", sample_commands());
    ASSERT_FALSE(script.ok());
    EXPECT_EQ(script.error().advice, "it is one of: bash, zsh, fish.");
}

}  // namespace
}  // namespace wsoa
