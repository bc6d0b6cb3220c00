// Certificates of timestamp authorities (RFC 5280), and whether one leads to a root that the reader
// brought: judged as of a moment, as OpenSSL judges them for that purpose.
import { equal, from_base64, text_from_utf8, to_hex } from "./bytes.js";
import { Fields, algorithm_of, bytes_of_bits, hex_of_number, oid_of, outer_tag, read_der,
    seconds_of, small_of, tags, unknown } from "./der.js";
import { is_signed, way_of } from "./foreign_key.js";
import { attempt, refuse, within } from "./refusal.js";

const chain_max = 8;
const tries_max = 64;
const roots_bytes_max = 262_144;

const oids = { key_usage: "2.5.29.15", constraints: "2.5.29.19", names: "2.5.29.30",
    authority_key: "2.5.29.35", purposes: "2.5.29.37", own_key: "2.5.29.14",
    timestamps: "1.3.6.1.5.5.7.3.8" };
// Critical ones that are known, or that say nothing against a timestamp: alternative names,
// policies and where revocations are told of.
const known_critical = [oids.key_usage, oids.constraints, oids.purposes, "2.5.29.17", "2.5.29.31",
    "2.5.29.32", "2.5.29.33", "2.5.29.36", "2.5.29.54"];
const bit_of = { digital_signature: 0x80, non_repudiation: 0x40, signs_certificates: 0x04 };

const texts = [tags.utf8, tags.numeric, tags.printable, tags.teletex, tags.ia5];
// What a part of a name may be besides: bits, a list, and strings of other alphabets.
const other_values = [tags.bits, tags.sequence, tags.wide, tags.double, 7, 8, 9, 10, 11, 13, 14, 15,
    0x1d];

// Letters' case and blanks do not tell names apart.
function text_of({ tag, content }) {
    return tag === tags.utf8 ? text_from_utf8(content) : String.fromCharCode(...content);
}
function compared(value) {
    if (!texts.includes(value.tag)) {
        return to_hex(value.bytes);
    }
    return text_of(value).replace(/[A-Z]/g, (letter) => letter.toLowerCase())
        .replace(/[ \t-\r]+/g, " ").replace(/^ | $/g, "");
}

function parts_of_name(name) {
    return new Fields(name).rest().map((set) => new Fields(set, tags.set).rest().map((pair) => {
        const fields = new Fields(pair);
        const part = { oid: oid_of(fields.any()), value: fields.any() };
        fields.end();
        return texts.includes(part.value.tag) || other_values.includes(part.value.tag) ? part
            : refuse("a part of a name is no text");
    }));
}

// A name as it is compared with others.
export function name_key(name) {
    return JSON.stringify(parts_of_name(name).map((set) =>
        set.map(({ oid, value }) => [oid, compared(value)]).sort()));
}

const short_names = { "2.5.4.3": "CN", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "ST",
    "2.5.4.9": "street", "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.5": "serialNumber",
    "0.9.2342.19200300.100.1.25": "DC", "0.9.2342.19200300.100.1.1": "UID",
    "1.2.840.113549.1.9.1": "emailAddress", "2.5.4.97": "organizationIdentifier" };

// As people read it (RFC 2253): the closest part first.
export function name_in_words(name) {
    const written = ({ oid, value }) => `${short_names[oid] ?? oid}=${texts.includes(value.tag)
        ? text_of(value).replace(/[,+"\\<>;]/g, "\\$&") : `#${to_hex(value.bytes)}`}`;
    return parts_of_name(name).reverse().map((set) => set.map(written).join("+")).join(",");
}

// The one element within a [n].
function within_outer(element) {
    return element.inner.length === 1 ? element.inner[0] : refuse("a certificate is cut off");
}

function read_extensions(element) {
    return element === null ? [] : new Fields(within_outer(element)).rest().map((each) => {
        const fields = new Fields(each);
        const oid = oid_of(fields.any());
        const is_critical = (fields.optional(tags.boolean)?.content[0] ?? 0) !== 0;
        const value = fields.next(tags.octets).content;
        fields.end();
        return { oid, is_critical, value };
    });
}

