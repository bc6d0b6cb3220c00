// The plan on a page, as at one day and as known on another.
import { delivery_on, deadline_on, impact_on, stage_on } from "../check/calendar.js";
import { date_in_words, date_text } from "../check/time.js";
import { parts_on, waiting_on } from "../check/state_check.js";
import { title_event } from "../check/content_check.js";
import { make, section, table } from "./dom.js";
import { in_words, look_of, rating_order, rating_tag, sentence_case, shown_tag, word_of }
    from "./wording.js";

export function title_of(view, ref) {
    const event = title_event(view.plan, ref, view.day);
    return event === undefined ? "" : word_of(view.pack, event, "title") ?? "";
}

// Why a rating is shown, in one sentence.
export function why_shown(plan, action, day) {
    const { because } = delivery_on(plan, action, day);
    const confirmed = action.delivery.confirmed.at(day);
    switch (because) {
        case "not_started": return "no start is recorded";
        case "unrated": return "nothing is confirmed";
        case "overdue": return `past its deadline of ${date_in_words(deadline_on(action, day))}`;
        case "complete":
        case "ended": return `${in_words(stage_on(action, day))} since ` +
            date_in_words(action.stage.at(day).effective);
        case "not_updated": return `${look_of("delivery", confirmed.value.code).word} was ` +
            `confirmed on ${date_in_words(confirmed.effective)}, and its period is over`;
        default: return `confirmed on ${date_in_words(confirmed.effective)} by ` +
            confirmed.value.confirmed_by;
    }
}

function deadline_cell(action, day) {
    const deadline = deadline_on(action, day);
    return deadline === action.original_deadline ? date_text(deadline)
        : [date_text(deadline), make("br"), `first ${date_text(action.original_deadline)}`];
}

function waits_cell(action, day) {
    const waits = waiting_on(action.delivery, day);
    return waits === null ? "" : `${look_of("delivery", waits.to).word} is proposed and waits ` +
        `(event ${waits.index})`;
}

function action_row(view, action) {
    const { plan, day } = view;
    const percent = action.progress.value_at(day)?.percent ?? null;
    return [make("a", { href: `#${action.ref}` }, action.ref), title_of(view, action.ref),
        shown_tag("delivery", delivery_on(plan, action, day)), why_shown(plan, action, day),
        percent === null ? "" : `${percent}%`, deadline_cell(action, day),
        action.owner.value_at(day) ?? "", waits_cell(action, day)];
}

function area_part(view, area) {
    const { plan, day } = view;
    const actions = parts_on(plan.actions, day).filter((action) => action.area === area.ref);
    const lead = area.lead.value_at(day);
    const stage = area.stage.value_at(day);
    return make("div", {}, make("h3", {}, `${area.ref} `, title_of(view, area.ref)),
        make("p", {}, "Impact: ", shown_tag("impact", impact_on(area, day)),
            ` Lead: ${lead ?? "nobody"}. ${stage === null ? "" : sentence_case(in_words(stage))}.`),
        actions.length === 0 ? make("p", {}, "No action was there yet.")
            : table(`Actions of ${area.ref}`, [["Ref", "ref"], ["Action"], ["Delivery"], ["Why"],
                ["Done", "number"], ["Due", "day"], ["Owner"], ["Waits"]],
            actions.map((action) => action_row(view, action))));
}

function counts(view) {
    const { plan, day } = view;
    const numbers = new Map();
    const actions = parts_on(plan.actions, day);
    for (const action of actions) {
        const { code } = delivery_on(plan, action, day);
        numbers.set(code, (numbers.get(code) ?? 0) + 1);
    }
    return make("ul", { class: "counts" },
        rating_order.filter((code) => numbers.has(code)).map((code) => make("li", {},
            `${numbers.get(code)} `, rating_tag("delivery", code))),
        make("li", {}, `${actions.length} actions in all`));
}

function day_field(id, label, day) {
    return make("div", {}, make("label", { for: id }, label),
        make("input", { type: "date", id, value: date_text(day), required: "" }));
}

// `ask(as_at, as_known)` is called with other days, as texts.
export function plan_section(view, ask) {
    const { plan, day, known, size } = view;
    const form = make("form", { class: "days", "aria-label": "Days" },
        day_field("as-at", "True on", day), day_field("as-known", "As known on", known),
        make("button", { type: "submit" }, "Show"));
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        ask(form.querySelector("#as-at").value, form.querySelector("#as-known").value);
    });
    const stage = plan.stage.value_at(day);
    return section("plan", `Plan ${plan.ref} on ${date_in_words(day)}`,
        make("p", {}, title_of(view, plan.ref)),
        make("p", { class: "soft" }, `What was true on ${date_in_words(day)}, as it was known on ` +
            `${date_in_words(known)}: the first ${size} events. ` +
            `${stage === null ? "" : `The plan is ${in_words(stage)}.`}`),
        form, counts(view), parts_on(plan.areas, day).map((area) => area_part(view, area)));
}
