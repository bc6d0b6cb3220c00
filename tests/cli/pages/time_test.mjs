import assert from "node:assert/strict";
import { test } from "node:test";
import { Refusal } from "../../../cli/pages/check/refusal.js";
import { Zone, date_text, parse_date } from "../../../cli/pages/check/time.js";

// The civil day as the platform's table of zones has it, asked for each instant by itself.
function reference(zone, instant) {
    return new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit",
        day: "2-digit" }).format(instant);
}

test("an instant lies on the civil day of its zone, summer and winter", () => {
    for (const name of ["Europe/London", "Pacific/Kiritimati", "Pacific/Niue", "Asia/Kathmandu",
        "Africa/Casablanca"]) {
        const zone = new Zone(name);
        for (const begin of ["2022-01-01", "2022-03-26", "2022-10-29", "1999-12-31",
            "2150-07-01"]) {
            const first = Date.parse(`${begin}T00:00:00Z`);
            for (let minute = 0; minute < 3 * 1440; minute += 13) {
                const instant = first + minute * 60_000;
                assert.equal(date_text(zone.day_of(instant)), reference(name, instant), name);
            }
        }
    }
});

test("a zone that nobody knows is refused", () => {
    assert.throws(() => new Zone("Europe/Atlantis"), Refusal);
});

test("a date has one spelling", () => {
    assert.equal(parse_date("1970-01-02"), 1);
    for (const wrong of ["2022-02-30", "2022-2-1", "2022-13-01", "", "today", "2022-01-01T00:00"]) {
        assert.throws(() => parse_date(wrong), Refusal, wrong);
    }
});
