@0xb2f1c0d4a5e6970e;
# Kinds of change about who governs a plan and what they ask: bodies, meetings, decisions, challenges,
# exceptions, risks, reports, engagement.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("wsoa::schema");
using import "annotations.capnp".help;
using import "annotations.capnp".example;
using import "annotations.capnp".holds;
using import "annotations.capnp".optional;
using import "annotations.capnp".most;
using import "annotations.capnp".set;
using import "types.capnp".Body;
using import "types.capnp".Channel;
using import "types.capnp".Date;
using import "types.capnp".RiskType;
using import "types.capnp".Role;
using import "types.capnp".Whole;

struct BodyNamed $help("names a body that governs the plan, and the one it reports to") {
  body @0 :Body $help("what it is") $example("leadsGroup");
  reportsTo @1 :Body $optional $help("to whom it reports") $example("board");
  quorum @2 :Whole $optional $most(200) $help("how many must attend for it to decide") $example("5");
}

struct MeetingHeld $help("records a meeting of a body of the plan") {
  body @0 :Body $help("whose meeting it was") $example("board");
  date @1 :Date $help("the day") $example("2022-03-10");
  quorate @2 :Bool $help("whether enough attended for it to decide") $example("true");
  attended @3 :List(Text) $most(64) $set $holds(personId) $help("who attended")
      $example("board-chair,director-of-education");
  minutes @4 :Text $optional $holds(subjectRef) $help("the minutes, as an item of evidence") $example("TH-E02");
}

struct DecisionRecorded $help("records what a meeting decided") {
  meeting @0 :Text $holds(subjectRef) $help("the meeting that decided it") $example("TH-B-2022-03-10");
  about @1 :List(Text) $most(64) $set $holds(subjectRef) $help("what it is about") $example("TH-1.2");
}

struct ProgressReported $help("records that a body was given a report of the plan's progress") {
  body @0 :Body $help("to whom") $example("board");
  asAt @1 :Date $help("the day that the report tells of") $example("2022-03-31");
  meeting @2 :Text $optional $holds(subjectRef) $help("the meeting that received it") $example("TH-B-2022-04-07");
  report @3 :Text $optional $holds(subjectRef) $help("the report, as an item of evidence") $example("TH-E02");
}

struct ChallengeRecorded $help("records a question that was put and waits for its answer") {
  askedAs @0 :Role $help("in which role it was asked") $example("boardMember");
  meeting @1 :Text $optional $holds(subjectRef) $help("the meeting where it was asked") $example("TH-B-2022-03-10");
  about @2 :List(Text) $most(64) $set $holds(subjectRef) $help("what it is about") $example("TH-1.2");
  due @3 :Date $optional $help("by when an answer was promised") $example("2022-04-10");
}

struct ChallengeAnswered $help("answers a challenge") {
}

struct ExceptionOpened $help("tells the board of an action that is off track, and what is wanted") {
  exception @0 :Text $holds(subjectRef) $help("the exception's own reference") $example("TH-X1");
}

struct ExceptionAnswered $help("answers an exception, for the board") {
  exception @0 :Text $holds(subjectRef) $help("the exception's reference") $example("TH-X1");
  meeting @1 :Text $optional $holds(subjectRef) $help("the meeting that decided it") $example("TH-B-2022-07-21");
}

struct ExceptionClosed $help("closes an exception that was answered") {
  exception @0 :Text $holds(subjectRef) $help("the exception's reference") $example("TH-X1");
}

struct RiskRaised $help("raises a risk, or an issue that has come true") {
  type @0 :RiskType $help("whether it may happen or has happened") $example("risk");
  about @1 :List(Text) $most(64) $set $holds(subjectRef) $help("what it is about") $example("TH-1.2");
  owner @2 :Text $holds(personId) $help("who looks after it") $example("head-of-send");
  likelihood @3 :UInt16 $most(5) $help("from 1, rare, to 5, almost certain") $example("3");
  impact @4 :UInt16 $most(5) $help("from 1, slight, to 5, severe") $example("4");
}

struct RiskRescored $help("scores a risk or an issue anew") {
  type @0 :RiskType $help("whether it may happen or has happened") $example("issue");
  likelihood @1 :UInt16 $most(5) $help("from 1, rare, to 5, almost certain") $example("2");
  impact @2 :UInt16 $most(5) $help("from 1, slight, to 5, severe") $example("4");
}

struct RiskClosed $help("closes a risk or an issue") {
}

struct EngagementRecorded $help("records that families were told or asked: a page, a magazine, a newsletter, an event") {
  channel @0 :Channel $help("in which way") $example("event");
  date @1 :Date $help("the day") $example("2022-04-01");
  reached @2 :Whole $optional $help("how many families were reached or came, if known") $example("72");
  about @3 :List(Text) $most(64) $set $holds(subjectRef) $help("what it was about") $example("TH-4");
}

struct SelfEvaluationRecorded $help("records a self-evaluation that cites the plan") {
  asAt @0 :Date $help("the day that it tells of") $example("2022-12-31");
  cites @1 :List(Text) $most(256) $set $holds(subjectRef) $help("what of the plan it cites") $example("TH-1,TH-M1");
  report @2 :Text $optional $holds(subjectRef) $help("the document, as an item of evidence") $example("TH-E02");
}
