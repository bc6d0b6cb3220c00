// The answer: what was checked, what failed, what was not checked and why; and everything that was
// found. The sentences are those of `wsoa verify`, so that the two can be held against each other.

const alike_max = 1000;  // findings of one sort that are listed; the rest is counted

// Item by item, in the order in which they are checked.
export const item_order = ["zip", "pack", "checkpoint", "events", "history", "signatures",
    "authority", "cosignatures", "words", "documents", "state", "earlier", "timestamps", "meaning",
    "papers", "page"];

export class Verdict {
    // `report(item)` is called whenever an item is settled.
    constructor(report) {
        this.report_ = report;
        this.items = new Map();
        this.findings = [];
        this.counts_ = new Map();
        this.size = 0;
        this.root = null;
        this.trust = [];  // what vouches for it from outside the pack
    }

    // A finding belongs to an item, which then has failed, unless it is only noted or a doubt.
    // `sort` names those that are alike.
    find(item, finding, sort = finding.what) {
        const count = (this.counts_.get(sort) ?? 0) + 1;
        this.counts_.set(sort, count);
        if (count <= alike_max) {
            this.findings.push({ class: "breach", event: null, rule: null, item, ...finding });
        }
    }

    settle(id, what) {
        const breach = this.findings.find((found) => found.item === id && found.class === "breach");
        const more = this.findings.filter((found) =>
            found.item === id && found.class === "breach").length - 1;
        const at = breach?.event === null || breach === undefined ? "" : `event ${breach.event}: `;
        this.put_(breach === undefined ? { id, what, state: "checked", why: "" }
            : { id, what, state: "failed",
                why: at + breach.what + (more > 0 ? `; and ${more} more` : "") });
    }

    fail(id, what, why) {
        this.find(id, { what: why });
        this.settle(id, what);
    }

    leave(id, what, why) {
        this.put_({ id, what, state: "not-checked", why });
    }

    put_(item) {
        this.items.set(item.id, item);
        this.report_(item);
    }

    // In the order of the events; those about none come last.
    sorted_findings() {
        return [...this.findings].sort((one, other) =>
            (one.event ?? Infinity) === (other.event ?? Infinity) ? 0
                : (one.event ?? Infinity) - (other.event ?? Infinity));
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
