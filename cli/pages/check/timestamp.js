// Timestamps by an authority outside (RFC 3161): its word that some bytes were there at a time.
//
// A reply says much by itself: over which bytes it is, and that the key of the certificate within
// signed it. Whether anybody need believe that certificate is another question, which the reader's
// own roots answer.
import { equal } from "./bytes.js";
import { Fields, algorithm_of, digest, digest_of, hex_of_number, oid_of, outer_tag, read_der,
    seconds_of, small_of, tags } from "./der.js";
import { is_signed, way_with } from "./foreign_key.js";
import { reply_bytes_max } from "./pack.js";
import { refuse, within } from "./refusal.js";
import { chain_to_root, name_in_words, name_key, read_certificate } from "./x509.js";

const oids = { signed_data: "1.2.840.113549.1.7.2", stamp: "1.2.840.113549.1.9.16.1.4",
    content_type: "1.2.840.113549.1.9.3", message_digest: "1.2.840.113549.1.9.4",
    certificate: "1.2.840.113549.1.9.16.2.12", certificate_v2: "1.2.840.113549.1.9.16.2.47" };

// TimeStampResp: the token, where one was granted.
function read_reply(bytes) {
    if (bytes.length > reply_bytes_max) {
        refuse("no reply of a timestamp authority is that large");
    }
    return within("it is no reply of a timestamp authority", () => {
        const fields = new Fields(read_der(bytes));
        const status = new Fields(fields.next(tags.sequence));
        const granted = small_of(status.next(tags.integer));
        status.optional(tags.sequence)?.inner.forEach(({ tag }) =>
            tag === tags.utf8 || refuse("its status is told by no text"));
        status.optional(tags.bits);
        status.end();
        const token = fields.optional(tags.sequence);
        fields.end();
        return granted === 0 || granted === 1 ? token ?? refuse("it holds no token")
            : refuse("the authority granted no timestamp");
    });
}

// What is within a ContentInfo of that type.
function content_of(element, type) {
    const fields = new Fields(element);
    const named = oid_of(fields.any());
    const outer = new Fields(fields.next(outer_tag(0)), outer_tag(0));
    const content = outer.any();
    outer.end();
    fields.end();
    return named === type ? content : refuse("the token is of another type");
}

// SignedData with one signer (RFC 5652).
function read_token(token) {
    const fields = new Fields(content_of(token, oids.signed_data));
    fields.next(tags.integer);
    const digests = fields.next(tags.set).inner.map((each) => algorithm_of(each).oid);
    const stamped = content_of(fields.next(tags.sequence), oids.stamp);
    const certificates = fields.optional(outer_tag(0))?.inner ?? [];
    fields.optional(outer_tag(1));
    const signers = fields.next(tags.set).inner;
    fields.end();
    if (stamped.tag !== tags.octets || signers.length !== 1) {
        refuse("a token has one text and one signer");
    }
    return { digests, stamped: stamped.content, signer: read_signer(signers[0]),
        certificates: certificates.map(read_certificate) };
}

function read_signer(element) {
    const fields = new Fields(element);
    fields.next(tags.integer);
    const named = new Fields(fields.next(tags.sequence));
    const issuer_key = name_key(named.next(tags.sequence));
    const serial = hex_of_number(named.next(tags.integer));
    named.end();
    const digest_oid = algorithm_of(fields.next(tags.sequence)).oid;
    const said = fields.next(outer_tag(0));
    // Which algorithm it is said to be signed by follows from the certificate's key.
    algorithm_of(fields.next(tags.sequence));
    const signature = fields.next(tags.octets).content;
    fields.optional(outer_tag(1))?.inner.forEach(read_attribute);
    fields.end();
    return { issuer_key, serial, digest_oid, said, signature,
        attributes: said.inner.map(read_attribute) };
}

function read_attribute(element) {
    const fields = new Fields(element);
    const oid = oid_of(fields.any());
    const values = fields.next(tags.set).inner;
    fields.end();
    return { oid, values };
}

// TSTInfo: over what, and when.
function read_stamp(bytes) {
    const fields = new Fields(read_der(bytes));
    if (small_of(fields.next(tags.integer)) !== 1) {
        refuse("it is a timestamp of another version");
    }
    oid_of(fields.any());
    const imprint = new Fields(fields.next(tags.sequence));
    const { oid, parameters } = algorithm_of(imprint.next(tags.sequence));
    const hash = imprint.next(tags.octets).content;
    imprint.end();
    const serial = hex_of_number(fields.next(tags.integer));
    const seconds = seconds_of(fields.next(tags.time));
    for (const tag of [tags.sequence, tags.boolean, tags.integer, outer_tag(0), outer_tag(1)]) {
        fields.optional(tag);
    }
    fields.end();
    if (parameters !== null && parameters.tag !== tags.nothing) {
        refuse("its digest has parameters, which none has");
    }
    return { oid, hash, serial, seconds };
}

