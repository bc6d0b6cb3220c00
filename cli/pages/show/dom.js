// Elements from values. What a pack says comes in as text and nothing else: there is no other way
// from a string into the page than a text node.

const svg_space = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
        if (value !== null) {
            element.setAttribute(name, value);
        }
    }
    for (const child of children.flat()) {
        if (child !== null) {
            element.append(child instanceof Node ? child : document.createTextNode(String(child)));
        }
    }
    return element;
}

export function make(tag, attributes = {}, ...children) {
    return fill(document.createElement(tag), attributes, children);
}

export function make_svg(tag, attributes = {}, ...children) {
    return fill(document.createElementNS(svg_space, tag), attributes, children);
}

export const by_id = (id) => document.getElementById(id);

// A part of the page under its own heading, which the contents lead to.
export function section(id, heading, ...children) {
    return make("section", { id, "aria-labelledby": `${id}-heading` },
        make("h2", { id: `${id}-heading` }, heading), ...children);
}

// A table that scrolls within itself where it is wider than the page. Columns are [heading, class];
// a row is a list of cells, of which the first heads the row.
export function table(caption, columns, rows) {
    const cell = (content, i) => make(i === 0 ? "th" : "td",
        { class: columns[i][1] ?? null, scope: i === 0 ? "row" : null },
        ...Array.isArray(content) ? content : [content]);
    return make("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": caption },
        make("table", {},
            make("caption", {}, caption),
            make("thead", {}, make("tr", {}, columns.map(([heading, name]) =>
                make("th", { scope: "col", class: name ?? null }, heading)))),
            make("tbody", {}, rows.map((row) => make("tr", {}, row.map(cell))))));
}

// Pairs of a name and what is said of it.
export function facts(pairs) {
    return make("dl", {}, pairs.flatMap(([name, value]) =>
        [make("dt", {}, name), make("dd", {}, ...Array.isArray(value) ? value : [value])]));
}

export const quiet = (text) => make("span", { class: "quiet" }, text);
export const mono = (text) => make("code", {}, text);
