// The rules of the house style that a program can check, for the page's files.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { source } from "./built.mjs";

function files(folder) {
    return readdirSync(join(source, folder)).filter((name) => /\.(js|mjs|css|html)$/.test(name))
        .map((name) => ({ name: `${folder}/${name}`,
            lines: readFileSync(join(source, folder, name), "utf8").split("\n") }));
}
const modules = [...files("cli/pages/check"), ...files("cli/pages/show")];
const all = [...modules, ...files("cli/pages"), ...files("tests/cli/pages")];

test("files have at most 400 lines of at most 100 columns, without tabs or loose ends", () => {
    assert.ok(modules.length > 30);
    for (const { name, lines } of all) {
        assert.ok(lines.length <= 401, name);
        lines.forEach((line, i) => {
            const is_policy = line.includes("Content-Security-Policy") || name.endsWith(".html");
            assert.ok(line.length <= 100 || is_policy, `${name}:${i + 1}`);
            assert.ok(!/\t| $/.test(line), `${name}:${i + 1}`);
        });
    }
});

test("functions have at most 60 lines", () => {
    for (const { name, lines } of all.filter((file) => /js$/.test(file.name))) {
        let begun = null;
        lines.forEach((line, i) => {
            if (/^( {4})?(export )?(async )?(function )?[\w$]+\(.*\{$/.test(line) ||
                /^(export )?(async )?function/.test(line)) {
                begun = i;
            } else if (/^( {4})?\}$/.test(line) && begun !== null) {
                assert.ok(i - begun <= 60, `${name}:${begun + 1}`);
                begun = null;
            }
        });
    }
});

test("text comes into the page as text alone", () => {
    const wrong = new RegExp("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|" +
        "new Function|DOMParser|\\.srcdoc|on(click|load|error)=");
    for (const { name, lines } of modules) {
        lines.forEach((line, i) => assert.ok(!wrong.test(line), `${name}:${i + 1}`));
    }
    assert.ok(wrong.test("a.innerHTML = b"));
});

test("what checks touches no page, and what is imported stands above", () => {
    for (const { name, lines } of modules) {
        const text = lines.join("\n");
        const is_check = name.startsWith("cli/pages/check/");
        const reach = /\bdocument\.(body|getElement|create|query)|\bwindow\b|from "\.\.\//;
        assert.ok(!is_check || !reach.test(text), name);
        assert.match(lines[0], /^\/\/ /, `${name} says what it is`);
    }
});
