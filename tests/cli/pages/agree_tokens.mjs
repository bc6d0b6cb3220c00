// Packs with timestamps and cosignatures, under policies and root certificates of the reader's:
// tokens of which each is a little wrong, raw or signed again, and words that bound when events
// were recorded. Each case is a pack, a policy and roots; empty where the reader brings none.
import { utf8, concat } from "../../../cli/pages/check/bytes.js";
import { mark_line } from "../../../cli/pages/check/pack.js";
import { Authority, algorithm, certificate, extension, hashed, key_of, nothing, octets, oid, outer,
    purposes, sequence, set, signed_words, stamp_info, usage, whole } from "./authority.mjs";
import { BentForge, busy_ledger } from "./bent.mjs";
import { mutant } from "./dice.mjs";
import { members_of, plan_of_entries, with_page, zip } from "./pack_maker.mjs";

const day = 18_995;
const page = `<p>page</p>\n${mark_line}`;
const witness = "w1.example";
const none = new Uint8Array();
const ours = new Authority();
const other = new Authority("Other root");

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

const token = (change, by = ours) => by.token(checkpoint, change);
const good = token();
const second_at = (seconds) => new Date(seconds * 1000).toISOString().replace(/[-:T]|\.\d+/g, "");
const first_hour = 1_640_995_200;  // of the first event

const bent_signer = (signer) => new Authority("Test root", { signer }).token(checkpoint);
const bent_between = (between) => new Authority("Test root", { between }).token(checkpoint);
const info = (change) => token({ info: change });
const words = (change) => token({ words: change });
const reply = (change) => token({ reply: change });
const own_words = () => signed_words(stamp_info(checkpoint), ours.own);

// Each signed again, by who may or may not: with what is to be said of it to who believes that
// root, and to who brings none.
const doubt = "doubt token:timestamps/0.tsr";
const breach = "breach token:timestamps/0.tsr";
const bent_tokens = [
    ["over other bytes", info({ imprint: hashed("sha256", "other") }), breach, breach],
    ["of another version", info({ version: 2 }), breach, breach],
    ["by SHA-512", info({ hash: "sha512" })],
    ["with all that may follow the time", info({ more: [sequence(whole(1)),
        Uint8Array.of(1, 1, 255), whole(1, 2, 3), outer(0, outer(4, sequence()))] })],
    ["of a fraction of a second", info({ at: "20220415120000.5Z" })],
    ["of no time", info({ at: "20221315120000Z" }), breach, breach],
    ["whose signer signed another digest", words({ digest: hashed("sha256", "x") }), breach,
        breach],
    ["whose signer signed another type", words({ type: "1.2.840.113549.1.7.1" }), breach, breach],
    ["that names no certificate", words({ named: "none" }), breach, breach],
    ["that names its certificate by SHA-1", words({ named: "v1" })],
    ["that names the one between as well", words({ others: [ours.between] })],
    ["that names one that is not above it", words({ others: [other.between] }), doubt, null],
    ["that names another first", token({ words: {}, reply: { words:
        signed_words(stamp_info(checkpoint), ours.between) } }), breach, breach],
    ["without certificates", reply({ certificates: [] }), breach, breach],
    ["without the certificate between", reply({ certificates: [ours.own] }), doubt, null],
    ["with the root as well", reply({ certificates: [ours.own, ours.between, ours.root] })],
    ["with its certificates the other way round", reply({ certificates:
        [ours.between, ours.own] })],
    ["with a signature of nothing", reply({ signature: new Uint8Array(256) }), breach, breach],
    ["signed by the key of another", reply({ signature: other.signer.key.sign(set(...own_words()),
        "sha256") }), breach, breach],
    ["granted with changes", reply({ status: whole(1) })],
    ["rejected", reply({ status: whole(2) }), breach, breach],
    ["said to be signed in another way", reply({ way: algorithm("1.2.840.113549.1.1.10",
        nothing) })],
    ["without a token", sequence(sequence(whole(0))), breach, breach],
    ["with bytes behind it", concat(good, Uint8Array.of(0)), breach, breach],
    ["whose certificate is for anything", bent_signer({ extensions: [] }), doubt, null],
    ["whose purpose is not critical", bent_signer({ extensions: [purposes(false)] }), doubt, null],
    ["whose certificate is for web servers", bent_signer({ extensions:
        [purposes(true, "1.3.6.1.5.5.7.3.1")] }), doubt, null],
    ["whose certificate is for web servers too", bent_signer({ extensions:
        [purposes(true, "1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.1")] }), doubt, null],
    ["whose key is for certificates", bent_signer({ extensions: [purposes(), usage(0x04, 2)] }),
        doubt, null],
    ["whose key is to decipher as well", bent_signer({ extensions: [purposes(), usage(0x90, 4)] }),
        doubt, null],
    ["whose certificate had run out", bent_signer({ until: "20220415115959Z" }), doubt, null],
    ["whose certificate runs out that second", bent_signer({ until: "20220415120000Z" }), doubt,
        null],
    ["whose certificate was not valid yet", bent_signer({ from: "20220415120001Z" }), doubt, null],
    ["whose certificate begins that second", bent_signer({ from: "20220415120000Z" })],
    ["with a critical extension of nobody's", bent_signer({ extensions: [purposes(),
        extension("1.2.3.4.5", nothing)] }), doubt, null],
    ["below a certificate that may sign none", bent_between({ extensions: [] }), doubt, null],
    ["below one whose key may sign none", bent_between({ extensions: [extension("2.5.29.19",
        sequence(Uint8Array.of(1, 1, 255))), usage(0x80, 7)] }), doubt, null],
    ["below one that had run out", bent_between({ until: "20220101000000Z" }), doubt, null],
    ["below one that is not signed", bent_between({ signed: () => new Uint8Array(256) }), doubt,
        null],
    ["by another authority", token({}, other), doubt, null],
];

