// A ledger in which a plan meets every kind of event that changes one, each so that its fold takes
// it, with every field given: what a plan's state can hold, it holds here. The rules of plans would
// refuse much of it, but folds take what was recorded.
import { BentForge } from "./bent.mjs";
import { bytes_from, plan_of_one_action } from "./forge.mjs";

const day = 18_994;
const lead = "director-of-education";
const owner = "head-of-send";
const office = { by: "programme-officer", as: "programmeOffice", onBehalfOf: owner };
const figure = (mantissa, scale = 0) => ({ mantissa, scale });
const meeting = "TW-B-2022-01-02";

// Records by the office, and gives the index.
function teller(forge) {
    return (kind, subject, fields = {}, more = {}) =>
        forge.record(kind, subject, { ...office, fields, ...more });
}

function a_plan(tell) {
    tell("planDrafted", "TW", { kind: "app", inspectedFrom: day - 90, inspectedTo: day - 80,
        reportDate: day - 40, due: day + 30, partners: ["council", "nhs"], predecessor: "TH" });
    tell("reportingPolicySet", "TW",
        { period: "quarter", staleAfter: 10, dueSoon: 14, reads: "restricted" });
    tell("strategyLinked", "TW", { from: day, until: day + 700 });
    tell("bodyNamed", "TW", { body: "leadsGroup", reportsTo: "board", quorum: 3 });
    tell("bodyNamed", "TW", { body: "board", reportsTo: null, quorum: 5 });
    tell("bodyNamed", "TW", { body: "leadsGroup", reportsTo: "board", quorum: 4 });
    tell("planSubmitted", "TW", { version: "1" });
    tell("planReturned", "TW", { version: "1", letter: "TW-E1" });
    tell("planSubmitted", "TW", { version: "2" });
    tell("planDeclaredFitForPurpose", "TW", { version: "2", letter: "TW-E2" });
    tell("ratingScaleDefined", "TW", { axis: "delivery", version: 2, codes: ["G", "A", "R"] });
}

function parts_of_it(tell) {
    tell("areaAdded", "TW-1", { lead });
    tell("areaAdded", "TW-2", { lead });
    tell("areaReworded", "TW-1");
    tell("outcomeAdded", "TW-O1", { parent: "TW-1" });
    for (const action of ["TW-1.1", "TW-1.2", "TW-1.3", "TW-1.10"]) {
        tell("actionAdded", action, { parent: "TW-O1", owner, accountable: lead,
            organisation: "council", start: day, deadline: day + 400, measures: ["TW-M1"],
            evidenceRequired: 2 });
    }
    tell("planBaselined", "TW", { version: "2", items: ["TW-1.1", "TW-1.2"], meeting });
    tell("planRebaselined", "TW",
        { version: "3", items: ["TW-1.1"], meeting, adviserInformed: true });
    const offered = tell("ownerChanged", "TW-1.1",
        { from: owner, to: "second-lead", fromDate: day + 1 });
    tell("ownerAccepted", "TW-1.1", {}, { answers: offered });
    const of_area = tell("ownerChanged", "TW-1", { from: lead, to: owner, fromDate: day + 2 });
    tell("ownerAccepted", "TW-1", {}, { answers: of_area });
}

