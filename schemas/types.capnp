@0xb2f1c0d4a5e69702;
# Values and lists of choices that several kinds of change share. Member 0 of every enum is `unset`
# and is refused wherever it is read.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("wsoa::schema");
using import "annotations.capnp".help;
using import "annotations.capnp".holds;
using import "annotations.capnp".example;

struct Date {
  # A civil day in the ledger's zone. 1970-01-01 is day 0.
  days @0 :Int32;
}

struct Month {
  # A calendar month: year * 12 + (month - 1).
  months @0 :UInt16;
}

struct Whole {
  # A whole number that may be absent, as a null pointer.
  value @0 :UInt32;
}

struct DocumentHeld {
  # A document that the ledger keeps, sealed. Nothing else of it is in the tree.
  number @0 :UInt64 $help("its number in the ledger");
  commitment @1 :Data $holds(hash) $help("what fixes its number, size and content, under a salt");
}

struct Decimal {
  # A number that people measure, exactly as it was typed: mantissa / 10^scale. 59.50 is 5950 of
  # scale 2. At most 6 places, and at most 15 digits in all.
  mantissa @0 :Int64;
  scale @1 :UInt16;
}

struct Index {
  # The place of an event in the log, where there may be none.
  value @0 :UInt64;
}

enum Role {
  unset @0;
  founder @1 $help("one of the first people of the ledger; enrols and confirms");
  programmeOffice @2 $help("keeps the plan: drafts, imports, enrols, chases");
  actionOwner @3 $help("does the action and records its progress");
  areaLead @4 $help("leads an area of weakness and confirms its actions' ratings");
  accountableOfficer @5 $help("answers for the plan on behalf of the council or the NHS");
  boardChair @6 $help("chairs the board; confirms impact, decides");
  boardMember @7 $help("sits on the board, the parent carer forum among them");
  dataLead @8 $help("records readings of the measures");
  recordsManager @9 $help("holds, retention, disposal");
  dpo @10 $help("data protection officer: erasure and redaction");
  adviser @11 $help("DfE or NHS England adviser");
  inspector @12 $help("Ofsted or CQC, within a window");
  auditor @13 $help("replays and verifies");
  leadMember @14 $help("lead member or scrutiny councillor");
}

enum Organisation {
  unset @0;
  council @1;
  nhs @2;
  school @3;
  forum @4 $help("the parent carer forum");
  joint @5 $help("council and NHS together");
  partnership @6 $help("the local area partnership as a whole");
  dfe @7;
  nhsEngland @8;
  inspectorates @9 $help("Ofsted and the Care Quality Commission");
  other @10;
}

enum Classification {
  unset @0;
  public @1 $help("anyone may read the words");
  partnership @2 $help("everyone enrolled may read the words");
  restricted @3 $help("only those whose role allows it may read the words");
}

enum PersonalData {
  unset @0;
  none @1;
  staff @2;
  child @3;
}

enum PlanKind {
  unset @0;
  wsoa @1 $help("Written Statement of Action");
  app @2 $help("accelerated progress plan");
  pap @3 $help("priority action plan");
  improvementPlan @4;
}

enum Axis {
  unset @0;
  delivery @1 $help("have we done it");
  impact @2 $help("did it help");
}

enum EvidenceKind {
  unset @0;
  letter @1;
  report @2;
  minutes @3;
  audit @4;
  extract @5 $help("figures taken from a system");
  list @6;
  survey @7;
  policy @8;
  publication @9 $help("a newsletter, magazine or leaflet");
  webPage @10;
  agreement @11;
  return @12 $help("a statistical or activity return");
  note @13;
  log @14;
  other @15;
}

enum WordField {
  # What a person types. The number of a field is its place in commitments and in the vault's key
  # tree, and stays below 64 for ever.
  unset @0;
  title @1 $help("what it is called") $example("Clear the backlog of overdue assessments");
  text @2 $help("what happened, or what the letter says") $example("14 of 22 staff trained");
  reason @3 $help("why") $example("two posts are vacant until May");
  nextSteps @4 $help("what will be done next") $example("Agency cover to start in April");
  blockers @5 $help("what stands in the way") $example("No appointable candidates");
  claim @6 $help("what this proves, in one sentence") $example("report runs monthly");
  name @7 $help("a person's name or title, as it is shown to those who may read it") $example("Head of SEND");
  fileName @8 $help("the file's name") $example("board-reports.pdf");
  source @9 $help("where it comes from") $example("Board papers, May 2022");
  requester @10 $help("who asked") $example("A member of the public");
  caseReference @11 $help("the reference of a case or request") $example("FOI 2022-114");
  framework @12 $help("the inspection framework") $example("Joint local area SEND inspection, 2016 to 2022");
  mediaType @13 $help("the file's media type") $example("application/pdf");
  size @14 $help("the file's exact size in bytes") $example("48112");
  figure @15 $help("a figure under a small-number rule") $example("3");
  labels @16 $help("what the codes of a scale are called and mean") $example("G On track; A At risk; R Off track");
  comment @17 $help("a remark of whoever decides") $example("Letter received on 27 January");
  note @18 $help("what a reader should know besides") $example("Exceptions allowed by the regulations are left out");
  basis @19 $help("what the figure rests on") $example("Above national, which is about 50");
  effect @20 $help("what it would mean for families and measures") $example("Waits stay above 60 weeks until autumn");
  mitigation @21 $help("what is done about it meanwhile") $example("Agency cover, weekly triage");
  decisionWanted @22 $help("what is asked of the board") $example("Fund two posts for a year");
  answer @23 $help("what was answered") $example("Agreed for one year; trajectory to the adviser");
  tombstone @24 $help("what stands in the place of what was erased") $example("Full log erased; redacted copy is held");
  place @25 $help("the page, cell or passage meant") $example("page 4, table 2");
  numerator @26 $help("what is counted") $example("Plans issued within 20 weeks");
  denominator @27 $help("of what it is counted") $example("All new plans issued");
}

