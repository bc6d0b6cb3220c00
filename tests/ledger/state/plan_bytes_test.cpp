#include "ledger/state/plan_bytes.h"

#include "ledger/base/sha256.h"
#include "tests/support/changes.h"
#include "tests/support/golden_hex.h"
#include "tests/support/mutants.h"
#include "tests/support/sample_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace wsoa {
namespace {

using test::must;
using test::sample_plan;
using test::sample_proposal;

Date day(std::string_view text) { return must(parse_date(text)); }
PersonId person(std::string_view text) { return must(PersonId::parse(text)); }
SubjectRef subject(std::string_view text) { return must(SubjectRef::parse(text)); }

Action& action_of(Plan& plan) { return plan.actions.at(subject("TH-1.2")); }
Area& area_of(Plan& plan) { return plan.areas.at(subject("TH-1")); }
Outcome& outcome_of(Plan& plan) { return plan.outcomes.at(subject("TH-O1")); }
Evidence& evidence_of(Plan& plan) { return plan.evidence.at(subject("TH-E03")); }

// A register with one setting in which one thing was changed.
template <typename T>
Register<T> changed(const Register<T>& values,
                    const std::function<void(typename Register<T>::Setting&)>& change) {
    auto setting = values.settings().front();
    change(setting);
    Register<T> other;
    other.set(setting.effective, setting.index, setting.value);
    if (setting.struck_at) {
        other.strike(setting.index, *setting.struck_at);
    }
    return other;
}

using Mutation = std::function<void(Plan&)>;

// One change a member, of the plan's and of everything in it.
std::vector<Mutation> mutations_of_the_plan() {
    return {
        [](Plan& p) { p.ref = must(PlanRef::parse("MK")); },
        [](Plan& p) { p.drafted_at.value += 1; },
        [](Plan& p) { p.kind = schema::PlanKind::APP; },
        [](Plan& p) { p.inspected_from.reset(); },
        [](Plan& p) { p.inspected_from->days += 1; },
        [](Plan& p) { p.inspected_to.reset(); },
        [](Plan& p) { p.inspected_to->days += 1; },
        [](Plan& p) { p.report_date.reset(); },
        [](Plan& p) { p.report_date->days += 1; },
        [](Plan& p) { p.due.reset(); },
        [](Plan& p) { p.due->days += 1; },
        [](Plan& p) { p.partners.pop_back(); },
        [](Plan& p) { p.partners.back() = schema::Organisation::FORUM; },
        [](Plan& p) { p.predecessor.reset(); },
        [](Plan& p) { p.predecessor = must(PlanRef::parse("TH1")); },
        [](Plan& p) { p.areas.clear(); },
        [](Plan& p) { p.outcomes.clear(); },
        [](Plan& p) { p.actions.clear(); },
        [](Plan& p) { p.evidence.clear(); },
        [](Plan& p) { p.areas.emplace(subject("TH-2"), area_of(p)); },
        [](Plan& p) { area_of(p).ref = subject("TH-2"); },
        [](Plan& p) { area_of(p).added_at.value += 1; },
        [](Plan& p) { area_of(p).lead = {}; },
        [](Plan& p) { area_of(p).impact = {}; },
        [](Plan& p) { outcome_of(p).ref = subject("TH-O2"); },
        [](Plan& p) { outcome_of(p).added_at.value += 1; },
        [](Plan& p) { outcome_of(p).area = subject("TH-2"); },
        [](Plan& p) { evidence_of(p).ref = subject("TH-E04"); },
        [](Plan& p) { evidence_of(p).document.reset(); },
        [](Plan& p) { evidence_of(p).document->number.value += 1; },
        [](Plan& p) { evidence_of(p).document->commitment = Hash{}; },
        [](Plan& p) { evidence_of(p).added_at.value += 1; },
        [](Plan& p) { evidence_of(p).by = person("head-of-send"); },
        [](Plan& p) { evidence_of(p).type = schema::EvidenceKind::AUDIT; },
        [](Plan& p) { evidence_of(p).version = 3; },
        [](Plan& p) { evidence_of(p).date_of_document.reset(); },
        [](Plan& p) { evidence_of(p).date_of_document->days += 1; },
        [](Plan& p) { evidence_of(p).period_start.reset(); },
        [](Plan& p) { evidence_of(p).period_start->days += 1; },
        [](Plan& p) { evidence_of(p).period_end.reset(); },
        [](Plan& p) { evidence_of(p).period_end->days += 1; },
        [](Plan& p) { evidence_of(p).source = schema::Organisation::DFE; },
        [](Plan& p) { evidence_of(p).personal_data = schema::PersonalData::CHILD; },
        [](Plan& p) { evidence_of(p).review_by = {}; },
        [](Plan& p) {
            evidence_of(p).review_by.set(day("2023-06-01"), EventIndex{41}, day("2024-05-05"));
        },
    };
}

std::vector<Mutation> mutations_of_the_action() {
    return {
        [](Plan& p) { action_of(p).ref = subject("TH-1.3"); },
        [](Plan& p) { action_of(p).added_at.value += 1; },
        [](Plan& p) { action_of(p).outcome = subject("TH-O2"); },
        [](Plan& p) { action_of(p).area = subject("TH-2"); },
        [](Plan& p) { action_of(p).owner = {}; },
        [](Plan& p) { action_of(p).accountable = {}; },
        [](Plan& p) { std::swap(action_of(p).owner, action_of(p).accountable); },
        [](Plan& p) { action_of(p).organisation = schema::Organisation::NHS; },
        [](Plan& p) { action_of(p).start.days += 1; },
        [](Plan& p) { action_of(p).original_deadline.days += 1; },
        [](Plan& p) { action_of(p).deadline.strike(EventIndex{4}, EventIndex{31}); },
        [](Plan& p) { action_of(p).deadline.set(day("2022-07-01"), EventIndex{33}, Date{0}); },
        [](Plan& p) { action_of(p).measures.pop_back(); },
        [](Plan& p) { action_of(p).measures.back() = subject("TH-M3"); },
        [](Plan& p) { action_of(p).evidence_required = 2; },
        [](Plan& p) { action_of(p).started.reset(); },
        [](Plan& p) { action_of(p).started->index.value += 1; },
        [](Plan& p) { action_of(p).started->effective.days += 1; },
        [](Plan& p) { action_of(p).progress = {}; },
        [](Plan& p) { action_of(p).delivery.proposals.clear(); },
        [](Plan& p) { action_of(p).delivery.proposals.push_back(sample_proposal()); },
        [](Plan& p) { action_of(p).delivery.confirmed = {}; },
    };
}

template <typename Change>
Mutation of_proposal(Change change) {
    return [change](Plan& p) { change(action_of(p).delivery.proposals.front()); };
}
template <typename Change>
Mutation of_rating(Change change) {
    return [change](Plan& p) {
        auto& confirmed = action_of(p).delivery.confirmed;
        confirmed = changed<Rating>(confirmed, change);
    };
}
template <typename Change>
Mutation of_progress(Change change) {
    return [change](Plan& p) {
        auto& progress = action_of(p).progress;
        progress = changed<ProgressReport>(progress, change);
    };
}

std::vector<Mutation> mutations_of_what_is_set() {
    using RatingSetting = Register<Rating>::Setting;
    using ProgressSetting = Register<ProgressReport>::Setting;
    return {
        of_proposal([](Proposal& p) { p.index.value += 1; }),
        of_proposal([](Proposal& p) { p.effective.days += 1; }),
        of_proposal([](Proposal& p) { p.by = person("case-work-lead"); }),
        of_proposal([](Proposal& p) { p.scale = 2; }),
        of_proposal([](Proposal& p) { p.from = "R"; }),
        of_proposal([](Proposal& p) { p.to = "R"; }),
        of_proposal([](Proposal& p) { std::swap(p.from, p.to); }),
        of_proposal([](Proposal& p) { p.confirmed_by.reset(); }),
        of_proposal([](Proposal& p) { p.confirmed_by->value += 1; }),
        of_rating([](RatingSetting& s) { s.effective.days += 1; }),
        of_rating([](RatingSetting& s) { s.index.value += 1; }),
        of_rating([](RatingSetting& s) { s.struck_at = EventIndex{50}; }),
        of_rating([](RatingSetting& s) { s.struck_at = EventIndex{51}; }),
        of_rating([](RatingSetting& s) { s.value.code = "R"; }),
        of_rating([](RatingSetting& s) { s.value.scale = 2; }),
        of_rating([](RatingSetting& s) { s.value.proposal.value += 1; }),
        of_rating([](RatingSetting& s) { s.value.confirmed_by = person("case-work-lead"); }),
        of_rating([](RatingSetting& s) { s.value.meeting.reset(); }),
        of_rating([](RatingSetting& s) { s.value.meeting = subject("TH-G-2022-04-10"); }),
        of_progress([](ProgressSetting& s) { s.effective.days += 1; }),
        of_progress([](ProgressSetting& s) { s.index.value += 1; }),
        of_progress([](ProgressSetting& s) { s.struck_at = EventIndex{50}; }),
        of_progress([](ProgressSetting& s) { s.value.index.value += 1; }),
        of_progress([](ProgressSetting& s) { s.value.by = person("case-work-lead"); }),
        of_progress([](ProgressSetting& s) { s.value.period.reset(); }),
        of_progress([](ProgressSetting& s) { s.value.period->months += 1; }),
        of_progress([](ProgressSetting& s) { s.value.percent.reset(); }),
        of_progress([](ProgressSetting& s) { *s.value.percent += 1; }),
    };
}

// The plan that the parts make up, wherever they are kept.
Result<Plan> put_together(const std::vector<PlanPart>& parts) {
    return plan_from_parts(parts.front().bytes, [&](const SubjectRef& ref) -> Result<Bytes> {
        for (const auto& part : parts) {
            if (part.ref == ref) {
                return part.bytes;
            }
        }
        return Error{Fault::missing, "there is no such part"};
    });
}

TEST(PlanBytes, are_these) {
    test::expect_golden("projections/plan.hex", encode_plan(sample_plan()));
}

TEST(PlanBytes, are_read_back_as_the_plan) {
    EXPECT_EQ(must(put_together(parts_of(sample_plan()))), sample_plan());
}

TEST(PlanBytes, are_read_back_when_nothing_optional_is_there) {
    auto plan = sample_plan();
    plan.inspected_from.reset();
    plan.inspected_to.reset();
    plan.report_date.reset();
    plan.due.reset();
    plan.partners.clear();
    plan.predecessor.reset();
    plan.outcomes.clear();
    plan.evidence.clear();
    action_of(plan).started.reset();
    area_of(plan).impact = {};
    EXPECT_EQ(must(put_together(parts_of(plan))), plan);
}

TEST(PlanBytes, are_read_back_where_one_entry_set_two_days_and_the_later_was_struck) {
    auto plan = sample_plan();
    auto& lead = area_of(plan).lead;
    lead = {};
    lead.set(day("2022-03-01"), EventIndex{50}, person("head-of-send"));
    lead.strike(EventIndex{50}, EventIndex{51});
    lead.set(day("2022-02-01"), EventIndex{50}, person("case-work-lead"));
    EXPECT_EQ(must(put_together(parts_of(plan))), plan);
    EXPECT_EQ(must(decode_plan(encode_plan(plan))), plan);
}

TEST(PlanBytes, are_corrupt_where_a_part_stands_in_anothers_place) {
    auto plan = sample_plan();
    plan.areas.emplace(subject("TH-2"), area_of(plan));
    const auto read = put_together(parts_of(plan));
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().fault, Fault::corrupt);
}

