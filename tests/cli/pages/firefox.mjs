// A headless Firefox that is spoken to by Marionette, the protocol that it brings along: messages
// of JSON, each behind its length and a colon, on a port of its own choice.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after_ms } from "node:timers/promises";

const deadline_ms = 120_000;
const between_looks_ms = 50;

async function first_of(look) {
    for (const end = Date.now() + deadline_ms; Date.now() < end;) {
        const found = await look();
        if (found !== null) {
            return found;
        }
        await after_ms(between_looks_ms);
    }
    throw new Error("it never came true");
}

export class Firefox {
    static async open() {
        const firefox = new Firefox();
        const port = await first_of(() => firefox.port_());
        firefox.socket_ = connect(port, "127.0.0.1");
        firefox.socket_.on("data", (data) => firefox.take_(data));
        await firefox.send("WebDriver:NewSession", {});
        return firefox;
    }

    constructor() {
        this.profile_ = mkdtempSync(join(tmpdir(), "wsoa-firefox-"));
        writeFileSync(join(this.profile_, "user.js"), 'user_pref("marionette.port", 0);\n');
        this.process_ = spawn(process.env.WSOA_FIREFOX ?? "firefox-esr",
            ["--headless", "--no-remote", "--marionette", "--profile", this.profile_],
            { stdio: "ignore" });
        this.ended_ = new Promise((resolve) => this.process_.on("exit", resolve));
        this.waiting_ = new Map();
        this.bytes_ = Buffer.alloc(0);
        this.next_ = 0;
    }

    // The port, once Firefox has written it down; null until then.
    port_() {
        try {
            return Number(readFileSync(join(this.profile_, "MarionetteActivePort"))) || null;
        } catch (error) {
            if (error.code === "ENOENT") {
                return null;
            }
            throw error;
        }
    }

    async close() {
        await this.send("Marionette:Quit", {});
        await this.ended_;
        this.socket_.destroy();
        await rm(this.profile_, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 });
    }

    send(command, parameters) {
        const id = ++this.next_;
        const message = JSON.stringify([0, id, command, parameters]);
        this.socket_.write(`${Buffer.byteLength(message)}:${message}`);
        return new Promise((resolve, reject) => this.waiting_.set(id, { resolve, reject }));
    }

    take_(data) {
        this.bytes_ = Buffer.concat([this.bytes_, data]);
        for (let colon; (colon = this.bytes_.indexOf(":")) >= 0;) {
            const end = colon + 1 + Number(this.bytes_.subarray(0, colon));
            if (this.bytes_.length < end) {
                return;
            }
            const message = JSON.parse(this.bytes_.subarray(colon + 1, end));
            this.bytes_ = this.bytes_.subarray(end);
            if (Array.isArray(message)) {
                const [, id, error, result] = message;
                const { resolve, reject } = this.waiting_.get(id);
                this.waiting_.delete(id);
                error === null ? resolve(result) : reject(new Error(error.message));
            }
        }
    }

    async value(expression) {
        const { value } = await this.send("WebDriver:ExecuteScript",
            { script: `return ${expression}`, args: [] });
        return value;
    }

    async open_page(url) {
        await this.send("WebDriver:Navigate", { url });
    }

    // Waits until the expression holds.
    async until(expression) {
        await first_of(async () => await this.value(expression) || null);
    }

    async checked(url) {
        await this.open_page(url);
        await this.until('document.getElementById("status").textContent.startsWith("Checked.")');
    }

    async items() {
        return new Map(await this.value('[...document.querySelectorAll("#answer [data-item]")]' +
            ".map((item) => [item.dataset.item, item.dataset.state])"));
    }
}
