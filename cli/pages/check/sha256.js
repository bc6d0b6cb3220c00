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

// The parts of one message may come one after the other.
export class Sha256 {
    constructor() {
        this.state_ = Int32Array.from(initial);
        this.tail_ = new Uint8Array(2 * block_bytes);
        this.in_tail_ = 0;
        this.size_ = 0;
    }

    add(bytes) {
        this.size_ += bytes.length;
        let at = 0;
        if (this.in_tail_ > 0) {
            at = Math.min(block_bytes - this.in_tail_, bytes.length);
            this.tail_.set(bytes.subarray(0, at), this.in_tail_);
            this.in_tail_ += at;
            if (this.in_tail_ < block_bytes) {
                return this;
            }
            add_block(this.state_, this.tail_, 0);
            this.in_tail_ = 0;
        }
        for (; at + block_bytes <= bytes.length; at += block_bytes) {
            add_block(this.state_, bytes, at);
        }
        this.tail_.set(bytes.subarray(at), 0);
        this.in_tail_ = bytes.length - at;
        return this;
    }

    finish() {
        const end = this.in_tail_ + 9 <= block_bytes ? block_bytes : 2 * block_bytes;
        this.tail_.fill(0, this.in_tail_, end);
        this.tail_[this.in_tail_] = 0x80;
        const view = new DataView(this.tail_.buffer);
        view.setUint32(end - 8, Math.floor(this.size_ / 2 ** 29));
        view.setUint32(end - 4, (this.size_ << 3) >>> 0);
        for (let at = 0; at < end; at += block_bytes) {
            add_block(this.state_, this.tail_, at);
        }
        const hash = new Uint8Array(32);
        const words = new DataView(hash.buffer);
        this.state_.forEach((word, i) => words.setInt32(4 * i, word));
        return hash;
    }
}

export function sha256(...parts) {
    const hash = new Sha256();
    for (const part of parts) {
        hash.add(part);
    }
    return hash.finish();
}

// The same by WebCrypto, for what is large.
export async function sha256_of_large(bytes) {
    return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
