#include "tests/support/changes.h"
#include "tests/support/story_evid.h"

namespace wsoa::test {
namespace {

using schema::WordField;

Step definition(Kind kind, const std::string& measure, int number) {
    return Step(kind, measure)
        .with("definition", std::to_string(number))
        .with("unit", "percent")
        .with("polarity", "higherIsBetter")
        .with("period", "month")
        .says(WordField::TITLE, "New plans issued in 20 weeks");
}

Step valued(Kind kind, const std::string& measure, const std::string& value) {
    return Step(kind, measure).with("definition", "1").with("value", value);
}

// "2022-03-10" for a period that ends on 2022-02-28.
std::string tenth_of_next_month(const std::string& period_end) {
    const auto month = std::stoi(period_end.substr(5, 2));
    const auto year = std::stoi(period_end.substr(0, 4));
    return month == 12 ? fmt::format("{}-01-10", year + 1)
                       : fmt::format("{}-{:02}-10", year, month + 1);
}

Step about_item(Kind kind, const std::string& item, const std::string& target) {
    return Step(kind, item).by("head-of-send").with("target", target);
}

Step reviewed(Kind kind, const std::string& item, const std::string& target) {
    return about_item(kind, item, target)
        .by("director-of-education")
        .with("checks", "dated,sourced")
        .answers_last(Kind::EVIDENCE_SUBMITTED, item);
}

}  // namespace

Step measure_defined(const std::string& measure) {
    return definition(Kind::MEASURE_DEFINED, measure, 1);
}

Step measure_redefined(const std::string& measure, int number) {
    return definition(Kind::MEASURE_REDEFINED, measure, number)
        .with("comparable", "true")
        .because("exceptions are counted from now on");
}

Step baseline_set(const std::string& measure, const std::string& value) {
    return valued(Kind::BASELINE_SET, measure, value).with("periodEnd", "2022-01-31");
}

Step target_set(const std::string& measure, const std::string& value) {
    return valued(Kind::TARGET_SET, measure, value).with("date", "2023-12-31");
}

Step path_set(const std::string& measure, const std::string& points) {
    return Step(Kind::TRAJECTORY_SET, measure).with("definition", "1").with("points", points);
}

Step reading_recorded(const std::string& measure, const std::string& period_end,
                      const std::string& value) {
    return valued(Kind::READING_RECORDED, measure, value)
        .with("periodEnd", period_end)
        .on(tenth_of_next_month(period_end));
}

Step reading_corrected(const std::string& measure, const std::string& period_end,
                       const std::string& value) {
    return valued(Kind::READING_CORRECTED, measure, value)
        .with("periodEnd", period_end)
        .because("two figures were swapped")
        .answers_last(Kind::READING_RECORDED, measure);
}

Step reading_restated(const std::string& measure, const std::string& touched) {
    return Step(Kind::READING_RESTATED, measure)
        .with("definition", "1")
        .with("touched", touched)
        .because("exceptions are left out of all months");
}

Step version_added(const std::string& item, const std::string& prior, int version) {
    return Step(Kind::EVIDENCE_VERSION_ADDED, item)
        .by("head-of-send")
        .with("type", "report")
        .with("version", std::to_string(version))
        .with("dateOfDocument", "2022-01-31")
        .with("sourceOrganisation", "council")
        .with("personalData", "none")
        .with("prior", prior)
        .says(WordField::TITLE, "Monthly report of assessments, corrected")
        .because("one month was missing");
}

Step evidence_linked(const std::string& item, const std::string& target) {
    return about_item(Kind::EVIDENCE_LINKED, item, target)
        .says(WordField::CLAIM, "the backlog falls");
}

Step evidence_unlinked(const std::string& item, const std::string& target) {
    return about_item(Kind::EVIDENCE_UNLINKED, item, target).because("it shows something else");
}

Step evidence_submitted(const std::string& item, const std::string& target) {
    return about_item(Kind::EVIDENCE_SUBMITTED, item, target);
}

Step evidence_accepted(const std::string& item, const std::string& target) {
    return reviewed(Kind::EVIDENCE_ACCEPTED, item, target);
}

Step evidence_rejected(const std::string& item, const std::string& target) {
    return reviewed(Kind::EVIDENCE_REJECTED, item, target).because("it shows another month");
}

Step evidence_more_asked(const std::string& item, const std::string& target) {
    return reviewed(Kind::EVIDENCE_MORE_ASKED, item, target).because("how many were sampled?");
}

std::vector<Step> evidence_waiting(const std::string& item, const std::string& target) {
    return {evidence_registered(item), evidence_linked(item, target),
            evidence_submitted(item, target)};
}

std::vector<Step> evidence_counting(const std::string& item, const std::string& target) {
    auto steps = evidence_waiting(item, target);
    steps.push_back(evidence_accepted(item, target));
    return steps;
}

Step evidence_superseded(const std::string& item, const std::string& by) {
    return Step(Kind::EVIDENCE_SUPERSEDED, item)
        .by("head-of-send")
        .with("by", by)
        .because("the later one covers both months");
}

Step evidence_marked_stale(const std::string& item) {
    return Step(Kind::EVIDENCE_MARKED_STALE, item)
        .by("head-of-send")
        .because("the team works in another way now");
}

Step evidence_renewed(const std::string& item, const std::string& review_by) {
    return Step(Kind::EVIDENCE_RENEWED, item).by("head-of-send").with("reviewBy", review_by);
}

Step redacted_copy_issued(const std::string& item, const std::string& copy) {
    return Step(Kind::REDACTED_COPY_ISSUED, item)
        .by("records-manager")
        .with("derivative", copy)
        .with("redactor", "records-manager")
        .with("secondChecker", "data-protection-officer")
        .with("categories", "childName")
        .with("method", "replaced")
        .because("names are removed before it is shared");
}

std::vector<Step> records_office() {
    std::vector<Step> steps;
    for (const auto* const person : {"records-manager", "records-deputy"}) {
        for (const auto& part :
             {enrolled(person), granted(person, schema::Role::RECORDS_MANAGER, "TH")}) {
            steps.insert(steps.end(), part.begin(), part.end());
        }
    }
    return steps;
}

Step entry_struck(const std::string& subject) {
    return Step(Kind::ENTRY_CORRECTED, subject).because("it was typed for another one");
}

Step mistake_noted(const std::string& subject) {
    return Step(Kind::RECTIFICATION_NOTED, subject)
        .by("data-protection-officer")
        .says(WordField::TEXT, "It was the school that asked, not the parents");
}

Step hold_placed(const std::string& hold, const std::string& scope) {
    return Step(Kind::HOLD_PLACED, hold)
        .by("records-manager")
        .with("scope", scope)
        .because("an inquiry asks that all is kept");
}

Step hold_released(const std::string& hold) {
    return Step(Kind::HOLD_RELEASED, hold)
        .by("records-deputy")
        .because("the inquiry has ended")
        .answers_last(Kind::HOLD_PLACED, hold);
}

Step erasure_requested(const std::string& item, const std::string& request) {
    return Step(Kind::ERASURE_REQUESTED, item)
        .by("records-manager")
        .with("request", request)
        .with("scope", "content")
        .because("a parent asked for it");
}

Step erasure_decided(const std::string& item, const std::string& request) {
    return Step(Kind::ERASURE_DECIDED, item)
        .by("data-protection-officer")
        .with("request", request)
        .with("decision", "granted")
        .with("ground", "noLongerNecessary")
        .with("scope", "content")
        .with("kept", "hash,acceptance")
        .because("the counts show it as well")
        .answers_last(Kind::ERASURE_REQUESTED, item);
}

Step content_erased(const std::string& item, const std::string& request) {
    return Step(Kind::CONTENT_ERASED, item)
        .by("records-manager")
        .with("request", request)
        .with("scope", "content")
        .with("keyDestroyed", "true")
        .says(WordField::TOMBSTONE, "The log is erased; its counts are held")
        .answers_last(Kind::ERASURE_DECIDED, item);
}

Step retention_applied(const std::string& subject, const std::string& due) {
    return Step(Kind::RETENTION_APPLIED, subject)
        .by("records-manager")
        .with("class", "evidence")
        .with("due", due);
}

Step disposal_approved(const std::string& subject) {
    return Step(Kind::DISPOSAL_APPROVED, subject)
        .by("records-deputy")
        .because("nothing needs it any more");
}

Step disposed_of(const std::string& subject) {
    return Step(Kind::DISPOSED, subject)
        .by("records-manager")
        .with("keyDestroyed", "true")
        .says(WordField::TOMBSTONE, "Disposed of when it was due")
        .answers_last(Kind::DISPOSAL_APPROVED, subject);
}

}  // namespace wsoa::test
