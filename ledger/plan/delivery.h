#pragma once

#include "ledger/base/decimal.h"
#include "ledger/plan/ratings.h"

#include <optional>
#include <vector>

namespace wsoa {

// What an owner reported of an action at one time.
struct ProgressReport {
    EventIndex index;
    PersonId by;
    std::optional<Month> period;
    std::optional<std::uint32_t> percent;

    bool operator==(const ProgressReport&) const = default;
};

// A claim that an action is complete, and what became of it.
struct Claim {
    Entry claimed;
    std::vector<SubjectRef> evidence;
    std::optional<Entry> rejected;
    std::optional<Entry> completed;

    bool is_open() const { return !rejected && !completed; }
    bool operator==(const Claim&) const = default;
};

// One completion of an action, and its undoing.
struct Completion {
    Entry completed;
    std::vector<SubjectRef> evidence;
    std::optional<SubjectRef> meeting;
    std::optional<Entry> reopened;

    bool operator==(const Completion&) const = default;
};

// What is to be done, by whom and by when, and how it went.
struct Action {
    SubjectRef ref;
    EventIndex added_at;
    Date added_on;
    SubjectRef outcome;
    SubjectRef area;
    Register<PersonId> owner;
    Register<PersonId> accountable;
    schema::Organisation organisation = schema::Organisation::UNSET;
    Date start;
    Date original_deadline;  // never changes
    Register<Date> deadline;
    std::vector<SubjectRef> measures;
    std::uint16_t evidence_required = 0;
    struct Started {
        EventIndex index;
        Date effective;
        bool operator==(const Started&) const = default;
    };
    std::optional<Started> started;
    Register<schema::ActionStage> stage;
    Register<Date> paused_until;
    Register<ProgressReport> progress;
    Ratings delivery;
    std::vector<Claim> claims;            // in the order of the log
    std::vector<Completion> completions;  // in the order of the log
    std::vector<SubjectRef> successors;   // the actions that took it up

    schema::ActionStage stage_on(Date day) const {
        const auto* setting = stage.at(day);
        return setting == nullptr ? schema::ActionStage::NOT_STARTED : setting->value;
    }
    schema::ActionStage stage_now() const { return stage_on(Date{limits::day_max}); }
    bool operator==(const Action&) const = default;
};

// Whether an action of this stage is still to be delivered.
constexpr bool is_open(schema::ActionStage stage) {
    return stage == schema::ActionStage::NOT_STARTED || stage == schema::ActionStage::IN_PROGRESS ||
           stage == schema::ActionStage::PAUSED || stage == schema::ActionStage::COMPLETION_CLAIMED;
}
// Whether it is Blue: complete, or more than that.
constexpr bool is_complete(schema::ActionStage stage) {
    return stage == schema::ActionStage::COMPLETE || stage == schema::ActionStage::EMBEDDED;
}

// A dated step of an action.
struct Milestone {
    SubjectRef ref;
    EventIndex added_at;
    Date added_on;
    SubjectRef action;
    Date original_deadline;  // never changes
    Register<Date> deadline;
    Register<schema::MilestoneStage> stage;
    std::optional<Date> met_on;
    std::vector<SubjectRef> evidence;
    std::vector<Entry> reported;  // met or missed, in the order of the log

    bool operator==(const Milestone&) const = default;
};

// A change of plan that was asked for, and what became of it.
struct ChangeRequest {
    Entry requested;
    SubjectRef subject;
    schema::ChangeField field = schema::ChangeField::UNSET;
    std::optional<Date> from;
    std::optional<Date> to;
    std::optional<Decimal> from_value;
    std::optional<Decimal> to_value;
    schema::ChangeLevel level = schema::ChangeLevel::UNSET;
    schema::ChangeStage stage = schema::ChangeStage::UNSET;
    struct Approval {
        Entry entry;
        bool late = false;
        bool adviser_informed = false;
        std::optional<SubjectRef> meeting;
        bool operator==(const Approval&) const = default;
    };
    std::optional<Approval> approved;
    std::optional<Entry> ended;  // refused, applied or withdrawn, as the stage says

    bool operator==(const ChangeRequest&) const = default;
};

// A handover of an action or an area to another person, who must accept it.
struct Handover {
    Entry offered;
    SubjectRef subject;
    PersonId from;
    PersonId to;
    Date from_date;
    std::optional<Entry> accepted;

    bool operator==(const Handover&) const = default;
};

}  // namespace wsoa
