// Looks at every field of a struct by its description (schema.js), refuses what no program may
// write, and gives the values. What only a newer program may know is noted and left out.
import { compare } from "./bytes.js";
import { size_of_bytes, size_of_choices, size_of_pointers, size_of_structs } from "./capnp.js";
import { refuse, within } from "./refusal.js";
import { check_held, checked_text, text_bytes_max } from "./text.js";
import { day_max, day_min } from "./time.js";

const month_min = 1900 * 12;
const month_max = 2199 * 12 + 11;
const mantissa_max = 10n ** 15n;
const scale_max = 6;

export class Walk {
    constructor(schema, message) {
        this.schema_ = schema;
        this.message_ = message;
        this.unknown = null;
    }

    // The values of a struct by the names of its fields; absent ones are null. Of a union: `kind`
    // is the member's name, and its value stands under that name.
    struct(name, struct) {
        const layout = this.schema_.structs[name];
        this.look_past_end_(layout, struct);
        const values = {};
        for (const slot of layout.slots) {
            values[slot.name] = within(slot.name, () => this.slot_(slot, struct));
        }
        if (layout.tag_offset !== undefined) {
            this.union_(layout, struct, values);
        }
        return values;
    }

    note_unknown_(what) {
        this.unknown ??= what;
    }

    look_past_end_(layout, struct) {
        for (let word = 0; word < struct.data_words; ++word) {
            const known = word < layout.known_bits.length ? BigInt(layout.known_bits[word]) : 0n;
            if ((this.message_.data_word(struct, word) & ~known) !== 0n) {
                this.note_unknown_("a field");
            }
        }
        for (let place = layout.pointers; place < struct.pointers; ++place) {
            if (this.message_.pointer_of(struct, place) !== null) {
                this.note_unknown_("a field");
            }
        }
    }

    union_(layout, struct, values) {
        const tag = this.message_.number(struct, layout.tag_offset, 16);
        if (tag === 0) {
            refuse("the change is of no kind");
        }
        if (tag >= layout.members.length) {
            this.note_unknown_(`kind ${tag}`);
            values.kind = null;
            return;
        }
        const member = layout.members[tag];
        values.kind = member.name;
        values[member.name] = within(member.name, () => this.slot_(member, struct));
    }

    slot_(slot, struct) {
        if (!slot.list && (slot.wire === "number" || slot.wire === "choice")) {
            return this.number_(slot, this.message_.number(struct, slot.offset, slot.bits));
        }
        const target = this.message_.pointer_of(struct, slot.offset);
        if (target === null) {
            return slot.optional ? null : refuse("it is missing");
        }
        if (slot.list) {
            return target.is_list ? this.list_(slot, target)
                : refuse("there is something else in the list's place");
        }
        return this.pointer_(slot, target);
    }

    number_(slot, number) {
        if (slot.wire === "choice") {
            return this.choice_(slot, number);
        }
        if (slot.bits === 1) {
            return number === 1;
        }
        if (slot.signed) {
            return slot.bits === 64 ? BigInt.asIntN(64, number) : number | 0;
        }
        if (slot.most > 0 && number > slot.most) {
            refuse(`${number} is more than ${slot.most}`);
        }
        return Number(number);
    }

    choice_(slot, number) {
        if (number === 0) {
            return slot.optional ? null : refuse("none is chosen");
        }
        if (number >= slot.choices.length) {
            this.note_unknown_(`"${slot.name}" number ${number}`);
            return number;
        }
        return slot.choices[number];
    }

    pointer_(slot, target) {
        switch (slot.wire) {
            case "text": return this.text_(slot, target);
            case "data": return this.data_(slot, target);
            default: return target.is_list ? refuse("there is something else in its place")
                : this.record_(slot, target);
        }
    }

    bytes_(target) {
        if (target === null) {
            refuse("it is missing");
        }
        if (!target.is_list) {
            refuse("there is something else in its place");
        }
        if (target.size !== size_of_bytes) {
            refuse("there is another kind of list in its place");
        }
        return this.message_.bytes_of(target);
    }

    text_(slot, target) {
        const bytes = this.bytes_(target);
        if (bytes.length === 0 || bytes[bytes.length - 1] !== 0) {
            refuse("the text does not end as text does");
        }
        const text = checked_text(bytes.subarray(0, bytes.length - 1), text_bytes_max);
        check_held(slot.holds, text);
        return text;
    }

    data_(slot, target) {
        const bytes = this.bytes_(target);
        const expected = slot.holds === "signature" ? 64 : slot.holds === "uuid" ? 16 : 32;
        if (bytes.length !== expected) {
            refuse(`there should be ${expected} bytes, not ${bytes.length}`);
        }
        if (slot.holds === "uuid" && (bytes[6] >> 4 !== 7 || bytes[8] >> 6 !== 2)) {
            refuse("a change's id is not a UUID of version 7");
        }
        return bytes;
    }

    // Dates, months, whole numbers, decimals and indexes are structs only so that they can be
    // absent: they come as plain values.
    record_(slot, target) {
        const values = this.struct(slot.record, target);
        switch (slot.type) {
            case "date": return in_range(values.days, day_min, day_max, "day");
            case "month": return in_range(values.months, month_min, month_max, "month");
            case "whole": return slot.most > 0 && values.value > slot.most
                ? refuse(`${values.value} is more than ${slot.most}`) : values.value;
            case "index": return values.value;
            case "decimal": return decimal_of(values);
            default: return values;
        }
    }

    list_(slot, list) {
        if (list.count > slot.most) {
            refuse(`there are ${list.count} elements; at most ${slot.most} are taken`);
        }
        const expected = { choice: size_of_choices, text: size_of_pointers,
            record: size_of_structs }[slot.wire];
        if (list.size !== expected) {
            refuse("there is another kind of list in its place");
        }
        const elements = [];
        for (let i = 0; i < list.count; ++i) {
            elements.push(this.element_(slot, list, i, elements));
        }
        return elements;
    }

    element_(slot, list, i, before) {
        if (slot.wire === "choice") {
            const at = list.at * 8 + 2 * i;
            const number = this.message_.view.getUint16(at, true);
            if (slot.set && i > 0 && number <= this.message_.view.getUint16(at - 2, true)) {
                not_ascending();
            }
            return this.choice_({ ...slot, optional: false }, number);
        }
        if (slot.wire === "record") {
            const value = this.record_(slot, this.message_.element(list, i));
            if (slot.set && slot.type === "date" && i > 0 && value <= before[i - 1]) {
                not_ascending();
            }
            return value;
        }
        const text_of = (place) => this.message_.pointer(list.at + place, list.depth);
        const text = this.text_(slot, text_of(i));
        if (slot.set && i > 0 &&
            compare(this.bytes_(text_of(i)), this.bytes_(text_of(i - 1))) <= 0) {
            not_ascending();
        }
        return text;
    }
}

function not_ascending() {
    refuse("the elements do not stand in ascending order, each once");
}

function in_range(value, least, most, what) {
    return value >= least && value <= most ? value
        : refuse(`${value} is no ${what} between 1900 and 2199`);
}

function decimal_of({ mantissa, scale }) {
    if (scale > scale_max || mantissa >= mantissa_max || mantissa <= -mantissa_max) {
        refuse("a figure has at most 15 digits, 6 of them after the point");
    }
    return { mantissa: Number(mantissa), scale };
}
