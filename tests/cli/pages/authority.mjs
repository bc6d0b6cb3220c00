// Timestamp authorities of the tests' own making: they write certificates and tokens in DER, so
// that each part of a token can be another one and all of it be signed again.
import { checkPrimeSync, createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign }
    from "node:crypto";
import { concat, to_base64, utf8 } from "../../../cli/pages/check/bytes.js";
import { tags } from "../../../cli/pages/check/der.js";
import { bytes_from } from "./forge.mjs";

export function der(tag, ...parts) {
    const content = concat(...parts);
    const size = content.length;
    const length = size < 128 ? [size] : size < 256 ? [129, size] : [130, size >> 8, size & 255];
    return concat(Uint8Array.of(tag, ...length), content);
}
export const sequence = (...parts) => der(tags.sequence, ...parts);
export const set = (...parts) => der(tags.set, ...parts);
export const octets = (bytes) => der(tags.octets, bytes);
export const bits = (bytes) => der(tags.bits, Uint8Array.of(0), bytes);
export const outer = (number, ...parts) => der(0xa0 + number, ...parts);
export const nothing = der(tags.nothing);
const truth = der(tags.boolean, Uint8Array.of(255));
export const whole = (...bytes) => der(tags.integer, Uint8Array.of(...bytes));
const time = (text) => der(tags.time, utf8(text));

export function oid(text) {
    const [first, second, ...rest] = text.split(".").map(Number);
    const bytes = [40 * first + second, ...rest].flatMap((number) => {
        const digits = [number % 128];
        for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128)) {
            digits.unshift(128 + left % 128);
        }
        return digits;
    });
    return der(tags.oid, Uint8Array.from(bytes));
}
export const algorithm = (name, parameters = nothing) => sequence(oid(name), parameters);
export const digests = { sha256: "2.16.840.1.101.3.4.2.1", sha384: "2.16.840.1.101.3.4.2.2",
    sha512: "2.16.840.1.101.3.4.2.3", sha1: "1.3.14.3.2.26" };
export const hashed = (name, bytes) =>
    new Uint8Array(createHash(name).update(bytes).digest());

// A prime of 1024 bits from a text, always the same one.
function prime_from(text) {
    const hex = Array.from({ length: 4 }, (_, i) => bytes_from(`${text} ${i}`))
        .map((part) => Buffer.from(part).toString("hex")).join("");
    let candidate = BigInt(`0x${hex}`) | 3n << 1022n | 1n;
    while ((candidate - 1n) % 65537n === 0n || !checkPrimeSync(candidate)) {
        candidate += 2n;
    }
    return candidate;
}

function inverse(number, modulus) {
    let [old, rest, one, other] = [number % modulus, modulus, 1n, 0n];
    while (rest !== 0n) {
        const times = old / rest;
        [old, rest] = [rest, old - times * rest];
        [one, other] = [other, one - times * other];
    }
    return (one % modulus + modulus) % modulus;
}

function rsa_key(text) {
    const [p, q] = [prime_from(`p of ${text}`), prime_from(`q of ${text}`)];
    const d = inverse(65537n, (p - 1n) * (q - 1n));
    const part = (number) => {
        const hex = number.toString(16);
        return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex").toString("base64url");
    };
    return createPrivateKey({ format: "jwk", key: { kty: "RSA", n: part(p * q), e: "AQAB",
        d: part(d), p: part(p), q: part(q), dp: part(d % (p - 1n)), dq: part(d % (q - 1n)),
        qi: part(inverse(q, p)) } });
}

const keys = new Map();

// Of RSA, or of a curve: {sign(bytes, hash), public, name(hash)}. Of one name there is one key.
export function key_of(name, curve = null) {
    if (!keys.has(name)) {
        keys.set(name, curve === null ? rsa_key(name)
            : generateKeyPairSync("ec", { namedCurve: curve }).privateKey);
    }
    const secret = keys.get(name);
    const ways = curve === null
        ? { sha256: "1.2.840.113549.1.1.11", sha384: "1.2.840.113549.1.1.12",
            sha512: "1.2.840.113549.1.1.13", sha1: "1.2.840.113549.1.1.5" }
        : { sha256: "1.2.840.10045.4.3.2", sha384: "1.2.840.10045.4.3.3",
            sha512: "1.2.840.10045.4.3.4" };
    return { secret,
        public: new Uint8Array(createPublicKey(secret).export({ format: "der", type: "spki" })),
        way: (hash) => curve === null ? algorithm(ways[hash]) : sequence(oid(ways[hash])),
        sign: (bytes, hash) => new Uint8Array(sign(hash, bytes, secret)) };
}

export const name_of = (text, tag = tags.utf8) =>
    sequence(set(sequence(oid("2.5.4.3"), der(tag, utf8(text)))));

