// What a closed period says of the subjects of its plan: how many events each had, and which was
// the last (schemas/README.md, "Closed periods"). So it is seen that none was left out.
import { compare_texts, concat, equal, u16_bytes, u64_bytes, utf8 } from "./bytes.js";
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

// Compares them with the events, undefined for those that cannot be read. Gives how many were
// compared; one over an event that cannot be read is not.
export function check_periods(events, verdict) {
    const of_plans = new Map([[null, new Heads()]]);
    let [at, compared] = [0, 0];
    for (const { index, change } of closed_in(events)) {
        for (; at < change.fields.size && events[at] !== undefined; ++at) {
            if (events[at] === null) {
                continue;  // a period is of its own plan and of the ledger
            }
            const { change: { plan, subject }, leaf } = events[at];
            if (!of_plans.has(plan)) {
                of_plans.set(plan, new Heads());
            }
            of_plans.get(plan).add(subject, leaf);
        }
        if (at < change.fields.size) {
            break;
        }
        ++compared;
        if (!equal(of_plans.get(null).root_with(of_plans.get(change.plan)), change.fields.heads)) {
            verdict.find("periods", `heads:${index}`, { event: index, what: `the subjects of ` +
                `${change.plan} had other events at ${change.fields.size} events than it says` },
            { sort: "heads" });
        }
    }
    return compared;
}
