// Civil days: whole numbers from 1970-01-01, day 0, as events have them.
import { refuse } from "./refusal.js";

const day_ms = 86_400_000;
const quarter_hour_ms = 900_000;

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
        date_text(day) !== text) {
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
        this.days_ = new Map();
    }

    day_of(instant_ms) {
        // Every zone's offset is a multiple of a quarter of an hour.
        const quarter = Math.floor(instant_ms / quarter_hour_ms);
        let day = this.days_.get(quarter);
        if (day === undefined) {
            const [year, month, of_month] = this.format_.format(instant_ms).split("-");
            day = Date.UTC(year, month - 1, of_month) / day_ms;
            this.days_.set(quarter, day);
        }
        return day;
    }
}
