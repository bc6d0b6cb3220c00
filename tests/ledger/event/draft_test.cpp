#include "ledger/event/change.h"

#include "ledger/base/limits.h"
#include "tests/support/changes.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using namespace test;

// What setting the field says when it should be refused.
Error refusal_of(Kind kind, std::string_view field, std::string_view typed) {
    Draft draft(kind);
    auto set = draft.set(field, typed);
    EXPECT_FALSE(set.ok()) << field << " = " << typed;
    return set.ok() ? Error{} : std::move(set).error();
}

// The change that a draft of the sample's values makes after the field was set otherwise.
Change drafted(Kind kind, const std::vector<std::pair<std::string, std::string>>& values) {
    Draft draft(kind);
    for (const auto& [field, typed] : values) {
        must(draft.set(field, typed));
    }
    return must(Change::read(must(draft.finish(sample_envelope(kind)))));
}

TEST(Draft, sets_dates_months_and_whole_numbers) {
    const auto change =
        drafted(Kind::PROGRESS_RECORDED, {{"period", "2022-03"}, {"percent", "60"}});
    const auto progress = change.reader().getProgressRecorded();
    EXPECT_EQ(progress.getPeriod().getMonths(), 2022 * 12 + 2);
    EXPECT_EQ(progress.getPercent().getValue(), 60u);
}

TEST(Draft, leaves_optional_fields_out) {
    const auto change = drafted(Kind::PROGRESS_RECORDED, {});
    EXPECT_FALSE(change.reader().getProgressRecorded().hasPeriod());
    EXPECT_FALSE(change.reader().getProgressRecorded().hasPercent());
}

TEST(Draft, tells_zero_from_absent) {
    const auto change = drafted(Kind::PROGRESS_RECORDED, {{"percent", "0"}});
    EXPECT_TRUE(change.reader().getProgressRecorded().hasPercent());
    EXPECT_EQ(change.reader().getProgressRecorded().getPercent().getValue(), 0u);
}

TEST(Draft, sets_choices_by_name_and_numbers_and_texts) {
    const auto change = drafted(Kind::RATING_PROPOSED,
                                {{"axis", "impact"}, {"scale", "2"}, {"from", "G"}, {"to", "NM"}});
    const auto rating = change.reader().getRatingProposed();
    EXPECT_EQ(rating.getAxis(), schema::Axis::IMPACT);
    EXPECT_EQ(rating.getScale(), 2);
    EXPECT_EQ(rating.getTo(), "NM");
}

TEST(Draft, sets_dates_before_1970) {
    const auto change =
        drafted(Kind::PLAN_DRAFTED, {{"kind", "wsoa"}, {"partners", "nhs"}, {"due", "1969-12-31"}});
    EXPECT_EQ(change.reader().getPlanDrafted().getDue().getDays(), -1);
}

TEST(Draft, sorts_sets_so_that_they_may_be_typed_in_any_order) {
    const auto change =
        drafted(Kind::PLAN_DRAFTED, {{"kind", "wsoa"}, {"partners", "forum,council,nhs"}});
    const auto partners = change.reader().getPlanDrafted().getPartners();
    ASSERT_EQ(partners.size(), 3u);
    EXPECT_EQ(partners[0], schema::Organisation::COUNCIL);
    EXPECT_EQ(partners[1], schema::Organisation::NHS);
    EXPECT_EQ(partners[2], schema::Organisation::FORUM);
}

TEST(Draft, takes_nothing_at_all_as_the_empty_list) {
    const auto change = drafted(Kind::PLAN_DRAFTED, {{"kind", "wsoa"}, {"partners", ""}});
    EXPECT_TRUE(change.reader().getPlanDrafted().hasPartners());
    EXPECT_EQ(change.reader().getPlanDrafted().getPartners().size(), 0u);
}

TEST(Draft, refuses_an_element_that_stands_twice) {
    EXPECT_EQ(refusal_of(Kind::PLAN_DRAFTED, "partners", "nhs,council,nhs").fault, Fault::invalid);
    EXPECT_EQ(refusal_of(Kind::ACTION_ADDED, "measures", "TH-M1,TH-M1").fault, Fault::invalid);
}

TEST(Draft, refuses_empty_elements) {
    for (const auto* typed : {",", "TH-M1,", ",TH-M1", "TH-M1,,TH-M2"}) {
        EXPECT_EQ(refusal_of(Kind::ACTION_ADDED, "measures", typed).fault, Fault::invalid);
    }
}

