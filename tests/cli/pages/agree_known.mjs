// Cases on which the two once disagreed, or could, each with what both must say of it: by name, so
// that none of them hangs on chance.
import { concat, to_hex, utf8 } from "../../../cli/pages/check/bytes.js";
import { key_proof_message } from "../../../cli/pages/check/keys.js";
import { mark_line } from "../../../cli/pages/check/pack.js";
import { pack_of_bent, pack_with } from "./agree_packs.mjs";
import { BentForge, busy_ledger } from "./bent.mjs";
import { ledger_of_every_kind, plan_of_every_kind } from "./every_kind.mjs";
import { members_of, plan_of_entries, with_page, zip } from "./pack_maker.mjs";

const day = 18_995;
const first_day = 18_993;
const events_of_a_day = 24;
const page = `<p>page</p>\n${mark_line}`;
const whole = busy_ledger(new BentForge(-1, null));

// A pack in which these members are other ones, and the page's data with them.
function with_members(change) {
    const members = members_of(whole, plan_of_entries(whole.entries), { day });
    change(members);
    return [zip(with_page(members, page))];
}
// A pack as known on the second day, whose state is that at this size.
function known_on_second_day(size) {
    const plan = plan_of_entries(whole.entries.slice(0, size));
    return [zip(members_of(whole, plan, { day: first_day + 1 }))];
}
function replaced(name, from, to) {
    return with_members((members) => {
        const text = Buffer.from(members.get(name)).toString();
        const other = text.replace(from, to);
        if (other === text) {
            throw new Error(`nothing of ${name} was replaced`);
        }
        members.set(name, utf8(other));
    });
}
function followed_by(kind, subject, given) {
    const forge = busy_ledger(new BentForge(-1, null));
    forge.record(kind, subject, { by: "board-chair", as: "boardChair", ...given });
    return [pack_with(forge)];
}
// A pack of the plan of every kind of event, as known on a day.
function of_every_kind(known_day) {
    const forge = ledger_of_every_kind();
    const size = (known_day - first_day + 1) * events_of_a_day;
    const known = plan_of_entries(forge.entries.slice(0, size), plan_of_every_kind);
    return [zip(members_of(forge, known, { plan: plan_of_every_kind, day: known_day }))];
}
// Closes two periods more, the later size first, of which one may be wrong.
function twice_closed(wrong = -1) {
    const forge = busy_ledger(new BentForge(-1, null));
    [56, 50].forEach((size, i) => forge.record("periodClosed", "TH", { by: "programme-officer",
        as: "programmeOffice", fields: { size, heads: forge.heads(size),
            state: forge.state(i === wrong ? 40 : size) } }));
    return [pack_with(forge)];
}
const bent = (at, bend) => [pack_of_bent(at, bend)];

const witness = "w1.example";
function twice_cosigned() {
    const note = Buffer.from(whole.checkpoint({ witnesses: [witness] })).toString();
    const later = Buffer.from(whole.checkpoint({ witnesses: [witness], time: 1_650_000_001n }))
        .toString().split("\n").at(-2);
    return [whole.policy([witness]), utf8(`${note}${later}\n`)];
}
const many = Array.from({ length: 40 }, (_, i) => `w${i}.example`);
const hex = (name) => to_hex(utf8(name));

