// Each action with all that is known of it on the day: progress, ratings, milestones, deadlines,
// claims and evidence.
import { deadline_on, delivery_on, stage_on } from "../check/calendar.js";
import { date_in_words, date_text, month_in_words } from "../check/time.js";
import { parts_on } from "../check/state_check.js";
import { facts, make, section, table } from "./dom.js";
import { in_words, rating_tag, sentence_case, shown_tag, word_of } from "./wording.js";
import { title_of, why_shown } from "./plan_view.js";

function linked_evidence(plan, ref, day) {
    return parts_on(plan.evidence, day).filter((item) => item.links.some((link) =>
        link.target === ref && link.linked.effective <= day &&
        (link.unlinked === null || link.unlinked.effective > day)));
}

function references(refs) {
    return refs.length === 0 ? "none" : refs.flatMap((ref, i) =>
        [i > 0 ? ", " : "", make("a", { href: `#${ref}` }, ref)]);
}

function action_facts(view, action) {
    const { plan, day } = view;
    const deadline = deadline_on(action, day);
    const started = action.started !== null && action.started.effective <= day;
    return facts([
        ["Stands at", sentence_case(in_words(stage_on(action, day)))],
        ["Why this rating", why_shown(plan, action, day)],
        ["Outcome", [`${action.outcome} `, title_of(view, action.outcome)]],
        ["Owner", action.owner.value_at(day) ?? "nobody"],
        ["Accountable", action.accountable.value_at(day) ?? "nobody"],
        ["Organisation", in_words(action.organisation)],
        ["Started", started ? date_in_words(action.started.effective) : "not yet"],
        ["Deadline", date_in_words(deadline) + (deadline === action.original_deadline ? ""
            : `; first set: ${date_in_words(action.original_deadline)}`)],
        ["Measures", action.measures.join(", ") || "none"],
        ["Evidence", references(linked_evidence(plan, action.ref, day).map(({ ref }) => ref))],
    ]);
}

const until = (day) => ({ effective }) => effective <= day;

function progress_part(view, action) {
    const settings = action.progress.settings.filter((each) =>
        each.effective <= view.day && each.struck_at === null);
    return settings.length === 0 ? null : table(`Progress on ${action.ref}`,
        [["Event", "number"], ["True on", "day"], ["Period"], ["Done", "number"], ["What happened"],
            ["Next steps"]],
        settings.map(({ index, effective, value }) => [String(index), date_text(effective),
            value.period === null ? "" : month_in_words(value.period),
            value.percent === null ? "" : `${value.percent}%`,
            word_of(view.pack, index, "text") ?? "",
            word_of(view.pack, index, "nextSteps") ?? ""]));
}

function decision_on(ratings, proposal, day) {
    return ratings.confirmed.settings.find(({ value, effective }) =>
        value.proposal === proposal.index && effective <= day);
}

export function ratings_table(view, ratings, axis, ref) {
    const proposals = ratings.proposals.filter(until(view.day));
    return proposals.length === 0 ? null : table(`Ratings of ${ref}: ${axis}`,
        [["Event", "number"], ["True on", "day"], ["Proposed"], ["By"], ["Because"], ["Decided"],
            ["By"]],
        proposals.map((proposal) => {
            const decided = decision_on(ratings, proposal, view.day);
            return [String(proposal.index), date_text(proposal.effective),
                rating_tag(axis, proposal.to), proposal.by + (proposal.on_behalf_of === null ? ""
                    : `, for ${proposal.on_behalf_of}`),
                word_of(view.pack, proposal.index, "reason") ?? "",
                decided === undefined ? "waits" : [rating_tag(axis, decided.value.code),
                    ` ${date_text(decided.effective)}, event ${decided.index}`],
                decided?.value.confirmed_by ?? ""];
        }));
}

function milestones_part(view, action) {
    const milestones = parts_on(view.plan.milestones, view.day)
        .filter((milestone) => milestone.action === action.ref);
    return milestones.length === 0 ? null : table(`Milestones of ${action.ref}`,
        [["Ref", "ref"], ["What"], ["Stands at"], ["Due", "day"], ["Met on", "day"]],
        milestones.map((milestone) => [milestone.ref, title_of(view, milestone.ref),
            in_words(milestone.stage.value_at(view.day) ?? "due"),
            date_text(deadline_on(milestone, view.day)),
            milestone.met_on === null ? "" : date_text(milestone.met_on)]));
}

function changes_part(view, action) {
    const changes = view.plan.changes.filter((change) => change.subject === action.ref &&
        change.requested.effective <= view.day);
    return changes.length === 0 ? null : table(`Changes asked for of ${action.ref}`,
        [["Event", "number"], ["What"], ["From", "day"], ["To", "day"], ["Asked by"], ["Because"],
            ["Stands at"]],
        changes.map((change) => [String(change.requested.index), in_words(change.field),
            change.from === null ? "" : date_text(change.from),
            change.to === null ? "" : date_text(change.to), change.requested.by,
            word_of(view.pack, change.requested.index, "reason") ?? "",
            change.stage + (change.approved === null ? "" : ` (approved by ` +
                `${change.approved.entry.by}${change.approved.late ? ", late" : ""})`)]));
}

function claims_part(view, action) {
    const claims = action.claims.filter(({ claimed }) => claimed.effective <= view.day);
    return claims.length === 0 ? null : table(`Claims that ${action.ref} is complete`,
        [["Event", "number"], ["Claimed on", "day"], ["By"], ["On"], ["What became of it"]],
        claims.map(({ claimed, evidence, rejected, completed }) => [String(claimed.index),
            date_text(claimed.effective), claimed.by, references(evidence),
            completed !== null ? `completed on ${date_text(completed.effective)} by ${completed.by}`
                : rejected !== null ? `turned down on ${date_text(rejected.effective)} by ` +
                    rejected.by : "waits"]));
}

function action_part(view, action) {
    return make("details", { id: action.ref },
        make("summary", {}, `${action.ref} `, title_of(view, action.ref),
            shown_tag("delivery", delivery_on(view.plan, action, view.day))),
        action_facts(view, action), progress_part(view, action),
        ratings_table(view, action.delivery, "delivery", action.ref),
        milestones_part(view, action), changes_part(view, action), claims_part(view, action));
}

export function actions_section(view) {
    const { plan, day } = view;
    return section("actions", "Actions, one by one",
        parts_on(plan.actions, day).map((action) => action_part(view, action)),
        make("h3", {}, "Impact of each area"),
        parts_on(plan.areas, day).map((area) => ratings_table(view, area.impact, "impact", area.ref)
            ?? make("p", {}, `${area.ref}: nothing is rated yet.`)));
}