TEST(Draft, refuses_lists_past_their_bound) {
    std::string typed = "TH-M1";
    for (int i = 2; i <= 33; ++i) {
        typed += ",TH-M" + std::to_string(i);
    }
    const auto refusal = refusal_of(Kind::ACTION_ADDED, "measures", typed);
    EXPECT_NE(refusal.message.find("at most 32"), std::string::npos) << refusal.message;
}

TEST(Draft, refuses_what_is_not_of_the_type) {
    const auto is_invalid = [](Kind kind, std::string_view field, std::string_view typed) {
        const auto refusal = refusal_of(kind, field, typed);
        EXPECT_EQ(refusal.fault, Fault::invalid);
        EXPECT_TRUE(refusal.message.starts_with(std::string(field) + ": ")) << refusal.message;
    };
    is_invalid(Kind::PROGRESS_RECORDED, "percent", "101");
    is_invalid(Kind::PROGRESS_RECORDED, "percent", "060");
    is_invalid(Kind::PROGRESS_RECORDED, "percent", "-1");
    is_invalid(Kind::PROGRESS_RECORDED, "percent", "6 ");
    is_invalid(Kind::PROGRESS_RECORDED, "percent", "");
    is_invalid(Kind::PROGRESS_RECORDED, "percent", "18446744073709551616");
    is_invalid(Kind::PROGRESS_RECORDED, "period", "2022-13");
    is_invalid(Kind::ACTION_ADDED, "start", "2022-02-30");
    is_invalid(Kind::ACTION_ADDED, "owner", "Head of SEND");
    is_invalid(Kind::ACTION_ADDED, "parent", "th-1");
    is_invalid(Kind::ACTION_ADDED, "evidenceRequired", "65536");
    is_invalid(Kind::ACTION_ADDED, "organisation", "unset");
    is_invalid(Kind::RATING_PROPOSED, "scale", "65536");
    is_invalid(Kind::RATING_PROPOSED, "to", "green");
    is_invalid(Kind::KEY_REVOKED, "key", std::string(62, '0'));
    is_invalid(Kind::KEY_REVOKED, "key", std::string(64, 'A'));
    is_invalid(Kind::KEY_COMPROMISED, "since", "17179869185");
    is_invalid(Kind::LEDGER_OPENED, "rehearsal", "yes");
    is_invalid(Kind::LEDGER_OPENED, "origin", "https://ledger.example");
    is_invalid(Kind::LEDGER_OPENED, "zone", "Europe//London");
    is_invalid(Kind::LEDGER_OPENED, "zone", "../etc/passwd");
    is_invalid(Kind::LEDGER_OPENED, "zone", "");
}

TEST(Draft, takes_the_names_that_the_tz_database_has) {
    for (const auto* zone : {"Europe/London", "UTC", "Etc/GMT+1", "America/Port-au-Prince",
                             "America/Argentina/Buenos_Aires"}) {
        Draft draft(Kind::LEDGER_OPENED);
        EXPECT_TRUE(draft.set("zone", zone).ok()) << zone;
    }
}

TEST(Draft, names_the_choice_that_was_probably_meant) {
    EXPECT_EQ(refusal_of(Kind::RATING_PROPOSED, "axis", "delivry").advice,
              "did you mean delivery?");
    EXPECT_EQ(refusal_of(Kind::RATING_PROPOSED, "axis", "progress").advice,
              "use one of delivery, impact");
}

TEST(Draft, names_the_field_that_was_probably_meant) {
    const auto refusal = refusal_of(Kind::PROGRESS_RECORDED, "percnt", "60");
    EXPECT_EQ(refusal.fault, Fault::invalid);
    EXPECT_NE(refusal.message.find("percnt"), std::string::npos);
    EXPECT_EQ(refusal.advice, "did you mean percent?");
    EXPECT_EQ(refusal_of(Kind::PROGRESS_RECORDED, "rating", "G").advice,
              "its fields are period, percent");
    EXPECT_EQ(refusal_of(Kind::ACTION_STARTED, "rating", "G").fault, Fault::invalid);
}

TEST(Draft, does_not_set_what_has_parts_of_its_own) {
    EXPECT_EQ(refusal_of(Kind::LEDGER_OPENED, "founders", "head-of-send").fault, Fault::invalid);
    EXPECT_EQ(refusal_of(Kind::LEDGER_OPENED, "predecessor", "TH").fault, Fault::invalid);
}

TEST(Draft, sets_each_field_once) {
    Draft draft(Kind::PROGRESS_RECORDED);
    must(draft.set("percent", "60"));
    const auto again = draft.set("percent", "60");
    EXPECT_EQ(again.error().fault, Fault::invalid);
}

