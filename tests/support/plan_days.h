#pragma once

#include "projections/as_at.h"
#include "tests/support/changes.h"
#include "tests/support/ledger_builder.h"

#include <string>
#include <string_view>

namespace wsoa::test {

inline Date day_of(std::string_view text) { return must(parse_date(text)); }
inline SubjectRef ref_of(std::string_view text) { return must(SubjectRef::parse(text)); }

// The plan TH with one action, TH-1.2, on which work has begun.
inline LedgerBuilder& begin_work(LedgerBuilder& ledger) {
    ledger.draft_plan("TH");
    ledger.add_area("TH-1");
    ledger.add_outcome("TH-O1", "TH-1");
    ledger.add_action("TH-1.2", "TH-O1");
    ledger.start("TH-1.2");
    return ledger;
}

// A plan TH of which a test says what was true on which day: the area TH-1 and the action TH-1.1,
// both added on 1 February 2022, the action due on 31 October 2022. The rules are not asked.
class PlanDays {
public:
    PlanDays() {
        ledger_.append({.kind = Kind::PLAN_DRAFTED,
                        .subject = "TH",
                        .fields = {{"kind", "wsoa"}, {"partners", "council,nhs"}},
                        .effective = "2022-01-10"});
        ledger_.append({.kind = Kind::AREA_ADDED,
                        .subject = "TH-1",
                        .fields = {{"lead", "director-of-education"}},
                        .effective = "2022-02-01"});
        ledger_.append({.kind = Kind::OUTCOME_ADDED,
                        .subject = "TH-O1",
                        .fields = {{"parent", "TH-1"}},
                        .effective = "2022-02-01"});
        added = add_action("TH-1.1", "2022-10-31", "2022-02-01");
    }

    EventIndex add_action(const std::string& action, const std::string& deadline,
                          const std::string& day) {
        return ledger_.append({.kind = Kind::ACTION_ADDED,
                               .subject = action,
                               .fields = {{"parent", "TH-O1"},
                                          {"owner", "director-of-education"},
                                          {"accountable", "programme-manager"},
                                          {"organisation", "council"},
                                          {"start", "2022-02-01"},
                                          {"deadline", deadline},
                                          {"measures", "TH-M1"},
                                          {"evidenceRequired", "1"}},
                               .effective = day});
    }
    EventIndex start(const std::string& action, const std::string& day) {
        return ledger_.append({.kind = Kind::ACTION_STARTED, .subject = action, .effective = day});
    }
    // Proposed and confirmed on that day: gives the confirmation.
    EventIndex rate(const std::string& subject, const std::string& to, const std::string& day) {
        const bool is_action = subject.find('.') != std::string::npos;
        const auto proposal = ledger_.propose(subject, is_action ? "UN" : "NM", to);
        return ledger_.confirm(proposal, day);
    }
    // Claimed and completed on that day: gives the completion.
    EventIndex complete(const std::string& action, const std::string& day,
                        const std::string& evidence = "TH-E01") {
        const auto claim = ledger_.append({.kind = Kind::COMPLETION_CLAIMED,
                                           .subject = action,
                                           .fields = {{"evidence", evidence}},
                                           .effective = day});
        return ledger_.append({.kind = Kind::ACTION_COMPLETED,
                               .subject = action,
                               .fields = {{"evidence", evidence}},
                               .effective = day,
                               .answers = claim});
    }
    EventIndex reopen(const std::string& action, const std::string& day) {
        return ledger_.append({.kind = Kind::ACTION_REOPENED,
                               .subject = action,
                               .fields = {{"from", "complete"}, {"to", "inProgress"}},
                               .effective = day});
    }
    // Asked for, approved and applied on that day: gives the application.
    EventIndex move(const std::string& action, const std::string& from, const std::string& to,
                    const std::string& day) {
        const std::vector<std::pair<std::string, std::string>> fields{
            {"field", "deadline"}, {"from", from}, {"to", to}};
        auto asked = fields;
        asked.emplace_back("level", "board");
        const auto request = ledger_.append(
            {.kind = Kind::CHANGE_REQUESTED, .subject = action, .fields = asked, .effective = day});
        auto decided = asked;
        decided.emplace_back("late", "false");
        decided.emplace_back("adviserInformed", "true");
        const auto approval = ledger_.append({.kind = Kind::CHANGE_APPROVED,
                                              .subject = action,
                                              .fields = decided,
                                              .effective = day,
                                              .answers = request});
        return ledger_.append({.kind = Kind::CHANGE_APPLIED,
                               .subject = action,
                               .fields = fields,
                               .effective = day,
                               .answers = approval});
    }
    EventIndex tell(const NewEvent& event) { return ledger_.append(event); }

    LedgerBuilder& ledger() { return ledger_; }
    // As the last event left it, with nothing that could not be applied.
    Plan plan() {
        const auto history = ledger_.history();
        auto moment = must(plan_as_at(nullptr, *history, must(PlanRef::parse("TH")), ledger_.size(),
                                      day_of("2022-02-01")));
        CHECK(moment.state.anomalies.empty());
        return moment.plan();
    }

    EventIndex added;  // the action

private:
    LedgerBuilder ledger_;
};

}  // namespace wsoa::test
