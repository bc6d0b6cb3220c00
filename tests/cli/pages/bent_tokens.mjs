// Timestamps of which each is wrong in one way, or right in one that is seldom: signed again by who
// may or may not.
import { concat } from "../../../cli/pages/check/bytes.js";
import { Authority, algorithm, authority_of, extension, hashed, nothing, outer, purposes, sequence,
    set, signed_words, stamp_info, usage, whole } from "./authority.mjs";

export const ours = new Authority();
export const other = new Authority("Other root");

// What makes them over some bytes.
export class Stamps {
    constructor(stamped) {
        this.stamped = stamped;
        this.good = this.token();
    }

    // With parts of it changed (authority.mjs).
    token(change = {}, by = ours) {
        return by.token(this.stamped, change);
    }
    info(change) {
        return this.token({ info: change });
    }
    words(change) {
        return this.token({ words: change });
    }
    reply(change) {
        return this.token({ reply: change });
    }
    // By another certificate of the same signer, or below another one between.
    signer(change) {
        return this.token({}, new Authority("Test root", { signer: change }));
    }
    between(change) {
        return this.token({}, new Authority("Test root", { between: change }));
    }
    own_info() {
        return stamp_info(this.stamped);
    }
    own_words(certificate = ours.own) {
        return signed_words(this.own_info(), certificate);
    }
}

// They hold by the root of the first authority.
const good = (made) => [
    ["as it came", made.good],
    ["by SHA-512", made.info({ hash: "sha512" })],
    ["with all that may follow the time", made.info({ more: [sequence(whole(1)),
        Uint8Array.of(1, 1, 255), whole(1, 2, 3), outer(0, outer(4, sequence()))] })],
    ["of a fraction of a second", made.info({ at: "20220415120000.5Z" })],
    ["that names its certificate by SHA-1", made.words({ named: "v1" })],
    ["that names the one between as well", made.words({ others: [ours.between] })],
    ["with the root as well", made.reply({ certificates: [ours.own, ours.between, ours.root] })],
    ["with its certificates the other way round", made.reply({ certificates:
        [ours.between, ours.own] })],
    ["granted with changes", made.reply({ status: whole(1) })],
    ["said to be signed in another way", made.reply({ way: algorithm("1.2.840.113549.1.1.10",
        nothing) })],
    ["whose certificate begins that second", made.signer({ from: "20220415120000Z" })],
];

// They hold by themselves, and that root does not vouch for them.
const unbelieved = (made) => [
    ["that names one that is not above it", made.words({ others: [other.between] })],
    ["without the certificate between", made.reply({ certificates: [ours.own] })],
    ["whose certificate is for anything", made.signer({ extensions: [] })],
    ["whose purpose is not critical", made.signer({ extensions: [purposes(false)] })],
    ["whose certificate is for web servers", made.signer({ extensions:
        [purposes(true, "1.3.6.1.5.5.7.3.1")] })],
    ["whose certificate is for web servers too", made.signer({ extensions:
        [purposes(true, "1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.1")] })],
    ["whose key is for certificates", made.signer({ extensions: [purposes(), usage(0x04, 2)] })],
    ["whose key is to decipher as well", made.signer({ extensions: [purposes(), usage(0x90, 4)] })],
    ["whose certificate had run out", made.signer({ until: "20220415115959Z" })],
    ["whose certificate runs out that second", made.signer({ until: "20220415120000Z" })],
    ["whose certificate was not valid yet", made.signer({ from: "20220415120001Z" })],
    ["with a critical extension of nobody's", made.signer({ extensions: [purposes(),
        extension("1.2.3.4.5", nothing)] })],
    ["below a certificate that may sign none", made.between({ extensions: [] })],
    ["below one whose key may sign none", made.between({ extensions: [authority_of(),
        usage(0x80, 7)] })],
    ["below one that had run out", made.between({ until: "20220101000000Z" })],
    ["below one that is not signed", made.between({ signed: () => new Uint8Array(256) })],
    ["by another authority", made.token({}, other)],
];

// They do not hold, whoever vouches for them.
const wrong = (made) => [
    ["over other bytes", made.info({ imprint: hashed("sha256", "other") })],
    ["of another version", made.info({ version: 2 })],
    ["of no time", made.info({ at: "20221315120000Z" })],
    ["with more behind what was stamped", made.info(concat(made.own_info(), nothing))],
    ["whose signer signed another digest", made.words({ digest: hashed("sha256", "x") })],
    ["whose signer signed another type", made.words({ type: "1.2.840.113549.1.7.1" })],
    ["that names no certificate", made.words({ named: "none" })],
    ["that names another first", made.reply({ words: made.own_words(ours.between) })],
    ["without certificates", made.reply({ certificates: [] })],
    ["with a signature of nothing", made.reply({ signature: new Uint8Array(256) })],
    ["signed by the key of another", made.reply({ signature:
        other.signer.key.sign(set(...made.own_words()), "sha256") })],
    ["rejected", made.reply({ status: whole(2) })],
    ["without a token", sequence(sequence(whole(0)))],
    ["with bytes behind it", concat(made.good, Uint8Array.of(0))],
];

// Each as {name, token, alone, believed}: whether it holds by itself, and by that root.
export function bent_tokens(made) {
    const each = (list, alone, believed) => list.map(([name, token]) =>
        ({ name, token, alone, believed }));
    return [...each(good(made), true, true), ...each(unbelieved(made), true, false),
        ...each(wrong(made), false, false)];
}
