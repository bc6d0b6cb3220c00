// What cannot be taken as it stands, with one clear sentence for the person who meets it.
//
// `wrong` is what no program may write; `unknown` what a newer program may have written, of which
// this one can only say that it does not know it (schemas/README.md, first section).
export class Refusal extends Error {
    constructor(message, sort = "wrong") {
        super(message);
        this.name = "Refusal";
        this.sort = sort;
    }

    // The same refusal, with the place where it was met before it.
    at(place) {
        return new Refusal(`${place}: ${this.message}`, this.sort);
    }
}

export function refuse(message) {
    throw new Refusal(message);
}

// What `read()` gives; a refusal of it says at which place it was met. Other errors are faults of
// this program and pass as they are.
export function within(place, read) {
    try {
        return read();
    } catch (error) {
        throw error instanceof Refusal ? error.at(place) : error;
    }
}

// The value, or the refusal that `read()` ended with.
export function attempt(read) {
    try {
        return { value: read(), refusal: null };
    } catch (error) {
        if (error instanceof Refusal) {
            return { value: null, refusal: error };
        }
        throw error;
    }
}

// What `promise` gives, or the refusal that it ended with.
export async function tried(promise) {
    try {
        return { value: await promise, refusal: null };
    } catch (error) {
        if (error instanceof Refusal) {
            return { value: null, refusal: error };
        }
        throw error;
    }
}