// The single value of an attribute; null where there is none such.
function value_of({ attributes }, oid) {
    const found = attributes.filter((each) => each.oid === oid);
    if (found.length > 1 || (found.length === 1 && found[0].values.length !== 1)) {
        refuse("it says something twice");
    }
    return found[0]?.values[0] ?? null;
}

// The digests of certificates by which the signer names its own, and those above it
// (RFC 2634 and RFC 5035).
function read_named(value, digest_name) {
    const certificates = new Fields(value).next(tags.sequence);
    return new Fields(certificates).rest().map((each) => {
        const fields = new Fields(each);
        const algorithm = digest_name === null ? fields.optional(tags.sequence) : null;
        const hash = fields.next(tags.octets).content;
        const issued = fields.optional(tags.sequence);
        fields.end();
        return { name: digest_name ?? (algorithm === null ? "SHA-256"
            : digest_of(algorithm_of(algorithm).oid)), hash, issued };
    });
}

function names_in(signer) {
    const first = value_of(signer, oids.certificate);
    const second = value_of(signer, oids.certificate_v2);
    const lists = [first === null ? null : read_named(first, "SHA-1"),
        second === null ? null : read_named(second, null)].filter((list) => list !== null);
    if (lists.length === 0 || lists.some((list) => list.length === 0)) {
        refuse("it does not name the certificate that signed it");
    }
    return lists;
}

// Issuer and number, where they are told beside the digest.
function is_issued_so(issued, certificate) {
    if (issued === null) {
        return true;
    }
    const fields = new Fields(issued);
    const names = fields.next(tags.sequence).inner;
    const serial = hex_of_number(fields.next(tags.integer));
    return serial === certificate.serial && names.length === 1 &&
        names[0].tag === outer_tag(4) && names[0].inner.length === 1 &&
        name_key(names[0].inner[0]) === certificate.issuer_key;
}

async function is_named(named, certificate) {
    return equal(await digest(named.name, certificate.bytes), named.hash) &&
        is_issued_so(named.issued, certificate);
}

function signer_of({ certificates, signer }) {
    return certificates.find(({ issuer_key, serial }) =>
        issuer_key === signer.issuer_key && serial === signer.serial) ??
        refuse("it holds no certificate of the one who signed it");
}

async function check_imprint({ oid, hash }, stamped) {
    if (!equal(await digest(digest_of(oid, hash.length), stamped), hash)) {
        refuse("it is over other bytes than this checkpoint");
    }
}

// The signer's words are signed, and they bear the digest of what is stamped.
async function check_signature({ stamped, signer, digests }, certificate) {
    const hash = digest_of(signer.digest_oid);
    const type = value_of(signer, oids.content_type);
    const said = value_of(signer, oids.message_digest);
    if (!digests.includes(signer.digest_oid) || type === null || oid_of(type) !== oids.stamp) {
        refuse("its signer signed something else than a timestamp");
    }
    if (said?.tag !== tags.octets || !equal(await digest(hash, stamped), said.content)) {
        refuse("what it says is not what was signed");
    }
    const message = Uint8Array.from(signer.said.bytes);
    message[0] = tags.set;
    if (!await is_signed(certificate.key, way_with(certificate.key, hash), message,
        signer.signature)) {
        refuse("its signature does not hold");
    }
}

// What a reply says of just these bytes, by the certificate that it holds itself. Refused is what
// grants nothing, is over other bytes, or was not signed so.
export async function read_timestamp(reply, stamped) {
    const token = read_token(read_reply(reply));
    const stamp = read_stamp(token.stamped);
    await check_imprint(stamp, stamped);
    const certificate = signer_of(token);
    const named = names_in(token.signer);
    for (const [own] of named) {
        if (!equal(await digest(own.name, certificate.bytes), own.hash)) {
            refuse("it was signed by another certificate than it names");
        }
    }
    await check_signature(token, certificate);
    return { seconds: stamp.seconds, serial: stamp.serial, certificate, named,
        authority: name_in_words(certificate.subject), certificates: token.certificates };
}

// The first certificate that the signer named is its own, and every other one stands above it.
async function check_named(named, chain) {
    for (const list of named) {
        for (const [i, each] of list.entries()) {
            const meant = i === 0 ? chain.slice(0, 1) : chain.slice(1);
            const held = await Promise.all(meant.map((one) => is_named(each, one)));
            if (!held.includes(true)) {
                refuse("it names a certificate that does not stand above its own");
            }
        }
    }
}

// Refuses a timestamp, as read_timestamp gives it, that none of these roots vouches for: as of the
// time that it states, since what was good then stays good once a certificate has run out.
export async function check_vouched_for(stamp, roots) {
    const chain = await chain_to_root(stamp.certificate, stamp.certificates, roots, stamp.seconds);
    await check_named(stamp.named, chain);
}