const packs = [
    ["a whole pack", with_members(() => {}), ["doubt key:16"],
        ["breach shown", "breach state", "breach digest", "breach period:54"]],
    ["another digest of the plan's state", replaced("state.json", /"digest":"./, '"digest":"x'),
        ["breach member:state.json"], ["breach digest"]],
    ["a digest of another state", replaced("state.json", /"digest":"\w+"/,
        `"digest":"${to_hex(whole.state(50))}"`), ["breach digest"]],
    ["a digest of a form that neither knows", replaced("state.json", "plan-state/v4",
        "plan-state/v5"), ["doubt key:16"], ["breach digest"]],
    ["a digest of a form that neither knows, and of another state",
        replaced("state.json", /"format":"[^"]*","digest":"\w+"/,
            `"format":"wsoa-ledger/plan-state/v3","digest":"${to_hex(whole.state(50))}"`),
        ["doubt key:16"], ["breach digest"]],
    ["a plan of every kind of event", of_every_kind(first_day + 20), [],
        ["breach digest", "breach shown", "breach state"]],
    ["a plan of every kind of event, as known on an earlier day", of_every_kind(first_day + 5),
        [], ["breach digest", "breach shown", "breach state"]],
    ["a state as known on an earlier day", known_on_second_day(2 * events_of_a_day),
        ["doubt key:16"], ["breach digest", "breach shown"]],
    ["a state of an earlier day with what was recorded on the next",
        known_on_second_day(2 * events_of_a_day + 4), ["breach digest"]],
    ["a state of an earlier day without its last entry",
        known_on_second_day(2 * events_of_a_day - 1), ["breach digest"]],
    ["a state that the plan of a closed period never had", bent(54, (values, forge) => {
        values.periodClosed.state = forge.state(52);
    }), ["breach period:54"], ["breach heads:54"]],
    ["a closed period of a plan that was not there yet", bent(54, (values) => {
        values.periodClosed.size = 5;
    }), ["breach period:54", "breach heads:54"]],
    ["two closed periods, of which the first is wrong", twice_closed(0),
        ["breach period:61"], ["breach period:62"]],
    ["two closed periods, of which the later is wrong", twice_closed(1),
        ["breach period:62"], ["breach period:61"]],
    ["two periods closed in the order of neither size", twice_closed(), ["doubt key:16"],
        ["breach period:61", "breach period:62"]],
    ["a closed period over an event that cannot be read", bent(18, (values) => {
        values.format = 0;
    }), ["breach entry:18"], ["breach period:54", "breach heads:54"]],
    ["a list where what is shown has an object", replaced("shown.jsonl", /"ratings":\{[^}]*\}/,
        '"ratings":[]'), ["breach shown"]],
    ["a number that is shown with a fraction", replaced("shown.jsonl", '"percent":40',
        '"percent":40.0'), ["breach shown"]],
    ["a key twice in what is shown", replaced("shown.jsonl", "{", '{"type":"plan",'),
        ["breach shown"]],
    ["more in what is shown than a pack shows", replaced("shown.jsonl", "{", '{"more":[{}],'),
        ["breach shown"]],
    ["a member of what is shown that every object has",
        replaced("shown.jsonl", "{", '{"constructor":[{}],'), ["breach shown"]],
    ["a number of a document beyond 64 bits", with_members((members) =>
        members.set("documents/99999999999999999999", utf8("x"))),
    ["breach member:documents/99999999999999999999"]],
    ["a pack without a paper for people", with_members((members) =>
        members.delete("certificate.txt")), ["breach member:certificate.txt"]],
    ["a pack without what is shown", with_members((members) => members.delete("shown.jsonl")),
        ["breach member:shown.jsonl"]],
    ["a pack without a policy", with_members((members) => members.delete("policy")),
        ["breach member:policy"]],
    ["a policy of its own that it does not meet", with_members((members) =>
        members.set("policy", whole.policy([witness]))), ["breach policy"]],
    ["a policy that ends without a line feed", with_members((members) =>
        members.set("policy", whole.policy().subarray(0, -1))), ["breach policy"]],
    ["a key twice in pack.json", replaced("pack.json", "{", '{"plan":"TH",'), ["breach about"]],
    ["a key too many in state.json", replaced("state.json", "{", '{"more":1,'),
        ["breach member:state.json"]],
    ["a number with a fraction", replaced("pack.json", /"size":(\d+)/, '"size":$1.0'),
        ["breach about"]],
    ["half of a character", replaced("pack.json", '"for":"', '"for":"\\ud800'), ["breach about"]],
    ["white space between, which says nothing", replaced("words.jsonl", "{", "{ \t"),
        ["doubt key:16"]],
    ["a day that is none of ours", replaced("state.json", '"as_at":"2022', '"as_at":"2202'),
        ["breach member:state.json"]],
    ["a word of an unknown field", replaced("words.jsonl", '"field":"title"', '"field":"titles"'),
        ["breach member:words.jsonl"]],
    ["a document of a restricted event", bent(20, (values) => {
        values.classification = "restricted";
    }), ["breach document:20", "breach word:20/title"]],
    ["a word that is no text, and was committed to", bent(18, (values, forge) => {
        forge.words = forge.words.filter(({ event }) => event !== 18);
        values.words = [forge.commit_(18, "text", "\u0007")];
    }), ["breach word:18/text"]],
    ["an id that its author gave before", bent(18, (values, forge) => {
        values.id = forge.last_id_of(values.authorKey);
    }), ["breach id:18"]],
    ["a zone in small letters", bent(0, (values) => {
        values.ledgerOpened.zone = "europe/london";
    }), ["doubt key:16"]],
    ["a root that the ledger never had", bent(53, (values) => {
        values.verificationRun.root = new Uint8Array(32);
    }), ["breach root:53"]],
    ["words of another subject that are to be erased", bent(50, (values) => {
        values.erasureRequested.event = 14;
    }), ["breach erasure:50"]],
    ["heads of which one is left out", bent(54, (values, forge) => {
        values.periodClosed.heads = forge.heads(52);
    }), ["breach heads:54"]],
    ["a key that proves itself for its subject alone", bent(55, (values, forge) => {
        const { key } = forge.signer("head-of-send");
        values.authorKey = key;
        values.keyRotated.proof = forge.signer("new key of lead").sign(
            key_proof_message(forge.ledger, "second-lead", values.keyRotated.key));
        return { signer: forge.signer("head-of-send") };
    }), ["breach rule:55/R15"], ["breach rule:55/R09"]],
    ["an anchor, which changes no plan, about a plan", followed_by("checkpointAnchored", "TH",
        { fields: { size: 1, root: whole.tree.root_at(1), means: "cosignature",
            digest: whole.tree.root_at(1), time: 1 } }), ["breach rule:61/R03"],
    ["noted fold:61"]],
    ["an answer to a request about something else", followed_by("changeWithdrawn", "TH-1.2",
        { answers: 41 }), ["doubt key:16"], ["breach rule:61/R65"]],
    ["an event 0 that cannot be read, and a later key of the ledger", bent(0, (values) => {
        values.format = 0;
    }), ["breach entry:0", "noted fold:59", "breach checkpoint"]],
];

