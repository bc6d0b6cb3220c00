#include "ledger/plan/calendar.h"
#include "ledger/plan/rules.h"

#include <algorithm>

namespace wsoa::rules {
namespace {

using schema::Body;
using schema::Role;

Result<void> meeting_held(const Case& at_hand, schema::MeetingHeld::Reader fields) {
    const auto date = read::date(fields.getDate());
    TRY(true_on(at_hand, date, "the meeting"));
    const auto attended = read::persons(fields.getAttended());
    for (const auto& person : attended) {
        TRY(enrolled(at_hand, person));
    }
    if (fields.hasMinutes()) {
        TRY(refers_to(at_hand, read::subject(fields.getMinutes()), SubjectKind::evidence));
    }
    const auto* plan = at_hand.plan();
    std::uint32_t quorum = 1;  // nobody alone in an empty room decides anything
    if (plan != nullptr && plan->bodies.contains(fields.getBody())) {
        const auto* body = plan->bodies.at(fields.getBody()).at(date);
        quorum = std::max(quorum, body == nullptr ? 0 : body->value.quorum.value_or(0));
    }
    if (fields.getQuorate() && attended.size() < quorum) {
        return refusal("name everybody who attended, or record that it was not quorate",
                       "a quorum is {}, and {} are said to have attended", quorum, attended.size());
    }
    return done();
}

// Whether the line of accountability of that day goes from one body up to the other.
bool answers_to(const Plan& plan, Body from, Body to, Date day) {
    for (std::size_t steps = 0; steps <= plan.bodies.size(); ++steps) {
        if (from == to) {
            return true;
        }
        const auto found = plan.bodies.find(from);
        const auto* facts = found == plan.bodies.end() ? nullptr : found->second.at(day);
        if (facts == nullptr || !facts->value.reports_to) {
            return false;
        }
        from = *facts->value.reports_to;
    }
    return false;
}

Result<void> body_named(const Case& at_hand, schema::BodyNamed::Reader fields) {
    const auto above = read::choice_if(fields.getReportsTo());
    const auto* plan = at_hand.plan();
    if (!above || plan == nullptr) {
        return done();
    }
    for (const auto day : {at_hand.envelope().effective, at_hand.today}) {
        if (answers_to(*plan, *above, fields.getBody(), day)) {
            return refusal("name another body that it reports to, or change that one's line first",
                           "the body would come to report to itself on {}", in_words(day));
        }
    }
    return done();
}

const Meeting* meeting_named(const Case& at_hand) {
    const auto named = at_hand.change.subject_in("meeting");
    const auto* plan = at_hand.plan();
    if (!named || plan == nullptr) {
        return nullptr;
    }
    const auto found = plan->meetings.find(*named);
    return found == plan->meetings.end() ? nullptr : &found->second;
}

Result<void> meeting_is_recorded(const Case& at_hand) {
    const auto named = at_hand.change.subject_in("meeting");
    if (named && meeting_named(at_hand) == nullptr) {
        return refusal(
            fmt::format("record meetingHeld for {} first, or leave it out", named->str()),
            "{} is not a recorded meeting of the plan", named->str());
    }
    return done();
}

// What the leads decide among themselves, between two meetings of the board.
bool leads_may_decide(const Case& at_hand) {
    const auto change = at_hand.change.reader();
    if (at_hand.envelope().as_role == Role::BOARD_CHAIR) {
        return false;
    }
    if (change.isRatingConfirmed()) {
        return change.getRatingConfirmed().getAxis() == schema::Axis::DELIVERY;
    }
    if (change.isChangeApproved()) {
        return change.getChangeApproved().getLevel() == schema::ChangeLevel::DELEGATED;
    }
    return change.isActionPaused() || change.isCompletionRejected() || change.isChangeRefused();
}

Result<void> meeting_may_decide(const Case& at_hand) {
    const auto kind = at_hand.change.kind();
    const bool is_resolution = kind == Kind::DECISION_RECORDED;
    const auto* meeting = meeting_named(at_hand);
    if (meeting == nullptr ||
        (!is_resolution && kind_rule(kind).decides == KindRule::Decides::no)) {
        return done();
    }
    if (!meeting->quorate) {
        return refusal("bring it to a meeting that is quorate",
                       "{} was not quorate and decided nothing", meeting->ref.str());
    }
    if (is_resolution) {
        return true_on(at_hand, meeting->date, "the meeting");
    }
    if (meeting->body == Body::BOARD ||
        (meeting->body == Body::LEADS_GROUP && leads_may_decide(at_hand))) {
        return done();
    }
    return refusal("name the meeting of the board that decided it",
                   "{} was not a meeting of a body that may decide this", meeting->ref.str());
}

Result<void> challenge_recorded(const Case& at_hand, schema::ChallengeRecorded::Reader fields) {
    const auto as_role = at_hand.envelope().as_role;
    if (as_role != Role::PROGRAMME_OFFICE && fields.getAskedAs() != as_role) {
        return refusal("say the role in which you ask, and act in it",
                       "the question would be put in another role than its author acts in");
    }
    if (fields.hasDue() && read::date(fields.getDue()) < at_hand.envelope().effective) {
        return refusal("give the day by which an answer was promised",
                       "the answer would be due before the question was put");
    }
    return all_there(at_hand, read::subjects(fields.getAbout()));
}

Result<void> challenge_answered(const Case& at_hand) {
    const auto* challenge = part_at_hand(at_hand, &Plan::challenges);
    if (challenge == nullptr) {
        return done();  // R08 judges the subject
    }
    if (challenge->answered) {
        return first_come(
            "see the answer with `wsoa trail`; put what is still open as a challenge "
            "of its own",
            "{} was answered at event {}", challenge->ref.str(), challenge->answered->index.value);
    }
    TRY(by_another(at_hand, challenge->recorded, "put the question"));
    return not_before(at_hand, challenge->recorded, "the question");
}

bool is_twice_amber(const Action& action, Date day) {
    std::vector<std::string> codes;
    for (const auto& setting : action.delivery.confirmed.settings()) {
        if (setting.effective <= day && !setting.struck_at) {
            codes.push_back(setting.value.code);
        }
    }
    return codes.size() >= 2 && codes.back() == "A" && codes[codes.size() - 2] == "A";
}

Result<void> exception_opened(const Case& at_hand, schema::ExceptionOpened::Reader fields) {
    const auto* action = part_at_hand(at_hand, &Plan::actions);
    if (action == nullptr) {
        return done();
    }
    const auto& plan = *at_hand.plan();
    const auto ref = read::subject(fields.getException());
    if (ref.plan() != plan.ref || plan.has(ref)) {
        return refusal(fmt::format("choose a reference of {} that is free", plan.ref.str()),
                       "{} cannot stand for a new exception", ref.str());
    }
    for (const auto& [known, exception] : plan.exceptions) {
        if (exception.action == action->ref && !exception.closed) {
            return first_come(fmt::format("go on with {}, or have it closed first", known.str()),
                              "{} is open for {} since {}", known.str(), action->ref.str(),
                              in_words(exception.opened.effective));
        }
    }
    const auto day = at_hand.envelope().effective;
    const auto shown = delivery_on(plan, *action, day);
    if (shown.code != code_overdue && !is_twice_amber(*action, day)) {
        return refusal(
            "have the rating confirmed first; an exception is for Red, or for Amber "
            "twice in a row",
            "{} is shown {} on {}", action->ref.str(), shown.code, in_words(day));
    }
    return done();
}

// The exception that a change names, where it is one of the action that the change is about.
Result<const Exception*> exception_of_action(const Case& at_hand, const SubjectRef& ref) {
    TRY(refers_to(at_hand, ref, SubjectKind::exception));
    const auto& exception = at_hand.plan()->exceptions.at(ref);
    if (exception.action != at_hand.envelope().subject) {
        return refusal(fmt::format("record it about {}", exception.action.str()),
                       "{} is of {}, not of {}", ref.str(), exception.action.str(),
                       at_hand.envelope().subject.str());
    }
    return &exception;
}

Result<void> exception_answered(const Case& at_hand, schema::ExceptionAnswered::Reader fields) {
    const auto* exception = TRY(exception_of_action(at_hand, read::subject(fields.getException())));
    if (exception->answered || exception->closed) {
        return first_come("see the answer with `wsoa trail`", "{} was answered already",
                          exception->ref.str());
    }
    TRY(by_another(at_hand, exception->opened, "opened the exception"));
    if (at_hand.envelope().as_role != Role::BOARD_CHAIR && !fields.hasMeeting()) {
        return refusal("name the meeting of the board with --meeting, or ask its chair",
                       "only the chair answers for the board without naming its meeting");
    }
    return not_before(at_hand, exception->opened, "the exception");
}

Result<void> exception_closed(const Case& at_hand, schema::ExceptionClosed::Reader fields) {
    const auto* exception = TRY(exception_of_action(at_hand, read::subject(fields.getException())));
    if (exception->closed) {
        return first_come("nothing is left to do for it", "{} was closed at event {}",
                          exception->ref.str(), exception->closed->index.value);
    }
    if (!exception->answered) {
        return refusal("have the board answer it with exceptionAnswered first",
                       "{} has not been answered", exception->ref.str());
    }
    return not_before(at_hand, exception->answered->entry, "the answer");
}

Result<void> exceptions(const Case& at_hand) {
    const auto change = at_hand.change.reader();
    if (change.isExceptionAnswered()) {
        return exception_answered(at_hand, change.getExceptionAnswered());
    }
    return change.isExceptionClosed() ? exception_closed(at_hand, change.getExceptionClosed())
                                      : done();
}

template <typename Fields>
Result<void> risk_scores(Fields fields) {
    // The schema holds that neither is above 5.
    if (fields.getLikelihood() == 0 || fields.getImpact() == 0) {
        return refusal("score likelihood and impact from 1 to 5", "a score of 0 says nothing");
    }
    return done();
}

Result<void> risk_is_open(const Case& at_hand) {
    const auto* risk = part_at_hand(at_hand, &Plan::risks);
    if (risk == nullptr) {
        return done();  // R08 judges the subject
    }
    if (risk->closed) {
        return first_come("raise it anew if it has come back", "{} was closed at event {}",
                          risk->ref.str(), risk->closed->index.value);
    }
    return not_before(at_hand, risk->raised, "the risk");
}

Result<void> risks(const Case& at_hand) {
    const auto change = at_hand.change.reader();
    if (change.isRiskRaised()) {
        const auto fields = change.getRiskRaised();
        TRY(enrolled(at_hand, read::person(fields.getOwner())));
        TRY(all_there(at_hand, read::subjects(fields.getAbout())));
        return risk_scores(fields);
    }
    if (change.isRiskRescored()) {
        TRY(risk_scores(change.getRiskRescored()));
        return risk_is_open(at_hand);
    }
    return change.isRiskClosed() ? risk_is_open(at_hand) : done();
}

Result<void> told_and_cited(const Case& at_hand) {
    const auto change = at_hand.change.reader();
    if (change.isDecisionRecorded()) {
        return all_there(at_hand, read::subjects(change.getDecisionRecorded().getAbout()));
    }
    if (change.isEngagementRecorded()) {
        const auto fields = change.getEngagementRecorded();
        TRY(not_ahead(at_hand, read::date(fields.getDate()), "what families were told or asked"));
        return all_there(at_hand, read::subjects(fields.getAbout()));
    }
    const auto judge_report = [&](auto fields) -> Result<void> {
        TRY(not_ahead(at_hand, read::date(fields.getAsAt()), "what the report tells of"));
        return fields.hasReport()
                   ? refers_to(at_hand, read::subject(fields.getReport()), SubjectKind::evidence)
                   : done();
    };
    if (change.isProgressReported()) {
        return judge_report(change.getProgressReported());
    }
    if (change.isSelfEvaluationRecorded()) {
        const auto fields = change.getSelfEvaluationRecorded();
        TRY(all_there(at_hand, read::subjects(fields.getCites())));
        return judge_report(fields);
    }
    return done();
}

}  // namespace

std::vector<Rule> of_governance() {
    return {
        {"R113",
         "A meeting is recorded for its own day, with people who are enrolled and, if it was "
         "quorate, as many as its body asks for.",
         1, 0, of_kind<Kind::MEETING_HELD, &Reader::getMeetingHeld, meeting_held>},
        {"R114", "A body reports to another one, and no line of accountability leads back.", 1, 0,
         of_kind<Kind::BODY_NAMED, &Reader::getBodyNamed, body_named>},
        {"R115", "A meeting that is named is recorded in the plan.", 1, 0, meeting_is_recorded},
        {"R116",
         "A decision names a meeting that was quorate: of the board, or of the leads' group in "
         "what the leads may decide; what a meeting decided bears its day.",
         1, 0, meeting_may_decide},
        {"R117",
         "A question is put in the role in which its author acts, about parts of the plan, and "
         "its answer is not due before.",
         1, 0,
         of_kind<Kind::CHALLENGE_RECORDED, &Reader::getChallengeRecorded, challenge_recorded>},
        {"R118", "A question is answered once, and by another person than put it.", 1, 0,
         only<Kind::CHALLENGE_ANSWERED, challenge_answered>, Rule::Needs::authors},
        {"R119",
         "An exception is opened for an action that is shown Red, or was confirmed Amber twice in "
         "a row, one at a time and under a reference of its own.",
         1, 0, of_kind<Kind::EXCEPTION_OPENED, &Reader::getExceptionOpened, exception_opened>},
        {"R120",
         "An exception is answered once, for the board and by another person than opened it, and "
         "closed once after that.",
         1, 0, of_kinds<exceptions, Kind::EXCEPTION_ANSWERED, Kind::EXCEPTION_CLOSED>,
         Rule::Needs::authors},
        {"R121",
         "A risk is about parts of the plan, has an owner who is enrolled and scores from 1 to 5, "
         "and is scored and closed only while it is open.",
         1, 0, of_kinds<risks, Kind::RISK_RAISED, Kind::RISK_RESCORED, Kind::RISK_CLOSED>},
        {"R122",
         "What was decided, reported or asked of families is of a day that has come, and names "
         "parts and evidence of the plan.",
         1, 0,
         of_kinds<told_and_cited, Kind::DECISION_RECORDED, Kind::ENGAGEMENT_RECORDED,
                  Kind::PROGRESS_REPORTED, Kind::SELF_EVALUATION_RECORDED>},
    };
}

}  // namespace wsoa::rules
