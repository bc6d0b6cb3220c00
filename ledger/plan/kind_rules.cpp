#include "ledger/plan/rulebook.h"

#include <map>

namespace wsoa {
namespace {

using schema::Role;
using schema::WordField;
using Adds = KindRule::Adds;
using Decides = KindRule::Decides;
using Roles = std::vector<Role>;
using Fields = std::vector<WordField>;
using Subjects = std::vector<SubjectKind>;

// Functions, so that the table can be asked for before main() as well.
Subjects ledger() { return {SubjectKind::ledger}; }
Subjects person() { return {SubjectKind::person}; }
Subjects plan() { return {SubjectKind::plan}; }
Subjects area() { return {SubjectKind::area}; }
Subjects action() { return {SubjectKind::action}; }
Subjects milestone() { return {SubjectKind::milestone}; }
Subjects measure() { return {SubjectKind::measure}; }
Subjects evidence() { return {SubjectKind::evidence}; }
Subjects publication() { return {SubjectKind::publication}; }
Subjects rated() { return {SubjectKind::action, SubjectKind::area}; }
Subjects changeable() {
    return {SubjectKind::action, SubjectKind::milestone, SubjectKind::measure};
}
// Whatever people type entries about.
Subjects any_part() {
    return {SubjectKind::plan,      SubjectKind::area,      SubjectKind::outcome,
            SubjectKind::action,    SubjectKind::milestone, SubjectKind::measure,
            SubjectKind::evidence,  SubjectKind::meeting,   SubjectKind::decision,
            SubjectKind::challenge, SubjectKind::risk,      SubjectKind::review,
            SubjectKind::request,   SubjectKind::pack,      SubjectKind::publication};
}

Roles founders() { return {Role::FOUNDER}; }
Roles enrollers() { return {Role::FOUNDER, Role::PROGRAMME_OFFICE}; }
Roles office() { return {Role::PROGRAMME_OFFICE}; }
Roles chair() { return {Role::BOARD_CHAIR}; }
Roles doers() { return {Role::ACTION_OWNER, Role::AREA_LEAD, Role::PROGRAMME_OFFICE}; }
Roles approvers() { return {Role::ACCOUNTABLE_OFFICER, Role::BOARD_CHAIR}; }
Roles leads_and_approvers() {
    return {Role::AREA_LEAD, Role::ACCOUNTABLE_OFFICER, Role::BOARD_CHAIR};
}
Roles reviewers() { return {Role::AREA_LEAD, Role::ACCOUNTABLE_OFFICER}; }
Roles counters() { return {Role::DATA_LEAD, Role::PROGRAMME_OFFICE}; }
Roles contributors() {
    return {Role::ACTION_OWNER,     Role::AREA_LEAD,    Role::ACCOUNTABLE_OFFICER,
            Role::PROGRAMME_OFFICE, Role::BOARD_MEMBER, Role::DATA_LEAD};
}
Roles archivists() { return {Role::RECORDS_MANAGER, Role::DPO}; }
Roles with(Roles roles, const Roles& more) {
    roles.insert(roles.end(), more.begin(), more.end());
    return roles;
}
Roles registrars() { return with(contributors(), archivists()); }  // a redacted copy is an item
// Everybody who may be shown a document records that it was.
Roles readers() {
    return with(registrars(), {Role::FOUNDER, Role::BOARD_CHAIR, Role::ADVISER, Role::INSPECTOR,
                               Role::AUDITOR, Role::LEAD_MEMBER});
}

// What a kind's words are: those that it must have, and those that it may have.
struct Words {
    Fields required;
    Fields optional;
};
Words reason_only() { return {{WordField::REASON}, {}}; }
Words maybe_reason() { return {{}, {WordField::REASON}}; }

KindRule row(Kind kind, const Subjects& about, const Roles& roles, const Words& words) {
    return {.kind = kind,
            .about = about,
            .reach = Reach::subject,
            .roles = roles,
            .required = words.required,
            .optional = words.optional};
}
KindRule adding(KindRule rule) {
    rule.adds = Adds::subject;
    return rule;
}
KindRule adding_if_new(KindRule rule) {
    rule.adds = Adds::unless_there;
    return rule;
}
KindRule deciding(KindRule rule) {
    rule.decides = Decides::yes;
    return rule;
}
// Where the author's grant need only lie within the plan.
KindRule in_plan(KindRule rule) {
    rule.reach = Reach::plan;
    return rule;
}
KindRule for_oneself(KindRule rule) {
    rule.reach = Reach::self;
    return rule;
}

std::vector<KindRule> rules_about_the_ledger() {
    return {
        row(Kind::LEDGER_OPENED, ledger(), founders(), {}),
        row(Kind::LEDGER_KEY_ROTATED, ledger(), founders(), reason_only()),
        deciding(row(Kind::LEDGER_KEY_CONFIRMED, ledger(), founders(), maybe_reason())),
        deciding(row(Kind::RULEBOOK_ADOPTED, ledger(), {Role::FOUNDER, Role::BOARD_CHAIR},
                     reason_only())),
        row(Kind::HOLIDAYS_SET, ledger(), enrollers(), {{}, {WordField::SOURCE}}),
        row(Kind::VERIFICATION_RUN, ledger(),
            {Role::AUDITOR, Role::PROGRAMME_OFFICE, Role::FOUNDER}, {{}, {WordField::COMMENT}}),
        row(Kind::CHECKPOINT_ANCHORED, ledger(), enrollers(), {{}, {WordField::SOURCE}}),
    };
}

std::vector<KindRule> rules_about_people() {
    return {
        adding(row(Kind::PERSON_ENROLLED, person(), enrollers(),
                   {{}, {WordField::NAME, WordField::REASON}})),
        deciding(row(Kind::PERSON_CONFIRMED, person(), enrollers(), maybe_reason())),
        row(Kind::ROLE_GRANTED, person(), enrollers(), maybe_reason()),
        deciding(row(Kind::ROLE_CONFIRMED, person(), enrollers(), maybe_reason())),
        row(Kind::ROLE_REVOKED, person(), enrollers(), reason_only()),
        row(Kind::KEY_ENROLLED, person(), enrollers(), maybe_reason()),
        deciding(row(Kind::KEY_CONFIRMED, person(), enrollers(), maybe_reason())),
        for_oneself(row(Kind::KEY_ROTATED, person(), {}, maybe_reason())),
        for_oneself(row(Kind::KEY_REVOKED, person(), {}, reason_only())),
        row(Kind::KEY_COMPROMISED, person(),
            {Role::FOUNDER, Role::PROGRAMME_OFFICE, Role::DPO, Role::RECORDS_MANAGER},
            reason_only()),
    };
}

std::vector<KindRule> rules_about_plans() {
    return {
        adding(row(Kind::PLAN_DRAFTED, plan(), office(),
                   {{WordField::TITLE}, {WordField::FRAMEWORK, WordField::TEXT}})),
        row(Kind::PLAN_SUBMITTED, plan(), office(), {{}, {WordField::COMMENT}}),
        deciding(row(Kind::PLAN_RETURNED, plan(), office(),
                     {{WordField::REASON}, {WordField::COMMENT}})),
        deciding(
            row(Kind::PLAN_DECLARED_FIT_FOR_PURPOSE, plan(), office(), {{}, {WordField::COMMENT}})),
        deciding(row(Kind::PLAN_BASELINED, plan(), chair(), reason_only())),
        deciding(row(Kind::PLAN_REBASELINED, plan(), chair(), reason_only())),
        deciding(row(Kind::PLAN_SUPERSEDED, plan(), chair(), reason_only())),
        deciding(row(Kind::PLAN_CLOSED, plan(), chair(), reason_only())),
        row(Kind::STRATEGY_LINKED, plan(), office(), {{WordField::TITLE}, {WordField::TEXT}}),
        row(Kind::REPORTING_POLICY_SET, plan(), {Role::PROGRAMME_OFFICE, Role::BOARD_CHAIR},
            maybe_reason()),
        row(Kind::PERIOD_CLOSED, plan(), {Role::PROGRAMME_OFFICE, Role::BOARD_CHAIR},
            {{}, {WordField::COMMENT}}),
        adding(row(Kind::AREA_ADDED, area(), office(), {{WordField::TITLE}, {WordField::TEXT}})),
        row(Kind::AREA_REWORDED, area(), office(), {{WordField::TITLE, WordField::REASON}, {}}),
        adding(row(Kind::OUTCOME_ADDED, {SubjectKind::outcome}, office(),
                   {{WordField::TITLE}, {WordField::TEXT}})),
        adding(row(Kind::ACTION_ADDED, action(), office(),
                   {{WordField::TITLE}, {WordField::REASON, WordField::TEXT}})),
        adding(row(Kind::MILESTONE_ADDED, milestone(), office(),
                   {{WordField::TITLE}, {WordField::TEXT}})),
        row(Kind::OWNER_CHANGED, rated(),
            {Role::AREA_LEAD, Role::ACCOUNTABLE_OFFICER, Role::PROGRAMME_OFFICE},
            {{WordField::REASON}, {WordField::NOTE}}),
        for_oneself(row(Kind::OWNER_ACCEPTED, rated(), {}, {{}, {WordField::NOTE}})),
    };
}

std::vector<KindRule> rules_about_actions() {
    return {
        row(Kind::ACTION_STARTED, action(), doers(), {{}, {WordField::TEXT}}),
        deciding(row(Kind::ACTION_PAUSED, action(), leads_and_approvers(), reason_only())),
        row(Kind::ACTION_RESUMED, action(), doers(), {{}, {WordField::TEXT, WordField::REASON}}),
        row(Kind::PROGRESS_RECORDED, action(), doers(),
            {{WordField::TEXT}, {WordField::REASON, WordField::NEXT_STEPS, WordField::BLOCKERS}}),
        row(Kind::MILESTONE_MET, milestone(), doers(), {{}, {WordField::TEXT}}),
        row(Kind::MILESTONE_MISSED, milestone(), doers(),
            {{WordField::REASON}, {WordField::NEXT_STEPS}}),
        deciding(row(Kind::MILESTONE_WITHDRAWN, milestone(), leads_and_approvers(), reason_only())),
        row(Kind::COMPLETION_CLAIMED, action(), {Role::ACTION_OWNER, Role::PROGRAMME_OFFICE},
            reason_only()),
        deciding(row(Kind::COMPLETION_REJECTED, action(), leads_and_approvers(), reason_only())),
        deciding(row(Kind::ACTION_COMPLETED, action(), chair(), reason_only())),
        deciding(row(Kind::ACTION_REOPENED, action(), approvers(), reason_only())),
        deciding(row(Kind::ACTION_EMBEDDED, action(), chair(), reason_only())),
        deciding(row(Kind::ACTION_WITHDRAWN, action(), approvers(), reason_only())),
        deciding(row(Kind::ACTION_MERGED, action(), approvers(), reason_only())),
        deciding(row(Kind::ACTION_SPLIT, action(), approvers(), reason_only())),
        row(Kind::CHANGE_REQUESTED, changeable(),
            {Role::ACTION_OWNER, Role::AREA_LEAD, Role::PROGRAMME_OFFICE, Role::DATA_LEAD},
            {{WordField::REASON, WordField::EFFECT}, {}}),
        deciding(row(Kind::CHANGE_APPROVED, changeable(), leads_and_approvers(), reason_only())),
        deciding(row(Kind::CHANGE_REFUSED, changeable(), leads_and_approvers(), reason_only())),
        row(Kind::CHANGE_APPLIED, changeable(), office(), maybe_reason()),
        row(Kind::CHANGE_WITHDRAWN, changeable(),
            {Role::ACTION_OWNER, Role::AREA_LEAD, Role::PROGRAMME_OFFICE, Role::DATA_LEAD},
            reason_only()),
    };
}

std::vector<KindRule> rules_about_ratings() {
    return {
        row(Kind::RATING_SCALE_DEFINED, plan(), office(),
            {{WordField::LABELS}, {WordField::REASON}}),
        row(Kind::RATING_PROPOSED, rated(), doers(), reason_only()),
        deciding(row(Kind::RATING_CONFIRMED, rated(), {Role::AREA_LEAD, Role::BOARD_CHAIR},
                     reason_only())),
        deciding(row(Kind::RATING_OVERRIDDEN, rated(), approvers(), reason_only())),
    };
}

std::vector<KindRule> rules_about_measures() {
    const Fields described{WordField::NOTE, WordField::SOURCE, WordField::NUMERATOR,
                           WordField::DENOMINATOR};
    return {
        adding(row(Kind::MEASURE_DEFINED, measure(), counters(), {{WordField::TITLE}, described})),
        row(Kind::MEASURE_REDEFINED, measure(), counters(),
            {{WordField::TITLE, WordField::REASON}, described}),
        in_plan(row(Kind::BASELINE_SET, measure(), counters(),
                    {{}, {WordField::BASIS, WordField::SOURCE, WordField::NOTE}})),
        in_plan(row(Kind::TARGET_SET, measure(),
                    {Role::PROGRAMME_OFFICE, Role::AREA_LEAD, Role::DATA_LEAD},
                    {{}, {WordField::BASIS, WordField::SOURCE, WordField::NOTE}})),
        in_plan(row(Kind::TRAJECTORY_SET, measure(),
                    {Role::PROGRAMME_OFFICE, Role::AREA_LEAD, Role::DATA_LEAD},
                    {{}, {WordField::BASIS, WordField::SOURCE, WordField::NOTE}})),
        in_plan(row(Kind::READING_RECORDED, measure(), counters(),
                    {{}, {WordField::NOTE, WordField::SOURCE, WordField::FIGURE}})),
        in_plan(row(Kind::READING_CORRECTED, measure(), counters(),
                    {{WordField::REASON}, {WordField::NOTE, WordField::SOURCE}})),
        in_plan(row(Kind::READING_RESTATED, measure(), counters(),
                    {{WordField::REASON}, {WordField::NOTE, WordField::SOURCE}})),
    };
}

std::vector<KindRule> rules_about_evidence() {
    const Fields described{WordField::CLAIM,      WordField::FILE_NAME, WordField::SOURCE,
                           WordField::MEDIA_TYPE, WordField::SIZE,      WordField::NOTE};
    auto with_reason = described;
    with_reason.push_back(WordField::REASON);
    const Words commented{{}, {WordField::COMMENT}};
    return {
        adding(in_plan(row(Kind::EVIDENCE_REGISTERED, evidence(), registrars(),
                           {{WordField::TITLE}, with_reason}))),
        adding(in_plan(row(Kind::EVIDENCE_VERSION_ADDED, evidence(), registrars(),
                           {{WordField::TITLE, WordField::REASON}, described}))),
        in_plan(row(Kind::EVIDENCE_SUPERSEDED, evidence(), contributors(), reason_only())),
        in_plan(row(Kind::EVIDENCE_LINKED, evidence(), contributors(),
                    {{WordField::CLAIM}, {WordField::PLACE}})),
        in_plan(row(Kind::EVIDENCE_UNLINKED, evidence(), contributors(), reason_only())),
        in_plan(row(Kind::EVIDENCE_SUBMITTED, evidence(), contributors(), commented)),
        deciding(in_plan(row(Kind::EVIDENCE_ACCEPTED, evidence(), reviewers(), commented))),
        deciding(in_plan(row(Kind::EVIDENCE_REJECTED, evidence(), reviewers(),
                             {{WordField::REASON}, {WordField::COMMENT}}))),
        deciding(in_plan(row(Kind::EVIDENCE_MORE_ASKED, evidence(), reviewers(),
                             {{WordField::REASON}, {WordField::COMMENT}}))),
        in_plan(row(Kind::EVIDENCE_MARKED_STALE, evidence(), contributors(), reason_only())),
        in_plan(row(Kind::EVIDENCE_RENEWED, evidence(), contributors(), {{}, {WordField::NOTE}})),
        in_plan(row(Kind::REDACTED_COPY_ISSUED, evidence(), archivists(), reason_only())),
        in_plan(row(Kind::CONTENT_READ, evidence(), readers(), maybe_reason())),
    };
}

std::vector<KindRule> rules_about_records() {
    return {
        in_plan(
            row(Kind::ENTRY_CORRECTED, any_part(),
                {Role::ACTION_OWNER, Role::AREA_LEAD, Role::ACCOUNTABLE_OFFICER,
                 Role::PROGRAMME_OFFICE, Role::BOARD_CHAIR, Role::BOARD_MEMBER, Role::DATA_LEAD},
                reason_only())),
        row(Kind::RECTIFICATION_NOTED, any_part(),
            {Role::DPO, Role::RECORDS_MANAGER, Role::PROGRAMME_OFFICE},
            {{WordField::TEXT}, {WordField::REQUESTER, WordField::CASE_REFERENCE}}),
        adding(row(Kind::HOLD_PLACED, {SubjectKind::hold}, archivists(),
                   {{WordField::REASON}, {WordField::CASE_REFERENCE}})),
        deciding(row(Kind::HOLD_RELEASED, {SubjectKind::hold}, archivists(),
                     {{WordField::REASON}, {WordField::CASE_REFERENCE}})),
        row(Kind::ERASURE_REQUESTED, any_part(),
            {Role::RECORDS_MANAGER, Role::DPO, Role::PROGRAMME_OFFICE},
            {{WordField::REASON}, {WordField::REQUESTER, WordField::CASE_REFERENCE}}),
        deciding(row(Kind::ERASURE_DECIDED, any_part(), {Role::DPO}, reason_only())),
        row(Kind::CONTENT_ERASED, any_part(), {Role::RECORDS_MANAGER},
            {{WordField::TOMBSTONE}, {}}),
        row(Kind::RETENTION_APPLIED, any_part(), {Role::RECORDS_MANAGER, Role::PROGRAMME_OFFICE},
            maybe_reason()),
        deciding(row(Kind::DISPOSAL_APPROVED, any_part(), archivists(), reason_only())),
        row(Kind::DISPOSED, any_part(), {Role::RECORDS_MANAGER}, {{WordField::TOMBSTONE}, {}}),
    };
}

std::vector<KindRule> rules_about_governance() {
    const Words titled{{WordField::TITLE}, {WordField::TEXT}};
    return {
        row(Kind::BODY_NAMED, plan(), office(), titled),
        adding(row(Kind::MEETING_HELD, {SubjectKind::meeting}, office(),
                   {{}, {WordField::TITLE, WordField::TEXT}})),
        adding(row(Kind::DECISION_RECORDED, {SubjectKind::decision},
                   {Role::PROGRAMME_OFFICE, Role::BOARD_CHAIR},
                   {{WordField::TEXT}, {WordField::TITLE, WordField::REASON}})),
        row(Kind::PROGRESS_REPORTED, plan(), {Role::PROGRAMME_OFFICE, Role::ACCOUNTABLE_OFFICER},
            {{}, {WordField::TITLE, WordField::TEXT}}),
        adding(in_plan(row(Kind::CHALLENGE_RECORDED, {SubjectKind::challenge},
                           {Role::BOARD_MEMBER, Role::LEAD_MEMBER, Role::BOARD_CHAIR, Role::ADVISER,
                            Role::INSPECTOR, Role::AUDITOR, Role::PROGRAMME_OFFICE},
                           {{WordField::TEXT}, {WordField::REQUESTER}}))),
        in_plan(row(Kind::CHALLENGE_ANSWERED, {SubjectKind::challenge},
                    {Role::ACTION_OWNER, Role::AREA_LEAD, Role::ACCOUNTABLE_OFFICER,
                     Role::BOARD_CHAIR, Role::PROGRAMME_OFFICE},
                    {{WordField::ANSWER}, {}})),
        row(Kind::EXCEPTION_OPENED, action(), doers(),
            {{WordField::REASON, WordField::MITIGATION, WordField::EFFECT,
              WordField::DECISION_WANTED},
             {}}),
        deciding(row(Kind::EXCEPTION_ANSWERED, action(), approvers(), {{WordField::ANSWER}, {}})),
        row(Kind::EXCEPTION_CLOSED, action(), {Role::PROGRAMME_OFFICE, Role::AREA_LEAD},
            reason_only()),
        adding(in_plan(row(
            Kind::RISK_RAISED, {SubjectKind::risk}, contributors(),
            {{WordField::TITLE}, {WordField::TEXT, WordField::MITIGATION, WordField::EFFECT}}))),
        in_plan(row(Kind::RISK_RESCORED, {SubjectKind::risk}, contributors(),
                    {{WordField::REASON}, {WordField::MITIGATION}})),
        in_plan(row(Kind::RISK_CLOSED, {SubjectKind::risk}, contributors(), reason_only())),
        in_plan(
            row(Kind::ENGAGEMENT_RECORDED, plan(),
                {Role::PROGRAMME_OFFICE, Role::ACTION_OWNER, Role::AREA_LEAD, Role::BOARD_MEMBER},
                titled)),
        row(Kind::SELF_EVALUATION_RECORDED, plan(),
            {Role::PROGRAMME_OFFICE, Role::ACCOUNTABLE_OFFICER}, titled),
    };
}

std::vector<KindRule> rules_about_reviews() {
    const Roles checkers{Role::ADVISER, Role::INSPECTOR, Role::PROGRAMME_OFFICE};
    const Subjects review{SubjectKind::review};
    const Subjects request{SubjectKind::request};
    const Subjects pack{SubjectKind::pack};
    const Words maybe_text{{}, {WordField::TITLE, WordField::TEXT}};
    return {
        adding(row(Kind::EXTERNAL_REVIEW_SCHEDULED, review, checkers, maybe_text)),
        row(Kind::EXTERNAL_REVIEW_NOTIFIED, review, checkers, maybe_text),
        // A check that was scheduled is there already, one that came unannounced is not.
        adding_if_new(row(Kind::EXTERNAL_REVIEW_HELD, review, checkers, maybe_text)),
        row(Kind::EXTERNAL_REVIEW_OUTCOME_RECORDED, {SubjectKind::area, SubjectKind::plan},
            checkers, maybe_text),
        row(Kind::MONITORING_CEASED, area(), checkers, reason_only()),
        row(Kind::NEXT_STEPS_RECORDED, plan(), checkers, maybe_text),
        adding(row(Kind::INFORMATION_REQUESTED, request, checkers,
                   {{WordField::TEXT}, {WordField::REQUESTER, WordField::CASE_REFERENCE}})),
        row(Kind::INFORMATION_FULFILLED, request,
            {Role::PROGRAMME_OFFICE, Role::ACCOUNTABLE_OFFICER}, maybe_text),
        row(Kind::INFORMATION_REFUSED, request,
            {Role::PROGRAMME_OFFICE, Role::ACCOUNTABLE_OFFICER, Role::DPO}, reason_only()),
        adding(row(Kind::PACK_FROZEN, pack, office(), maybe_text)),
        row(Kind::PACK_SHARED, pack, {Role::PROGRAMME_OFFICE, Role::ACCOUNTABLE_OFFICER},
            {{}, {WordField::NOTE}}),
        row(Kind::PACK_ACCESSED, pack,
            {Role::ADVISER, Role::INSPECTOR, Role::AUDITOR, Role::PROGRAMME_OFFICE},
            {{}, {WordField::NOTE}}),
    };
}

std::vector<KindRule> rules_about_publications() {
    return {
        adding(row(Kind::PUBLICATION_DRAFTED, publication(),
                   {Role::PROGRAMME_OFFICE, Role::AREA_LEAD},
                   {{WordField::TITLE}, {WordField::TEXT}})),
        row(Kind::PUBLICATION_CHECKED, publication(), archivists(), {{}, {WordField::COMMENT}}),
        deciding(row(Kind::PUBLICATION_APPROVED, publication(), approvers(),
                     {{}, {WordField::COMMENT, WordField::REASON}})),
        row(Kind::PUBLISHED, publication(), office(), {{}, {WordField::TITLE, WordField::TEXT}}),
        row(Kind::PUBLICATION_CORRECTED, publication(), office(), reason_only()),
        deciding(row(Kind::PUBLICATION_WITHDRAWN, publication(),
                     {Role::ACCOUNTABLE_OFFICER, Role::BOARD_CHAIR, Role::DPO}, reason_only())),
    };
}

std::map<Kind, KindRule> table() {
    std::map<Kind, KindRule> rules;
    for (const auto& part :
         {rules_about_the_ledger(), rules_about_people(), rules_about_plans(),
          rules_about_actions(), rules_about_ratings(), rules_about_measures(),
          rules_about_evidence(), rules_about_records(), rules_about_governance(),
          rules_about_reviews(), rules_about_publications()}) {
        for (const auto& rule : part) {
            rules.emplace(rule.kind, rule);
        }
    }
    return rules;
}

}  // namespace

const KindRule& kind_rule(Kind kind) {
    static const auto rules = table();
    const auto found = rules.find(kind);
    CHECK(found != rules.end());  // a test holds that every kind of the schema has one
    return found->second;
}

}  // namespace wsoa
