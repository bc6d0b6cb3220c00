#pragma once

#include "ledger/event/words.h"
#include "ledger/plan/fold.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

// The newest rulebook that this program can judge by.
inline constexpr std::uint16_t rulebook_newest = 1;

// What the words of an earlier event said in one field; null if they said nothing there or can no
// longer be read. Rules may read words, folds never do.
using EarlierWords = std::function<std::optional<std::string>(EventIndex, schema::WordField)>;

// A change before the rules: what it is, and the state that it would change.
struct Case {
    const Change& change;
    const State& state;              // before the change
    EventIndex index;                // the place that it would take
    Date today;                      // the civil day on which it is recorded
    const std::vector<Word>* words;  // null where they cannot be read any more
    const EarlierWords& earlier;

    const Envelope& envelope() const { return change.envelope(); }
    // The holder of the signing key; null where nobody holds it.
    std::optional<PersonId> author() const;
    // The plan that the change is about; null where there is none of that reference.
    const Plan* plan() const;
    bool has_word(schema::WordField field) const;
    // Null where it is not there or cannot be read.
    std::optional<std::string> word(schema::WordField field) const;
};

// The function of a rule, and the kinds of change that it judges where those are few; none stands
// for every kind.
class Judge {
public:
    // `refused`, or `conflict` where someone was there first; the message says what is wrong here
    // and the advice what would satisfy the rule.
    using Function = Result<void> (*)(const Case& at_hand);

    constexpr Judge(Function function) : function_(function) {}
    constexpr Judge(Function function, std::span<const Kind> kinds)
        : function_(function), kinds_(kinds) {}

    Result<void> operator()(const Case& at_hand) const { return function_(at_hand); }
    constexpr std::span<const Kind> kinds() const { return kinds_; }
    constexpr bool operator==(std::nullptr_t) const { return function_ == nullptr; }

private:
    Function function_;
    std::span<const Kind> kinds_;
};

// One numbered rule. A published rule never changes; a later rulebook may end it and begin another.
struct Rule {
    std::string_view id;        // "R02"
    std::string_view sentence;  // what must hold, for the person who is refused
    std::uint16_t since = 1;    // the first rulebook that has it
    std::uint16_t until = 0;    // the last one; 0 while it stands
    Judge judge = nullptr;
    // What it is judged by: whether keys, roles and second persons are enough, or the plan and its
    // words are needed too. Those of the first sort are judged again by a verification of authors.
    enum class Needs : std::uint8_t { meaning, authors } needs = Needs::meaning;

    bool stands_in(std::uint16_t rulebook) const {
        return since <= rulebook && (until == 0 || rulebook <= until);
    }
};
const std::vector<Rule>& all_rules();

// The rules of one subject, under a heading for those who read them.
struct RuleGroup {
    std::string_view heading;
    std::vector<Rule> rules;
};
// All of them, in the order of all_rules(). A subject without a rule has an empty group.
const std::vector<RuleGroup>& rule_groups();

// Where the author's grant must reach.
enum class Reach : std::uint8_t {
    subject,  // the subject itself
    plan,     // anything within the subject's plan
    self,     // nothing: whoever holds any role may do it for themselves
};

// Who may record a kind of change, about what, with which words.
struct KindRule {
    Kind kind = Kind::UNSET;
    std::vector<SubjectKind> about;  // one of these
    Reach reach = Reach::subject;
    std::vector<schema::Role> roles;
    std::vector<schema::WordField> required;
    std::vector<schema::WordField> optional;
    // Whether the change adds its subject, which then must not exist before it.
    enum class Adds : std::uint8_t { nothing, subject, unless_there } adds = Adds::nothing;
    // Whether it is a decision, which may not be dated back but to a meeting.
    enum class Decides : std::uint8_t { no, yes } decides = Decides::no;

    bool is_about(SubjectKind subject) const {
        return std::ranges::find(about, subject) != about.end();
    }
};
const KindRule& kind_rule(Kind kind);

// The first rule of the rulebook in force that the change breaks. `unavailable` if that rulebook,
// or the one that the change adopts, is newer than this program.
Result<void> judge(const Case& at_hand);
// Every rule that it breaks; where no rulebook can be judged by, that alone.
std::vector<Error> judge_all(const Case& at_hand);

// Every rule about who may act that it breaks: keys, roles, enrolment and second persons. These
// need no words and no plan, so that they are judged again at the depth of verification that asks
// for authors only.
std::vector<Error> judge_authority(const Case& at_hand);
// Every other rule that it breaks; none where no rulebook can be judged by, which the judgement of
// authority says.
std::vector<Error> judge_meaning(const Case& at_hand);

// The rating scale of rulebook 1: the codes that people may propose on an axis, and the code that
// stands before anything was confirmed.
const std::vector<std::string_view>& rating_codes(schema::Axis axis);
std::string_view rating_before_any(schema::Axis axis);
inline constexpr std::uint16_t rating_scale_first = 1;

}  // namespace wsoa
