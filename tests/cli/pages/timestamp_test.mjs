// Timestamps as the page judges them: tokens of authorities that the tests make, and of one that
// `openssl ts` makes; each wrong in one way that is named.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { constants, sign } from "node:crypto";
import { after, test } from "node:test";
import { concat, utf8 } from "../../../cli/pages/check/bytes.js";
import { attempt, Refusal } from "../../../cli/pages/check/refusal.js";
import { check_vouched_for, read_timestamp } from "../../../cli/pages/check/timestamp.js";
import { name_in_words, name_key, read_certificate, read_roots }
    from "../../../cli/pages/check/x509.js";
import { read_der, tags } from "../../../cli/pages/check/der.js";
import { Authority, algorithm, authority_of, certificate, der, digests, extension,
    hashed, key_of, name_of, nothing, oid, outer, pem, purposes, sequence, set, signed_words,
    stamp_info, usage, whole } from "./authority.mjs";
import "./built.mjs";
import { OpensslAuthority } from "./openssl_authority.mjs";

const stamped = utf8("a checkpoint\n");
const ours = new Authority();
const other = new Authority("Other root");
const folder = mkdtempSync(join(tmpdir(), "wsoa-stamps-"));
after(() => rmSync(folder, { recursive: true }));

// "holds", or how it was refused: what is told by itself is marked as such.
async function judged(token, { roots = ours.roots, bytes = stamped } = {}) {
    let step = "alone: ";
    try {
        const stamp = await read_timestamp(token, bytes);
        step = "";
        await check_vouched_for(stamp, read_roots(roots));
        return "holds";
    } catch (error) {
        if (!(error instanceof Refusal)) {
            throw error;
        }
        return `${error.sort === "unknown" ? "unknown: " : ""}${step}${error.message}`;
    }
}

async function is_refused(token, why, given) {
    const said = await judged(token, given);
    assert.match(said, why);
    assert.notEqual(said, "holds");
}

test("a good token holds, of each kind of key and digest", async () => {
    const stamp = await read_timestamp(ours.token(stamped), stamped);
    assert.deepEqual([stamp.seconds, stamp.authority, stamp.serial],
        [1_650_024_000, "CN=Test timestamps", "09"]);
    for (const hash of ["sha256", "sha384", "sha512"]) {
        for (const curve of [null, "P-256", "P-384", "P-521"]) {
            const authority = new Authority("Root", { hash, curve });
            assert.equal(await judged(authority.token(stamped), { roots: authority.roots }),
                "holds", `${hash} ${curve}`);
        }
    }
});

test("what is over other bytes, or was altered, does not hold by itself", async () => {
    await is_refused(ours.token(stamped), /^alone: it is over other bytes/,
        { bytes: utf8("another\n") });
    await is_refused(ours.token(stamped, { info: { imprint: hashed("sha256", "x") } }),
        /^alone: it is over other bytes/);
    const good = ours.token(stamped);
    const altered = Uint8Array.from(good);
    altered[good.length - 1] ^= 1;
    await is_refused(altered, /^alone: its signature does not hold/);
    // The time that was stamped, behind the signer's back.
    const time = Buffer.from(good).indexOf("20220415120000Z");
    const dated = Uint8Array.from(good);
    dated[time + 3] ^= 1;
    await is_refused(dated, /^alone: what it says is not what was signed/);
    const words = signed_words(stamp_info(stamped), ours.own);
    await is_refused(ours.token(stamped, { reply: { words,
        signature: other.signer.key.sign(set(...words), "sha256") } }),
    /^alone: its signature does not hold/);
});

test("bytes behind it, lengths without end and depth without bottom are refused", async () => {
    const good = ours.token(stamped);
    await is_refused(concat(good, Uint8Array.of(0)), /^alone: it is no reply .*: .*cut off/);
    await is_refused(concat(good, good), /2 elements/);
    await is_refused(good.subarray(0, -1), /longer than what holds it/);
    const endless = concat(Uint8Array.of(0x30, 0x80), good.subarray(4), new Uint8Array(2));
    await is_refused(endless, /says no length/);
    const deep = Array.from({ length: 2000 }).reduce((inner) => sequence(inner), nothing);
    await is_refused(deep, /too deep/);
    await is_refused(new Uint8Array(65_537), /that large/);
    await is_refused(ours.token(stamped, { info: concat(stamp_info(stamped), nothing) }),
        /2 elements/);
});