TEST(Draft, can_set_a_field_again_that_was_refused) {
    Draft draft(Kind::PROGRESS_RECORDED);
    EXPECT_FALSE(draft.set("percent", "600").ok());
    EXPECT_TRUE(draft.set("percent", "60").ok());
}

TEST(Draft, takes_a_record_as_its_values) {
    Draft draft(Kind::EVIDENCE_REGISTERED);
    for (const auto* wrong : {"", "7", "7=00", "7=8=9", "seven=00"}) {
        EXPECT_EQ(draft.set("document", wrong).error().fault, Fault::invalid) << wrong;
    }
    EXPECT_TRUE(draft.set("document", "7=" + std::string(64, 'a')).ok());
    auto document = draft.builder().getEvidenceRegistered().getDocument();
    EXPECT_EQ(document.getNumber(), 7U);
    EXPECT_EQ(document.getCommitment().size(), 32U);
}

TEST(Draft, is_not_finished_while_a_required_field_is_missing) {
    for (const auto& info : all_kinds()) {
        for (const auto& left_out : info.fields) {
            Draft draft(info.kind);
            for (const auto& field : info.fields) {
                const bool is_typed = field.type != FieldType::record || field.is_list;
                if (field.name != left_out.name && is_typed && field.name != "founders") {
                    must(draft.set(
                        field.name,
                        field.example.empty()
                            ? std::string(field.type == FieldType::signature ? 128 : 64, 'a')
                            : field.example));
                }
            }
            const bool needed = left_out.is_required && left_out.type != FieldType::flag;
            const bool has_founders = info.kind == Kind::LEDGER_OPENED;
            EXPECT_EQ(draft.finish(sample_envelope(info.kind)).ok(), !needed && !has_founders)
                << info.name << " without " << left_out.name;
        }
    }
}

TEST(Draft, names_the_missing_field) {
    Draft draft(Kind::AREA_ADDED);
    const auto refusal = draft.finish(sample_envelope(Kind::AREA_ADDED));
    EXPECT_EQ(refusal.error().message, "areaAdded: lead: it is missing");
}

TEST(Draft, refuses_an_envelope_that_a_reader_would_refuse) {
    auto envelope = sample_envelope(Kind::ACTION_STARTED);
    envelope.as_role = schema::Role::UNSET;
    EXPECT_EQ(Draft(Kind::ACTION_STARTED).finish(envelope).error().fault, Fault::invalid);
}

TEST(Draft, takes_what_is_set_through_the_builder) {
    Draft draft(Kind::AREA_ADDED);
    draft.builder().getAreaAdded().setLead("director-of-education");
    const auto change = must(Change::read(must(draft.finish(sample_envelope(Kind::AREA_ADDED)))));
    EXPECT_EQ(change.reader().getAreaAdded().getLead(), "director-of-education");
}

TEST(Draft, refuses_what_was_set_wrongly_through_the_builder) {
    Draft draft(Kind::AREA_ADDED);
    draft.builder().getAreaAdded().setLead("Director of Education");
    EXPECT_EQ(draft.finish(sample_envelope(Kind::AREA_ADDED)).error().fault, Fault::invalid);
}

TEST(Draft, refuses_to_become_another_kind) {
    Draft draft(Kind::AREA_ADDED);
    draft.builder().initActionStarted();
    EXPECT_EQ(draft.set("lead", "head-of-send").error().fault, Fault::invalid);
    EXPECT_EQ(draft.finish(sample_envelope(Kind::AREA_ADDED)).error().fault, Fault::invalid);
}

TEST(Draft, can_be_finished_again_under_another_envelope) {
    auto draft = sample_draft(Kind::PROGRESS_RECORDED);
    auto envelope = sample_envelope();
    const auto first = must(draft.finish(envelope));
    envelope.on_behalf_of.reset();
    envelope.answers.reset();
    envelope.words.clear();
    envelope.seen.size = TreeSize{11};
    EXPECT_EQ(must(Change::read(must(draft.finish(envelope)))).envelope(), envelope);
    EXPECT_EQ(must(draft.finish(sample_envelope())), first);
}

TEST(Draft, can_be_moved_while_it_is_filled_in) {
    Draft draft(Kind::PROGRESS_RECORDED);
    must(draft.set("percent", "60"));
    Draft moved = std::move(draft);
    EXPECT_EQ(moved.kind(), Kind::PROGRESS_RECORDED);
    must(moved.set("period", "2022-03"));
    EXPECT_EQ(must(moved.finish(sample_envelope())), sample_change(Kind::PROGRESS_RECORDED));
}

}  // namespace
}  // namespace wsoa
