// Ed25519 (RFC 8032) by the platform's WebCrypto, whose verdict and OpenSSL's agree; and the bytes
// that each kind of signature covers (schemas/README.md, "Signatures").
import { concat, to_hex, utf8 } from "./bytes.js";

const change_label = utf8("wsoa-ledger/change/v1\n");

function labelled(label, bytes) {
    return concat(utf8(`${label}\n`), bytes);
}

// What the author of a change signs.
export function change_message(bytes) {
    return concat(change_label, bytes);
}

// Imports each key once: most events have one of a few authors.
export class Verifier {
    constructor() {
        this.keys_ = new Map();
    }

    // Whether the signature holds. A key that is none signs nothing. `name` is the key in hex,
    // where that is known already.
    async holds(key, message, signature, name = to_hex(key)) {
        const imported = await this.imported_(key, name);
        return imported !== null && signature.length === 64 &&
            crypto.subtle.verify("Ed25519", imported, signature, message);
    }

    imported_(key, name) {
        if (!this.keys_.has(name)) {
            this.keys_.set(name, import_key(key));
        }
        return this.keys_.get(name);
    }
}

async function import_key(key) {
    try {
        return await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
    } catch (error) {
        // The platform says so of bytes that are no key. That it has no Ed25519 is another matter.
        if (error.name === "DataError") {
            return null;
        }
        throw error;
    }
}

// Whether this browser can check signatures at all: RFC 8032, 7.1, the first test.
export async function has_ed25519() {
    const key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    const signature = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155" +
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";
    const bytes = (hex) => Uint8Array.from(hex.match(/../g), (byte) => parseInt(byte, 16));
    try {
        return await new Verifier().holds(bytes(key), new Uint8Array(), bytes(signature));
    } catch {
        return false;
    }
}

export function founder_proof_message(origin, person, key) {
    return labelled("wsoa-ledger/founder-proof/v1", concat(utf8(`${origin}\n${person}\n`), key));
}
export function key_proof_message(ledger, person, key) {
    return labelled("wsoa-ledger/key-proof/v1", concat(ledger, key, utf8(person)));
}
export function ledger_key_proof_message(ledger, key) {
    return labelled("wsoa-ledger/ledger-key-proof/v1", concat(ledger, key));
}
export function ledger_key_handover_message(ledger, key) {
    return labelled("wsoa-ledger/ledger-key-handover/v1", concat(ledger, key));
}
