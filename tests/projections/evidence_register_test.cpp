#include "projections/evidence_register.h"

#include "tests/support/plan_days.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using Stage = schema::EvidenceStage;
using test::day_of;
using test::must;
using test::PlanDays;
using test::ref_of;
using testing::ElementsAre;

const std::vector<std::pair<std::string, std::string>> for_the_action{{"target", "TH-1.1"}};

// TH-E07, of a child's record: linked and submitted in October 2022, accepted on the 13th, with a
// second version of July 2023.
struct Register {
    PlanDays days;
    EventIndex submission;

    Register() {
        days.tell({.kind = Kind::EVIDENCE_REGISTERED,
                   .subject = "TH-E07",
                   .fields = {{"type", "log"}, {"version", "1"}, {"personalData", "child"}},
                   .effective = "2022-10-11"});
        about("TH-E07", Kind::EVIDENCE_LINKED, "2022-10-11");
        submission = about("TH-E07", Kind::EVIDENCE_SUBMITTED, "2022-10-12");
        days.tell({.kind = Kind::EVIDENCE_ACCEPTED,
                   .subject = "TH-E07",
                   .fields = {{"target", "TH-1.1"}, {"checks", "dated"}},
                   .by = "director-of-education",
                   .role = schema::Role::AREA_LEAD,
                   .effective = "2022-10-13",
                   .answers = submission});
        days.tell({.kind = Kind::EVIDENCE_VERSION_ADDED,
                   .subject = "TH-E07v2",
                   .fields = {{"type", "log"},
                              {"version", "2"},
                              {"personalData", "none"},
                              {"prior", "TH-E07"}},
                   .effective = "2023-07-10"});
    }

    EventIndex about(const std::string& ref, Kind kind, const std::string& day) {
        return days.tell(
            {.kind = kind, .subject = ref, .fields = for_the_action, .effective = day});
    }
    EvidenceOn on(const Plan& plan, std::string_view ref, std::string_view day) const {
        auto found = evidence_on(plan, plan.evidence.at(ref_of(ref)), day_of(day));
        CHECK(found.has_value());
        return *found;
    }
};

TEST(EvidenceRegister, tells_the_state_of_an_item_on_each_day) {
    Register at;
    const auto plan = at.days.plan();
    EXPECT_FALSE(evidence_on(plan, plan.evidence.at(ref_of("TH-E07")), day_of("2022-10-10")));
    EXPECT_EQ(at.on(plan, "TH-E07", "2022-10-11").stage, Stage::REGISTERED);
    EXPECT_TRUE(at.on(plan, "TH-E07", "2022-10-12").is_undecided());
    EXPECT_EQ(at.on(plan, "TH-E07", "2022-10-12").reviewed, nullptr);
    const auto accepted = at.on(plan, "TH-E07", "2022-10-13");
    EXPECT_EQ(accepted.stage, Stage::ACCEPTED);
    EXPECT_FALSE(accepted.is_undecided());
    EXPECT_EQ(accepted.reviewed->entry.by, must(PersonId::parse("director-of-education")));
    EXPECT_EQ(evidence_on(plan, day_of("2023-07-09")).size(), 1U);
    EXPECT_EQ(evidence_on(plan, day_of("2023-07-10")).size(), 2U);
}

TEST(EvidenceRegister, keeps_a_link_until_the_day_on_which_it_ended) {
    Register at;
    at.about("TH-E07", Kind::EVIDENCE_UNLINKED, "2022-12-01");
    const auto plan = at.days.plan();
    EXPECT_EQ(at.on(plan, "TH-E07", "2022-11-30").links.size(), 1U);
    EXPECT_TRUE(at.on(plan, "TH-E07", "2022-12-01").links.empty());
}

