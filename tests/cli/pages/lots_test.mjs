import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../../cli/pages/check/bytes.js";
import { Verifier } from "../../../cli/pages/check/keys.js";
import { Lots, serve_lots } from "../../../cli/pages/check/lots.js";
import { Signer } from "./forge.mjs";

// A worker of this very thread, which may end after some lots.
class Worker {
    constructor(lots_max = Infinity) {
        this.left_ = lots_max;
        this.scope_ = { postMessage: (answer) => this.onmessage({ data: answer }) };
        serve_lots(this.scope_);
    }
    postMessage(message) {
        if (this.left_-- > 0) {
            this.scope_.onmessage({ data: message });
        } else {
            queueMicrotask(() => this.onerror({ preventDefault: () => {} }));
        }
    }
}

const signer = new Signer("lots");
const count = 300;
const signed = Array.from({ length: count }, (_, index) => {
    const message = utf8(`message ${index}`);
    const signature = signer.sign(index % 50 === 7 ? utf8("another") : message);
    return { index, key: signer.key, name: "the key", message, signature };
});

async function told_by(workers) {
    const told = [];
    const lots = new Lots(workers, new Verifier(), (index) => told.push(index));
    for (const each of signed) {
        await lots.add(each);
    }
    await lots.finish();
    return told.sort((one, other) => one - other);
}
const wrong = [7, 57, 107, 157, 207, 257];

test("the same signatures are found wrong in place and by workers", async () => {
    assert.deepEqual(await told_by([]), wrong);
    assert.deepEqual(await told_by([new Worker()]), wrong);
    assert.deepEqual(await told_by([new Worker(), new Worker(), new Worker()]), wrong);
});

test("what a worker leaves undone is done in place", async () => {
    for (const lots_max of [0, 1, 3]) {
        assert.deepEqual(await told_by([new Worker(lots_max)]), wrong);
        assert.deepEqual(await told_by([new Worker(lots_max), new Worker()]), wrong);
    }
});

test("no signature at all is no fault", async () => {
    const lots = new Lots([], new Verifier(), assert.fail);
    await lots.finish();
});
