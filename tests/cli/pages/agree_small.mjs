// Notes under policies, proofs, changes and events of which each is a little wrong, raw or well
// formed again: signed, hashed and encoded anew.
import { concat, to_base64, utf8 } from "../../../cli/pages/check/bytes.js";
import { note_key, type_cosignature, type_ed25519 } from "../../../cli/pages/check/note.js";
import { Tree, hash_leaf } from "../../../cli/pages/check/tree.js";
import { entries } from "./agree_packs.mjs";
import { BentForge, bend_field, busy_ledger } from "./bent.mjs";
import { mutant } from "./dice.mjs";
import { bytes_from, change_bytes, entry_bytes } from "./forge.mjs";
import { golden, golden_hex, golden_names } from "./built.mjs";
import { values_of_kinds } from "./stray.mjs";

const forge = busy_ledger(new BentForge(-1, null));
const witnesses = ["w1.example", "w2.example", "w3.example"];
const id_bytes = (key) => Uint8Array.from(Buffer.from(key.id, "hex"));

function line_of(name, key, signature) {
    return `\u2014 ${name} ${to_base64(concat(id_bytes(key), signature))}\n`;
}
function log_line(text, name = forge.origin, signer = forge.ledger_key) {
    return line_of(name, note_key(name, type_ed25519, signer.key), signer.sign(utf8(text)));
}
function witness_line(text, name, time, signer = forge.signer(name)) {
    const stamp = new Uint8Array(8);
    new DataView(stamp.buffer).setBigUint64(0, time);
    const signed = signer.sign(utf8(`cosignature/v1\ntime ${time}\n${text}`));
    return line_of(name, note_key(name, type_cosignature, forge.signer(name).key),
        concat(stamp, signed));
}

const sizes = ["0", "1", "7", "007", "", "9007199254740993", "18446744073709551615",
    "18446744073709551616", "-1", "1e3", String(entries.length)];
const roots = [to_base64(bytes_from("root")), to_base64(new Uint8Array(31)), "",
    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    to_base64(forge.tree.root_at(forge.tree.size))];
const tails = ["", "", "", "an extension\n", "\n", "two\nlines\n", "\u00e9\u0301\n"];
const names = [forge.origin, forge.origin, "other.example/send", "a b", "a+b", "\ufeffa",
    "a\u2003b"];
const times = [0n, 1_650_000_000n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n];

// A note with every line signed by whom it names, over a text of any kind.
function signed_note(dice) {
    const plain = dice.below(2) === 0;
    const text = plain ? `${forge.origin}\n7\n${roots[0]}\n`
        : `${dice.one_of(names)}\n${dice.one_of(sizes)}\n${dice.one_of(roots)}\n` +
            dice.one_of(tails);
    const lines = [log_line(text)];
    for (let i = dice.below(4); i > 0; --i) {
        const name = dice.one_of(witnesses);
        lines.push(witness_line(text, name, dice.one_of(times),
            dice.below(6) === 0 ? forge.signer("stranger") : undefined));
    }
    if (dice.below(6) === 0) {
        lines.push(log_line(text, "other.example/send"));
    }
    if (dice.below(6) === 0) {
        lines.push(log_line(text, forge.origin, forge.signer("stranger")));
    }
    if (dice.below(4) === 0) {
        lines.splice(dice.below(lines.length), 1);
    }
    return utf8(`${text}\n${dice.below(2) === 0 ? lines.join("") : lines.reverse().join("")}`);
}

const vkey = (name, type = type_cosignature) => forge.vkey(name, type,
    type === type_ed25519 ? forge.ledger_key.key : forge.signer(name).key);
const log_of_forge = `log ${vkey(forge.origin, type_ed25519)}`;
const small_order = forge.vkey("small.example", type_cosignature,
    Uint8Array.from({ length: 32 }, (_, i) => i === 0 ? 1 : 0));
const mldsa = forge.vkey("mldsa.example", 6, new Uint8Array(1312).fill(7));

// Lines of which some make a policy, and some none.
const policy_lines = [log_of_forge, log_of_forge, `log ${vkey("other.example/send", type_ed25519)}`,
    ...witnesses.map((name) => `witness ${name} ${vkey(name)}`), `witness m ${mldsa}`,
    `witness w1 ${vkey("w1.example")}`, `witness s ${small_order}`, "# nothing", "", "\t",
    "group g all w1.example w2.example", "group g 2 w1.example w2.example w3.example",
    "group g any w1.example w1.example", "group h 1 g w3.example", "group g 0 w1.example",
    "group none any w1.example", "quorum none", "quorum none", "quorum g", "quorum w1.example",
    "quorum h", "quorum nobody", "quorum none more", `log ${mldsa}`, "log", "witness w1.example",
    "quorum none\r", "# \u0007", "what"];

