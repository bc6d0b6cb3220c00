// Civil days: whole numbers from 1970-01-01, day 0, as events have them.
import { refuse } from "./refusal.js";

const day_ms = 86_400_000;
export const day_min = -25_567;  // 1900-01-01
export const day_max = 84_005;  // 2199-12-31
const quarter_hour_ms = 900_000;
const quarters_a_day = 96;

export const months = ["January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December"];

export function date_text(day) {
    return new Date(day * day_ms).toISOString().slice(0, 10);
}
export function date_in_words(day) {
    const date = new Date(day * day_ms);
    return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}
export function month_in_words(month) {
    return `${months[month % 12]} ${Math.floor(month / 12)}`;
}

export function parse_date(text) {
    const day = Date.parse(`${text}T00:00:00Z`) / day_ms;
    if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) || !Number.isInteger(day) ||
        date_text(day) !== text || day < day_min || day > day_max) {
        refuse(`"${text.slice(0, 40)}" is no date such as 2022-03-31`);
    }
    return day;
}

// Year * 12 + month, from 0.
export function month_of(day) {
    const date = new Date(day * day_ms);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
export function first_day_of(month) {
    return Date.UTC(Math.floor(month / 12), month % 12, 1) / day_ms;
}

// The civil days of a zone, by the browser's own table of zones.
export class Zone {
    constructor(name) {
        try {
            this.format_ = new Intl.DateTimeFormat("en-CA", { timeZone: name, year: "numeric",
                month: "2-digit", day: "2-digit" });
        } catch {
            refuse(`this browser does not know the time zone ${name}`);
        }
        // Browsers take "europe/london" as well, which is no name of a zone.
        const { timeZone: known } = this.format_.resolvedOptions();
        if (known !== name && known.toLowerCase() === name.toLowerCase()) {
            refuse(`there is no time zone ${name}, but ${known}`);
        }
        this.days_ = new Map();
    }

    // Every zone's offset is a multiple of a quarter of an hour, and within 24 hours there is one
    // midnight at the most: so a day of UTC holds two civil days, and is looked up once.
    day_of(instant_ms) {
        const quarter = Math.floor(instant_ms / quarter_hour_ms);
        const utc_day = Math.floor(quarter / quarters_a_day);
        let known = this.days_.get(utc_day);
        if (known === undefined) {
            known = this.civil_days_(utc_day);
            this.days_.set(utc_day, known);
        }
        return quarter < known.midnight ? known.first : known.second;
    }

    civil_days_(utc_day) {
        let [begin, end] = [utc_day * quarters_a_day, (utc_day + 1) * quarters_a_day - 1];
        const [first, second] = [this.look_up_(begin), this.look_up_(end)];
        while (first !== second && end - begin > 1) {
            const middle = Math.floor((begin + end) / 2);
            [begin, end] = this.look_up_(middle) === first ? [middle, end] : [begin, middle];
        }
        return { first, second, midnight: end };
    }

    look_up_(quarter) {
        const [year, month, of_month] =
            this.format_.format(quarter * quarter_hour_ms).split("-");
        return Date.UTC(year, month - 1, of_month) / day_ms;
    }
}
