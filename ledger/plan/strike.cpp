#include "ledger/plan/strike.h"

#include <algorithm>

namespace wsoa {
namespace {

// What a part of the plan says of an entry.
struct Found {
    enum class Standing : std::uint8_t {
        elsewhere,
        counts,
        built_on
    } standing = Standing::elsewhere;
    std::optional<PersonId> by = {};
    std::string_view instead = {};  // where something was built on it
};
using Standing = Found::Standing;

template <typename T>
const typename Register<T>::Setting* setting_at(const Register<T>& values, EventIndex index) {
    const auto found = std::ranges::find_if(values.settings(), [&](const auto& setting) {
        return setting.index == index && !setting.struck_at;
    });
    return found == values.settings().end() ? nullptr : &*found;
}

template <typename T>
bool was_set_after(const Register<T>& values, EventIndex index) {
    return std::ranges::any_of(values.settings(), [&](const auto& setting) {
        return setting.index > index && !setting.struck_at;
    });
}

Found find_in(const Ratings& ratings, EventIndex target) {
    const auto found = std::ranges::find(ratings.proposals, target, &Proposal::index);
    if (found == ratings.proposals.end()) {
        return {};
    }
    return {.standing = found->confirmed_by ? Standing::built_on : Standing::counts,
            .by = found->by,
            .instead = "propose another rating, or ask the board to override it"};
}

Found find_in(const Action& action, EventIndex target) {
    if (const auto* progress = setting_at(action.progress, target)) {
        return {.standing = Standing::counts, .by = progress->value.by};
    }
    return find_in(action.delivery, target);
}

Found find_in(const Area& area, EventIndex target) {
    if (target != area.added_at && setting_at(area.title, target) != nullptr) {
        return {.standing = Standing::counts};
    }
    return find_in(area.impact, target);
}

// A restatement sets several readings at once, and is struck in all of them.
Found find_in(const Measure& measure, EventIndex target) {
    Found found;
    for (const auto& reading : measure.readings) {
        const auto* value = setting_at(reading.value, target);
        if (value == nullptr) {
            continue;
        }
        found.by = value->value.by;
        found.instead = "correct the reading, or strike what came after it first";
        if (was_set_after(reading.value, target)) {
            found.standing = Standing::built_on;
            return found;
        }
        found.standing = Standing::counts;
    }
    return found;
}

Found find_in(const Milestone& milestone, EventIndex target) {
    const auto found = std::ranges::find_if(milestone.reported, [&](const Entry& reported) {
        return reported.index == target && setting_at(milestone.stage, target) != nullptr;
    });
    return found == milestone.reported.end() ? Found{}
                                             : Found{.standing = Standing::counts, .by = found->by};
}

Found find_in(const Risk& risk, EventIndex target) {
    const auto* score = setting_at(risk.score, target);
    return score == nullptr || target == risk.raised.index
               ? Found{}
               : Found{.standing = Standing::counts, .by = score->value.by};
}

void strike_in(Ratings& ratings, EventIndex target, EventIndex by) {
    const auto found = std::ranges::find(ratings.proposals, target, &Proposal::index);
    if (found != ratings.proposals.end()) {
        found->confirmed_by = by;
    }
}

void strike_in(Action& action, EventIndex target, EventIndex by) {
    if (!action.progress.strike(target, by)) {
        strike_in(action.delivery, target, by);
    }
}

void strike_in(Area& area, EventIndex target, EventIndex by) {
    if (!area.title.strike(target, by)) {
        strike_in(area.impact, target, by);
    }
}

void strike_in(Measure& measure, EventIndex target, EventIndex by) {
    for (auto& reading : measure.readings) {
        reading.value.strike(target, by);
    }
}

void strike_in(Milestone& milestone, EventIndex target, EventIndex by) {
    const auto* stage = setting_at(milestone.stage, target);
    if (stage != nullptr && stage->value == schema::MilestoneStage::MET) {
        milestone.met_on.reset();
        milestone.evidence.clear();
    }
    milestone.stage.strike(target, by);
}

void strike_in(Risk& risk, EventIndex target, EventIndex by) { risk.score.strike(target, by); }

// Calls `take(part)` for the part of that reference, if entries about such a part can be struck.
template <typename SomePlan, typename Take>
void on_part(SomePlan& plan, const SubjectRef& subject, Take take) {
    const auto look_in = [&](auto& parts) {
        const auto found = parts.find(subject);
        if (found != parts.end()) {
            take(found->second);
        }
    };
    look_in(plan.actions);
    look_in(plan.areas);
    look_in(plan.measures);
    look_in(plan.milestones);
    look_in(plan.risks);
}

}  // namespace

Result<Strikable> strikable(const Plan& plan, const SubjectRef& subject, EventIndex target) {
    for (const auto& mark : plan.marks) {
        if (mark.how == Mark::How::struck && mark.target == target) {
            return error(Fault::conflict, "event {} was struck by event {} already", target.value,
                         mark.entry.index.value)
                .advise("record the right entry, if that is not done yet");
        }
    }
    Found found;
    on_part(plan, subject, [&](const auto& part) { found = find_in(part, target); });
    if (found.standing == Standing::elsewhere) {
        return error(Fault::refused, "event {} is no entry about {} that can be struck",
                     target.value, subject.str())
            .advise(
                "progress, proposals that wait, readings, milestones met or missed, scores and "
                "titles can be struck; of all else, note the mistake with rectificationNoted");
    }
    if (found.standing == Standing::built_on) {
        return error(Fault::refused, "other entries have been built on event {} since",
                     target.value)
            .advise(std::string(found.instead));
    }
    return Strikable{.by = std::move(found.by)};
}

void strike(Plan& plan, const SubjectRef& subject, EventIndex target, EventIndex by) {
    on_part(plan, subject, [&](auto& part) { strike_in(part, target, by); });
}

}  // namespace wsoa
