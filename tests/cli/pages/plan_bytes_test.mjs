// The canonical bytes of a plan's state against the program's, byte by byte; where they differ, the
// test says in which member.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { equal, from_hex } from "../../../cli/pages/check/bytes.js";
import { read_event } from "../../../cli/pages/check/event.js";
import { fold, new_state } from "../../../cli/pages/check/fold.js";
import { digest_of, write_plan } from "../../../cli/pages/check/plan_digest.js";
import { Pauses, at_once } from "../../../cli/pages/check/pause.js";
import { of_maps, of_plan } from "../../../cli/pages/check/plan_members.js";
import { Writer } from "../../../cli/pages/check/record_bytes.js";
import { entries_of_bundle } from "../../../cli/pages/check/tiles.js";
import { begins_at, bent_entry, entries_of_every_kind, fields_of_every_kind, retold, state_case }
    from "./agree_states.mjs";
import { BentForge, busy_ledger } from "./bent.mjs";
import { golden_hex, schema, source } from "./built.mjs";
import { Dice } from "./dice.mjs";
import { Program, members_from } from "./from_program.mjs";
import { program_verdicts } from "./judged.mjs";
import { digest_at_once, plan_of_entries } from "./pack_maker.mjs";
import { plan_from } from "./record_reader.mjs";
import { add_strays } from "./stray.mjs";

// Remembers which member begins where.
class TracingWriter extends Writer {
    constructor(choices) {
        super(choices);
        this.path_ = [];
        this.begun = [];
    }

    enter(name, value) {
        super.enter(name, value);
        this.path_.push(name);
        this.begun.push({ at: this.size, path: this.path_.join(" / ") });
    }
    leave() {
        this.path_.pop();
    }
}

function traced(plan) {
    const writer = new TracingWriter(schema.choices);
    at_once(write_plan(writer, plan));
    return writer;
}

// Where two spellings of a plan part, in words; null where they do not.
function difference(plan, theirs) {
    const { bytes: ours, begun } = traced(plan);
    const at = ours.findIndex((byte, i) => byte !== theirs[i]);
    if (at < 0) {
        return ours.length === theirs.length ? null : `ours end after ${ours.length} bytes`;
    }
    return `byte ${at}, in ${begun.findLast((member) => member.at <= at).path}`;
}

// Compares the bytes of the plan at each of those sizes of the ledger.
function compare_at(sizes, entries, ref) {
    const theirs = program_verdicts(sizes.map((size) =>
        ({ sort: "b", parts: state_case(entries.slice(0, size), ref) })));
    sizes.forEach((size, i) => {
        const plan = plan_of_entries(entries.slice(0, size), ref);
        assert.deepEqual([plan === null, theirs[i].length], [theirs[i].length === 0,
            plan === null ? 0 : 1]);
        if (plan !== null) {
            assert.equal(difference(plan, from_hex(theirs[i][0])), null, `${ref} at ${size}`);
        }
    });
}
const up_to = (end, step = 1) => Array.from({ length: Math.ceil(end / step) }, (_, i) =>
    Math.min(end, (i + 1) * step));

test("a plan of every kind has the same bytes after each of its events", () => {
    compare_at(up_to(entries_of_every_kind.length), entries_of_every_kind, "TW");
});

test("that plan leaves out no kind of event, and its folds take all of it", () => {
    const state = new_state();
    const kinds = new Set(entries_of_every_kind.map((entry, i) => {
        const event = read_event(schema, i, entry);
        fold(state, event);
        return event.change.kind;
    }));
    assert.deepEqual(state.anomalies, []);
    const about_ledger = (kind) => schema.kinds[kind].about.every((subject) =>
        ["the ledger", "a person"].includes(subject));
    assert.deepEqual(Object.keys(schema.kinds).filter((kind) => !kinds.has(kind))
        .filter((kind) => !about_ledger(kind)), []);
});

const places = [...entries_of_every_kind.keys()];
const of_plan_alone = places.slice(begins_at);

test("where all is recorded twice, or in any other order, the bytes are the same too", () => {
    const twice = retold([...places, ...of_plan_alone]);
    compare_at(up_to(twice.length), twice, "TW");
    const dice = new Dice(20221129);
    // What adds parts stays in front, or most of the rest would be about nothing.
    const adds_part = (place) => {
        const { kind } = read_event(schema, place, entries_of_every_kind[place]).change;
        return schema.kinds[kind].adds === "subject" ||
            ["exceptionOpened", "erasureRequested"].includes(kind);
    };
    const first = places.filter((place) => place < begins_at || adds_part(place));
    const rest = places.filter((place) => !first.includes(place));
    for (let i = 0; i < 10; ++i) {
        const mixed = retold([...first, ...dice.shuffled([...rest, ...rest])]);
        compare_at(up_to(mixed.length, 20), mixed, "TW");
    }
});

test("a plan with entries that make no sense has the same bytes", () => {
    for (const seed of [1, 2, 3]) {
        const { entries } = add_strays(new Dice(seed), busy_ledger(new BentForge(-1, null)), 200);
        compare_at(up_to(entries.length, 20), entries, "TH");
    }
});

