#include "ledger/event/json.h"

#include "ledger/base/limits.h"
#include "ledger/base/text.h"
#include "tests/support/changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace wsoa {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using testing::StartsWith;

constexpr std::string_view whole_line =
    R"({"id": "017f671d-a87e-7b3c-9f55-2f3f7a2f6c11", "kind": "progressRecorded",)"
    R"( "subject": "TH-1.2", "by": "head-of-send", "role": "actionOwner",)"
    R"( "effective": "2022-03-08", "recorded": "2022-03-08T09:11:33Z",)"
    R"( "onBehalfOf": "case-work-lead", "answers": 64, "classification": "partnership",)"
    R"( "fields": {"period": "2022-03", "percent": 10},)"
    R"( "words": {"nextSteps": "Agency cover to start in April", "text": "Backlog counted"}})";

constexpr std::string_view action_line =
    R"({"kind": "actionAdded", "subject": "TH-1.1", "fields": {"parent": "TH-O1",)"
    R"( "owner": "head-of-send", "accountable": "director-of-education",)"
    R"( "organisation": "council", "start": "2022-02-01", "deadline": "2022-12-31",)"
    R"( "measures": ["TH-M2", "TH-M1"], "evidenceRequired": 1}})";

std::string replaced(std::string_view line, std::string_view what, std::string_view with) {
    std::string text(line);
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), with);
}

Error refusal_of(std::string_view line) {
    const auto read = parse_change_line(line);
    EXPECT_FALSE(read.ok()) << line;
    return read.ok() ? Error{} : read.error();
}

// A line about TH-1.2 with these words.
std::string line_with_words(std::string_view words) {
    return fmt::format(R"({{"kind": "actionStarted", "subject": "TH-1.2", "words": {}}})", words);
}

schema::Change::Reader drafted(ChangeLine& line, Bytes& bytes, std::optional<Change>& change) {
    auto envelope = sample_envelope(line.draft.kind());
    envelope.subject = line.subject;
    envelope.plan = line.subject.plan();
    bytes = must(line.draft.finish(envelope));
    change = must(Change::read(bytes));
    return change->reader();
}

TEST(ChangeLine, holds_everything_that_the_line_says) {
    auto line = must(parse_change_line(whole_line));
    EXPECT_EQ(line.draft.kind(), Kind::PROGRESS_RECORDED);
    EXPECT_EQ(line.subject.str(), "TH-1.2");
    EXPECT_EQ(line.id->str(), "017f671d-a87e-7b3c-9f55-2f3f7a2f6c11");
    EXPECT_EQ(line.by->str(), "head-of-send");
    EXPECT_EQ(line.role, schema::Role::ACTION_OWNER);
    EXPECT_EQ(to_string(*line.effective), "2022-03-08");
    EXPECT_EQ(to_string(*line.recorded), "2022-03-08T09:11:33Z");
    EXPECT_EQ(line.on_behalf_of->str(), "case-work-lead");
    EXPECT_EQ(std::get<EventIndex>(*line.answers), EventIndex{64});
    EXPECT_EQ(line.classification, schema::Classification::PARTNERSHIP);
    EXPECT_THAT(line.words,
                ElementsAre(Pair(schema::WordField::TEXT, "Backlog counted"),
                            Pair(schema::WordField::NEXT_STEPS, "Agency cover to start in April")));
    Bytes bytes;
    std::optional<Change> change;
    const auto progress = drafted(line, bytes, change).getProgressRecorded();
    EXPECT_EQ(progress.getPeriod().getMonths(), 2022 * 12 + 2);
    EXPECT_EQ(progress.getPercent().getValue(), 10u);
}

TEST(ChangeLine, needs_only_kind_and_subject) {
    const auto line = must(parse_change_line(R"({"kind":"actionStarted","subject":"TH-1.2"})"));
    EXPECT_FALSE(line.id || line.by || line.role || line.effective || line.recorded ||
                 line.on_behalf_of || line.answers || line.classification);
    EXPECT_TRUE(line.words.empty());
    EXPECT_EQ(refusal_of(R"({"kind":"actionStarted"})").message, "subject: it is missing");
    EXPECT_EQ(refusal_of(R"({"subject":"TH-1.2"})").message, "kind: it is missing");
}

