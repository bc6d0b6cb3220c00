// The rules that ask for a second person in the life of a plan: nobody decides what they asked for,
// proposed, claimed, submitted or own.
import { by_another, by_another_than, nobody_enrolled, plan_of_case } from "./case.js";
import { last_of } from "./fold_plan.js";
import { publication_rules } from "./publication_rules.js";
import { holds_for } from "./rights.js";
import { why_not_strikable, who_entered } from "./strike.js";
import { date_in_words } from "./time.js";

// R02, R71
function rating_by_another({ change, state, author }) {
    const plan = state.plans.get(change.plan);
    const ratings = change.fields.axis === "delivery"
        ? plan?.actions.get(change.subject)?.delivery : plan?.areas.get(change.subject)?.impact;
    const proposal = ratings?.proposals.find((each) => each.index === change.answers);
    if (proposal === undefined) {
        return null;  // whether it answers a proposal is another rule's to say
    }
    if (author === proposal.by) {
        return `${proposal.by} proposed the rating and cannot also confirm it`;
    }
    // The office may have typed the proposal, but the judgement was the other person's.
    return proposal.on_behalf_of !== null && author === proposal.on_behalf_of
        ? `the rating was proposed on behalf of ${author}, who cannot also confirm it` : null;
}

// R35
function impact_by_board({ change }) {
    return change.fields.axis === "impact" && change.asRole !== "boardChair"
        ? `the impact of ${change.subject} is not decided as ${change.asRole}` : null;
}

// R51
function action_by_another(at_hand) {
    const { change } = at_hand;
    const action = plan_of_case(at_hand)?.actions.get(change.subject);
    if (action === undefined) {
        return null;
    }
    const owner = action.owner.value_at(change.effective);
    const wrong = owner === null ? null : by_another(at_hand, owner, `owns ${action.ref}`);
    const claim = change.kind === "actionPaused" ? undefined
        : action.claims.find((each) => each.claimed.index === change.answers);
    return wrong ?? (claim === undefined ? null
        : by_another(at_hand, claim.claimed.by, `claimed ${action.ref} to be complete`));
}

function request_answered(at_hand) {
    const { answers, subject } = at_hand.change;
    return plan_of_case(at_hand)?.changes.find((each) =>
        each.requested.index === answers && each.subject === subject);
}

// R64
function change_at_its_level(at_hand) {
    const request = request_answered(at_hand);
    return request !== undefined && request.level === "board" &&
        at_hand.change.asRole !== "boardChair"
        ? `the change of ${request.subject} is for the board, not for the role ` +
            at_hand.change.asRole : null;
}

// R65
function change_by_another(at_hand) {
    const request = request_answered(at_hand);
    return request === undefined ? null
        : by_another_than(at_hand, request.requested, "asked for the change");
}
function change_taken_back_by_asker({ change, state, author }) {
    const request = request_answered({ change, state });
    if (request === undefined) {
        return null;
    }
    const { by, on_behalf_of } = request.requested;
    const taker = change.onBehalfOf ?? author;
    return taker === by || taker === on_behalf_of ? null
        : `${on_behalf_of ?? by} asked for the change, and nobody else takes it back`;
}

// R104, R107, R110
function hold_by_another(at_hand) {
    const hold = plan_of_case(at_hand)?.holds.get(at_hand.change.subject);
    return hold === undefined ? null : by_another_than(at_hand, hold.placed, "placed the hold");
}
function erasure_of(at_hand) {
    return plan_of_case(at_hand)?.erasures.get(at_hand.change.fields.request);
}
function erasure_decided_by_another(at_hand) {
    const erasure = erasure_of(at_hand);
    return erasure === undefined ? null
        : by_another_than(at_hand, erasure.requested, "asked for the erasure");
}
function erasure_done_by_another(at_hand) {
    const decided = erasure_of(at_hand)?.decided ?? null;
    return decided === null ? null
        : by_another_than(at_hand, decided.entry, "decided the erasure");
}

// R47
function handover_accepted({ change, state, author }) {
    const plan = state.plans.get(change.plan);
    const handover = plan?.handovers.find((each) => each.offered.index === change.answers &&
        each.subject === change.subject && each.accepted === null);
    if (handover === undefined) {
        return `it answers no handover of ${change.subject} that waits`;
    }
    if (author !== handover.to || change.onBehalfOf !== null) {
        return `the handover is to ${handover.to}, and nobody else can accept it`;
    }
    const held = plan.actions.get(change.subject)?.owner ?? plan.areas.get(change.subject)?.lead;
    const holder = held?.value_at(handover.from_date) ?? null;
    return holder === null || holder === handover.from ? null
        : `${change.subject} is with ${holder} on ${date_in_words(handover.from_date)}, not with ` +
            handover.from;
}

