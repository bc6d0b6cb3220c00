// The verdict on a pack, as the tests ask for it.
import { state_known_on } from "../../../cli/pages/check/content_check.js";
import { evidence_rows, papers_of } from "../../../cli/pages/check/papers.js";
import { verify_pack } from "../../../cli/pages/check/verify.js";
import { schema } from "./built.mjs";
import { members_of, zip } from "./pack_maker.mjs";

export const day = 18_994;

export async function verify(bytes, { is_embedded = false, outside = {} } = {}) {
    const reported = [];
    const checked = await verify_pack({ bytes, schema, is_embedded, progress: () => {},
        outside: { policy: null, checkpoint: null, authority: null, ...outside },
        report: (item) => reported.push(item) });
    return { ...checked, reported, item: (id) => checked.verdict.items.get(id) };
}

// A pack of a forged ledger, once the page's own fold has said what its plan is and what its papers
// say.
export async function pack_of(forge, options = {}) {
    const given = { day, made_with: schema.papers.program, ...options };
    const unknown = await verify(zip(members_of(forge, null, given)));
    const plan = state_known_on(unknown.check, given.day).state.plans.get("TH");
    if (plan === undefined) {
        return members_of(forge, null, { ...given, made_with: "a test" });
    }
    const context = { ...unknown, given: { schema } };
    const members = members_of(forge, plan, given);
    const papers = papers_of({ ...context, pack: { members } });
    papers.set("evidence.csv", evidence_rows(context, plan).map(([text]) => text).join(""));
    return members_of(forge, plan, { ...given, papers });
}

// What failed, by the ids of the items.
export function failed(checked) {
    return [...checked.verdict.items.values()].filter(({ state }) => state === "failed")
        .map(({ id }) => id);
}