test("a reply that grants nothing, or something else, is refused", async () => {
    await is_refused(ours.token(stamped, { reply: { status: whole(2) } }), /granted no timestamp/);
    await is_refused(sequence(sequence(whole(0))), /holds no token/);
    await is_refused(sequence(sequence(whole(0)), sequence(oid("1.2.840.113549.1.7.1"),
        outer(0, nothing))), /another type/);
    for (const [info, why] of [[{ version: 2 }, /another version/],
        [{ at: "20221315120000Z" }, /none of the calendar/]]) {
        await is_refused(ours.token(stamped, { info }), why);
    }
    assert.equal(await judged(ours.token(stamped, { reply: { status: whole(1) } })), "holds");
});

test("the signer signs type, digest and certificate, or it is none", async () => {
    for (const [words, why] of [[{ type: "1.2.840.113549.1.7.1" }, /signed something else/],
        [{ digest: hashed("sha256", "x") }, /not what was signed/],
        [{ named: "none" }, /does not name the certificate/]]) {
        await is_refused(ours.token(stamped, { words }), why);
    }
    const words = signed_words(stamp_info(stamped), ours.own);
    await is_refused(ours.token(stamped, { reply: { words: words.slice(1) } }),
        /signed something else/);
    await is_refused(ours.token(stamped, { reply: { words: [...words, words[1]] } }), /twice/);
    await is_refused(ours.token(stamped, { reply: { words:
        signed_words(stamp_info(stamped), other.own) } }), /another certificate than it names/);
    await is_refused(ours.token(stamped, { words: { others: [other.between] } }),
        /does not stand above its own/);
    for (const change of [{ named: "v1" }, { others: [ours.between] }, { others:
        [ours.between, ours.root] }]) {
        assert.equal(await judged(ours.token(stamped, { words: change })), "holds");
    }
});

const signed_by = (signer) => new Authority("Test root", { signer }).token(stamped);
const below = (between) => new Authority("Test root", { between }).token(stamped);

test("its certificate is for timestamps alone, and good at that second", async () => {
    const server = "1.3.6.1.5.5.7.3.1";
    for (const extensions of [[], [purposes(false)], [purposes(true, server)],
        [purposes(true, "1.3.6.1.5.5.7.3.8", server)]]) {
        await is_refused(signed_by({ extensions }), /^its certificate is not one for timestamps/);
    }
    for (const wrong of [usage(0x04, 2), usage(0x90, 4)]) {
        await is_refused(signed_by({ extensions: [purposes(), wrong] }), /signatures alone/);
    }
    await is_refused(signed_by({ extensions: [purposes(), purposes()] }), /something twice/);
    await is_refused(signed_by({ extensions: [purposes(), extension("1.2.3", nothing)] }),
        /critical extension 1.2.3/);
    await is_refused(signed_by({ until: "20220415120000Z" }), /had run out/);
    await is_refused(signed_by({ from: "20220415120001Z" }), /not valid yet/);
    assert.equal(await judged(signed_by({ until: "20220415120001Z" })), "holds");
    assert.equal(await judged(signed_by({ from: "20220415120000Z",
        extensions: [purposes(), extension("1.2.3", nothing, false)] })), "holds");
});

test("a chain leads to a root that the reader brought, or to none", async () => {
    const good = ours.token(stamped);
    await is_refused(good, /^no certificate leads/, { roots: other.roots });
    assert.equal(await judged(good, { roots: concat(other.roots, utf8("words\n"), ours.roots) }),
        "holds");
    await is_refused(ours.token(stamped, { reply: { certificates: [ours.own] } }),
        /^no certificate leads/);
    await is_refused(ours.token(stamped, { reply: { certificates: [ours.between] } }),
        /^alone: it holds no certificate/);
    await is_refused(good, /^no certificate leads/, { roots: pem(ours.between) });
    // One of the same name and another key.
    const top = { name: "Test root", key: key_of("another root") };
    await is_refused(good, /^no certificate leads/, { roots: pem(certificate(top,
        { ...top, extensions: [authority_of()] })) });
    for (const [change, why] of [[{ extensions: [] }, /may sign no others/],
        [{ extensions: [authority_of(), usage(0x80, 7)] }, /may sign no others/],
        [{ until: "20220101000000Z" }, /had run out/],
        [{ signed: () => new Uint8Array(256) }, /^no certificate leads/],
        [{ extensions: [authority_of(), extension("2.5.29.30", sequence())] },
            /^unknown: a certificate above it constrains names/]]) {
        await is_refused(below(change), why);
    }
});

