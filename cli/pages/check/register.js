// A value that can be set again: it keeps every setting, and shows the one with the latest
// effective day, then the latest index. So a late entry changes the past where it belongs and not
// the present. A setting that was struck counts only for those who ask as of an index before the
// striking, and they fold no further than that.

const stands_before = (one, other) => one.effective !== other.effective
    ? one.effective < other.effective : one.index < other.index;

export class Register {
    constructor() {
        this.settings = [];
    }

    set(effective, index, value) {
        const setting = { effective, index, value, struck_at: null };
        let place = this.settings.length;  // most come last, as they were recorded
        while (place > 0 && stands_before(setting, this.settings[place - 1])) {
            --place;
        }
        this.settings.splice(place, 0, setting);
    }

    // The setting that an event made, unless it was struck; undefined for none.
    made_by(index) {
        return this.settings.find((setting) =>
            setting.index === index && setting.struck_at === null);
    }

    strike(index, struck_at) {
        const setting = this.made_by(index);
        if (setting === undefined) {
            return false;
        }
        setting.struck_at = struck_at;
        return true;
    }

    // What was true at the end of the day; null before the first setting.
    at(day) {
        for (let i = this.settings.length - 1; i >= 0; --i) {
            const setting = this.settings[i];
            if (setting.effective <= day && setting.struck_at === null) {
                return setting;
            }
        }
        return null;
    }

    value_at(day) {
        return this.at(day)?.value ?? null;
    }
}
