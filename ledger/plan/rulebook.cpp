#include "ledger/plan/rulebook.h"

#include "ledger/event/fields.h"
#include "ledger/event/kinds.h"
#include "ledger/plan/rules.h"

#include <algorithm>
#include <map>

namespace wsoa {
namespace {

using rules::of_confirmations;
using rules::of_kind;
using rules::of_kinds;
using rules::of_rating_decisions;
using rules::of_ratings;
using rules::only;

Result<void> new_keys(const Case& at_hand) {
    const auto person = at_hand.envelope().subject.person();
    if (!person) {
        return done();  // R08 judges the subject
    }
    const auto change = at_hand.change.reader();
    const auto judge_key = [&](auto fields) {
        return rules::new_key_proves_itself(at_hand, *person, read::key(fields.getKey()),
                                            read::signature(fields.getProof()));
    };
    if (change.isPersonEnrolled()) {
        return judge_key(change.getPersonEnrolled());
    }
    if (change.isKeyEnrolled()) {
        return judge_key(change.getKeyEnrolled());
    }
    return change.isKeyRotated() ? judge_key(change.getKeyRotated()) : done();
}

Result<void> started_before(const Case& at_hand) {
    if (at_hand.change.kind() == Kind::ACTION_STARTED) {
        return rules::action_not_started(at_hand);
    }
    if (at_hand.change.kind() == Kind::PROGRESS_RECORDED) {
        return rules::action_in_progress(at_hand);
    }
    return rules::judge_ratings<rules::rated_in_progress>(at_hand);
}

using rules::Reader;

Error too_new(std::uint16_t rulebook) {
    return error(Fault::unavailable, "rulebook {} is newer than this program, which knows {}",
                 rulebook, rulebook_newest)
        .advise("install a newer wsoa");
}

// The rulebook to judge by: that of event 0 for itself, the one in force for all others.
Result<std::uint16_t> rulebook_for(const Case& at_hand) {
    const auto change = at_hand.change.reader();
    const std::uint16_t rulebook = change.isLedgerOpened() && at_hand.index.value == 0
                                       ? change.getLedgerOpened().getRulebook()
                                       : at_hand.state.keyring.facts().rulebook;
    if (rulebook == 0) {
        auto refusal = rules::refusal("begin with ledgerOpened, which states rulebook 1",
                                      "a ledger begins with event 0, which states its rulebook");
        refusal.rule = "R20";
        return refusal;
    }
    if (rulebook > rulebook_newest) {
        return too_new(rulebook);
    }
    // One person could otherwise stop a ledger for good by adopting a rulebook that nobody has. It
    // is not a refusal: a newer program may know the rulebook, and then the change is a good one.
    if (change.isRulebookAdopted() && change.getRulebookAdopted().getRulebook() > rulebook_newest) {
        return too_new(change.getRulebookAdopted().getRulebook());
    }
    return rulebook;
}

std::optional<Error> broken_rule(const Rule& rule, std::uint16_t rulebook, const Case& at_hand) {
    if (!rule.stands_in(rulebook)) {
        return std::nullopt;
    }
    auto judged = rule.judge(at_hand);
    if (judged.ok()) {
        return std::nullopt;
    }
    auto refusal = std::move(judged).error();
    refusal.rule = rule.id;
    if (refusal.fault != Fault::conflict) {
        refusal.fault = Fault::refused;
    }
    return refusal;
}

}  // namespace

std::optional<PersonId> Case::author() const {
    return state.keyring.holder_of(envelope().author_key);
}

const Plan* Case::plan() const { return envelope().plan ? state.plan(*envelope().plan) : nullptr; }

bool Case::has_word(schema::WordField field) const {
    return std::ranges::any_of(envelope().words,
                               [&](const WordCommitment& word) { return word.field == field; });
}

std::optional<std::string> Case::word(schema::WordField field) const {
    if (words != nullptr) {
        for (const auto& word : *words) {
            if (word.field == field) {
                return word.text;
            }
        }
    }
    return std::nullopt;
}

namespace {

std::vector<Rule> rules_of_authority() {
    return {
        {"R01",
         "A change is signed by a key that is enrolled and confirmed, and neither ended nor "
         "compromised.",
         1, 0, rules::key_may_sign, Rule::Needs::authors},
        {"R02", "A rating is confirmed by another person than the one who proposed it.", 1, 0,
         of_confirmations<rules::confirmed_by_another>, Rule::Needs::authors},
        {"R03",
         "The author holds the role they act in, on that day and for that subject, and the role "
         "may record this kind of change.",
         1, 0, rules::role_allows, Rule::Needs::authors},
        {"R04", "A change carries the words that its kind needs, and no others.", 1, 0,
         rules::words_fit},
        {"R05", "What is recorded is true by the day on which it is recorded.", 1, 0,
         rules::effective_not_ahead},
        {"R06",
         "A decision is dated on the day of its record, unless it names the meeting that took it.",
         1, 0, rules::decisions_not_backdated},
        {"R07",
         "Only the programme office acts for another person, who is enrolled, and never in what "
         "concerns the ledger, people and keys.",
         1, 0, rules::acting_for_another, Rule::Needs::authors},
        {"R08",
         "A change is about the sort of subject that its kind names; what is added is new, and "
         "everything else is there.",
         1, 0, rules::subject_fits},
        {"R09",
         "A new key belongs to nobody else, lies in the prime-order group, and proves itself for "
         "its person and this ledger.",
         1, 0, of_kinds<new_keys, Kind::PERSON_ENROLLED, Kind::KEY_ENROLLED, Kind::KEY_ROTATED>,
         Rule::Needs::authors},
    };
}

std::vector<Rule> rules_of_people() {
    return {
        {"R10",
         "An enrolment is confirmed by an entitled person who neither made it nor is enrolled by "
         "it.",
         1, 0, only<Kind::PERSON_CONFIRMED, rules::enrolment_confirmed>, Rule::Needs::authors},
        {"R11",
         "A role is granted by another person than its holder, and the role of founder by a "
         "founder.",
         1, 0, of_kind<Kind::ROLE_GRANTED, &Reader::getRoleGranted, rules::role_granted>,
         Rule::Needs::authors},
        {"R12",
         "A role that decides is confirmed by an entitled person who neither granted nor receives "
         "it.",
         1, 0, only<Kind::ROLE_CONFIRMED, rules::role_confirmed>, Rule::Needs::authors},
        {"R13",
         "A role is ended by naming the grant that stands; the role of founder by a founder, while "
         "two others stay.",
         1, 0, only<Kind::ROLE_REVOKED, rules::role_revoked>, Rule::Needs::authors},
        {"R14",
         "A further key of a confirmed person, or a compromise, is confirmed by an entitled person "
         "who neither entered it nor holds the key; a founder's key by a founder.",
         1, 0, only<Kind::KEY_CONFIRMED, rules::key_confirmed>, Rule::Needs::authors},
        {"R15", "A key is replaced by its own holder.", 1, 0,
         only<Kind::KEY_ROTATED, rules::key_rotated>, Rule::Needs::authors},
        {"R16", "A key that is in force is ended by its holder, a founder or the programme office.",
         1, 0, of_kind<Kind::KEY_REVOKED, &Reader::getKeyRevoked, rules::key_revoked>,
         Rule::Needs::authors},
        {"R17", "A compromise names an enrolled key and the first event in doubt.", 1, 0,
         of_kind<Kind::KEY_COMPROMISED, &Reader::getKeyCompromised, rules::key_compromised>,
         Rule::Needs::authors},
        {"R18", "The ledger's key is handed over by the old key to one that proves itself.", 1, 0,
         of_kind<Kind::LEDGER_KEY_ROTATED, &Reader::getLedgerKeyRotated, rules::ledger_key_rotated>,
         Rule::Needs::authors},
        {"R19", "A new ledger key is confirmed by another founder than the one who entered it.", 1,
         0, only<Kind::LEDGER_KEY_CONFIRMED, rules::ledger_key_confirmed>, Rule::Needs::authors},
        {"R20",
         "Event 0 opens the ledger, with at least two founders whose keys prove themselves and "
         "serve nothing else.",
         1, 0, of_kind<Kind::LEDGER_OPENED, &Reader::getLedgerOpened, rules::ledger_opened>,
         Rule::Needs::authors},
        {"R21", "A rulebook gives way only to a newer one.", 1, 0,
         of_kind<Kind::RULEBOOK_ADOPTED, &Reader::getRulebookAdopted, rules::rulebook_adopted>,
         Rule::Needs::authors},
    };
}

std::vector<Rule> rules_of_plans() {
    return {
        {"R22",
         "A plan's inspection and report lie in the past, in order, and its predecessor is in the "
         "ledger.",
         1, 0, of_kind<Kind::PLAN_DRAFTED, &Reader::getPlanDrafted, rules::plan_dates>},
        {"R23", "An area has one overall lead, who is enrolled.", 1, 0,
         of_kind<Kind::AREA_ADDED, &Reader::getAreaAdded, rules::area_lead>},
        {"R24", "An outcome belongs to an area of its plan.", 1, 0,
         of_kind<Kind::OUTCOME_ADDED, &Reader::getOutcomeAdded, rules::outcome_parent>},
        {"R25",
         "An action serves an outcome of its plan; its owner and its accountable person are "
         "enrolled and differ.",
         1, 0, of_kind<Kind::ACTION_ADDED, &Reader::getActionAdded, rules::action_people>},
        {"R26", "An action starts by its deadline.", 1, 0,
         of_kind<Kind::ACTION_ADDED, &Reader::getActionAdded, rules::action_dates>},
        {"R27", "An action names a measure, or says why it has none.", 1, 0,
         of_kind<Kind::ACTION_ADDED, &Reader::getActionAdded, rules::action_measures>},
        {"R28", "An action is started once, and its progress and delivery ratings come after.", 1,
         0,
         of_kinds<started_before, Kind::ACTION_STARTED, Kind::PROGRESS_RECORDED,
                  Kind::RATING_PROPOSED, Kind::RATING_CONFIRMED>},
        {"R29", "Progress falls only with a reason.", 1, 0,
         of_kind<Kind::PROGRESS_RECORDED, &Reader::getProgressRecorded,
                 rules::progress_falls_with_reason>},
    };
}

std::vector<Rule> rules_of_ratings() {
    return {
        {"R30",
         "A rating is of the delivery of an action or the impact of an area, with a code of the "
         "scale in force.",
         1, 0, of_ratings<rules::rating_on_scale>},
        {"R31", "A rating starts from the one that is confirmed on its day.", 1, 0,
         of_ratings<rules::rating_starts_from_current>},
        {"R32",
         "A rating has a reason of its own, which was not given before for the same subject.", 1, 0,
         of_ratings<rules::rating_reason_is_new>},
        {"R33", "A confirmation answers a proposal that waits, as it was proposed.", 1, 0,
         of_confirmations<rules::confirmation_answers_proposal>},
        {"R34",
         "A document is dated by the day of its record, covers a period in order, and versions "
         "count from 1.",
         1, 0,
         of_kinds<rules::evidence_dates, Kind::EVIDENCE_REGISTERED, Kind::EVIDENCE_VERSION_ADDED>},
        {"R35", "The impact of an area is confirmed or overridden by the board.", 1, 0,
         of_rating_decisions<rules::impact_confirmed_by_board>, Rule::Needs::authors},
    };
}

std::vector<Rule> list_of_rules() {
    std::vector<Rule> list;
    for (const auto& group : rule_groups()) {
        list.insert(list.end(), group.rules.begin(), group.rules.end());
    }
    return list;
}

}  // namespace

const std::vector<RuleGroup>& rule_groups() {
    static const std::vector<RuleGroup> groups{
        {"Every change", rules_of_authority()},
        {"People, roles and keys", rules_of_people()},
        {"Plans and what they hold", rules_of_plans()},
        {"Ratings", rules_of_ratings()},
        {"The life of a plan", rules::of_plan_life()},
        {"Actions and milestones", rules::of_action()},
        {"Moved dates and other changes of plan", rules::of_change()},
        {"Rating scales, overdue actions and overrides", rules::of_rating()},
        {"Measures", rules::of_measure()},
        {"Evidence", rules::of_evidence()},
        {"Corrections, holds and erasure", rules::of_records()},
        {"Meetings, challenges, exceptions and risks", rules::of_governance()},
        {"Checks from outside", rules::of_review()},
        {"Publications", rules::of_publication()},
        {"What the vault opens and forgets, and what outsiders say", rules::of_vault()},
    };
    return groups;
}

const std::vector<Rule>& all_rules() {
    static const std::vector<Rule> list = list_of_rules();
    return list;
}

namespace {

// Those that judge a kind of change, in their order: most rules are about few kinds, and to ask
// each of them took a third of the time that judging takes.
std::span<const Rule* const> rules_of(Kind kind) {
    static const auto by_kind = [] {
        std::map<Kind, std::vector<const Rule*>> made;
        for (const auto& info : all_kinds()) {
            for (const auto& rule : all_rules()) {
                const auto kinds = rule.judge.kinds();
                if (kinds.empty() || std::ranges::find(kinds, info.kind) != kinds.end()) {
                    made[info.kind].push_back(&rule);
                }
            }
        }
        return made;
    }();
    const auto found = by_kind.find(kind);
    CHECK(found != by_kind.end());
    return found->second;
}

template <typename Wanted>
std::vector<Error> broken_rules(const Case& at_hand, Wanted wanted) {
    const auto rulebook = rulebook_for(at_hand);
    if (!rulebook.ok()) {
        return {rulebook.error()};
    }
    std::vector<Error> broken;
    for (const auto* const rule : rules_of(at_hand.change.kind())) {
        if (!wanted(*rule)) {
            continue;
        }
        if (auto refusal = broken_rule(*rule, rulebook.value(), at_hand)) {
            broken.push_back(std::move(*refusal));
        }
    }
    return broken;
}

}  // namespace

Result<void> judge(const Case& at_hand) {
    const auto rulebook = TRY(rulebook_for(at_hand));
    for (const auto* const rule : rules_of(at_hand.change.kind())) {
        if (auto refusal = broken_rule(*rule, rulebook, at_hand)) {
            return *refusal;
        }
    }
    return done();
}

std::vector<Error> judge_all(const Case& at_hand) {
    return broken_rules(at_hand, [](const Rule&) { return true; });
}

std::vector<Error> judge_authority(const Case& at_hand) {
    return broken_rules(at_hand,
                        [](const Rule& rule) { return rule.needs == Rule::Needs::authors; });
}

std::vector<Error> judge_meaning(const Case& at_hand) {
    if (!rulebook_for(at_hand).ok()) {
        return {};
    }
    return broken_rules(at_hand,
                        [](const Rule& rule) { return rule.needs == Rule::Needs::meaning; });
}

const std::vector<std::string_view>& rating_codes(schema::Axis axis) {
    static const std::vector<std::string_view> delivery{"G", "A", "R"};
    static const std::vector<std::string_view> impact{"NM", "G", "A", "R"};
    return axis == schema::Axis::DELIVERY ? delivery : impact;
}

std::string_view rating_before_any(schema::Axis axis) {
    return axis == schema::Axis::DELIVERY ? "UN" : "NM";
}

}  // namespace wsoa
