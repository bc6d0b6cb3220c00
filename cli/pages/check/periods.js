// What a closed period says of its plan (schemas/README.md, "Closed periods"): the digest of its
// state, and of its subjects how many events each had, and which was the last. So it is seen that
// none was left out.
import { compare_texts, concat, equal, to_hex, u16_bytes, u64_bytes, utf8 } from "./bytes.js";
import { counted } from "./counted.js";
import { fold, new_state } from "./fold.js";
import { digest_of } from "./plan_digest.js";
import { Tree, empty_root, hash_leaf } from "./tree.js";

const label = utf8("wsoa-ledger/head/v1\n");

// How many events subjects have, and the leaf hash of the last of each.
export class Heads {
    constructor() {
        this.heads_ = new Map();
    }

    add(subject, leaf) {
        const count = (this.heads_.get(subject)?.count ?? 0) + 1;
        this.heads_.set(subject, { count, leaf });
    }

    // The root over these and others, in the order of the subjects.
    root_with(others) {
        const heads = [...this.heads_, ...others?.heads_ ?? []];
        const tree = new Tree();
        for (const [subject, { count, leaf }] of
            heads.sort(([one], [other]) => compare_texts(one, other))) {
            const name = utf8(subject);
            tree.append(hash_leaf(concat(label, u16_bytes(name.length), name, u64_bytes(count),
                leaf)));
        }
        return tree.size === 0 ? empty_root() : tree.root_at(tree.size);
    }
}

// The periods that events close, by the size that they cover; a rule says what others there are.
function closed_in(events) {
    return events.filter((event) => event?.change.kind === "periodClosed" &&
        event.change.plan !== null && event.change.fields.size <= event.index)
        .sort((one, other) => one.change.fields.size - other.change.fields.size);
}

// The second way through the events: a period names a size that lies before it. Only the plans that
// were closed are folded, with the ledger and its people, each no further than its last such size.
class Again {
    constructor(events, closed) {
        this.events_ = events;
        this.at_ = 0;
        this.state_ = new_state();
        this.of_plans_ = new Map([[null, new Heads()]]);
        this.wanted_ = new Map(closed.map(({ change }) => [change.plan, change.fields.size]));
    }

    // False where an event below that size cannot be read.
    async reach(size, pauses) {
        for (; this.at_ < size && this.events_[this.at_] !== undefined; ++this.at_) {
            // Of another plan none is asked for that was left out.
            if (this.events_[this.at_] !== null) {
                this.add_(this.events_[this.at_]);
            }
            await pauses.when_due();
        }
        return this.at_ >= size;
    }

    plan(ref) {
        return this.state_.plans.get(ref);
    }
    heads_of(plan) {
        return this.of_plans_.get(null).root_with(this.of_plans_.get(plan));
    }

    // What no later period asks for is let go.
    let_go(plan, size) {
        if (this.wanted_.get(plan) <= size) {
            this.state_.plans.delete(plan);
            this.of_plans_.delete(plan);
        }
    }

    add_(event) {
        const { plan, subject } = event.change;
        if (plan !== null && !(event.index < this.wanted_.get(plan))) {
            return;
        }
        if (!this.of_plans_.has(plan)) {
            this.of_plans_.set(plan, new Heads());
        }
        this.of_plans_.get(plan).add(subject, event.leaf);
        fold(this.state_, event);
        this.state_.anomalies = [];
    }
}

// What a period says wrongly of its plan's state, as one sentence; null for nothing.
async function fault_of_state({ plan: ref, fields }, plan, { given, pauses }) {
    if (plan === undefined) {
        return `it closes ${ref} at ${fields.size} events, when there was no such plan`;
    }
    const state = await digest_of(plan, given.schema, pauses);
    return equal(state, fields.state) ? null : `it says that the state of ${ref} at ` +
        `${fields.size} events had the digest ${to_hex(fields.state)}, but the events give ` +
        to_hex(state);
}

// Compares what each closed period says of its plan, the digest of its state and the root over
// heads, with the events up to it; those that cannot be read are undefined.
export async function check_periods(context) {
    const { verdict, check: { events }, pauses } = context;
    const closed = closed_in(events);
    const again = new Again(events, closed);
    let compared = 0;
    for (const { index, change } of closed) {
        const { plan, fields } = change;
        if (!await again.reach(fields.size, pauses)) {
            break;
        }
        ++compared;
        const why = await fault_of_state(change, again.plan(plan), context);
        if (why !== null) {
            verdict.find("periods", `period:${index}`, { event: index, what: why },
                { sort: "period" });
        }
        if (!equal(again.heads_of(plan), fields.heads)) {
            verdict.find("periods", `heads:${index}`, { event: index, what: `the subjects of ` +
                `${plan} had other events at ${fields.size} events than it says` },
            { sort: "heads" });
        }
        again.let_go(plan, fields.size);
    }
    settle_periods(verdict, compared, closed.length - compared);
}

function settle_periods(verdict, compared, left) {
    const has_failed = verdict.findings.some(({ check }) => check === "periods");
    if (left > 0 && !has_failed) {
        verdict.leave("periods",
            `what ${left} of ${counted(compared + left, "closed period")} said`,
            "an event that they cover cannot be read");
    } else {
        verdict.settle("periods", compared === 0 ? "closed periods, of which there are none"
            : `what ${counted(compared, "closed period")} said of a plan, against the events`);
    }
}
