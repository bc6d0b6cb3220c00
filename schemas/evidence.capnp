@0xb2f1c0d4a5e69706;
# Kinds of change about evidence.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("wsoa::schema");
using import "annotations.capnp".help;
using import "annotations.capnp".example;
using import "annotations.capnp".optional;
using import "annotations.capnp".most;
using import "types.capnp".Date;
using import "types.capnp".EvidenceKind;
using import "types.capnp".Organisation;
using import "types.capnp".PersonalData;

struct EvidenceRegistered $help("registers an item of evidence: what it is, not yet the document itself") {
  type @0 :EvidenceKind $help("what sort of item it is") $example("report");
  version @1 :UInt16 $most(65535) $help("which version of the item, from 1") $example("1");
  dateOfDocument @2 :Date $optional $help("the date that the document bears") $example("2022-05-05");
  periodStart @3 :Date $optional $help("first day of the period it covers") $example("2022-02-01");
  periodEnd @4 :Date $optional $help("last day of the period it covers") $example("2022-04-30");
  sourceOrganisation @5 :Organisation $help("who produced it") $example("nhs");
  personalData @6 :PersonalData $help("whether it holds personal data, and whose") $example("none");
  reviewBy @7 :Date $optional $help("the day on which it must be looked at again") $example("2023-05-05");
}