TEST(EvidenceRegister, names_who_accepted_what_somebody_else_submitted) {
    Register at;
    const auto plan = at.days.plan();
    const auto accepted = acceptances_by(plan, day_of("2022-12-31"));
    ASSERT_EQ(accepted.size(), 1U);
    EXPECT_EQ(accepted[0].item, ref_of("TH-E07"));
    EXPECT_EQ(accepted[0].target, ref_of("TH-1.1"));
    EXPECT_EQ(accepted[0].submitted_by, must(PersonId::parse("programme-manager")));
    EXPECT_EQ(accepted[0].owner, must(PersonId::parse("director-of-education")));
    EXPECT_EQ(accepted[0].as_role, schema::Role::AREA_LEAD);
    EXPECT_TRUE(acceptances_by(plan, day_of("2022-10-12")).empty());
}

TEST(EvidenceRegister, finds_all_versions_from_any_of_them) {
    Register at;
    const auto plan = at.days.plan();
    const auto both = ElementsAre(ref_of("TH-E07"), ref_of("TH-E07v2"));
    EXPECT_THAT(versions_of(plan, ref_of("TH-E07")), both);
    EXPECT_THAT(versions_of(plan, ref_of("TH-E07v2")), both);
    EXPECT_TRUE(versions_of(plan, ref_of("TH-E99")).empty());
}

TEST(EvidenceRegister, follows_a_document_to_its_redacted_copy_and_its_erasure) {
    Register at;
    at.days.tell({.kind = Kind::REDACTED_COPY_ISSUED,
                  .subject = "TH-E07",
                  .fields = {{"derivative", "TH-E07-R1"},
                             {"redactor", "programme-manager"},
                             {"secondChecker", "director-of-education"},
                             {"categories", "childName"},
                             {"method", "replaced"}},
                  .effective = "2023-08-03"});
    const auto asked = at.days.tell({.kind = Kind::ERASURE_REQUESTED,
                                     .subject = "TH-E07",
                                     .fields = {{"request", "TH-ER1"}, {"scope", "content"}},
                                     .effective = "2023-09-25"});
    const auto decided = at.days.tell({.kind = Kind::ERASURE_DECIDED,
                                       .subject = "TH-E07",
                                       .fields = {{"request", "TH-ER1"},
                                                  {"decision", "granted"},
                                                  {"ground", "noLongerNecessary"},
                                                  {"scope", "content"},
                                                  {"kept", "redactedCopy,hash"}},
                                       .effective = "2023-10-09",
                                       .answers = asked});
    at.days.tell({.kind = Kind::CONTENT_ERASED,
                  .subject = "TH-E07",
                  .fields = {{"request", "TH-ER1"}, {"scope", "content"}, {"keyDestroyed", "true"}},
                  .effective = "2023-10-10",
                  .answers = decided});
    const auto plan = at.days.plan();
    EXPECT_TRUE(at.on(plan, "TH-E07", "2023-08-02").redacted_copies.empty());
    EXPECT_EQ(at.on(plan, "TH-E07", "2023-08-03").redacted_copies.size(), 1U);
    EXPECT_EQ(at.on(plan, "TH-E07", "2023-09-24").erasure, nullptr);
    EXPECT_FALSE(at.on(plan, "TH-E07", "2023-09-30").erasure_decided.has_value());
    EXPECT_EQ(at.on(plan, "TH-E07", "2023-10-09").erasure_decided, day_of("2023-10-09"));
    EXPECT_FALSE(at.on(plan, "TH-E07", "2023-10-09").erased_on.has_value());
    EXPECT_EQ(at.on(plan, "TH-E07", "2023-10-10").erased_on, day_of("2023-10-10"));
}

TEST(EvidenceRegister, calls_an_item_stale_the_day_after_its_review_was_due) {
    Register at;
    at.days.tell({.kind = Kind::EVIDENCE_RENEWED,
                  .subject = "TH-E07",
                  .fields = {{"reviewBy", "2023-01-31"}},
                  .effective = "2022-11-01"});
    const auto plan = at.days.plan();
    const auto is_stale = [&](std::string_view day) {
        return at.on(plan, "TH-E07", day).is_stale(day_of(day));
    };
    EXPECT_FALSE(is_stale("2023-01-31"));
    EXPECT_TRUE(is_stale("2023-02-01"));
}

}  // namespace
}  // namespace wsoa
