// When events were recorded, by words from outside alone: whatever a checkpoint covers that
// somebody saw was there by then, and an event that commits to such a word came later.
//
// Seconds are BigInts, since a cosignature may tell any of 63 bits.

const clock_skew_seconds = 600n;
const no_instant = 2n ** 50n;
const told_max = 6;  // as many at either end

const no_year_of_ours = 8_000_000_000n;
const last_instant_ms = 7_258_118_400_000;

const instant_said = (ms) => new Date(ms).toISOString().replace(".000Z", "Z");

// As people read it; what no calendar of ours holds, as a number.
export function time_said(seconds) {
    const ms = Number(seconds) * 1000;
    return seconds < no_year_of_ours && ms >= 0 && ms < last_instant_ms
        ? instant_said(ms) : `second ${seconds}`;
}

// The runs between the places at which a bound may change.
function runs_between(times, size) {
    const places = new Set([0, size]);
    for (const { size: covered, anchored_by } of times) {
        places.add(covered);
        if (anchored_by !== null && anchored_by < size) {
            places.add(anchored_by);
        }
    }
    const sorted = [...places].sort((one, other) => one - other);
    return sorted.slice(1).map((end, i) =>
        ({ begin: sorted[i], end, not_before: null, not_after: null }));
}

// From the last run to the first: the earliest time of any checkpoint that covers it.
function add_latest(runs, times) {
    const sorted = [...times].sort((one, other) => other.size - one.size);
    let [closest, next] = [null, 0];
    for (const run of [...runs].reverse()) {
        for (; next < sorted.length && sorted[next].size >= run.end; ++next) {
            closest = closest === null || sorted[next].seconds < closest.seconds ? sorted[next]
                : closest;
        }
        run.not_after = closest;
    }
}

// From the first to the last: the latest time that an event up to there commits to.
function add_earliest(runs, times) {
    const sorted = times.filter(({ anchored_by }) => anchored_by !== null)
        .sort((one, other) => one.anchored_by - other.anchored_by);
    let [closest, next] = [null, 0];
    for (const run of runs) {
        for (; next < sorted.length && sorted[next].anchored_by <= run.begin; ++next) {
            closest = closest === null || sorted[next].seconds > closest.seconds ? sorted[next]
                : closest;
        }
        run.not_before = closest;
    }
}

const is_same = (one, other) => one === other || (one !== null && other !== null &&
    one.seconds === other.seconds && one.by === other.by);

// The closest bounds of every event, as runs in the order of the events that cover each of them
// once. `times` are {size, seconds, by, anchored_by}; those over more events than there are say
// nothing.
export function bounds_of(times, size) {
    const within = times.filter((time) => time.size <= size);
    const runs = runs_between(within, size);
    add_latest(runs, within);
    add_earliest(runs, within);
    const bounds = [];
    for (const run of runs) {
        const last = bounds.at(-1);
        if (last !== undefined && is_same(last.not_before, run.not_before) &&
            is_same(last.not_after, run.not_after)) {
            last.end = run.end;
        } else {
            bounds.push(run);
        }
    }
    return bounds;
}

const named = (begin, end) => end - begin === 1 ? `event ${begin}`
    : `events ${begin} to ${end - 1}`;

function limit(seconds, skew) {
    return Number(((seconds < no_instant ? seconds : no_instant) + skew) * 1000n);
}

function check_late({ begin, end, not_after }, recorded, find) {
    const most = limit(not_after.seconds, clock_skew_seconds + 1n);
    const late = recorded.findIndex((instant, i) => i >= begin && i < end && instant > most);
    if (late >= 0) {
        find(late, `recorded_at of ${named(late, end)} is ` +
            `${instant_said(recorded[late])} or later, but by ${not_after.by} they ` +
            `were there at ${time_said(not_after.seconds)}: one of the two clocks was wrong, or ` +
            "they were dated forward", "later than a bound");
    }
}

function check_early({ begin, end, not_before }, recorded, find) {
    const least = limit(not_before.seconds, -clock_skew_seconds);
    const found = recorded.findIndex((instant, i) => i >= begin && (i >= end || instant >= least));
    const good = found < 0 ? end : Math.min(found, end);
    if (good > begin) {
        find(begin, `recorded_at of ${named(begin, good)} is ` +
            `${instant_said(recorded[good - 1])} or earlier, but they rest on what ` +
            `${not_before.by} said at ${time_said(not_before.seconds)}: one of the two clocks ` +
            "was wrong, or they were dated back", "earlier than a bound");
    }
}

// Compares each event's own instant with its bounds, by more than clocks differ. `recorded` has an
// instant for each event and never goes back; `find(event, what, sort)` takes a doubt for each run,
// since whose clock was wrong cannot be told from the bytes.
export function compare_with_bounds(bounds, recorded, find) {
    for (const bound of bounds) {
        if (bound.not_after !== null) {
            check_late(bound, recorded, find);
        }
        if (bound.not_before !== null) {
            check_early(bound, recorded, find);
        }
    }
}

function sentence_of({ begin, end, not_before, not_after }) {
    const sides = [
        not_before === null ? null
            : `not before ${time_said(not_before.seconds)}, by ${not_before.by}`,
        not_after === null ? null
            : `no later than ${time_said(not_after.seconds)}, by ${not_after.by}`];
    return `recorded_at of ${named(begin, end)}: ` +
        sides.filter((side) => side !== null).join(", and ");
}

// A sentence for each of the first and last runs that have a bound, and one that counts those
// between.
export function sentences_of(bounds) {
    const bounded = bounds.filter(({ not_before, not_after }) =>
        not_before !== null || not_after !== null);
    const between = bounded.length - 2 * told_max;
    return between <= 0 ? bounded.map(sentence_of)
        : [...bounded.slice(0, told_max).map(sentence_of),
            `recorded_at of the events between, by ${between} further runs`,
            ...bounded.slice(-told_max).map(sentence_of)];
}

// How many events nothing from outside covers.
export function unbounded_events(bounds) {
    return bounds.filter(({ not_after }) => not_after === null)
        .reduce((count, { begin, end }) => count + end - begin, 0);
}
