// What the tests of the page read: files that the build made, golden bytes, others' vectors.
import { webcrypto } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { dirname, join } from "node:path";

// Node 18 has the browsers' crypto under another name.
globalThis.crypto ??= webcrypto;

const here = dirname(fileURLToPath(import.meta.url));
export const source = join(here, "../../..");
export const built = process.env.WSOA_PAGES ?? join(source, "build/pages");
export const vectors = process.env.WSOA_VECTORS ?? join(source, "../shared/vectors");

export const { schema } = await import(pathToFileURL(join(built, "schema.js")));

export const golden = (name) => readFileSync(join(source, "tests/golden", name));
export const golden_names = (folder) => readdirSync(join(source, "tests/golden", folder)).sort();
export const golden_hex = (name) =>
    Uint8Array.from(Buffer.from(golden(name).toString().replace(/\s/g, ""), "hex"));
export const axe_file = process.env.WSOA_AXE ?? join(built, "axe-core/axe.min.js");