TEST(ChangeLine, puts_the_elements_of_a_set_in_order) {
    auto line = must(parse_change_line(action_line));
    Bytes bytes;
    std::optional<Change> change;
    const auto action = drafted(line, bytes, change).getActionAdded();
    EXPECT_EQ(fields_to_json(*change),
              R"({"parent":"TH-O1","owner":"head-of-send","accountable":"director-of-education",)"
              R"("organisation":"council","start":"2022-02-01","deadline":"2022-12-31",)"
              R"("measures":["TH-M1","TH-M2"],"evidenceRequired":1})");
    EXPECT_EQ(action.getMeasures().size(), 2u);
}

TEST(ChangeLine, answers_an_earlier_line_by_its_id) {
    const auto line = must(
        parse_change_line(replaced(whole_line, "64", R"("017f671d-a87e-7b3c-9f55-2f3f7a2f6c12")")));
    EXPECT_EQ(std::get<ChangeId>(*line.answers).str(), "017f671d-a87e-7b3c-9f55-2f3f7a2f6c12");
}

TEST(ChangeLine, refuses_to_answer_what_is_neither_index_nor_id) {
    EXPECT_THAT(refusal_of(replaced(whole_line, "64", R"("64")")).message, StartsWith("answers: "));
    EXPECT_THAT(refusal_of(replaced(whole_line, "64", "-1")).message, StartsWith("answers: "));
    EXPECT_THAT(refusal_of(replaced(whole_line, "64", "6.4e1")).message, StartsWith("answers: "));
    EXPECT_THAT(refusal_of(replaced(whole_line, "64", "true")).message, StartsWith("answers: "));
}

TEST(ChangeLine, reads_null_for_what_is_optional_as_absent) {
    const auto line = must(parse_change_line(
        R"({"kind":"progressRecorded","subject":"TH-1.2","id":null,"by":null,"answers":null,)"
        R"("words":null,"fields":{"period":null,"percent":null}})"));
    EXPECT_FALSE(line.id || line.by || line.answers);
}

TEST(ChangeLine, refuses_null_for_what_is_required) {
    EXPECT_EQ(refusal_of(replaced(action_line, R"("2022-12-31")", "null")).message,
              "fields: deadline: it may not be null");
    EXPECT_EQ(refusal_of(R"({"kind":null,"subject":"TH"})").message, "kind: it may not be null");
    EXPECT_EQ(refusal_of(line_with_words(R"({"text":null})")).message,
              "words: text: it may not be null");
}

TEST(ChangeLine, refuses_a_required_field_that_is_missing) {
    EXPECT_EQ(refusal_of(replaced(action_line, R"(, "evidenceRequired": 1)", "")).message,
              "fields: evidenceRequired: it is missing");
    EXPECT_EQ(refusal_of(R"({"kind":"areaAdded","subject":"TH-1"})").message,
              "fields: lead: it is missing");
}

TEST(ChangeLine, refuses_a_key_that_stands_twice) {
    EXPECT_EQ(refusal_of(replaced(whole_line, R"("percent": 10)", R"("percent": 9, "percent": 10)"))
                  .message,
              R"("fields": the key "percent" stands there twice)");
}

TEST(ChangeLine, refuses_an_unknown_key_and_names_the_nearest) {
    const auto key = refusal_of(replaced(whole_line, "classification", "clasification"));
    EXPECT_EQ(key.message, R"(there is no key "clasification" here)");
    EXPECT_EQ(key.advice, "did you mean classification?");
    const auto field = refusal_of(replaced(action_line, "evidenceRequired", "evidenceRequird"));
    EXPECT_EQ(field.message, R"(fields: there is no key "evidenceRequird" here)");
    EXPECT_EQ(field.advice, "did you mean evidenceRequired?");
}

