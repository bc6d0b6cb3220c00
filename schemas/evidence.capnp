@0xb2f1c0d4a5e69706;
# Kinds of change about evidence.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("wsoa::schema");
using import "annotations.capnp".help;
using import "annotations.capnp".example;
using import "annotations.capnp".holds;
using import "annotations.capnp".optional;
using import "annotations.capnp".most;
using import "annotations.capnp".set;
using import "types.capnp".Date;
using import "types.capnp".DocumentHeld;
using import "types.capnp".EvidenceKind;
using import "types.capnp".Organisation;
using import "types.capnp".PersonalData;

struct EvidenceRegistered $help("registers an item of evidence: what it is, and which document of the ledger holds it") {
  type @0 :EvidenceKind $help("what sort of item it is") $example("report");
  version @1 :UInt16 $most(65535) $help("which version of the item, from 1") $example("1");
  dateOfDocument @2 :Date $optional $help("the date that the document bears") $example("2022-05-05");
  periodStart @3 :Date $optional $help("first day of the period it covers") $example("2022-02-01");
  periodEnd @4 :Date $optional $help("last day of the period it covers") $example("2022-04-30");
  sourceOrganisation @5 :Organisation $optional $help("who produced it") $example("nhs");
  personalData @6 :PersonalData $help("whether it holds personal data, and whose") $example("none");
  reviewBy @7 :Date $optional $help("the day on which it must be looked at again") $example("2023-05-05");
  lawfulBasis @8 :LawfulBasis $optional $help("on which basis personal data are held") $example("publicTask");
  document @9 :DocumentHeld $optional $help("its document, where the ledger keeps it; wsoa evidence add sets it") $example("7=5c1d9f70c0b4d5d6b1a0f7c3e2a48b9d6c5f4e3d2c1b0a99887766554433221f");
}

struct EvidenceVersionAdded $help("adds a newer version of an item; the prior one stays readable") {
  type @0 :EvidenceKind $help("what sort of item it is") $example("report");
  version @1 :UInt16 $most(65535) $help("which version of the item") $example("2");
  dateOfDocument @2 :Date $optional $help("the date that the document bears") $example("2022-11-30");
  periodStart @3 :Date $optional $help("first day of the period it covers") $example("2022-09-01");
  periodEnd @4 :Date $optional $help("last day of the period it covers") $example("2022-11-30");
  sourceOrganisation @5 :Organisation $optional $help("who produced it") $example("council");
  personalData @6 :PersonalData $help("whether it holds personal data, and whose") $example("none");
  reviewBy @7 :Date $optional $help("the day on which it must be looked at again") $example("2023-11-30");
  lawfulBasis @8 :LawfulBasis $optional $help("on which basis personal data are held") $example("publicTask");
  prior @9 :Text $holds(subjectRef) $help("the version before it") $example("TH-E03");
  document @10 :DocumentHeld $optional $help("its document, where the ledger keeps it; wsoa evidence add sets it") $example("8=d2c1b0a998877665544332215c1d9f70c0b4d5d6b1a0f7c3e2a48b9d6c5f4e3d");
}

struct EvidenceSuperseded $help("says that another item now shows what this one showed") {
  by @0 :Text $holds(subjectRef) $help("the item that takes its place") $example("TH-E07v2");
}

struct EvidenceLinked $help("links an item to what it shows") {
  target @0 :Text $holds(subjectRef) $help("the action, milestone, measure, area or plan") $example("TH-1.2");
}

struct EvidenceUnlinked $help("ends a link; it stays readable") {
  target @0 :Text $holds(subjectRef) $help("what it was linked to") $example("TH-1.2");
}

struct EvidenceSubmitted $help("hands an item in for review") {
  target @0 :Text $holds(subjectRef) $help("for what it is to count") $example("TH-1.2");
}

struct EvidenceAccepted $help("accepts the submission that it answers") {
  target @0 :Text $holds(subjectRef) $help("for what it counts") $example("TH-1.2");
  checks @1 :List(EvidenceCheck) $most(8) $set $help("what was seen to hold") $example("dated,sourced,coversPeriod");
}

struct EvidenceRejected $help("turns down the submission that it answers") {
  target @0 :Text $holds(subjectRef) $help("for what it was to count") $example("TH-1.2");
  checks @1 :List(EvidenceCheck) $most(8) $set $help("what was seen to hold") $example("sourced");
}

struct EvidenceMoreAsked $help("asks a question about the submission that it answers") {
  target @0 :Text $holds(subjectRef) $help("for what it is to count") $example("TH-1.2");
  checks @1 :List(EvidenceCheck) $most(8) $set $help("what was seen to hold") $example("dated,sourced");
}

struct EvidenceMarkedStale $help("says that an item is too old to stand for the present") {
}

struct EvidenceRenewed $help("says that an item was looked at again and still holds") {
  reviewBy @0 :Date $help("the day on which it must be looked at next") $example("2024-05-05");
}

struct RedactedCopyIssued $help("registers a copy without what may not be shown") {
  derivative @0 :Text $holds(subjectRef) $help("the copy") $example("TH-E07v2-R1");
  redactor @1 :Text $holds(personId) $help("who made it") $example("records-manager");
  secondChecker @2 :Text $holds(personId) $help("who checked it; another person") $example("dpo");
  categories @3 :List(RedactionCategory) $most(16) $set $help("what was taken out") $example("childName");
  method @4 :RedactionMethod $help("how") $example("replaced");
}

struct ContentRead $help("records that the content of an item was read out") {
  document @0 :DocumentHeld $optional $help("the document that was opened; wsoa evidence get sets it") $example("7=5c1d9f70c0b4d5d6b1a0f7c3e2a48b9d6c5f4e3d2c1b0a99887766554433221f");
  pack @1 :Text $optional $holds(subjectRef) $help("the pack that it went into") $example("TH-K1");
}

enum LawfulBasis {
  unset @0;
  publicTask @1;
  legalObligation @2;
  consent @3;
  vitalInterests @4;
  legitimateInterests @5;
  contract @6;
}

enum EvidenceCheck {
  unset @0;
  dated @1;
  sourced @2;
  sampleSize @3;
  coversPeriod @4;
  showsImpact @5;
}

enum RedactionCategory {
  unset @0;
  childName @1;
  parentName @2;
  staffName @3;
  address @4;
  dateOfBirth @5;
  health @6;
  school @7;
  smallNumber @8;
  other @9;
}

enum RedactionMethod {
  unset @0;
  replaced @1;
  removed @2;
  aggregated @3;
}
