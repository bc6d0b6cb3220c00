// Bytes and the texts that stand for them. Every text has one right spelling: another one of the
// same bytes is refused, so that nothing that was signed can be spelled anew.
import { refuse } from "./refusal.js";

const encoder = new TextEncoder();
// A byte-order mark is a character like any other: it must not vanish from what was signed.
const strict_decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const hex_digits = "0123456789abcdef";
const hex_of_byte = Array.from({ length: 256 }, (_, byte) =>
    hex_digits[byte >> 4] + hex_digits[byte & 15]);

export function to_hex(bytes) {
    let text = "";
    for (const byte of bytes) {
        text += hex_of_byte[byte];
    }
    return text;
}

// Lower-case hex alone.
export function from_hex(text) {
    if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) {
        refuse("this is not hexadecimal in small letters");
    }
    const bytes = new Uint8Array(text.length / 2);
    for (let i = 0; i < bytes.length; ++i) {
        bytes[i] = parseInt(text.slice(2 * i, 2 * i + 2), 16);
    }
    return bytes;
}

const large_text = 65_536;

const base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const value_of_digit = new Int16Array(128).fill(-1);
for (let value = 0; value < base64_digits.length; ++value) {
    value_of_digit[base64_digits.charCodeAt(value)] = value;
}

export function to_base64(bytes) {
    let text = "";
    for (let i = 0; i < bytes.length; i += 3) {
        const left = bytes.length - i;
        const group = (bytes[i] << 16) | ((left > 1 ? bytes[i + 1] : 0) << 8) |
            (left > 2 ? bytes[i + 2] : 0);
        text += base64_digits[group >> 18] + base64_digits[(group >> 12) & 63] +
            (left > 1 ? base64_digits[(group >> 6) & 63] : "=") +
            (left > 2 ? base64_digits[group & 63] : "=");
    }
    return text;
}

// Below 0 for what is no digit.
function digit_at(text, place) {
    const code = text.charCodeAt(place);
    return code < 128 ? value_of_digit[code] : -1;
}

// The same of a text of some length: what the platform's own reader is lax about, its writer shows.
function from_large_base64(text) {
    let binary;
    try {
        binary = atob(text);
    } catch {
        refuse("this is not base64 with padding (RFC 4648, section 4)");
    }
    if (btoa(binary) !== text) {
        refuse("this is not base64 with padding (RFC 4648, section 4)");
    }
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < bytes.length; ++i) {
        bytes[i] = binary.charCodeAt(i);
    }
    return bytes;
}

// RFC 4648, section 4, with its padding and with no stray low bits.
export function from_base64(text) {
    if (text.length > large_text) {
        return from_large_base64(text);
    }
    if (text.length % 4 !== 0) {
        refuse("this is not base64 with padding (RFC 4648, section 4)");
    }
    const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
    const bytes = new Uint8Array((text.length / 4) * 3 - padding);
    let to = 0;
    for (let i = 0; i < text.length; i += 4) {
        const is_padded = i + 4 === text.length && padding > 0;
        const first = digit_at(text, i);
        const second = digit_at(text, i + 1);
        const third = is_padded && padding === 2 ? 0 : digit_at(text, i + 2);
        const fourth = is_padded ? 0 : digit_at(text, i + 3);
        const group = (first << 18) | (second << 12) | (third << 6) | fourth;
        bytes[to] = group >> 16;
        bytes[to + 1] = (group >> 8) & 255;  // past the end of a padded text nothing is kept
        bytes[to + 2] = group & 255;
        const stray_bits = is_padded ? (padding === 2 ? group & 0xffff : group & 0xff) : 0;
        if ((first | second | third | fourth) < 0 || stray_bits !== 0) {
            refuse("this is not base64 with padding (RFC 4648, section 4)");
        }
        to += 3;
    }
    return bytes;
}

// The same of a long text, with a yield between its pieces.
export function* from_base64_by_pieces(text) {
    const piece = 2 ** 19;
    const parts = [];
    for (let at = 0; at < text.length; at += piece) {
        const digits = text.slice(at, at + piece);
        if (digits.endsWith("=") && at + piece < text.length) {
            refuse("this is not base64 with padding (RFC 4648, section 4)");
        }
        parts.push(from_base64(digits));
        yield;
    }
    return concat(...parts);
}

export function utf8(text) {
    return encoder.encode(text);
}

export function text_from_utf8(bytes) {
    try {
        return strict_decoder.decode(bytes);
    } catch {
        return refuse("the text is not valid UTF-8");
    }
}

export function concat(...parts) {
    let size = 0;
    for (const part of parts) {
        size += part.length;
    }
    const whole = new Uint8Array(size);
    let to = 0;
    for (const part of parts) {
        whole.set(part, to);
        to += part.length;
    }
    return whole;
}

export function equal(one, other) {
    if (one.length !== other.length) {
        return false;
    }
    for (let i = 0; i < one.length; ++i) {
        if (one[i] !== other[i]) {
            return false;
        }
    }
    return true;
}

// Below 0, 0 or above 0, by the bytes as numbers.
export function compare(one, other) {
    const common = Math.min(one.length, other.length);
    for (let i = 0; i < common; ++i) {
        if (one[i] !== other[i]) {
            return one[i] - other[i];
        }
    }
    return one.length - other.length;
}

// Texts by their UTF-8, which JavaScript's own order of UTF-16 is not beyond U+FFFF.
export function compare_texts(one, other) {
    return one === other ? 0 : compare(utf8(one), utf8(other));
}

export function is_zero(bytes) {
    return bytes.every((byte) => byte === 0);
}

// Big-endian, as signatures and commitments have their numbers.
export function u16_bytes(number) {
    return Uint8Array.of(number >> 8, number & 255);
}
export function u64_bytes(number) {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(number));
    return bytes;
}
export function u64_at(bytes, offset) {
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(offset);
}

// Decimal without sign, leading zeros or anything else, below 2^64; as a BigInt, which is exact.
export function parse_u64(text) {
    if (!/^(0|[1-9][0-9]{0,19})$/.test(text) || BigInt(text) >= 2n ** 64n) {
        refuse(`"${text.slice(0, 40)}" is not a whole number`);
    }
    return BigInt(text);
}