test("a longer chain than a certificate allows is refused", async () => {
    const top = { name: "Test root", key: key_of("root Test root rsa") };
    const strict = certificate(top, { ...top, extensions: [authority_of(0)] });
    const roots = pem(strict);
    await is_refused(ours.token(stamped), /chain is longer/, { roots });
    const once = pem(certificate(top, { ...top, extensions: [authority_of(1)] }));
    assert.equal(await judged(ours.token(stamped), { roots: once }), "holds");
});

test("certificates may be signed by RSASSA-PSS with one digest of SHA-2", async () => {
    const pss = (hash, masked, salt) => algorithm("1.2.840.113549.1.1.10", sequence(
        outer(0, algorithm(digests[hash])),
        outer(1, sequence(oid("1.2.840.113549.1.1.8"), algorithm(digests[masked]))),
        outer(2, whole(salt))));
    const signed = (hash, salt) => (body) => new Uint8Array(sign(hash, body,
        { key: key_of("root Test root rsa").secret, padding: constants.RSA_PKCS1_PSS_PADDING,
            saltLength: salt }));
    for (const hash of ["sha256", "sha384", "sha512"]) {
        assert.equal(await judged(below({ way: pss(hash, hash, 32), signed: signed(hash, 32) })),
            "holds", hash);
    }
    await is_refused(below({ way: pss("sha256", "sha256", 32), signed: signed("sha256", 20) }),
        /^no certificate leads/);
    await is_refused(below({ way: pss("sha256", "sha512", 32), signed: signed("sha256", 32) }),
        /^unknown: this page knows RSASSA-PSS/);
    await is_refused(below({ way: algorithm("1.2.840.113549.1.1.10", sequence()) }), /^unknown: /);
});

test("what the page does not know is told as unknown, and never holds", async () => {
    await is_refused(ours.token(stamped, { info: { hash: "sha1" } }),
        /^unknown: alone: this page makes no digest/);
    await is_refused(below({ hash: "sha1" }), /^unknown: this page knows no signatures of kind/);
    const curve = new Authority("Root", { curve: "secp256k1" });
    await is_refused(curve.token(stamped), /^unknown: alone: this page knows no key of that curve/,
        { roots: curve.roots });
    await is_refused(ours.token(stamped, { info: { hash: "sha1", imprint: new Uint8Array(7) } }),
        /^alone: nobody knows a digest/);
});

test("roots are the certificates of a PEM file, up to the first that is none", () => {
    assert.equal(read_roots(concat(ours.roots, other.roots)).length, 2);
    const broken = pem(ours.root.subarray(0, -1));
    assert.equal(read_roots(concat(ours.roots, broken, other.roots)).length, 1);
    for (const wrong of [utf8(""), utf8("-----BEGIN CERTIFICATE-----\n"), broken, ours.root,
        new Uint8Array(262_145)]) {
        assert.notEqual(attempt(() => read_roots(wrong)).refusal, null);
    }
});

test("names are compared by what they say, and written the closest part first", () => {
    const key = (text, tag) => name_key(read_der(name_of(text, tag)));
    assert.equal(key("Test  Root "), key("test root", tags.printable));
    assert.notEqual(key("Test Root"), key("Test Roots"));
    assert.notEqual(key("TestRoot"), key("Test Root"));
    const two = sequence(...[["2.5.4.6", "GB"], ["2.5.4.10", "A, B"], ["2.5.4.3", "C"]]
        .map(([name, text]) => set(sequence(oid(name), der(tags.utf8, utf8(text))))));
    assert.equal(name_in_words(read_der(two)), "CN=C,O=A\\, B,C=GB");
    assert.match(attempt(() => read_certificate(read_der(two))).refusal.message, /a certificate/);
});

test("a token of `openssl ts` holds by its root", async () => {
    const plain = new OpensslAuthority(join(folder, "plain"));
    const whole_chain = new OpensslAuthority(join(folder, "chain"), "certs = ./ca.pem");
    for (const [authority, hash] of [[plain, "sha256"], [whole_chain, "sha512"]]) {
        const reply = authority.token(stamped, hash);
        assert.equal(await judged(reply, { roots: authority.roots }), "holds");
        const stamp = await read_timestamp(reply, stamped);
        assert.equal(stamp.authority, "CN=Timestamps,O=A council,C=GB");
        assert.ok(Math.abs(stamp.seconds - Date.now() / 1000) < 3600);
        await is_refused(reply, /^no certificate leads/, { roots: other.roots });
    }
});
