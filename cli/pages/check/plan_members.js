// The members of everything that a plan holds, in the order in which its digest takes them
// (ledger/state/plan_members*.h): whoever adds one there adds it here.
import { choice, day, decimal, flag, hash, index, list, map, members, month, one_of, optional,
    register, text, u16, u32 } from "./record_bytes.js";

const texts = list(text);
const entry = members({ index, effective: day, by: text, on_behalf_of: optional(text) });
const entry_or_none = optional(entry);

const rating = members({ code: text, scale: u16, proposal: index, confirmed_by: text,
    meeting: optional(text), instead_of: optional(text) });
const proposal = members({ index, effective: day, by: text, scale: u16, from: text, to: text,
    confirmed_by: optional(index), on_behalf_of: optional(text) });
const ratings = members({ proposals: list(proposal), confirmed: register(rating) });

const conclusion = members({ recorded: entry, review: text, judgement: choice("Judgement"),
    letter: text, next_review: optional(day) });

const area = members({ ref: text, added_at: index, added_on: day, lead: register(text),
    title: register(index), impact: ratings, stage: register(choice("AreaStage")),
    conclusions: list(conclusion) });
const outcome = members({ ref: text, added_at: index, added_on: day, area: text });

const progress_report = members({ index, by: text, period: optional(month),
    percent: optional(u32) });
const claim = members({ claimed: entry, evidence: texts, rejected: entry_or_none,
    completed: entry_or_none });
const completion = members({ completed: entry, evidence: texts, meeting: optional(text),
    reopened: entry_or_none });
const action = members({ ref: text, added_at: index, added_on: day, outcome: text, area: text,
    owner: register(text), accountable: register(text), organisation: choice("Organisation"),
    start: day, original_deadline: day, deadline: register(day), measures: texts,
    evidence_required: u16, started: optional(members({ index, effective: day })),
    stage: register(choice("ActionStage")), paused_until: register(day),
    progress: register(progress_report), delivery: ratings, claims: list(claim),
    completions: list(completion), successors: texts });
const milestone = members({ ref: text, added_at: index, added_on: day, action: text,
    original_deadline: day, deadline: register(day), stage: register(choice("MilestoneStage")),
    met_on: optional(day), evidence: texts, reported: list(entry) });

const definition = members({ defined: entry, number: u16, unit: choice("Unit"),
    polarity: choice("Polarity"), rhythm: choice("Rhythm"), cumulative_from: optional(day),
    green_within: optional(decimal), amber_within: optional(decimal),
    small_number: optional(u32), is_comparable: flag });
const baseline = members({ definition: u16, period_end: day, value: decimal });
const target = members({ definition: u16, value: decimal, date: day,
    benchmark: optional(decimal) });
const trajectory = members({ definition: u16,
    points: list(members({ date: day, value: decimal })) });
const reading_value = members({ how: one_of("recorded", "corrected", "restated"), value: decimal,
    numerator: optional(decimal), denominator: optional(decimal), evidence: optional(text),
    by: text });
const reading = members({ recorded: entry, definition: u16, period: optional(month),
    period_start: optional(day), period_end: day, provisional_until: optional(day),
    value: register(reading_value) });
const measure = members({ ref: text, added_at: index, added_on: day,
    definitions: list(definition), baseline: register(baseline), target: register(target),
    trajectory: register(trajectory), readings: list(reading) });

const link = members({ target: text, linked: entry, unlinked: entry_or_none });
const evidence_review = members({ entry, as_role: choice("Role"), outcome: choice("EvidenceStage"),
    checks: list(choice("EvidenceCheck")) });
const submission = members({ submitted: entry, target: text, reviews: list(evidence_review) });
const redacted_copy = members({ issued: entry, derivative: text, redactor: text,
    second_checker: text, categories: list(choice("RedactionCategory")),
    method: choice("RedactionMethod") });
const evidence = members({ ref: text, added_at: index, added_on: day, by: text,
    type: choice("EvidenceKind"), version: u16, date_of_document: optional(day),
    period_start: optional(day), period_end: optional(day),
    source: optional(choice("Organisation")), personal_data: choice("PersonalData"),
    review_by: register(day), lawful_basis: optional(choice("LawfulBasis")),
    prior: optional(text), stage: register(choice("EvidenceStage")), links: list(link),
    submissions: list(submission), superseded: optional(members({ entry, by: text })),
    stale: entry_or_none, redacted_copies: list(redacted_copy), erased: entry_or_none,
    document: optional(members({ number: index, commitment: hash })) });

const meeting = members({ ref: text, recorded: entry, body: choice("Body"), date: day,
    quorate: flag, attended: texts, minutes: optional(text) });
const decision = members({ ref: text, recorded: entry, meeting: text, about: texts });
const challenge = members({ ref: text, recorded: entry, asked_as: choice("Role"),
    meeting: optional(text), about: texts, due: optional(day), answered: entry_or_none });
const exception = members({ ref: text, action: text, opened: entry,
    answered: optional(members({ entry, meeting: optional(text) })), closed: entry_or_none });
const risk_score = members({ type: choice("RiskType"), likelihood: u16, impact: u16, by: text });
const risk = members({ ref: text, raised: entry, about: texts, owner: text,
    score: register(risk_score), closed: entry_or_none });

