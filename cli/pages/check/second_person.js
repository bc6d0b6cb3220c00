// The rules that ask for a second person in the life of a plan: nobody decides what they asked for,
// proposed, claimed, submitted or own.

function by_another({ change, author }, person, did) {
    return author === person || change.onBehalfOf === person
        ? `${person} ${did} and cannot also decide it` : null;
}

function by_another_than(at_hand, entry, did) {
    return by_another(at_hand, entry.by, did) ?? (entry.on_behalf_of === null ? null
        : by_another(at_hand, entry.on_behalf_of, did));
}

const plan_of_case = ({ change, state }) => state.plans.get(change.plan);

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
    return plan_of_case(at_hand)?.changes.find((each) =>
        each.requested.index === at_hand.change.answers);
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

export const by_another_rules = {
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