// R52
function claimed_by_owner(at_hand) {
    const { change, author } = at_hand;
    const action = plan_of_case(at_hand)?.actions.get(change.subject);
    const owner = action?.owner.value_at(change.effective) ?? null;
    return owner === null || (change.onBehalfOf ?? author) === owner ? null
        : `${action.ref} was owned by ${owner} on ${date_in_words(change.effective)}`;
}

// The actions that a target is about: itself, that of a milestone, those that a measure is of.
function actions_behind(plan, target) {
    const of_milestone = plan.milestones.get(target)?.action;
    return [...plan.actions.values()].filter((action) => action.ref === target ||
        action.ref === of_milestone || action.measures.includes(target));
}

// R90
function reviewed_by_another(at_hand) {
    const { change, author } = at_hand;
    const plan = plan_of_case(at_hand);
    const item = plan?.evidence.get(change.subject);
    if (item === undefined || author === null) {
        return null;
    }
    const { target } = change.fields;
    const submitted = last_of(item.submissions, (each) => each.target === target)?.submitted;
    if (submitted?.by === author || submitted?.on_behalf_of === author) {
        return `${author} submitted ${item.ref} and cannot also review it`;
    }
    const owned = actions_behind(plan, target).find(({ owner }) =>
        owner.value_at(Infinity) === author || owner.value_at(change.effective) === author);
    return owned === undefined ? null
        : `${author} owns ${owned.ref} and cannot review the evidence for it`;
}

// R91
function reviewer_reaches_target(at_hand) {
    const { change, state, author, today } = at_hand;
    const plan = plan_of_case(at_hand);
    if (author === null || !plan?.evidence.has(change.subject)) {
        return null;
    }
    const { target } = change.fields;
    const reaches = (subject) => holds_for(state, author, change.asRole, subject, today);
    return reaches(target) || actions_behind(plan, target).some(({ ref }) => reaches(ref)) ? null
        : `the role ${change.asRole} of ${author} does not reach ${target}`;
}

// R96
function redacted_by_two(at_hand) {
    const { redactor, secondChecker } = at_hand.change.fields;
    const { author } = at_hand;
    const wrong = nobody_enrolled(at_hand, [redactor, secondChecker]);
    if (wrong !== null) {
        return wrong;
    }
    if (redactor === secondChecker) {
        return `${redactor} cannot check their own copy`;
    }
    return author === null || author === redactor || author === secondChecker ? null
        : `${author} neither made the copy nor checked it`;
}

// R100
function struck_by_its_author(at_hand) {
    const { change, author } = at_hand;
    const plan = plan_of_case(at_hand);
    if (plan === undefined || change.answers === null || author === null ||
        change.asRole === "programmeOffice" ||
        why_not_strikable(plan, change.subject, change.answers) !== null) {
        return null;
    }
    const by = who_entered(plan, change.subject, change.answers);
    return by === author ? null
        : `event ${change.answers} was recorded by ${by ?? "the programme office"}, not by ` +
            author;
}

// R112
function disposed_by_two(at_hand) {
    const kept = plan_of_case(at_hand)?.retentions.get(at_hand.change.subject);
    if (kept === undefined) {
        return null;
    }
    if (at_hand.change.kind === "disposalApproved") {
        return by_another_than(at_hand, kept.rule.value_at(Infinity).applied,
            "said how long it is kept");
    }
    return kept.approved === null ? null
        : by_another_than(at_hand, kept.approved, "approved the disposal");
}

function not_before({ change }, earlier, what) {
    return change.effective >= earlier.effective ? null : `${what} is of ` +
        `${date_in_words(earlier.effective)}, and this would be of ` +
        date_in_words(change.effective);
}

// R118
function challenge_answered(at_hand) {
    const challenge = plan_of_case(at_hand)?.challenges.get(at_hand.change.subject);
    if (challenge === undefined) {
        return null;
    }
    return challenge.answered !== null
        ? `${challenge.ref} was answered at event ${challenge.answered.index}`
        : by_another_than(at_hand, challenge.recorded, "put the question") ??
            not_before(at_hand, challenge.recorded, "the question");
}

