// Items of evidence: what each is said to show, who looked at it, and its document if it is here.
import { date_text } from "../check/time.js";
import { parts_on } from "../check/state_check.js";
import { facts, make, mono, section } from "./dom.js";
import { to_hex } from "../check/bytes.js";
import { in_words, sentence_case, word_of } from "./wording.js";
import { title_of } from "./plan_view.js";

const said = (value) => value === null ? "not said" : in_words(value);
const day_or = (day) => day === null ? "not said" : date_text(day);

function links_text(item) {
    return item.links.length === 0 ? "nothing yet" : item.links.map(({ target, unlinked }) =>
        target + (unlinked === null ? "" : ` (ended by event ${unlinked.index})`)).join(", ");
}

function said_words(view, index, field) {
    const words = word_of(view.pack, index, field);
    return words === null ? null : make("span", {}, ": ", words);
}

function reviews_list(view, item) {
    const reviews = item.submissions.flatMap(({ submitted, target, reviews: made }) =>
        [make("li", {}, `${date_text(submitted.effective)}: handed in for ${target} by ` +
            submitted.by), ...made.map(({ entry, outcome, as_role }) => make("li", {},
            `${date_text(entry.effective)}: ${in_words(outcome)} by ${entry.by}, as ` +
            in_words(as_role), said_words(view, entry.index, "comment"),
            said_words(view, entry.index, "reason")))]);
    return reviews.length === 0 ? "not handed in for review" : make("ul", {}, reviews);
}

// A link that saves the document. It is offered as plain bytes: nothing of it runs in this page.
function document_link(document, ref) {
    const blob = new Blob([document.bytes], { type: "application/octet-stream" });
    return make("a", { href: URL.createObjectURL(blob), download: `${ref}-document` },
        `Save the document (${document.media}, ${document.size} bytes)`);
}

function document_part(view, item) {
    if (item.erased !== null) {
        return `erased by event ${item.erased.index}`;
    }
    if (item.document === null) {
        return "none in the ledger";
    }
    const found = view.pack.documents.find(({ event }) => event === item.added_at);
    if (found === undefined) {
        return `number ${item.document.number}, not disclosed in this pack`;
    }
    return [found.bytes === null ? `${found.size} bytes, ${found.media}; not within this page: ` +
        "drop the pack's zip file here" : document_link(found, item.ref), make("br"),
    "SHA-256 ", mono(to_hex(found.sha256))];
}

function copies_text(item) {
    const copies = item.redacted_copies.map(({ derivative, redactor, second_checker }) =>
        `${derivative}, made by ${redactor}, checked by ${second_checker}`);
    return copies.join("; ") || "none";
}

function item_part(view, item) {
    const { day } = view;
    const stage = item.stage.value_at(day) ?? "registered";
    return make("details", { id: item.ref },
        make("summary", {}, `${item.ref} `, title_of(view, item.ref),
            make("span", { class: "tag grey" }, sentence_case(in_words(stage)))),
        facts([
            ["Kind", `${in_words(item.type)}, version ${item.version}` +
                (item.prior === null ? "" : `, after ${item.prior}`)],
            ["Registered", `${date_text(item.added_on)} by ${item.by}`],
            ["From", said(item.source)],
            ["Dated", day_or(item.date_of_document)],
            ["Covers", item.period_start === null && item.period_end === null ? "not said"
                : `${day_or(item.period_start)} to ${day_or(item.period_end)}`],
            ["Personal data", in_words(item.personal_data)],
            ["Claim", word_of(view.pack, item.added_at, "claim") ?? "none"],
            ["Shows", links_text(item)],
            ["Reviews", [reviews_list(view, item)]],
            ["Superseded", item.superseded === null ? "no" : `by ${item.superseded.by}`],
            ["Review by", day_or(item.review_by.value_at(day))],
            ["Redacted copies", copies_text(item)],
            ["Document", [document_part(view, item)].flat()],
        ]));
}

export function evidence_section(view) {
    const items = parts_on(view.plan.evidence, view.day);
    return section("evidence", "Evidence",
        items.length === 0 ? make("p", {}, "No evidence was registered by that day.")
            : items.map((item) => item_part(view, item)));
}
