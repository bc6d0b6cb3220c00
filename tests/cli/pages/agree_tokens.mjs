// Packs with timestamps and cosignatures, under policies and root certificates of the reader's:
// tokens of which each is a little wrong, raw or signed again, and words that bound when events
// were recorded. Each case is a pack, a policy and roots; empty where the reader brings none.
import { utf8, concat } from "../../../cli/pages/check/bytes.js";
import { mark_line } from "../../../cli/pages/check/pack.js";
import { Authority, extension, hashed, octets, purposes, sequence, whole } from "./authority.mjs";
import { BentForge, busy_ledger } from "./bent.mjs";
import { Stamps, bent_tokens, other, ours } from "./bent_tokens.mjs";
import { mutant } from "./dice.mjs";
import { members_of, plan_of_entries, with_page, zip } from "./pack_maker.mjs";

const day = 18_995;
const page = `<p>page</p>\n${mark_line}`;
const witness = "w1.example";
const none = new Uint8Array();

// An anchor of an earlier checkpoint stands among the events.
function anchored_ledger(change = {}) {
    const forge = busy_ledger(new BentForge(-1, null));
    const size = forge.entries.length - 3;
    forge.record("checkpointAnchored", "ledger", { by: "founder-office", as: "founder",
        fields: { size, root: forge.tree.root_at(size), means: "timestamp",
            digest: hashed("sha256", "a token"), time: 1_640_995_200, ...change } });
    return forge;
}
const forge = anchored_ledger();
const checkpoint = forge.checkpoint();
const plain = members_of(forge, plan_of_entries(forge.entries), { day });

// The pack with these timestamps, cosigned or not.
export function pack_with_tokens(tokens, { note = checkpoint, members = plain } = {}) {
    const all = new Map([...members, ["checkpoint", note]]);
    tokens.forEach((token, i) => all.set(`timestamps/${i}.tsr`, token));
    return zip(with_page(all, page));
}

const made = new Stamps(checkpoint);
const second_at = (seconds) => new Date(seconds * 1000).toISOString().replace(/[-:T]|\.\d+/g, "");
const first_hour = 1_640_995_200;  // of the first event

const doubt = "doubt token:timestamps/0.tsr";
const breach = "breach token:timestamps/0.tsr";
const bent = bent_tokens(made);

const bounded = (seconds) => made.info({ at: second_at(seconds) });
const cosigned = (time) => forge.checkpoint({ witnesses: [witness], time });
const policy = forge.policy([witness]);

const bounds = [
    ["a token of the time of its third event", [pack_with_tokens([bounded(first_hour + 7200)]),
        none, ours.roots], ["doubt time:3"]],
    ["one within what clocks differ by", [pack_with_tokens([bounded(
        first_hour + 3600 * (forge.entries.length - 1) - 600)]), none, ours.roots], [],
    [`doubt time:${forge.entries.length - 1}`]],
    ["one a second beyond that", [pack_with_tokens([bounded(
        first_hour + 3600 * (forge.entries.length - 1) - 602)]), none, ours.roots],
    [`doubt time:${forge.entries.length - 1}`]],
    ["the earliest of three words counts", [pack_with_tokens([bounded(first_hour + 36_000),
        bounded(first_hour + 7200)], { note: cosigned(BigInt(first_hour + 90_000)) }), policy,
    ours.roots], ["doubt time:3"]],
    ["a witness whom the policy names", [pack_with_tokens([], { note: cosigned(
        BigInt(first_hour + 3600)) }), policy, none], ["doubt time:2"]],
    ["one whom it does not name", [pack_with_tokens([], { note: cosigned(
        BigInt(first_hour + 3600)) }), forge.policy(), none], [], ["doubt time:2"]],
    ["a witness of the end of all days", [pack_with_tokens([], { note: cosigned(2n ** 63n - 1n) }),
        policy, none], [], ["doubt time:0"]],
    ["a timestamp of 64 KiB", [pack_with_tokens([new Uint8Array(65_537)]), none, none],
        ["breach member:timestamps/0.tsr"]],
    ["a policy whose witness has not cosigned", [pack_with_tokens([made.good]), policy, ours.roots],
        ["breach brought"], [doubt]],
    ["roots that are none", [pack_with_tokens([made.good]), none, utf8("no PEM\n")], [doubt]],
    ["an anchor of a root that the ledger never had", [pack_with_tokens([], with_anchor(
        { root: new Uint8Array(32) })), none, none],
    [`breach root:${forge.entries.length - 1}`]],
    ["an anchor of the token beside it", [pack_with_tokens([made.good], with_anchor(
        { digest: hashed("sha256", made.good), size: forge.entries.length })), none, ours.roots],
    [breach]],
];