TEST(ChangeLine, refuses_fields_of_a_kind_that_has_none) {
    const auto refusal =
        refusal_of(R"({"kind":"actionStarted","subject":"TH-1.2","fields":{"percent":1}})");
    EXPECT_EQ(refusal.message, R"(fields: there is no key "percent" here)");
    EXPECT_EQ(refusal.advice, "leave it out");
}

TEST(ChangeLine, refuses_an_unknown_kind_and_names_the_nearest) {
    const auto refusal = refusal_of(R"({"kind":"progresRecorded","subject":"TH-1.2"})");
    EXPECT_EQ(refusal.message, R"(kind: there is no kind of change "progresRecorded")");
    EXPECT_EQ(refusal.advice, "did you mean progressRecorded?");
    EXPECT_FALSE(parse_change_line(R"({"kind":"unset","subject":"TH-1.2"})").ok());
}

TEST(ChangeLine, refuses_an_unknown_choice_and_names_the_nearest) {
    const auto field = refusal_of(replaced(action_line, "\"council\"", "\"counsil\""));
    EXPECT_EQ(field.message, R"(fields: organisation: "counsil" is none of the choices)");
    EXPECT_EQ(field.advice, "did you mean council?");
    const auto role = refusal_of(replaced(whole_line, "actionOwner", "actionowner"));
    EXPECT_EQ(role.message, R"(role: "actionowner" is none of the choices)");
    EXPECT_EQ(role.advice, "did you mean actionOwner?");
}

TEST(ChangeLine, refuses_a_word_of_an_unknown_field_and_names_the_nearest) {
    const auto refusal = refusal_of(line_with_words(R"({"txt":"x"})"));
    EXPECT_EQ(refusal.message, R"(words: there is no key "txt" here)");
    EXPECT_EQ(refusal.advice, "did you mean text?");
}

TEST(ChangeLine, refuses_a_date_that_is_written_otherwise_or_does_not_exist) {
    for (const auto* date : {"31/12/2022", "2022-12-32", "2022-02-29", "2022-12-31T00:00:00Z", "",
                             "1899-12-31", "2022-12-31 "}) {
        EXPECT_THAT(refusal_of(replaced(action_line, "2022-12-31", date)).message,
                    StartsWith("fields: deadline: "))
            << date;
    }
    EXPECT_THAT(refusal_of(replaced(action_line, R"("2022-12-31")", "19357")).message,
                StartsWith("fields: deadline: there should be a text"));
    EXPECT_THAT(refusal_of(replaced(whole_line, "2022-03-08\"", "2022-3-8\"")).message,
                StartsWith("effective: "));
}

TEST(ChangeLine, refuses_an_instant_of_another_zone) {
    EXPECT_THAT(refusal_of(replaced(whole_line, "09:11:33Z", "09:11:33+00:00")).message,
                StartsWith("recorded: "));
}

TEST(ChangeLine, refuses_a_month_that_is_a_day) {
    EXPECT_THAT(refusal_of(replaced(whole_line, "2022-03\"", "2022-03-01\"")).message,
                StartsWith("fields: period: "));
}

TEST(ChangeLine, refuses_a_fraction_and_a_number_past_its_bound) {
    EXPECT_EQ(refusal_of(replaced(whole_line, "10}", "60.0}")).message,
              "fields: percent: 60.0 is not a whole number from 0 to 100");
    EXPECT_EQ(refusal_of(replaced(whole_line, "10}", "101}")).message,
              "fields: percent: 101 is not a whole number from 0 to 100");
    EXPECT_EQ(refusal_of(replaced(whole_line, "10}", "\"60\"}")).message,
              "fields: percent: there should be a number, not a text");
}

TEST(ChangeLine, refuses_names_that_do_not_parse) {
    EXPECT_THAT(refusal_of(replaced(whole_line, "TH-1.2", "th-1.2")).message,
                StartsWith("subject: "));
    EXPECT_THAT(refusal_of(replaced(whole_line, "head-of-send", "Head of SEND")).message,
                StartsWith("by: "));
    EXPECT_THAT(refusal_of(replaced(whole_line, "case-work-lead", "")).message,
                StartsWith("onBehalfOf: "));
    EXPECT_THAT(refusal_of(replaced(whole_line, "7b3c", "4b3c")).message, StartsWith("id: "));
}

