#include "ledger/event/fields.h"
#include "ledger/plan/rules.h"

#include <algorithm>

namespace wsoa::rules {
Result<void> plan_dates(const Case& at_hand, schema::PlanDrafted::Reader fields) {
    const auto from =
        (fields.hasInspectedFrom() ? std::optional(read::date(fields.getInspectedFrom()))
                                   : std::nullopt);
    const auto to = (fields.hasInspectedTo() ? std::optional(read::date(fields.getInspectedTo()))
                                             : std::nullopt);
    TRY(in_order(from, to, "the inspection"));
    TRY(not_ahead(at_hand, from, "the inspection"));
    TRY(not_ahead(at_hand, to, "the inspection"));
    const auto report =
        (fields.hasReportDate() ? std::optional(read::date(fields.getReportDate())) : std::nullopt);
    TRY(not_ahead(at_hand, report, "the report"));
    const auto last_day = to ? to : from;
    if (report && last_day && *report < *last_day) {
        return refusal("give the day on which the letter was published",
                       "the report is dated before the inspection ends");
    }
    if (fields.hasPredecessor() &&
        at_hand.state.plan(read::plan(fields.getPredecessor())) == nullptr) {
        return refusal("leave out --predecessor if the earlier plan is not in this ledger",
                       "there is no plan {}", read::text(fields.getPredecessor()));
    }
    return done();
}

Result<void> area_lead(const Case& at_hand, schema::AreaAdded::Reader fields) {
    return enrolled(at_hand, read::person(fields.getLead()));
}

Result<void> outcome_parent(const Case& at_hand, schema::OutcomeAdded::Reader fields) {
    const auto parent = read::subject(fields.getParent());
    const auto* plan = at_hand.plan();
    if (plan == nullptr || !plan->areas.contains(parent)) {
        return refusal("add the area first, or see `wsoa show` for the areas",
                       "{} is not an area of the plan", parent.str());
    }
    return done();
}

Result<void> action_people(const Case& at_hand, schema::ActionAdded::Reader fields) {
    const auto parent = read::subject(fields.getParent());
    const auto* plan = at_hand.plan();
    if (plan == nullptr || !plan->outcomes.contains(parent)) {
        return refusal("add the outcome first, or see `wsoa show` for the outcomes",
                       "{} is not an outcome of the plan", parent.str());
    }
    const auto owner = read::person(fields.getOwner());
    const auto accountable = read::person(fields.getAccountable());
    TRY(enrolled(at_hand, owner));
    TRY(enrolled(at_hand, accountable));
    if (owner == accountable) {
        return refusal("name another person who answers for it",
                       "{} cannot be both owner and accountable", owner.str());
    }
    return done();
}

Result<void> action_dates(const Case& /*at_hand*/, schema::ActionAdded::Reader fields) {
    return in_order(read::date(fields.getStart()), read::date(fields.getDeadline()), "the action");
}

Result<void> action_measures(const Case& at_hand, schema::ActionAdded::Reader fields) {
    if (fields.getMeasures().size() == 0 && !at_hand.has_word(schema::WordField::REASON)) {
        return refusal("name one with --measures, or say why there is none with --reason",
                       "the action names no measure");
    }
    return done();
}

Result<void> action_not_started(const Case& at_hand) {
    const auto* action = action_of(at_hand);
    if (action != nullptr && action->started) {
        return refusal("record progress instead", "{} was started on {}, by event {}",
                       action->ref.str(), in_words(action->started->effective),
                       action->started->index.value);
    }
    return done();
}

Result<void> action_in_progress(const Case& at_hand) {
    const auto* action = action_of(at_hand);
    if (action == nullptr) {
        return done();  // R08 judges whether it is there
    }
    if (!action->started) {
        return refusal(fmt::format("record actionStarted for {} first", action->ref.str()),
                       "{} has not been started", action->ref.str());
    }
    if (at_hand.envelope().effective < action->started->effective) {
        return refusal("give a day on or after the start", "{} started on {}, after {}",
                       action->ref.str(), in_words(action->started->effective),
                       in_words(at_hand.envelope().effective));
    }
    return done();
}

Result<void> progress_falls_with_reason(const Case& at_hand,
                                        schema::ProgressRecorded::Reader fields) {
    const auto* action = action_of(at_hand);
    if (action == nullptr || !fields.hasPercent() || at_hand.has_word(schema::WordField::REASON)) {
        return done();
    }
    // Judged by what was true on the day that the entry is about, so that a late one compares with
    // the progress before it and not with what came since. Entries without a figure are passed
    // over: they would otherwise hide the fall between two that have one.
    const auto& reports = action->progress.settings();
    const auto last = std::find_if(reports.rbegin(), reports.rend(), [&](const auto& setting) {
        return setting.effective <= at_hand.envelope().effective && !setting.struck_at &&
               setting.value.percent;
    });
    const auto before =
        last != reports.rend() ? last->value.percent : std::optional<std::uint32_t>{};
    if (before && fields.getPercent().getValue() < *before) {
        return refusal("say why with --reason", "progress on {} would fall from {} to {} per cent",
                       action->ref.str(), *before, fields.getPercent().getValue());
    }
    return done();
}

Result<void> evidence_dates(const Case& at_hand) {
    const auto judge_fields = [&](auto fields) -> Result<void> {
        TRY(not_ahead(at_hand,
                      read::date_if(fields.hasDateOfDocument(), fields.getDateOfDocument()),
                      "the document"));
        TRY(in_order(read::date_if(fields.hasPeriodStart(), fields.getPeriodStart()),
                     read::date_if(fields.hasPeriodEnd(), fields.getPeriodEnd()),
                     "the period that it covers"));
        if (fields.getVersion() == 0) {
            return refusal("give --version 1 for a first version",
                           "versions of evidence count from 1");
        }
        return done();
    };
    const auto change = at_hand.change.reader();
    if (change.isEvidenceRegistered()) {
        return judge_fields(change.getEvidenceRegistered());
    }
    return change.isEvidenceVersionAdded() ? judge_fields(change.getEvidenceVersionAdded())
                                           : done();
}

}  // namespace wsoa::rules
