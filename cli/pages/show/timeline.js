// What a reader saw on each day: the rating of an action as bars along time, and as a table.
import { delivery_on } from "../check/calendar.js";
import { date_text, first_day_of, month_of } from "../check/time.js";
import { make, make_svg, section, table } from "./dom.js";
import { parts_on } from "../check/state_check.js";
import { look_of, shown_tag } from "./wording.js";
import { title_of } from "./plan_view.js";

const width = 900;
const left = 4;

// The stretches of days with one rating, up to the day of the view.
export function stretches(plan, action, day) {
    const found = [];
    for (let at = action.added_on; at <= day; ++at) {
        const shown = delivery_on(plan, action, at);
        const last = found.at(-1);
        if (last !== undefined && last.code === shown.code && last.because === shown.because) {
            last.until = at;
        } else {
            found.push({ from: at, until: at, ...shown });
        }
    }
    return found;
}

// One mark a quarter; the year stands at its first.
function axis(from, until, x) {
    const marks = [];
    for (let month = Math.ceil(month_of(from) / 3) * 3; first_day_of(month) <= until; month += 3) {
        const at = x(first_day_of(month));
        marks.push(make_svg("line", { class: "axis", x1: at, x2: at, y1: 30, y2: 36 }));
        if (month % 12 === 0) {
            marks.push(make_svg("text", { x: at + 3, y: 46 }, String(month / 12)));
        }
    }
    return marks;
}

function drawing(name, bars, from, until) {
    const x = (day) => left + ((day - from) / Math.max(1, until + 1 - from)) * (width - 2 * left);
    const shapes = bars.flatMap((bar) => {
        const { word, shape, colour } = look_of("delivery", bar.code);
        const [begin, end] = [x(bar.from), x(bar.until + 1)];
        const label = end - begin > 7 * (word.length + 4) ? `${shape} ${word}` : shape;
        return [make_svg("rect", { class: `lane ${colour}`, x: begin, y: 4,
            width: Math.max(1, end - begin), height: 24 }),
        end - begin > 14 ? make_svg("text", { x: begin + 4, y: 20 }, label) : null];
    });
    return make_svg("svg", { viewBox: `0 0 ${width} 50`, role: "img",
        "aria-label": `Ratings of ${name} over time; the table beside it says the same` },
    shapes, axis(from, until, x));
}

function action_part(view, action, from) {
    const { plan, day } = view;
    const bars = stretches(plan, action, day);
    return make("div", {}, make("h3", {}, `${action.ref} `, title_of(view, action.ref)),
        drawing(action.ref, bars, from, day),
        make("details", {}, make("summary", {}, `${action.ref}: the same as a table`),
            table(`What ${action.ref} showed`, [["From", "day"], ["To", "day"], ["Rating"]],
                bars.map((bar) => [date_text(bar.from), date_text(bar.until),
                    shown_tag("delivery", bar)]))));
}

export function ratings_section(view) {
    const actions = parts_on(view.plan.actions, view.day);
    const from = Math.min(view.day, ...actions.map((action) => action.added_on));
    return section("ratings", "Ratings over time",
        make("p", {}, "What a reader of the plan saw on each day, with deadlines counted. Each " +
            "bar is a rating by its word, its shape and its colour."),
        actions.map((action) => action_part(view, action, from)));
}
