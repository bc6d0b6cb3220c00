#include "ledger/base/names.h"

#include "ledger/base/limits.h"
#include "tests/support/mutants.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace wsoa {
namespace {

using std::string_view_literals::operator""sv;

template <typename Name>
bool is(std::string_view text) {
    const auto name = Name::parse(text);
    // Whatever is taken is kept as it was given; whatever is not is the caller's to correct.
    EXPECT_TRUE(name.ok() ? name.value().str() == text : name.error().fault == Fault::invalid);
    return name.ok();
}

template <typename Name>
void survive_mutants(std::uint64_t seed, std::vector<std::string> valid) {
    Mutants mutator(std::move(valid), seed);
    std::size_t taken = 0;
    for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
        taken += is<Name>(mutator.next()) ? 1U : 0U;
    }
    EXPECT_GT(taken, 0U);
    EXPECT_LT(taken, mutants_of_a_parser);
}

TEST(PlanRef, takes_a_capital_letter_and_up_to_eleven_more_or_digits) {
    EXPECT_TRUE(is<PlanRef>("T"));
    EXPECT_TRUE(is<PlanRef>("TH"));
    EXPECT_TRUE(is<PlanRef>("A1234567890Z"));
}

TEST(PlanRef, refuses_everything_else) {
    for (const auto text : {""sv, "1TH"sv, "th"sv, "Th"sv, "T H"sv, "TH-"sv, "TH-1"sv, "T.H"sv,
                            "@TH"sv, "ABCDEFGHIJKLM"sv, "T\0H"sv, "TH\n"sv, "T\xc3\x89"sv}) {
        EXPECT_FALSE(is<PlanRef>(text)) << text;
    }
}

TEST(PersonId, takes_lower_case_words_joined_by_single_hyphens) {
    for (const auto text : {"a"sv, "head-of-send"sv, "lead-2"sv, "dpo"sv, "l3ad"sv}) {
        EXPECT_TRUE(is<PersonId>(text)) << text;
    }
    EXPECT_TRUE(is<PersonId>(std::string(48, 'a')));
}

TEST(PersonId, refuses_everything_else) {
    for (const auto text :
         {""sv, "-a"sv, "a-"sv, "a--b"sv, "2nd-lead"sv, "Head"sv, "head of send"sv,
          "head_of_send"sv, "a.b"sv, "@a"sv, "a\0"sv, "\xc3\xa9ve"sv, "-"sv}) {
        EXPECT_FALSE(is<PersonId>(text)) << text;
    }
    EXPECT_FALSE(is<PersonId>(std::string(49, 'a')));
}

TEST(PersonId, looks_like_a_name_without_a_word_for_a_post) {
    for (const auto* text : {"jane-smith", "jane", "j-smith-2", "leadbetter", "mary-chairwood"}) {
        EXPECT_TRUE(PersonId::parse(text).value().looks_like_a_name()) << text;
    }
    for (const auto* text :
         {"head-of-send", "case-work-lead", "lead-2", "dpo", "sro", "programme-office", "chair"}) {
        EXPECT_FALSE(PersonId::parse(text).value().looks_like_a_name()) << text;
    }
}

TEST(SubjectRef, takes_plans_parts_people_and_the_ledger) {
    for (const auto text : {"TH"sv, "TH-1.2"sv, "TH-M4"sv, "TH-E03v2"sv, "TH-G-2022-03-10"sv,
                            "@head-of-send"sv, "ledger"sv, "TH-1.2.3"sv, "T-a"sv}) {
        EXPECT_TRUE(is<SubjectRef>(text)) << text;
    }
}

TEST(SubjectRef, refuses_everything_else) {
    for (const auto text : {""sv,
                            "-"sv,
                            "@"sv,
                            "TH-"sv,
                            "-1.2"sv,
                            "TH--1"sv,
                            "TH-1-"sv,
                            "TH-.1"sv,
                            "TH-1."sv,
                            "TH-1_2"sv,
                            "TH 1"sv,
                            "th-1.2"sv,
                            "Ledger"sv,
                            "ledger-1"sv,
                            "@Head"sv,
                            "@TH-1"sv,
                            "@@a"sv,
                            "TH/1"sv,
                            "TH-1\n"sv,
                            "TH-\0"sv,
                            "TH-1.\xc3\xa9"sv,
                            "ABCDEFGHIJKLM-1"sv}) {
        EXPECT_FALSE(is<SubjectRef>(text)) << text;
    }
}

