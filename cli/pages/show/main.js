// The page: takes a pack from within itself, from a file or from a drop, checks it and shows it.
import { from_base64, to_hex, utf8 } from "../check/bytes.js";
import { pack_bytes_max } from "../check/zip.js";
import { parse_date } from "../check/time.js";
import { attempt } from "../check/refusal.js";
import { sha256_of_large } from "../check/sha256.js";
import { state_known_on } from "../check/content_check.js";
import { serve_lots } from "../check/lots.js";
import { verify_pack } from "../check/verify.js";
import { schema } from "../schema.js";
import { actions_section } from "./action_view.js";
import { by_id, make } from "./dom.js";
import { evidence_section } from "./evidence_view.js";
import { people_section } from "./people_view.js";
import { plan_section, title_of } from "./plan_view.js";
import { ratings_section } from "./timeline.js";
import { trail_section } from "./trail_view.js";
import { LiveItems, say, show_verdict } from "./verdict_view.js";

class Page {
    constructor() {
        this.source_ = null;  // {bytes, is_embedded}
        this.run_ = 0;
    }

    start() {
        by_id("outside").addEventListener("submit", (event) => {
            event.preventDefault();
            this.check_again_();
        });
        by_id("pack-file").addEventListener("change", (event) => {
            this.take_file_(event.target.files[0]);
        });
        this.accept_drops_();
        const embedded = by_id("pack");
        if (embedded !== null) {
            const { value, refusal } = attempt(() => from_base64(embedded.textContent));
            embedded.remove();  // its text is not needed twice
            if (refusal !== null) {
                say(`The data within this page cannot be read: ${refusal.message}.`);
                return;
            }
            this.take_({ bytes: value, is_embedded: true });
        }
    }

    accept_drops_() {
        const body = document.body;
        const marked = (event, is_over) => {
            event.preventDefault();
            body.classList.toggle("dropping", is_over);
        };
        body.addEventListener("dragover", (event) => marked(event, true));
        body.addEventListener("dragleave", (event) => marked(event, false));
        body.addEventListener("drop", (event) => {
            marked(event, false);
            this.take_file_(event.dataTransfer.files[0]);
        });
    }

    async take_file_(file) {
        if (file === undefined) {
            return;
        }
        if (file.size > pack_bytes_max) {
            say(`The file has ${file.size} bytes; this page takes at most ${pack_bytes_max}. ` +
                "Use wsoa verify for larger packs.");
            return;
        }
        say(`Reading ${file.name}`);
        await this.take_({ bytes: new Uint8Array(await file.arrayBuffer()), is_embedded: false });
    }

    async take_(source) {
        this.source_ = source;
        await this.check_(await brought());
    }

    async check_again_() {
        if (this.source_ === null) {
            say("Choose a pack first.");
            by_id("pack-file").focus();
            return;
        }
        await this.check_(await brought());
        by_id("verdict").scrollIntoView();
    }

    async check_(outside) {
        try {
            await this.check_and_show_(outside);
        } catch (error) {
            // Whatever a pack holds leads to a verdict: this is a fault of the page itself.
            by_id("progress").hidden = true;
            say(`The check broke off by a fault of this page: ${error.message}. Nothing is known ` +
                "of the pack; use wsoa verify.");
        }
    }

    async check_and_show_(outside) {
        const run = ++this.run_;  // a later choice puts an earlier one aside
        const { bytes, is_embedded } = this.source_;
        const items = new LiveItems();
        by_id("told").replaceChildren();
        const progress = by_id("progress");
        progress.hidden = false;
        say("Checking the pack");
        const checked = await verify_pack({ bytes, is_embedded, schema, outside,
            workers: all_workers(), report: (item) => run === this.run_ && items.add(item),
            progress: (done, of) => {
                progress.value = done / of;
            } });
        const digest = is_embedded ? null : to_hex(await sha256_of_large(bytes));
        if (run !== this.run_) {
            return;
        }
        progress.hidden = true;
        show_verdict(checked, digest);
        if (checked.about !== null && (checked.check?.zone ?? null) !== null) {
            this.show_plan_(checked, checked.about.as_at_day, checked.about.as_known_day);
        }
    }

    show_plan_(checked, day, known) {
        const { state, size } = state_known_on(checked.check, known);
        const plan = state.plans.get(checked.about.plan);
        if (plan === undefined || plan.drafted_on > day) {
            by_id("told").replaceChildren(make("p", { class: "warning" },
                `The plan ${checked.about.plan} was not there on that day.`));
            return;
        }
        const view = { pack: checked, plan, day, known, size };
        by_id("title").replaceChildren(plan.ref, " ", title_of(view, plan.ref));
        by_id("contents").hidden = false;
        const ask = (as_at, as_known) => {
            this.show_plan_(checked, parse_date(as_at), parse_date(as_known));
            by_id("plan").scrollIntoView();
        };
        by_id("told").replaceChildren(plan_section(view, ask), actions_section(view),
            ratings_section(view), trail_section(view), evidence_section(view),
            people_section(view));
    }
}

// All that the reader brought from elsewhere, which counts for each pack that is opened after it.
async function brought() {
    return { policy: await outside_bytes("policy"), checkpoint: await outside_bytes("checkpoint"),
        authority: await outside_bytes("authority") };
}

// What the reader typed or chose; null where it is nothing.
async function outside_bytes(name) {
    const file = by_id(`${name}-file`).files[0];
    if (file !== undefined) {
        return new Uint8Array(await file.arrayBuffer());
    }
    const text = by_id(`${name}-text`).value;
    // What is pasted often lacks its last line feed, without which a note is none.
    return text.trim() === "" ? null : utf8(text.endsWith("\n") ? text : `${text}\n`);
}

// A part that is led to by a link is opened; before printing everything is.
function open_target() {
    const target = by_id(decodeURIComponent(location.hash.slice(1)));
    if (target instanceof HTMLDetailsElement) {
        target.open = true;
        target.scrollIntoView();
    }
}
function open_all() {
    document.querySelectorAll("details").forEach((part) => {
        part.open = true;
    });
}

// The page's own script, in which its workers are another entry.
const script = globalThis.document?.currentScript.textContent;
let workers = null;

// As many as leave this thread a processor; none where the browser does not let a file have any.
function all_workers() {
    if (workers === null) {
        const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
        const count = Math.min(4, Math.max(1, (navigator.hardwareConcurrency ?? 2) - 1));
        try {
            workers = Array.from({ length: count }, () => new Worker(url));
        } catch {
            workers = [];  // then signatures are checked in place
        }
    }
    return workers;
}

if (globalThis.document === undefined) {
    serve_lots(self);
} else {
    addEventListener("hashchange", open_target);
    addEventListener("beforeprint", open_all);
    document.addEventListener("DOMContentLoaded", () => new Page().start());
}
