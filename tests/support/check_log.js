// Checks a folder of tiles with nothing of this project's: what c2sp.org/tlog-tiles and
// c2sp.org/tlog-checkpoint say, written down a second time. Prints the size and the root.
//
//   node check_log.js FOLDER VERIFIER-KEY
"use strict";
const crypto = require("crypto");
const fs = require("fs");
const [folder, vkey] = process.argv.slice(2);

const hash = (...parts) => crypto.createHash("sha256").update(Buffer.concat(parts)).digest();
const leafHash = (entry) => hash(Buffer.from([0]), entry);
const nodeHash = (left, right) => hash(Buffer.from([1]), left, right);
const fail = (why) => { console.error(why); process.exit(1); };

function rootOf(leaves) {
    if (leaves.length === 0) return hash(Buffer.alloc(0));
    if (leaves.length === 1) return leaves[0];
    let half = 1;
    while (half * 2 < leaves.length) half *= 2;
    return nodeHash(rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)));
}

function nameOf(number) {
    const groups = [];
    for (let rest = number; ; rest = Math.floor(rest / 1000)) {
        groups.unshift(String(rest % 1000).padStart(3, "0"));
        if (rest < 1000) break;
    }
    return groups.map((group, i) => (i + 1 < groups.length ? "x" + group : group)).join("/");
}

// Every file of a level in a tree of so many hashes there, with its width.
function* filesOf(level, count) {
    for (let i = 0; i * 256 < count; ++i) {
        const width = Math.min(256, count - i * 256);
        yield [`tile/${level}/${nameOf(i)}${width < 256 ? ".p/" + width : ""}`, width];
    }
}

const note = fs.readFileSync(`${folder}/checkpoint`, "utf8");
const text = note.slice(0, note.lastIndexOf("\n\n") + 1);
const [name, id, key] = vkey.match(/^([^+]+)\+([^+]+)\+(.+)$/).slice(1);
const line = note.slice(text.length + 1).split("\n").find((each) => each.startsWith(`— ${name} `));
const signature = Buffer.from(line.split(" ")[2], "base64");
if (signature.subarray(0, 4).toString("hex") !== id) fail("signed by another key");
const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"),
    Buffer.from(key, "base64").subarray(1)]);
const publicKey = crypto.createPublicKey({ key: spki, format: "der", type: "spki" });
if (!crypto.verify(null, Buffer.from(text), publicKey, signature.subarray(4))) fail("not signed");

const [origin, sizeText, root] = text.split("\n");
if (origin !== name) fail("of another log");
const size = Number(sizeText);
const leaves = [];
for (const [path, width] of filesOf("entries", size)) {
    const bundle = fs.readFileSync(`${folder}/${path}`);
    let at = 0;
    for (let i = 0; i < width; ++i) {
        const length = bundle.readUInt16BE(at);
        leaves.push(leafHash(bundle.subarray(at + 2, at + 2 + length)));
        at += 2 + length;
    }
    if (at !== bundle.length) fail(`${path} has another length`);
}
for (let level = 0, row = leaves; row.length > 0; ++level) {
    for (const [path, width] of filesOf(level, row.length)) {
        const first = path.includes(".p/") ? row.length - width : undefined;
        const number = first ?? Number(path.split("/").slice(2).join("").replaceAll("x", "")) * 256;
        const wanted = Buffer.concat(row.slice(number, number + width));
        if (!fs.readFileSync(`${folder}/${path}`).equals(wanted)) fail(`${path} is wrong`);
    }
    const above = [];
    for (let i = 0; i + 256 <= row.length; i += 256) above.push(rootOf(row.slice(i, i + 256)));
    row = above;
}
if (rootOf(leaves).toString("base64") !== root) fail("the root is another");
console.log(`${size} ${root}`);
