// Values that have parts, as people type them and as bytes may spell them: records in lists, dates
// in sets, decimals, and choices that may be left out.

#include "ledger/event/typed_records.h"

#include "ledger/base/decimal.h"
#include "ledger/event/json.h"
#include "tests/support/changes.h"
#include "tests/support/forge.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using namespace test;

Change finished(Draft draft, Kind kind) {
    return must(Change::read(must(draft.finish(sample_envelope(kind)))));
}

void expect_invalid(const Bytes& bytes, std::string_view part) {
    const auto change = Change::read(bytes);
    ASSERT_FALSE(change.ok());
    EXPECT_EQ(change.error().fault, Fault::invalid);
    EXPECT_NE(change.error().message.find(part), std::string::npos) << change.error().message;
}

void expect_refused(Draft& draft, std::string_view field, std::string_view typed,
                    std::string_view part) {
    const auto set = draft.set(field, typed);
    ASSERT_FALSE(set.ok()) << typed;
    EXPECT_NE((set.error().message + set.error().advice).find(part), std::string::npos)
        << set.error().message << "; " << set.error().advice;
}

TEST(TypedRecords, are_their_values_with_equals_signs_between) {
    Draft draft(Kind::PUBLICATION_CORRECTED);
    must(draft.set("asAt", "2023-03-09"));
    must(draft.set("approvedBy", "director-of-education"));
    must(draft.set("changes", "TH-2.2=B=R"));
    must(draft.set("shown", "TH-2.2=R,TH-1.1=B"));
    const auto change = finished(std::move(draft), Kind::PUBLICATION_CORRECTED);
    const auto fields = change.reader().getPublicationCorrected();
    EXPECT_STREQ(fields.getChanges()[0].getFrom().cStr(), "B");
    ASSERT_EQ(fields.getShown().size(), 2u);
    EXPECT_STREQ(fields.getShown()[1].getSubject().cStr(), "TH-1.1");
}

TEST(TypedRecords, may_be_none_at_all) {
    Draft draft(Kind::PUBLISHED);
    must(draft.set("asAt", "2023-03-09"));
    must(draft.set("channel", "localOffer"));
    must(draft.set("shown", ""));
    EXPECT_EQ(finished(std::move(draft), Kind::PUBLISHED).reader().getPublished().getShown().size(),
              0u);
}

TEST(TypedRecords, are_refused_with_what_they_should_be) {
    Draft draft(Kind::TRAJECTORY_SET);
    expect_refused(draft, "points", "2022-06-30", "date, value");
    expect_refused(draft, "points", "2022-06-30=1=2", "date, value");
    expect_refused(draft, "points", "2022-06-30=40,2022-07-31", "element 2");
    expect_refused(draft, "points", "2022-06-30=forty", "is not a number");
    expect_refused(draft, "points", "30 June=40", "2022-03-31");
    expect_refused(draft, "points", ",", "element 1");
}

TEST(Decimals, keep_the_places_that_were_typed) {
    Draft draft(Kind::TARGET_SET);
    must(draft.set("definition", "1"));
    must(draft.set("value", "59.50"));
    must(draft.set("date", "2023-12-31"));
    const auto change = finished(std::move(draft), Kind::TARGET_SET);
    EXPECT_EQ(change.reader().getTargetSet().getValue().getMantissa(), 5950);
    EXPECT_EQ(change.reader().getTargetSet().getValue().getScale(), 2u);
    EXPECT_NE(change_to_json(change).find("\"value\":59.50"), std::string::npos);
}

TEST(Decimals, past_their_bounds_are_refused_in_bytes_too) {
    expect_invalid(
        forged(Kind::TARGET_SET, [](auto change) { change.getTargetSet().getValue().setScale(7); }),
        "decimal places");
    expect_invalid(
        forged(Kind::TARGET_SET,
               [](auto change) {
                   change.getTargetSet().getValue().setMantissa(Decimal::mantissa_max + 1);
               }),
        "15 digits");
}

TEST(Dates, of_a_set_may_be_typed_in_any_order) {
    Draft draft(Kind::HOLIDAYS_SET);
    must(draft.set("year", "2024"));
    must(draft.set("days", "2024-03-29,2024-01-01"));
    const auto change = finished(std::move(draft), Kind::HOLIDAYS_SET);
    const auto days = change.reader().getHolidaysSet().getDays();
    EXPECT_LT(days[0].getDays(), days[1].getDays());
}

TEST(Dates, of_a_set_stand_once_and_in_order) {
    Draft draft(Kind::HOLIDAYS_SET);
    expect_refused(draft, "days", "2024-01-01,2024-01-01", "twice");
    expect_invalid(forged(Kind::HOLIDAYS_SET,
                          [](auto change) {
                              auto days = change.getHolidaysSet().getDays();
                              days[0].setDays(days[1].getDays());
                          }),
                   "ascending order");
}

TEST(Choices, that_may_be_left_out_are_left_out_of_text_and_json) {
    Draft draft(Kind::BODY_NAMED);
    must(draft.set("body", "leadsGroup"));
    const auto change = finished(std::move(draft), Kind::BODY_NAMED);
    EXPECT_EQ(change.reader().getBodyNamed().getReportsTo(), schema::Body::UNSET);
    EXPECT_EQ(change_to_json(change).find("reportsTo"), std::string::npos);
}

TEST(Choices, that_must_be_made_are_refused_where_they_are_not) {
    expect_invalid(forged(Kind::BODY_NAMED,
                          [](auto change) { change.getBodyNamed().setBody(schema::Body::UNSET); }),
                   "none is chosen");
    Draft draft(Kind::BODY_NAMED);
    expect_refused(draft, "reportsTo", "unset", "none of the choices");
}

TEST(VersionLabels, are_short_and_plain) {
    Draft draft(Kind::PLAN_SUBMITTED);
    for (const auto* typed : {"", "v 1", "-v1", "version-number-1", "v1_0", "é"}) {
        EXPECT_FALSE(draft.set("version", typed).ok()) << typed;
    }
    EXPECT_TRUE(draft.set("version", "v1.0-b").ok());
}

}  // namespace
}  // namespace wsoa
