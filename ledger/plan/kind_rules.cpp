#include "ledger/plan/rulebook.h"

#include <map>

namespace wsoa {
namespace {

using schema::Role;
using schema::WordField;
using Adds = KindRule::Adds;
using Decides = KindRule::Decides;

const std::vector<Role> enrollers{Role::FOUNDER, Role::PROGRAMME_OFFICE};
const std::vector<Role> office{Role::PROGRAMME_OFFICE};

std::vector<KindRule> rules_about_the_ledger() {
    return {
        {.kind = Kind::LEDGER_OPENED,
         .about = SubjectKind::ledger,
         .reach = Reach::subject,
         .roles = {Role::FOUNDER},
         .required = {},
         .optional = {}},
        {.kind = Kind::LEDGER_KEY_ROTATED,
         .about = SubjectKind::ledger,
         .reach = Reach::subject,
         .roles = {Role::FOUNDER},
         .required = {WordField::REASON},
         .optional = {}},
        {.kind = Kind::LEDGER_KEY_CONFIRMED,
         .about = SubjectKind::ledger,
         .reach = Reach::subject,
         .roles = {Role::FOUNDER},
         .required = {},
         .optional = {WordField::REASON},
         .decides = Decides::yes},
        {.kind = Kind::RULEBOOK_ADOPTED,
         .about = SubjectKind::ledger,
         .reach = Reach::subject,
         .roles = {Role::FOUNDER, Role::BOARD_CHAIR},
         .required = {WordField::REASON},
         .optional = {},
         .decides = Decides::yes},
    };
}

std::vector<KindRule> rules_about_people() {
    return {
        {.kind = Kind::PERSON_ENROLLED,
         .about = SubjectKind::person,
         .reach = Reach::subject,
         .roles = enrollers,
         .required = {},
         .optional = {WordField::NAME, WordField::REASON},
         .adds = Adds::subject},
        {.kind = Kind::PERSON_CONFIRMED,
         .about = SubjectKind::person,
         .reach = Reach::subject,
         .roles = enrollers,
         .required = {},
         .optional = {WordField::REASON},
         .decides = Decides::yes},
        {.kind = Kind::ROLE_GRANTED,
         .about = SubjectKind::person,
         .reach = Reach::subject,
         .roles = enrollers,
         .required = {},
         .optional = {WordField::REASON}},
        {.kind = Kind::ROLE_CONFIRMED,
         .about = SubjectKind::person,
         .reach = Reach::subject,
         .roles = enrollers,
         .required = {},
         .optional = {WordField::REASON},
         .decides = Decides::yes},
        {.kind = Kind::ROLE_REVOKED,
         .about = SubjectKind::person,
         .reach = Reach::subject,
         .roles = enrollers,
         .required = {WordField::REASON},
         .optional = {}},
    };
}

std::vector<KindRule> rules_about_keys() {
    return {
        {.kind = Kind::KEY_ENROLLED,
         .about = SubjectKind::person,
         .reach = Reach::subject,
         .roles = enrollers,
         .required = {},
         .optional = {WordField::REASON}},
        {.kind = Kind::KEY_CONFIRMED,
         .about = SubjectKind::person,
         .reach = Reach::subject,
         .roles = enrollers,
         .required = {},
         .optional = {WordField::REASON},
         .decides = Decides::yes},
        {.kind = Kind::KEY_ROTATED,
         .about = SubjectKind::person,
         .reach = Reach::self,
         .roles = {},
         .required = {},
         .optional = {WordField::REASON}},
        {.kind = Kind::KEY_REVOKED,
         .about = SubjectKind::person,
         .reach = Reach::self,
         .roles = {},
         .required = {WordField::REASON},
         .optional = {}},
        {.kind = Kind::KEY_COMPROMISED,
         .about = SubjectKind::person,
         .reach = Reach::subject,
         .roles = {Role::FOUNDER, Role::PROGRAMME_OFFICE, Role::DPO, Role::RECORDS_MANAGER},
         .required = {WordField::REASON},
         .optional = {}},
    };
}

std::vector<KindRule> rules_about_plans() {
    return {
        {.kind = Kind::PLAN_DRAFTED,
         .about = SubjectKind::plan,
         .reach = Reach::subject,
         .roles = office,
         .required = {WordField::TITLE},
         .optional = {WordField::FRAMEWORK},
         .adds = Adds::subject},
        {.kind = Kind::AREA_ADDED,
         .about = SubjectKind::area,
         .reach = Reach::subject,
         .roles = office,
         .required = {WordField::TITLE},
         .optional = {WordField::TEXT},
         .adds = Adds::subject},
        {.kind = Kind::OUTCOME_ADDED,
         .about = SubjectKind::outcome,
         .reach = Reach::subject,
         .roles = office,
         .required = {WordField::TITLE},
         .optional = {},
         .adds = Adds::subject},
        {.kind = Kind::ACTION_ADDED,
         .about = SubjectKind::action,
         .reach = Reach::subject,
         .roles = office,
         .required = {WordField::TITLE},
         .optional = {WordField::REASON},
         .adds = Adds::subject},
    };
}

std::vector<KindRule> rules_about_delivery() {
    return {
        {.kind = Kind::ACTION_STARTED,
         .about = SubjectKind::action,
         .reach = Reach::subject,
         .roles = {Role::ACTION_OWNER, Role::AREA_LEAD, Role::PROGRAMME_OFFICE},
         .required = {},
         .optional = {WordField::TEXT}},
        {.kind = Kind::PROGRESS_RECORDED,
         .about = SubjectKind::action,
         .reach = Reach::subject,
         .roles = {Role::ACTION_OWNER, Role::AREA_LEAD, Role::PROGRAMME_OFFICE},
         .required = {WordField::TEXT},
         .optional = {WordField::REASON, WordField::NEXT_STEPS, WordField::BLOCKERS}},
        {.kind = Kind::RATING_PROPOSED,
         .about = SubjectKind::rated,
         .reach = Reach::subject,
         .roles = {Role::ACTION_OWNER, Role::AREA_LEAD, Role::PROGRAMME_OFFICE},
         .required = {WordField::REASON},
         .optional = {}},
        {.kind = Kind::RATING_CONFIRMED,
         .about = SubjectKind::rated,
         .reach = Reach::subject,
         .roles = {Role::AREA_LEAD, Role::BOARD_CHAIR},
         .required = {WordField::REASON},
         .optional = {},
         .decides = Decides::yes},
        {.kind = Kind::EVIDENCE_REGISTERED,
         .about = SubjectKind::evidence,
         .reach = Reach::plan,
         .roles = {Role::ACTION_OWNER, Role::AREA_LEAD, Role::ACCOUNTABLE_OFFICER,
                   Role::PROGRAMME_OFFICE, Role::BOARD_MEMBER, Role::DATA_LEAD},
         .required = {WordField::TITLE},
         .optional = {WordField::CLAIM, WordField::FILE_NAME, WordField::SOURCE,
                      WordField::MEDIA_TYPE, WordField::SIZE},
         .adds = Adds::subject},
    };
}

std::map<Kind, KindRule> table() {
    std::map<Kind, KindRule> rules;
    for (const auto& part : {rules_about_the_ledger(), rules_about_people(), rules_about_keys(),
                             rules_about_plans(), rules_about_delivery()}) {
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
