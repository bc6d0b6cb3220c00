#include "ledger/plan/folds.h"
#include "ledger/plan/strike.h"

namespace wsoa::folds {
namespace {

Why entry_corrected(Plan& plan, const Happened& at) {
    const auto target = at.event.envelope().answers;
    if (!target) {
        return "it names no entry";
    }
    const auto entry = strikable(plan, at.subject(), *target);
    if (!entry.ok()) {
        return entry.error().message;
    }
    strike(plan, at.subject(), *target, at.index());
    plan.marks.push_back(Mark{.entry = at.entry, .how = Mark::How::struck, .target = *target});
    return {};
}

Why rectification_noted(Plan& plan, const Happened& at) {
    const auto target = at.event.envelope().answers;
    if (!target) {
        return "it names no entry";
    }
    plan.marks.push_back(Mark{.entry = at.entry, .how = Mark::How::rectified, .target = *target});
    return {};
}

Why hold_placed(Plan& plan, const Happened& at, schema::HoldPlaced::Reader fields) {
    const auto& ref = at.subject();
    if (auto why = taken(plan, ref)) {
        return why;
    }
    plan.holds.emplace(ref, Hold{.ref = ref,
                                 .placed = at.entry,
                                 .scope = read::subject(fields.getScope()),
                                 .released = {}});
    return {};
}

Why hold_released(Plan& plan, const Happened& at) {
    auto* hold = part_in(plan.holds, at.subject());
    if (hold == nullptr || hold->released) {
        return "no hold of that reference stands";
    }
    hold->released = at.entry;
    return {};
}

Why erasure_requested(Plan& plan, const Happened& at, schema::ErasureRequested::Reader fields) {
    auto ref = read::subject(fields.getRequest());
    if (auto why = taken(plan, ref)) {
        return why;
    }
    plan.erasures.emplace(ref,
                          Erasure{.ref = ref,
                                  .subject = at.subject(),
                                  .requested = at.entry,
                                  .scope = fields.getScope(),
                                  .event = read::index_if(fields.hasEvent(), fields.getEvent()),
                                  .decided = {},
                                  .erased = {}});
    return {};
}

Why erasure_decided(Plan& plan, const Happened& at, schema::ErasureDecided::Reader fields) {
    auto* erasure = part_in(plan.erasures, read::subject(fields.getRequest()));
    if (erasure == nullptr || erasure->decided) {
        return "no request of that reference waits for a decision";
    }
    erasure->decided =
        Erasure::Verdict{.entry = at.entry,
                         .decision = fields.getDecision(),
                         .ground = fields.getGround(),
                         .kept = read::choices<schema::ErasureKeeps>(fields.getKept())};
    return {};
}

Why content_erased(Plan& plan, const Happened& at, schema::ContentErased::Reader fields) {
    auto* erasure = part_in(plan.erasures, read::subject(fields.getRequest()));
    if (erasure == nullptr || !erasure->decided || erasure->erased) {
        return "no decision of that reference waits to be carried out";
    }
    erasure->erased = Erasure::Done{.entry = at.entry,
                                    .key_destroyed = fields.getKeyDestroyed(),
                                    .vault_generation = read::whole_if(
                                        fields.hasVaultGeneration(), fields.getVaultGeneration())};
    if (auto* item = part_in(plan.evidence, at.subject());
        item != nullptr && fields.getScope() == schema::ErasureScope::CONTENT) {
        item->erased = at.entry;
    }
    return {};
}

Retention& retention_at(Plan& plan, const SubjectRef& subject) {
    return plan.retentions
        .try_emplace(subject,
                     Retention{.subject = subject, .rule = {}, .approved = {}, .disposed = {}})
        .first->second;
}

Why retention_applied(Plan& plan, const Happened& at, schema::RetentionApplied::Reader fields) {
    retention_at(plan, at.subject())
        .rule.set(
            at.effective(), at.index(),
            Retention::Rule{
                .by = fields.getClass(), .due = read::date(fields.getDue()), .applied = at.entry});
    return {};
}

Why disposal_approved(Plan& plan, const Happened& at) {
    auto* retention = part_in(plan.retentions, at.subject());
    if (retention == nullptr) {
        return "no rule of retention was applied to it";
    }
    retention->approved = at.entry;
    return {};
}

Why disposed(Plan& plan, const Happened& at) {
    auto* retention = part_in(plan.retentions, at.subject());
    if (retention == nullptr || !retention->approved) {
        return "its disposal was not approved";
    }
    retention->disposed = at.entry;
    if (auto* item = part_in(plan.evidence, at.subject())) {
        item->erased = at.entry;
    }
    return {};
}

Why policy_set(Plan& plan, const Happened& at, schema::ReportingPolicySet::Reader fields) {
    plan.policy.set(
        at.effective(), at.index(),
        ReportingPolicy{
            .rhythm = fields.getPeriod(),
            .stale_after = read::whole_if(fields.hasStaleAfter(), fields.getStaleAfter()),
            .due_soon = read::whole_if(fields.hasDueSoon(), fields.getDueSoon()),
            .reads = read::choice_if(fields.getReads())});
    return {};
}

Why period_closed(Plan& plan, const Happened& at, schema::PeriodClosed::Reader fields) {
    plan.closed_periods.push_back(ClosedPeriod{.entry = at.entry,
                                               .size = TreeSize{fields.getSize()},
                                               .state = read::hash(fields.getState()),
                                               .heads = read::hash(fields.getHeads())});
    return {};
}

}  // namespace

std::vector<Row> of_records() {
    return {
        {Kind::ENTRY_CORRECTED, entry_corrected},
        {Kind::RECTIFICATION_NOTED, rectification_noted},
        {Kind::HOLD_PLACED, with_fields<&Reader::getHoldPlaced, hold_placed>},
        {Kind::HOLD_RELEASED, hold_released},
        {Kind::ERASURE_REQUESTED, with_fields<&Reader::getErasureRequested, erasure_requested>},
        {Kind::ERASURE_DECIDED, with_fields<&Reader::getErasureDecided, erasure_decided>},
        {Kind::CONTENT_ERASED, with_fields<&Reader::getContentErased, content_erased>},
        {Kind::RETENTION_APPLIED, with_fields<&Reader::getRetentionApplied, retention_applied>},
        {Kind::DISPOSAL_APPROVED, disposal_approved},
        {Kind::DISPOSED, disposed},
        {Kind::REPORTING_POLICY_SET, with_fields<&Reader::getReportingPolicySet, policy_set>},
        {Kind::PERIOD_CLOSED, with_fields<&Reader::getPeriodClosed, period_closed>},
    };
}

}  // namespace wsoa::folds
