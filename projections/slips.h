#pragma once

#include "ledger/plan/plan.h"

#include <optional>
#include <vector>

namespace wsoa {

// A deadline that was moved: from when to when, and on which day.
struct Slip {
    SubjectRef ref;
    Date from;
    Date to;
    Date on;             // applied
    Date approved;       // by the second person
    EventIndex request;  // the event that asked for it
    EventIndex applied_at;

    // How far it moved; negative where it was brought forward.
    std::int32_t days() const { return to.days - from.days; }
    // How long the old deadline had passed when the move was approved; 0 or less if it had not.
    std::int32_t days_late() const { return approved.days - from.days; }
    bool operator==(const Slip&) const = default;
};

// Every deadline of an action or a milestone that was moved by the end of the day, in the order of
// the days on which it was.
std::vector<Slip> slips_by(const Plan& plan, Date day);

// The stage of a request for a change at the end of the day; null before it was made.
std::optional<schema::ChangeStage> stage_on(const ChangeRequest& change, Date day);

// One completion of an action: since when it is complete, and on what it rests.
struct CompletedAction {
    SubjectRef ref;
    Date on;
    Date original_deadline;
    // Another version of the evidence was sent back before the one that it rests on was accepted.
    struct SentBack {
        SubjectRef rejected;
        Date rejected_on;
        SubjectRef accepted;
        Date accepted_on;
        bool operator==(const SentBack&) const = default;
    };
    std::vector<SentBack> sent_back;

    bool is_by_original_date() const { return on <= original_deadline; }
    bool operator==(const CompletedAction&) const = default;
};

// What was complete at the end of the day, by reference.
std::vector<CompletedAction> completed_on(const Plan& plan, Date day);

// A completion that was undone by the end of the day.
struct UndoneCompletion {
    SubjectRef ref;
    Date completed;
    Date reopened;
    EventIndex reopened_at;
    std::optional<Date> complete_again;

    bool operator==(const UndoneCompletion&) const = default;
};

// In the order of the days on which they were undone.
std::vector<UndoneCompletion> undone_by(const Plan& plan, Date day);

}  // namespace wsoa
