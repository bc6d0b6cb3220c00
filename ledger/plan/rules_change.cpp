#include "ledger/event/fields.h"
#include "ledger/event/kinds.h"
#include "ledger/plan/calendar.h"
#include "ledger/plan/rules_stages.h"

namespace wsoa::rules {
namespace {

using Field = schema::ChangeField;
using Level = schema::ChangeLevel;

// What a request, its approval and its application say alike.
struct Asked {
    Field field = Field::UNSET;
    std::optional<Date> from;
    std::optional<Date> to;
    std::optional<Decimal> from_value;
    std::optional<Decimal> to_value;

    bool operator==(const Asked&) const = default;
};
template <typename Fields>
Asked asked_in(Fields fields) {
    return Asked{.field = fields.getField(),
                 .from = read::date_if(fields.hasFrom(), fields.getFrom()),
                 .to = read::date_if(fields.hasTo(), fields.getTo()),
                 .from_value = read::decimal_if(fields.hasFromValue(), fields.getFromValue()),
                 .to_value = read::decimal_if(fields.hasToValue(), fields.getToValue())};
}
Asked asked_in(const ChangeRequest& request) {
    return Asked{.field = request.field,
                 .from = request.from,
                 .to = request.to,
                 .from_value = request.from_value,
                 .to_value = request.to_value};
}
std::optional<Asked> asked_at(const Case& at_hand) {
    const auto change = at_hand.change.reader();
    if (change.isChangeRequested()) {
        return asked_in(change.getChangeRequested());
    }
    if (change.isChangeApproved()) {
        return asked_in(change.getChangeApproved());
    }
    return change.isChangeApplied() ? std::optional(asked_in(change.getChangeApplied()))
                                    : std::nullopt;
}

// The request that the change answers, by itself or through its approval; null if none.
const ChangeRequest* answered_request(const Case& at_hand) {
    const auto* plan = at_hand.plan();
    const auto& answers = at_hand.envelope().answers;
    if (plan == nullptr || !answers) {
        return nullptr;
    }
    for (const auto& request : plan->changes) {
        const bool is_it = at_hand.change.kind() == Kind::CHANGE_APPLIED
                               ? request.approved && request.approved->entry.index == *answers
                               : request.requested.index == *answers;
        if (is_it && request.subject == at_hand.envelope().subject) {
            return &request;
        }
    }
    return nullptr;
}

// The deadline that is in force; null for what has none.
std::optional<Date> deadline_at(const Case& at_hand) {
    const auto day = at_hand.envelope().effective;
    if (const auto* action = action_of(at_hand)) {
        return deadline_on(*action, day);
    }
    const auto* milestone = part_at_hand(at_hand, &Plan::milestones);
    return milestone == nullptr ? std::nullopt : std::optional(deadline_on(*milestone, day));
}
const Register<MeasureTarget>::Setting* target_at(const Case& at_hand) {
    const auto* measure = part_at_hand(at_hand, &Plan::measures);
    return measure == nullptr ? nullptr : measure->target.at(at_hand.envelope().effective);
}
const Register<MeasureBaseline>::Setting* baseline_at(const Case& at_hand) {
    const auto* measure = part_at_hand(at_hand, &Plan::measures);
    return measure == nullptr ? nullptr : measure->baseline.at(at_hand.envelope().effective);
}

// What is over has nothing to change.
Result<void> still_open(const Case& at_hand) {
    const auto day = at_hand.envelope().effective;
    if (const auto* action = action_of(at_hand)) {
        const auto stage = action->stage_on(day);
        return is_open(stage) ? done()
                              : refusal(std::string(advice_at(stage)), "{} was {} on {}",
                                        action->ref.str(), words_for(stage), in_words(day));
    }
    const auto* milestone = part_at_hand(at_hand, &Plan::milestones);
    const auto* stage = milestone == nullptr ? nullptr : milestone->stage.at(day);
    const bool is_over = stage != nullptr && (stage->value == schema::MilestoneStage::MET ||
                                              stage->value == schema::MilestoneStage::WITHDRAWN);
    return is_over ? refusal("ask for a change of what is still due", "{} was {} on {}",
                             milestone->ref.str(), words_for(stage->value), in_words(day))
                   : done();
}

Result<void> something_to_change(const Case& at_hand, schema::ChangeRequested::Reader fields) {
    const auto asked = asked_in(fields);
    const auto& subject = at_hand.envelope().subject;
    const bool names_days = asked.from && asked.to;
    const bool names_values = asked.from_value && asked.to_value;
    const bool names_nothing = !asked.from && !asked.to && !asked.from_value && !asked.to_value;
    TRY(still_open(at_hand));
    bool fits = false;
    switch (asked.field) {
        case Field::DEADLINE:
            fits = deadline_at(at_hand) && names_days && !asked.from_value && !asked.to_value;
            break;
        case Field::TARGET:
            fits = target_at(at_hand) != nullptr && names_values &&
                   asked.from.has_value() == asked.to.has_value();
            break;
        case Field::BASELINE:
            fits = baseline_at(at_hand) != nullptr && names_values && !asked.from && !asked.to;
            break;
        case Field::TRAJECTORY:
            fits = part_at_hand(at_hand, &Plan::measures) != nullptr && names_nothing;
            break;
        case Field::SCOPE: fits = names_nothing; break;
        case Field::UNSET: break;
    }
    if (!fits) {
        return refusal(
            "for a deadline give --from and --to; for a target or baseline --from-value "
            "and --to-value; for a trajectory or scope say it in words",
            "{} has nothing of that sort to change, or the change is not given as such",
            subject.str());
    }
    return done();
}

Error other_value(const Case& at_hand, const std::string& in_force, const std::string& from) {
    const auto subject = at_hand.envelope().subject.str();
    return error(Fault::conflict, "what is in force for {} on {} is {}, not {}", subject,
                 in_words(at_hand.envelope().effective), in_force, from)
        .advise(fmt::format("look at what changed it with `wsoa trail {}`, then ask for a change "
                            "from {}",
                            subject, in_force));
}

Result<void> from_what_is_in_force(const Case& at_hand) {
    const auto asked = asked_at(at_hand);
    if (!asked) {
        return done();
    }
    if (asked->field == Field::DEADLINE && asked->from) {
        const auto deadline = deadline_at(at_hand);
        if (deadline && *deadline != *asked->from) {
            return other_value(at_hand, to_string(*deadline), to_string(*asked->from));
        }
    }
    if (asked->field == Field::TARGET && asked->from_value) {
        const auto* target = target_at(at_hand);
        if (target != nullptr && target->value.value != *asked->from_value) {
            return other_value(at_hand, to_string(target->value.value),
                               to_string(*asked->from_value));
        }
        if (target != nullptr && asked->from && target->value.date != *asked->from) {
            return other_value(at_hand, to_string(target->value.date), to_string(*asked->from));
        }
    }
    if (asked->field == Field::BASELINE && asked->from_value) {
        const auto* baseline = baseline_at(at_hand);
        if (baseline != nullptr && baseline->value.value != *asked->from_value) {
            return other_value(at_hand, to_string(baseline->value.value),
                               to_string(*asked->from_value));
        }
    }
    return done();
}

// A new deadline keeps the action's start, and its milestones within it.
Result<void> deadline_fits(const Case& at_hand, Date to) {
    const auto day = at_hand.envelope().effective;
    const auto& plan = *at_hand.plan();
    if (const auto* milestone = part_at_hand(at_hand, &Plan::milestones)) {
        const auto last = deadline_on(plan.actions.at(milestone->action), day);
        return to <= last ? done()
                          : refusal(
                                "give an earlier date, or have the action's deadline moved "
                                "first",
                                "{} is to be done by {}, before {}", milestone->action.str(),
                                in_words(last), in_words(to));
    }
    const auto* action = action_of(at_hand);
    if (action != nullptr && to < action->start) {
        return refusal("give a day on or after the start", "{} starts on {}, after {}",
                       action->ref.str(), in_words(action->start), in_words(to));
    }
    for (const auto& [reference, milestone] : plan.milestones) {
        const auto* stage = milestone.stage.at(day);
        const bool is_due = stage != nullptr && stage->value == schema::MilestoneStage::DUE;
        if (action != nullptr && is_due && milestone.action == action->ref &&
            to < deadline_on(milestone, day)) {
            return refusal("have the milestone moved first", "{} is due on {}, after {}",
                           reference.str(), in_words(deadline_on(milestone, day)), in_words(to));
        }
    }
    return done();
}

Result<void> changes_something(const Case& at_hand, schema::ChangeRequested::Reader fields) {
    const auto asked = asked_in(fields);
    const bool says_it_in_words = asked.field == Field::SCOPE || asked.field == Field::TRAJECTORY;
    if (!says_it_in_words && asked.from == asked.to && asked.from_value == asked.to_value) {
        return refusal("ask for what is to be otherwise", "nothing would change about {}",
                       at_hand.envelope().subject.str());
    }
    return asked.field == Field::DEADLINE && asked.to && at_hand.plan() != nullptr
               ? deadline_fits(at_hand, *asked.to)
               : done();
}

Result<void> level_fits(const Case& at_hand, schema::ChangeRequested::Reader fields) {
    const auto asked = asked_in(fields);
    const auto quarter = [](Date day) { return period_end(schema::Rhythm::QUARTER, day); };
    const bool within_quarter = asked.field == Field::DEADLINE && asked.from && asked.to &&
                                quarter(*asked.from) == quarter(*asked.to);
    if (fields.getLevel() == Level::DELEGATED && !within_quarter) {
        return refusal("ask for it with --level board",
                       "the change of {} goes beyond a deadline's move within its quarter",
                       at_hand.envelope().subject.str());
    }
    return done();
}

bool is_decision(const Case& at_hand) {
    return at_hand.change.kind() == Kind::CHANGE_APPROVED ||
           at_hand.change.kind() == Kind::CHANGE_REFUSED;
}

Result<void> decided_at_its_level(const Case& at_hand) {
    const auto* request = answered_request(at_hand);
    if (request != nullptr && is_decision(at_hand) && request->level == Level::BOARD &&
        at_hand.envelope().as_role != schema::Role::BOARD_CHAIR) {
        return refusal("bring it to the board: changeApproved or changeRefused by its chair",
                       "the change of {} is for the board, not for the role {}",
                       request->subject.str(), name_of(at_hand.envelope().as_role));
    }
    return done();
}

Result<void> decided_by_another(const Case& at_hand) {
    const auto* request = answered_request(at_hand);
    if (request == nullptr) {
        return done();  // R66 judges this
    }
    const auto& requested = request->requested;
    const auto& asker = requested.on_behalf_of ? *requested.on_behalf_of : requested.by;
    if (is_decision(at_hand)) {
        TRY(by_another(at_hand, requested.by, "asked for the change"));
        return by_another(at_hand, asker, "asked for the change");
    }
    const auto& other = at_hand.envelope().on_behalf_of;
    const auto author = other ? other : at_hand.author();
    if (at_hand.change.kind() == Kind::CHANGE_WITHDRAWN && author != asker &&
        author != requested.by) {
        return refusal(fmt::format("ask {}, or have changeRefused recorded", asker.str()),
                       "{} asked for the change, and nobody else takes it back", asker.str());
    }
    return done();
}

bool answers_request(Kind kind) {
    return kind == Kind::CHANGE_APPROVED || kind == Kind::CHANGE_REFUSED ||
           kind == Kind::CHANGE_WITHDRAWN;
}

Result<void> answers_what_waits(const Case& at_hand) {
    const auto kind = at_hand.change.kind();
    if (!answers_request(kind) && kind != Kind::CHANGE_APPLIED) {
        return done();
    }
    const auto* request = answered_request(at_hand);
    const auto waits =
        answers_request(kind) ? schema::ChangeStage::REQUESTED : schema::ChangeStage::APPROVED;
    if (request == nullptr || request->stage != waits) {
        return refusal(
            fmt::format("see `wsoa trail {}` for what waits", at_hand.envelope().subject.str()),
            "it answers no {} for {} that waits", answers_request(kind) ? "request" : "approval",
            at_hand.envelope().subject.str());
    }
    const auto since =
        answers_request(kind) ? request->requested.effective : request->approved->entry.effective;
    if (at_hand.envelope().effective < since) {
        return refusal("give a day on or after that of what it answers", "what it answers is of {}",
                       in_words(since));
    }
    const auto asked = asked_at(at_hand);
    const auto change = at_hand.change.reader();
    const bool keeps_level =
        !change.isChangeApproved() || change.getChangeApproved().getLevel() == request->level;
    if ((asked && *asked != asked_in(*request)) || !keeps_level) {
        return refusal("repeat what was asked for, or have something else asked for",
                       "event {} asked for another change of {}", request->requested.index.value,
                       request->subject.str());
    }
    return done();
}

Result<void> says_whether_late(const Case& at_hand, schema::ChangeApproved::Reader fields) {
    std::optional<Date> due;
    if (fields.getField() == Field::DEADLINE) {
        due = deadline_at(at_hand);
    } else if (const auto* target = target_at(at_hand);
               target != nullptr && fields.getField() == Field::TARGET) {
        due = target->value.date;
    }
    const auto day = at_hand.envelope().effective;
    const bool is_late = due && *due < day;
    if (fields.getLate() == is_late) {
        return done();
    }
    return is_late ? refusal("say so with --late true", "the date of {}, {}, had passed by {}",
                             at_hand.envelope().subject.str(), in_words(*due), in_words(day))
                   : refusal("use --late false", "no date of {} had passed by {}",
                             at_hand.envelope().subject.str(), in_words(day));
}

}  // namespace

std::vector<Rule> of_change() {
    return {
        {"R60",
         "A change is asked for while its subject is open, and of something that it has: a "
         "deadline with both days, a target or baseline with both figures, a trajectory or scope "
         "in words.",
         1, 0, of_kind<Kind::CHANGE_REQUESTED, &Reader::getChangeRequested, something_to_change>},
        {"R61", "A change starts from what is in force on its day.", 1, 0,
         of_kinds<from_what_is_in_force, Kind::CHANGE_REQUESTED, Kind::CHANGE_APPROVED,
                  Kind::CHANGE_APPLIED>},
        {"R62",
         "A change makes something otherwise, and a new date keeps an action's start before its "
         "deadline and its milestones within it.",
         1, 0, of_kind<Kind::CHANGE_REQUESTED, &Reader::getChangeRequested, changes_something>},
        {"R63",
         "A deadline that moves within its quarter of the year may be left to a lead or an "
         "accountable officer; every other change is for the board.",
         1, 0, of_kind<Kind::CHANGE_REQUESTED, &Reader::getChangeRequested, level_fits>},
        {"R64", "A change that is for the board is approved or refused by its chair.", 1, 0,
         of_kinds<decided_at_its_level, Kind::CHANGE_APPROVED, Kind::CHANGE_REFUSED>,
         Rule::Needs::authors},
        {"R65",
         "A change is approved or refused by another person than the one who asked for it, and "
         "taken back by that one only.",
         1, 0,
         of_kinds<decided_by_another, Kind::CHANGE_APPROVED, Kind::CHANGE_REFUSED,
                  Kind::CHANGE_WITHDRAWN>,
         Rule::Needs::authors},
        {"R66",
         "A request is answered once, and an approval applied once, each on its day or later and "
         "as it was asked for.",
         1, 0,
         of_kinds<answers_what_waits, Kind::CHANGE_APPROVED, Kind::CHANGE_REFUSED,
                  Kind::CHANGE_APPLIED, Kind::CHANGE_WITHDRAWN>},
        {"R67", "An approval says truly whether the date had passed on its day.", 1, 0,
         of_kind<Kind::CHANGE_APPROVED, &Reader::getChangeApproved, says_whether_late>},
    };
}

}  // namespace wsoa::rules