export const extension = (name, value, is_critical = true) =>
    sequence(oid(name), ...is_critical ? [truth] : [], octets(value));
const stamps = "1.3.6.1.5.5.7.3.8";
export const purposes = (is_critical = true, ...which) => extension("2.5.29.37",
    sequence(...(which.length > 0 ? which : [stamps]).map(oid)), is_critical);
export const authority_of = (...limits) =>
    extension("2.5.29.19", sequence(truth, ...limits.map((limit) => whole(limit))));
export const usage = (byte, unused) =>
    extension("2.5.29.15", der(tags.bits, Uint8Array.of(unused, byte)));

// A certificate of `key`, by `issuer` ({name, key}).
export function certificate(issuer, { name, key, serial = 7, from = "20200101000000Z",
    until = "20400101000000Z", extensions = [], hash = "sha256", way = issuer.key.way(hash),
    signed = (body) => issuer.key.sign(body, hash) }) {
    const body = sequence(outer(0, whole(2)), whole(serial), way,
        name_of(issuer.name), sequence(time(from), time(until)), name_of(name), key.public,
        outer(3, sequence(...extensions)));
    return sequence(body, way, bits(signed(body)));
}

export const pem = (bytes) => utf8("-----BEGIN CERTIFICATE-----\n" +
    `${to_base64(bytes).replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`);

const attribute = (name, ...values) => sequence(oid(name), set(...values));

// What is stamped, as TSTInfo says it.
export function stamp_info(stamped, { version = 1, hash = "sha256", imprint = hashed(hash, stamped),
    at = "20220415120000Z", more = [] } = {}) {
    return sequence(whole(version), oid("1.2.3.4.1"), sequence(algorithm(digests[hash]),
        octets(imprint)), whole(9), time(at), ...more);
}

// The attributes that a signer signs.
export function signed_words(info, own, { hash = "sha256", type = "1.2.840.113549.1.9.16.1.4",
    digest = hashed(hash, info), named = "v2", others = [] } = {}) {
    const id = (bytes) => named === "v1" ? sequence(octets(hashed("sha1", bytes)))
        : sequence(octets(hashed("sha256", bytes)));
    const attributes = [attribute("1.2.840.113549.1.9.3", oid(type)),
        attribute("1.2.840.113549.1.9.4", octets(digest))];
    if (named !== "none") {
        attributes.push(attribute(`1.2.840.113549.1.9.16.2.${named === "v1" ? 12 : 47}`,
            sequence(sequence(id(own), ...others.map(id)))));
    }
    return attributes;
}

// A reply that grants a token. `info` and `words` are as above.
export function reply_of({ info, words, signer, hash = "sha256", certificates, status = whole(0),
    way = algorithm("1.2.840.113549.1.1.1"), signature = signer.key.sign(set(...words), hash) }) {
    const by = sequence(whole(1), sequence(name_of(signer.issuer), whole(signer.serial ?? 7)),
        algorithm(digests[hash]), outer(0, ...words), way, octets(signature));
    const signed = sequence(whole(3), set(algorithm(digests[hash])),
        sequence(oid("1.2.840.113549.1.9.16.1.4"), outer(0, octets(info))),
        outer(0, ...certificates), set(by));
    return sequence(sequence(status),
        sequence(oid("1.2.840.113549.1.7.2"), outer(0, signed)));
}

// An authority with a root, a certificate between, and one that signs timestamps.
export class Authority {
    constructor(name = "Test root",
        { hash = "sha256", curve = null, signer = {}, between = {} } = {}) {
        this.hash = hash;
        const place = curve ?? "rsa";
        const part = (of) => key_of(`${of} ${name} ${place}`, curve);
        const top = { name, key: part("root") };
        const middle = { name: `Between of ${name}`, key: part("between") };
        this.root = certificate(top, { ...top, extensions: [authority_of()] });
        this.between = certificate(top, { ...middle, serial: 5, hash,
            extensions: [authority_of(0), usage(0x06, 1)], ...between });
        this.signer = { name: "Test timestamps", key: part("stamps"), issuer: middle.name };
        this.own = certificate(middle, { ...this.signer, hash,
            extensions: [purposes(), usage(0xc0, 6)], ...signer });
    }

    get roots() {
        return pem(this.root);
    }

    // `info`, `words` and `reply` change parts of it, all of which is signed again.
    token(stamped, { info = {}, words = {}, reply = {} } = {}) {
        const said = info instanceof Uint8Array ? info : stamp_info(stamped, info);
        return reply_of({ info: said, hash: this.hash, signer: this.signer,
            words: signed_words(said, this.own, { hash: this.hash, ...words }),
            certificates: [this.own, this.between], ...reply });
    }
}
