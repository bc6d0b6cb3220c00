#include "ledger/plan/folds.h"

namespace wsoa::folds {
namespace {

Why body_named(Plan& plan, const Happened& at, schema::BodyNamed::Reader fields) {
    plan.bodies[fields.getBody()].set(
        at.effective(), at.index(),
        BodyFacts{.reports_to = read::choice_if(fields.getReportsTo()),
                  .quorum = read::whole_if(fields.hasQuorum(), fields.getQuorum())});
    return {};
}

Why meeting_held(Plan& plan, const Happened& at, schema::MeetingHeld::Reader fields) {
    const auto& ref = at.subject();
    if (auto why = taken(plan, ref)) {
        return why;
    }
    plan.meetings.emplace(
        ref, Meeting{.ref = ref,
                     .recorded = at.entry,
                     .body = fields.getBody(),
                     .date = read::date(fields.getDate()),
                     .quorate = fields.getQuorate(),
                     .attended = read::persons(fields.getAttended()),
                     .minutes = read::subject_if(fields.hasMinutes(), fields.getMinutes())});
    return {};
}

Why decision_recorded(Plan& plan, const Happened& at, schema::DecisionRecorded::Reader fields) {
    const auto& ref = at.subject();
    if (auto why = taken(plan, ref)) {
        return why;
    }
    plan.decisions.emplace(ref, Resolution{.ref = ref,
                                           .recorded = at.entry,
                                           .meeting = read::subject(fields.getMeeting()),
                                           .about = read::subjects(fields.getAbout())});
    return {};
}

Why progress_reported(Plan& plan, const Happened& at, schema::ProgressReported::Reader fields) {
    plan.reports.push_back(
        Report{.recorded = at.entry,
               .body = fields.getBody(),
               .as_at = read::date(fields.getAsAt()),
               .meeting = read::subject_if(fields.hasMeeting(), fields.getMeeting()),
               .report = read::subject_if(fields.hasReport(), fields.getReport())});
    return {};
}

Why challenge_recorded(Plan& plan, const Happened& at, schema::ChallengeRecorded::Reader fields) {
    const auto& ref = at.subject();
    if (auto why = taken(plan, ref)) {
        return why;
    }
    plan.challenges.emplace(
        ref, Challenge{.ref = ref,
                       .recorded = at.entry,
                       .asked_as = fields.getAskedAs(),
                       .meeting = read::subject_if(fields.hasMeeting(), fields.getMeeting()),
                       .about = read::subjects(fields.getAbout()),
                       .due = read::date_if(fields.hasDue(), fields.getDue()),
                       .answered = {}});
    return {};
}

Why challenge_answered(Plan& plan, const Happened& at) {
    auto* challenge = part_in(plan.challenges, at.subject());
    if (challenge == nullptr || challenge->answered) {
        return "no challenge of that reference waits for an answer";
    }
    challenge->answered = at.entry;
    return {};
}

Why exception_opened(Plan& plan, const Happened& at, schema::ExceptionOpened::Reader fields) {
    auto ref = read::subject(fields.getException());
    if (auto why = taken(plan, ref)) {
        return why;
    }
    if (!plan.actions.contains(at.subject())) {
        return "its action is not there";
    }
    plan.exceptions.emplace(
        ref,
        Exception{
            .ref = ref, .action = at.subject(), .opened = at.entry, .answered = {}, .closed = {}});
    return {};
}

Why exception_answered(Plan& plan, const Happened& at, schema::ExceptionAnswered::Reader fields) {
    auto* exception = part_in(plan.exceptions, read::subject(fields.getException()));
    if (exception == nullptr || exception->answered || exception->closed) {
        return "no exception of that reference waits for an answer";
    }
    exception->answered = Exception::Answer{
        .entry = at.entry, .meeting = read::subject_if(fields.hasMeeting(), fields.getMeeting())};
    return {};
}

Why exception_closed(Plan& plan, const Happened& at, schema::ExceptionClosed::Reader fields) {
    auto* exception = part_in(plan.exceptions, read::subject(fields.getException()));
    if (exception == nullptr || exception->closed) {
        return "no exception of that reference is open";
    }
    exception->closed = at.entry;
    return {};
}

Why risk_raised(Plan& plan, const Happened& at, schema::RiskRaised::Reader fields) {
    const auto& ref = at.subject();
    if (auto why = taken(plan, ref)) {
        return why;
    }
    Risk risk{.ref = ref,
              .raised = at.entry,
              .about = read::subjects(fields.getAbout()),
              .owner = read::person(fields.getOwner()),
              .score = {},
              .closed = {}};
    risk.score.set(at.effective(), at.index(),
                   RiskScore{.type = fields.getType(),
                             .likelihood = fields.getLikelihood(),
                             .impact = fields.getImpact(),
                             .by = at.entry.by});
    plan.risks.emplace(ref, std::move(risk));
    return {};
}

Why risk_rescored(Plan& plan, const Happened& at, schema::RiskRescored::Reader fields) {
    auto* risk = part_in(plan.risks, at.subject());
    if (risk == nullptr || risk->closed) {
        return "no risk of that reference is open";
    }
    risk->score.set(at.effective(), at.index(),
                    RiskScore{.type = fields.getType(),
                              .likelihood = fields.getLikelihood(),
                              .impact = fields.getImpact(),
                              .by = at.entry.by});
    return {};
}

Why risk_closed(Plan& plan, const Happened& at) {
    auto* risk = part_in(plan.risks, at.subject());
    if (risk == nullptr || risk->closed) {
        return "no risk of that reference is open";
    }
    risk->closed = at.entry;
    return {};
}

Why engagement_recorded(Plan& plan, const Happened& at, schema::EngagementRecorded::Reader fields) {
    plan.engagements.push_back(
        Engagement{.recorded = at.entry,
                   .channel = fields.getChannel(),
                   .date = read::date(fields.getDate()),
                   .reached = read::whole_if(fields.hasReached(), fields.getReached()),
                   .about = read::subjects(fields.getAbout())});
    return {};
}

Why self_evaluation_recorded(Plan& plan, const Happened& at,
                             schema::SelfEvaluationRecorded::Reader fields) {
    plan.self_evaluations.push_back(
        SelfEvaluation{.recorded = at.entry,
                       .as_at = read::date(fields.getAsAt()),
                       .cites = read::subjects(fields.getCites()),
                       .report = read::subject_if(fields.hasReport(), fields.getReport())});
    return {};
}

}  // namespace

std::vector<Row> of_governance() {
    return {
        {Kind::BODY_NAMED, with_fields<&Reader::getBodyNamed, body_named>},
        {Kind::MEETING_HELD, with_fields<&Reader::getMeetingHeld, meeting_held>},
        {Kind::DECISION_RECORDED, with_fields<&Reader::getDecisionRecorded, decision_recorded>},
        {Kind::PROGRESS_REPORTED, with_fields<&Reader::getProgressReported, progress_reported>},
        {Kind::CHALLENGE_RECORDED, with_fields<&Reader::getChallengeRecorded, challenge_recorded>},
        {Kind::CHALLENGE_ANSWERED, challenge_answered},
        {Kind::EXCEPTION_OPENED, with_fields<&Reader::getExceptionOpened, exception_opened>},
        {Kind::EXCEPTION_ANSWERED, with_fields<&Reader::getExceptionAnswered, exception_answered>},
        {Kind::EXCEPTION_CLOSED, with_fields<&Reader::getExceptionClosed, exception_closed>},
        {Kind::RISK_RAISED, with_fields<&Reader::getRiskRaised, risk_raised>},
        {Kind::RISK_RESCORED, with_fields<&Reader::getRiskRescored, risk_rescored>},
        {Kind::RISK_CLOSED, risk_closed},
        {Kind::ENGAGEMENT_RECORDED,
         with_fields<&Reader::getEngagementRecorded, engagement_recorded>},
        {Kind::SELF_EVALUATION_RECORDED,
         with_fields<&Reader::getSelfEvaluationRecorded, self_evaluation_recorded>},
    };
}

}  // namespace wsoa::folds
