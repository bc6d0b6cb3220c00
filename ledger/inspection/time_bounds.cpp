#include "ledger/inspection/time_bounds.h"

#include "ledger/base/check.h"
#include "ledger/tree/anchored.h"

#include <algorithm>

namespace wsoa {
namespace {

using Class = Finding::Class;
using Times = std::vector<const OutsideTime*>;

TimeBound::Side side_of(const OutsideTime& time) {
    return {.seconds = time.seconds, .by = time.by};
}

// The runs between the places at which a bound may change.
std::vector<TimeBound> runs_between(const Times& times, TreeSize events) {
    std::vector<std::uint64_t> places{0, events.value};
    for (const auto* const time : times) {
        places.push_back(time->size.value);
        if (time->anchored_by && events.holds(*time->anchored_by)) {
            places.push_back(time->anchored_by->value);
        }
    }
    std::ranges::sort(places);
    places.erase(std::unique(places.begin(), places.end()), places.end());
    std::vector<TimeBound> runs;
    for (std::size_t i = 1; i < places.size(); ++i) {
        runs.push_back({.events = {.begin = places[i - 1], .end = places[i]},
                        .not_before = {},
                        .not_after = {}});
    }
    return runs;
}

// From the last run to the first: the earliest time of any checkpoint that covers it.
void add_latest(std::vector<TimeBound>& runs, Times times) {
    std::ranges::stable_sort(times, std::ranges::greater{},
                             [](const OutsideTime* time) { return time->size; });
    const OutsideTime* closest = nullptr;
    auto next = times.begin();
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        for (; next != times.end() && (*next)->size.value >= run->events.end; ++next) {
            closest = closest == nullptr || (*next)->seconds < closest->seconds ? *next : closest;
        }
        if (closest != nullptr) {
            run->not_after = side_of(*closest);
        }
    }
}

// From the first to the last: the latest time that an event up to there commits to.
void add_earliest(std::vector<TimeBound>& runs, Times times) {
    std::erase_if(times, [](const OutsideTime* time) { return !time->anchored_by; });
    std::ranges::stable_sort(times, {}, [](const OutsideTime* time) { return *time->anchored_by; });
    const OutsideTime* closest = nullptr;
    auto next = times.begin();
    for (auto& run : runs) {
        for (; next != times.end() && (*next)->anchored_by->value <= run.events.begin; ++next) {
            closest = closest == nullptr || (*next)->seconds > closest->seconds ? *next : closest;
        }
        if (closest != nullptr) {
            run.not_before = side_of(*closest);
        }
    }
}

std::string named(LeafRange events) {
    return events.count() == 1 ? fmt::format("event {}", events.begin)
                               : fmt::format("events {} to {}", events.begin, events.end - 1);
}

std::string sentence_of(const TimeBound& bound) {
    std::string sides;
    if (bound.not_before) {
        sides = fmt::format("not before {}, by {}", time_said(bound.not_before->seconds),
                            bound.not_before->by);
    }
    if (bound.not_after) {
        sides += fmt::format("{}no later than {}, by {}", sides.empty() ? "" : ", and ",
                             time_said(bound.not_after->seconds), bound.not_after->by);
    }
    return fmt::format("recorded_at of {}: {}", named(bound.events), sides);
}

}  // namespace

std::vector<TimeBound> bounds_of(const std::vector<OutsideTime>& times, TreeSize events) {
    Times within;
    for (const auto& time : times) {
        if (time.size <= events) {
            within.push_back(&time);
        }
    }
    auto runs = runs_between(within, events);
    add_latest(runs, within);
    add_earliest(runs, within);
    std::vector<TimeBound> bounds;
    for (auto& run : runs) {
        const bool goes_on = !bounds.empty() && bounds.back().not_before == run.not_before &&
                             bounds.back().not_after == run.not_after;
        if (goes_on) {
            bounds.back().events.end = run.events.end;
        } else {
            bounds.push_back(std::move(run));
        }
    }
    return bounds;
}

void compare_with_bounds(const std::vector<TimeBound>& bounds, const std::vector<Instant>& recorded,
                         Findings& findings) {
    const auto limit = [](std::uint64_t seconds, std::int64_t skew) {
        constexpr std::uint64_t no_instant = std::uint64_t{1} << 50U;
        const auto told = static_cast<std::int64_t>(std::min(seconds, no_instant));
        return Instant{(told + skew) * 1'000};
    };
    constexpr auto skew = static_cast<std::int64_t>(clock_skew_seconds_max);
    for (const auto& [events, not_before, not_after] : bounds) {
        CHECK(events.end <= recorded.size());
        const auto begin = recorded.begin() + static_cast<std::ptrdiff_t>(events.begin);
        const auto end = recorded.begin() + static_cast<std::ptrdiff_t>(events.end);
        if (not_after) {
            const auto late = std::upper_bound(begin, end, limit(not_after->seconds, skew + 1));
            if (late != end) {
                const auto first = static_cast<std::uint64_t>(late - recorded.begin());
                findings.add("later than a bound",
                             {.is = Class::doubt,
                              .event = EventIndex{first},
                              .what = fmt::format(
                                  "recorded_at of {} is {} or later, but by {} they were there at "
                                  "{}: one of the two clocks was wrong, or they were dated forward",
                                  named({.begin = first, .end = events.end}), to_string(*late),
                                  not_after->by, time_said(not_after->seconds)),
                              .item = Item(Item::Of::time, EventIndex{first}).str()});
            }
        }
        if (not_before) {
            const auto good = std::lower_bound(begin, end, limit(not_before->seconds, -skew));
            if (good != begin) {
                const auto last = static_cast<std::uint64_t>(good - recorded.begin());
                findings.add(
                    "earlier than a bound",
                    {.is = Class::doubt,
                     .event = EventIndex{events.begin},
                     .what = fmt::format(
                         "recorded_at of {} is {} or earlier, but they rest on what {} "
                         "said at {}: one of the two clocks was wrong, or they were dated "
                         "back",
                         named({.begin = events.begin, .end = last}), to_string(*(good - 1)),
                         not_before->by, time_said(not_before->seconds)),
                     .item = Item(Item::Of::time, EventIndex{events.begin}).str()});
            }
        }
    }
}

std::vector<std::string> sentences_of(const std::vector<TimeBound>& bounds) {
    constexpr std::size_t told_max = 6;  // as many at either end
    std::vector<const TimeBound*> bounded;
    for (const auto& bound : bounds) {
        if (bound.not_before || bound.not_after) {
            bounded.push_back(&bound);
        }
    }
    std::vector<std::string> sentences;
    for (std::size_t i = 0; i < bounded.size(); ++i) {
        const bool is_between = i >= told_max && i + told_max < bounded.size();
        if (!is_between) {
            sentences.push_back(sentence_of(*bounded[i]));
        } else if (i == told_max) {
            sentences.push_back(fmt::format("recorded_at of the events between, by {} further runs",
                                            bounded.size() - 2 * told_max));
        }
    }
    return sentences;
}

std::uint64_t unbounded_events(const std::vector<TimeBound>& bounds) {
    std::uint64_t count = 0;
    for (const auto& bound : bounds) {
        count += bound.not_after ? 0 : bound.events.count();
    }
    return count;
}

}  // namespace wsoa
