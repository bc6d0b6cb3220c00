#include "projections/differences.h"

#include "ledger/base/check.h"
#include "ledger/event/choices.h"
#include "projections/measure_values.h"

#include <algorithm>

namespace wsoa {
namespace {

using Of = Difference::Of;

// The spell that the day lies in; null for a day without one.
const Spell* spell_on(const std::vector<Spell>& spells, Date day) {
    const auto found =
        std::ranges::find_if(spells, [&](const Spell& spell) { return spell.holds(day); });
    return found == spells.end() ? nullptr : &*found;
}

void compare_ratings(const SubjectRef& ref, Of of, const std::vector<Spell>& spells, Date from,
                     std::vector<Difference>& found) {
    const auto* before = spell_on(spells, from);
    if (spells.empty() || before == nullptr || before->shown.code == spells.back().shown.code) {
        return;
    }
    const auto& after = spells.back();
    const auto* began = began_before(spells, after.to);
    CHECK(began != nullptr);
    found.push_back(Difference{.of = of,
                               .ref = ref,
                               .from = before->shown.code,
                               .to = after.shown.code,
                               .on = began->from,
                               .by = began->by,
                               .because = began->shown.because});
}

// Compares what a register showed on both days, in words that `said` gives to a value.
template <typename T, typename Said>
void compare(const SubjectRef& ref, Of of, const Register<T>& values, const Between& days,
             std::vector<Difference>& found, const Said& said) {
    const auto* before = values.at(days.from);
    const auto* after = values.at(days.to);
    if (before == nullptr || after == nullptr || before->value == after->value) {
        return;
    }
    found.push_back(Difference{.of = of,
                               .ref = ref,
                               .from = std::string(said(before->value)),
                               .to = std::string(said(after->value)),
                               .on = after->effective,
                               .by = after->index});
}

void compare_values(const Measure& measure, const Between& days, std::vector<Difference>& found) {
    const auto before = value_on(measure, days.from);
    const auto after = value_on(measure, days.to);
    if (measure.added_on > days.from || !after || (before && before->value == after->value)) {
        return;
    }
    found.push_back(Difference{
        .of = Of::value,
        .ref = measure.ref,
        .from = before ? std::optional(to_string(before->value)) : std::optional<std::string>(),
        .to = to_string(after->value),
        .on = after->period_end,
        .by = after->index});
}

const auto said_stage = [](auto stage) { return choice_name(stage); };
const auto said_day = [](Date day) { return to_string(day); };
const auto said_person = [](const PersonId& person) { return person.str(); };

}  // namespace

std::vector<Difference> differences(const Plan& plan, Between days) {
    std::vector<Difference> found;
    compare(SubjectRef::of(plan.ref), Of::stage, plan.stage, days, found, said_stage);
    for (const auto& [ref, area] : plan.areas) {
        compare_ratings(ref, Of::impact, impact_spells(area, days.to), days.from, found);
        compare(ref, Of::stage, area.stage, days, found, said_stage);
        compare(ref, Of::owner, area.lead, days, found, said_person);
    }
    for (const auto& [ref, action] : plan.actions) {
        compare_ratings(ref, Of::rating, delivery_spells(plan, action, days.to), days.from, found);
        compare(ref, Of::stage, action.stage, days, found, said_stage);
        compare(ref, Of::deadline, action.deadline, days, found, said_day);
        compare(ref, Of::owner, action.owner, days, found, said_person);
    }
    for (const auto& [ref, milestone] : plan.milestones) {
        compare(ref, Of::stage, milestone.stage, days, found, said_stage);
        compare(ref, Of::deadline, milestone.deadline, days, found, said_day);
    }
    for (const auto& [ref, measure] : plan.measures) {
        compare_values(measure, days, found);
    }
    std::ranges::stable_sort(found, [](const Difference& one, const Difference& other) {
        return one.of != other.of ? one.of < other.of : one.ref < other.ref;
    });
    return found;
}

std::vector<Difference> calendar_changes(const Plan& plan, Between days) {
    std::vector<Difference> found;
    for (const auto& [ref, action] : plan.actions) {
        const auto spells = delivery_spells(plan, action, days.to);
        for (std::size_t i = 1; i < spells.size(); ++i) {
            const auto& before = spells[i - 1].shown;
            const auto& spell = spells[i];
            if (spell.from > days.from && !spell.by && spell.shown.code != before.code) {
                found.push_back(Difference{.of = Of::rating,
                                           .ref = ref,
                                           .from = before.code,
                                           .to = spell.shown.code,
                                           .on = spell.from,
                                           .by = {},
                                           .because = spell.shown.because});
            }
        }
    }
    std::ranges::stable_sort(found, {}, &Difference::on);
    return found;
}

std::vector<SubjectRef> added_between(const Plan& plan, Between days) {
    std::vector<SubjectRef> added;
    const auto look = [&](const auto& parts) {
        for (const auto& [ref, part] : parts) {
            if (days.from < part.added_on && part.added_on <= days.to) {
                added.push_back(ref);
            }
        }
    };
    look(plan.areas);
    look(plan.outcomes);
    look(plan.actions);
    look(plan.milestones);
    look(plan.measures);
    look(plan.evidence);
    return added;
}

std::string_view name_of(Difference::Of of) {
    switch (of) {
        case Of::rating: return "rating";
        case Of::impact: return "impact";
        case Of::stage: return "stage";
        case Of::deadline: return "deadline";
        case Of::owner: return "owner";
        case Of::value: return "value";
    }
    CHECK(false);
    return {};
}

}  // namespace wsoa
