@0xb2f1c0d4a5e69702;
# Values and lists of choices that several kinds of change share. Member 0 of every enum is `unset`
# and is refused wherever it is read.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("wsoa::schema");
using import "annotations.capnp".help;
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
}