function check_key(key) {
    const fields = new Fields(key);
    algorithm_of(fields.next(tags.sequence));
    fields.next(tags.bits);
    fields.end();
}

function read_validity(element) {
    const fields = new Fields(element);
    const times = [0, 1].map(() => fields.optional(tags.utc_time) ?? fields.next(tags.time));
    fields.end();
    return times;
}

// From its element (read_der): as far as it must be a certificate at all. What it says is read when
// somebody is to believe it.
function read_body(body) {
    const fields = new Fields(body);
    const version = fields.optional(outer_tag(0));
    if (version !== null && within_outer(version).tag !== tags.integer) {
        refuse("it has a version that is no number");
    }
    const serial = hex_of_number(fields.next(tags.integer));
    const algorithm = fields.next(tags.sequence);
    const issuer = fields.next(tags.sequence);
    const [from, until] = read_validity(fields.next(tags.sequence));
    const subject = fields.next(tags.sequence);
    const key = fields.next(tags.sequence);
    fields.optional(0x81);
    fields.optional(0x82);
    const extensions = read_extensions(fields.optional(outer_tag(3)));
    fields.end();
    check_key(key);
    return { version, serial, algorithm, key, extensions, from, until, subject,
        issuer_key: name_key(issuer), subject_key: name_key(subject) };
}

export function read_certificate(element) {
    return within("a certificate", () => {
        const fields = new Fields(element);
        const body = fields.next(tags.sequence);
        const outer_algorithm = fields.next(tags.sequence);
        const signature = fields.next(tags.bits);
        fields.end();
        const read = read_body(body);
        [read.algorithm, outer_algorithm].forEach(algorithm_of);
        return { ...read, bytes: element.bytes, body: body.bytes, outer_algorithm, signature };
    });
}

function extension_of({ extensions }, oid) {
    const found = extensions.filter((each) => each.oid === oid);
    return found.length > 1 ? refuse("a certificate says something twice") : found[0] ?? null;
}

const bits_of = ({ value }) => {
    const element = read_der(value);
    const [, first = 0, second = 0] = element.content;
    return element.tag === tags.bits ? first | second << 8 : refuse("a usage is missing");
};

function read_constraints({ value }) {
    const fields = new Fields(read_der(value));
    const is_authority = (fields.optional(tags.boolean)?.content[0] ?? 0) !== 0;
    const length = fields.optional(tags.integer);
    fields.end();
    return { is_authority, below_max: length === null ? null : small_of(length) ?? refuse("a " +
        "certificate allows chains of a length that none has") };
}

// What it says, read as `read` does; null where it says nothing of that.
function told(certificate, oid, read) {
    const found = extension_of(certificate, oid);
    return found === null ? null : read(found);
}

const own_key = ({ value }) => read_der(value).content;
const issuer_key = ({ value }) => new Fields(read_der(value)).optional(0x80)?.content ?? null;

const pem = /-----BEGIN (X509 )?CERTIFICATE-----\s([A-Za-z0-9+/=\s]*)-----END \1CERTIFICATE-----/g;

// The certificates of a PEM file, up to the first that cannot be read.
export function read_roots(bytes) {
    if (bytes.length > roots_bytes_max) {
        refuse(`the certificates have ${bytes.length} bytes; at most ${roots_bytes_max} are taken`);
    }
    const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    const roots = [];
    for (const [, , body] of text.matchAll(pem)) {
        const { value, refusal } = attempt(() =>
            read_certificate(read_der(from_base64(body.replace(/\s/g, "")))));
        if (refusal !== null) {
            break;
        }
        roots.push(value);
    }
    return roots.length > 0 ? roots : refuse("it holds no certificate (PEM)");
}

// What is wrong with one that stands above others, as a certificate of authorities; `below` is how
// many such ones stand between it and the one that signs timestamps.
function check_authority(certificate, below, is_root) {
    const usage = told(certificate, oids.key_usage, bits_of);
    const constraints = told(certificate, oids.constraints, read_constraints);
    const may_sign = usage === null || (usage & bit_of.signs_certificates) !== 0;
    // A root of the first version of certificates cannot say that it is one.
    const is_authority = constraints?.is_authority ??
        (is_root && (certificate.version === null || usage !== null));
    if (!may_sign || !is_authority) {
        refuse("a certificate above it may sign no others");
    }
    if (constraints !== null && constraints.below_max !== null && below > constraints.below_max) {
        refuse("its chain is longer than a certificate in it allows");
    }
    if (extension_of(certificate, oids.names) !== null) {
        unknown("a certificate above it constrains names, which this page does not read");
    }
}

