// What was published of the plan, from its draft on.
import { adds, on } from "./fold_part.js";

function on_publication(fold) {
    return on("publications", fold, "its publication is not there");
}
// A step that a publication takes once.
function once(step, why) {
    return on_publication((publication, { entry }) => {
        if (publication[step] !== null) {
            return why;
        }
        publication[step] = entry;
        return null;
    });
}

export const publication_folds = {
    publicationDrafted: adds("publications", ({ fields, entry }) => ({ drafted: entry,
        as_at: fields.asAt, channel: fields.channel, checks: [], approved: null, published: null,
        corrections: [], withdrawn: null })),
    publicationChecked: on_publication((publication, { fields, entry }) => {
        publication.checks.push({ entry, privacy: fields.privacyCheck,
            accessibility: fields.accessibilityCheck });
    }),
    publicationApproved: once("approved", "it was approved before"),
    published: on_publication((publication, { fields, entry }) => {
        if (publication.published !== null) {
            return "it was published before";
        }
        publication.published = { entry, shown: fields.shown, digest: fields.digest };
        return null;
    }),
    publicationCorrected: on_publication((publication, { fields, entry }) => {
        if (publication.published === null) {
            return "it was not published";
        }
        publication.corrections.push({ entry, approved_by: fields.approvedBy,
            changes: fields.changes, shown: fields.shown });
        return null;
    }),
    publicationWithdrawn: once("withdrawn", "it was withdrawn before"),
};
