// The Merkle tree of RFC 6962 (RFC 9162, 2.1) over leaves that are all at hand, and proofs in it.
import { equal } from "./bytes.js";
import { refuse } from "./refusal.js";
import { sha256, sha256_of_pair } from "./sha256.js";

const leaf_mark = Uint8Array.of(0);

export const hash_leaf = (entry) => sha256(leaf_mark, entry);
export const hash_node = (left, right) => sha256_of_pair(1, left, right);
export const empty_root = () => sha256();

// Keeps the hash of every complete subtree, so that the root at any size is a few nodes away.
// Places are whole numbers below 2^53: shifts of 32 bits would wrap.
export class Tree {
    constructor() {
        this.levels_ = [[]];
    }

    get size() {
        return this.levels_[0].length;
    }

    append(leaf) {
        let hash = leaf;
        for (let level = 0; ; ++level) {
            if (level === this.levels_.length) {
                this.levels_.push([]);
            }
            const nodes = this.levels_[level];
            nodes.push(hash);
            if (nodes.length % 2 === 1) {
                return;
            }
            hash = hash_node(nodes[nodes.length - 2], hash);
        }
    }

    leaf(index) {
        return this.levels_[0][index];
    }

    // The hash of a complete subtree of 2^level leaves; undefined where it is not complete.
    node(level, index) {
        return this.levels_[level]?.[index];
    }

    root_at(size) {
        if (size > this.size) {
            refuse(`the tree has ${this.size} leaves, not ${size}`);
        }
        return size === 0 ? empty_root() : this.range_(0, size);
    }

    // Of the leaves from `begin`, where a complete subtree can begin, to `end`.
    range_(begin, end) {
        const count = end - begin;
        const level = Math.floor(Math.log2(count));
        if (2 ** level === count) {
            return this.levels_[level][begin / count];
        }
        const split = begin + 2 ** level;
        return hash_node(this.range_(begin, split), this.range_(split, end));
    }

    // RFC 9162, 2.1.3: the path from the leaf's sibling upwards.
    inclusion_path(index, size) {
        if (index >= size || size > this.size) {
            refuse("the event lies outside the tree");
        }
        return this.path_(index, 0, size);
    }

    path_(index, begin, end) {
        if (end - begin === 1) {
            return [];
        }
        const split = begin + largest_power_below(end - begin);
        return index < split
            ? [...this.path_(index, begin, split), this.range_(split, end)]
            : [...this.path_(index, split, end), this.range_(begin, split)];
    }
}

// The largest power of two below the count, which is at least 2.
function largest_power_below(count) {
    let power = 1;
    while (power * 2 < count) {
        power *= 2;
    }
    return power;
}

// The root that an inclusion proof leads to (RFC 9162, 2.1.3.2). Index and size may be BigInts, for
// those of other logs reach up to 2^64.
export function root_of_inclusion(index, size, leaf, path) {
    if (index >= size) {
        refuse("the event lies outside the tree");
    }
    let node = BigInt(index);
    let last = BigInt(size) - 1n;
    let hash = leaf;
    for (const sibling of path) {
        if (last === 0n) {
            refuse("the path has the wrong length for this tree");
        }
        if ((node & 1n) === 1n || node === last) {
            hash = hash_node(sibling, hash);
            while ((node & 1n) === 0n && node !== 0n) {
                node >>= 1n;
                last >>= 1n;
            }
        } else {
            hash = hash_node(hash, sibling);
        }
        node >>= 1n;
        last >>= 1n;
    }
    if (last !== 0n) {
        refuse("the path has the wrong length for this tree");
    }
    return hash;
}

// Whether the tree of `size` under `root` continues that of `old_size` under `old_root` (RFC 9162,
// 2.1.4.2). From size 0 nothing can be proved, and equal sizes need no path.
export function is_consistent(old_size, old_root, size, root, path) {
    if (old_size === 0 || old_size > size) {
        return false;
    }
    if (old_size === size) {
        return path.length === 0 && equal(old_root, root);
    }
    const hashes = is_power_of_two(old_size) ? [old_root, ...path] : [...path];
    if (path.length === 0) {
        return false;
    }
    let node = old_size - 1;
    let last = size - 1;
    while (node % 2 === 1) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
    }
    let [first, second] = [hashes[0], hashes[0]];
    for (const hash of hashes.slice(1)) {
        if (last === 0) {
            return false;
        }
        if (node % 2 === 1 || node === last) {
            first = hash_node(hash, first);
            second = hash_node(hash, second);
            while (node % 2 === 0 && node !== 0) {
                node /= 2;
                last = Math.floor(last / 2);
            }
        } else {
            second = hash_node(second, hash);
        }
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
    }
    return last === 0 && equal(first, old_root) && equal(second, root);
}

function is_power_of_two(number) {
    return Number.isInteger(Math.log2(number)) && 2 ** Math.log2(number) === number;
}
