@0xb2f1c0d4a5e6970d;
# Kinds of change of records management: correction, rectification, holds, erasure, retention.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("wsoa::schema");
using import "annotations.capnp".help;
using import "annotations.capnp".example;
using import "annotations.capnp".holds;
using import "annotations.capnp".optional;
using import "annotations.capnp".most;
using import "annotations.capnp".set;
using import "types.capnp".Date;
using import "types.capnp".Decision;
using import "types.capnp".DocumentHeld;
using import "types.capnp".ErasureGround;
using import "types.capnp".ErasureKeeps;
using import "types.capnp".ErasureScope;
using import "types.capnp".Index;
using import "types.capnp".RetentionClass;
using import "types.capnp".Whole;

struct EntryCorrected $help("strikes the mistyped entry that it answers; both stay readable") {
}

struct RectificationNoted $help("marks the entry that it answers as a mistake, beside the correct fact") {
}

struct HoldPlaced $help("forbids disposal and erasure of what it covers") {
  scope @0 :Text $holds(subjectRef) $help("the plan or part of it that it covers") $example("TH");
}

struct HoldReleased $help("ends the hold that it answers") {
}

struct ErasureRequested $help("asks for the erasure of a document's content or of words") {
  request @0 :Text $holds(subjectRef) $help("the request's own reference") $example("TH-ER1");
  scope @1 :ErasureScope $help("what is to go") $example("content");
  event @2 :Index $optional $help("the event whose words are meant") $example("812");
}

struct ErasureDecided $help("decides the request that it answers") {
  request @0 :Text $holds(subjectRef) $help("the request's reference") $example("TH-ER1");
  decision @1 :Decision $help("what was decided") $example("granted");
  ground @2 :ErasureGround $help("on which ground") $example("noLongerNecessary");
  scope @3 :ErasureScope $help("what is to go") $example("content");
  kept @4 :List(ErasureKeeps) $most(8) $set $help("what stays") $example("redactedCopy,hash,acceptance,reviewer");
}

struct ContentErased $help("records that what was decided has been erased") {
  request @0 :Text $holds(subjectRef) $help("the request's reference") $example("TH-ER1");
  scope @1 :ErasureScope $help("what is gone") $example("content");
  keyDestroyed @2 :Bool $help("whether the key that opened it is destroyed") $example("true");
  vaultGeneration @3 :Whole $optional $help("the vault that cannot open it any more") $example("2");
  event @4 :Index $optional $help("the event whose words are gone") $example("812");
  vaultDigest @5 :Data $optional $holds(hash) $help("SHA-256 of that vault's file");
  document @6 :DocumentHeld $optional $help("the document that no key opens any more; wsoa erase sets it");
}

struct RetentionApplied $help("says how long an item is kept, and when its disposal is due") {
  class @0 :RetentionClass $help("by which rule") $example("governance");
  due @1 :Date $help("the day from which it may be disposed of") $example("2029-12-31");
}

struct DisposalApproved $help("approves, as another person, that an item is disposed of") {
}

struct Disposed $help("records that an item was disposed of, on the approval that it answers") {
  keyDestroyed @0 :Bool $help("whether the key that opened it is destroyed") $example("true");
  vaultGeneration @1 :Whole $optional $help("the vault that cannot open it any more") $example("3");
  vaultDigest @2 :Data $optional $holds(hash) $help("SHA-256 of that vault's file");
  document @3 :DocumentHeld $optional $help("the document that no key opens any more; wsoa dispose sets it");
}
