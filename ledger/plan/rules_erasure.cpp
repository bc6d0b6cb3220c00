#include "ledger/plan/rights.h"
#include "ledger/plan/rules_records.h"

#include <algorithm>

namespace wsoa::rules {
namespace {

const SubjectRef& subject_of(const Case& at_hand) { return at_hand.envelope().subject; }

Result<void> not_held(const Plan& plan, const SubjectRef& subject) {
    if (const auto* hold = hold_over(plan, subject)) {
        return refusal(fmt::format("keep it until {} is released", hold->ref.str()),
                       "the hold {} on {} keeps {}", hold->ref.str(), hold->scope.str(),
                       subject.str());
    }
    return done();
}

// The erasure of the words of that event, if it was carried out; null otherwise.
const Erasure* erasure_of_words(const Plan& plan, EventIndex event) {
    for (const auto& [ref, erasure] : plan.erasures) {
        if (erasure.erased && erasure.scope == schema::ErasureScope::WORDS &&
            erasure.event == event) {
            return &erasure;
        }
    }
    return nullptr;
}

// `conflict` where the words of the event are gone.
Result<void> words_are_there(const Plan& plan, EventIndex event) {
    if (const auto* erasure = erasure_of_words(plan, event)) {
        return first_come("there is nothing left to erase",
                          "the words of event {} were erased by event {}", event.value,
                          erasure->erased->entry.index.value);
    }
    return done();
}

// The document of the item at hand; null where the ledger keeps none.
std::optional<NamedDocument> document_at_hand(const Case& at_hand) {
    const auto* item = part_at_hand(at_hand, &Plan::evidence);
    return item == nullptr ? std::nullopt : item->document;
}

// That what goes is the item's own document, if it has one.
Result<void> names_its_document(const Case& at_hand, const std::string& command) {
    const auto named = document_erased(at_hand.change);
    const auto held = document_at_hand(at_hand);
    if (named == held) {
        return done();
    }
    return refusal(
        fmt::format("let `{}` carry it out", command), "the document of {} is {}",
        subject_of(at_hand).str(),
        held ? fmt::format("number {}, and not what it names", held->number.value) : "not here");
}

// Whether the vault that forgot is named where one must be, and is later than the last one.
template <typename Fields>
Result<void> names_later_vault(const Case& at_hand, Fields fields, bool is_needed,
                               const std::string& command) {
    const bool names_one = fields.hasVaultGeneration() && fields.hasVaultDigest();
    const auto advice = fmt::format("let `{}` carry it out", command);
    if (!names_one && (is_needed || fields.hasVaultGeneration() || fields.hasVaultDigest())) {
        return refusal(advice, "it does not say which vault forgot what is gone");
    }
    const auto& before = at_hand.state.vault;
    if (names_one && before && fields.getVaultGeneration().getValue() <= before->generation) {
        return refusal(advice, "event {} names generation {} of the vault, and this one no later",
                       before->event.value, before->generation);
    }
    return done();
}

std::string command_to_erase(schema::ContentErased::Reader fields) {
    return fmt::format("wsoa erase {}", read::text(fields.getRequest()));
}

std::string command_to_dispose(const Case& at_hand) {
    return fmt::format("wsoa dispose {}", subject_of(at_hand).str());
}

// The request that a decision or an erasure is about; null if there is none.
const Erasure* erasure_named(const Case& at_hand) {
    const auto* plan = at_hand.plan();
    const auto named = at_hand.change.subject_in("request");
    return plan == nullptr || !named ? nullptr : part_in(plan->erasures, *named);
}

Result<void> kept_until_a_day_ahead(const Case& at_hand, schema::RetentionApplied::Reader fields) {
    const auto due = read::date(fields.getDue());
    if (due < at_hand.today) {
        return refusal("give the day from which it may be disposed of",
                       "{} is past and can no more be waited for", in_words(due));
    }
    const auto* kept = part_at_hand(at_hand, &Plan::retentions);
    if (kept != nullptr && kept->disposed) {
        return error(Fault::conflict, "{} was disposed of by event {}", kept->subject.str(),
                     kept->disposed->index.value)
            .advise("there is nothing left to keep");
    }
    return done();
}

// How long the subject is kept; null where nobody has said.
const Retention* retention_of(const Case& at_hand) {
    const auto* kept = part_at_hand(at_hand, &Plan::retentions);
    return kept == nullptr || kept->rule.latest() == nullptr ? nullptr : kept;
}

// The approval that was given since the rule was last applied; null while there is none.
const Entry* approval_of(const Retention& kept) {
    return kept.approved && kept.approved->index > kept.rule.latest()->index ? &*kept.approved
                                                                             : nullptr;
}

Result<void> disposed_when_due(const Case& at_hand) {
    const auto* kept = retention_of(at_hand);
    const auto& subject = subject_of(at_hand);
    if (kept == nullptr) {
        return refusal("say first how long it is kept: retentionApplied",
                       "nobody has said how long {} is kept", subject.str());
    }
    const auto due = kept->rule.latest()->value.due;
    if (at_hand.envelope().effective < due) {
        return refusal(fmt::format("wait until {}", in_words(due)), "{} is kept until {}",
                       subject.str(), in_words(due));
    }
    if (kept->disposed) {
        return error(Fault::conflict, "{} was disposed of by event {}", subject.str(),
                     kept->disposed->index.value)
            .advise("there is nothing left to dispose of");
    }
    return done();
}

Result<void> approved_once(const Case& at_hand) {
    TRY(disposed_when_due(at_hand));
    if (const auto* approved = approval_of(*retention_of(at_hand))) {
        return error(Fault::conflict, "the disposal of {} was approved by event {}",
                     subject_of(at_hand).str(), approved->index.value)
            .advise("it can be disposed of: record `disposed`");
    }
    return done();
}

Result<void> disposed_as_approved(const Case& at_hand, schema::Disposed::Reader fields) {
    TRY(disposed_when_due(at_hand));
    const auto* approved = approval_of(*retention_of(at_hand));
    if (approved == nullptr || at_hand.envelope().answers != approved->index) {
        return refusal(approved == nullptr
                           ? std::string("have another person approve it: disposalApproved")
                           : fmt::format("answer event {}", approved->index.value),
                       "it answers no approval of the disposal of {}", subject_of(at_hand).str());
    }
    if (!fields.getKeyDestroyed()) {
        return refusal("destroy the key, then record it with --keyDestroyed true",
                       "what a key still opens is not disposed of");
    }
    return names_its_document(at_hand, command_to_dispose(at_hand));
}

}  // namespace

Result<void> erasure_is_asked(const Case& at_hand, schema::ErasureRequested::Reader fields) {
    const auto* plan = at_hand.plan();
    if (plan == nullptr) {
        return done();
    }
    const auto ref = read::subject(fields.getRequest());
    if (plan->has(ref) || ref.plan() != plan->ref) {
        return refusal(fmt::format("choose a reference that is free, such as {}-ER{}",
                                   plan->ref.str(), plan->erasures.size() + 1),
                       "{} is no free reference of the plan", ref.str());
    }
    const auto event = read::index_if(fields.hasEvent(), fields.getEvent());
    if (fields.getScope() == schema::ErasureScope::WORDS) {
        TRY(earlier_event(at_hand, event));
        return words_are_there(*plan, *event);
    }
    if (event) {
        return refusal("leave out --event, or ask with --scope words",
                       "the content of a document is no event's");
    }
    const auto* item = part_in(plan->evidence, subject_of(at_hand));
    if (item == nullptr) {
        return refusal("ask about an item of evidence, or with --scope words",
                       "{} has no content that could be erased", subject_of(at_hand).str());
    }
    if (item->erased) {
        return error(Fault::conflict, "the content of {} was erased by event {}", item->ref.str(),
                     item->erased->index.value)
            .advise("there is nothing left to erase");
    }
    return done();
}

Result<void> decision_answers_request(const Case& at_hand, schema::ErasureDecided::Reader fields) {
    const auto* plan = at_hand.plan();
    const auto* request = erasure_named(at_hand);
    if (plan == nullptr) {
        return done();
    }
    if (request == nullptr || request->subject != subject_of(at_hand)) {
        return refusal(
            fmt::format("see `wsoa trail {}` for the requests", subject_of(at_hand).str()),
            "{} is no request for erasure about {}", read::text(fields.getRequest()),
            subject_of(at_hand).str());
    }
    if (request->decided) {
        return error(Fault::conflict, "{} was decided by event {}", request->ref.str(),
                     request->decided->entry.index.value)
            .advise("enter a new request if something has changed since");
    }
    if (at_hand.envelope().answers != request->requested.index ||
        fields.getScope() != request->scope) {
        return refusal(
            fmt::format("answer event {}, with its scope", request->requested.index.value),
            "the decision is not about what {} asks", request->ref.str());
    }
    return done();
}

Result<void> decided_by_another(const Case& at_hand) {
    const auto* request = erasure_named(at_hand);
    return request == nullptr ? done()
                              : by_another(at_hand, request->requested, "asked for the erasure");
}

Result<void> nothing_held_goes(const Case& at_hand) {
    const auto* plan = at_hand.plan();
    const auto change = at_hand.change.reader();
    const bool lets_go = change.isContentErased() || change.isDisposalApproved() ||
                         change.isDisposed() ||
                         (change.isErasureDecided() &&
                          change.getErasureDecided().getDecision() == schema::Decision::GRANTED);
    return plan == nullptr || !lets_go ? done() : not_held(*plan, subject_of(at_hand));
}

Result<void> erased_as_decided(const Case& at_hand, schema::ContentErased::Reader fields) {
    const auto* plan = at_hand.plan();
    const auto* request = erasure_named(at_hand);
    if (plan == nullptr) {
        return done();
    }
    if (request == nullptr || request->subject != subject_of(at_hand) || !request->decided ||
        request->decided->decision != schema::Decision::GRANTED) {
        return refusal("have it decided first: erasureDecided by the data protection officer",
                       "no erasure about {} was granted under {}", subject_of(at_hand).str(),
                       read::text(fields.getRequest()));
    }
    if (request->erased) {
        return error(Fault::conflict, "{} was carried out by event {}", request->ref.str(),
                     request->erased->entry.index.value)
            .advise("there is nothing left to erase");
    }
    if (at_hand.envelope().answers != request->decided->entry.index ||
        fields.getScope() != request->scope ||
        read::index_if(fields.hasEvent(), fields.getEvent()) != request->event) {
        return refusal(fmt::format("answer event {}, with its scope and the event that it names",
                                   request->decided->entry.index.value),
                       "the erasure is not what was decided on {}", request->ref.str());
    }
    if (request->event) {
        TRY(words_are_there(*plan, *request->event));
    }
    if (!fields.getKeyDestroyed()) {
        return refusal("destroy the key, then record it with --keyDestroyed true",
                       "what a key still opens is not erased");
    }
    if (fields.getScope() == schema::ErasureScope::CONTENT) {
        return names_its_document(at_hand, command_to_erase(fields));
    }
    return fields.hasDocument()
               ? refusal(fmt::format("let `{}` carry it out", command_to_erase(fields)),
                         "words are no document's")
               : done();
}

Result<void> erased_by_another(const Case& at_hand) {
    const auto* request = erasure_named(at_hand);
    return request == nullptr || !request->decided
               ? done()
               : by_another(at_hand, request->decided->entry, "decided the erasure");
}

Result<void> vault_rises(const Case& at_hand) {
    const auto change = at_hand.change.reader();
    if (change.isDisposed()) {
        return names_later_vault(at_hand, change.getDisposed(),
                                 document_at_hand(at_hand).has_value(),
                                 command_to_dispose(at_hand));
    }
    if (!change.isContentErased()) {
        return done();
    }
    const auto fields = change.getContentErased();
    const bool is_needed =
        fields.getScope() == schema::ErasureScope::WORDS || document_at_hand(at_hand).has_value();
    return names_later_vault(at_hand, fields, is_needed, command_to_erase(fields));
}

Result<void> retention_in_order(const Case& at_hand) {
    const auto change = at_hand.change.reader();
    if (at_hand.plan() == nullptr || !at_hand.plan()->has(subject_of(at_hand))) {
        return done();
    }
    if (change.isRetentionApplied()) {
        return kept_until_a_day_ahead(at_hand, change.getRetentionApplied());
    }
    if (change.isDisposalApproved()) {
        return approved_once(at_hand);
    }
    return change.isDisposed() ? disposed_as_approved(at_hand, change.getDisposed()) : done();
}

Result<void> disposed_by_two(const Case& at_hand) {
    const auto* kept = retention_of(at_hand);
    if (kept == nullptr) {
        return done();
    }
    const auto change = at_hand.change.reader();
    if (change.isDisposalApproved()) {
        return by_another(at_hand, kept->rule.latest()->value.applied, "said how long it is kept");
    }
    return change.isDisposed() && kept->approved
               ? by_another(at_hand, *kept->approved, "approved the disposal")
               : done();
}

}  // namespace wsoa::rules
