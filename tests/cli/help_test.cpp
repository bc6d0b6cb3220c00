#include "cli/help.h"

#include "cli/commands/all.h"
#include "ledger/base/text.h"
#include "tests/cli/sample_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace wsoa {
namespace {

using testing::HasSubstr;

TEST(Help, of_a_command_tells_all_that_the_table_knows) {
    const auto commands = sample_commands();
    EXPECT_EQ(help_of(commands.front(), {}, {}),
              R"(wsoa progress: say how far an action has come.

Usage: wsoa progress ACTION --percent N [options]

  ACTION                  the action, such as TH-1.2

Options
  --percent N             how far it is, in percent (required)
  --text TEXT             what was done
  --because TEXT          the reason (or WSOA_REASON)

Options of every command
  --ledger DIR            the folder that holds the ledger (or WSOA_LEDGER)
  --key FILE              the file that holds your signing key (or WSOA_KEY)
  --passphrase-file FILE  a file that holds the passphrase; see "wsoa help
                          passphrases" for other ways
  --ledger-passphrase-file FILE
                          the same for the ledger's own key and vault, if it is
                          another one
  --token-module FILE     the PKCS#11 module of the token that the vault is
                          sealed by (or WSOA_TOKEN_MODULE)
  --pin-file FILE         a file that holds the PIN of that token; see "wsoa
                          help passphrases"
  --json                  answer in JSON, one object a line
  --quiet                 say nothing but the answer and failures
  --progress HOW          how to show the progress of long commands: one of bar,
                          lines, none
  --help                  explain the command
  --version               say which version this is

Example
  wsoa progress TH-1.2 --percent 60 --text "14 of 22 staff trained"

Exit codes: 0 done, 1 could not, 2 usage, 3 findings, 4 refused, 5 conflict, 6
busy, 130 interrupted. See "wsoa help exit-codes".
)");
}

TEST(Help, of_every_command_has_its_example_and_keeps_to_the_width) {
    auto commands = sample_commands();
    for (auto& command : all_commands()) {
        commands.push_back(std::move(command));
    }
    for (const auto& command : commands) {
        EXPECT_FALSE(command.example.empty()) << command.name;
        const auto page = help_of(command, {}, {});
        std::istringstream examples(command.example);
        for (std::string line; std::getline(examples, line);) {
            EXPECT_THAT(page, HasSubstr("  " + line + "\n"));
        }
        std::istringstream lines(page);
        for (std::string line; std::getline(lines, line);) {
            EXPECT_LE(width_of(line), 80U) << line;
        }
    }
}

TEST(Help, of_verify_says_that_it_asks_no_keeper) {
    const auto commands = all_commands();
    const auto page = help_of(*find_command(commands, "verify"), {}, {});
    EXPECT_THAT(page, HasSubstr("check must not trust the process that it checks"));
}

TEST(Help, of_a_first_word_shows_what_it_adds) {
    const auto commands = sample_commands();
    const auto* const record = find_command(commands, "record");
    const auto page = help_of(*record, record->details("progressRecorded").value(), {});
    EXPECT_THAT(page, HasSubstr("--field-percent N       the percentage (required)\n"));
    EXPECT_THAT(page, HasSubstr("  wsoa record progressRecorded TH-1.2 --field-percent 60\n"));
    EXPECT_THAT(page, HasSubstr("Kinds: planDrafted, progressRecorded.\n"));
}

TEST(Help, lists_commands_under_their_groups) {
    const auto page = help_overview(sample_commands(), {});
    const auto recording = page.find("\nRecording\n");
    const auto looking = page.find("\nLooking\n");
    const auto running = page.find("\nRunning the ledger\n");
    ASSERT_NE(recording, std::string::npos);
    EXPECT_LT(recording, page.find("  progress "));
    EXPECT_LT(page.find("  progress "), looking);
    EXPECT_LT(looking, running);
    EXPECT_LT(running, page.find("  keys new "));
    EXPECT_EQ(page.find("\nChecking\n"), std::string::npos);
}

TEST(Help, of_a_family_lists_its_commands) {
    const auto page = help_wanted(sample_commands(), {.command = "keys"}, {});
    EXPECT_THAT(page, HasSubstr("  keys new                make a key\n"));
    EXPECT_THAT(page, HasSubstr("  keys show               show a key\n"));
    EXPECT_EQ(page.find("progress"), std::string::npos);
}

TEST(Help, on_exit_codes_prints_the_whole_table) {
    const auto page = help_topic(sample_commands(), "exit-codes", {.width = 200});
    for (const auto& meaning : exit_meanings()) {
        EXPECT_THAT(page, HasSubstr(std::string(meaning.sentence)));
    }
}

TEST(Help, on_the_environment_knows_the_variables_of_every_option) {
    const auto page = help_topic(sample_commands(), "environment", {.width = 200});
    EXPECT_THAT(page, HasSubstr("WSOA_REASON"));
    EXPECT_THAT(page, HasSubstr("WSOA_LEDGER"));
    EXPECT_THAT(page, HasSubstr("NO_COLOR"));
}

TEST(Help, has_a_page_for_every_topic) {
    for (const auto& topic : help_topics()) {
        EXPECT_FALSE(help_topic(sample_commands(), topic, {}).empty()) << topic;
    }
    EXPECT_EQ(help_topic(sample_commands(), "nothing", {}), "");
}

}  // namespace
}  // namespace wsoa
