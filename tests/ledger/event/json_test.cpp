#include "ledger/event/json.h"

#include "ledger/base/limits.h"
#include "tests/support/changes.h"
#include "tests/support/golden_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), with);
}

std::string json_of(Kind kind) { return change_to_json(read_sample(kind)); }

Error refusal_of(std::string_view json) {
    const auto bytes = change_from_json(json);
    EXPECT_FALSE(bytes.ok()) << json;
    return bytes.ok() ? Error{} : bytes.error();
}

TEST(ChangeJson, of_every_kind_leads_back_to_the_same_bytes) {
    for (const auto& info : all_kinds()) {
        const auto bytes = change_from_json(json_of(info.kind));
        ASSERT_TRUE(bytes.ok()) << info.name << ": " << bytes.error().message;
        EXPECT_EQ(bytes.value(), sample_change(info.kind)) << info.name;
    }
}

TEST(ChangeJson, of_every_kind_is_what_it_has_always_been) {
    for (const auto& info : all_kinds()) {
        expect_golden_text("change/" + info.name + ".json", json_of(info.kind) + "\n");
    }
}

TEST(ChangeJson, leaves_out_what_is_absent) {
    auto envelope = sample_envelope(Kind::PROGRESS_RECORDED);
    envelope.on_behalf_of.reset();
    envelope.answers.reset();
    envelope.words.clear();
    const auto change = must(Change::read(must(Draft(Kind::PROGRESS_RECORDED).finish(envelope))));
    const auto json = change_to_json(change);
    EXPECT_THAT(json, Not(HasSubstr("onBehalfOf")));
    EXPECT_THAT(json, Not(HasSubstr("answers")));
    EXPECT_THAT(json, HasSubstr(R"("words":[],"kind":"progressRecorded","fields":{}})"));
    EXPECT_EQ(must(change_from_json(json)), copy_of(change.bytes()));
}

TEST(ChangeJson, reads_null_for_what_is_optional_as_absent) {
    const auto json =
        replaced(json_of(Kind::PROGRESS_RECORDED), R"("percent":60)", R"("percent":null)");
    const auto change = must(Change::read(must(change_from_json(json))));
    EXPECT_FALSE(change.reader().getProgressRecorded().hasPercent());
    EXPECT_TRUE(change.reader().getProgressRecorded().hasPeriod());
}

TEST(ChangeJson, keeps_the_largest_numbers_exact) {
    for (const auto number : {limits::events_max, limits::events_max - 1}) {
        const auto json = replaced(json_of(Kind::KEY_COMPROMISED), R"("since":311)",
                                   fmt::format("\"since\":{}", number));
        EXPECT_EQ(change_to_json(must(Change::read(must(change_from_json(json))))), json);
    }
}

// A double would round the first of them, and the last has no place in 64 bits.
TEST(ChangeJson, refuses_numbers_past_their_bound_as_they_were_written) {
    for (const auto* number :
         {"9007199254740993", "18446744073709551615", "18446744073709551616"}) {
        const auto json = json_of(Kind::KEY_COMPROMISED);
        const auto refusal = fmt::format("{} is not a whole number from 0 to 17179869184", number);
        EXPECT_EQ(refusal_of(replaced(json, R"("since":311)", fmt::format("\"since\":{}", number)))
                      .message,
                  "fields: since: " + refusal);
        EXPECT_EQ(
            refusal_of(replaced(json, R"("answers":7)", fmt::format("\"answers\":{}", number)))
                .message,
            "answers: " + refusal);
        EXPECT_EQ(
            refusal_of(replaced(json, R"("size":10)", fmt::format("\"size\":{}", number))).message,
            "seen: size: " + refusal);
    }
}

TEST(ChangeJson, refuses_hexadecimal_with_capitals_strays_or_a_byte_missing) {
    const auto json = json_of(Kind::KEY_REVOKED);
    const auto key = "\"key\":\"" + to_hex(Bytes(32, 0x4b)) + "\"";
    EXPECT_TRUE(change_from_json(json).ok());
    for (const auto& bad :
         {"4B" + to_hex(Bytes(31, 0x4b)), to_hex(Bytes(31, 0x4b)) + "zz", to_hex(Bytes(31, 0x4b)),
          to_hex(Bytes(32, 0x4b)) + "4", "0x" + to_hex(Bytes(31, 0x4b))}) {
        const auto refusal = refusal_of(replaced(json, key, fmt::format("\"key\":\"{}\"", bad)));
        EXPECT_THAT(refusal.message, HasSubstr("fields: key: ")) << bad;
    }
}

TEST(ChangeJson, refuses_an_unknown_key_wherever_it_stands) {
    const auto json = json_of(Kind::LEDGER_OPENED);
    EXPECT_EQ(refusal_of(replaced(json, R"("asRole")", R"("asrole")")).message,
              R"(there is no key "asrole" here)");
    const auto founder = refusal_of(replaced(json, R"("person":"pro)", R"("persn":"pro)"));
    EXPECT_EQ(founder.message, R"(fields: founders: element 1: there is no key "persn" here)");
    EXPECT_EQ(founder.advice, "did you mean person?");
}

