#pragma once

#include "projections/as_at.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace wsoa {

// An entry that was recorded after the day on which it was true.
struct LateEntry {
    EventIndex index;
    Kind kind = Kind::UNSET;
    SubjectRef subject;
    std::optional<PersonId> author;  // null where nobody held the key
    schema::Role as_role = schema::Role::UNSET;
    Date effective;
    Date recorded;

    std::int32_t days() const { return recorded.days - effective.days; }
    bool operator==(const LateEntry&) const = default;
};

// Which entries are asked about: those of one plan, or all; among the first `size` events; true by
// the end of the day; by more than so many days.
struct LateAsked {
    std::optional<PlanRef> plan;
    TreeSize size;
    Date day;
    std::int32_t more_than = 0;
};

// The latest first, those that are as late by what was true first.
Result<std::vector<LateEntry>> late_entries(const History& history, const Zone& zone,
                                            const LateAsked& asked);

// How many entries were late, by how many days in all and at most.
struct LateCount {
    std::uint64_t entries = 0;
    std::int64_t days = 0;
    std::int32_t most = 0;

    bool operator==(const LateCount&) const = default;
};
std::map<std::string, LateCount> late_by_person(const std::vector<LateEntry>& entries);
std::map<std::string, LateCount> late_by_kind(const std::vector<LateEntry>& entries);

}  // namespace wsoa
