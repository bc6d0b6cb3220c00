// The answer: what was checked, what failed, what was not checked and why; and everything that was
// found. The sentences are those of `wsoa verify`, so that the two can be held against each other.

// Findings of one sort that are listed; the rest is counted. What follows from another finding is
// listed more sparingly.
const alike_max = 1000;
export const consequences_max = 10;

// Item by item, in the order in which they are checked.
export const item_order = ["zip", "pack", "checkpoint", "events", "history", "signatures",
    "authority", "periods", "completeness", "cosignatures", "words", "documents", "state",
    "digest", "earlier", "timestamps", "anchors", "times", "meaning", "papers", "page"];

export class Verdict {
    // `report(item)` is called whenever an item is settled.
    constructor(report) {
        this.report_ = report;
        this.items = new Map();
        this.findings = [];
        this.counts_ = new Map();
        this.more_ = new Map();  // of the sorts that are full
        this.size = 0;
        this.root = null;
        this.trust = [];  // what vouches for it from outside the pack
    }

    // A finding belongs to a check, which then has failed, unless it is only noted or a doubt. It
    // names its item as the program does (schemas/README.md, "Verdicts"). `sort` names those that
    // are alike.
    find(check, item, finding, { sort = finding.what, most = alike_max } = {}) {
        const count = (this.counts_.get(sort) ?? 0) + 1;
        this.counts_.set(sort, count);
        const found = { class: "breach", event: null, rule: null, check, item, ...finding };
        if (count <= most) {
            this.findings.push(found);
        } else {
            this.more_.set(sort, { count: count - most, found });
        }
    }

    settle(id, what) {
        const breaches = this.findings.filter((found) =>
            found.check === id && found.class === "breach");
        const [breach] = breaches;
        const more = breaches.length - 1;
        const at = breach?.event === null || breach === undefined ? "" : `event ${breach.event}: `;
        this.put_(breach === undefined ? { id, what, state: "checked", why: "" }
            : { id, what, state: "failed",
                why: at + breach.what + (more > 0 ? `; and ${more} more` : "") });
    }

    fail(id, item, what, why) {
        this.find(id, item, { what: why });
        this.settle(id, what);
    }

    leave(id, what, why) {
        this.put_({ id, what, state: "not-checked", why });
    }

    put_(item) {
        this.items.set(item.id, item);
        this.report_(item);
    }

    // In the order of the events; those about none come last, and then what was only counted.
    sorted_findings() {
        const counted = [...this.more_.values()].map(({ count, found }) => ({ ...found,
            what: `and ${count} more like this, the last of them: ${found.what}` }));
        return [...this.findings].sort((one, other) =>
            (one.event ?? Infinity) === (other.event ?? Infinity) ? 0
                : (one.event ?? Infinity) - (other.event ?? Infinity)).concat(counted);
    }

    get failed() {
        return [...this.items.values()].some(({ state }) => state === "failed");
    }

    // One sentence for a person: never more than what the checks bear.
    sentence() {
        if (this.failed) {
            return "This pack does not hold: something in it was altered, is missing, or was " +
                "never as it claims.";
        }
        if (!this.items.has("events")) {
            return "This pack was not checked.";
        }
        return this.trust.length === 0
            ? "This pack is consistent with itself, as far as was checked. Nothing from outside " +
                "it was at hand: whether it is what others saw rests on the word of its maker."
            : `This pack holds, as far as was checked; ${this.trust.join("; and ")}.`;
    }
}