function delivery(tell) {
    tell("actionStarted", "TW-1.1");
    tell("progressRecorded", "TW-1.1", { period: 24_264, percent: 30 });
    tell("progressRecorded", "TW-1.1", { period: null, percent: null }, { effective: day - 1 });
    tell("actionPaused", "TW-1.1", { until: day + 60, meeting });
    tell("actionResumed", "TW-1.1");
    const scale = { axis: "delivery", scale: 1 };
    const one = tell("ratingProposed", "TW-1.1", { ...scale, from: "UN", to: "A" });
    tell("ratingConfirmed", "TW-1.1", { ...scale, from: "UN", to: "A", meeting },
        { answers: one });
    const other = tell("ratingProposed", "TW-1.1", { ...scale, from: "A", to: "G" });
    tell("ratingOverridden", "TW-1.1", { ...scale, from: "A", to: "R", meeting },
        { answers: other });
    const impact = tell("ratingProposed", "TW-1", { axis: "impact", scale: 1, from: "NM",
        to: "G" });
    tell("ratingConfirmed", "TW-1", { axis: "impact", scale: 1, from: "NM", to: "G", meeting },
        { answers: impact });
    const refused = tell("completionClaimed", "TW-1.1", { evidence: ["TW-E1"] });
    tell("completionRejected", "TW-1.1", { meeting }, { answers: refused });
    const claimed = tell("completionClaimed", "TW-1.1", { evidence: ["TW-E1", "TW-E2"] });
    tell("actionCompleted", "TW-1.1", { evidence: ["TW-E2"], meeting }, { answers: claimed });
    tell("actionReopened", "TW-1.1", { from: "complete", to: "inProgress", meeting });
    tell("actionEmbedded", "TW-1.1", { meeting });
    tell("actionMerged", "TW-1.2", { into: "TW-1.1", meeting });
    tell("actionWithdrawn", "TW-1.2", { successors: ["TW-1.3"], meeting });
    tell("actionSplit", "TW-1.3", { into: ["TW-1.1", "TW-1.10"], meeting });
    for (const milestone of ["TW-1.1-M1", "TW-1.1-M2", "TW-1.1-M3"]) {
        tell("milestoneAdded", milestone, { parent: "TW-1.1", deadline: day + 100 });
    }
    tell("milestoneMet", "TW-1.1-M1", { date: day, evidence: ["TW-E1"] });
    tell("milestoneMissed", "TW-1.1-M2");
    tell("milestoneWithdrawn", "TW-1.1-M3");
}

function measures(tell) {
    const definition = { definition: 1, unit: "percent", polarity: "lowerIsBetter", period: "month",
        cumulativeFrom: day, greenWithin: figure(5), amberWithin: figure(105, 1), smallNumber: 5 };
    tell("measureDefined", "TW-M1", definition);
    tell("measureRedefined", "TW-M1", { ...definition, definition: 2, comparable: true });
    tell("baselineSet", "TW-M1", { definition: 2, periodEnd: day, value: figure(-4_150, 2) });
    tell("targetSet", "TW-M1", { definition: 2, value: figure(90), date: day + 365,
        benchmark: figure(595, 1) });
    tell("trajectorySet", "TW-M1", { definition: 2, points: [
        { date: day + 100, value: figure(50) }, { date: day + 200, value: figure(70) }] });
    const reading = { definition: 2, period: 24_264, periodStart: day - 30, value: figure(1, 1),
        numerator: figure(3), denominator: figure(30), evidence: "TW-E1",
        provisionalUntil: day + 30 };
    for (const periodEnd of [day + 31, day, day + 62]) {
        tell("readingRecorded", "TW-M1", { ...reading, periodEnd });
        tell("readingRecorded", "TW-M1", { ...reading, definition: 1, periodEnd });
    }
    tell("readingCorrected", "TW-M1", { ...reading, periodEnd: day, value: figure(2, 1) });
    tell("readingRestated", "TW-M1", { definition: 2, touched: [
        { periodEnd: day, value: figure(3) }, { periodEnd: day + 31, value: figure(4) }] });
}

function changes(tell) {
    const what = (fields) => ({ from: null, to: null, fromValue: null, toValue: null, ...fields });
    const ask = (subject, fields) =>
        tell("changeRequested", subject, { ...what(fields), level: "board" });
    const carry_out = (subject, fields) => {
        const approved = tell("changeApproved", subject, { ...what(fields), level: "board",
            late: true, adviserInformed: true, meeting }, { answers: ask(subject, fields) });
        tell("changeApplied", subject, what(fields), { answers: approved });
    };
    carry_out("TW-1.10", { field: "deadline", from: day + 400, to: day + 430 });
    carry_out("TW-1.1-M2", { field: "deadline", from: day + 100, to: day + 130 });
    carry_out("TW-M1", { field: "target", to: day + 380, fromValue: figure(90),
        toValue: figure(855, 1) });
    carry_out("TW-M1", { field: "baseline", fromValue: figure(-4_150, 2), toValue: figure(41) });
    tell("changeRefused", "TW-1.1", { meeting },
        { answers: ask("TW-1.1", { field: "scope" }) });
    tell("changeWithdrawn", "TW-1.1", {}, { answers: ask("TW-1.1", { field: "trajectory" }) });
}

