#include "ledger/plan/rules.h"

#include <algorithm>

namespace wsoa::rules {
namespace {

using schema::Organisation;
using schema::Role;

// What R123 asks of a check that is scheduled or was held.
struct Numbered {
    schema::ReviewType type = schema::ReviewType::UNSET;
    std::uint16_t number = 0;
    std::optional<Date> held;
};

std::optional<Numbered> numbered(const Case& at_hand) {
    const auto change = at_hand.change.reader();
    if (change.isExternalReviewScheduled()) {
        const auto fields = change.getExternalReviewScheduled();
        return Numbered{.type = fields.getType(), .number = fields.getNumber(), .held = {}};
    }
    if (change.isExternalReviewHeld()) {
        const auto fields = change.getExternalReviewHeld();
        return Numbered{.type = fields.getType(),
                        .number = fields.getNumber(),
                        .held = read::date(fields.getDate())};
    }
    return std::nullopt;
}

Result<void> fits_beside(const Numbered& given, const ExternalReview& other) {
    if (other.type != given.type) {
        return done();
    }
    if (other.number == given.number) {
        return first_come("give it the next number of its type", "{} is number {} of this type",
                          other.ref.str(), given.number);
    }
    if (!given.held || !other.held) {
        return done();
    }
    const bool is_later = given.number > other.number;
    const auto day = other.held->date;
    if (is_later ? *given.held < day : *given.held > day) {
        return refusal("number the checks of a type in the order of their days",
                       "{}, number {} of this type, was on {}", other.ref.str(), other.number,
                       in_words(day));
    }
    return done();
}

Result<void> reviews_count_up(const Case& at_hand) {
    const auto given = numbered(at_hand);
    const auto* plan = at_hand.plan();
    if (!given || plan == nullptr) {
        return done();
    }
    if (given->number == 0) {
        return refusal("count the checks of a type from 1", "no check is number 0 of its type");
    }
    for (const auto& [ref, review] : plan->reviews) {
        if (ref != at_hand.envelope().subject) {
            TRY(fits_beside(*given, review));
        } else if (review.type != given->type || review.number != given->number) {
            return refusal("record it as it was scheduled, or under a reference of its own",
                           "{} was scheduled as number {} of its type", ref.str(), review.number);
        }
    }
    return done();
}

Result<void> review_notified(const Case& at_hand, schema::ExternalReviewNotified::Reader fields) {
    const auto notice = read::date(fields.getNoticeDate());
    TRY(not_ahead(at_hand, notice, "the notice"));
    if (read::date(fields.getFrom()) < notice) {
        return refusal("give the day of the notice and the first day of the check",
                       "the check would begin before its notice of {}", in_words(notice));
    }
    const auto* review = part_at_hand(at_hand, &Plan::reviews);
    if (review != nullptr && review->held) {
        return refusal("a notice belongs before its check; see `wsoa trail`", "{} was held on {}",
                       review->ref.str(), in_words(review->held->date));
    }
    return done();
}

Result<void> review_held(const Case& at_hand, schema::ExternalReviewHeld::Reader fields) {
    const auto* review = part_at_hand(at_hand, &Plan::reviews);
    if (review != nullptr && review->held) {
        return first_come("give another check a reference of its own", "{} was held on {}",
                          review->ref.str(), in_words(review->held->date));
    }
    TRY(true_on(at_hand, read::date(fields.getDate()), "the check"));
    return all_there(at_hand, read::subjects(fields.getAbout()));
}

Result<void> review_days(const Case& at_hand) {
    const auto change = at_hand.change.reader();
    if (change.isExternalReviewScheduled()) {
        const auto fields = change.getExternalReviewScheduled();
        return in_order(read::date(fields.getFrom()),
                        read::date_if(fields.hasUntil(), fields.getUntil()), "the check");
    }
    if (change.isExternalReviewNotified()) {
        return review_notified(at_hand, change.getExternalReviewNotified());
    }
    return change.isExternalReviewHeld() ? review_held(at_hand, change.getExternalReviewHeld())
                                         : done();
}

Result<const ExternalReview*> held_review(const Case& at_hand, const SubjectRef& ref) {
    TRY(refers_to(at_hand, ref, SubjectKind::review));
    const auto& review = at_hand.plan()->reviews.at(ref);
    if (!review.held) {
        return refusal("record externalReviewHeld first", "{} has not been held", ref.str());
    }
    if (at_hand.envelope().effective < review.held->date) {
        return refusal("give that day or a later one", "{} was held on {}", ref.str(),
                       in_words(review.held->date));
    }
    return &review;
}

bool is_from_outside(const std::optional<Organisation>& source) {
    return source == Organisation::INSPECTORATES || source == Organisation::DFE ||
           source == Organisation::NHS_ENGLAND;
}

// A dated letter of those who check, of a day between the check and the entry.
Result<void> letter_after(const Case& at_hand, const SubjectRef& ref,
                          const ExternalReview& review) {
    TRY(refers_to(at_hand, ref, SubjectKind::evidence));
    const auto& letter = at_hand.plan()->evidence.at(ref);
    if (letter.type != schema::EvidenceKind::LETTER || !is_from_outside(letter.source)) {
        return refusal("register their letter as evidence of type letter, with who wrote it",
                       "{} is no letter of the inspectorates, DfE or NHS England", ref.str());
    }
    if (!letter.date_of_document) {
        return refusal("add a version of it with the date that it bears", "{} bears no date",
                       ref.str());
    }
    if (*letter.date_of_document < review.held->date) {
        return refusal("name the letter that came of the check",
                       "{} is of {}, before {} was held on {}", ref.str(),
                       in_words(*letter.date_of_document), review.ref.str(),
                       in_words(review.held->date));
    }
    if (at_hand.envelope().effective < *letter.date_of_document) {
        return refusal("give the letter's day or a later one", "{} is of {}", ref.str(),
                       in_words(*letter.date_of_document));
    }
    return done();
}

Result<void> outcome_of_letter(const Case& at_hand,
                               schema::ExternalReviewOutcomeRecorded::Reader fields) {
    const auto* review = TRY(held_review(at_hand, read::subject(fields.getReview())));
    TRY(letter_after(at_hand, read::subject(fields.getLetter()), *review));
    if (fields.hasNextReview() && read::date(fields.getNextReview()) < review->held->date) {
        return refusal("give the day of the next check", "the next check would come before {}",
                       review->ref.str());
    }
    return done();
}

// Whether a letter that came of the check is in the plan, about the area or the whole of it.
bool has_letter(const Plan& plan, const Area& area, const ExternalReview& review) {
    const auto is_of_it = [&](const Conclusion& conclusion) {
        return conclusion.review == review.ref;
    };
    const auto has_one = [](const ExternalReview::NextSteps& next) {
        return next.letter.has_value();
    };
    return std::ranges::any_of(area.conclusions, is_of_it) ||
           std::ranges::any_of(plan.conclusions, is_of_it) ||
           std::ranges::any_of(review.next_steps, has_one);
}

Result<void> monitoring_ceased(const Case& at_hand, schema::MonitoringCeased::Reader fields) {
    const auto* area = part_at_hand(at_hand, &Plan::areas);
    if (area == nullptr) {
        return done();  // R08 judges the subject
    }
    const auto* stage = area->stage.latest();
    if (stage != nullptr && stage->value == schema::AreaStage::MONITORING_CEASED) {
        return first_come("nothing is left to do for it", "monitoring of {} ceased on {}",
                          area->ref.str(), in_words(stage->effective));
    }
    const auto* review = TRY(held_review(at_hand, read::subject(fields.getReview())));
    TRY(true_on(at_hand, read::date(fields.getDate()), "the end of monitoring"));
    if (at_hand.envelope().as_role == Role::PROGRAMME_OFFICE &&
        !has_letter(*at_hand.plan(), *area, *review)) {
        return refusal("have the adviser or inspector record it, or record what their letter says",
                       "no letter that came of {} is recorded, and the word of the office alone "
                       "does not end monitoring",
                       review->ref.str());
    }
    return done();
}

Result<void> next_steps(const Case& at_hand, schema::NextStepsRecorded::Reader fields) {
    const auto* review = TRY(held_review(at_hand, read::subject(fields.getReview())));
    return fields.hasLetter() ? letter_after(at_hand, read::subject(fields.getLetter()), *review)
                              : done();
}

Result<void> information_requested(const Case& at_hand,
                                   schema::InformationRequested::Reader fields) {
    if (read::date(fields.getDue()) < at_hand.envelope().effective) {
        return refusal("give the day by which they want it",
                       "it would be due before it was asked for, on {}",
                       in_words(at_hand.envelope().effective));
    }
    return fields.hasReview()
               ? refers_to(at_hand, read::subject(fields.getReview()), SubjectKind::review)
               : done();
}

Result<void> request_ends_once(const Case& at_hand) {
    const auto change = at_hand.change.reader();
    const auto* request = part_at_hand(at_hand, &Plan::requests);
    if (request == nullptr || !(change.isInformationFulfilled() || change.isInformationRefused())) {
        return done();
    }
    if (request->fulfilled || request->refused) {
        return first_come("see `wsoa trail` for what became of it", "{} was {} already",
                          request->ref.str(), request->fulfilled ? "fulfilled" : "refused");
    }
    TRY(not_before(at_hand, request->requested, "the request"));
    const bool names_pack =
        change.isInformationFulfilled() && change.getInformationFulfilled().hasPack();
    return names_pack
               ? refers_to(at_hand, read::subject(change.getInformationFulfilled().getPack()),
                           SubjectKind::pack)
               : done();
}

// An item of evidence that was in the plan by the day of the entry.
Result<const Evidence*> item_of_day(const Case& at_hand, const SubjectRef& ref) {
    TRY(refers_to(at_hand, ref, SubjectKind::evidence));
    const auto& item = at_hand.plan()->evidence.at(ref);
    if (item.added_on > at_hand.envelope().effective) {
        return refusal("leave it out", "{} was registered after {}", ref.str(),
                       in_words(at_hand.envelope().effective));
    }
    return &item;
}

Result<void> copy_may_be_packed(const Case& at_hand, const SubjectRef& ref) {
    const auto* item = TRY(item_of_day(at_hand, ref));
    const auto was_issued = [&](const RedactedCopy& copy) {
        return copy.issued.effective <= at_hand.envelope().effective;
    };
    if (std::ranges::none_of(item->redacted_copies, was_issued)) {
        return refusal("issue one with redactedCopyIssued first", "{} has no redacted copy",
                       ref.str());
    }
    return done();
}

Result<void> item_may_be_packed(const Case& at_hand, const SubjectRef& ref) {
    const auto* item = TRY(item_of_day(at_hand, ref));
    if (item->personal_data != schema::PersonalData::NONE) {
        return refusal("name it in redacted as well, so that only its copy is given",
                       "{} holds personal data", ref.str());
    }
    if (item->erased) {
        return refusal("leave it out, or give its redacted copy", "the content of {} was erased",
                       ref.str());
    }
    return done();
}

Result<void> pack_frozen(const Case& at_hand, schema::PackFrozen::Reader fields) {
    TRY(not_ahead(at_hand, read::date(fields.getAsAt()), "what the pack tells of"));
    TRY(enrolled(at_hand, read::person(fields.getRecipient())));
    const auto items = read::subjects(fields.getItems());
    const auto redacted = read::subjects(fields.getRedacted());
    for (const auto& ref : redacted) {
        if (std::ranges::find(items, ref) == items.end()) {
            return refusal("name it in items as well", "{} is not in the pack", ref.str());
        }
    }
    for (const auto& ref : items) {
        const bool is_redacted = std::ranges::find(redacted, ref) != redacted.end();
        TRY(is_redacted ? copy_may_be_packed(at_hand, ref) : item_may_be_packed(at_hand, ref));
    }
    if (fields.hasSize() && fields.getSize().getValue() > at_hand.index.value) {
        return refusal("give the size of the checkpoint in the pack",
                       "the ledger has {} events, not {}", at_hand.index.value,
                       fields.getSize().getValue());
    }
    return done();
}

Result<void> pack_shared(const Case& at_hand, schema::PackShared::Reader fields) {
    TRY(enrolled(at_hand, read::person(fields.getRecipient())));
    if (read::date(fields.getExpires()) < at_hand.today) {
        return refusal("give the last day on which it may be read",
                       "it would be shared until {}, which has passed",
                       in_words(read::date(fields.getExpires())));
    }
    const auto* pack = part_at_hand(at_hand, &Plan::packs);
    return pack == nullptr ? done() : not_before(at_hand, pack->frozen, "the pack");
}

// The window of a reader with whom it was shared closes by itself.
bool may_open(const Pack& pack, const PersonId& reader, Date day) {
    bool was_shared = false;
    for (const auto& share : pack.shares) {
        if (share.recipient == reader) {
            was_shared = true;
            if (share.entry.effective <= day && day <= share.expires) {
                return true;
            }
        }
    }
    return !was_shared && pack.recipient == reader;
}

Result<void> pack_accessed(const Case& at_hand, schema::PackAccessed::Reader fields) {
    const auto* pack = part_at_hand(at_hand, &Plan::packs);
    if (pack == nullptr) {
        return done();  // R08 judges the subject
    }
    const auto reader = read::person(fields.getReader());
    if (at_hand.envelope().as_role != Role::PROGRAMME_OFFICE && at_hand.author() != reader) {
        return refusal("have the reader record it, or the programme office",
                       "the entry would say that {} read it, and is not theirs", reader.str());
    }
    TRY(not_before(at_hand, pack->frozen, "the pack"));
    const auto day = at_hand.envelope().effective;
    if (!may_open(*pack, reader, day)) {
        return refusal("share it with them, for a time, with packShared",
                       "{} could not read {} on {}", reader.str(), pack->ref.str(), in_words(day));
    }
    return done();
}

}  // namespace

std::vector<Rule> of_review() {
    return {
        {"R123",
         "Checks of one type are numbered from 1 in the order of their days, and a check is held "
         "as it was scheduled.",
         1, 0,
         of_kinds<reviews_count_up, Kind::EXTERNAL_REVIEW_SCHEDULED, Kind::EXTERNAL_REVIEW_HELD>},
        {"R124",
         "A check has its days in order, a notice that came before it, and is held once, on the "
         "day of its entry, about parts of the plan.",
         1, 0,
         of_kinds<review_days, Kind::EXTERNAL_REVIEW_SCHEDULED, Kind::EXTERNAL_REVIEW_NOTIFIED,
                  Kind::EXTERNAL_REVIEW_HELD>},
        {"R125",
         "An outcome is that of a check that was held, from a dated letter of the inspectorates, "
         "DfE or NHS England that came after it.",
         1, 0,
         of_kind<Kind::EXTERNAL_REVIEW_OUTCOME_RECORDED, &Reader::getExternalReviewOutcomeRecorded,
                 outcome_of_letter>},
        {"R126",
         "Monitoring of an area ceases once, by the word of a check that was held: of the adviser "
         "or inspector, or of a letter.",
         1, 0, of_kind<Kind::MONITORING_CEASED, &Reader::getMonitoringCeased, monitoring_ceased>,
         Rule::Needs::authors},
        {"R127", "What follows a check is recorded after it was held, from no other letter.", 1, 0,
         of_kind<Kind::NEXT_STEPS_RECORDED, &Reader::getNextStepsRecorded, next_steps>},
        {"R128", "What is asked for is not due before it is asked, and belongs to a known check.",
         1, 0,
         of_kind<Kind::INFORMATION_REQUESTED, &Reader::getInformationRequested,
                 information_requested>},
        {"R129", "A request is fulfilled or refused once, and with a pack that is there.", 1, 0,
         of_kinds<request_ends_once, Kind::INFORMATION_FULFILLED, Kind::INFORMATION_REFUSED>},
        {"R130",
         "A pack is for somebody enrolled, of a day that has come, and holds evidence of the "
         "plan; what has personal data or was erased is in it as its redacted copy.",
         1, 0, of_kind<Kind::PACK_FROZEN, &Reader::getPackFrozen, pack_frozen>},
        {"R131", "A pack is shared with somebody enrolled, until a day that has not passed.", 1, 0,
         of_kind<Kind::PACK_SHARED, &Reader::getPackShared, pack_shared>},
        {"R132",
         "A pack is read by whom it was frozen for or shared with, while they may read it, and "
         "they or the programme office say so.",
         1, 0, of_kind<Kind::PACK_ACCESSED, &Reader::getPackAccessed, pack_accessed>,
         Rule::Needs::authors},
    };
}

}  // namespace wsoa::rules