TEST(SubjectRef, has_at_most_64_bytes) {
    EXPECT_TRUE(is<SubjectRef>("TH-" + std::string(61, '1')));
    EXPECT_FALSE(is<SubjectRef>("TH-" + std::string(62, '1')));
}

TEST(SubjectRef, names_the_plan_that_it_is_part_of) {
    EXPECT_EQ(SubjectRef::parse("TH-1.2").value().plan(), PlanRef::parse("TH").value());
    EXPECT_EQ(SubjectRef::parse("TH").value().plan(), PlanRef::parse("TH").value());
    EXPECT_EQ(SubjectRef::parse("TH-G-2022-03-10").value().plan(), PlanRef::parse("TH").value());
    EXPECT_EQ(SubjectRef::ledger().plan(), std::nullopt);
    EXPECT_EQ(SubjectRef::parse("@lead").value().plan(), std::nullopt);
}

TEST(SubjectRef, names_the_person_that_it_is) {
    const auto person = PersonId::parse("lead-2").value();
    EXPECT_EQ(SubjectRef::of(person).str(), "@lead-2");
    EXPECT_EQ(SubjectRef::of(person).person(), person);
    EXPECT_EQ(SubjectRef::parse("@lead-2").value(), SubjectRef::of(person));
    EXPECT_EQ(SubjectRef::parse("TH-1").value().person(), std::nullopt);
    EXPECT_EQ(SubjectRef::ledger().person(), std::nullopt);
}

TEST(SubjectRef, knows_the_ledger_itself) {
    EXPECT_TRUE(SubjectRef::parse("ledger").value().is_ledger());
    EXPECT_TRUE(SubjectRef::ledger().is_ledger());
    EXPECT_FALSE(SubjectRef::of(PlanRef::parse("TH").value()).is_ledger());
}

TEST(Origin, takes_a_url_without_its_scheme) {
    for (const auto text : {"ledger.example.gov.uk/send"sv, "example.org"sv, "a/rehearsal"sv}) {
        EXPECT_TRUE(is<Origin>(text)) << text;
    }
    EXPECT_TRUE(is<Origin>(std::string(limits::origin_bytes_max, 'a')));
}

TEST(Origin, refuses_schemes_spaces_plus_and_everything_not_visible) {
    for (const auto text : {""sv, "https://example.org"sv, "a b"sv, "a+b"sv, "a\n"sv, "a\x7f"sv,
                            "a\0b"sv, " a"sv, "caf\xc3\xa9.org"sv, "\xff"sv}) {
        EXPECT_FALSE(is<Origin>(text)) << text;
    }
    EXPECT_FALSE(is<Origin>(std::string(limits::origin_bytes_max + 1, 'a')));
}

TEST(Origin, of_a_rehearsal_ends_so) {
    EXPECT_TRUE(Origin::parse("example.org/send/rehearsal").value().is_rehearsal());
    EXPECT_FALSE(Origin::parse("example.org/send").value().is_rehearsal());
    EXPECT_FALSE(Origin::parse("example.org/send/rehearsals").value().is_rehearsal());
    EXPECT_FALSE(Origin::parse("example.org/rehearsal/send").value().is_rehearsal());
    EXPECT_FALSE(Origin::parse("rehearsal").value().is_rehearsal());
}

TEST(KeyId, has_32_bytes_and_shows_them_in_hex) {
    EXPECT_EQ(KeyId::of(Bytes(32, 0xab)).value().hex().substr(0, 4), "abab");
    EXPECT_FALSE(KeyId::of(Bytes(31)).ok());
    EXPECT_FALSE(KeyId::of(Bytes(33)).ok());
}

TEST(ChangeId, is_written_as_a_uuid_in_lower_case) {
    const std::string text = "0190163d-8694-739b-aea5-966c26f8ad91";
    EXPECT_TRUE(is<ChangeId>(text));
    EXPECT_EQ(to_hex(ChangeId::parse(text).value().view()), "0190163d8694739baea5966c26f8ad91");
}