// R120
function exception_decided(at_hand) {
    const { change } = at_hand;
    const ref = change.fields.exception;
    const exception = plan_of_case(at_hand)?.exceptions.get(ref);
    if (exception === undefined) {
        return `${ref} is not an exception of the plan`;
    }
    if (exception.action !== change.subject) {
        return `${ref} is of ${exception.action}, not of ${change.subject}`;
    }
    if (change.kind === "exceptionClosed") {
        return exception.closed !== null ? `${ref} was closed at event ${exception.closed.index}`
            : exception.answered === null ? `${ref} has not been answered`
                : not_before(at_hand, exception.answered.entry, "the answer");
    }
    if (exception.answered !== null || exception.closed !== null) {
        return `${ref} was answered already`;
    }
    return by_another_than(at_hand, exception.opened, "opened the exception") ??
        (change.asRole !== "boardChair" && change.fields.meeting === null
            ? "only the chair answers for the board without naming its meeting"
            : not_before(at_hand, exception.opened, "the exception"));
}

// R126
function monitoring_ceased(at_hand) {
    const { change } = at_hand;
    const plan = plan_of_case(at_hand);
    const area = plan?.areas.get(change.subject);
    if (area === undefined) {
        return null;
    }
    const stage = area.stage.at(Infinity);
    if (stage?.value === "monitoringCeased") {
        return `monitoring of ${area.ref} ceased on ${date_in_words(stage.effective)}`;
    }
    const { review: ref, date } = change.fields;
    const review = plan.reviews.get(ref);
    if (review === undefined) {
        return `${ref} is not a check from outside of the plan`;
    }
    if (review.held === null || change.effective < review.held.date) {
        return review.held === null ? `${ref} has not been held`
            : `${ref} was held on ${date_in_words(review.held.date)}`;
    }
    if (change.effective !== date) {
        return `the end of monitoring was on ${date_in_words(date)}, and the entry would be of ` +
            date_in_words(change.effective);
    }
    const has_letter = review.next_steps.some(({ letter }) => letter !== null) ||
        [area, plan].some(({ conclusions }) => conclusions.some((each) => each.review === ref));
    return change.asRole !== "programmeOffice" || has_letter ? null : "no letter that came of " +
        `${ref} is recorded, and the word of the office alone does not end monitoring`;
}

// The time of a reader with whom a pack was shared ends by itself.
function may_open(pack, reader, day) {
    const shares = pack.shares.filter(({ recipient }) => recipient === reader);
    return shares.length === 0 ? pack.recipient === reader
        : shares.some(({ entry, expires }) => entry.effective <= day && day <= expires);
}

// R132
function pack_accessed(at_hand) {
    const { change, author } = at_hand;
    const pack = plan_of_case(at_hand)?.packs.get(change.subject);
    const { reader } = change.fields;
    if (pack === undefined) {
        return null;
    }
    if (change.asRole !== "programmeOffice" && author !== reader) {
        return `the entry would say that ${reader} read it, and is not theirs`;
    }
    return not_before(at_hand, pack.frozen, "the pack") ??
        (may_open(pack, reader, change.effective) ? null
            : `${reader} could not read ${pack.ref} on ${date_in_words(change.effective)}`);
}

const review_rules = [["R90", reviewed_by_another], ["R91", reviewer_reaches_target]];

export const by_another_rules = {
    ownerAccepted: [["R47", handover_accepted]],
    completionClaimed: [["R52", claimed_by_owner]],
    evidenceAccepted: review_rules,
    evidenceRejected: review_rules,
    evidenceMoreAsked: review_rules,
    redactedCopyIssued: [["R96", redacted_by_two]],
    entryCorrected: [["R100", struck_by_its_author]],
    disposalApproved: [["R112", disposed_by_two]],
    disposed: [["R112", disposed_by_two]],
    challengeAnswered: [["R118", challenge_answered]],
    exceptionAnswered: [["R120", exception_decided]],
    exceptionClosed: [["R120", exception_decided]],
    monitoringCeased: [["R126", monitoring_ceased]],
    packAccessed: [["R132", pack_accessed]],
    ...publication_rules,
    ratingConfirmed: [["R02", rating_by_another], ["R35", impact_by_board]],
    ratingOverridden: [["R35", impact_by_board], ["R71", rating_by_another]],
    actionPaused: [["R51", action_by_another]],
    completionRejected: [["R51", action_by_another]],
    actionCompleted: [["R51", action_by_another]],
    changeApproved: [["R64", change_at_its_level], ["R65", change_by_another]],
    changeRefused: [["R64", change_at_its_level], ["R65", change_by_another]],
    changeWithdrawn: [["R65", change_taken_back_by_asker]],
    holdReleased: [["R104", hold_by_another]],
    erasureDecided: [["R107", erasure_decided_by_another]],
    contentErased: [["R110", erasure_done_by_another]],
};
