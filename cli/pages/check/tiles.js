// The names and contents of c2sp.org/tlog-tiles, of height 8.
import { refuse } from "./refusal.js";

export const tile_width = 256;
export const hash_bytes = 32;

// 1234067 is x001/x234/067: groups of three digits, all but the last marked.
function number_path(number) {
    let path = String(number % 1000).padStart(3, "0");
    for (let rest = Math.floor(number / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
        path = `x${String(rest % 1000).padStart(3, "0")}/${path}`;
    }
    return path;
}

export function tile_name(level, number, width) {
    const partial = width === tile_width ? "" : `.p/${width}`;
    return `tile/${level}/${number_path(number)}${partial}`;
}

// Every tile that a tree of this size has, the bundles of entries last; no others may be there. Of
// partial tiles only those of this very size.
export function tiles_of(size) {
    const tiles = [];
    const add = (level, hashes) => {
        for (let number = 0; number * tile_width < hashes; ++number) {
            const width = Math.min(tile_width, hashes - number * tile_width);
            tiles.push({ name: tile_name(level, number, width), level, number, width });
        }
    };
    let hashes = size;
    for (let level = 0; hashes > 0; ++level) {
        add(level, hashes);
        hashes = Math.floor(hashes / tile_width);
    }
    add("entries", size);
    return tiles;
}

export function hashes_of_tile(bytes, width) {
    if (bytes.length !== width * hash_bytes) {
        refuse(`it has ${bytes.length} bytes, where ${width} hashes take ${width * hash_bytes}`);
    }
    return Array.from({ length: width }, (_, i) =>
        bytes.subarray(i * hash_bytes, (i + 1) * hash_bytes));
}

// The entries of a bundle, each behind its length as a u16.
export function entries_of_bundle(bytes, width) {
    const entries = [];
    let at = 0;
    while (entries.length < width) {
        if (at + 2 > bytes.length) {
            refuse(`it ends after ${entries.length} of ${width} entries`);
        }
        const size = (bytes[at] << 8) | bytes[at + 1];
        if (at + 2 + size > bytes.length) {
            refuse(`entry ${entries.length} of it is cut short`);
        }
        entries.push(bytes.subarray(at + 2, at + 2 + size));
        at += 2 + size;
    }
    if (at !== bytes.length) {
        refuse(`something follows its ${width} entries`);
    }
    return entries;
}