function with_anchor(change) {
    const made = anchored_ledger(change);
    return { note: made.checkpoint(),
        members: members_of(made, plan_of_entries(made.entries), { day }) };
}

// A ledger in which two events commit to what was said of its first events: a witness's word and
// an authority's. `told` are the seconds that they are said to be of.
const seen = 40;
function witnessed_ledger({ time = BigInt(first_hour + 3600 * seen), told = time } = {}) {
    const forge = busy_ledger(new BentForge(-1, null));
    const signer = forge.signer("ledger");  // whose key it was then
    const note = forge.checkpoint({ size: seen, witnesses: [witness], time, signer });
    const stamps = new Stamps(forge.checkpoint({ size: seen, signer }));
    const token = stamps.info({ at: second_at(Number(time)) });
    for (const [means, bytes] of [["cosignature", note], ["timestamp", token]]) {
        forge.record("checkpointAnchored", "ledger", { by: "founder-office", as: "founder",
            fields: { size: seen, root: forge.tree.root_at(seen), means,
                digest: hashed("sha256", bytes), time: Number(told) } });
    }
    const members = members_of(forge, plan_of_entries(forge.entries), { day });
    return { note, token, stamps, last: forge.entries.length - 1, forge,
        members: new Map([...members, [`earlier/${seen}`, note],
            [`earlier/${seen}.0.tsr`, token]]) };
}
const witnessed = witnessed_ledger();
const with_earlier = (change = {}, { members } = witnessed) =>
    zip(with_page(new Map([...members, ...Object.entries(change)]), page));
const note_name = `earlier/${seen}`;
const token_name = `${note_name}.0.tsr`;
const late = witnessed_ledger({ time: BigInt(first_hour + 3600 * 2_000) });
const mistold = witnessed_ledger({ told: BigInt(first_hour) });

const earlier = [
    ["earlier words that events commit to", [with_earlier(), none, ours.roots], [],
        [`doubt token:${token_name}`, `doubt time:${witnessed.last}`,
            `breach member:${note_name}`]],
    ["earlier words of a day to come", [with_earlier({}, late), none, ours.roots],
        [`doubt time:${late.last}`]],
    ["an earlier token of another time than is said", [with_earlier({}, mistold), none,
        ours.roots], [`breach anchor:${mistold.last}`, `breach anchor:${mistold.last - 1}`]],
    ["an earlier token over the pack's own checkpoint", [with_earlier({ [token_name]:
        new Stamps(witnessed.forge.checkpoint()).good }), none, none],
    [`breach token:${token_name}`]],
    ["an earlier checkpoint that a stranger signed", [with_earlier({ [note_name]:
        witnessed.forge.checkpoint({ size: seen, signer: witnessed.forge.signer("stranger") }) }),
    none, none], [`breach member:${note_name}`]],
    ["an earlier checkpoint under another size", [with_earlier({ "earlier/41": witnessed.note }),
        none, none], ["breach member:earlier/41"]],
    ["an earlier token over nothing that is here", [with_earlier({ "earlier/41.0.tsr":
        witnessed.token }), none, none], ["breach member:earlier/41.0.tsr"]],
    ["an earlier line that the policy's witness did not sign", [with_earlier({ [note_name]:
        spoiled_line(witnessed.note) }), witnessed.forge.policy([witness]), none],
    ["breach brought"]],
    ["an earlier token of 64 KiB", [with_earlier({ [token_name]: new Uint8Array(65_537) }), none,
        none], [`breach member:${token_name}`]],
];

// The last line says another second.
function spoiled_line(note) {
    const text = Buffer.from(note).toString();
    const at = text.lastIndexOf(" ") + 1;
    const bytes = Buffer.from(text.slice(at), "base64");
    bytes[11] ^= 1;
    return utf8(`${text.slice(0, at)}${bytes.toString("base64")}\n`);
}

