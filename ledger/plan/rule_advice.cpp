#include "ledger/plan/rule_advice.h"

#include <algorithm>

namespace wsoa {

const std::vector<RuleAdvice>& all_rule_advice() {
    static const std::vector<RuleAdvice> advice{
        {"R01", "Sign with your own key, once a second person has confirmed your enrolment."},
        {"R02", "Ask another person who may confirm it: not the one who proposed the rating."},
        {"R03",
         "Act in a role that you hold that day for that part of the plan, or ask somebody "
         "who holds it."},
        {"R04", "Give the words that the kind asks for, and leave out all others."},
        {"R05", "Give the day on which it was true: today or earlier."},
        {"R06", "Leave the day as today, or name the meeting that decided on the day you give."},
        {"R07",
         "Record it yourself, or let the programme office record it for an enrolled "
         "person."},
        {"R08",
         "Name a reference of the right sort: a new one for what is added, one that is "
         "there for everything else."},
        {"R09", "Make a new key, and ask to be enrolled with it for this ledger."},
        {"R10",
         "Ask a founder or the programme office: another person than the one who enrolled, "
         "and not the one who is enrolled."},
        {"R11", "Let another person grant the role; that of founder, a founder."},
        {"R12",
         "Ask another entitled person to confirm it: neither who granted the role nor who "
         "receives it."},
        {"R13", "Name the event that granted the role. At least two founders must stay."},
        {"R14",
         "Ask another entitled person: neither who entered it nor who holds the key; for a "
         "founder's key, a founder."},
        {"R15", "Let the holder replace the key, signing with the old one."},
        {"R16", "Let the holder, a founder or the programme office end a key that is in force."},
        {"R17", "Name the key, and the first event that is in doubt."},
        {"R18", "Hand the ledger's key over by the command that does it."},
        {"R19", "Ask another founder than the one who entered the new key."},
        {"R20", "Begin the ledger with two founders or more, each with a key of their own."},
        {"R21", "Name a rulebook that is newer than the one in force."},
        {"R22",
         "Give the days of inspection and report in order, none of them ahead, and a plan "
         "that is in the ledger as the one before."},
        {"R23", "Enrol the person who is to lead the area, then add it."},
        {"R24", "Name an area of the same plan."},
        {"R25",
         "Name an outcome of the plan, and two enrolled persons: one who owns the action, "
         "and another who answers for it."},
        {"R26", "Give a deadline on the day of the start or later."},
        {"R27", "Name a measure, or give the reason why there is none."},
        {"R28", "Record the start first, and once; then its progress and ratings."},
        {"R29", "Give the reason why it is less than it was."},
        {"R30",
         "Rate the delivery of an action or the impact of an area, with a code of the "
         "scale in force."},
        {"R31", "Propose the rating anew, from the one that is confirmed now."},
        {"R32", "Say why in words that were not said for the last rating."},
        {"R33", "Confirm the proposal that waits, as it was proposed; or propose another."},
        {"R34",
         "Give the day that stands on the document, not one ahead, a period in order, and a "
         "version from 1 on."},
        {"R35", "Let the chair of the board confirm it."},
    };
    return advice;
}

std::string_view satisfied_by(std::string_view rule) {
    const auto& advice = all_rule_advice();
    const auto found = std::ranges::find(advice, rule, &RuleAdvice::id);
    return found == advice.end() ? std::string_view() : found->satisfied_by;
}

}  // namespace wsoa
