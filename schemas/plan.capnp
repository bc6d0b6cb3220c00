@0xb2f1c0d4a5e69705;
# Kinds of change about a plan, its parts, progress and ratings. What a person types is not here: it
# is in the change's words.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("wsoa::schema");
using import "annotations.capnp".help;
using import "annotations.capnp".example;
using import "annotations.capnp".holds;
using import "annotations.capnp".optional;
using import "annotations.capnp".most;
using import "annotations.capnp".set;
using import "types.capnp".Axis;
using import "types.capnp".Date;
using import "types.capnp".Month;
using import "types.capnp".Organisation;
using import "types.capnp".PlanKind;
using import "types.capnp".Whole;

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

struct ActionStarted $help("says that work on an action has begun") {
}

struct ProgressRecorded $help("records progress on an action") {
  period @0 :Month $optional $help("the reporting month") $example("2022-03");
  percent @1 :Whole $optional $most(100) $help("how much of it is done, of 100") $example("60");
}

struct RatingProposed $help("proposes a rating: delivery of an action, or impact of an area") {
  axis @0 :Axis $help("which question the rating answers") $example("delivery");
  scale @1 :UInt16 $most(65535) $help("the version of the rating scale") $example("1");
  from @2 :Text $holds(ratingCode) $help("the rating confirmed until now") $example("G");
  to @3 :Text $holds(ratingCode) $help("the rating proposed") $example("A");
}

struct RatingConfirmed $help("confirms the proposed rating that it answers") {
  axis @0 :Axis $help("which question the rating answers") $example("delivery");
  scale @1 :UInt16 $most(65535) $help("the version of the rating scale") $example("1");
  from @2 :Text $holds(ratingCode) $help("the rating confirmed until now") $example("G");
  to @3 :Text $holds(ratingCode) $help("the rating that stands from now on") $example("A");
  meeting @4 :Text $optional $holds(subjectRef) $help("the meeting that decided it")
      $example("TH-G-2022-03-10");
}