function some_policy(dice) {
    const { length } = policy_lines;
    const lines = Array.from({ length: 2 + dice.below(8) }, () => policy_lines[dice.below(length)]);
    return utf8(`${lines.join("\n")}${dice.below(12) === 0 ? "" : "\n"}`);
}
const whole_policies = [[], witnesses, ["w1.example"], ["w2.example", "w3.example"]]
    .map((each) => forge.policy(each));
const policy_of = (dice) => dice.below(4) === 0 ? some_policy(dice) : dice.one_of(whole_policies);

const plain_notes = [forge.checkpoint(), forge.checkpoint({ witnesses }),
    forge.checkpoint({ witnesses: ["w1.example"] }), Uint8Array.from(golden("tree/checkpoint"))];

export function* notes(dice, count) {
    for (let i = 0; i < count; ++i) {
        const is_well_formed = i % 2 === 0;
        yield { is_well_formed, parts: is_well_formed ? [policy_of(dice), signed_note(dice)]
            : dice.below(2) === 0 ? [dice.one_of(whole_policies), mutant(dice, plain_notes)]
                : [mutant(dice, whole_policies), dice.one_of(plain_notes)] };
    }
}

function proof_text(index, path, note, extra = "") {
    return concat(utf8(`c2sp.org/tlog-proof@v1\n${extra}index ${index}\n` +
        `${path.map((hash) => `${to_base64(hash)}\n`).join("")}\n`), note);
}

function whole_proof(index, size) {
    return proof_text(index, forge.tree.inclusion_path(index, size), forge.checkpoint({ size }));
}

// A tree of other entries, or a proof whose parts belong to different places, signed all the same.
function signed_proof(dice) {
    const size = 1 + dice.below(entries.length);
    const index = dice.below(size);
    const tree = new Tree();
    entries.slice(0, size).forEach((entry) => tree.append(hash_leaf(entry)));
    const path = tree.inclusion_path(dice.below(3) === 0 ? dice.below(size) : index, size);
    if (dice.below(4) === 0) {
        path.splice(dice.below(path.length + 1), dice.below(2), bytes_from("a hash"));
    }
    const text = `${forge.origin}\n${dice.below(3) === 0 ? dice.one_of(sizes) : size}\n` +
        `${to_base64(dice.below(4) === 0 ? bytes_from("root") : tree.root_at(size))}\n`;
    const extra = dice.one_of(["", "", "", "extra AAAA\n", "extra \n", "extra AAA\n"]);
    const told = dice.below(5) === 0 ? dice.one_of(sizes) : index;
    const proof = proof_text(told, path, utf8(`${text}\n${log_line(text)}`), extra);
    const entry = entries[dice.below(4) === 0 ? dice.below(entries.length) : index];
    return [dice.one_of(whole_policies), proof, entry];
}

const plain_proofs = [0, 1, 5, 12].map((index) => whole_proof(index, 13));

export function* proofs(dice, count) {
    for (let i = 0; i < count; ++i) {
        const is_well_formed = i % 2 === 0;
        yield { is_well_formed, parts: is_well_formed ? signed_proof(dice)
            : [whole_policies[0], mutant(dice, plain_proofs), entries[5]] };
    }
}

const golden_changes = golden_names("change").filter((name) => name.endsWith(".hex"))
    .map((name) => golden_hex(`change/${name}`));

// The values of a change of the busy ledger, bent, and encoded in the one right form.
function values_bent(dice) {
    let values = null;
    busy_ledger(new BentForge(dice.below(entries.length), (those, ledger) => {
        bend_field(dice, those, ledger);
        values = those;
    }));
    return values;
}
const some_values = (dice) => Array.from({ length: 60 }, () => values_bent(dice));

export function* changes(dice, count) {
    const pool = [...some_values(dice), ...values_of_kinds];
    for (let i = 0; i < count; ++i) {
        const is_well_formed = i % 2 === 0;
        if (is_well_formed) {
            const values = structuredClone(dice.one_of(pool));
            bend_field(dice, values, forge);
            yield { is_well_formed, parts: [change_bytes(values)] };
        } else {
            yield { is_well_formed, parts: [mutant(dice, golden_changes)] };
        }
    }
}

export function* events(dice, count) {
    const pool = some_values(dice);
    for (let i = 0; i < count; ++i) {
        const is_well_formed = i % 2 === 0;
        const recorded = dice.one_of([0, -1, 1_650_000_000_000, 7_258_118_399_999,
            7_258_118_400_000]);
        const signature = new Uint8Array(dice.one_of([64, 64, 64, 63, 65, 0]));
        yield { is_well_formed, parts: [is_well_formed
            ? entry_bytes(recorded, change_bytes(dice.one_of(pool)), signature)
            : mutant(dice, entries)] };
    }
}
