// Of a pack that leaves leaves out: whether those that are here are as many as it says and of its
// plan or of the ledger itself, and by whose word none of these is among the others.

// The period that covers most and against which nothing was found; whoever closed it signed how
// many events there were of each subject.
function last_closed(events, plan, findings) {
    const is_doubted = (index) => findings.some(({ event, class: is }) =>
        event === index && is !== "noted");
    let last = null;
    for (const event of events) {
        if (event?.change.kind === "periodClosed" && event.change.plan === plan &&
            event.change.fields.size <= event.index && !is_doubted(event.index) &&
            event.change.fields.size > (last?.change.fields.size ?? -1)) {
            last = event;
        }
    }
    return last;
}

// Once periods were compared.
export function check_completeness({ verdict, about, check }) {
    if (about.leaves === about.size) {
        return;
    }
    const find = (what) => verdict.find("pack", "about", { what: `pack.json: ${what}` });
    const here = check.events.length - check.left_out;
    if (here !== about.leaves) {
        find(`it says that ${about.leaves} leaves are here, but ${here} are`);
    }
    const strange = check.events.find((event) =>
        (event?.change.plan ?? about.plan) !== about.plan);
    if (strange !== undefined) {
        find(`event ${strange.index} is here and of another plan than ${about.plan}`);
    }
    const what = `that none of the ${about.size - about.leaves} of ${about.size} events that are ` +
        `not here, but their hashes, is of ${about.plan} or of the ledger itself`;
    const closed = check.events.includes(undefined) ? null
        : last_closed(check.events, about.plan, verdict.findings);
    const person = closed === null ? undefined
        : check.state.keyring.author_key(closed.change)?.person;
    verdict.leave("completeness", what, person === undefined
        ? "it rests on the word of whoever made the pack alone"
        : `it follows up to ${closed.change.fields.size} events from event ${closed.index}, in ` +
            `which ${person} closed a period; from there on it rests on the word of whoever ` +
            "made the pack");
}
