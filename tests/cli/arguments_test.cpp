#include "cli/arguments.h"

#include "tests/cli/sample_commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace wsoa {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using Line = std::vector<std::string>;

Result<Parsed> parsed(const Line& line, Variables::Map variables = {}) {
    static const auto commands = sample_commands();
    return parse_arguments(commands, line, Variables(std::move(variables)));
}

Invocation given(const Line& line, Variables::Map variables = {}) {
    const auto result = parsed(line, std::move(variables));
    if (!result.ok()) {
        ADD_FAILURE() << result.error().message;
        return {};
    }
    return std::get<Invocation>(result.value());
}

Error wrong(const Line& line) {
    const auto result = parsed(line);
    if (result.ok()) {
        ADD_FAILURE() << "the line was taken";
        return {};
    }
    EXPECT_EQ(result.error().fault, Fault::invalid);
    return result.error();
}

TEST(Arguments, give_command_words_and_options) {
    const auto call = given({"progress", "TH-1.2", "--percent", "60", "--text", "14 of 22"});
    EXPECT_EQ(call.command, "progress");
    EXPECT_EQ(call.value("ACTION"), "TH-1.2");
    EXPECT_EQ(call.value("percent"), "60");
    EXPECT_EQ(call.find("text"), "14 of 22");
    EXPECT_EQ(call.find("because"), std::nullopt);
    EXPECT_FALSE(call.has("json"));
}

TEST(Arguments, may_come_in_any_order) {
    const auto call = given(
        {"--ledger", "there", "progress", "--json", "--percent=60", "TH-1.2", "--key", "mine.pem"});
    EXPECT_EQ(call.value("ledger"), "there");
    EXPECT_EQ(call.value("key"), "mine.pem");
    EXPECT_EQ(call.value("ACTION"), "TH-1.2");
    EXPECT_TRUE(call.has("json"));
}

TEST(Arguments, name_commands_of_two_words) {
    const auto call = given({"keys", "new", "mine.pem"});
    EXPECT_EQ(call.command, "keys new");
    EXPECT_EQ(call.value("FILE"), "mine.pem");
}

TEST(Arguments, may_be_words_that_are_also_commands) {
    EXPECT_EQ(given({"show", "progress"}).value("PLAN"), "progress");
    EXPECT_EQ(given({"keys", "new", "keys"}).value("FILE"), "keys");
    EXPECT_EQ(given({"progress", "show", "--percent", "1"}).value("ACTION"), "show");
    EXPECT_EQ(given({"progress", "T", "--percent", "1", "--text", "keys"}).value("text"), "keys");
}

TEST(Arguments, with_a_hyphen_first_are_written_after_an_equals_sign) {
    EXPECT_EQ(given({"progress", "T", "--percent=-5", "--text=--json"}).value("text"), "--json");
    EXPECT_EQ(given({"progress", "T", "--percent=1", "--text=a=b"}).value("text"), "a=b");
    EXPECT_FALSE(given({"progress", "T", "--percent=1", "--text=--json"}).has("json"));
}

TEST(Arguments, after_two_hyphens_are_all_words) {
    EXPECT_EQ(given({"show", "--", "--json"}).value("PLAN"), "--json");
    EXPECT_EQ(given({"import", "--", "-a", "b", "--"}).all("FILE"), (Line{"-a", "b", "--"}));
}

TEST(Arguments, take_a_single_hyphen_for_standard_input) {
    EXPECT_EQ(given({"import", "-"}).value("FILE"), "-");
    EXPECT_EQ(given({"progress", "T", "--percent", "1", "--text", "-"}).value("text"), "-");
}

TEST(Arguments, are_never_taken_apart) {
    EXPECT_EQ(given({"import", "[a,b]", "c,d"}).all("FILE"), (Line{"[a,b]", "c,d"}));
    const auto call = given({"init", "--founder", "[x,y]", "--founder", "a b"});
    EXPECT_EQ(call.all("founder"), (Line{"[x,y]", "a b"}));
    EXPECT_EQ(given({"show", "a\n\"b\" 'c'"}).value("PLAN"), "a\n\"b\" 'c'");
}

TEST(Arguments, repeat_options_that_may_be_repeated) {
    EXPECT_EQ(given({"init", "--founder=a=1", "--founder", "b=2"}).all("founder"),
              (Line{"a=1", "b=2"}));
}

TEST(Arguments, of_an_option_fall_back_on_its_environment_variable) {
    const Variables::Map variables{{"WSOA_LEDGER", "from-variable"}, {"WSOA_REASON", "why"}};
    const auto call = given({"progress", "T", "--percent", "1"}, variables);
    EXPECT_EQ(call.value("ledger"), "from-variable");
    EXPECT_EQ(call.value("because"), "why");
    EXPECT_EQ(given({"show", "--ledger", "from-line"}, variables).value("ledger"), "from-line");
    EXPECT_EQ(given({"show"}, {{"WSOA_LEDGER", ""}}).find("ledger"), std::nullopt);
}

