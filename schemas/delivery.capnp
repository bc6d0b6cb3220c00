@0xb2f1c0d4a5e6970b;
# Kinds of change about how a plan goes: progress, ratings, milestones, completion, changes of plan.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("wsoa::schema");
using import "annotations.capnp".help;
using import "annotations.capnp".example;
using import "annotations.capnp".holds;
using import "annotations.capnp".optional;
using import "annotations.capnp".most;
using import "annotations.capnp".set;
using import "types.capnp".ActionStage;
using import "types.capnp".Axis;
using import "types.capnp".ChangeField;
using import "types.capnp".ChangeLevel;
using import "types.capnp".Date;
using import "types.capnp".Decimal;
using import "types.capnp".Month;
using import "types.capnp".Whole;

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

struct RatingScaleDefined $help("defines a version of a rating scale; earlier ones stay with the ratings made by them") {
  axis @0 :Axis $help("which question the ratings answer") $example("delivery");
  version @1 :UInt16 $most(65535) $help("one more than the last version of this scale") $example("2");
  codes @2 :List(Text) $most(12) $holds(ratingCode) $help("the codes, in their order") $example("GY,UN,G,A,R,B,E");
}

struct RatingOverridden $help("confirms another rating than the proposed one that it answers, and says why") {
  axis @0 :Axis $help("which question the rating answers") $example("delivery");
  scale @1 :UInt16 $most(65535) $help("the version of the rating scale") $example("1");
  from @2 :Text $holds(ratingCode) $help("the rating confirmed until now") $example("A");
  to @3 :Text $holds(ratingCode) $help("the rating that stands from now on") $example("R");
  meeting @4 :Text $optional $holds(subjectRef) $help("the meeting that decided it") $example("TH-B-2022-03-10");
}

struct ActionPaused $help("pauses an action until a day") {
  until @0 :Date $help("the day on which it goes on") $example("2022-09-01");
  meeting @1 :Text $optional $holds(subjectRef) $help("the meeting that decided it") $example("TH-B-2022-07-21");
}

struct ActionResumed $help("goes on with a paused action") {
}

struct MilestoneMet $help("says that a milestone is reached") {
  date @0 :Date $help("the day on which it was reached") $example("2022-09-20");
  evidence @1 :List(Text) $most(32) $set $holds(subjectRef) $help("the evidence that shows it") $example("TH-E02");
}

struct MilestoneMissed $help("says that a milestone was not reached by its date") {
}

struct MilestoneWithdrawn $help("gives a milestone up, with a reason") {
}

struct CompletionClaimed $help("claims that an action is complete, on evidence") {
  evidence @0 :List(Text) $most(32) $set $holds(subjectRef) $help("the evidence that shows it") $example("TH-E02");
}

struct CompletionRejected $help("turns down the claim that it answers") {
  meeting @0 :Text $optional $holds(subjectRef) $help("the meeting that decided it") $example("TH-B-2022-05-19");
}

struct ActionCompleted $help("completes an action whose claim it answers: Blue") {
  evidence @0 :List(Text) $most(32) $set $holds(subjectRef) $help("the accepted evidence it rests on") $example("TH-E02");
  meeting @1 :Text $optional $holds(subjectRef) $help("the meeting that decided it") $example("TH-B-2022-05-19");
}

struct ActionReopened $help("undoes a completion") {
  from @0 :ActionStage $help("what it was") $example("complete");
  to @1 :ActionStage $help("what it is again") $example("inProgress");
  meeting @2 :Text $optional $holds(subjectRef) $help("the meeting that decided it") $example("TH-B-2023-03-09");
}

struct ActionEmbedded $help("says that a complete action has become how things are done") {
  meeting @0 :Text $optional $holds(subjectRef) $help("the meeting that decided it") $example("TH-B-2023-12-14");
}

struct ActionWithdrawn $help("gives an action up, with a reason") {
  successors @0 :List(Text) $most(16) $set $holds(subjectRef) $help("the actions that take over, if any") $example("TH-1.4");
  meeting @1 :Text $optional $holds(subjectRef) $help("the meeting that decided it") $example("TH-B-2022-07-21");
}

struct ActionMerged $help("ends an action that another one takes up") {
  into @0 :Text $holds(subjectRef) $help("the action that takes it up") $example("TH-1.1");
  meeting @1 :Text $optional $holds(subjectRef) $help("the meeting that decided it") $example("TH-B-2022-07-21");
}

struct ActionSplit $help("ends an action that several others take up") {
  into @0 :List(Text) $most(16) $set $holds(subjectRef) $help("the actions that take it up") $example("TH-1.4,TH-1.5");
  meeting @1 :Text $optional $holds(subjectRef) $help("the meeting that decided it") $example("TH-B-2022-07-21");
}

struct ChangeRequested $help("asks for a change of a deadline, target, baseline, trajectory or scope") {
  field @0 :ChangeField $help("what is to change") $example("deadline");
  from @1 :Date $optional $help("the deadline until now") $example("2023-03-31");
  to @2 :Date $optional $help("the deadline asked for") $example("2023-09-30");
  fromValue @3 :Decimal $optional $help("the figure until now") $example("60");
  toValue @4 :Decimal $optional $help("the figure asked for") $example("55");
  level @5 :ChangeLevel $help("who may approve it") $example("board");
}

struct ChangeApproved $help("approves the request that it answers") {
  field @0 :ChangeField $help("what is to change") $example("deadline");
  from @1 :Date $optional $help("the deadline until now") $example("2023-03-31");
  to @2 :Date $optional $help("the deadline approved") $example("2023-09-30");
  fromValue @3 :Decimal $optional $help("the figure until now") $example("60");
  toValue @4 :Decimal $optional $help("the figure approved") $example("55");
  level @5 :ChangeLevel $help("who may approve it") $example("board");
  late @6 :Bool $help("whether the date had passed before the approval") $example("false");
  adviserInformed @7 :Bool $help("whether the adviser was told") $example("true");
  meeting @8 :Text $optional $holds(subjectRef) $help("the meeting that decided it") $example("TH-B-2023-02-09");
}

struct ChangeRefused $help("turns down the request that it answers") {
  meeting @0 :Text $optional $holds(subjectRef) $help("the meeting that decided it") $example("TH-B-2023-02-09");
}

struct ChangeApplied $help("puts the approved change that it answers into the plan") {
  field @0 :ChangeField $help("what changes") $example("deadline");
  from @1 :Date $optional $help("the deadline until now") $example("2023-03-31");
  to @2 :Date $optional $help("the deadline from now on") $example("2023-09-30");
  fromValue @3 :Decimal $optional $help("the figure until now") $example("60");
  toValue @4 :Decimal $optional $help("the figure from now on") $example("55");
}

struct ChangeWithdrawn $help("takes the request that it answers back") {
}
