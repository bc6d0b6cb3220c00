// Signatures are checked in lots, several of them under way at a time: by workers where the page
// has some, so that the rest of the check goes on meanwhile, and in place where it has none.
import { Verifier } from "./keys.js";

const lot_max = 64;
const under_way_max = 64;

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
            this.waiting_.get(number)?.resolve(holds);
            this.waiting_.delete(number);
        };
        worker.onerror = (event) => {
            event.preventDefault();
            this.worker_ = null;
            this.waiting_.forEach(({ resolve }) => resolve(null));
            this.waiting_.clear();
        };
    }

    // Null where the worker is gone.
    async check(number, lot) {
        if (this.worker_ === null) {
            return null;
        }
        return new Promise((resolve) => {
            this.waiting_.set(number, { resolve });
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
        this.under_way_ = [];
        this.number_ = 0;
    }

    // `signed`: {index, key, message, signature, name}.
    async add(signed) {
        this.lot_.push(signed);
        if (this.lot_.length === lot_max) {
            this.begin_();
        }
        while (this.under_way_.length > under_way_max) {
            await this.settle_first_();
        }
    }

    async finish() {
        this.begin_();
        while (this.under_way_.length > 0) {
            await this.settle_first_();
        }
    }

    begin_() {
        const lot = this.lot_;
        this.lot_ = [];
        const number = ++this.number_;
        const hand = this.hands_[number % Math.max(1, this.hands_.length)];
        const checked = hand === undefined ? check_lot(this.verifier_, lot)
            : hand.check(number, lot).then((holds) => holds ?? check_lot(this.verifier_, lot));
        this.under_way_.push({ lot, checked });
    }

    async settle_first_() {
        const { lot, checked } = this.under_way_.shift();
        (await checked).forEach((holds, i) => {
            if (!holds) {
                this.tell_(lot[i].index);
            }
        });
    }
}