// Mutants of one part of a plan; how many of them were read.
std::size_t read_mutants(const std::vector<PlanPart>& parts, std::size_t at, std::size_t count) {
    Mutants mutants(text_of(parts[at].bytes), 17 + parts[at].bytes.size());
    std::size_t read = 0;
    for (std::size_t i = 0; i < count; ++i) {
        auto mutated = parts;
        mutated[at].bytes = copy_of(bytes_of(mutants.next()));
        const auto plan = put_together(mutated);
        if (plan.ok()) {
            ++read;
            EXPECT_EQ(parts_of(plan.value()).at(at).bytes, mutated[at].bytes);
        } else if (plan.error().fault != Fault::missing) {  // names a part that is not there
            EXPECT_EQ(plan.error().fault, Fault::corrupt) << plan.error().message;
        }
    }
    return read;
}

TEST(PlanBytes, are_read_in_one_spelling_only) {
    const auto whole = sample_plan();
    std::vector<Plan> plans(4, whole);
    for (auto& plan : plans) {
        plan.areas.clear();
        plan.outcomes.clear();
        plan.actions.clear();
        plan.evidence.clear();
    }
    plans[0].areas = whole.areas;
    plans[1].outcomes = whole.outcomes;
    plans[2].actions = whole.actions;
    plans[3].evidence = whole.evidence;
    for (const auto& plan : plans) {
        const auto parts = parts_of(plan);
        ASSERT_EQ(parts.size(), 2U);
        EXPECT_GT(read_mutants(parts, 0, mutants_of_a_parser / 8), 0U);
        EXPECT_GT(read_mutants(parts, 1, mutants_of_a_parser / 8), 0U);
    }
}