TEST(ChangeJson, refuses_a_required_field_that_is_missing) {
    const auto json = json_of(Kind::RATING_PROPOSED);
    EXPECT_EQ(refusal_of(replaced(json, R"("scale":1,)", "")).message,
              "fields: scale: it is missing");
    EXPECT_EQ(refusal_of(replaced(json, R"("scale":1)", R"("scale":null)")).message,
              "fields: scale: it may not be null");
    EXPECT_EQ(refusal_of(replaced(json, R"("subjectVersion":3,)", "")).message,
              "subjectVersion: it is missing");
    EXPECT_EQ(refusal_of("{}").message, "kind: it is missing");
}

TEST(ChangeJson, refuses_what_a_change_of_that_form_may_not_say) {
    const auto json = json_of(Kind::PROGRESS_RECORDED);
    EXPECT_THAT(refusal_of(replaced(json, R"("plan":"TH")", R"("plan":"HA")")).message,
                HasSubstr("the plan is \"HA\""));
    EXPECT_EQ(refusal_of(replaced(json, R"("format":1)", R"("format":2)")).fault,
              Fault::unavailable);
}

TEST(ChangeJson, refuses_words_that_stand_twice) {
    const auto json = json_of(Kind::PROGRESS_RECORDED);
    EXPECT_THAT(refusal_of(replaced(json, "nextSteps", "text")).message,
                HasSubstr("ascending order"));
}

TEST(ChangeJson, takes_a_set_in_any_order_but_each_element_once) {
    const auto json = json_of(Kind::PLAN_DRAFTED);
    const std::string_view partners = R"(["council","nhs","forum"])";
    EXPECT_EQ(must(change_from_json(replaced(json, partners, R"(["forum","nhs","council"])"))),
              sample_change(Kind::PLAN_DRAFTED));
    EXPECT_EQ(refusal_of(replaced(json, partners, R"(["nhs","nhs"])")).message,
              "fields: partners: an element stands there twice");
}

TEST(ChangeJson, refuses_more_elements_than_a_list_takes) {
    std::string measures = R"("measures":["TH-M1")";
    for (int i = 2; i <= 33; ++i) {
        measures += fmt::format(",\"TH-M{}\"", i);
    }
    EXPECT_EQ(refusal_of(replaced(json_of(Kind::ACTION_ADDED), R"("measures":["TH-M1")", measures))
                  .message,
              "fields: measures: there are 33 elements; at most 32 are taken");
}

TEST(ChangeJson, does_not_take_the_name_unset_for_a_choice) {
    EXPECT_EQ(refusal_of(replaced(json_of(Kind::PERSON_ENROLLED), R"("organisation":"council")",
                                  R"("organisation":"unset")"))
                  .message,
              "fields: organisation: \"unset\" is none of the choices");
}

TEST(FieldsJson, is_one_object) {
    EXPECT_EQ(fields_to_json(read_sample(Kind::PROGRESS_RECORDED)),
              R"({"period":"2022-03","percent":60})");
    EXPECT_EQ(fields_to_json(read_sample(Kind::ACTION_STARTED)), "{}");
}

TEST(FieldsText, shows_dates_and_choices_as_people_write_them) {
    EXPECT_THAT(fields_to_text(read_sample(Kind::PLAN_DRAFTED)),
                ElementsAre(Pair("kind", "wsoa"), Pair("inspectedFrom", "2021-06-28"),
                            Pair("inspectedTo", "2021-07-02"), Pair("reportDate", "2021-09-24"),
                            Pair("due", "2022-01-05"), Pair("partners", "council, nhs, forum"),
                            Pair("predecessor", "TH")));
}

TEST(FieldsText, shows_bytes_whole) {
    EXPECT_THAT(fields_to_text(read_sample(Kind::KEY_REVOKED)),
                ElementsAre(Pair("key", to_hex(Bytes(32, 0x4b)))));
}

TEST(FieldsText, tells_the_records_of_a_list_apart) {
    const auto fields = fields_to_text(read_sample(Kind::LEDGER_OPENED));
    const auto founder = [](std::string_view person, std::uint8_t byte) {
        return fmt::format("person {}, key {}, proof {}", person, to_hex(Bytes(32, byte)),
                           to_hex(Bytes(64, static_cast<std::uint8_t>(byte + 1))));
    };
    ASSERT_EQ(fields.size(), 7u);
    EXPECT_EQ(fields[4].second,
              founder("programme-manager", 0xf0) + "; " + founder("director-of-education", 0xf2));
    EXPECT_EQ(fields[5], std::pair(std::string("rehearsal"), std::string("false")));
}

TEST(JsonQuoted, escapes_what_would_move_a_cursor_or_end_a_line) {
    EXPECT_EQ(json_quoted("a\"b\\c\n\x1b\x7f"), R"("a\"b\\c\u000a\u001b\u007f")");
    EXPECT_EQ(json_quoted("\xc2\x85\xe2\x80\xa8\xe2\x80\xa9"), R"("\u0085\u2028\u2029")");
    EXPECT_EQ(json_quoted(std::string_view("\0", 1)), R"("\u0000")");
}

TEST(JsonQuoted, keeps_other_characters_as_they_are) {
    EXPECT_EQ(json_quoted("caf\xc3\xa9 / \xe2\x80\xa7 \xf0\x9f\x98\x80 \xc2\xa0"),
              "\"caf\xc3\xa9 / \xe2\x80\xa7 \xf0\x9f\x98\x80 \xc2\xa0\"");
    EXPECT_EQ(json_quoted(""), "\"\"");
}

}  // namespace
}  // namespace wsoa
