// Where on the curve edwards25519 (RFC 8032, 5.1) a public key lies. A key outside the group of
// prime order can sign many messages at once, or be judged differently by different programs.
import { refuse } from "./refusal.js";

const p = 2n ** 255n - 19n;
const group_order = 2n ** 252n + 27742317777372353535851937790883648493n;

function mod(number) {
    const rest = number % p;
    return rest < 0n ? rest + p : rest;
}

function power(base, exponent) {
    let result = 1n;
    for (let square = mod(base), left = exponent; left > 0n; left >>= 1n) {
        if (left & 1n) {
            result = (result * square) % p;
        }
        square = (square * square) % p;
    }
    return result;
}
const d = mod(-121665n * power(121666n, p - 2n));
const root_of_minus_one = power(2n, (p - 1n) / 4n);

// The square root of u / v (RFC 8032, 5.1.3); null where there is none.
function square_root(u, v) {
    const cube = mod(v * v * v);
    const root = mod(u * cube * power(u * cube * cube * v, (p - 5n) / 8n));
    const reached = mod(v * root * root);
    if (reached === mod(u)) {
        return root;
    }
    return reached === mod(-u) ? mod(root * root_of_minus_one) : null;
}

// Extended homogeneous coordinates; the law is complete (RFC 8032, 5.1.4).
const neutral = { x: 0n, y: 1n, z: 1n, t: 0n };

const product_of = (e, f, g, h) =>
    ({ x: mod(e * f), y: mod(g * h), z: mod(f * g), t: mod(e * h) });

function add(left, right) {
    const a = mod((left.y - left.x) * (right.y - right.x));
    const b = mod((left.y + left.x) * (right.y + right.x));
    const c = mod(2n * d * mod(left.t * right.t));
    const e = mod(2n * left.z * right.z);
    return product_of(b - a, e - c, e + c, b + a);
}

// The same of a point and itself, in fewer steps.
function twice({ x, y, z }) {
    const [a, b] = [mod(x * x), mod(y * y)];
    const h = a + b;
    const g = a - b;
    return product_of(h - mod((x + y) * (x + y)), mod(2n * z * z) + g, g, h);
}

function multiply(times, point) {
    let product = neutral;
    for (let doubled = point, left = times; left > 0n; left >>= 1n) {
        if (left & 1n) {
            product = add(product, doubled);
        }
        doubled = twice(doubled);
    }
    return product;
}

const is_neutral = (point) => point.x === 0n && point.y === point.z;

// "prime", or what is wrong: "small", "mixed", "no_point", "not_canonical".
export function order_of_point(encoded) {
    let y = 0n;
    for (let i = 31; i >= 0; --i) {
        y = (y << 8n) | BigInt(i === 31 ? encoded[i] & 0x7f : encoded[i]);
    }
    const sign = BigInt(encoded[31] >> 7);
    if (y >= p) {
        return "not_canonical";
    }
    let x = square_root(y * y - 1n, d * y * y + 1n);
    if (x === null) {
        return "no_point";
    }
    if (x === 0n && sign === 1n) {
        return "not_canonical";
    }
    if ((x & 1n) !== sign) {
        x = mod(-x);
    }
    const point = { x, y, z: 1n, t: mod(x * y) };
    if (is_neutral(multiply(8n, point))) {
        return "small";
    }
    return is_neutral(multiply(group_order, point)) ? "prime" : "mixed";
}

const sentences = {
    not_canonical: "the public key is not in its one canonical encoding",
    no_point: "the public key is no point of the Ed25519 curve",
    small: "the public key is one of the few points of small order, whose signatures fit many " +
        "messages and bind nobody",
    mixed: "the public key lies outside the prime-order group, so that programs may judge its " +
        "signatures differently",
};

// Refuses a key that may not be enrolled.
export function check_public_key(key) {
    const order = order_of_point(key);
    if (order !== "prime") {
        refuse(sentences[order]);
    }
}
