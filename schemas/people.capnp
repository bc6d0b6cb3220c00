@0xb2f1c0d4a5e69704;
# Kinds of change about people, their roles and their keys. Nobody's right comes from anywhere else.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("wsoa::schema");
using import "annotations.capnp".help;
using import "annotations.capnp".example;
using import "annotations.capnp".holds;
using import "annotations.capnp".optional;
using import "types.capnp".Role;
using import "types.capnp".Organisation;
using import "types.capnp".Date;

struct PersonEnrolled $help("enrols a person with a key of their own; counts once another entitled person confirms") {
  organisation @0 :Organisation $help("whom the person works for") $example("council");
  key @1 :Data $holds(publicKey) $help("the person's own key");
  proof @2 :Data $holds(signature) $help("that key's signature over ledger, person and key");
}

struct PersonConfirmed $help("confirms the enrolment that it answers") {
}

struct RoleGranted $help("grants a person a role; a role that decides counts once another entitled person confirms") {
  role @0 :Role $help("the role") $example("actionOwner");
  scope @1 :Text $optional $holds(subjectRef)
      $help("a plan, an area with its actions, or an action; the whole ledger where absent") $example("TH-1.2");
  from @2 :Date $optional $help("the first day of the grant") $example("2022-02-01");
  until @3 :Date $optional $help("the last day of the grant") $example("2023-12-31");
}

struct RoleConfirmed $help("confirms the grant that it answers") {
}

struct RoleRevoked $help("ends the grant that it answers") {
}

struct KeyEnrolled $help("gives a person one more key; counts once another entitled person confirms") {
  key @0 :Data $holds(publicKey) $help("the person's further key");
  proof @1 :Data $holds(signature) $help("that key's signature over ledger, person and key");
}

struct KeyConfirmed $help("confirms the key entry that it answers: a further key, or a compromise") {
}

struct KeyRotated $help("replaces the signing key by a new one of the same person") {
  key @0 :Data $holds(publicKey) $help("the key that takes over");
  proof @1 :Data $holds(signature) $help("that key's signature over ledger, person and key");
}

struct KeyRevoked $help("ends a key; what it signed before stays valid") {
  key @0 :Data $holds(publicKey) $help("the key that ends");
}

struct KeyCompromised $help("says that a key was in other hands from an event on; it stops at once, and what it signed since is in doubt once another entitled person confirms") {
  key @0 :Data $holds(publicKey) $help("the key that was in other hands");
  since @1 :UInt64 $help("the index of the first event in doubt") $example("311");
}
