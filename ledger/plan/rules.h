#pragma once

#include "ledger/event/fields.h"
#include "ledger/plan/rulebook.h"

#include <array>
#include <utility>

// The functions of the rules, a file per subject. Each judges one rule over the kinds it is about;
// rulebook.cpp gives each its number and sentence.
namespace wsoa::rules {

template <typename... Args>
Error refusal(std::string advice, fmt::format_string<Args...> format, Args&&... args) {
    return error(Fault::refused, format, std::forward<Args>(args)...).advise(std::move(advice));
}

// Somebody was there first.
template <typename... Args>
Error first_come(std::string advice, fmt::format_string<Args...> format, Args&&... args) {
    return error(Fault::conflict, format, std::forward<Args>(args)...).advise(std::move(advice));
}

using Reader = schema::Change::Reader;

// A rule over the fields of one kind: other kinds keep it by not being of that kind.
template <Kind kind, auto reader, auto judge_fields>
Result<void> judge_kind(const Case& at_hand) {
    return at_hand.change.kind() == kind
               ? judge_fields(at_hand, (at_hand.change.reader().*reader)())
               : done();
}
template <Kind kind, auto judge_case>
Result<void> judge_only(const Case& at_hand) {
    return at_hand.change.kind() == kind ? judge_case(at_hand) : done();
}
template <Kind... kind>
inline constexpr std::array<Kind, sizeof...(kind)> these_kinds{kind...};

template <Kind kind, auto reader, auto judge_fields>
inline constexpr Judge of_kind{judge_kind<kind, reader, judge_fields>, these_kinds<kind>};
template <Kind kind, auto judge_case>
inline constexpr Judge only{judge_only<kind, judge_case>, these_kinds<kind>};
// A rule whose function looks at the kind itself, and passes over all but these.
template <auto judge_case, Kind... kind>
inline constexpr Judge of_kinds{judge_case, these_kinds<kind...>};

// The part that the change is about: part_at_hand(at_hand, &Plan::measures). Null where R08 refuses
// the subject.
template <typename Part>
const Part* part_at_hand(const Case& at_hand, std::map<SubjectRef, Part> Plan::*parts) {
    const auto* plan = at_hand.plan();
    return plan == nullptr ? nullptr : part_in(plan->*parts, at_hand.envelope().subject);
}

// The rules of each subject, in rules_<subject>.cpp. Each subject has numbers of its own.
std::vector<Rule> of_plan_life();
std::vector<Rule> of_action();
std::vector<Rule> of_change();
std::vector<Rule> of_rating();
std::vector<Rule> of_measure();
std::vector<Rule> of_evidence();
std::vector<Rule> of_records();
std::vector<Rule> of_governance();
std::vector<Rule> of_review();
std::vector<Rule> of_publication();
std::vector<Rule> of_vault();

// What several subjects ask. rules_common.cpp
// `refused` unless the person is enrolled.
Result<void> enrolled(const Case& at_hand, const PersonId& person);
// `refused` where the last day comes before the first; absent days are in any order.
Result<void> in_order(std::optional<Date> first, std::optional<Date> last, std::string_view what);
// `refused` for a day after the day of the record.
Result<void> not_ahead(const Case& at_hand, std::optional<Date> day, std::string_view what);
// `refused` unless the reference is of that sort in the plan, with the nearest one that is.
Result<void> refers_to(const Case& at_hand, const SubjectRef& reference, SubjectKind wanted);
Result<void> refers_to_any(const Case& at_hand, const SubjectRef& reference,
                           const std::vector<SubjectKind>& wanted);
// `refused` where the author, or the person they act for, is that person.
Result<void> by_another(const Case& at_hand, const PersonId& person, std::string_view did);
// The action that the change is about; null where it is about none.
inline const Action* action_of(const Case& at_hand) {
    return part_at_hand(at_hand, &Plan::actions);
}
// The same for whoever signed the entry, and for the person they did it for.
Result<void> by_another(const Case& at_hand, const Entry& entry, std::string_view did);
// `refused` unless each reference stands for a part of the plan.
Result<void> all_there(const Case& at_hand, const std::vector<SubjectRef>& references);
// `refused` unless the entry is true on the very day of what it records.
Result<void> true_on(const Case& at_hand, Date day, std::string_view what);
// `refused` where the entry would be true before what it goes on from.
Result<void> not_before(const Case& at_hand, const Entry& earlier, std::string_view what);
// Advice for a reference that is not there: the nearest one that is, or where to look.
std::string advice_for_reference(const Plan* plan, const SubjectRef& subject);
// "an action", for messages.
std::string_view name_of_subject(SubjectKind about);

// rules_authority.cpp
Result<void> key_may_sign(const Case& at_hand);
Result<void> role_allows(const Case& at_hand);
Result<void> words_fit(const Case& at_hand);
Result<void> effective_not_ahead(const Case& at_hand);
Result<void> decisions_not_backdated(const Case& at_hand);
Result<void> acting_for_another(const Case& at_hand);
Result<void> subject_fits(const Case& at_hand);

// rules_people.cpp
Result<void> ledger_opened(const Case& at_hand, schema::LedgerOpened::Reader fields);
Result<void> ledger_key_rotated(const Case& at_hand, schema::LedgerKeyRotated::Reader fields);
Result<void> ledger_key_confirmed(const Case& at_hand);
Result<void> rulebook_adopted(const Case& at_hand, schema::RulebookAdopted::Reader fields);
Result<void> new_key_proves_itself(const Case& at_hand, const PersonId& person, const KeyId& key,
                                   const Signature& proof);
Result<void> enrolment_confirmed(const Case& at_hand);
Result<void> role_granted(const Case& at_hand, schema::RoleGranted::Reader fields);
Result<void> role_confirmed(const Case& at_hand);
Result<void> role_revoked(const Case& at_hand);
Result<void> key_confirmed(const Case& at_hand);
Result<void> key_rotated(const Case& at_hand);
Result<void> key_revoked(const Case& at_hand, schema::KeyRevoked::Reader fields);
Result<void> key_compromised(const Case& at_hand, schema::KeyCompromised::Reader fields);

// rules_plan.cpp
Result<void> plan_dates(const Case& at_hand, schema::PlanDrafted::Reader fields);
Result<void> area_lead(const Case& at_hand, schema::AreaAdded::Reader fields);
Result<void> outcome_parent(const Case& at_hand, schema::OutcomeAdded::Reader fields);
Result<void> action_people(const Case& at_hand, schema::ActionAdded::Reader fields);
Result<void> action_dates(const Case& at_hand, schema::ActionAdded::Reader fields);
Result<void> action_measures(const Case& at_hand, schema::ActionAdded::Reader fields);
Result<void> action_not_started(const Case& at_hand);
Result<void> action_in_progress(const Case& at_hand);
Result<void> progress_falls_with_reason(const Case& at_hand,
                                        schema::ProgressRecorded::Reader fields);
Result<void> evidence_dates(const Case& at_hand);

// rules_rating.cpp. A rating's fields, alike in proposal, confirmation and override.
struct RatingFields {
    schema::Axis axis;
    std::uint16_t scale;
    std::string_view from;
    std::string_view to;
};
// Null where the change is about no rating.
std::optional<RatingFields> rating_fields(const Case& at_hand);
template <auto judge_rating>
Result<void> judge_ratings(const Case& at_hand) {
    const auto rating = rating_fields(at_hand);
    return rating ? judge_rating(at_hand, *rating) : done();
}
template <auto judge_rating>
Result<void> judge_rating_decisions(const Case& at_hand) {
    return at_hand.change.kind() == Kind::RATING_PROPOSED ? done()
                                                          : judge_ratings<judge_rating>(at_hand);
}
template <auto judge_rating>
inline constexpr Judge of_ratings = of_kinds<judge_ratings<judge_rating>, Kind::RATING_PROPOSED,
                                             Kind::RATING_CONFIRMED, Kind::RATING_OVERRIDDEN>;
template <auto judge_rating>
inline constexpr Judge of_confirmations = only<Kind::RATING_CONFIRMED, judge_ratings<judge_rating>>;
template <auto judge_rating>
inline constexpr Judge of_overrides = only<Kind::RATING_OVERRIDDEN, judge_ratings<judge_rating>>;
template <auto judge_rating>
inline constexpr Judge of_rating_decisions =
    of_kinds<judge_rating_decisions<judge_rating>, Kind::RATING_CONFIRMED, Kind::RATING_OVERRIDDEN>;
Result<void> rating_on_scale(const Case& at_hand, const RatingFields& rating);
Result<void> rating_starts_from_current(const Case& at_hand, const RatingFields& rating);
Result<void> rating_reason_is_new(const Case& at_hand, const RatingFields& rating);
Result<void> confirmation_answers_proposal(const Case& at_hand, const RatingFields& rating);
Result<void> confirmed_by_another(const Case& at_hand, const RatingFields& rating);
Result<void> impact_confirmed_by_board(const Case& at_hand, const RatingFields& rating);
Result<void> rated_in_progress(const Case& at_hand, const RatingFields& rating);
// The proposal that a decision answers; null if it answers none of its subject and axis.
const Proposal* answered_proposal(const Case& at_hand, const RatingFields& rating);
// The ratings of the subject on that axis; null if it has none.
const Ratings* ratings_of(const Plan& plan, const SubjectRef& subject, schema::Axis axis);

}  // namespace wsoa::rules
