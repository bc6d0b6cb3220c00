// Signatures are checked in lots, several of them under way at a time: by workers where the page
// has some, so that the rest of the check goes on meanwhile, and in place where it has none.
import { Verifier } from "./keys.js";
import { Pauses } from "./pause.js";

const lot_max = 64;
const handed_max = 2;  // lots that one worker has, so that it never waits
const queue_max = 256;

async function check_lot(verifier, lot) {
    return Promise.all(lot.map(({ key, message, signature, name }) =>
        verifier.holds(key, message, signature, name)));
}

// A view of the pack's bytes would take all of them along to a worker.
function alone({ key, message, signature, name }) {
    return { key: key.slice(), message, signature: signature.slice(), name };
}

// What a worker does: each message is a lot, each answer which of its signatures hold.
export function serve_lots(scope) {
    const verifier = new Verifier();
    scope.onmessage = async ({ data: { number, lot } }) => {
        scope.postMessage({ number, holds: await check_lot(verifier, lot) });
    };
}

// A worker that ends, or never begins, gives back what it was handed: then it is done in place.
class Hand {
    constructor(worker) {
        this.worker_ = worker;
        this.waiting_ = new Map();
        worker.onmessage = ({ data: { number, holds } }) => {
            // What it was handed before it ended may still be answered, and is done already.
            this.waiting_.get(number)?.(holds);
            this.waiting_.delete(number);
        };
        worker.onerror = (event) => {
            event.preventDefault();
            this.worker_ = null;
            this.waiting_.forEach((resolve) => resolve(null));
            this.waiting_.clear();
        };
    }

    get is_free() {
        return this.worker_ !== null && this.waiting_.size < handed_max;
    }

    // Which signatures hold; null where the worker ended over it.
    check(number, lot) {
        return new Promise((resolve) => {
            this.waiting_.set(number, resolve);
            this.worker_.postMessage({ number, lot: lot.map(alone) });
        });
    }
}

export class Lots {
    // `tell(index)` is called for each signature that does not hold.
    constructor(workers, verifier, tell) {
        this.hands_ = workers.map((worker) => new Hand(worker));
        this.verifier_ = verifier;
        this.tell_ = tell;
        this.lot_ = [];
        this.queue_ = [];
        this.handed_ = new Set();
        this.number_ = 0;
        this.pauses_ = new Pauses();
    }

    // `signed`: {index, key, message, signature, name}.
    async add(signed) {
        this.lot_.push(signed);
        if (this.lot_.length < lot_max) {
            return;
        }
        this.queue_.push(this.lot_);
        this.lot_ = [];
        this.hand_out_();
        while (this.queue_.length > (this.hands_.length === 0 ? 0 : queue_max)) {
            await this.check_in_place_();
        }
    }

    // Once nothing else is left to do, this thread takes its share of what waits.
    async finish() {
        this.queue_.push(this.lot_);
        this.lot_ = [];
        while (this.queue_.length > 0 || this.handed_.size > 0) {
            if (this.queue_.length > 0) {
                await this.check_in_place_();
            } else {
                await Promise.race(this.handed_);
            }
        }
    }

    hand_out_() {
        for (const hand of this.hands_) {
            while (hand.is_free && this.queue_.length > 0) {
                const handed = this.check_by_(hand, this.queue_.shift());
                this.handed_.add(handed);
                handed.then(() => this.handed_.delete(handed));
            }
        }
    }

    async check_by_(hand, lot) {
        const holds = await hand.check(++this.number_, lot);
        this.settle_(lot, holds ?? await check_lot(this.verifier_, lot));
        this.hand_out_();
    }

    async check_in_place_() {
        const lot = this.queue_.shift();
        this.settle_(lot, await check_lot(this.verifier_, lot));
        await this.pauses_.when_due();  // so that the answers of workers come in as well
    }

    settle_(lot, holds) {
        holds.forEach((each, i) => {
            if (!each) {
                this.tell_(lot[i].index);
            }
        });
    }
}
