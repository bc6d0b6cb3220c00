#include "ledger/plan/rule_advice.h"

#include <algorithm>
#include <array>

namespace wsoa {
namespace {

constexpr std::array<RuleAdvice, 141> advice{{
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
    {"R36",
     "Record the step that comes next from where the plan stands: `wsoa show PLAN` says "
     "where."},
    {"R37", "Give the version a label that was not handed in before."},
    {"R38",
     "Wait for the letter, then name the version that was handed in and the day that the "
     "letter bears."},
    {"R39",
     "Baseline the version that was declared fit for purpose, with every open action and no "
     "other."},
    {"R40",
     "Give the baseline a new label and the meeting that agreed it, tell the adviser first, "
     "and list every open action."},
    {"R41", "Draft the successor in this ledger and name it, or supersede without one."},
    {"R42", "Map every open action of the plan, once each, to an open action of the successor."},
    {"R43", "Close, answer or withdraw what is still open: `wsoa view matters PLAN` lists it."},
    {"R44",
     "Record it in the plan that came after; what went before can only be corrected, held, "
     "erased or shown."},
    {"R45", "Hand over from whoever has it on that day: `wsoa show SUBJECT` names them."},
    {"R46",
     "Enrol the new owner first, let the handover begin today or later, and name somebody "
     "other than the accountable officer."},
    {"R47",
     "Let the new owner accept it, with their own key, before the old one has given it up "
     "otherwise."},
    {"R48",
     "Record the step that comes next from the action's stage: `wsoa show ACTION` says "
     "which it is in."},
    {"R49", "Start or resume the action first, and report on this month or an earlier one."},
    {"R50", "Give a day after the pause begins."},
    {"R51", "Let another person decide it than the owner and whoever claimed it."},
    {"R52", "Let the owner claim it, or the programme office with --on-behalf-of."},
    {"R53",
     "Name evidence that is registered in the plan, and answer a claim that has no answer "
     "yet, on its day or later."},
    {"R54", "Have each item that is named accepted for the action, and name as many as it needs."},
    {"R55", "Name the stage in which the action is now, complete or embedded."},
    {"R56", "Wait until each measure with a target was at the target in its last two readings."},
    {"R57", "Add the actions that take it up first; a split needs two or more."},
    {"R58", "Name an open action of the plan, and a date no later than its deadline."},
    {"R59",
     "Meet it on a day that has come, with evidence of the plan, or mark it as missed once "
     "its date has passed."},
    {"R60",
     "Ask while the subject is open, and give both values of what is to change, or words "
     "for a trajectory or scope."},
    {"R61", "Give as the present value the one in force on that day: `wsoa show SUBJECT` has it."},
    {"R62",
     "Give another value than the present one, between the action's start and deadline and "
     "around its milestones."},
    {"R63", "Ask for a date in the same quarter, or put the change to the board."},
    {"R64", "Let the chair of the board decide it."},
    {"R65", "Let another person decide it; only whoever asked may take it back."},
    {"R66",
     "Answer a request that has no answer yet, on its day or later, and apply it once and "
     "as it was asked for."},
    {"R67", "Say that the date had passed if it had on that day, and only then."},
    {"R68", "Start the action before it is rated, and rate it no more once it is complete."},
    {"R69", "Rate it Red, have it completed, or have its deadline moved first."},
    {"R70",
     "Number the scale one above the last, date it no earlier, and list each code once, R "
     "among them."},
    {"R71", "Let another person override it than the one who proposed it."},
    {"R72",
     "Answer a proposal that waits with another rating than it proposes; confirm it if the "
     "rating is right."},
    {"R75",
     "Number the definition one above the last, and call it comparable only if unit and "
     "direction stay."},
    {"R76",
     "Use a definition of the measure; for a new reading the one in force when its period "
     "ended."},
    {"R77", "Ask for a change of the baseline, and have it approved."},
    {"R78", "Give the days in order, each once."},
    {"R79", "Wait until the period has ended, and give its first day before its last."},
    {"R80", "Correct the reading of that period, or restate it, with a reason."},
    {"R81",
     "Give a value that the unit can have: a percentage from 0 to 100, a count that is "
     "whole and not below 0."},
    {"R82",
     "Give the numerator and denominator that the value follows from, and evidence that is "
     "registered in the plan."},
    {"R83",
     "Answer the reading that stands for the period, with another value, on its day or "
     "later."},
    {"R84",
     "List every reading from the first to the last that is touched, each with its new "
     "value, one of them changed."},
    {"R85", "Name the newest version of the item, and count one more."},
    {"R86", "Link it to the plan, an area, an outcome, an action, a milestone or a measure."},
    {"R87", "Link what is not linked yet; end a link that stands."},
    {"R88", "Link the item first, and wait for the verdict on what was handed in before."},
    {"R89", "Answer the newest submission of the item for that target, while it has no verdict."},
    {"R90", "Let another person review it than whoever handed it in and the owner of the action."},
    {"R91", "Let somebody review it whose role reaches that action, area or plan."},
    {"R92", "Tick what the document bears, and that it is dated or sourced before it is accepted."},
    {"R93", "Name another item of the plan that stands and was not replaced itself."},
    {"R94", "Mark an item that was accepted, once."},
    {"R95", "Give a later day of review."},
    {"R96", "Let one person make the copy and another check it, and one of the two record it."},
    {"R97",
     "Register the copy under a reference of its own, of an item with personal data whose "
     "content is still there."},
    {"R98", "Bring the document in anew with `wsoa evidence add`, which gives it its number."},
    {"R99",
     "Answer an entry about the same subject that nothing has answered, and that was not "
     "struck before."},
    {"R100", "Let its author strike it, or the programme office."},
    {"R101", "Answer an event of that subject."},
    {"R102", "Name the plan, or a part of it."},
    {"R103", "Answer the event that placed the hold, once."},
    {"R104", "Let another person release it than the one who placed it."},
    {"R105",
     "Give the request a reference of its own, and name the document's item, or the event "
     "whose words are meant."},
    {"R106", "Answer the request, while it is not decided."},
    {"R107", "Let another person decide it than the one who asked."},
    {"R108", "Have the hold released first: `wsoa view matters PLAN` names it."},
    {"R109",
     "Erase what was granted, once, by `wsoa erase`, which makes the vault forget its key."},
    {"R110", "Let another person carry it out than the one who decided."},
    {"R111", "Wait for the day until which it is kept, and have its disposal approved first."},
    {"R112",
     "Let three persons take part: one applies the rule, another approves, a third disposes "
     "of it."},
    {"R113",
     "Record the meeting on its own day, with people who are enrolled, as many as make it "
     "quorate."},
    {"R114", "Let the body report to another one that does not report to it in turn."},
    {"R115", "Record the meeting with `wsoa record meetingHeld` first."},
    {"R116",
     "Name a quorate meeting of the board, or of the leads where they may decide, and date "
     "the decision on its day."},
    {"R117",
     "Put it in a role that you hold, about parts of the plan, with a day for the answer "
     "that lies ahead."},
    {"R118", "Let another person answer than whoever asked, once."},
    {"R119",
     "Wait until the action is Red, or was confirmed Amber twice in a row, and give the "
     "exception a reference of its own."},
    {"R120",
     "Let the board answer it, by another person than opened it; close it after that, once."},
    {"R121",
     "Name parts of the plan and an owner who is enrolled, score from 1 to 5, and rescore "
     "or close while it is open."},
    {"R122", "Give a day that has come, and name parts and evidence that are in the plan."},
    {"R123",
     "Number the checks of a type in the order of their days, and hold each under the "
     "number that it was given."},
    {"R124",
     "Give its days in order, the notice first, parts of the plan, and record it on the day "
     "on which it was held."},
    {"R125", "Record the check first, then its outcome with the sender and day of the letter."},
    {"R126",
     "Name the check that says so, with its letter or the person who was there, once for "
     "each area."},
    {"R127", "Record the check first, and give the letter that its outcome came with."},
    {"R128", "Give a day that is no earlier than the request, and name a check that is recorded."},
    {"R129", "Answer a request that is open, with a pack of the plan if it is fulfilled."},
    {"R130",
     "Name a recipient who is enrolled, a day that has come, and of evidence with personal "
     "data the redacted copy."},
    {"R131", "Name somebody enrolled, and a last day that lies ahead."},
    {"R132", "Let the recipient say so, or the programme office, while the pack is shared."},
    {"R133", "Give the day that the draft gives, and one that has come."},
    {"R134", "Record the step that comes next, on the channel that it was drafted for."},
    {"R135", "Let three persons take part: one drafts, another checks, a third approves."},
    {"R136", "Have it checked again until privacy and accessibility are in order."},
    {"R137", "List actions and areas of the plan, each once, and nothing that is restricted."},
    {"R138",
     "Say what the page had shown, and let somebody who may approve publications stand for "
     "the correction."},
    {"R139",
     "Let the policy begin today or later; give holidays that fall on weekdays of that "
     "year."},
    {"R140", "Use `wsoa period close PLAN`, which names the present size."},
    {"R141",
     "Let `wsoa erase REQUEST` or `wsoa dispose ITEM` carry it out: they make the vault forget, "
     "and name it."},
    {"R142", "Let `wsoa evidence get ITEM` record it, which names the document that it opened."},
    {"R143",
     "Anchor a checkpoint of this ledger that was cosigned or stamped, and not ahead of now."},
}};

}  // namespace

std::span<const RuleAdvice> all_rule_advice() { return advice; }

std::string_view satisfied_by(std::string_view rule) {
    const auto found = std::ranges::find(advice, rule, &RuleAdvice::id);
    return found == advice.end() ? std::string_view() : found->satisfied_by;
}

}  // namespace wsoa