TEST(WrongArguments, name_an_unknown_option_before_what_is_missing) {
    const auto error = wrong({"progress", "T", "--txt", "x"});
    EXPECT_EQ(error.message, "\"wsoa progress\" has no option --txt");
    EXPECT_THAT(error.advice, StartsWith("did you mean --text?"));
}

TEST(WrongArguments, name_the_first_culprit_of_several) {
    EXPECT_THAT(wrong({"progress", "T", "--prcent=1", "--txt", "x"}).message,
                HasSubstr("no option --prcent"));
    EXPECT_THAT(wrong({"progress", "T", "--percent", "--txt", "x"}).message,
                HasSubstr("--percent has no value"));
    EXPECT_THAT(wrong({"progress", "T", "--txt", "--percent"}).message,
                HasSubstr("no option --txt"));
}

TEST(WrongArguments, without_a_near_option_offer_none) {
    const auto error = wrong({"show", "--frobnicate"});
    EXPECT_EQ(error.message, "\"wsoa show\" has no option --frobnicate");
    EXPECT_EQ(error.advice, "see \"wsoa show --help\".");
}

TEST(WrongArguments, offer_global_options_too) {
    EXPECT_THAT(wrong({"show", "--ledgr", "x"}).advice, StartsWith("did you mean --ledger?"));
    EXPECT_THAT(wrong({"--jsn", "show"}).advice, StartsWith("did you mean --json?"));
}

TEST(WrongArguments, know_no_short_options_but_help) {
    EXPECT_EQ(wrong({"show", "-x"}).message, "\"wsoa show\" has no option -x");
    EXPECT_TRUE(std::holds_alternative<HelpWanted>(parsed({"show", "-h"}).value()));
}

TEST(WrongArguments, offer_the_command_that_was_meant) {
    const auto error = wrong({"progres", "T", "--percent", "60"});
    EXPECT_EQ(error.message, "there is no command \"progres\"");
    EXPECT_THAT(error.advice, StartsWith("did you mean wsoa progress?"));
    EXPECT_THAT(wrong({"key", "new"}).advice, StartsWith("did you mean wsoa keys?"));
}

TEST(WrongArguments, offer_the_second_word_that_was_meant) {
    const auto error = wrong({"keys", "nwe", "x"});
    EXPECT_EQ(error.message, "there is no command \"keys nwe\"");
    EXPECT_THAT(error.advice, StartsWith("did you mean wsoa keys new?"));
    EXPECT_EQ(wrong({"keys"}).message, "\"wsoa keys\" lacks its second word");
    EXPECT_EQ(wrong({"keys"}).advice, "it is one of: new, show.");
    EXPECT_EQ(wrong({"keys", "progress"}).message, "there is no command \"keys progress\"");
}

TEST(WrongArguments, say_what_is_missing_with_an_example) {
    const auto option = wrong({"progress", "TH-1.2"});
    EXPECT_EQ(option.message, "--percent is missing: how far it is, in percent");
    EXPECT_THAT(option.advice, StartsWith("For example: wsoa progress TH-1.2 --percent 60"));
    const auto word = wrong({"progress", "--percent", "60"});
    EXPECT_EQ(word.message, "the ACTION is missing: the action, such as TH-1.2");
    EXPECT_EQ(wrong({}).message, "no command was given");
}

TEST(WrongArguments, name_an_option_without_its_value) {
    EXPECT_EQ(wrong({"progress", "T", "--percent"}).message, "--percent has no value");
    EXPECT_EQ(wrong({"progress", "T", "--percent="}).message, "--percent has no value");
    EXPECT_EQ(wrong({"progress", "T", "--percent=", "5"}).message, "--percent has no value");
    EXPECT_EQ(wrong({"progress", "T", "--percent", "--text", "x"}).message,
              "--percent has no value");
    EXPECT_EQ(wrong({"--ledger"}).message, "--ledger has no value");
}

TEST(WrongArguments, name_a_flag_with_a_value) {
    EXPECT_EQ(wrong({"show", "--json=yes"}).message, "--json takes no value");
}

TEST(WrongArguments, name_an_option_given_twice) {
    EXPECT_EQ(wrong({"progress", "T", "--percent=1", "--percent=2"}).message,
              "--percent is given 2 times");
    EXPECT_TRUE(given({"show", "--json", "--json"}).has("json"));
}

TEST(WrongArguments, name_the_first_word_too_many) {
    const auto error = wrong({"progress", "T", "--percent", "1", "--text", "two", "words"});
    EXPECT_EQ(error.message, "\"wsoa progress\" takes no further word \"words\"");
    EXPECT_THAT(error.advice, HasSubstr("quotes"));
    EXPECT_EQ(wrong({"show", "++"}).message, "\"++\" stands for nothing here");
}

