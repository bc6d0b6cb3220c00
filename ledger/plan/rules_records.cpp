#include "ledger/plan/rules_records.h"

#include "ledger/event/named_document.h"
#include "ledger/plan/strike.h"

namespace wsoa::rules {
namespace {

// The first event about the subject; null where it is not there, or is not known.
std::optional<EventIndex> added_at(const Plan& plan, const SubjectRef& subject) {
    if (subject == SubjectRef::of(plan.ref)) {
        return plan.drafted_at;
    }
    std::optional<EventIndex> added;
    const auto look_in = [&](const auto& parts, auto index_of) {
        if (const auto* part = part_in(parts, subject)) {
            added = index_of(*part);
        }
    };
    const auto by_addition = [](const auto& part) { return part.added_at; };
    const auto by_record = [](const auto& part) { return part.recorded.index; };
    look_in(plan.areas, by_addition);
    look_in(plan.outcomes, by_addition);
    look_in(plan.actions, by_addition);
    look_in(plan.milestones, by_addition);
    look_in(plan.measures, by_addition);
    look_in(plan.evidence, by_addition);
    look_in(plan.meetings, by_record);
    look_in(plan.decisions, by_record);
    look_in(plan.challenges, by_record);
    look_in(plan.risks, [](const Risk& risk) { return risk.raised.index; });
    look_in(plan.requests, [](const auto& request) { return request.requested.index; });
    look_in(plan.packs, [](const Pack& pack) { return pack.frozen.index; });
    look_in(plan.publications, [](const auto& publication) { return publication.drafted.index; });
    return added;
}

}  // namespace

Result<void> earlier_event(const Case& at_hand, std::optional<EventIndex> event) {
    const auto* plan = at_hand.plan();
    const auto& subject = at_hand.envelope().subject;
    const auto advice =
        fmt::format("see `wsoa trail {}` for the numbers of its events", subject.str());
    if (!event) {
        return refusal(advice, "it names no event");
    }
    if (*event >= at_hand.index) {
        return refusal(advice, "event {} has not happened", event->value);
    }
    const auto first = plan == nullptr ? std::nullopt : added_at(*plan, subject);
    if (first && *event < *first) {
        return refusal(advice, "event {} came before {}, which event {} added", event->value,
                       subject.str(), first->value);
    }
    return done();
}

namespace {

Result<void> struck_once(const Case& at_hand) {
    const auto* plan = at_hand.plan();
    if (plan == nullptr) {
        return done();  // R08 judges the subject
    }
    const auto target = at_hand.envelope().answers;
    if (!target) {
        return refusal("name the mistyped entry with --answers", "it names no entry to strike");
    }
    const auto found = strikable(*plan, at_hand.envelope().subject, *target);
    return found.ok() ? done() : Result<void>(found.error());
}

Result<void> struck_by_its_author(const Case& at_hand) {
    const auto* plan = at_hand.plan();
    const auto target = at_hand.envelope().answers;
    const auto author = at_hand.author();
    if (plan == nullptr || !target || !author ||
        at_hand.envelope().as_role == schema::Role::PROGRAMME_OFFICE) {
        return done();
    }
    const auto found = strikable(*plan, at_hand.envelope().subject, *target);
    if (!found.ok() || found.value().by == author) {
        return done();
    }
    return refusal("ask its author, or the programme office",
                   "event {} was recorded by {}, not by {}", target->value,
                   found.value().by ? found.value().by->str() : "the programme office",
                   author->str());
}

Result<void> mistake_is_an_entry(const Case& at_hand) {
    return earlier_event(at_hand, at_hand.envelope().answers);
}

Result<void> hold_has_a_scope(const Case& at_hand, schema::HoldPlaced::Reader fields) {
    const auto* plan = at_hand.plan();
    const auto scope = read::subject(fields.getScope());
    if (plan == nullptr || plan->has(scope)) {
        return done();
    }
    return refusal(advice_for_reference(plan, scope), "{} is not the plan or a part of it",
                   scope.str());
}

Result<void> hold_stands(const Case& at_hand) {
    const auto* hold = part_at_hand(at_hand, &Plan::holds);
    if (hold == nullptr) {
        return done();
    }
    if (hold->released) {
        return error(Fault::conflict, "{} was released by event {}", hold->ref.str(),
                     hold->released->index.value)
            .advise("there is nothing left to release");
    }
    if (at_hand.envelope().answers != hold->placed.index) {
        return refusal(fmt::format("answer event {}", hold->placed.index.value),
                       "{} was placed by event {}", hold->ref.str(), hold->placed.index.value);
    }
    return done();
}

Result<void> hold_released_by_another(const Case& at_hand) {
    const auto* hold = part_at_hand(at_hand, &Plan::holds);
    return hold == nullptr ? done() : by_another(at_hand, hold->placed, "placed the hold");
}

Result<void> read_out(const Case& at_hand, schema::ContentRead::Reader fields) {
    const auto* item = part_at_hand(at_hand, &Plan::evidence);
    if (item == nullptr) {
        return done();  // R08 judges the subject
    }
    const auto advice =
        fmt::format("use `wsoa evidence get {}`, which names the document", item->ref.str());
    if (item->erased) {
        return refusal("read its redacted copy, where there is one",
                       "the content of {} is gone since event {}", item->ref.str(),
                       item->erased->index.value);
    }
    if (!item->document || document_read(at_hand.change) != item->document) {
        return refusal(advice, "the document that it names is not that of {}", item->ref.str());
    }
    return fields.hasPack() ? refers_to(at_hand, read::subject(fields.getPack()), SubjectKind::pack)
                            : done();
}

Result<void> anchored(const Case& at_hand, schema::CheckpointAnchored::Reader fields) {
    const auto seen = at_hand.envelope().seen.size.value;
    if (fields.getSize() == 0 || fields.getSize() > seen) {
        return refusal("anchor a checkpoint that your tool has seen",
                       "it covers {} events, where its author had seen {}", fields.getSize(), seen);
    }
    // Days of zones behind UTC begin up to a day after those of UTC, which the time is given in.
    constexpr std::uint64_t seconds_a_day = 86'400;
    const auto day = fields.getTime() / seconds_a_day;
    if (day > static_cast<std::uint64_t>(at_hand.today.days) + 1) {
        return refusal("see that the clocks of both sides are right",
                       "it says that it was made after {}, the day of the record",
                       in_words(at_hand.today));
    }
    return done();
}

}  // namespace

std::vector<Rule> of_records() {
    return {
        {"R99",
         "A correction strikes an entry about its subject that can be struck, once, while nothing "
         "was built on it.",
         1, 0, only<Kind::ENTRY_CORRECTED, struck_once>},
        {"R100", "An entry is struck by its author or by the programme office.", 1, 0,
         only<Kind::ENTRY_CORRECTED, struck_by_its_author>, Rule::Needs::authors},
        {"R101", "A mistake is noted on an event that its subject has behind it.", 1, 0,
         only<Kind::RECTIFICATION_NOTED, mistake_is_an_entry>},
        {"R102", "A hold covers the plan or a part of it.", 1, 0,
         of_kind<Kind::HOLD_PLACED, &Reader::getHoldPlaced, hold_has_a_scope>},
        {"R103", "A hold is released once, in answer to the event that placed it.", 1, 0,
         only<Kind::HOLD_RELEASED, hold_stands>},
        {"R104", "A hold is released by another person than the one who placed it.", 1, 0,
         only<Kind::HOLD_RELEASED, hold_released_by_another>, Rule::Needs::authors},
        {"R105",
         "An erasure is asked under a reference of its own, of the content of a document or the "
         "words of an event.",
         1, 0, of_kind<Kind::ERASURE_REQUESTED, &Reader::getErasureRequested, erasure_is_asked>},
        {"R106", "A decision on an erasure answers its request, once.", 1, 0,
         of_kind<Kind::ERASURE_DECIDED, &Reader::getErasureDecided, decision_answers_request>},
        {"R107", "An erasure is decided by another person than the one who asked for it.", 1, 0,
         only<Kind::ERASURE_DECIDED, decided_by_another>, Rule::Needs::authors},
        {"R108", "What a hold covers is neither erased nor disposed of.", 1, 0,
         of_kinds<nothing_held_goes, Kind::ERASURE_DECIDED, Kind::CONTENT_ERASED,
                  Kind::DISPOSAL_APPROVED, Kind::DISPOSED>},
        {"R109", "Content is erased as it was granted, once, and so that no key opens it any more.",
         1, 0, of_kind<Kind::CONTENT_ERASED, &Reader::getContentErased, erased_as_decided>},
        {"R110", "An erasure is carried out by another person than the one who decided it.", 1, 0,
         only<Kind::CONTENT_ERASED, erased_by_another>, Rule::Needs::authors},
        {"R111",
         "What is kept is kept until a day that lies ahead, and is disposed of from that day on, "
         "once that was approved.",
         1, 0,
         of_kinds<retention_in_order, Kind::RETENTION_APPLIED, Kind::DISPOSAL_APPROVED,
                  Kind::DISPOSED>},
        {"R112",
         "A disposal is approved by another person than the one who applied the rule, and carried "
         "out by another again.",
         1, 0, of_kinds<disposed_by_two, Kind::DISPOSAL_APPROVED, Kind::DISPOSED>,
         Rule::Needs::authors},
    };
}

std::vector<Rule> of_vault() {
    return {
        {"R141",
         "What erases words or a document of the ledger names the vault that forgot, and each "
         "vault so named is a later one than the one before.",
         1, 0, of_kinds<vault_rises, Kind::CONTENT_ERASED, Kind::DISPOSED>},
        {"R142",
         "What was read out is the item's own document, which is still there, and a pack that it "
         "went into is one of the plan.",
         1, 0, of_kind<Kind::CONTENT_READ, &Reader::getContentRead, read_out>},
        {"R143",
         "An anchored checkpoint covers no more than its author had seen, and was vouched for "
         "before the day of the record was over.",
         1, 0, of_kind<Kind::CHECKPOINT_ANCHORED, &Reader::getCheckpointAnchored, anchored>},
    };
}

}  // namespace wsoa::rules
