// How things are called for people. Word and shape say it all; colour only helps.
import { make, mono, quiet } from "./dom.js";

// "boardChair" as "board chair".
export function in_words(name) {
    return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

export function sentence_case(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}

// A sentence whose commands stand between backticks.
export function with_code(text) {
    return text.split("`").map((part, i) => i % 2 === 1 ? mono(part) : part);
}

const delivery = {
    GY: ["Not started", "\u25cb", "grey"],
    UN: ["Not yet rated", "\u25cc", "unrated"],
    NM: ["Not yet measurable", "\u25c7", "unrated"],
    R: ["Off track", "\u25b2", "red"],
    A: ["At risk", "\u25c6", "amber"],
    G: ["On track", "\u25cf", "green"],
    B: ["Complete", "\u25a0", "blue"],
    E: ["Embedded", "\u2605", "purple"],
    NA: ["Ended", "\u25a1", "grey"],
};
const impact = {
    NM: delivery.NM,
    R: ["No effect yet", "\u25b2", "red"],
    A: ["Some effect", "\u25c6", "amber"],
    G: ["At target", "\u25cf", "green"],
};

// A code that the scale does not have stands for itself.
export function look_of(axis, code) {
    const [word, shape, colour] = (axis === "impact" ? impact : delivery)[code] ??
        [code, "?", "unrated"];
    return { word, shape, colour };
}

export function rating_tag(axis, code, more = "") {
    const { word, shape, colour } = look_of(axis, code);
    return make("span", { class: `tag ${colour}` }, `${shape} ${word}${more}`);
}

const becauses = {
    overdue: " (overdue)",
    not_updated: " (not yet updated)",
};
export function shown_tag(axis, { code, because }) {
    return rating_tag(axis, code, becauses[because] ?? "");
}

export const rating_order = Object.keys(delivery);

// The disclosed words of one field of an event; why they are not here, where they are not.
export function word_of(pack, index, field) {
    const said = pack.words.get(index)?.get(field);
    if (said !== undefined) {
        return said;
    }
    const committed = pack.check.events[index]?.change.words.some((each) => each.field === field);
    if (!committed) {
        return null;
    }
    const erased_by = erasure_of(pack, index);
    return quiet(erased_by === null ? "[not in this pack]" : `[erased by event ${erased_by}]`);
}

function erasure_of(pack, index) {
    for (const plan of pack.check.state.plans.values()) {
        for (const erasure of plan.erasures.values()) {
            if (erasure.event === index && erasure.erased !== null) {
                return erasure.erased.entry.index;
            }
        }
    }
    return null;
}