# Of a choice that a kind may leave out, `unset` is its absence.

enum PlanStage {
  unset @0;
  drafting @1;
  submitted @2 $help("handed in and not yet judged");
  fitForPurpose @3 $help("declared fit for purpose");
  inDelivery @4 $help("baselined and being delivered");
  visitNotified @5;
  visited @6;
  outcomeRecorded @7 $help("the letter about the visit has come");
  closed @8;
  superseded @9 $help("another plan has taken its place");
}

enum AreaStage {
  unset @0;
  open @1;
  inDelivery @2;
  judgedSufficient @3;
  judgedNotSufficient @4;
  monitoringCeased @5;
}

enum ActionStage {
  unset @0;
  notStarted @1;
  inProgress @2;
  paused @3;
  completionClaimed @4;
  complete @5;
  embedded @6;
  withdrawn @7;
  merged @8;
  split @9;
}

enum MilestoneStage {
  unset @0;
  due @1;
  met @2;
  missed @3;
  withdrawn @4;
}

enum EvidenceStage {
  unset @0;
  registered @1;
  submitted @2;
  accepted @3;
  rejected @4;
  moreAsked @5;
}

enum ChangeStage {
  unset @0;
  requested @1;
  approved @2;
  refused @3;
  applied @4;
  withdrawn @5;
}

enum ChangeField {
  unset @0;
  deadline @1 $help("the day by which an action or a milestone is due");
  baseline @2 $help("the first value of a measure");
  target @3 $help("the wanted value of a measure");
  trajectory @4 $help("the planned path of a measure");
  scope @5 $help("what the action, milestone or measure is");
}

enum ChangeLevel {
  unset @0;
  delegated @1 $help("within the quarter: an area lead or accountable officer");
  board @2 $help("beyond the quarter, or of scope or measure: the board");
}

enum Unit {
  unset @0;
  percent @1 $help("0 to 100");
  number @2 $help("a whole number of people or things");
  days @3;
  weeks @4;
  months @5;
  rate @6 $help("so many of a given number");
  score @7;
  pounds @8;
}

enum Polarity {
  unset @0;
  higherIsBetter @1;
  lowerIsBetter @2;
}

enum ReadsRecorded {
  unset @0;
  restricted @1;
  all @2;
}

enum Rhythm {
  unset @0;
  month @1;
  quarter @2;
  term @3 $help("a school term");
  halfYear @4;
  year @5;
  once @6 $help("counted at one time only");
  week @7;
  fourMonths @8;
}

enum Body {
  unset @0;
  board @1 $help("the SEND improvement board or its like");
  leadsGroup @2 $help("the working group of the leads");
  executive @3;
  cabinet @4;
  scrutiny @5;
  healthAndWellbeing @6;
  nhsBoard @7 $help("the board of the integrated care board or a trust");
  forum @8 $help("the parent carer forum");
  workstream @9;
  other @10;
}

enum ReviewType {
  unset @0;
  supportAndChallenge @1 $help("a quarterly visit by DfE and NHS England");
  stocktake @2;
  deepDive @3;
  progressReview @4 $help("the review of an accelerated progress plan");
  revisit @5 $help("Ofsted and CQC, 2016 framework");
  monitoringInspection @6 $help("Ofsted and CQC, 2023 framework");
  fullInspection @7;
  other @8;
}

enum Judgement {
  unset @0;
  sufficient @1 $help("sufficient progress");
  notSufficient @2;
  effectiveAction @3 $help("effective action is being taken");
  notEffectiveAction @4;
  typicallyPositive @5;
  inconsistent @6;
  systemicFailings @7;
}

enum NextStep {
  unset @0;
  visitsStop @1 $help("formal visits by DfE and NHS England stop");
  visitsContinue @2;
  acceleratedProgressPlan @3;
  priorityActionPlan @4;
  improvementNotice @5;
  statutoryDirection @6;
  commissioner @7 $help("a commissioner is appointed");
  other @8;
}

enum Channel {
  unset @0;
  localOffer @1 $help("the Local Offer page");
  newsletter @2;
  magazine @3;
  event @4 $help("a meeting with families");
  website @5;
  email @6;
  socialMedia @7;
  survey @8;
  other @9;
}

enum CheckResult {
  unset @0;
  passed @1;
  failed @2;
}

enum ErasureScope {
  unset @0;
  content @1 $help("the document");
  words @2 $help("what was typed");
}

enum Decision {
  unset @0;
  granted @1;
  refused @2;
}

enum ErasureGround {
  unset @0;
  noLongerNecessary @1;
  consentWithdrawn @2;
  objection @3;
  unlawfulProcessing @4;
  legalObligation @5;
  legalClaims @6;
  publicTask @7;
  archiving @8;
}

enum ErasureKeeps {
  unset @0;
  redactedCopy @1;
  hash @2 $help("the salted commitment");
  acceptance @3;
  reviewer @4;
  dates @5;
}

enum RetentionClass {
  unset @0;
  governance @1 $help("papers of the plan's governance");
  evidence @2;
  childRecord @3 $help("what concerns a child");
  lookedAfterChild @4;
  staffRecord @5;
  publication @6;
}

enum RiskType {
  unset @0;
  risk @1 $help("what may happen");
  issue @2 $help("what has happened");
}
