#include "ledger/plan/rules_plan_life.h"

#include "ledger/event/fields.h"
#include "ledger/plan/rules_stages.h"

#include <fmt/ranges.h>

namespace wsoa::rules {
namespace {

using Stage = schema::PlanStage;

// How often a plan is visited and judged is for others to say; what it is then goes on.
std::vector<Move<Stage>> moves_of_plans() {
    std::vector<Move<Stage>> moves{
        {Kind::PLAN_SUBMITTED, Stage::DRAFTING, Stage::SUBMITTED},
        {Kind::PLAN_RETURNED, Stage::SUBMITTED, Stage::DRAFTING},
        {Kind::PLAN_DECLARED_FIT_FOR_PURPOSE, Stage::SUBMITTED, Stage::FIT_FOR_PURPOSE},
        {Kind::PLAN_BASELINED, Stage::FIT_FOR_PURPOSE, Stage::IN_DELIVERY}};
    const auto reviewed = {Stage::VISIT_NOTIFIED, Stage::VISITED, Stage::OUTCOME_RECORDED};
    for (const auto stage :
         {Stage::IN_DELIVERY, Stage::VISIT_NOTIFIED, Stage::VISITED, Stage::OUTCOME_RECORDED}) {
        moves.push_back({Kind::PLAN_REBASELINED, stage, Stage::IN_DELIVERY});
    }
    for (const auto stage :
         {Stage::DRAFTING, Stage::SUBMITTED, Stage::FIT_FOR_PURPOSE, Stage::IN_DELIVERY,
          Stage::VISIT_NOTIFIED, Stage::VISITED, Stage::OUTCOME_RECORDED}) {
        moves.push_back({Kind::PLAN_SUPERSEDED, stage, Stage::SUPERSEDED});
        moves.push_back({Kind::PLAN_CLOSED, stage, Stage::CLOSED});
        for (const auto next : reviewed) {
            moves.push_back({Kind::EXTERNAL_REVIEW_HELD, stage, next});
        }
    }
    return moves;
}

const Plan* plan_itself(const Case& at_hand) {
    const auto* plan = at_hand.plan();
    return plan != nullptr && at_hand.envelope().subject == SubjectRef::of(plan->ref) ? plan
                                                                                      : nullptr;
}

Result<void> plan_leads_on(const Case& at_hand) {
    static const auto moves = moves_of_plans();
    const auto* plan = plan_itself(at_hand);
    return plan == nullptr ? done() : leads_on(at_hand, plan->stage, moves);
}

const PlanVersion* version_of(const Plan& plan, std::string_view label) {
    for (auto version = plan.versions.rbegin(); version != plan.versions.rend(); ++version) {
        if (version->label == label) {
            return &*version;
        }
    }
    return nullptr;
}

Result<void> version_new(const Case& at_hand, schema::PlanSubmitted::Reader fields) {
    const auto* plan = plan_itself(at_hand);
    const auto label = read::text(fields.getVersion());
    const auto* before = plan == nullptr ? nullptr : version_of(*plan, label);
    if (before != nullptr) {
        return refusal("give the version a label of its own with --version",
                       "version {} was handed in on {}", label,
                       in_words(before->submitted.effective));
    }
    return done();
}

// The letter, in which those who judge the plan say so themselves.
Result<void> letter_says_so(const Case& at_hand, const SubjectRef& letter) {
    using From = schema::Organisation;
    TRY(refers_to(at_hand, letter, SubjectKind::evidence));
    const auto& item = at_hand.plan()->evidence.at(letter);
    if (item.type != schema::EvidenceKind::LETTER || !item.date_of_document ||
        (item.source != From::INSPECTORATES && item.source != From::DFE)) {
        return refusal(
            "register the letter with --type letter, --date-of-document and "
            "--source-organisation inspectorates or dfe",
            "{} is not a dated letter of the inspectorates or the Department for "
            "Education",
            letter.str());
    }
    return done();
}

Result<void> answer_about_version(const Case& at_hand, capnp::Text::Reader label,
                                  const SubjectRef& letter) {
    const auto* plan = plan_itself(at_hand);
    if (plan == nullptr) {
        return done();
    }
    const auto* version = version_of(*plan, read::text(label));
    if (version == nullptr || version->returned || version->fit_for_purpose) {
        return refusal(
            fmt::format("see `wsoa show {}` for the version that waits", plan->ref.str()),
            "version {} is not one that was handed in and waits for an answer", read::text(label));
    }
    return letter_says_so(at_hand, letter);
}

Result<void> judged_by_letter(const Case& at_hand) {
    const auto change = at_hand.change.reader();
    if (change.isPlanReturned()) {
        const auto fields = change.getPlanReturned();
        return answer_about_version(at_hand, fields.getVersion(),
                                    read::subject(fields.getLetter()));
    }
    if (change.isPlanDeclaredFitForPurpose()) {
        const auto fields = change.getPlanDeclaredFitForPurpose();
        return answer_about_version(at_hand, fields.getVersion(),
                                    read::subject(fields.getLetter()));
    }
    return done();
}

bool is_open_on(const Action& action, Date day) {
    const auto* stage = action.stage.at(day);
    return stage != nullptr && is_open(stage->value);
}

// A baseline holds what is still to be delivered, no less and no more.
Result<void> holds_open_actions(const Plan& plan, const std::vector<SubjectRef>& items, Date day) {
    std::vector<std::string> left_out;
    for (const auto& [reference, action] : plan.actions) {
        const bool is_there = std::ranges::find(items, reference) != items.end();
        if (is_open_on(action, day) && !is_there) {
            left_out.push_back(reference.str());
        }
    }
    if (!left_out.empty()) {
        return refusal("name every open action with --items",
                       "the baseline leaves out {}, still to be delivered",
                       fmt::join(left_out, ", "));
    }
    for (const auto& item : items) {
        const auto action = plan.actions.find(item);
        if (action == plan.actions.end() || !is_open_on(action->second, day)) {
            return refusal("name the open actions only",
                           "{} is not an open action of the plan, to be held by a baseline",
                           item.str());
        }
    }
    return done();
}

Result<void> baseline_of_fit_version(const Case& at_hand, schema::PlanBaselined::Reader fields) {
    const auto* plan = plan_itself(at_hand);
    if (plan == nullptr) {
        return done();
    }
    const auto label = read::text(fields.getVersion());
    const auto* version = version_of(*plan, label);
    if (version == nullptr || !version->fit_for_purpose) {
        return refusal("name the version that was declared fit, with --version",
                       "version {} was not declared fit for purpose", label);
    }
    return holds_open_actions(*plan, read::subjects(fields.getItems()),
                              at_hand.envelope().effective);
}

Result<void> rebaselined_by_board(const Case& at_hand, schema::PlanRebaselined::Reader fields) {
    const auto* plan = plan_itself(at_hand);
    if (plan == nullptr) {
        return done();
    }
    const auto label = read::text(fields.getVersion());
    for (const auto& baseline : plan->baselines) {
        if (baseline.label == label) {
            return refusal("give the version a label of its own with --version",
                           "version {} is the baseline of {}", label,
                           in_words(baseline.adopted.effective));
        }
    }
    const auto meeting = read::subject(fields.getMeeting());
    TRY(refers_to(at_hand, meeting, SubjectKind::meeting));
    if (plan->meetings.at(meeting).body != schema::Body::BOARD) {
        return refusal("bring it to the board, and name that meeting",
                       "{} was not a meeting of the board", meeting.str());
    }
    if (!fields.getAdviserInformed()) {
        return refusal("tell the adviser, then say so with --adviser-informed true",
                       "the adviser was neither asked nor told");
    }
    return holds_open_actions(*plan, read::subjects(fields.getItems()),
                              at_hand.envelope().effective);
}

}  // namespace

std::vector<Rule> of_plan_life() {
    return {
        {"R36",
         "A plan goes only from drafting to handed in, from there back to drafting or to fit for "
         "purpose, then into delivery by its first baseline; a new baseline, and an end, come "
         "after.",
         1, 0,
         of_kinds<plan_leads_on, Kind::PLAN_SUBMITTED, Kind::PLAN_RETURNED,
                  Kind::PLAN_DECLARED_FIT_FOR_PURPOSE, Kind::PLAN_BASELINED, Kind::PLAN_REBASELINED,
                  Kind::PLAN_SUPERSEDED, Kind::PLAN_CLOSED>},
        {"R37", "A version is handed in under a label that was not used before.", 1, 0,
         of_kind<Kind::PLAN_SUBMITTED, &Reader::getPlanSubmitted, version_new>},
        {"R38",
         "That a plan is returned or fit for purpose is recorded of a version that waits, on a "
         "dated letter of the inspectorates or the Department for Education.",
         1, 0,
         of_kinds<judged_by_letter, Kind::PLAN_RETURNED, Kind::PLAN_DECLARED_FIT_FOR_PURPOSE>},
        {"R39",
         "The first baseline is the version that was declared fit for purpose, and holds exactly "
         "the open actions.",
         1, 0, of_kind<Kind::PLAN_BASELINED, &Reader::getPlanBaselined, baseline_of_fit_version>},
        {"R40",
         "A later baseline has a label of its own, is agreed by a meeting of the board with the "
         "adviser informed, and holds exactly the open actions.",
         1, 0, of_kind<Kind::PLAN_REBASELINED, &Reader::getPlanRebaselined, rebaselined_by_board>},
        {"R41",
         "A plan is superseded by another plan of this ledger that has not ended and that succeeds "
         "this one, or none.",
         1, 0, of_kind<Kind::PLAN_SUPERSEDED, &Reader::getPlanSuperseded, superseded_by_successor>},
        {"R42",
         "When a plan is superseded, every open action is carried over once, to an open action of "
         "the successor.",
         1, 0, of_kind<Kind::PLAN_SUPERSEDED, &Reader::getPlanSuperseded, everything_carried>},
        {"R43",
         "A plan is closed only when no action, exception, challenge or request for information of "
         "it is open.",
         1, 0, only<Kind::PLAN_CLOSED, nothing_open>},
        {"R44",
         "Once a plan is closed or superseded, only corrections, holds, erasure, retention, "
         "redacted copies, packs and what they answer are recorded about it.",
         1, 0, plan_not_ended},
        {"R45",
         "A handover starts from the person who has the action or the area on its first day.", 1, 0,
         of_kind<Kind::OWNER_CHANGED, &Reader::getOwnerChanged, handover_starts_from_owner>},
        {"R46",
         "A handover begins on the day of its entry or later, and goes to another person, who is "
         "enrolled and not accountable for the action.",
         1, 0, of_kind<Kind::OWNER_CHANGED, &Reader::getOwnerChanged, handover_fits>},
        {"R47",
         "A handover that waits is accepted by the new owner and nobody else, while the old one "
         "still has it.",
         1, 0, only<Kind::OWNER_ACCEPTED, handover_accepted>, Rule::Needs::authors},
    };
}

}  // namespace wsoa::rules
