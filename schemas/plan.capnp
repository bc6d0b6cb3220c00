@0xb2f1c0d4a5e69705;
# Kinds of change about a plan, its life and its parts. What a person types is not here: it is in
# the change's words.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("wsoa::schema");
using import "annotations.capnp".help;
using import "annotations.capnp".example;
using import "annotations.capnp".holds;
using import "annotations.capnp".optional;
using import "annotations.capnp".most;
using import "annotations.capnp".set;
using import "types.capnp".Date;
using import "types.capnp".Organisation;
using import "types.capnp".PlanKind;

struct PlanDrafted $help("begins a plan") {
  kind @0 :PlanKind $help("what kind of plan") $example("wsoa");
  inspectedFrom @1 :Date $optional $help("first day of the inspection") $example("2021-06-28");
  inspectedTo @2 :Date $optional $help("last day of the inspection") $example("2021-07-02");
  reportDate @3 :Date $optional $help("the day on which the letter was published") $example("2021-09-24");
  due @4 :Date $optional $help("the day by which the plan must be submitted") $example("2022-01-05");
  partners @5 :List(Organisation) $most(16) $set $help("who answers for the plan together")
      $example("council,nhs,forum");
  predecessor @6 :Text $optional $holds(planRef) $help("the plan that this one succeeds") $example("TH");
}

struct AreaAdded $help("adds an area of weakness with its one overall lead") {
  lead @0 :Text $holds(personId) $help("the one overall lead") $example("director-of-education");
}

struct OutcomeAdded $help("adds an outcome for families to an area") {
  parent @0 :Text $holds(subjectRef) $help("the area it belongs to") $example("TH-1");
}

struct ActionAdded $help("adds an action to an outcome") {
  parent @0 :Text $holds(subjectRef) $help("the outcome it serves") $example("TH-O1");
  owner @1 :Text $holds(personId) $help("who does it and records its progress") $example("head-of-send");
  accountable @2 :Text $holds(personId) $help("who answers for it; not its owner")
      $example("director-of-education");
  organisation @3 :Organisation $help("whose action it is") $example("council");
  start @4 :Date $help("the day on which it is to start") $example("2022-02-01");
  deadline @5 :Date $help("the original deadline, which never changes") $example("2023-03-31");
  measures @6 :List(Text) $most(32) $set $holds(subjectRef) $help("the measures it is meant to move")
      $example("TH-M1");
  evidenceRequired @7 :UInt16 $most(100) $help("how many accepted items of evidence it needs to be complete")
      $example("1");
}

struct PlanSubmitted $help("hands a version of the plan in") {
  version @0 :Text $holds(versionLabel) $help("the version that is handed in") $example("v1.0");
}

struct PlanReturned $help("records that the inspectorates sent the plan back") {
  version @0 :Text $holds(versionLabel) $help("the version that was handed in") $example("v1.0");
  letter @1 :Text $holds(subjectRef) $help("the letter, as an item of evidence") $example("TH-E01");
}

struct PlanDeclaredFitForPurpose $help("records that the plan was declared fit for purpose") {
  version @0 :Text $holds(versionLabel) $help("the version that was handed in") $example("v1.0");
  letter @1 :Text $holds(subjectRef) $help("the letter, as an item of evidence") $example("TH-E01");
}

struct PlanBaselined $help("adopts a version as the baseline against which progress is told") {
  version @0 :Text $holds(versionLabel) $help("the version that becomes the baseline") $example("v1.0");
  items @1 :List(Text) $most(512) $set $holds(subjectRef) $help("the actions that it holds") $example("TH-1.1,TH-1.2");
  meeting @2 :Text $optional $holds(subjectRef) $help("the meeting that decided it") $example("TH-B-2022-02-01");
}

struct PlanRebaselined $help("adopts a new baseline over many items at once; earlier ones stay readable") {
  version @0 :Text $holds(versionLabel) $help("the version that becomes the baseline") $example("v2.0");
  items @1 :List(Text) $most(512) $set $holds(subjectRef) $help("the actions that it holds") $example("TH-1.1,TH-1.2");
  meeting @2 :Text $holds(subjectRef) $help("the meeting of the board that agreed") $example("TH-B-2022-07-21");
  adviserInformed @3 :Bool $help("whether the DfE or NHS England adviser agreed or was told") $example("true");
}

struct PlanSuperseded $help("hands what is open over to the plan that takes its place") {
  successor @0 :Text $holds(planRef) $help("the plan that takes its place") $example("THA");
  carried @1 :List(Carried) $most(256) $help("each open action, and what it is in the successor")
      $example("TH-1.3=THA-1.1");
}

struct Carried {
  from @0 :Text $holds(subjectRef) $help("the action here") $example("TH-1.3");
  to @1 :Text $holds(subjectRef) $help("the action of the successor") $example("THA-1.1");
}

struct PlanClosed $help("closes the plan, once nothing in it is open") {
  meeting @0 :Text $optional $holds(subjectRef) $help("the meeting that decided it") $example("TH-B-2023-12-14");
}

struct StrategyLinked $help("names a strategy that the plan serves") {
  from @0 :Date $optional $help("first day of the strategy") $example("2022-04-01");
  until @1 :Date $optional $help("last day of the strategy") $example("2025-03-31");
}

struct AreaReworded $help("changes the local title of an area; the text of the letter stays") {
}

struct MilestoneAdded $help("adds a dated step to an action") {
  parent @0 :Text $holds(subjectRef) $help("the action it belongs to") $example("TH-1.2");
  deadline @1 :Date $help("the original date, which never changes") $example("2022-09-30");
}

struct OwnerChanged $help("hands an action or an area to another person, who then accepts it") {
  from @0 :Text $holds(personId) $help("who has it until now") $example("head-of-send");
  to @1 :Text $holds(personId) $help("who is to have it") $example("send-team-manager");
  fromDate @2 :Date $help("the first day of the new owner") $example("2022-09-01");
}

struct OwnerAccepted $help("accepts, as the new owner, the handover that it answers") {
}
