// The rules about who may check, approve and put right what was published of a plan.
import { by_another_than, nobody_enrolled, plan_of_case } from "./case.js";
import { holds_for } from "./rights.js";

// R135
function by_three_people(at_hand) {
    const publication = plan_of_case(at_hand)?.publications.get(at_hand.change.subject);
    if (publication === undefined) {
        return null;
    }
    const checks = at_hand.change.kind === "publicationApproved" ? publication.checks : [];
    return by_another_than(at_hand, publication.drafted, "drafted the publication") ??
        checks.map(({ entry }) => by_another_than(at_hand, entry, "checked the publication"))
            .find((wrong) => wrong !== null) ?? null;
}

// R138
function correction_approved_by_another(at_hand) {
    const { change, state, author, today, schema } = at_hand;
    const plan = plan_of_case(at_hand);
    const publication = plan?.publications.get(change.subject);
    if (publication === undefined || publication.published === null) {
        return null;
    }
    const approver = change.fields.approvedBy;
    const wrong = nobody_enrolled(at_hand, [approver]);
    if (wrong !== null) {
        return wrong;
    }
    if (author === approver || change.onBehalfOf === approver) {
        return `${approver} cannot approve a correction and also record it`;
    }
    return schema.kinds.publicationApproved.roles.some((role) =>
        holds_for(state, approver, role, change.subject, today))
        ? corrected_truly(plan, publication, change.fields)
        : `${approver} holds no role that approves publications of ${change.plan}`;
}

const usual_codes = { delivery: ["G", "A", "R", "GY", "UN", "B", "E", "NA"],
    impact: ["NM", "G", "A", "R"] };

// What a page shows, by subject; null for a page that cannot be, which another rule judges.
function page_of(plan, shown) {
    const page = new Map();
    for (const { subject, code } of shown) {
        const axis = plan.actions.has(subject) ? "delivery"
            : plan.areas.has(subject) ? "impact" : null;
        const is_code = axis !== null && (usual_codes[axis].includes(code) ||
            plan.scales.some((scale) => scale.axis === axis && scale.codes.includes(code)));
        if (!is_code || page.has(subject)) {
            return null;
        }
        page.set(subject, code);
    }
    return page;
}

// The other half of R138: a correction says truly what the page had shown.
function corrected_truly(plan, publication, fields) {
    const before = (publication.corrections.at(-1) ?? publication.published).shown;
    const page = new Map(before.map(({ subject, code }) => [subject, code]));
    for (const { subject, from, to } of fields.changes) {
        if (page.get(subject) !== from) {
            return `${subject} ` +
                (page.has(subject) ? `is shown as ${page.get(subject)}` : "is not on the page");
        }
        page.set(subject, to);
    }
    const after = page_of(plan, fields.shown);
    const is_same = after === null || (after.size === page.size &&
        [...page].every(([subject, code]) => after.get(subject) === code));
    return is_same ? null
        : "what the page shows now is not what it showed, with these changes";
}

export const publication_rules = {
    publicationChecked: [["R135", by_three_people]],
    publicationApproved: [["R135", by_three_people]],
    publicationCorrected: [["R138", correction_approved_by_another]],
};
