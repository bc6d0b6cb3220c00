#include "ledger/plan/calendar.h"
#include "ledger/plan/rights.h"
#include "ledger/plan/rules.h"

#include <algorithm>
#include <map>

namespace wsoa::rules {
namespace {

using schema::CheckResult;

const Publication* publication_at_hand(const Case& at_hand) {
    return part_at_hand(at_hand, &Plan::publications);
}

// The day that the change says the publication tells of; null for kinds that do not say.
std::optional<Date> tells_of(const Case& at_hand) {
    const auto change = at_hand.change.reader();
    if (change.isPublicationChecked()) {
        return read::date(change.getPublicationChecked().getAsAt());
    }
    if (change.isPublicationApproved()) {
        return read::date(change.getPublicationApproved().getAsAt());
    }
    if (change.isPublished()) {
        return read::date(change.getPublished().getAsAt());
    }
    return change.isPublicationCorrected()
               ? std::optional(read::date(change.getPublicationCorrected().getAsAt()))
               : std::nullopt;
}

Result<void> of_one_day(const Case& at_hand) {
    const auto change = at_hand.change.reader();
    if (change.isPublicationDrafted()) {
        return not_ahead(at_hand, read::date(change.getPublicationDrafted().getAsAt()),
                         "what the draft tells of");
    }
    const auto* publication = publication_at_hand(at_hand);
    const auto day = tells_of(at_hand);
    if (publication != nullptr && day && *day != publication->as_at) {
        return refusal(fmt::format("give {}, or draft another one", to_string(publication->as_at)),
                       "{} tells of {}, not of {}", publication->ref.str(),
                       in_words(publication->as_at), in_words(*day));
    }
    return done();
}

Result<void> may_be_published(const Publication& publication, schema::Published::Reader fields) {
    if (!publication.approved) {
        return refusal("have it checked and approved first", "{} has not been approved",
                       publication.ref.str());
    }
    if (publication.published) {
        return first_come("put it right with publicationCorrected", "{} was published already",
                          publication.ref.str());
    }
    if (fields.getChannel() != publication.channel) {
        return refusal("publish it where it was drafted for, or draft another one",
                       "{} was drafted and approved to appear elsewhere", publication.ref.str());
    }
    return done();
}

// The last step that the publication has taken; a later one is not of an earlier day.
const Entry& last_step(const Publication& publication) {
    if (!publication.corrections.empty()) {
        return publication.corrections.back().entry;
    }
    if (publication.published) {
        return publication.published->entry;
    }
    if (publication.approved) {
        return *publication.approved;
    }
    return publication.checks.empty() ? publication.drafted : publication.checks.back().entry;
}

Result<void> goes_forward(const Case& at_hand) {
    const auto* publication = publication_at_hand(at_hand);
    if (publication == nullptr) {
        return done();  // a draft, which adds it, or no publication, which R08 judges
    }
    const auto change = at_hand.change.reader();
    const auto& ref = publication->ref.str();
    if (publication->withdrawn) {
        return first_come("draft another one", "{} was withdrawn on {}", ref,
                          in_words(publication->withdrawn->effective));
    }
    TRY(not_before(at_hand, last_step(*publication), "the last step of the publication"));
    if (publication->approved &&
        (change.isPublicationChecked() || change.isPublicationApproved())) {
        return first_come("draft another one if something is wrong with it",
                          "{} was approved at event {}", ref, publication->approved->index.value);
    }
    if (change.isPublished()) {
        return may_be_published(*publication, change.getPublished());
    }
    const bool needs_page = change.isPublicationCorrected() || change.isPublicationWithdrawn();
    if (needs_page && !publication->published) {
        return refusal("what was not published needs neither", "{} has not been published", ref);
    }
    return done();
}

Result<void> by_three_people(const Case& at_hand) {
    const auto change = at_hand.change.reader();
    const auto* publication = publication_at_hand(at_hand);
    const bool is_approval = change.isPublicationApproved();
    if (publication == nullptr || !(is_approval || change.isPublicationChecked())) {
        return done();
    }
    TRY(by_another(at_hand, publication->drafted, "drafted the publication"));
    for (const auto& check : publication->checks) {
        if (is_approval) {
            TRY(by_another(at_hand, check.entry, "checked the publication"));
        }
    }
    return done();
}

Result<void> approved_as_checked(const Case& at_hand) {
    const auto* publication = publication_at_hand(at_hand);
    if (publication == nullptr) {
        return done();  // R08 judges the subject
    }
    if (publication->checks.empty()) {
        return refusal("have it checked with publicationChecked first", "{} has not been checked",
                       publication->ref.str());
    }
    const auto& last = publication->checks.back();
    if (last.privacy != CheckResult::PASSED || last.accessibility != CheckResult::PASSED) {
        return refusal("mend it and have it checked again",
                       "the last check of {}, at event {}, found that {} was not in order",
                       publication->ref.str(), last.entry.index.value,
                       last.privacy == CheckResult::PASSED ? "accessibility" : "privacy");
    }
    return done();
}

bool is_code_of(const Plan& plan, schema::Axis axis, std::string_view code) {
    constexpr std::string_view of_actions[] = {code_not_started, code_unrated, code_complete,
                                               code_embedded, code_ended};
    const auto in_scale = [&](const RatingScale& scale) {
        return scale.axis == axis && std::ranges::find(scale.codes, code) != scale.codes.end();
    };
    const auto& usual = rating_codes(axis);
    return std::ranges::find(usual, code) != usual.end() ||
           std::ranges::any_of(plan.scales, in_scale) ||
           (axis == schema::Axis::DELIVERY &&
            std::ranges::find(of_actions, code) != std::end(of_actions));
}

using Shown = std::map<SubjectRef, std::string>;

// What a page shows, or why it cannot.
Result<Shown> page_of(const Case& at_hand, capnp::List<schema::ShownRating>::Reader list) {
    Shown page;
    for (const auto rating : list) {
        auto subject = read::subject(rating.getSubject());
        std::string code(read::text(rating.getCode()));
        TRY(refers_to_any(at_hand, subject, {SubjectKind::action, SubjectKind::area}));
        const auto& plan = *at_hand.plan();
        const auto axis =
            plan.actions.contains(subject) ? schema::Axis::DELIVERY : schema::Axis::IMPACT;
        if (!is_code_of(plan, axis, code)) {
            return refusal("see `wsoa show` for the ratings of the plan",
                           "{} is not a rating that {} could have", code, subject.str());
        }
        if (!page.emplace(subject, std::move(code)).second) {
            return refusal("name each action and area once", "{} is shown twice", subject.str());
        }
    }
    return page;
}

Result<void> shown_to_all(const Case& at_hand) {
    const auto change = at_hand.change.reader();
    const bool is_correction = change.isPublicationCorrected();
    if (!is_correction && !change.isPublished()) {
        return done();
    }
    if (at_hand.envelope().classification == schema::Classification::RESTRICTED) {
        return refusal("leave out --classification, or say public",
                       "what everybody is shown is not restricted");
    }
    TRY(page_of(at_hand, is_correction ? change.getPublicationCorrected().getShown()
                                       : change.getPublished().getShown()));
    return done();
}

Result<void> approver_of_correction(const Case& at_hand, const PersonId& approver) {
    TRY(enrolled(at_hand, approver));
    if (at_hand.author() == approver || at_hand.envelope().on_behalf_of == approver) {
        return refusal("have another person record it, or another one approve it",
                       "{} cannot approve a correction and also record it", approver.str());
    }
    const auto may_approve = [&](schema::Role role) {
        return grant_for(at_hand.state, approver, role, at_hand.envelope().subject,
                         at_hand.today) != nullptr;
    };
    if (std::ranges::none_of(kind_rule(Kind::PUBLICATION_APPROVED).roles, may_approve)) {
        return refusal("name the accountable officer or the chair of the board who approved it",
                       "{} holds no role that approves publications of {}", approver.str(),
                       at_hand.plan()->ref.str());
    }
    return done();
}

Result<void> corrected(const Case& at_hand, schema::PublicationCorrected::Reader fields) {
    const auto* publication = publication_at_hand(at_hand);
    if (publication == nullptr || !publication->published) {
        return done();  // R08 and R134 judge these
    }
    TRY(approver_of_correction(at_hand, read::person(fields.getApprovedBy())));
    const auto& before = publication->corrections.empty() ? publication->published->shown
                                                          : publication->corrections.back().shown;
    Shown page;
    for (const auto& rating : before) {
        page.insert_or_assign(rating.subject, rating.code);
    }
    for (const auto change : fields.getChanges()) {
        const auto subject = read::subject(change.getSubject());
        const auto shown = page.find(subject);
        const auto code = shown == page.end() ? std::string() : shown->second;
        if (code != read::text(change.getFrom())) {
            return first_come("look at what it shows with `wsoa trail`", "{} {}", subject.str(),
                              code.empty() ? "is not on the page" : "is shown as " + code);
        }
        page.insert_or_assign(subject, std::string(read::text(change.getTo())));
    }
    const auto after = page_of(at_hand, fields.getShown());
    if (after.ok() && after.value() != page) {  // R137 judges a page that cannot be
        return refusal("name each rating that changes, and all that the page then shows",
                       "what the page shows now is not what it showed, with these changes");
    }
    return done();
}

Result<void> policy_from_now_on(const Case& at_hand) {
    const auto change = at_hand.change.reader();
    if (change.isReportingPolicySet()) {
        TRY(true_on(at_hand, at_hand.today, "the record of the policy"));
        if (change.getReportingPolicySet().getPeriod() == schema::Rhythm::ONCE) {
            return refusal("say how often ratings are confirmed",
                           "ratings that are confirmed once have no period");
        }
    }
    if (!change.isHolidaysSet()) {
        return done();
    }
    const auto fields = change.getHolidaysSet();
    for (const auto each : fields.getDays()) {
        const auto day = read::date(each);
        constexpr int months_a_year = 12;
        if (month_of(day).months / months_a_year != fields.getYear()) {
            return refusal("set the holidays of each year by itself", "{} is not a day of {}",
                           in_words(day), fields.getYear());
        }
        if (is_weekend(day)) {
            return refusal("give the weekday on which it is kept", "{} is no weekday",
                           in_words(day));
        }
    }
    return done();
}

Result<void> period_closed(const Case& at_hand, schema::PeriodClosed::Reader fields) {
    const auto size = fields.getSize();
    const auto* plan = at_hand.plan();
    if (plan == nullptr) {
        return done();  // R08 judges the subject
    }
    if (size > at_hand.index.value) {
        return refusal("name a size that the ledger has reached",
                       "the ledger has {} events, not {}", at_hand.index.value, size);
    }
    if (!TreeSize{size}.holds(plan->drafted_at)) {
        return refusal("name a size that covers the plan", "{} was drafted at event {}",
                       plan->ref.str(), plan->drafted_at.value);
    }
    for (const auto& closed : plan->closed_periods) {
        if (closed.size.value == size) {
            return first_come("look at it with `wsoa trail`",
                              "{} was closed at size {} by event {}", plan->ref.str(), size,
                              closed.entry.index.value);
        }
    }
    return done();
}

}  // namespace

std::vector<Rule> of_publication() {
    return {
        {"R133",
         "A publication tells of a day that has come, and each of its steps of the same one.", 1, 0,
         of_kinds<of_one_day, Kind::PUBLICATION_DRAFTED, Kind::PUBLICATION_CHECKED,
                  Kind::PUBLICATION_APPROVED, Kind::PUBLISHED, Kind::PUBLICATION_CORRECTED>},
        {"R134",
         "A publication goes forward: drafted, checked, approved, published once where it was "
         "drafted for, then perhaps corrected, and withdrawn once.",
         1, 0,
         of_kinds<goes_forward, Kind::PUBLICATION_CHECKED, Kind::PUBLICATION_APPROVED,
                  Kind::PUBLISHED, Kind::PUBLICATION_CORRECTED, Kind::PUBLICATION_WITHDRAWN>},
        {"R135",
         "A publication is checked by another person than drafted it, and approved by a third.", 1,
         0, of_kinds<by_three_people, Kind::PUBLICATION_CHECKED, Kind::PUBLICATION_APPROVED>,
         Rule::Needs::authors},
        {"R136",
         "A publication is approved when its last check found privacy and accessibility in order.",
         1, 0, only<Kind::PUBLICATION_APPROVED, approved_as_checked>},
        {"R137",
         "What is published shows ratings of actions and areas of the plan, each once, and nothing "
         "restricted.",
         1, 0, of_kinds<shown_to_all, Kind::PUBLISHED, Kind::PUBLICATION_CORRECTED>},
        {"R138",
         "A correction says truly what the page had shown, and is approved by somebody who may "
         "approve publications and does not record it.",
         1, 0, of_kind<Kind::PUBLICATION_CORRECTED, &Reader::getPublicationCorrected, corrected>,
         Rule::Needs::authors},
        {"R139",
         "A reporting policy holds from the day of its record, and bank holidays are weekdays of "
         "their year.",
         1, 0, of_kinds<policy_from_now_on, Kind::REPORTING_POLICY_SET, Kind::HOLIDAYS_SET>},
        {"R140",
         "A period is closed at a size of the ledger that covers the plan and has been reached, "
         "once for each size.",
         1, 0, of_kind<Kind::PERIOD_CLOSED, &Reader::getPeriodClosed, period_closed>},
    };
}

}  // namespace wsoa::rules