TEST(ChangeId, refuses_other_spellings) {
    for (const auto* text :
         {"", "0190163D-8694-739B-AEA5-966C26F8AD91", "0190163d8694739baea5966c26f8ad91",
          "{0190163d-8694-739b-aea5-966c26f8ad91}", "0190163d-8694-739b-aea5-966c26f8ad9",
          "0190163d-8694-739b-aea5-966c26f8ad911", "0190163d-8694-739b-aea5_966c26f8ad91",
          "0190163d-8694-739b-aea5-966c26f8adgg", "0190163-d8694-739b-aea5-966c26f8ad91",
          "urn:uuid:0190163d-8694-739b-aea5-966c26f8ad91",
          "0190163d-8694-739b-aea5--66c26f8ad91"}) {
        EXPECT_FALSE(is<ChangeId>(text)) << text;
    }
}

TEST(ChangeId, refuses_every_version_but_7_and_every_variant_but_10) {
    Bytes bytes = from_hex("0190163d8694739baea5966c26f8ad91").value();
    for (unsigned high = 0; high < 16; ++high) {
        bytes[6] = static_cast<std::uint8_t>(high << 4 | 3);
        EXPECT_EQ(ChangeId::of(bytes).ok(), high == 7) << high;
    }
    bytes[6] = 0x73;
    for (unsigned high = 0; high < 16; ++high) {
        bytes[8] = static_cast<std::uint8_t>(high << 4 | 14);
        EXPECT_EQ(ChangeId::of(bytes).ok(), high >= 8 && high < 12) << high;
    }
}

TEST(ChangeId, has_16_bytes) {
    EXPECT_FALSE(ChangeId::of(Bytes(15, 0x7f)).ok());
    EXPECT_FALSE(ChangeId::of(Bytes(17, 0x7f)).ok());
    EXPECT_FALSE(ChangeId::of(ByteView{}).ok());
}

TEST(RatingCode, is_one_to_three_capital_letters) {
    for (const auto* text : {"G", "NM", "XYZ"}) {
        EXPECT_TRUE(check_rating_code(text).ok()) << text;
    }
    for (const auto* text : {"", "g", "GREE", "G1", "G ", "-"}) {
        EXPECT_EQ(check_rating_code(text).error().fault, Fault::invalid) << text;
    }
}

TEST(Names, are_refused_with_a_message_that_no_terminal_obeys) {
    const auto hostile = "\x1b]0;title\a\xff\xe2\x80\xae"sv;
    for (const auto& message :
         {PlanRef::parse(hostile).error().message, PersonId::parse(hostile).error().message,
          SubjectRef::parse(hostile).error().message, Origin::parse(hostile).error().message,
          check_rating_code(hostile).error().message}) {
        EXPECT_NE(message.find("\"?]0;title???\""), std::string::npos) << message;
    }
}

TEST(Names, are_refused_with_what_to_write_instead) {
    EXPECT_NE(PlanRef::parse("th").error().advice.find("such as TH"), std::string::npos);
    EXPECT_NE(PersonId::parse("X").error().advice.find("head-of-send"), std::string::npos);
    EXPECT_NE(SubjectRef::parse("x").error().advice.find("TH-1.2"), std::string::npos);
    EXPECT_NE(Origin::parse("").error().advice.find("ledger.example.gov.uk"), std::string::npos);
}

TEST(Names, survive_a_hundred_thousand_mutants_each) {
    survive_mutants<PlanRef>(11, {"TH", "A1234567890Z"});
    survive_mutants<PersonId>(12, {"head-of-send", "lead-2", std::string(48, 'a')});
    survive_mutants<SubjectRef>(13, {"TH-1.2", "TH-G-2022-03-10", "@head-of-send", "ledger"});
    survive_mutants<Origin>(14, {"ledger.example.gov.uk/send", "a/rehearsal"});
    survive_mutants<ChangeId>(15, {"0190163d-8694-739b-aea5-966c26f8ad91"});
}

}  // namespace
}  // namespace wsoa
