// Chance that is the same in every run (xorshift), and what it makes of bytes.
export class Dice {
    constructor(seed) {
        this.state_ = seed;
    }
    below(count) {
        this.state_ ^= this.state_ << 13;
        this.state_ ^= this.state_ >>> 17;
        this.state_ ^= this.state_ << 5;
        return (this.state_ >>> 0) % count;
    }
    one_of(list) {
        return list[this.below(list.length)];
    }
    // The same elements in another order.
    shuffled(list) {
        const mixed = [...list];
        for (let i = mixed.length - 1; i > 0; --i) {
            const other = this.below(i + 1);
            [mixed[i], mixed[other]] = [mixed[other], mixed[i]];
        }
        return mixed;
    }
}

const interesting = [0, 1, 0x7f, 0x80, 0xff, 10, 32, 43, 45, 61];

// Some bytes of one of the seeds altered, cut out, doubled, taken from another, or cut off.
export function mutant(dice, seeds) {
    let bytes = Buffer.from(seeds[dice.below(seeds.length)]);
    for (let turn = dice.below(4); turn >= 0 && bytes.length > 0; --turn) {
        const at = dice.below(bytes.length);
        const size = Math.min(bytes.length - at, 1 + dice.below(16));
        const other = seeds[dice.below(seeds.length)];
        const from = dice.below(other.length);
        switch (dice.below(6)) {
            case 0: bytes[at] ^= 1 << dice.below(8); break;
            case 1: bytes[at] = interesting[dice.below(interesting.length)]; break;
            case 2: bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + size)]);
                break;
            case 3: bytes = Buffer.concat([bytes.subarray(0, at + size), bytes.subarray(at)]);
                break;
            case 4: bytes.set(other.subarray(from, from + size).subarray(0, bytes.length - at), at);
                break;
            default: bytes = bytes.subarray(0, at);
        }
    }
    return Uint8Array.from(bytes);
}