const bounded = (seconds) => info({ at: second_at(seconds) });
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
    ["a policy whose witness has not cosigned", [pack_with_tokens([good]), policy, ours.roots],
        ["breach brought"], [doubt]],
    ["roots that are none", [pack_with_tokens([good]), none, utf8("no PEM\n")], [doubt]],
    ["an anchor of a root that the ledger never had", [pack_with_tokens([], with_anchor(
        { root: new Uint8Array(32) })), none, none],
    [`breach root:${forge.entries.length - 1}`]],
    ["an anchor of the token beside it", [pack_with_tokens([good], with_anchor(
        { digest: hashed("sha256", good), size: forge.entries.length })), none, ours.roots],
    [breach]],
];

function with_anchor(change) {
    const made = anchored_ledger(change);
    return { note: made.checkpoint(),
        members: members_of(made, plan_of_entries(made.entries), { day }) };
}

// {name, sort, parts}, with what both must say of it among other things, and what neither may.
export const known_tokens = [
    ...bent_tokens.flatMap(([name, bytes, believed = null, alone = null]) => {
        const parts = [pack_with_tokens([bytes]), none];
        const told = (verdict) => [verdict === null ? [] : [verdict],
            [doubt, breach].filter((each) => each !== verdict)];
        return [[`a timestamp ${name}`, [...parts, ours.roots], ...told(believed)],
            [`a timestamp ${name}, to who has no roots`, [...parts, none], ...told(alone)]];
    }), ...bounds]
    .map(([name, parts, said, unsaid = []]) => ({ sort: "t", name, parts, said, unsaid }));

function flipped(dice, bytes) {
    const spoiled = Uint8Array.from(bytes);
    spoiled[dice.below(spoiled.length)] ^= 1 << dice.below(8);
    return spoiled;
}

const curve_like = ["sha256", "sha384", "sha512"].map((hash) =>
    new Authority("Test root", { hash }).token(checkpoint));
const seeds = [good, ...curve_like, words({ named: "v1" }),
    reply({ certificates: [ours.own, ours.between, ours.root] })];

// Signed again, with one part of what is signed spoiled.
const again = [
    (dice) => info(flipped(dice, stamp_info(checkpoint))),
    (dice) => info(mutant(dice, [stamp_info(checkpoint)])),
    (dice) => reply({ words: spoiled_one(dice, own_words()) }),
    (dice) => reply({ status: dice.one_of([whole(3), whole(0, 0), octets(none), whole(0, 200)]) }),
    (dice) => info({ at: dice.one_of(["20220101000000Z", "20220102000000Z", "20220103120000Z",
        "19691231235959Z", "20220103120000.25Z"]) }),
    (dice) => dice.one_of(bent_tokens)[1],
    (dice) => reply({ certificates: [flipped(dice, ours.own), ours.between] }),
    (dice) => reply({ certificates: [ours.own, flipped(dice, ours.between)] }),
    (dice) => bent_signer({ extensions: [purposes(), extension(dice.one_of(["2.5.29.15",
        "2.5.29.19", "2.5.29.17", "2.5.29.32", "2.5.29.99"]), sequence(), dice.below(2) === 0)] }),
];

function spoiled_one(dice, attributes) {
    const at = dice.below(attributes.length);
    return attributes.map((each, i) => i === at ? flipped(dice, each) : each);
}

export function* tokens(dice, count) {
    for (let i = 0; i < count; ++i) {
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
