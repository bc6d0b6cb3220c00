// The verdict first: what holds, on whose word it rests, what was looked at and what was not.
import { item_order } from "../check/verdict.js";
import { by_id, facts, make, mono, table } from "./dom.js";
import { date_in_words } from "../check/time.js";
import { sentence_case, with_code } from "./wording.js";

const states = {
    checked: ["\u25cf Holds", "green"],
    failed: ["\u25b2 Does not hold", "red"],
    "not-checked": ["\u25cb Not checked", "grey"],
};

const findings_shown = 200;

function state_tag(state) {
    const [word, colour] = states[state];
    return make("span", { class: `tag ${colour}` }, word);
}

export function say(text) {
    by_id("status").textContent = text;
}

function item_row({ id, what, state, why }) {
    return make("li", { "data-item": id, "data-state": state },
        make("span", { class: "what" }, with_code(sentence_case(what))),
        make("span", {}, state_tag(state)), make("span", { class: "why" }, with_code(why)));
}

// Item by item, while the check goes on.
export class LiveItems {
    constructor() {
        this.list_ = make("ol", { class: "items" });
        by_id("answer").replaceChildren(this.list_);
    }

    add(item) {
        this.list_.append(item_row(item));
    }
}

function answer_box(verdict) {
    const kind = verdict.failed ? "fails" : verdict.trust.length > 0 ? "holds" : "alone";
    const shape = { fails: "\u25b2", holds: "\u25cf", alone: "\u25c6" }[kind];
    const told = verdict.failed ? "failed" : verdict.items.has("events") ? null : "not-checked";
    const why = [...verdict.items.values()].filter(({ state }) => state === told)
        .map(({ what, why: because }) =>
            make("li", {}, with_code(sentence_case(`${what}: ${because}`))));
    const doubts = verdict.findings.filter((found) => found.class === "doubt").length;
    return make("div", { class: `answer ${kind}` },
        make("p", { class: "said" }, `${shape} ${verdict.sentence()}`),
        why.length > 0 ? make("ul", {}, why) : null,
        doubts > 0 ? make("p", {}, `Doubts are listed below (${doubts}): events that hang on a ` +
            "key that was in other hands or on an event that cannot be read, timestamps for " +
            "which nobody vouches whom you believe, events dated otherwise than was said outside.")
            : null,
        make("p", {}, with_code("The rules of plans were not judged again here: the page goes as " +
            "deep as signatures, keys, roles and second persons. `wsoa verify` judges the rules " +
            "as well.")));
}

function about_facts(checked, digest) {
    const { about, check, verdict } = checked;
    const ledger = check?.state.keyring.facts ?? null;
    return facts([
        ["Ledger", ledger === null ? "unknown" : ledger.origin +
            (ledger.is_rehearsal ? " (a rehearsal: nothing in it is a record)" : "")],
        ["Events", String(verdict.size) + (check === null || about.leaves === about.size ? ""
            : `, of which ${about.leaves} are here: those of ${about.plan} and of the ledger`)],
        ["Root", mono(checked.root)],
        ["Tells of", about === null ? "unknown" : `${about.plan} as it was on ` +
            `${date_in_words(about.as_at_day)}, as known on ${date_in_words(about.as_known_day)}`],
        ["Made for", about === null ? "unknown" : `${about.for}, by ${about.made_with}`],
        ["Discloses", about === null ? "unknown"
            : `words in ${about.disclosed.join(", ") || "no field"}; ` +
                (about.restricted ? "restricted ones among them" : "no restricted ones")],
        ["This file", digest === null ? "the data within this page"
            : ["SHA-256 ", mono(digest)]],
    ]);
}

function items_list(verdict) {
    return make("ol", { class: "items" }, item_order.filter((id) => verdict.items.has(id))
        .map((id) => item_row(verdict.items.get(id))));
}

function findings_part(verdict) {
    const found = verdict.sorted_findings();
    if (found.length === 0) {
        return make("p", {}, "Nothing was found that is worth a note.");
    }
    const rows = found.slice(0, findings_shown).map((each) =>
        [each.event === null ? "the pack" : `event ${each.event}`, each.class,
            each.rule ?? "", each.what]);
    const more = found.length > rows.length
        ? make("p", {}, `and ${found.length - rows.length} more`) : null;
    return make("div", {}, table("What was found", [["Where", "whole"], ["Class"], ["Rule"],
        ["What was found"]], rows), more);
}

// `digest` is of the pack's file, null where the data stood in the page.
export function show_verdict(checked, digest) {
    const { verdict } = checked;
    by_id("answer").replaceChildren(answer_box(verdict), about_facts(checked, digest),
        make("h3", {}, "What was checked and what was not"), items_list(verdict),
        make("h3", {}, "Findings"), findings_part(verdict));
    say(verdict.failed ? "Checked. The pack does not hold." : "Checked.");
}