const folder = mkdtempSync(join(tmpdir(), "wsoa-plan-bytes-"));
after(() => rmSync(folder, { recursive: true }));

test("the worked example, as the program recorded it, has the same bytes", () => {
    const program_file = process.env.WSOA_PROGRAM ?? join(source, "build/wsoa");
    execFileSync(join(source, "scripts/example/record"),
        [program_file, join(source, "scripts/example"), join(folder, "demo")],
        { stdio: "ignore" });
    const program = new Program(program_file, join(folder, "demo"));
    const members = members_from(program, "TH", "2023-12-31");
    const bundles = [...members].filter(([name]) => name.startsWith("tile/entries/"))
        .sort(([one], [other]) => one < other ? -1 : 1);
    const entries = bundles.flatMap(([name, bytes]) =>
        entries_of_bundle(bytes, Number(/\.p\/(\d+)$/.exec(name)?.[1] ?? 256)));
    assert.ok(entries.length > 100);
    compare_at(up_to(entries.length, 10), entries, "TH");
});

test("the golden bytes are read as a plan, which has just these bytes", () => {
    const golden = golden_hex("projections/plan.hex");
    const plan = plan_from(golden, schema.choices);
    assert.equal(plan.ref, "TH");
    assert.equal(difference(plan, golden), null);
});

// What a value of that shape is made of, as {shape, value} each; the value is null where only the
// shapes are asked for.
function parts_of(shape, value) {
    const each = (of, values) => (value === null ? [null] : [...values()])
        .map((part) => ({ shape: of, value: part }));
    switch (shape.sort) {
        case "members": return Object.entries(shape.shapes).map(([name, of]) =>
            ({ shape: of, value: value?.[name] ?? null, owner: shape, name }));
        case "list": return each(shape.shape, () => value);
        case "map": return each(shape.value, () => value.values());
        case "register": return each(shape.settings, () => [value.settings]);
        case "optional": return [{ shape: shape.shape, value }];
        default: return [];
    }
}

// Calls `tell(owner, name, value)` for each member of an object within.
function each_member(shape, value, tell) {
    for (const part of parts_of(shape, value)) {
        if (part.owner !== undefined) {
            tell(part.owner, part.name, part.value);
        }
        each_member(part.shape, part.value, tell);
    }
}

const is_there = (value) => value !== null && (!Array.isArray(value) || value.length > 0);

test("and the plan of every kind holds a value for every member that there is", () => {
    const plan = plan_of_entries(entries_of_every_kind, "TW");
    const held = new Map();
    const tell = (owner, name, value) => {
        const names = held.get(owner) ?? new Map();
        held.set(owner, names.set(name, names.get(name) || is_there(value)));
    };
    const look = (shape, values) => {
        each_member(shape, null, tell);
        values.forEach((value) => each_member(shape, value, tell));
    };
    look(of_plan, [plan]);
    Object.entries(of_maps).forEach(([name, shape]) => look(shape, [...plan[name].values()]));
    const lacking = [...held.values()].flatMap((names) =>
        [...names].filter(([, is_held]) => !is_held)
            .map(([name]) => `${name} of ${[...names.keys()]}`));
    // Most values cannot be struck.
    assert.deepEqual(lacking.filter((each) => !each.startsWith("struck_at")), []);
    assert.ok(held.size > 70);
});

test("an entry that is spelled anew without a change is the very entry", () => {
    for (const field of fields_of_every_kind) {
        assert.ok(equal(bent_entry(field.at, field), entries_of_every_kind[field.at]));
    }
    assert.ok(begins_at > 0);
});

test("the digest is over label, line feed and bytes, however it pauses", async () => {
    const plan = plan_of_entries(entries_of_every_kind, "TW");
    const always = Object.assign(new Pauses(), { times: 0, when_due() {
        this.times += 1;
        return Promise.resolve();
    } });
    for (const pauses of [new Pauses(), always]) {
        assert.deepEqual(await digest_of(plan, schema, pauses), digest_at_once(plan));
    }
    assert.ok(always.times > 20);
});

test("what has no value for a member, or one that there is not, is no plan", () => {
    const plan = () => plan_of_entries(entries_of_every_kind, "TW");
    for (const [spoil, why] of [
        [(spoilt) => delete spoilt.due, /no "due"/],
        [(spoilt) => delete spoilt.actions.get("TW-1.1").claims[0].rejected, /no "rejected"/],
        [(spoilt) => {
            spoilt.kind = "strategy";
        }, /"strategy" is no PlanKind/],
        [(spoilt) => {
            spoilt.kind = "unset";
        }, /"unset" is no PlanKind/],
        [(spoilt) => {
            spoilt.marks[0].how = "doubted";
        }, /"doubted" is none of/]]) {
        const spoilt = plan();
        spoil(spoilt);
        assert.throws(() => digest_at_once(spoilt), why);
    }
});
