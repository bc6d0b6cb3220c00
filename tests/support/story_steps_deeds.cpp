#include "tests/support/story_deeds.h"

namespace wsoa::test {
namespace {

using schema::WordField;

Step moved(Kind kind, const std::string& subject, const std::string& from, const std::string& to) {
    return Step(kind, subject).with("field", "deadline").with("from", from).with("to", to);
}

std::vector<Step> joined(std::vector<Step> first, const std::vector<Step>& then) {
    first.insert(first.end(), then.begin(), then.end());
    return first;
}

}  // namespace

Step letter_of_inspectorates(const std::string& letter) {
    return Step(Kind::EVIDENCE_REGISTERED, letter)
        .with("type", "letter")
        .with("version", "1")
        .with("dateOfDocument", "2022-01-27")
        .with("sourceOrganisation", "inspectorates")
        .with("personalData", "none")
        .says(WordField::TITLE, "Letter about the plan");
}

Step plan_submitted(const std::string& version) {
    return Step(Kind::PLAN_SUBMITTED, "TH").with("version", version);
}

Step plan_returned(const std::string& version, const std::string& letter) {
    return Step(Kind::PLAN_RETURNED, "TH")
        .with("version", version)
        .with("letter", letter)
        .because("no measure of the wait for a diagnosis");
}

Step plan_declared_fit(const std::string& version, const std::string& letter) {
    return Step(Kind::PLAN_DECLARED_FIT_FOR_PURPOSE, "TH")
        .with("version", version)
        .with("letter", letter);
}

Step plan_baselined(const std::string& version) {
    return Step(Kind::PLAN_BASELINED, "TH")
        .by("board-chair")
        .with("version", version)
        .with("items", "TH-1.1,TH-1.2,TH-2.1")
        .because("the board adopts the version");
}

Step plan_rebaselined(const std::string& version, const std::string& meeting) {
    return Step(Kind::PLAN_REBASELINED, "TH")
        .by("board-chair")
        .with("version", version)
        .with("items", "TH-1.1,TH-1.2,TH-2.1")
        .with("meeting", meeting)
        .with("adviserInformed", "true")
        .because("the demand has doubled");
}

Step plan_superseded(const std::string& successor, const std::string& carried) {
    return Step(Kind::PLAN_SUPERSEDED, "TH")
        .by("board-chair")
        .with("successor", successor)
        .with("carried", carried)
        .because("the re-visit found too little progress");
}

Step plan_closed() {
    return Step(Kind::PLAN_CLOSED, "TH").by("board-chair").because("everything is delivered");
}

std::vector<Step> fit_for_purpose() {
    return {letter_of_inspectorates("TH-E01"), plan_submitted("v1.0"),
            plan_declared_fit("v1.0", "TH-E01")};
}

std::vector<Step> baseline_adopted() { return joined(fit_for_purpose(), {plan_baselined("v1.0")}); }

Step handed_over(const std::string& subject, const std::string& from, const std::string& to) {
    return Step(Kind::OWNER_CHANGED, subject)
        .with("from", from)
        .with("to", to)
        .with("fromDate", "2022-09-01")
        .because("the post was split");
}

Step handover_accepted(const std::string& subject, const std::string& by) {
    return Step(Kind::OWNER_ACCEPTED, subject).by(by).answers_last(Kind::OWNER_CHANGED, subject);
}

Step action_paused(const std::string& action, const std::string& until) {
    return Step(Kind::ACTION_PAUSED, action)
        .by("case-work-lead")
        .with("until", until)
        .because("the contract is being let again");
}

Step action_resumed(const std::string& action) {
    return Step(Kind::ACTION_RESUMED, action).by("head-of-send");
}

Step completion_claimed(const std::string& action, const std::string& evidence) {
    return Step(Kind::COMPLETION_CLAIMED, action)
        .by("head-of-send")
        .with("evidence", evidence)
        .because("no assessment is overdue any more");
}

Step completion_rejected(const std::string& action) {
    return Step(Kind::COMPLETION_REJECTED, action)
        .by("case-work-lead")
        .because("the sample was too small")
        .answers_last(Kind::COMPLETION_CLAIMED, action);
}

Step action_completed(const std::string& action, const std::string& evidence) {
    return Step(Kind::ACTION_COMPLETED, action)
        .by("board-chair")
        .with("evidence", evidence)
        .because("the evidence is accepted")
        .answers_last(Kind::COMPLETION_CLAIMED, action);
}

Step action_reopened(const std::string& action, const std::string& from) {
    return Step(Kind::ACTION_REOPENED, action)
        .by("board-chair")
        .with("from", from)
        .with("to", "inProgress")
        .because("families told the forum that sessions had stopped");
}

Step action_embedded(const std::string& action) {
    return Step(Kind::ACTION_EMBEDDED, action)
        .by("board-chair")
        .because("it is how the service works now");
}

Step action_withdrawn(const std::string& action) {
    return Step(Kind::ACTION_WITHDRAWN, action)
        .by("board-chair")
        .with("successors", "")
        .because("the law no longer asks for it");
}

Step action_merged(const std::string& action, const std::string& into) {
    return Step(Kind::ACTION_MERGED, action)
        .by("board-chair")
        .with("into", into)
        .because("one team does both");
}

Step action_split(const std::string& action, const std::string& into) {
    return Step(Kind::ACTION_SPLIT, action)
        .by("board-chair")
        .with("into", into)
        .because("two services share it");
}

std::vector<Step> item_handed_in(const std::string& item, const std::string& action) {
    return {evidence_registered(item),
            Step(Kind::EVIDENCE_LINKED, item)
                .by("head-of-send")
                .with("target", action)
                .says(WordField::CLAIM, "no assessment is overdue"),
            Step(Kind::EVIDENCE_SUBMITTED, item).by("head-of-send").with("target", action)};
}

std::vector<Step> item_accepted(const std::string& item, const std::string& action) {
    return joined(item_handed_in(item, action),
                  {Step(Kind::EVIDENCE_ACCEPTED, item)
                       .by("director-of-education")
                       .with("target", action)
                       .with("checks", "dated,sourced")
                       .answers_last(Kind::EVIDENCE_SUBMITTED, item)});
}

std::vector<Step> action_claimed_on_evidence() {
    return joined(joined({action_started("TH-1.2")}, item_accepted("TH-E02", "TH-1.2")),
                  {completion_claimed("TH-1.2", "TH-E02")});
}

std::vector<Step> action_done() {
    return joined(action_claimed_on_evidence(), {action_completed("TH-1.2", "TH-E02")});
}

Step milestone_added(const std::string& milestone, const std::string& action,
                     const std::string& deadline) {
    return Step(Kind::MILESTONE_ADDED, milestone)
        .with("parent", action)
        .with("deadline", deadline)
        .says(WordField::TITLE, "Half of the backlog is cleared");
}

Step milestone_met(const std::string& milestone, const std::string& date) {
    return Step(Kind::MILESTONE_MET, milestone).with("date", date).with("evidence", "");
}

Step milestone_missed(const std::string& milestone) {
    return Step(Kind::MILESTONE_MISSED, milestone).because("two posts are vacant");
}

Step milestone_withdrawn(const std::string& milestone) {
    return Step(Kind::MILESTONE_WITHDRAWN, milestone)
        .by("board-chair")
        .because("another step takes its place");
}

Step change_requested(const std::string& subject, const std::string& from, const std::string& to) {
    return moved(Kind::CHANGE_REQUESTED, subject, from, to)
        .by("head-of-send")
        .with("level", "board")
        .because("demand above forecast")
        .says(WordField::EFFECT, "the target is reached in December");
}

Step change_approved(const std::string& subject, const std::string& from, const std::string& to) {
    return moved(Kind::CHANGE_APPROVED, subject, from, to)
        .by("board-chair")
        .with("level", "board")
        .with("late", "false")
        .with("adviserInformed", "true")
        .because("the board agrees")
        .answers_last(Kind::CHANGE_REQUESTED, subject);
}

Step change_applied(const std::string& subject, const std::string& from, const std::string& to) {
    return moved(Kind::CHANGE_APPLIED, subject, from, to)
        .answers_last(Kind::CHANGE_APPROVED, subject);
}

Step change_refused(const std::string& subject) {
    return Step(Kind::CHANGE_REFUSED, subject)
        .by("board-chair")
        .because("the families have waited long enough")
        .answers_last(Kind::CHANGE_REQUESTED, subject);
}

Step change_withdrawn(const std::string& subject) {
    return Step(Kind::CHANGE_WITHDRAWN, subject)
        .by("head-of-send")
        .because("the first date can be kept")
        .answers_last(Kind::CHANGE_REQUESTED, subject);
}

Step rating_overridden(const std::string& action, const std::string& to, const std::string& from) {
    return Step(Kind::RATING_OVERRIDDEN, action)
        .by("board-chair")
        .with("axis", "delivery")
        .with("scale", "1")
        .with("from", from)
        .with("to", to)
        .because(fmt::format("the board sees {} and not {}", to, from))
        .answers_last(Kind::RATING_PROPOSED, action);
}

Step scale_defined(const std::string& version, const std::string& codes) {
    return Step(Kind::RATING_SCALE_DEFINED, "TH")
        .with("axis", "delivery")
        .with("version", version)
        .with("codes", codes)
        .says(WordField::LABELS, "G = on track; A = at risk; R = off track");
}

}  // namespace wsoa::test
