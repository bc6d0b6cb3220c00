// Signatures by the keys of certificates: RSA (PKCS#1 v1.5 and PSS) and ECDSA over P-256, P-384 and
// P-521, with SHA-256, SHA-384 and SHA-512, by the platform's WebCrypto. Of any other kind the page
// says that it does not know it.
import { concat } from "./bytes.js";
import { Fields, algorithm_of, digest_of, oid_of, read_der, small_of, tags,
    unknown, outer_tag } from "./der.js";
import { attempt, refuse } from "./refusal.js";

const rsa = "1.2.840.113549.1.1.1";
const rsa_pss = "1.2.840.113549.1.1.10";
const mask_by_digest = "1.2.840.113549.1.1.8";
const elliptic = "1.2.840.10045.2.1";
const curves = { "1.2.840.10045.3.1.7": ["P-256", 32], "1.3.132.0.34": ["P-384", 48],
    "1.3.132.0.35": ["P-521", 66] };
// Kinds that OpenSSL knows and the page does not: RSA and ECDSA with older digests or SHA-3, DSA,
// Ed25519 and Ed448; and keys of these, and of RSASSA-PSS alone.
const signed_elsewhere = ["1.2.840.10045.4.1", "1.2.840.10045.4.3.1", "1.3.14.3.2.29",
    "1.2.840.10040.4.3", "1.3.101.112", "1.3.101.113",
    ...[2, 3, 4, 5, 14, 15, 16].map((number) => `1.2.840.113549.1.1.${number}`),
    ...Array.from({ length: 16 }, (_, i) => `2.16.840.1.101.3.4.3.${i + 1}`)];
const keys_elsewhere = [rsa_pss, "1.2.840.10040.4.1", "1.3.101.112", "1.3.101.113"];
const by_digest = { "1.2.840.113549.1.1.11": [rsa, "SHA-256"],
    "1.2.840.113549.1.1.12": [rsa, "SHA-384"], "1.2.840.113549.1.1.13": [rsa, "SHA-512"],
    "1.2.840.10045.4.3.2": [elliptic, "SHA-256"], "1.2.840.10045.4.3.3": [elliptic, "SHA-384"],
    "1.2.840.10045.4.3.4": [elliptic, "SHA-512"] };

// {is, hash, salt}: how an algorithm that a certificate names signs.
export function way_of(element) {
    const { oid, parameters } = algorithm_of(element);
    if (oid === rsa_pss) {
        return way_of_pss(parameters);
    }
    const [is, hash] = by_digest[oid] ?? unknown_kind(oid, signed_elsewhere);
    return { is, hash, salt: null };
}

function unknown_kind(oid, elsewhere) {
    return elsewhere.includes(oid) ? unknown(`this page knows no signatures of kind ${oid}`)
        : refuse(`nobody knows signatures of kind ${oid}`);
}

// RFC 4055: what is not said is SHA-1, which is not taken.
function way_of_pss(parameters) {
    if (parameters === null) {
        unknown("this page knows no signatures of RSASSA-PSS with SHA-1");
    }
    const fields = new Fields(parameters);
    const [hash, mask, salt, trailer] = [0, 1, 2, 3].map((number) =>
        fields.optional(outer_tag(number))?.inner?.[0] ?? null);
    fields.end();
    const made = hash === null ? null : algorithm_of(hash).oid;
    const masked = mask === null ? null : algorithm_of(mask);
    const is_plain = masked?.oid === mask_by_digest && masked.parameters !== null &&
        algorithm_of(masked.parameters).oid === made && trailer === null;
    if (!is_plain) {
        unknown("this page knows RSASSA-PSS with one digest of the SHA-2 family alone");
    }
    const length = salt === null ? 20 : small_of(salt);
    return { is: rsa_pss, hash: digest_of(made),
        salt: length ?? unknown("this page knows no such RSASSA-PSS") };
}

// How the key of a certificate signs by itself, with that digest.
export function way_with(key, hash) {
    const { oid } = algorithm_of(new Fields(key).next(tags.sequence));
    return { is: oid, hash, salt: null };
}

// r and s of ECDSA, each in as many bytes as the curve's order has.
function raw_of(signature, size) {
    const fields = new Fields(read_der(signature));
    const numbers = [fields.next(tags.integer), fields.next(tags.integer)].map(({ content }) => {
        const plain = content[0] === 0 ? content.subarray(1) : content;
        return content[0] < 128 && plain.length <= size
            ? concat(new Uint8Array(size - plain.length), plain) : refuse("it is no signature");
    });
    fields.end();
    return concat(...numbers);
}

function imports_of(way, key) {
    const { oid, parameters } = algorithm_of(new Fields(key).next(tags.sequence));
    const named = way.is === rsa_pss ? rsa : way.is;
    if (oid !== named) {
        return oid === rsa || oid === elliptic ? null : unknown_kind(oid, keys_elsewhere);
    }
    if (named === rsa) {
        const name = way.is === rsa ? "RSASSA-PKCS1-v1_5" : "RSA-PSS";
        return { made: { name, hash: way.hash }, checked: { name, saltLength: way.salt ?? 0 } };
    }
    const curve = parameters?.tag === tags.oid ? curves[oid_of(parameters)] : undefined;
    if (named !== elliptic) {
        unknown_kind(named, keys_elsewhere);
    }
    if (curve === undefined) {
        unknown("this page knows no key of that curve");
    }
    return { made: { name: "ECDSA", namedCurve: curve[0] }, size: curve[1],
        checked: { name: "ECDSA", hash: way.hash } };
}

async function imported(key, made) {
    try {
        return await crypto.subtle.importKey("spki", key, made, false, ["verify"]);
    } catch (error) {
        if (error.name === "NotSupportedError") {
            unknown("this browser knows no such key");
        }
        if (error.name === "DataError" || error.name === "OperationError") {
            return null;  // these bytes are no key
        }
        throw error;
    }
}

// Whether the signature over the message is by that key (SubjectPublicKeyInfo, as read_der gives
// it).
export async function is_signed(key, way, message, signature) {
    const asked = imports_of(way, key);
    const public_key = asked === null ? null : await imported(key.bytes, asked.made);
    if (public_key === null) {
        return false;
    }
    if (asked.size === undefined) {
        return crypto.subtle.verify(asked.checked, public_key, signature, message);
    }
    const { value: raw } = attempt(() => raw_of(signature, asked.size));
    return raw !== null && crypto.subtle.verify(asked.checked, public_key, raw, message);
}
