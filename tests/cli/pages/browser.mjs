// A headless Chromium that is spoken to over two pipes, with a profile that ends with it.
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--remote-debugging-pipe"];
const deadline_ms = 120_000;

export class Browser {
    static async open() {
        const browser = new Browser();
        const { targetId } = await browser.send("Target.createTarget", { url: "about:blank" });
        const { sessionId } = await browser.send("Target.attachToTarget",
            { targetId, flatten: true });
        browser.session_ = sessionId;
        await browser.send("Page.enable");
        await browser.send("Network.enable");
        await browser.send("Runtime.enable");
        return browser;
    }

    constructor() {
        this.profile_ = mkdtempSync(join(tmpdir(), "wsoa-browser-"));
        this.process_ = spawn(process.env.WSOA_CHROMIUM ?? "chromium",
            [...flags, `--user-data-dir=${this.profile_}`],
            { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
        this.waiting_ = new Map();
        this.requests = [];  // every address that the page asked for
        this.exceptions = [];
        this.next_ = 0;
        this.text_ = "";
        this.process_.stdio[4].on("data", (data) => this.take_(data.toString()));
        this.ended_ = new Promise((resolve) => this.process_.on("exit", resolve));
    }

    async close() {
        this.session_ = undefined;
        await this.send("Browser.close");
        await this.ended_;
        // Processes of its own may outlive it for a moment, and still write.
        await rm(this.profile_, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 });
    }

    send(method, params = {}) {
        const id = ++this.next_;
        const message = { id, method, params, sessionId: this.session_ };
        this.process_.stdio[3].write(`${JSON.stringify(message)}\0`);
        return new Promise((resolve, reject) => this.waiting_.set(id, { resolve, reject }));
    }

    take_(text) {
        const messages = (this.text_ + text).split("\0");
        this.text_ = messages.pop();
        for (const message of messages.map((each) => JSON.parse(each))) {
            if (message.method === "Network.requestWillBeSent") {
                this.requests.push(message.params.request.url);
            } else if (message.method === "Runtime.exceptionThrown") {
                this.exceptions.push(message.params.exceptionDetails.exception?.description);
            }
            const waiting = this.waiting_.get(message.id);
            this.waiting_.delete(message.id);
            if (message.error !== undefined) {
                waiting?.reject(new Error(message.error.message));
            } else {
                waiting?.resolve(message.result);
            }
        }
    }

    async open_page(url) {
        await this.send("Page.navigate", { url });
        await this.until('document.readyState === "complete"');
    }

    // The value of an expression in the page.
    async value(expression) {
        const { result, exceptionDetails } = await this.send("Runtime.evaluate",
            { expression, awaitPromise: true, returnByValue: true });
        if (exceptionDetails !== undefined) {
            throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        }
        return result.value;
    }

    // Waits until the expression holds.
    async until(expression) {
        for (const end = Date.now() + deadline_ms; Date.now() < end;) {
            if (await this.value(expression)) {
                return;
            }
        }
        throw new Error(`it never came true: ${expression}`);
    }

    // Chooses a file in a field, as somebody would.
    async choose(id, file) {
        const { root } = await this.send("DOM.getDocument");
        const { nodeId } = await this.send("DOM.querySelector",
            { nodeId: root.nodeId, selector: `#${id}` });
        await this.send("DOM.setFileInputFiles", { nodeId, files: [file] });
    }

    // What the page says of each item of the verdict.
    async items() {
        return new Map(await this.value('[...document.querySelectorAll("#answer [data-item]")]' +
            ".map((item) => [item.dataset.item, item.dataset.state])"));
    }

    async checked(url) {
        await this.open_page(url);
        await this.until('document.getElementById("status").textContent.startsWith("Checked.")');
    }
}