const review = members({ ref: text, type: choice("ReviewType"), number: u16,
    bodies: list(choice("Organisation")),
    scheduled: optional(members({ entry, from: day, until: optional(day) })),
    notified: optional(members({ entry, notice_date: day, from: day })),
    held: optional(members({ entry, date: day, about: texts })),
    next_steps: list(members({ entry, steps: list(choice("NextStep")),
        letter: optional(text) })) });
const request = members({ ref: text, requested: entry, from: choice("Organisation"), due: day,
    review: optional(text), fulfilled: optional(members({ entry, pack: optional(text) })),
    refused: entry_or_none });
const pack = members({ ref: text, frozen: entry, as_at: day, recipient: text, items: texts,
    redacted: texts, size: optional(index), digest: optional(hash),
    disclosed: list(choice("WordField")), closest: optional(choice("Classification")),
    shares: list(members({ entry, recipient: text, expires: day })),
    accesses: list(members({ entry, reader: text })) });

const shown = list(members({ subject: text, code: text }));
const publication = members({ ref: text, drafted: entry, as_at: day, channel: choice("Channel"),
    checks: list(members({ entry, privacy: choice("CheckResult"),
        accessibility: choice("CheckResult") })),
    approved: entry_or_none, published: optional(members({ entry, shown,
        digest: optional(hash) })),
    corrections: list(members({ entry, approved_by: text,
        changes: list(members({ subject: text, from: text, to: text })), shown })),
    withdrawn: entry_or_none });

const hold = members({ ref: text, placed: entry, scope: text, released: entry_or_none });
const erasure = members({ ref: text, subject: text, requested: entry,
    scope: choice("ErasureScope"), event: optional(index),
    decided: optional(members({ entry, decision: choice("Decision"),
        ground: choice("ErasureGround"), kept: list(choice("ErasureKeeps")) })),
    erased: optional(members({ entry, key_destroyed: flag,
        vault_generation: optional(u32) })) });
const retention = members({ subject: text,
    rule: register(members({ by: choice("RetentionClass"), due: day, applied: entry })),
    approved: entry_or_none, disposed: entry_or_none });

const version = members({ label: text, submitted: entry, returned: entry_or_none,
    fit_for_purpose: entry_or_none, letter: optional(text) });
const plan_baseline = members({ label: text, adopted: entry, items: texts,
    meeting: optional(text), adviser_informed: flag });
const succession = members({ entry, successor: text,
    carried: list(members({ from: text, to: text })) });
const policy = members({ rhythm: choice("Rhythm"), stale_after: optional(u32),
    due_soon: optional(u32), reads: optional(choice("ReadsRecorded")) });
const scale = members({ defined: entry, axis: choice("Axis"), version: u16, codes: texts });
const approval = members({ entry, late: flag, adviser_informed: flag, meeting: optional(text) });
const change = members({ requested: entry, subject: text, field: choice("ChangeField"),
    from: optional(day), to: optional(day), from_value: optional(decimal),
    to_value: optional(decimal), level: choice("ChangeLevel"), stage: choice("ChangeStage"),
    approved: optional(approval), ended: entry_or_none });
const handover = members({ offered: entry, subject: text, from: text, to: text, from_date: day,
    accepted: entry_or_none });
const strategy = members({ linked: entry, from: optional(day), until: optional(day) });
const body = members({ reports_to: optional(choice("Body")), quorum: optional(u32) });
const report = members({ recorded: entry, body: choice("Body"), as_at: day,
    meeting: optional(text), report: optional(text) });
const engagement = members({ recorded: entry, channel: choice("Channel"), date: day,
    reached: optional(u32), about: texts });
const self_evaluation = members({ recorded: entry, as_at: day, cites: texts,
    report: optional(text) });
const mark = members({ entry, how: one_of("struck", "rectified"), target: index });
const closed_period = members({ entry, size: index, state: hash, heads: hash });

// References are of ASCII, so that this is the order of their bytes.
const by_text = (to, one, other) => one < other ? -1 : 1;
const by_number = (of) => (to, one, other) => to.number_of(of, one) - to.number_of(of, other);

// What is of the plan itself.
export const of_plan = members({ ref: text, drafted_at: index, drafted_on: day,
    kind: choice("PlanKind"), inspected_from: optional(day), inspected_to: optional(day),
    report_date: optional(day), due: optional(day), partners: list(choice("Organisation")),
    predecessor: optional(text), stage: register(choice("PlanStage")), versions: list(version),
    baselines: list(plan_baseline), succession: optional(succession), policy: register(policy),
    scales: list(scale), changes: list(change), handovers: list(handover),
    strategies: list(strategy), bodies: map(choice("Body"), register(body), by_number("Body")),
    reports: list(report), engagements: list(engagement),
    self_evaluations: list(self_evaluation), conclusions: list(conclusion), marks: list(mark),
    closed_periods: list(closed_period), retentions: map(text, retention, by_text) });

// What it keeps by reference, map by map, in this order.
export const of_maps = { areas: area, outcomes: outcome, actions: action, milestones: milestone,
    measures: measure, evidence, meetings: meeting, decisions: decision, challenges: challenge,
    exceptions: exception, risks: risk, reviews: review, requests: request, packs: pack,
    publications: publication, holds: hold, erasures: erasure };
export const references = texts;
