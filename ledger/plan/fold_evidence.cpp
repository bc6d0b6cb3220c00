#include "ledger/plan/folds.h"

#include <fmt/format.h>

namespace wsoa::folds {
namespace {

using Stage = schema::EvidenceStage;

// What a first version and every later one say alike.
template <typename Fields>
Evidence item_of(const Happened& at, Fields fields) {
    Evidence item{
        .ref = at.subject(),
        .added_at = at.index(),
        .added_on = at.effective(),
        .by = at.entry.by,
        .type = fields.getType(),
        .version = fields.getVersion(),
        .date_of_document = read::date_if(fields.hasDateOfDocument(), fields.getDateOfDocument()),
        .period_start = read::date_if(fields.hasPeriodStart(), fields.getPeriodStart()),
        .period_end = read::date_if(fields.hasPeriodEnd(), fields.getPeriodEnd()),
        .source = read::choice_if(fields.getSourceOrganisation()),
        .personal_data = fields.getPersonalData(),
        .review_by = {},
        .lawful_basis = read::choice_if(fields.getLawfulBasis()),
        .prior = {},
        .stage = {},
        .links = {},
        .submissions = {},
        .superseded = {},
        .stale = {},
        .redacted_copies = {},
        .erased = {},
        .document = document_in(fields)};
    if (fields.hasReviewBy()) {
        item.review_by.set(at.effective(), at.index(), read::date(fields.getReviewBy()));
    }
    item.stage.set(at.effective(), at.index(), Stage::REGISTERED);
    return item;
}

Why evidence_registered(Plan& plan, const Happened& at, schema::EvidenceRegistered::Reader fields) {
    if (auto why = taken(plan, at.subject())) {
        return why;
    }
    plan.evidence.emplace(at.subject(), item_of(at, fields));
    return {};
}

Why evidence_version_added(Plan& plan, const Happened& at,
                           schema::EvidenceVersionAdded::Reader fields) {
    if (auto why = taken(plan, at.subject())) {
        return why;
    }
    auto prior = read::subject(fields.getPrior());
    if (!plan.evidence.contains(prior)) {
        return fmt::format("the version before it, {}, is not there", prior.str());
    }
    auto item = item_of(at, fields);
    item.prior = std::move(prior);
    plan.evidence.emplace(at.subject(), std::move(item));
    return {};
}

// A fold over the item that the event is about.
template <auto fold_item>
Why on_item(Plan& plan, const Happened& at) {
    auto* item = part_in(plan.evidence, at.subject());
    return item == nullptr ? Why("its item of evidence is not there") : fold_item(*item, at);
}
template <auto reader, auto fold_item>
Why on_item_with(Plan& plan, const Happened& at) {
    auto* item = part_in(plan.evidence, at.subject());
    return item == nullptr ? Why("its item of evidence is not there")
                           : fold_item(*item, at, (at.event.change().reader().*reader)());
}

Why evidence_superseded(Evidence& item, const Happened& at,
                        schema::EvidenceSuperseded::Reader fields) {
    item.superseded = Evidence::Superseded{.entry = at.entry, .by = read::subject(fields.getBy())};
    return {};
}

Why evidence_linked(Evidence& item, const Happened& at, schema::EvidenceLinked::Reader fields) {
    item.links.push_back(EvidenceLink{
        .target = read::subject(fields.getTarget()), .linked = at.entry, .unlinked = {}});
    return {};
}

Why evidence_unlinked(Evidence& item, const Happened& at, schema::EvidenceUnlinked::Reader fields) {
    const auto target = read::subject(fields.getTarget());
    auto* link = last_of(item.links, [&](const EvidenceLink& linked) {
        return linked.target == target && !linked.unlinked;
    });
    if (link == nullptr) {
        return fmt::format("it is not linked to {}", target.str());
    }
    link->unlinked = at.entry;
    return {};
}

Why evidence_submitted(Evidence& item, const Happened& at,
                       schema::EvidenceSubmitted::Reader fields) {
    item.submissions.push_back(EvidenceSubmission{
        .submitted = at.entry, .target = read::subject(fields.getTarget()), .reviews = {}});
    item.stage.set(at.effective(), at.index(), Stage::SUBMITTED);
    return {};
}

// What a reviewer made of the submission that the event answers.
template <schema::EvidenceStage outcome, typename Fields>
Why reviewed(Evidence& item, const Happened& at, Fields fields) {
    auto* submission = last_of(item.submissions, [&](const EvidenceSubmission& submitted) {
        return submitted.submitted.index == at.event.envelope().answers;
    });
    if (submission == nullptr) {
        return "it answers no submission of the item";
    }
    submission->reviews.push_back(EvidenceSubmission::Review{
        .entry = at.entry,
        .as_role = at.event.envelope().as_role,
        .outcome = outcome,
        .checks = read::choices<schema::EvidenceCheck>(fields.getChecks())});
    item.stage.set(at.effective(), at.index(), outcome);
    return {};
}

Why evidence_marked_stale(Evidence& item, const Happened& at) {
    item.stale = at.entry;
    return {};
}

Why evidence_renewed(Evidence& item, const Happened& at, schema::EvidenceRenewed::Reader fields) {
    item.stale.reset();
    item.review_by.set(at.effective(), at.index(), read::date(fields.getReviewBy()));
    return {};
}

Why redacted_copy_issued(Evidence& item, const Happened& at,
                         schema::RedactedCopyIssued::Reader fields) {
    item.redacted_copies.push_back(
        RedactedCopy{.issued = at.entry,
                     .derivative = read::subject(fields.getDerivative()),
                     .redactor = read::person(fields.getRedactor()),
                     .second_checker = read::person(fields.getSecondChecker()),
                     .categories = read::choices<schema::RedactionCategory>(fields.getCategories()),
                     .method = fields.getMethod()});
    return {};
}

// Who read an item does not change what it is; the event itself is the record.
Why content_read(Evidence& /*item*/, const Happened& /*at*/) { return {}; }

}  // namespace

std::vector<Row> of_evidence() {
    return {
        {Kind::EVIDENCE_REGISTERED,
         with_fields<&Reader::getEvidenceRegistered, evidence_registered>},
        {Kind::EVIDENCE_VERSION_ADDED,
         with_fields<&Reader::getEvidenceVersionAdded, evidence_version_added>},
        {Kind::EVIDENCE_SUPERSEDED,
         on_item_with<&Reader::getEvidenceSuperseded, evidence_superseded>},
        {Kind::EVIDENCE_LINKED, on_item_with<&Reader::getEvidenceLinked, evidence_linked>},
        {Kind::EVIDENCE_UNLINKED, on_item_with<&Reader::getEvidenceUnlinked, evidence_unlinked>},
        {Kind::EVIDENCE_SUBMITTED, on_item_with<&Reader::getEvidenceSubmitted, evidence_submitted>},
        {Kind::EVIDENCE_ACCEPTED,
         on_item_with<&Reader::getEvidenceAccepted,
                      reviewed<Stage::ACCEPTED, schema::EvidenceAccepted::Reader>>},
        {Kind::EVIDENCE_REJECTED,
         on_item_with<&Reader::getEvidenceRejected,
                      reviewed<Stage::REJECTED, schema::EvidenceRejected::Reader>>},
        {Kind::EVIDENCE_MORE_ASKED,
         on_item_with<&Reader::getEvidenceMoreAsked,
                      reviewed<Stage::MORE_ASKED, schema::EvidenceMoreAsked::Reader>>},
        {Kind::EVIDENCE_MARKED_STALE, on_item<evidence_marked_stale>},
        {Kind::EVIDENCE_RENEWED, on_item_with<&Reader::getEvidenceRenewed, evidence_renewed>},
        {Kind::REDACTED_COPY_ISSUED,
         on_item_with<&Reader::getRedactedCopyIssued, redacted_copy_issued>},
        {Kind::CONTENT_READ, on_item<content_read>},
    };
}

}  // namespace wsoa::folds
