#pragma once

#include "projections/timeline.h"

#include <optional>
#include <string>
#include <vector>

namespace wsoa {

// What differs of a plan between two of its days, as one and the same knowledge has it.
struct Difference {
    enum class Of : std::uint8_t { rating, impact, stage, deadline, owner, value };
    Of of = Of::rating;
    SubjectRef ref;
    // Codes, names of stages, days, ids and figures; null where there was none on that day.
    std::optional<std::string> from;
    std::optional<std::string> to;
    Date on;                       // since when it is as it is on the later day
    std::optional<EventIndex> by;  // the event that made it so; null where the calendar alone did
    std::optional<ShownRating::Because> because = {};  // of a rating: why it is shown

    bool operator==(const Difference&) const = default;
};

// Two days, the earlier first.
struct Between {
    Date from;
    Date to;
};

// Each thing that is not the same at the end of both days, once: by what it is, then by reference.
// What was added in between is not told: of a part that was not there on the earlier day, the
// differences begin with the day on which it was added.
std::vector<Difference> differences(const Plan& plan, Between days);

// Every rating that the calendar alone changed after the first day and by the end of the last, by
// day and reference, whatever became of it since.
std::vector<Difference> calendar_changes(const Plan& plan, Between days);

// The parts that were added in between, by reference.
std::vector<SubjectRef> added_between(const Plan& plan, Between days);

// "rating", "deadline": what differs, for programs.
std::string_view name_of(Difference::Of of);

}  // namespace wsoa
