#include "tests/support/story_forum.h"

namespace wsoa::test {
namespace {

using schema::Role;
using schema::WordField;

// The day at the end of a meeting's reference.
std::string day_in(const std::string& meeting) {
    constexpr std::size_t day_length = 10;
    return meeting.substr(meeting.size() - day_length);
}

const std::string hash_of_state = std::string(64, 'a');

}  // namespace

std::vector<Step> further_cast() {
    std::vector<Step> steps;
    const std::pair<std::string, Role> cast[] = {
        {"director-of-commissioning", Role::ACCOUNTABLE_OFFICER},
        {"parent-carer-forum-chair", Role::BOARD_MEMBER},
        {"records-manager", Role::RECORDS_MANAGER},
        {"dfe-adviser", Role::ADVISER},
        {"nhse-adviser", Role::ADVISER}};
    for (const auto& [person, role] : cast) {
        for (const auto& part : {enrolled(person), granted(person, role, "TH")}) {
            steps.insert(steps.end(), part.begin(), part.end());
        }
    }
    return steps;
}

Story forum_at_work(const std::vector<Step>& steps) {
    static const auto scene = given(plan_in_delivery("TH"), further_cast()).scene();
    return given(scene, steps);
}

Step body_named(const std::string& body, const std::string& reports_to) {
    return Step(Kind::BODY_NAMED, "TH")
        .with("body", body)
        .with("reportsTo", reports_to)
        .says(WordField::TITLE, "SEND Improvement Board");
}

Step resolved(const std::string& decision, const std::string& meeting) {
    return Step(Kind::DECISION_RECORDED, decision)
        .effective(day_in(meeting))
        .with("meeting", meeting)
        .with("about", "TH-1.2")
        .says(WordField::TEXT, "Two posts are funded for a year");
}

Step challenge_put(const std::string& challenge) {
    return Step(Kind::CHALLENGE_RECORDED, challenge)
        .by("parent-carer-forum-chair")
        .with("askedAs", "boardMember")
        .with("about", "TH-1.2")
        .says(WordField::TEXT, "Why do families still wait?");
}

Step challenge_answered(const std::string& challenge) {
    return Step(Kind::CHALLENGE_ANSWERED, challenge)
        .says(WordField::ANSWER, "Two posts were vacant until May");
}

std::vector<Step> gone_red() {
    return {action_started("TH-1.2"), rating_proposed("TH-1.2", "R").on("2022-03-09"),
            rating_confirmed("TH-1.2", "R").on("2022-03-10")};
}

Step exception_opened(const std::string& exception, const std::string& action) {
    return Step(Kind::EXCEPTION_OPENED, action)
        .by("head-of-send")
        .with("exception", exception)
        .because("two posts are vacant")
        .says(WordField::MITIGATION, "Agency cover")
        .says(WordField::EFFECT, "Waits grow")
        .says(WordField::DECISION_WANTED, "Fund two posts");
}

Step exception_answered(const std::string& exception, const std::string& action) {
    return Step(Kind::EXCEPTION_ANSWERED, action)
        .by("board-chair")
        .with("exception", exception)
        .says(WordField::ANSWER, "Agreed for one year");
}

Step exception_closed(const std::string& exception, const std::string& action) {
    return Step(Kind::EXCEPTION_CLOSED, action)
        .with("exception", exception)
        .because("both posts are filled");
}

Step risk_raised(const std::string& risk) {
    return Step(Kind::RISK_RAISED, risk)
        .with("type", "risk")
        .with("about", "TH-1.2")
        .with("owner", "head-of-send")
        .with("likelihood", "3")
        .with("impact", "4")
        .says(WordField::TITLE, "Nobody can be found for the posts");
}

Step risk_rescored(const std::string& risk) {
    return Step(Kind::RISK_RESCORED, risk)
        .with("type", "issue")
        .with("likelihood", "5")
        .with("impact", "2")
        .because("the second advertisement found nobody");
}

Step risk_closed(const std::string& risk) {
    return Step(Kind::RISK_CLOSED, risk).because("both posts are filled");
}

Step report_given(const std::string& as_at) {
    return Step(Kind::PROGRESS_REPORTED, "TH").with("body", "board").with("asAt", as_at);
}

Step families_told(const std::string& date) {
    return Step(Kind::ENGAGEMENT_RECORDED, "TH")
        .with("channel", "event")
        .with("date", date)
        .with("reached", "72")
        .with("about", "TH-1")
        .says(WordField::TITLE, "Let's Talk SEND");
}

Step self_evaluated(const std::string& as_at) {
    return Step(Kind::SELF_EVALUATION_RECORDED, "TH")
        .with("asAt", as_at)
        .with("cites", "TH-1,TH-1.2")
        .says(WordField::TITLE, "Self-evaluation");
}

Step review_scheduled(const std::string& review, int number, const std::string& from) {
    return Step(Kind::EXTERNAL_REVIEW_SCHEDULED, review)
        .by("dfe-adviser")
        .with("type", "supportAndChallenge")
        .with("number", std::to_string(number))
        .with("bodies", "dfe,nhsEngland")
        .with("from", from);
}

Step review_notified(const std::string& review, const std::string& from) {
    return Step(Kind::EXTERNAL_REVIEW_NOTIFIED, review)
        .by("dfe-adviser")
        .with("noticeDate", "2022-02-01")
        .with("from", from);
}

Step review_held(const std::string& review, int number, const std::string& date) {
    return Step(Kind::EXTERNAL_REVIEW_HELD, review)
        .by("dfe-adviser")
        .on(date)
        .with("type", "supportAndChallenge")
        .with("number", std::to_string(number))
        .with("bodies", "dfe,nhsEngland")
        .with("date", date)
        .with("about", "TH-1");
}

Step letter_received(const std::string& letter, const std::string& dated) {
    return evidence_registered(letter)
        .by("programme-officer")
        .on(dated)
        .with("type", "letter")
        .with("dateOfDocument", dated)
        .with("sourceOrganisation", "inspectorates");
}

Step outcome_recorded(const std::string& subject, const std::string& review,
                      const std::string& letter) {
    return Step(Kind::EXTERNAL_REVIEW_OUTCOME_RECORDED, subject)
        .with("review", review)
        .with("judgement", "sufficient")
        .with("letter", letter);
}

Step monitoring_ceased(const std::string& area, const std::string& review,
                       const std::string& date) {
    return Step(Kind::MONITORING_CEASED, area)
        .by("dfe-adviser")
        .with("review", review)
        .with("date", date)
        .because("the area is business as usual");
}

Step next_steps_recorded(const std::string& review) {
    return Step(Kind::NEXT_STEPS_RECORDED, "TH")
        .by("dfe-adviser")
        .with("review", review)
        .with("steps", "visitsContinue");
}

Step information_requested(const std::string& request, const std::string& due) {
    return Step(Kind::INFORMATION_REQUESTED, request)
        .with("from", "inspectorates")
        .with("due", due)
        .says(WordField::TEXT, "Six case files");
}

Step information_fulfilled(const std::string& request) {
    return Step(Kind::INFORMATION_FULFILLED, request);
}

Step information_refused(const std::string& request) {
    return Step(Kind::INFORMATION_REFUSED, request).because("it is not held");
}

Step linked_by_its_owner(const std::string& item, const std::string& target) {
    return Step(Kind::EVIDENCE_LINKED, item)
        .by("head-of-send")
        .with("target", target)
        .says(WordField::CLAIM, "the report runs monthly");
}

Step child_log_registered(const std::string& item) {
    return evidence_registered(item)
        .with("type", "log")
        .with("personalData", "child")
        .with("lawfulBasis", "publicTask");
}

Step copy_redacted(const std::string& item) {
    return Step(Kind::REDACTED_COPY_ISSUED, item)
        .by("records-manager")
        .with("derivative", item + "-R1")
        .with("redactor", "records-manager")
        .with("secondChecker", "data-protection-officer")
        .with("categories", "childName")
        .with("method", "replaced")
        .because("it is asked for by the adviser");
}

Step pack_frozen(const std::string& pack, const std::string& items) {
    return Step(Kind::PACK_FROZEN, pack)
        .with("asAt", "2022-02-01")
        .with("recipient", "dfe-adviser")
        .with("items", items)
        .with("redacted", "");
}

Step pack_shared(const std::string& pack, const std::string& expires) {
    return Step(Kind::PACK_SHARED, pack).with("recipient", "nhse-adviser").with("expires", expires);
}

Step pack_read(const std::string& pack) {
    return Step(Kind::PACK_ACCESSED, pack).by("dfe-adviser").with("reader", "dfe-adviser");
}

Step publication_drafted(const std::string& publication) {
    return Step(Kind::PUBLICATION_DRAFTED, publication)
        .with("asAt", "2022-01-31")
        .with("channel", "localOffer")
        .says(WordField::TITLE, "How the plan is going");
}

Step publication_checked(const std::string& publication) {
    return Step(Kind::PUBLICATION_CHECKED, publication)
        .by("data-protection-officer")
        .with("asAt", "2022-01-31")
        .with("privacyCheck", "passed")
        .with("accessibilityCheck", "passed");
}

Step publication_approved(const std::string& publication) {
    return Step(Kind::PUBLICATION_APPROVED, publication)
        .by("director-of-commissioning")
        .with("asAt", "2022-01-31");
}

Step published(const std::string& publication) {
    return Step(Kind::PUBLISHED, publication)
        .by("programme-deputy")
        .with("asAt", "2022-01-31")
        .with("channel", "localOffer")
        .with("shown", "TH-1.1=G,TH-1.2=UN");
}

Step publication_corrected(const std::string& publication) {
    return Step(Kind::PUBLICATION_CORRECTED, publication)
        .by("programme-deputy")
        .with("asAt", "2022-01-31")
        .with("approvedBy", "director-of-commissioning")
        .with("changes", "TH-1.2=UN=A")
        .with("shown", "TH-1.1=G,TH-1.2=A")
        .because("the rating of March was left out");
}

Step publication_withdrawn(const std::string& publication) {
    return Step(Kind::PUBLICATION_WITHDRAWN, publication)
        .by("director-of-commissioning")
        .because("it told of another plan");
}

std::vector<Step> on_the_page(const std::string& publication) {
    return {publication_drafted(publication), publication_checked(publication),
            publication_approved(publication), published(publication)};
}

Step policy_set() {
    return Step(Kind::REPORTING_POLICY_SET, "TH").with("period", "month").with("staleAfter", "10");
}

Step holidays_set(int year, const std::string& days) {
    return Step(Kind::HOLIDAYS_SET, "ledger").with("year", std::to_string(year)).with("days", days);
}

Step period_closed(std::uint64_t size) {
    return Step(Kind::PERIOD_CLOSED, "TH")
        .with("size", std::to_string(size))
        .with("state", hash_of_state)
        .with("heads", hash_of_state);
}

}  // namespace wsoa::test