// {name, sort, parts}, with what both must say of it among other things, and what neither may.
export const known_tokens = [
    ...bent.flatMap(({ name, token, alone, believed }) => {
        const parts = [pack_with_tokens([token]), none];
        const told = (verdict) => [verdict === null ? [] : [verdict],
            [doubt, breach].filter((each) => each !== verdict)];
        return [[`a timestamp ${name}`, [...parts, ours.roots],
            ...told(!alone ? breach : believed ? null : doubt)],
        [`a timestamp ${name}, to who has no roots`, [...parts, none],
            ...told(alone ? null : breach)]];
    }), ...bounds, ...earlier]
    .map(([name, parts, said, unsaid = []]) => ({ sort: "t", name, parts, said, unsaid }));

function flipped(dice, bytes) {
    const spoiled = Uint8Array.from(bytes);
    spoiled[dice.below(spoiled.length)] ^= 1 << dice.below(8);
    return spoiled;
}

const other_digests = ["sha256", "sha384", "sha512"].map((hash) =>
    new Authority("Test root", { hash }).token(checkpoint));
const seeds = [made.good, ...other_digests, made.words({ named: "v1" }),
    made.reply({ certificates: [ours.own, ours.between, ours.root] })];

// Signed again, with one part of what is signed spoiled.
const again = [
    (dice) => made.info(flipped(dice, made.own_info())),
    (dice) => made.info(mutant(dice, [made.own_info()])),
    (dice) => made.reply({ words: spoiled_one(dice, made.own_words()) }),
    (dice) => made.reply({ status: dice.one_of([whole(3), whole(0, 0), octets(none),
        whole(0, 200)]) }),
    (dice) => made.info({ at: dice.one_of(["20220101000000Z", "20220102000000Z", "20220103120000Z",
        "19691231235959Z", "20220103120000.25Z"]) }),
    (dice) => dice.one_of(bent).token,
    (dice) => made.reply({ certificates: [flipped(dice, ours.own), ours.between] }),
    (dice) => made.reply({ certificates: [ours.own, flipped(dice, ours.between)] }),
    (dice) => made.signer({ extensions: [purposes(), extension(dice.one_of(["2.5.29.15",
        "2.5.29.19", "2.5.29.17", "2.5.29.32", "2.5.29.99"]), sequence(), dice.below(2) === 0)] }),
];

function spoiled_one(dice, attributes) {
    const at = dice.below(attributes.length);
    return attributes.map((each, i) => i === at ? flipped(dice, each) : each);
}

// What was said before, one part of it spoiled.
function spoiled_earlier(dice) {
    const { note, stamps, token } = witnessed;
    const name = dice.one_of([note_name, token_name, token_name]);
    const content = name === note_name
        ? dice.one_of([flipped(dice, note), mutant(dice, [note]), spoiled_line(note)])
        : dice.one_of([flipped(dice, token), mutant(dice, [token]),
            stamps.info({ at: second_at(first_hour + dice.below(400_000)) }), stamps.good]);
    return with_earlier({ [name]: content });
}

export function* tokens(dice, count) {
    for (let i = 0; i < count; ++i) {
        if (i % 5 === 0) {
            yield { is_well_formed: true, parts: [spoiled_earlier(dice),
                dice.one_of([none, witnessed.forge.policy([witness]), witnessed.forge.policy()]),
                dice.one_of([none, ours.roots, other.roots])] };
            continue;
        }
        const is_well_formed = dice.below(2) === 0;
        const made = () => is_well_formed ? dice.one_of(again)(dice)
            : dice.below(2) === 0 ? flipped(dice, dice.one_of(seeds)) : mutant(dice, seeds);
        const all = Array.from({ length: dice.below(3) + 1 }, made);
        const roots = dice.one_of([none, ours.roots, ours.roots, ours.roots, other.roots,
            concat(ours.roots, other.roots)]);
        const [note, believed] = dice.below(3) > 0 ? [checkpoint, none]
            : [cosigned(BigInt(first_hour + dice.below(400_000))),
                dice.one_of([policy, forge.policy(), none])];
        yield { is_well_formed, parts: [pack_with_tokens(all, { note }), believed, roots] };
    }
}
