// Long work is done in pieces, so that the page can be scrolled and read meanwhile.

const piece_ms = 8;  // half of a frame

export class Pauses {
    constructor() {
        this.since_ = performance.now();
    }

    // Waits for the page's turn where the piece has taken long enough.
    async when_due() {
        if (performance.now() - this.since_ < piece_ms) {
            return;
        }
        await next_turn();
        this.since_ = performance.now();
    }

    // Goes through work that yields between its pieces; gives what comes of it.
    async through(pieces) {
        let piece = pieces.next();
        while (!piece.done) {
            await this.when_due();
            piece = pieces.next();
        }
        return piece.value;
    }
}

// The same without any pause.
export function at_once(pieces) {
    let piece = pieces.next();
    while (!piece.done) {
        piece = pieces.next();
    }
    return piece.value;
}

// A message to oneself comes after what waits to be drawn or clicked, without the four
// milliseconds that timers take.
function next_turn() {
    return new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
            port1.close();
            resolve();
        };
        port2.postMessage(null);
    });
}