function evidence(tell, forge) {
    const item = { type: "audit", version: 1, dateOfDocument: day - 3, periodStart: day - 90,
        periodEnd: day - 1, sourceOrganisation: "nhs", personalData: "child",
        reviewBy: day + 365, lawfulBasis: "publicTask" };
    tell("evidenceRegistered", "TW-E1", { ...item,
        document: forge.document(7, Buffer.from("One\n")) });
    tell("evidenceVersionAdded", "TW-E2", { ...item, version: 2, prior: "TW-E1",
        document: forge.document(8, Buffer.from("Two\n")) });
    tell("evidenceSuperseded", "TW-E1", { by: "TW-E2" });
    tell("evidenceLinked", "TW-E2", { target: "TW-1" });
    tell("evidenceLinked", "TW-E2", { target: "TW-1.1" });
    tell("evidenceUnlinked", "TW-E2", { target: "TW-1" });
    for (const kind of ["evidenceMoreAsked", "evidenceRejected", "evidenceAccepted"]) {
        const submitted = tell("evidenceSubmitted", "TW-E2", { target: "TW-1.1" });
        tell(kind, "TW-E2", { target: "TW-1.1", checks: ["dated"] }, { answers: submitted });
    }
    tell("evidenceMarkedStale", "TW-E2");
    tell("evidenceRenewed", "TW-E2", { reviewBy: day + 500 });
    tell("evidenceMarkedStale", "TW-E1");
    tell("redactedCopyIssued", "TW-E1", { derivative: "TW-E2", redactor: owner,
        secondChecker: lead, categories: ["childName"], method: "removed" });
    tell("contentRead", "TW-E1", { document: forge.document(9, Buffer.from("Three\n")),
        pack: null });
}

function governance(tell) {
    tell("meetingHeld", meeting, { body: "board", date: day, quorate: true,
        attended: [lead, owner], minutes: "TW-E1" });
    tell("decisionRecorded", "TW-D1", { meeting, about: ["TW-1", "TW-1.1"] });
    tell("progressReported", "TW", { body: "board", asAt: day, meeting, report: "TW-E2" });
    tell("challengeRecorded", "TW-C1", { askedAs: "boardChair", meeting, about: ["TW-1"],
        due: day + 20 });
    tell("challengeAnswered", "TW-C1");
    tell("exceptionOpened", "TW-1.1", { exception: "TW-X1" });
    tell("exceptionAnswered", "TW-1.1", { exception: "TW-X1", meeting });
    tell("exceptionClosed", "TW-1.1", { exception: "TW-X1" });
    const score = { type: "risk", likelihood: 2, impact: 4 };
    tell("riskRaised", "TW-RK1", { ...score, about: ["TW-1.1"], owner: lead });
    tell("riskRescored", "TW-RK1", { ...score, likelihood: 5 });
    tell("riskClosed", "TW-RK1");
    tell("engagementRecorded", "TW", { channel: "localOffer", date: day, reached: 120,
        about: ["TW-1"] });
    tell("selfEvaluationRecorded", "TW", { asAt: day, cites: ["TW-1.1"], report: "TW-E2" });
}

function from_outside(tell) {
    const review = { type: "revisit", number: 2, bodies: ["council", "nhs"] };
    tell("externalReviewScheduled", "TW-R1", { ...review, from: day + 10, until: day + 12 });
    tell("externalReviewNotified", "TW-R1", { noticeDate: day, from: day + 10 });
    tell("externalReviewHeld", "TW-R1", { ...review, date: day, about: ["TW-1"] });
    tell("externalReviewHeld", "TW-R2", { ...review, type: "monitoringInspection", date: day,
        about: ["TW-2"] });
    const outcome = { review: "TW-R1", judgement: "sufficient", letter: "TW-E2",
        nextReview: day + 180 };
    tell("externalReviewOutcomeRecorded", "TW-1", outcome);
    tell("externalReviewOutcomeRecorded", "TW", outcome);
    tell("nextStepsRecorded", "TW",
        { review: "TW-R1", steps: ["visitsContinue"], letter: "TW-E2" });
    tell("monitoringCeased", "TW-2", { review: "TW-R1", date: day });
    for (const request of ["TW-I1", "TW-I2"]) {
        tell("informationRequested", request, { from: "dfe", due: day + 5, review: "TW-R1" });
    }
    tell("informationFulfilled", "TW-I1", { pack: "TW-K1" });
    tell("informationRefused", "TW-I2");
    tell("packFrozen", "TW-K1", { asAt: day, recipient: lead, items: ["TW-E1"],
        redacted: ["TW-E2"], size: 40, digest: bytes_from("a pack"), length: 9, asKnown: day,
        disclosed: ["title"], closest: "partnership" });
    tell("packShared", "TW-K1", { recipient: lead, expires: day + 30 });
    tell("packAccessed", "TW-K1", { reader: lead });
}

