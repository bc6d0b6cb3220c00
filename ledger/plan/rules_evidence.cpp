#include "ledger/plan/rules_evidence.h"

#include "ledger/event/kinds.h"

#include <algorithm>

namespace wsoa::rules {

const Evidence* evidence_of(const Case& at_hand) { return part_at_hand(at_hand, &Plan::evidence); }

const EvidenceLink* link_to(const Evidence& item, const SubjectRef& target) {
    const auto found = std::ranges::find_if(item.links, [&](const EvidenceLink& link) {
        return link.target == target && !link.unlinked;
    });
    return found == item.links.end() ? nullptr : &*found;
}

const EvidenceSubmission* newest_submission(const Evidence& item, const SubjectRef& target) {
    const auto found = std::find_if(
        item.submissions.rbegin(), item.submissions.rend(),
        [&](const EvidenceSubmission& submission) { return submission.target == target; });
    return found == item.submissions.rend() ? nullptr : &*found;
}

namespace {

Result<void> version_follows(const Case& at_hand, schema::EvidenceVersionAdded::Reader fields) {
    const auto* plan = at_hand.plan();
    if (plan == nullptr) {
        return done();  // R08 judges the subject
    }
    const auto ref = read::subject(fields.getPrior());
    TRY(refers_to(at_hand, ref, SubjectKind::evidence));
    const auto& prior = plan->evidence.at(ref);
    for (const auto& [other, item] : plan->evidence) {
        if (item.prior == ref) {
            return error(Fault::conflict, "{} is the version that follows {} already", other.str(),
                         ref.str())
                .advise(
                    fmt::format("name the newest version with --prior, such as {}", other.str()));
        }
    }
    if (fields.getVersion() != prior.version + 1) {
        return refusal(fmt::format("give --version {}", prior.version + 1),
                       "{} is version {}, and the next is not {}", ref.str(), prior.version,
                       fields.getVersion());
    }
    return done();
}

Result<void> target_can_be_shown(const Case& at_hand, schema::EvidenceLinked::Reader fields) {
    return at_hand.plan() == nullptr
               ? done()
               : refers_to_any(at_hand, read::subject(fields.getTarget()),
                               {SubjectKind::plan, SubjectKind::area, SubjectKind::outcome,
                                SubjectKind::action, SubjectKind::milestone, SubjectKind::measure});
}

Result<void> linked_once(const Case& at_hand) {
    const auto* item = evidence_of(at_hand);
    if (item == nullptr) {
        return done();
    }
    const auto change = at_hand.change.reader();
    if (change.isEvidenceLinked()) {
        const auto target = read::subject(change.getEvidenceLinked().getTarget());
        if (const auto* link = link_to(*item, target)) {
            return refusal("leave it as it is, or end that link first to claim something else",
                           "{} has been linked to {} since event {}", item->ref.str(), target.str(),
                           link->linked.index.value);
        }
    }
    if (change.isEvidenceUnlinked()) {
        const auto target = read::subject(change.getEvidenceUnlinked().getTarget());
        if (link_to(*item, target) == nullptr) {
            return refusal(fmt::format("see `wsoa show {}` for its links", item->ref.str()),
                           "{} is not linked to {}", item->ref.str(), target.str());
        }
    }
    return done();
}

Result<void> submitted_for_its_link(const Case& at_hand, schema::EvidenceSubmitted::Reader fields) {
    const auto* item = evidence_of(at_hand);
    if (item == nullptr) {
        return done();
    }
    const auto target = read::subject(fields.getTarget());
    if (link_to(*item, target) == nullptr) {
        return refusal("link it first, with a sentence on what it shows: evidenceLinked",
                       "{} is not linked to {}", item->ref.str(), target.str());
    }
    const auto* last = newest_submission(*item, target);
    if (last != nullptr && last->reviews.empty()) {
        return refusal("wait for the review",
                       "{} was submitted for {} by event {}, which waits to be reviewed",
                       item->ref.str(), target.str(), last->submitted.index.value);
    }
    return done();
}

Result<void> replaced_by_another(const Case& at_hand, schema::EvidenceSuperseded::Reader fields) {
    const auto* item = evidence_of(at_hand);
    if (item == nullptr) {
        return done();
    }
    const auto by = read::subject(fields.getBy());
    TRY(refers_to(at_hand, by, SubjectKind::evidence));
    if (by == item->ref) {
        return refusal("name the item that takes its place", "{} cannot take its own place",
                       item->ref.str());
    }
    if (item->superseded) {
        return error(Fault::conflict, "{} took the place of {} by event {}",
                     item->superseded->by.str(), item->ref.str(),
                     item->superseded->entry.index.value)
            .advise(fmt::format("say what takes the place of {}", item->superseded->by.str()));
    }
    const auto& other = at_hand.plan()->evidence.at(by);
    if (other.superseded) {
        return refusal(fmt::format("name {}, or the item that stands", other.superseded->by.str()),
                       "{} has itself given place to {}", by.str(), other.superseded->by.str());
    }
    return done();
}

Result<void> stale_once_accepted(const Case& at_hand) {
    const auto* item = evidence_of(at_hand);
    if (item == nullptr) {
        return done();
    }
    // It may have been submitted for something else since.
    const bool is_accepted =
        std::ranges::any_of(item->submissions, [](const EvidenceSubmission& submission) {
            const auto* verdict = submission.verdict();
            return verdict != nullptr && verdict->outcome == schema::EvidenceStage::ACCEPTED;
        });
    if (!is_accepted) {
        return refusal("only what counts can be too old to count: have it accepted first",
                       "{} is not accepted", item->ref.str());
    }
    if (item->stale) {
        return refusal("renew it with evidenceRenewed, or leave it as it is",
                       "{} was marked as too old by event {}", item->ref.str(),
                       item->stale->index.value);
    }
    return done();
}

Result<void> renewed_to_a_later_day(const Case& at_hand, schema::EvidenceRenewed::Reader fields) {
    const auto* item = evidence_of(at_hand);
    if (item == nullptr) {
        return done();
    }
    const auto* review_by = item->review_by.latest();
    if (review_by == nullptr && !item->stale) {
        return refusal("leave it as it is", "{} has no day of review and is not marked as too old",
                       item->ref.str());
    }
    const auto day = read::date(fields.getReviewBy());
    if (day <= at_hand.today) {
        return refusal("give a day that lies ahead", "{} is no later day of review", in_words(day));
    }
    if (review_by != nullptr && day <= review_by->value) {
        return refusal("give a later day", "{} is to be looked at on {} already, not before {}",
                       item->ref.str(), in_words(review_by->value), in_words(day));
    }
    return done();
}

Result<void> redacted_by_two(const Case& at_hand, schema::RedactedCopyIssued::Reader fields) {
    const auto redactor = read::person(fields.getRedactor());
    const auto checker = read::person(fields.getSecondChecker());
    TRY(enrolled(at_hand, redactor));
    TRY(enrolled(at_hand, checker));
    if (redactor == checker) {
        return refusal("have another person check it", "{} cannot check their own copy",
                       redactor.str());
    }
    const auto author = at_hand.author();
    if (author && author != redactor && author != checker) {
        return refusal("have one of the two record it", "{} neither made the copy nor checked it",
                       author->str());
    }
    return done();
}

Result<void> copy_is_apart(const Case& at_hand, schema::RedactedCopyIssued::Reader fields) {
    const auto* item = evidence_of(at_hand);
    if (item == nullptr) {
        return done();
    }
    if (item->personal_data == schema::PersonalData::NONE) {
        return refusal(
            "show the item itself; if it does hold personal data, add a version that "
            "says so",
            "{} holds no personal data to take out", item->ref.str());
    }
    if (item->erased) {
        return refusal("issue copies before the content is erased",
                       "the content of {} was erased by event {}", item->ref.str(),
                       item->erased->index.value);
    }
    const auto copy = read::subject(fields.getDerivative());
    const auto kind = at_hand.plan()->kind_of(copy);
    if (copy == item->ref || copy.plan() != item->ref.plan() ||
        (kind && kind != SubjectKind::evidence)) {
        return refusal(fmt::format("use a reference that is free, such as {}-R1", item->ref.str()),
                       "{} cannot be the reference of a copy of {}", copy.str(), item->ref.str());
    }
    return done();
}

Result<void> document_is_its_own(const Case& at_hand) {
    const auto named = document_named(at_hand.change);
    const auto* plan = at_hand.plan();
    if (!named || plan == nullptr) {
        return done();
    }
    for (const auto& [ref, item] : plan->evidence) {
        if (item.document && item.document->number == named->number) {
            return refusal("bring the document in anew with `wsoa evidence add`",
                           "document {} is that of {}", named->number.value, ref.str());
        }
    }
    return done();
}

}  // namespace

std::vector<Rule> of_evidence() {
    return {
        {"R85", "A version follows the newest one of its item and counts one more.", 1, 0,
         of_kind<Kind::EVIDENCE_VERSION_ADDED, &Reader::getEvidenceVersionAdded, version_follows>},
        {"R86",
         "Evidence is linked to what it can show: the plan, an area, outcome, action, milestone or "
         "measure.",
         1, 0, of_kind<Kind::EVIDENCE_LINKED, &Reader::getEvidenceLinked, target_can_be_shown>},
        {"R87", "Evidence is linked to the same target once, and only a link that stands is ended.",
         1, 0, of_kinds<linked_once, Kind::EVIDENCE_LINKED, Kind::EVIDENCE_UNLINKED>},
        {"R88",
         "Evidence is submitted for what it is linked to, and not again while that submission "
         "waits.",
         1, 0,
         of_kind<Kind::EVIDENCE_SUBMITTED, &Reader::getEvidenceSubmitted, submitted_for_its_link>},
        {"R89",
         "A review answers the newest submission of the item for that target, while it has no "
         "verdict.",
         1, 0,
         of_kinds<review_answers_submission, Kind::EVIDENCE_ACCEPTED, Kind::EVIDENCE_REJECTED,
                  Kind::EVIDENCE_MORE_ASKED>},
        {"R90",
         "Evidence is reviewed by another person than its submitter and the owner of the action.",
         1, 0,
         of_kinds<reviewed_by_another, Kind::EVIDENCE_ACCEPTED, Kind::EVIDENCE_REJECTED,
                  Kind::EVIDENCE_MORE_ASKED>,
         Rule::Needs::authors},
        {"R91", "A reviewer's role reaches what the evidence is to count for.", 1, 0,
         of_kinds<reviewer_reaches_target, Kind::EVIDENCE_ACCEPTED, Kind::EVIDENCE_REJECTED,
                  Kind::EVIDENCE_MORE_ASKED>,
         Rule::Needs::authors},
        {"R92",
         "Evidence is accepted once it was seen to be dated or sourced, and no more is said of a "
         "document than it bears.",
         1, 0,
         of_kinds<checks_can_hold, Kind::EVIDENCE_ACCEPTED, Kind::EVIDENCE_REJECTED,
                  Kind::EVIDENCE_MORE_ASKED>},
        {"R93", "Evidence gives place to another item of the plan that stands, once.", 1, 0,
         of_kind<Kind::EVIDENCE_SUPERSEDED, &Reader::getEvidenceSuperseded, replaced_by_another>},
        {"R94", "Only accepted evidence is marked as too old, once.", 1, 0,
         only<Kind::EVIDENCE_MARKED_STALE, stale_once_accepted>},
        {"R95", "Evidence that has a day of review, or is too old, is renewed until a later day.",
         1, 0,
         of_kind<Kind::EVIDENCE_RENEWED, &Reader::getEvidenceRenewed, renewed_to_a_later_day>},
        {"R96",
         "A redacted copy is made by one person and checked by another, and one of them records "
         "it.",
         1, 0, of_kind<Kind::REDACTED_COPY_ISSUED, &Reader::getRedactedCopyIssued, redacted_by_two>,
         Rule::Needs::authors},
        {"R97",
         "A redacted copy is apart from its original, which holds personal data and is not "
         "erased.",
         1, 0, of_kind<Kind::REDACTED_COPY_ISSUED, &Reader::getRedactedCopyIssued, copy_is_apart>},
        {"R98", "A document is that of one item and of no other.", 1, 0,
         of_kinds<document_is_its_own, Kind::EVIDENCE_REGISTERED, Kind::EVIDENCE_VERSION_ADDED>},
    };
}

}  // namespace wsoa::rules
