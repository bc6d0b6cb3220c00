#include "projections/timeline.h"

#include "ledger/base/check.h"

#include <algorithm>
#include <functional>
#include <set>

namespace wsoa {
namespace {

using Because = ShownRating::Because;

template <typename T>
void add_days(const Register<T>& values, std::set<Date>& days) {
    for (const auto& setting : values.settings()) {
        days.insert(setting.effective);
    }
}

// Remembers the newest event that set the value on that very day.
template <typename T>
void find_cause(const Register<T>& values, Date day, std::optional<EventIndex>& cause) {
    for (const auto& setting : values.settings()) {
        if (setting.effective == day && !setting.struck_at && (!cause || *cause < setting.index)) {
            cause = setting.index;
        }
    }
}

// Every day on which what is shown of an action can change: those of its settings, those after its
// deadlines, and those on which a confirmed rating has been silent for too long.
std::set<Date> turning_days(const Plan& plan, const Action& action) {
    std::set<Date> days{action.added_on};
    add_days(action.stage, days);
    add_days(action.deadline, days);
    add_days(action.delivery.confirmed, days);
    add_days(plan.policy, days);
    days.insert(Date{action.original_deadline.days + 1});
    for (const auto& deadline : action.deadline.settings()) {
        days.insert(Date{deadline.value.days + 1});
    }
    for (const auto& policy : plan.policy.settings()) {
        for (const auto& confirmed : action.delivery.confirmed.settings()) {
            if (policy.value.stale_after) {
                const auto end = period_end(policy.value.rhythm, confirmed.effective);
                const auto silence = static_cast<std::int32_t>(*policy.value.stale_after);
                days.insert(Date{end.days + silence + 1});
            }
        }
    }
    return days;
}

// Whether the action turns overdue on the day by what was true the day before: then no event of the
// day is to be named for it.
bool turns_overdue_by_itself(const Action& action, Date day) {
    const Date before{day.days - 1};
    return is_open(action.stage_on(before)) && day > deadline_on(action, before);
}

std::optional<EventIndex> cause_of(const Plan& plan, const Action& action, Date day,
                                   Because because) {
    std::optional<EventIndex> cause;
    if (because == Because::overdue && turns_overdue_by_itself(action, day)) {
        return cause;
    }
    find_cause(action.stage, day, cause);
    if (because == Because::complete || because == Because::ended) {
        return cause;
    }
    find_cause(action.deadline, day, cause);
    if (because == Because::confirmed || because == Because::unrated) {
        find_cause(action.delivery.confirmed, day, cause);
    }
    if (because == Because::confirmed || because == Because::not_updated) {
        find_cause(plan.policy, day, cause);
    }
    return cause;
}

// Spells out of what is shown on each of the days, and what began it.
using Show = std::function<ShownRating(Date)>;
using Cause = std::function<std::optional<EventIndex>(Date, Because)>;
std::vector<Spell> spells_of(const std::set<Date>& days, Date until, const Show& show,
                             const Cause& cause) {
    std::vector<Spell> spells;
    for (const auto day : days) {
        if (day > until) {
            break;
        }
        auto shown = show(day);
        if (!spells.empty() && spells.back().shown == shown) {
            continue;
        }
        if (!spells.empty()) {
            spells.back().to = Date{day.days - 1};
        }
        const auto by = cause(day, shown.because);
        spells.push_back(Spell{.from = day, .to = until, .shown = std::move(shown), .by = by});
    }
    return spells;
}

}  // namespace

std::vector<Spell> delivery_spells(const Plan& plan, const Action& action, Date until) {
    auto days = turning_days(plan, action);
    days.erase(days.begin(), days.lower_bound(action.added_on));
    return spells_of(
        days, until, [&](Date day) { return delivery_on(plan, action, day); },
        [&](Date day, Because because) {
            const auto cause = cause_of(plan, action, day, because);
            return cause || day != action.added_on ? cause : std::optional(action.added_at);
        });
}

std::vector<Spell> impact_spells(const Area& area, Date until) {
    std::set<Date> days{area.added_on};
    add_days(area.impact.confirmed, days);
    days.erase(days.begin(), days.lower_bound(area.added_on));
    return spells_of(
        days, until, [&](Date day) { return impact_on(area, day); },
        [&](Date day, Because) {
            std::optional<EventIndex> cause;
            find_cause(area.impact.confirmed, day, cause);
            return cause ? cause : std::optional(area.added_at);
        });
}

std::map<std::string, std::int32_t> days_by_code(const std::vector<Spell>& spells) {
    std::map<std::string, std::int32_t> days;
    for (const auto& spell : spells) {
        days[spell.shown.code] += spell.days();
    }
    return days;
}

const Spell* began_before(const std::vector<Spell>& spells, Date day) {
    const Spell* began = nullptr;
    for (const auto& spell : spells) {
        if (spell.from > day) {
            break;
        }
        if (began == nullptr || began->shown.code != spell.shown.code) {
            began = &spell;
        }
    }
    return !spells.empty() && spells.back().to < day ? nullptr : began;
}

}  // namespace wsoa