TEST(ChangeLine, carries_no_control_characters_into_messages) {
    const auto refusal = refusal_of(replaced(whole_line, "head-of-send", R"(\u001b[2J)"));
    EXPECT_EQ(refusal.message, "by: the text holds a control character (U+001B)");
}

TEST(ChangeLine, refuses_a_line_that_is_no_object) {
    EXPECT_EQ(refusal_of("[]").message, "there should be an object, not a list");
    EXPECT_EQ(
        refusal_of(replaced(whole_line, R"({"period": "2022-03", "percent": 10})", "[]")).message,
        "fields: there should be an object, not a list");
    EXPECT_EQ(refusal_of(line_with_words("\"text\"")).message,
              "words: there should be an object, not a text");
}

TEST(ChangeLine, refuses_a_line_of_which_the_end_is_missing) {
    EXPECT_THAT(refusal_of(whole_line.substr(0, whole_line.size() - 1)).message,
                StartsWith("this is not JSON at column "));
}

TEST(ChangeLine, puts_words_in_nfc_without_white_space_at_their_ends) {
    const auto line = must(parse_change_line(line_with_words(R"({"text":" cafe\u0301\n"})")));
    EXPECT_THAT(line.words, ElementsAre(Pair(schema::WordField::TEXT, "caf\xc3\xa9")));
}

TEST(ChangeLine, refuses_words_with_control_characters_or_nothing_in_them) {
    EXPECT_EQ(refusal_of(line_with_words(R"({"text":"a\u0007b"})")).message,
              "words: text: the text holds a control character (U+0007)");
    EXPECT_EQ(refusal_of(line_with_words(R"({"text":"a\u0000b"})")).message,
              "words: text: the text holds a control character (U+0000)");
    EXPECT_EQ(refusal_of(line_with_words(R"({"text":"  "})")).message,
              "words: text: the text is empty");
}

TEST(ChangeLine, takes_a_word_as_long_as_the_bound_and_no_longer) {
    const std::string text(limits::word_bytes_max, 'a');
    EXPECT_TRUE(parse_change_line(line_with_words(fmt::format(R"({{"text":"{}"}})", text))).ok());
    EXPECT_THAT(refusal_of(line_with_words(fmt::format(R"({{"text":"{}a"}})", text))).message,
                StartsWith("words: text: the text has 32769 bytes"));
}

// What Cap'n Proto 0.9.2's own JSON decoder does with these: read \u00e9 as I, take the hexadecimal
// 0102zz, turn ...993 into ...992, let the last of two keys win.
TEST(ChangeLine, does_not_fall_into_the_traps_of_the_schema_librarys_decoder) {
    const auto words = must(parse_change_line(line_with_words(R"({"text":"\u00e9"})")));
    EXPECT_EQ(words.words.at(0).second, "\xc3\xa9");

    const auto compromised = [](std::string_view key, std::string_view since) {
        return fmt::format(R"({{"kind":"keyCompromised","subject":"@head-of-send",)"
                           R"("fields":{{"key":"{}","since":{}}}}})",
                           key, since);
    };
    const auto key = to_hex(Bytes(32, 0x4b));
    EXPECT_FALSE(parse_change_line(compromised("0102zz", "1")).ok());
    EXPECT_FALSE(parse_change_line(compromised("0102zz" + key.substr(6), "1")).ok());
    EXPECT_FALSE(parse_change_line(compromised(key, R"(1,"since":2)")).ok());

    EXPECT_THAT(refusal_of(compromised(key, "9007199254740993")).message,
                HasSubstr("since: 9007199254740993 is not a whole number"));
}