const notes = [
    ["a witness that cosigned twice, the later time last", twice_cosigned(),
        [`cosigned ${hex(witness)} 1650000001`]],
    ["a policy of forty witnesses", [whole.policy(many), whole.checkpoint({ witnesses: many })],
        ["quorum met"]],
    ["a carriage return in a policy", [concat(utf8("# one\r\n"), whole.policy()),
        whole.checkpoint()], ["refused policy"]],
    ["a size of 2^63 events", [whole.policy(), whole.checkpoint({ size: 2n ** 63n,
        root: new Uint8Array(32) })], ["quorum met"]],
    ["a size of 2^64 events", [whole.policy(), whole.checkpoint({ size: 2n ** 64n,
        root: new Uint8Array(32) })], ["refused checkpoint"]],
    ["an empty tree of another root", [whole.policy(), whole.checkpoint({ size: 0,
        root: new Uint8Array(32) })], ["breach policy"]],
    ["a log that signs under the name of another", [whole.policy(),
        whole.checkpoint({ text_origin: "other.example/send" })], ["breach policy"]],
    ["a witness whose name in the policy is no ASCII", [utf8(Buffer.from(whole.policy([witness]))
        .toString().replace(`witness ${witness}`, "witness w\u00e9")
        .replace(`all ${witness}`, "all w\u00e9")), whole.checkpoint({ witnesses: [witness] })],
    [`cosigned ${hex("w\u00e9")} 1650000000`]],
];

// {name, sort, parts}, with what both must say among other things, and what neither may say.
export const known = [...packs.map((each) => ["k", ...each]),
    ...notes.map((each) => ["n", ...each])]
    .map(([sort, name, parts, said, unsaid = []]) => ({ sort, name, parts, said, unsaid }));
