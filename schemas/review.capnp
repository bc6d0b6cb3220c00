@0xb2f1c0d4a5e6970f;
# Kinds of change about checks from outside: visits, inspections, what they conclude, requests for
# information, and packs of evidence.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("wsoa::schema");
using import "annotations.capnp".help;
using import "annotations.capnp".example;
using import "annotations.capnp".holds;
using import "annotations.capnp".optional;
using import "annotations.capnp".most;
using import "annotations.capnp".set;
using import "types.capnp".Classification;
using import "types.capnp".Date;
using import "types.capnp".Index;
using import "types.capnp".Judgement;
using import "types.capnp".NextStep;
using import "types.capnp".Organisation;
using import "types.capnp".ReviewType;
using import "types.capnp".WordField;

struct ExternalReviewScheduled $help("records when a check from outside is to take place") {
  type @0 :ReviewType $help("what kind of check") $example("supportAndChallenge");
  number @1 :UInt16 $most(999) $help("which one of its kind, from 1") $example("1");
  bodies @2 :List(Organisation) $most(8) $set $help("who comes") $example("dfe,nhsEngland");
  from @3 :Date $help("first day") $example("2022-05-24");
  until @4 :Date $optional $help("last day, if it is another") $example("2022-05-25");
}

struct ExternalReviewNotified $help("records the notice of a check from outside") {
  noticeDate @0 :Date $help("the day of the notice") $example("2022-05-10");
  from @1 :Date $help("first day of the check") $example("2022-05-24");
}

struct ExternalReviewHeld $help("records a check from outside that took place") {
  type @0 :ReviewType $help("what kind of check") $example("supportAndChallenge");
  number @1 :UInt16 $most(999) $help("which one of its kind, from 1") $example("1");
  bodies @2 :List(Organisation) $most(8) $set $help("who came") $example("dfe,nhsEngland");
  date @3 :Date $help("the day, or the last of several") $example("2022-05-24");
  about @4 :List(Text) $most(64) $set $holds(subjectRef) $help("what it looked at or asked about") $example("TH-4");
}

struct ExternalReviewOutcomeRecorded $help("records what a dated letter concludes about an area or the plan") {
  review @0 :Text $holds(subjectRef) $help("the check") $example("TH-R6");
  judgement @1 :Judgement $help("what the letter says") $example("sufficient");
  letter @2 :Text $holds(subjectRef) $help("the letter, as an item of evidence") $example("TH-E20");
  nextReview @3 :Date $optional $help("when the next check is to be") $example("2024-06-30");
}

struct MonitoringCeased $help("records that checks no longer look at an area") {
  review @0 :Text $holds(subjectRef) $help("the check that said so") $example("TH-R5");
  date @1 :Date $help("from which day") $example("2023-09-26");
}

struct NextStepsRecorded $help("records what DfE and NHS England will do next") {
  review @0 :Text $holds(subjectRef) $help("the check that it follows") $example("TH-R6");
  steps @1 :List(NextStep) $most(8) $set $help("what follows") $example("visitsStop");
  letter @2 :Text $optional $holds(subjectRef) $help("the letter, as an item of evidence") $example("TH-E20");
}

struct InformationRequested $help("records a request for information and when it is due") {
  from @0 :Organisation $help("who asks") $example("inspectorates");
  due @1 :Date $help("by when") $example("2023-10-04");
  review @2 :Text $optional $holds(subjectRef) $help("the check that it belongs to") $example("TH-R6");
}

struct InformationFulfilled $help("records that what was asked for was given") {
  pack @0 :Text $optional $holds(subjectRef) $help("the pack that was given") $example("TH-K1");
}

struct InformationRefused $help("records that a request was turned down, and why") {
}

struct PackFrozen $help("freezes a set of evidence for a reader") {
  asAt @0 :Date $help("the day that it tells of") $example("2023-12-14");
  recipient @1 :Text $holds(personId) $help("for whom") $example("dfe-adviser");
  items @2 :List(Text) $most(512) $set $holds(subjectRef) $help("the items of evidence in it") $example("TH-E02,TH-E04");
  redacted @3 :List(Text) $most(512) $set $holds(subjectRef) $help("those that are in it as their redacted copy")
      $example("TH-E04");
  size @4 :Index $optional $help("how many events it covers") $example("812");
  digest @5 :Data $optional $holds(hash) $help("SHA-256 of the file");
  length @6 :Index $optional $help("how many bytes the file has") $example("1048576");
  asKnown @7 :Date $optional $help("the last day whose records it takes into account, if that is not the day it was frozen") $example("2023-12-14");
  disclosed @8 :List(WordField) $optional $most(64) $set $help("which words are in it") $example("title,text,reason");
  closest @9 :Classification $optional $help("the narrowest circle of readers that something in it is for") $example("restricted");
}

struct PackShared $help("gives a pack to a reader for a time") {
  recipient @0 :Text $holds(personId) $help("to whom") $example("dfe-adviser");
  expires @1 :Date $help("the last day on which it may be read") $example("2024-01-31");
}

struct PackAccessed $help("records that a pack was read") {
  reader @0 :Text $holds(personId) $help("by whom") $example("dfe-adviser");
}
