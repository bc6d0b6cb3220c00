// Every event about one subject, newest first, each with both of its times and the hash by which
// anyone can find it in the tree.
import { to_base64, to_hex } from "../check/bytes.js";
import { date_text } from "../check/time.js";
import { sentences_of } from "../check/time_bounds.js";
import { make, mono, section, table } from "./dom.js";
import { in_words, sentence_case, word_of } from "./wording.js";

const rows_max = 2000;

function subjects(view) {
    const counts = new Map();
    for (const event of view.pack.check.events) {
        if (event?.index < view.size) {
            const { subject } = event.change;
            counts.set(subject, (counts.get(subject) ?? 0) + 1);
        }
    }
    return counts;
}

function words_part(view, event) {
    return event.change.words.map(({ field }) => make("p", {},
        `${sentence_case(in_words(String(field)))}: `, word_of(view.pack, event.index, field)));
}

function proof_part(view, { index, leaf }) {
    const { tree } = view.pack.check;
    const path = tree.inclusion_path(index, tree.size);
    return make("details", {}, make("summary", {}, "Proof"),
        make("p", {}, "Leaf ", mono(to_hex(leaf))),
        make("p", {}, `Path to the root over ${tree.size} events:`),
        make("ol", {}, path.map((hash) => make("li", {}, mono(to_base64(hash))))));
}

function row_of(view, event) {
    const { change, recorded_at, recorded_on, index } = event;
    const late = recorded_on === undefined ? 0 : recorded_on - change.effective;
    const by = view.pack.check.state.keyring.author_of(change) ?? "nobody";
    return [String(index), new Date(recorded_at).toISOString().slice(0, 16).replace("T", " "),
        date_text(change.effective) + (late > 0 ? `, recorded ${late} days later` : ""),
        [make("p", {}, sentence_case(in_words(change.kind)) +
            (change.answers === null ? "" : `, answers event ${change.answers}`)),
        ...words_part(view, event)],
        `${by}, as ${in_words(change.asRole)}` +
            (change.onBehalfOf === null ? "" : `, for ${change.onBehalfOf}`),
        proof_part(view, event)];
}

function trail_table(view, subject) {
    const events = view.pack.check.events.filter((event) =>
        event?.index < view.size && event.change.subject === subject).reverse();
    const rows = events.slice(0, rows_max).map((event) => row_of(view, event));
    return [table(`Events about ${subject}, newest first`, [["No.", "number"],
        ["Recorded (UTC)", "day"], ["True on"], ["What"], ["Who, and as what"], ["Proof"]], rows),
    events.length > rows.length ? make("p", {}, `and ${events.length - rows.length} older ones`)
        : null];
}

export function trail_section(view) {
    const counts = subjects(view);
    const options = [...counts.keys()].sort().map((subject) =>
        make("option", { value: subject }, `${subject} (${counts.get(subject)})`));
    const choice = make("select", { id: "subject" }, options);
    const shown = make("div");
    const show = () => shown.replaceChildren(
        ...trail_table(view, choice.value).filter((part) => part !== null));
    choice.value = view.plan.ref;
    choice.addEventListener("change", show);
    show();
    return section("trail", "Trail: who recorded what, and when",
        sentences_of(view.pack.bounds).map((said) => make("p", {}, `${said}.`)),
        make("p", { class: "trail-choice" }, make("label", { for: "subject" }, "Subject"), choice),
        shown);
}