// RFC 3161, 2.3: a key for timestamps alone, marked as critical.
function check_stamper(certificate) {
    const usage = told(certificate, oids.key_usage, bits_of);
    const both = bit_of.digital_signature | bit_of.non_repudiation;
    if (usage !== null && ((usage & both) === 0 || (usage & ~both) !== 0)) {
        refuse("its certificate's key is not one for signatures alone");
    }
    const purposes = extension_of(certificate, oids.purposes);
    const named = purposes === null ? [] : new Fields(read_der(purposes.value)).rest().map(oid_of);
    if (named.length === 0 || named.some((each) => each !== oids.timestamps) ||
        !purposes.is_critical) {
        refuse("its certificate is not one for timestamps alone");
    }
}

function check_each(certificate, seconds) {
    for (const { oid, is_critical } of certificate.extensions) {
        if (is_critical && !known_critical.includes(oid) && oid !== oids.names) {
            refuse(`a certificate has a critical extension ${oid}, which is not known`);
        }
    }
    if (seconds < seconds_of(certificate.from)) {
        refuse("a certificate was not valid yet");
    }
    if (seconds >= seconds_of(certificate.until)) {
        refuse("a certificate had run out");
    }
}

export function check_chain(chain, seconds) {
    chain.forEach((each) => check_each(each, seconds));
    check_stamper(chain[0]);
    let below = 0;
    chain.slice(1).forEach((each, i) => {
        check_authority(each, below, i + 2 === chain.length);
        below += each.subject_key === each.issuer_key ? 0 : 1;
    });
}

function may_have_issued(issuer, certificate) {
    if (issuer.subject_key !== certificate.issuer_key) {
        return false;
    }
    const named = told(certificate, oids.authority_key, issuer_key);
    const own = told(issuer, oids.own_key, own_key);
    return named === null || own === null || equal(named, own);
}

async function has_issued(issuer, { algorithm, outer_algorithm, body, signature }) {
    return equal(algorithm.bytes, outer_algorithm.bytes) &&
        is_signed(issuer.key, way_of(algorithm), body, bytes_of_bits(signature));
}

// Looks for the way from a certificate up to a root.
class Climb {
    constructor(roots, others, seconds) {
        this.roots_ = roots;
        this.others_ = others;
        this.seconds_ = seconds;
        this.tries_ = 0;
        this.refusal = null;  // why the last chain did not hold
    }

    // Null where no chain holds.
    async from(chain) {
        const last = chain.at(-1);
        const is_own = last.subject_key === last.issuer_key && may_have_issued(last, last);
        if (is_own && this.roots_.some((root) => equal(root.bytes, last.bytes))) {
            return this.judged_(chain);
        }
        if (chain.length >= chain_max || is_own) {
            return null;
        }
        for (const issuer of [...this.roots_, ...this.others_]) {
            if (may_have_issued(issuer, last) && !chain.includes(issuer) &&
                ++this.tries_ <= tries_max && await has_issued(issuer, last)) {
                const found = await this.from([...chain, issuer]);
                if (found !== null) {
                    return found;
                }
            }
        }
        return null;
    }

    judged_(chain) {
        const { refusal } = attempt(() => check_chain(chain, this.seconds_));
        this.refusal = refusal ?? this.refusal;
        return refusal === null ? chain : null;
    }
}

// The certificates from the one that signs timestamps up to a root, all of them good at that
// moment.
export async function chain_to_root(signer, others, roots, seconds) {
    const climb = new Climb(roots, others, seconds);
    const chain = await climb.from([signer]);
    if (chain === null && climb.refusal !== null) {
        throw climb.refusal;
    }
    return chain ?? refuse("no certificate leads from it to one of those roots");
}
