// SHA-256 (FIPS 180-4), at once: an event's leaf is a few hundred bytes, and asking WebCrypto for
// each one costs more than the hash. Documents, which are large, go to WebCrypto.

const primes = [];
for (let candidate = 2; primes.length < 64; ++candidate) {
    if (primes.every((prime) => candidate % prime !== 0)) {
        primes.push(candidate);
    }
}
// The first 32 bits of the fraction of a root; a double holds these exactly for primes below 312.
const fraction_of = (root) => Math.floor((root - Math.floor(root)) * 2 ** 32);
const constants = Int32Array.from(primes, (prime) => fraction_of(Math.cbrt(prime)));
const initial = Int32Array.from(primes.slice(0, 8), (prime) => fraction_of(Math.sqrt(prime)));

const block_bytes = 64;
const schedule = new Int32Array(64);

function load_block(bytes, offset) {
    for (let i = 0; i < 16; ++i) {
        const at = offset + 4 * i;
        schedule[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) |
            bytes[at + 3];
    }
    for (let i = 16; i < 64; ++i) {
        const x = schedule[i - 15];
        const y = schedule[i - 2];
        const low = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
        const high = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
        schedule[i] = (schedule[i - 16] + low + schedule[i - 7] + high) | 0;
    }
}

function add_block(state, bytes, offset) {
    load_block(bytes, offset);
    let a = state[0];
    let b = state[1];
    let c = state[2];
    let d = state[3];
    let e = state[4];
    let f = state[5];
    let g = state[6];
    let h = state[7];
    for (let i = 0; i < 64; ++i) {
        const big_e = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
        const first = (h + big_e + ((e & f) ^ (~e & g)) + constants[i] + schedule[i]) | 0;
        const big_a = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
        const second = (big_a + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g;
        g = f;
        f = e;
        e = (d + first) | 0;
        d = c;
        c = b;
        b = a;
        a = (first + second) | 0;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
}

// One hash is made at a time, so that all share this room: making it anew for each of many small
// messages takes longer than hashing them.
const state = new Int32Array(8);
const tail = new Uint8Array(2 * block_bytes);
const tail_view = new DataView(tail.buffer);

// Adds a part; `in_tail` bytes of those before wait in the tail. Gives how many wait then.
function add_part(bytes, in_tail) {
    let at = 0;
    if (in_tail > 0) {
        at = Math.min(block_bytes - in_tail, bytes.length);
        tail.set(at === bytes.length ? bytes : bytes.subarray(0, at), in_tail);
        if (in_tail + at < block_bytes) {
            return in_tail + at;
        }
        add_block(state, tail, 0);
    }
    for (; at + block_bytes <= bytes.length; at += block_bytes) {
        add_block(state, bytes, at);
    }
    for (let i = at; i < bytes.length; ++i) {
        tail[i - at] = bytes[i];
    }
    return bytes.length - at;
}

function finish(in_tail, size) {
    const end = in_tail + 9 <= block_bytes ? block_bytes : 2 * block_bytes;
    tail.fill(0, in_tail, end);
    tail[in_tail] = 0x80;
    tail_view.setUint32(end - 8, Math.floor(size / 2 ** 29));
    tail_view.setUint32(end - 4, (size << 3) >>> 0);
    for (let at = 0; at < end; at += block_bytes) {
        add_block(state, tail, at);
    }
    const hash = new Uint8Array(32);
    for (let i = 0; i < 8; ++i) {
        hash[4 * i] = state[i] >>> 24;
        hash[4 * i + 1] = state[i] >>> 16;
        hash[4 * i + 2] = state[i] >>> 8;
        hash[4 * i + 3] = state[i];
    }
    return hash;
}

// Of the parts of one message, one after the other.
export function sha256(...parts) {
    state.set(initial);
    let [in_tail, size] = [0, 0];
    for (const part of parts) {
        in_tail = add_part(part, in_tail);
        size += part.length;
    }
    return finish(in_tail, size);
}

// Of one byte and two hashes, as the nodes of a tree are: without taking each part in.
export function sha256_of_pair(mark, left, right) {
    state.set(initial);
    tail[0] = mark;
    tail.set(left, 1);
    tail.set(right, 33);
    return finish(65, 65);
}

// The same by WebCrypto, for what is large.
export async function sha256_of_large(bytes) {
    return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