// One to three changes of a line: a byte, a stretch of it gone, twice, or from another place.
std::string mutant_of(std::string text, std::mt19937_64& chance) {
    constexpr std::string_view telling = "{}[]\",:\\u0019eE.-+ntf\x00\x1f\x7f\xc3\xa9\xef\xbb\xbf";
    const auto below = [&](std::size_t bound) {
        return chance() % std::max<std::size_t>(bound, 1);
    };
    const auto changes = 1 + below(3);
    for (std::size_t i = 0; i < changes && !text.empty(); ++i) {
        const auto at = below(text.size());
        const auto length = 1 + below(std::min<std::size_t>(text.size() - at, 12));
        switch (below(6)) {
            case 0: text[at] = static_cast<char>(chance() & 0xff); break;
            case 1: text[at] = telling[below(telling.size())]; break;
            case 2: text.insert(at, 1, telling[below(telling.size())]); break;
            case 3: text.erase(at, length); break;
            case 4: text.insert(below(text.size()), text.substr(at, length)); break;
            default: text.resize(below(20) == 0 ? at : text.size()); break;
        }
    }
    return text;
}

bool is_printable(std::string_view text) {
    return std::ranges::all_of(
        text, [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f; });
}

// Lines with every kind of value; the long ones seldom, since most of a long line is alike.
std::vector<std::string> lines_to_mutate() {
    const std::string progress =
        R"({"kind":"progressRecorded","subject":"TH-1.2","answers":64,"fields":)"
        R"({"period":"2022-03","percent":10},"words":{"text":"caf\u00e9"}})";
    const std::string plan = R"({"kind":"planDrafted","subject":"TH","by":"board-chair","fields":)"
                             R"({"kind":"wsoa","due":null,"partners":["nhs","council"]}})";
    const std::string opened =
        fmt::format(R"({{"kind":"ledgerOpened","subject":"ledger","fields":{}}})",
                    fields_to_json(read_sample(Kind::LEDGER_OPENED)));
    std::vector<std::string> lines{std::string(whole_line), std::string(action_line), opened};
    for (int i = 0; i < 10; ++i) {
        lines.push_back(progress);
        lines.push_back(plan);
    }
    return lines;
}

TEST(ChangeLine, gives_a_value_or_a_clear_error_for_every_mutant) {
    std::mt19937_64 chance(20220331);
    const auto lines = lines_to_mutate();
    std::size_t values = 0;
    for (std::size_t i = 0; i < 90'000; ++i) {
        auto line = parse_change_line(mutant_of(lines[i % lines.size()], chance));
        if (!line.ok()) {
            ASSERT_EQ(line.error().fault, Fault::invalid);
            ASSERT_FALSE(line.error().message.empty());
            ASSERT_TRUE(is_printable(line.error().message)) << line.error().message;
            continue;
        }
        ++values;
        for (const auto& [field, text] : line.value().words) {
            ASSERT_TRUE(check_text(text, limits::word_bytes_max).ok());
        }
        auto envelope = sample_envelope(line.value().draft.kind());
        envelope.subject = line.value().subject;
        envelope.plan = envelope.subject.plan();
        // Whatever was taken from the line can be signed.
        const auto bytes = line.value().draft.finish(envelope);
        ASSERT_TRUE(bytes.ok()) << bytes.error().message;
    }
    EXPECT_GT(values, 1'000u);
}

TEST(ChangeJson, gives_a_change_or_a_clear_error_for_every_mutant) {
    std::mt19937_64 chance(20231231);
    std::vector<std::string> lines;
    for (const auto& info : all_kinds()) {
        lines.push_back(change_to_json(read_sample(info.kind)));
    }
    std::size_t values = 0;
    for (std::size_t i = 0; i < 10'000; ++i) {
        const auto bytes = change_from_json(mutant_of(lines[i % lines.size()], chance));
        if (bytes.ok()) {
            ++values;
            const auto change = must(Change::read(bytes.value()));
            ASSERT_EQ(must(change_from_json(change_to_json(change))), bytes.value());
        } else {
            ASSERT_TRUE(is_printable(bytes.error().message)) << bytes.error().message;
        }
    }
    EXPECT_GT(values, 100u);
}

}  // namespace
}  // namespace wsoa