function publications(tell) {
    const shown = [{ subject: "TW-1.1", code: "G" }, { subject: "TW-1.10", code: "R" }];
    const told = { asAt: day, channel: "localOffer" };
    tell("publicationDrafted", "TW-P1", told);
    tell("publicationChecked", "TW-P1",
        { asAt: day, privacyCheck: "passed", accessibilityCheck: "failed" });
    tell("publicationApproved", "TW-P1", { asAt: day });
    tell("published", "TW-P1", { ...told, shown, digest: bytes_from("a page") });
    tell("publicationCorrected", "TW-P1", { asAt: day, approvedBy: lead,
        changes: [{ subject: "TW-1.10", from: "R", to: "A" }], shown });
    tell("publicationWithdrawn", "TW-P1");
}

// Everything that can be struck, each beside one of its kind that stays.
function strikes(tell) {
    const twice = (kind, subject, fields) => {
        tell(kind, subject, fields);
        const typed = tell(kind, subject, fields);
        tell("rectificationNoted", subject, {}, { answers: typed });
        tell("entryCorrected", subject, {}, { answers: typed });
        return typed;
    };
    twice("ratingProposed", "TW-1.10", { axis: "delivery", scale: 1, from: "UN", to: "G" });
    twice("ratingProposed", "TW-2", { axis: "impact", scale: 1, from: "NM", to: "G" });
    twice("areaReworded", "TW-2");
    twice("milestoneMissed", "TW-1.1-M3");
    twice("milestoneMet", "TW-1.1-M3", { date: day, evidence: ["TW-E2"] });
    twice("readingRestated", "TW-M1", { definition: 1, touched: [
        { periodEnd: day, value: figure(7) }, { periodEnd: day + 31, value: figure(8) }] });
    twice("riskRescored", "TW-RK3", { type: "issue", likelihood: 3, impact: 3 });
    return twice("progressRecorded", "TW-1.10", { period: null, percent: 99 });
}

function records(tell, forge) {
    tell("riskRaised", "TW-RK3", { type: "risk", likelihood: 1, impact: 2, about: [], owner });
    const typed = strikes(tell);
    const wrong = tell("riskRaised", "TW-RK2", { type: "issue", likelihood: 1, impact: 1,
        about: [], owner });
    tell("rectificationNoted", "TW-RK2", {}, { answers: wrong });
    tell("holdPlaced", "TW-H1", { scope: "TW-1" });
    tell("holdReleased", "TW-H1");
    for (const erasure of [{ request: "TW-ER1", scope: "words" },
        { request: "TW-ER2", scope: "content" }]) {
        tell("erasureRequested", "TW-E1", { ...erasure, event: typed });
        tell("erasureDecided", "TW-E1", { ...erasure, decision: "granted",
            ground: "noLongerNecessary", kept: ["hash"] });
        tell("contentErased", "TW-E1", { ...erasure, keyDestroyed: true, vaultGeneration: 3,
            event: typed, vaultDigest: bytes_from("a vault"), document: null });
    }
    tell("retentionApplied", "TW-E2", { class: "evidence", due: day + 3000 });
    tell("disposalApproved", "TW-E2");
    tell("disposed", "TW-E2", { keyDestroyed: true, vaultGeneration: 4,
        vaultDigest: bytes_from("a vault"), document: null });
    const size = forge.entries.length;
    tell("periodClosed", "TW", { size, state: bytes_from("a state"), heads: bytes_from("heads") });
    tell("planSuperseded", "TW", { successor: "TX", carried: [{ from: "TW-1.1", to: "TX-1.1" }] });
    tell("planClosed", "TW", { meeting });
}

// `bend`, of event `at`, as BentForge has it.
export function ledger_of_every_kind(at = -1, bend = null) {
    const forge = plan_of_one_action(new BentForge(at, bend));
    const tell = teller(forge);
    [a_plan, parts_of_it, delivery, measures].forEach((part) => part(tell));
    evidence(tell, forge);
    [changes, governance, from_outside, publications].forEach((part) => part(tell));
    records(tell, forge);
    return forge;
}
export const plan_of_every_kind = "TW";
