// Events of every kind of the schema, well signed and about parts of the plan, whether or not they
// make sense there: the rules must find the same wrong with them, and the folds must make the same
// of them.
import { read_change } from "../../../cli/pages/check/event.js";
import { plan_of } from "../../../cli/pages/check/text.js";
import { bent_value, people, subjects } from "./bent.mjs";
import { golden_hex, golden_names, schema } from "./built.mjs";

// The values of a change of every kind.
export const values_of_kinds = golden_names("change").filter((name) => name.endsWith(".hex"))
    .map((name) => read_change(schema, golden_hex(`change/${name}`)));

const holders = { programmeOffice: "programme-officer", areaLead: "director-of-education",
    actionOwner: "head-of-send", recordsManager: "records-manager", dpo: "officer-of-data",
    boardChair: "board-chair", founder: "founder-office" };

function fields_of(dice, forge, { kind, fields }) {
    const { record } = schema.structs.Change.members.find((each) => each?.name === kind);
    const { slots } = schema.structs[record];
    return Object.fromEntries(slots.map((slot) => [slot.name, dice.below(3) === 0
        ? fields[slot.name] : bent_value(dice, forge, slot, fields[slot.name])]));
}

// Kinds that decide on something that stands before them.
const deciding = new Set(["actionCompleted", "actionPaused", "challengeAnswered", "changeApproved",
    "changeRefused", "changeWithdrawn", "completionRejected", "contentErased", "disposalApproved",
    "disposed", "entryCorrected", "erasureDecided", "evidenceAccepted", "evidenceMoreAsked",
    "evidenceRejected", "exceptionAnswered", "exceptionClosed", "holdReleased", "keyConfirmed",
    "keyRevoked", "monitoringCeased", "ownerAccepted", "packAccessed", "personConfirmed",
    "publicationApproved", "publicationChecked", "publicationCorrected", "ratingConfirmed",
    "ratingOverridden", "redactedCopyIssued", "roleConfirmed", "roleRevoked"]);
const values_of_decisions = values_of_kinds.filter(({ kind }) => deciding.has(kind));

// What is recorded, about what, and what it answers.
function stray_of(dice, forge) {
    const size = forge.entries.length;
    if (dice.below(2) === 0) {
        const answers = Math.max(1, size - 1 - dice.below(dice.below(2) === 0 ? 12 : size));
        return { values: dice.one_of(values_of_decisions), subject: forge.subjects[answers],
            answers };
    }
    const values = dice.one_of(values_of_kinds);
    return { values, subject: dice.below(3) === 0 ? values.subject : dice.one_of(subjects),
        answers: dice.below(2) === 0 ? dice.below(size) : null };
}

// Appends so many to the ledger.
export function add_strays(dice, forge, count) {
    for (let i = 0; i < count; ++i) {
        const { values, subject, answers } = stray_of(dice, forge);
        const { roles } = schema.kinds[values.kind];
        const role = dice.one_of(roles.length > 0 ? roles : ["programmeOffice"]);
        const by = dice.below(4) === 0 ? dice.one_of(people)
            : holders[role] ?? dice.one_of(people);
        forge.record(values.kind, subject, { by, as: role, plan: plan_of(subject), answers,
            fields: fields_of(dice, forge, values) });
    }
    return forge;
}
