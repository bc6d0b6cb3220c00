#include "tests/support/sample_plan.h"

#include "tests/support/changes.h"

namespace wsoa::test {
namespace {

Date day(std::string_view text) { return must(parse_date(text)); }
PersonId person(std::string_view text) { return must(PersonId::parse(text)); }
SubjectRef subject(std::string_view text) { return must(SubjectRef::parse(text)); }

Ratings sample_ratings() {
    Ratings ratings;
    ratings.proposals.push_back(sample_proposal());
    ratings.confirmed.set(day("2022-03-02"), EventIndex{21},
                          Rating{.code = "A",
                                 .scale = 1,
                                 .proposal = EventIndex{20},
                                 .confirmed_by = person("director-of-education"),
                                 .meeting = subject("TH-G-2022-03-10")});
    return ratings;
}

template <typename T>
Register<T> register_of(T value) {
    Register<T> values;
    values.set(day("2022-01-10"), EventIndex{4}, std::move(value));
    return values;
}

Action sample_action() {
    Action action{
        .ref = subject("TH-1.2"),
        .added_at = EventIndex{4},
        .added_on = day("2022-01-10"),
        .outcome = subject("TH-O1"),
        .area = subject("TH-1"),
        .owner = register_of(person("head-of-send")),
        .accountable = register_of(person("director-of-education")),
        .organisation = schema::Organisation::COUNCIL,
        .start = day("2022-02-01"),
        .original_deadline = day("2023-03-31"),
        .deadline = register_of(day("2023-03-31")),
        .measures = {subject("TH-M1"), subject("TH-M2")},
        .evidence_required = 1,
        .started = Action::Started{.index = EventIndex{9}, .effective = day("2022-02-02")},
        .stage = register_of(schema::ActionStage::NOT_STARTED),
        .paused_until = {},
        .progress = {},
        .delivery = sample_ratings(),
        .claims = {},
        .completions = {},
        .successors = {}};
    action.deadline.set(day("2022-06-01"), EventIndex{30}, day("2023-06-30"));
    action.deadline.strike(EventIndex{30}, EventIndex{31});
    action.progress.set(day("2022-03-31"), EventIndex{12},
                        ProgressReport{.index = EventIndex{12},
                                       .by = person("head-of-send"),
                                       .period = must(parse_month("2022-03")),
                                       .percent = 60});
    return action;
}

}  // namespace

Proposal sample_proposal() {
    return Proposal{.index = EventIndex{20},
                    .effective = day("2022-03-01"),
                    .by = person("head-of-send"),
                    .scale = 1,
                    .from = "G",
                    .to = "A",
                    .confirmed_by = EventIndex{21}};
}

Plan sample_plan() {
    Plan plan{.ref = must(PlanRef::parse("TH")),
              .drafted_at = EventIndex{1},
              .drafted_on = day("2021-11-30"),
              .kind = schema::PlanKind::WSOA,
              .inspected_from = day("2021-06-28"),
              .inspected_to = day("2021-07-02"),
              .report_date = day("2021-09-24"),
              .due = day("2022-01-05"),
              .partners = {schema::Organisation::COUNCIL, schema::Organisation::NHS},
              .predecessor = must(PlanRef::parse("TH0"))};
    plan.areas.emplace(subject("TH-1"), Area{.ref = subject("TH-1"),
                                             .added_at = EventIndex{2},
                                             .added_on = day("2022-01-10"),
                                             .lead = register_of(person("director-of-education")),
                                             .title = register_of(EventIndex{2}),
                                             .impact = sample_ratings(),
                                             .stage = register_of(schema::AreaStage::OPEN),
                                             .conclusions = {}});
    plan.outcomes.emplace(subject("TH-O1"), Outcome{.ref = subject("TH-O1"),
                                                    .added_at = EventIndex{3},
                                                    .added_on = day("2022-01-10"),
                                                    .area = subject("TH-1")});
    plan.actions.emplace(subject("TH-1.2"), sample_action());
    plan.evidence.emplace(
        subject("TH-E03"),
        Evidence{.ref = subject("TH-E03"),
                 .added_at = EventIndex{40},
                 .added_on = day("2022-05-06"),
                 .by = person("programme-manager"),
                 .type = schema::EvidenceKind::REPORT,
                 .version = 2,
                 .date_of_document = day("2022-05-05"),
                 .period_start = day("2022-02-01"),
                 .period_end = day("2022-04-30"),
                 .source = schema::Organisation::NHS,
                 .personal_data = schema::PersonalData::NONE,
                 .review_by = register_of(day("2023-05-05")),
                 .lawful_basis = {},
                 .prior = {},
                 .stage = register_of(schema::EvidenceStage::REGISTERED),
                 .links = {},
                 .submissions = {},
                 .superseded = {},
                 .stale = {},
                 .redacted_copies = {},
                 .erased = {},
                 .document = NamedDocument{.number = {7}, .commitment = hash_of_byte(0x4d)}});
    return plan;
}

}  // namespace wsoa::test