TEST(WrongArguments, name_a_value_that_is_none_of_the_choices) {
    const auto error = wrong({"show", "--progress", "line"});
    EXPECT_EQ(error.message, "--progress cannot be \"line\"");
    EXPECT_EQ(error.advice, "did you mean lines? it is one of: bar, lines, none.");
}

TEST(Details, of_the_first_word_add_its_options) {
    const auto call = given({"record", "progressRecorded", "TH-1.2", "--field-percent", "60"});
    EXPECT_EQ(call.value("KIND"), "progressRecorded");
    EXPECT_EQ(call.value("SUBJECT"), "TH-1.2");
    EXPECT_EQ(call.value("field-percent"), "60");
}

TEST(Details, of_one_word_are_not_those_of_another) {
    EXPECT_EQ(wrong({"record", "planDrafted", "TH", "--field-percent", "60"}).message,
              "\"wsoa record\" has no option --field-percent");
}

TEST(Details, are_required_and_offered_like_any_options) {
    EXPECT_EQ(wrong({"record", "progressRecorded", "T"}).message,
              "--field-percent is missing: the percentage");
    EXPECT_THAT(wrong({"record", "progressRecorded", "T", "--field-percnt", "1"}).advice,
                StartsWith("did you mean --field-percent?"));
}

TEST(Details, of_a_mistyped_word_offer_the_word) {
    const auto error = wrong({"record", "progresRecorded", "--field-percent", "1"});
    EXPECT_EQ(error.message, "there is no KIND \"progresRecorded\"");
    EXPECT_THAT(error.advice, StartsWith("did you mean progressRecorded?"));
}

TEST(Details, need_their_word_before_them) {
    const auto error = wrong({"record", "--field-percent", "60", "progressRecorded"});
    EXPECT_EQ(error.message, "\"wsoa record\" has no option --field-percent");
    EXPECT_THAT(error.advice, HasSubstr("Put the KIND before its options."));
}

TEST(Details, are_handed_to_help) {
    const auto help = parsed({"record", "progressRecorded", "--help"});
    ASSERT_TRUE(help.ok());
    const auto& wanted = std::get<HelpWanted>(help.value());
    EXPECT_EQ(wanted.command, "record");
    ASSERT_TRUE(wanted.details.has_value());
    EXPECT_EQ(wanted.details->options.front().name, "field-percent");
}

TEST(Help, can_be_asked_for_anywhere) {
    for (const auto& line : {Line{"--help"}, Line{"progress", "--help"}, Line{"--help", "progress"},
                             Line{"progress", "T", "--help"}, Line{"keys", "--help"}}) {
        const auto result = parsed(line);
        ASSERT_TRUE(result.ok()) << result.error().message;
        EXPECT_TRUE(std::holds_alternative<HelpWanted>(result.value()));
    }
}

TEST(Help, on_a_mistyped_command_is_told_so) {
    EXPECT_EQ(wrong({"progres", "--help"}).message, "there is no command \"progres\"");
}

TEST(VersionOption, is_the_command_version) {
    EXPECT_EQ(given({"--version"}).command, "version");
    EXPECT_TRUE(given({"--version", "--json"}).has("json"));
}

TEST(Manner, is_read_even_from_a_line_that_is_wrong) {
    const Line line{"nonsense", "--json", "--quiet", "--progress", "lines", "--", "x"};
    const auto manner = manner_of(line);
    EXPECT_EQ(manner.form, Form::json);
    EXPECT_EQ(manner.chatter, Chatter::silent);
    EXPECT_EQ(manner.progress, ProgressForm::lines);
    EXPECT_EQ(manner_of(Line{"show", "--", "--json"}).form, Form::text);
}

TEST(CommandTable, with_an_option_named_like_a_global_one_is_a_contradiction) {
    CommandTable commands = sample_commands();
    commands.front().options.push_back({.name = "key", .value = "K"});
    const Line line{"show"};
    EXPECT_DEATH((void)parse_arguments(commands, line, Variables{}), "globals");
}

// Any line of likely and unlikely words gives an invocation, help or one clear error.
TEST(Arguments, of_any_kind_are_answered) {
    const Line vocabulary{"progress", "keys",   "new",       "record",     "progressRecorded",
                          "T",        "show",   "--percent", "--text",     "--text=x",
                          "--json",   "--",     "-",         "",           "=",
                          "--=",      "---",    "-5",        "--percent=", "++",
                          "[a]",      "--help", "-h",        "--no-json",  "--ledger",
                          "-hx",      "{}",     "\xff\n",    "import",     "--field-percent"};
    std::mt19937 random(3);
    for (int round = 0; round < 3'000; ++round) {
        Line line;
        for (auto count = random() % 7; count > 0; --count) {
            line.push_back(vocabulary[random() % vocabulary.size()]);
        }
        const auto result = parsed(line);
        if (!result.ok()) {
            ASSERT_EQ(result.error().fault, Fault::invalid);
            ASSERT_FALSE(result.error().message.empty());
        }
    }
}

}  // namespace
}  // namespace wsoa
