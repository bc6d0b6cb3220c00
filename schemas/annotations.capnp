@0xb2f1c0d4a5e69701;
# What the schema says of a field beyond its type. Command line, JSON form, help and the bounds that
# a reader enforces are derived from these by reflection (ledger/event/kinds.h).

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("wsoa::schema");

annotation help @0xd1c2a7b05e3f4a10 (struct, field, enum, enumerant) :Text;
# One sentence for the person who fills it in.

annotation example @0xc6e1f2b37d8a9011 (field, enumerant) :Text;
# A value as it would be typed.

annotation holds @0xe5b0d9c1a2f34512 (field) :Holds;
# What a Text or Data field holds. Every Text and every Data field has one.

annotation optional @0xf0a1b2c3d4e5f613 (field) :Void;
# The pointer may be null, or the choice `unset`. Every other pointer must be there, every other
# choice made.

annotation most @0xa7b8c9d0e1f2a314 (field) :UInt32;
# The largest value of a number, or the most elements of a list.

annotation set @0xb8c9d0e1f2a3b415 (field) :Void;
# The list is a set: its elements stand in ascending order of their bytes or numbers, each once.

enum Holds {
  unset @0;
  planRef @1;
  subjectRef @2;
  personId @3;
  origin @4;       # the name of a ledger: a URL without scheme
  zone @5;         # a civil time zone, as the tz database names it
  ratingCode @6;   # one to three capital letters, from a rating scale
  hash @7;         # 32 bytes of SHA-256
  publicKey @8;    # 32 bytes of Ed25519
  signature @9;    # 64 bytes of Ed25519
  uuid @10;        # 16 bytes, UUIDv7
  versionLabel @11; # what a plan's version is called: "v1.0"
}
