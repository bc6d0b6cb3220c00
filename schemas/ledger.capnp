@0xb2f1c0d4a5e69703;
# Kinds of change about the ledger itself.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("wsoa::schema");
using import "annotations.capnp".help;
using import "annotations.capnp".example;
using import "annotations.capnp".holds;
using import "annotations.capnp".optional;
using import "annotations.capnp".most;
using import "annotations.capnp".set;
using import "types.capnp".Date;
using import "types.capnp".ReadsRecorded;
using import "types.capnp".Rhythm;
using import "types.capnp".Whole;

struct LedgerOpened $help("opens the ledger; it is event 0 and stands only there") {
  origin @0 :Text $holds(origin) $help("the ledger's name, a URL without scheme")
      $example("ledger.example.gov.uk/send");
  ledgerKey @1 :Data $holds(publicKey) $help("the key that signs the ledger's checkpoints");
  zone @2 :Text $holds(zone) $help("whose civil days the ledger keeps") $example("Europe/London");
  rulebook @3 :UInt16 $most(65535) $help("the rulebook in force from the start") $example("1");
  founders @4 :List(Founder) $most(16) $help("at least two people who may enrol others");
  rehearsal @5 :Bool $help("whether this is a rehearsal, which may be given its clock")
      $example("false");
  predecessor @6 :Predecessor $optional $help("the ledger that this one succeeds");
}

struct Founder {
  person @0 :Text $holds(personId) $help("an id that names a role, not a human")
      $example("programme-manager");
  key @1 :Data $holds(publicKey) $help("the founder's own key");
  proof @2 :Data $holds(signature) $help("that key's signature over origin, person and key");
}

struct Predecessor {
  origin @0 :Text $holds(origin) $help("the older ledger's name") $example("ledger.example.gov.uk/send-1");
  size @1 :UInt64 $help("how many events it held") $example("812");
  root @2 :Data $holds(hash) $help("its root at that size");
  ledger @3 :Data $holds(hash) $optional $help("its id, where it is known: the leaf hash of its event 0");
}

struct LedgerKeyRotated $help("hands the ledger's signature over to a new key, once another founder confirms") {
  newKey @0 :Data $holds(publicKey) $help("the key that signs from the confirmation on");
  proof @1 :Data $holds(signature) $help("the new key's signature over ledger and key");
  handover @2 :Data $holds(signature) $help("the old key's signature over ledger and new key");
}

struct LedgerKeyConfirmed $help("confirms, as another founder, the new key that the answered entry names") {
}

struct RulebookAdopted $help("puts a newer rulebook in force from the next event on") {
  rulebook @0 :UInt16 $most(65535) $help("the rulebook's number") $example("2");
}

struct ReportingPolicySet $help("sets when ratings of a plan turn stale, and what counts as due soon") {
  period @0 :Rhythm $help("how often ratings are confirmed") $example("month");
  staleAfter @1 :Whole $optional $most(366) $help("so many days after its period a rating is shown as not yet updated; absent for never")
      $example("10");
  dueSoon @2 :Whole $optional $most(366) $help("so many days ahead a deadline counts as due soon; absent for 30")
      $example("30");
  reads @3 :ReadsRecorded $optional $help("which documents leave a record when they are read out; absent for none")
      $example("restricted");
}

struct HolidaysSet $help("sets the bank holidays of a year, for counting working days") {
  year @0 :UInt16 $most(2199) $help("the year") $example("2024");
  days @1 :List(Date) $most(32) $set $help("the bank holidays of England in it") $example("2024-01-01,2024-03-29");
}

struct PeriodClosed $help("commits what a plan's state was at a size of the ledger") {
  size @0 :UInt64 $help("how many events are covered") $example("812");
  state @1 :Data $holds(hash) $help("digest of the plan's state at that size");
  heads @2 :Data $holds(hash) $help("Merkle root over every subject, how many events it has, and the last one");
}

struct VerificationRun $help("records that the ledger was verified, and what was found") {
  size @0 :UInt64 $help("how many events were covered") $example("812");
  root @1 :Data $holds(hash) $help("the root at that size");
  depth @2 :VerifyDepth $help("how deep it went") $example("meaning");
  breaches @3 :UInt32 $help("how many breaches were found") $example("0");
}

struct CheckpointAnchored $help("commits to the tree what somebody outside said of a checkpoint, and when") {
  size @0 :UInt64 $help("how many events the checkpoint covers") $example("812");
  root @1 :Data $holds(hash) $help("its root");
  means @2 :AnchorMeans $help("by what it was said") $example("cosignature");
  digest @3 :Data $holds(hash) $help("SHA-256 of the cosigned note or of the timestamp's reply, which the ledger keeps");
  time @4 :UInt64 $help("when that says it was made, in seconds since 1970-01-01 UTC") $example("1672531200");
}

enum AnchorMeans {
  unset @0;
  cosignature @1;
  timestamp @2;
}

enum VerifyDepth {
  unset @0;
  log @1;
  authors @2;
  meaning @3;
}