TEST(PlanBytes, are_corrupt_where_a_list_says_it_is_longer_than_the_bytes) {
    auto plan = sample_plan();
    plan.evidence.clear();
    auto parts = parts_of(plan);
    // The first part ends in how many items of evidence there are.
    std::fill(parts[0].bytes.end() - 4, parts[0].bytes.end(), std::uint8_t{0xff});
    const auto read = put_together(parts);
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().fault, Fault::corrupt);
}

TEST(PlanBytes, are_corrupt_where_settings_do_not_stand_in_order) {
    auto plan = sample_plan();
    auto& lead = area_of(plan).lead;
    lead.set(day("2022-02-01"), EventIndex{50}, person("head-of-send"));
    area_of(plan).impact = {};
    auto parts = parts_of(plan);
    auto& bytes = parts[1].bytes;
    // The later setting's day, which stands once in the part, becomes one before the first's.
    const Bytes later{0, 0, 0x4a, 0x50};
    const auto at = std::search(bytes.begin(), bytes.end(), later.begin(), later.end());
    ASSERT_NE(at, bytes.end());
    *(at + 2) = 0x40;
    const auto read = put_together(parts);
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().fault, Fault::corrupt);
}

TEST(PlanDigest, is_this_one) {
    EXPECT_EQ(to_hex(digest_of(sample_plan()).view()),
              "e648bd116ac7b44f23f6c85a1dcc939e05a904b07cc26ccdb00c870915da3426");
}

TEST(PlanDigest, is_over_label_line_feed_and_bytes) {
    Bytes message;
    append(message, std::string_view("wsoa-ledger/plan-state/v4\n"));
    append(message, ByteView(encode_plan(sample_plan())));
    EXPECT_EQ(digest_of(sample_plan()), sha256(message));
}

TEST(PlanDigest, changes_with_every_member) {
    std::set<Hash> digests{digest_of(sample_plan())};
    for (const auto& mutations :
         {mutations_of_the_plan(), mutations_of_the_action(), mutations_of_what_is_set()}) {
        for (std::size_t i = 0; i < mutations.size(); ++i) {
            auto plan = sample_plan();
            mutations[i](plan);
            ASSERT_NE(plan, sample_plan()) << "mutation " << i << " changes nothing";
            EXPECT_TRUE(digests.insert(digest_of(plan)).second) << "mutation " << i;
        }
    }
}

TEST(PlanDigest, is_the_same_for_equal_plans) {
    EXPECT_EQ(digest_of(sample_plan()), digest_of(sample_plan()));
    EXPECT_EQ(digest_of(sample_plan()), digest_of(parts_of(sample_plan())));
}

}  // namespace
}  // namespace wsoa
