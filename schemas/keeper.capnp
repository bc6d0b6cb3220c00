@0xb2f1c0d4a5e6970a;
# What the process that holds a ledger serves on its socket, to the commands on the same machine.
# Nothing of it is stored or signed: client and keeper are of one release, and `about` says so first.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("wsoa::schema");
using import "types.capnp".WordField;

interface Keeper {
  about @0 () -> About;
  # Whether the two understand each other, and which ledger this is.

  submit @1 (submission :Submission) -> (outcome :Outcome);
  # Records a signed change, or says why not. The answer comes once it is durable. The same change
  # again gives the first receipt.

  moment @2 () -> Moment;
  # What is durable now, for reading. It holds for as long as the client keeps it.

  login @3 (key :Data) -> (challenge :Data);
  # 32 fresh bytes, to be signed by an enrolled key. Without a session only public words are served.

  session @4 (signature :Data) -> (session :Words, failure :Failure);
  # The session of that key's holder, if the signature over the challenge holds and the key is in
  # force. A challenge serves once.

  publicWords @5 () -> (session :Words);
  # The session of nobody in particular.

  consistency @6 (oldSize :UInt64, newSize :UInt64) -> (path :List(Data), failure :Failure);
  # RFC 9162, 2.1.4: that the tree of the larger size grew out of the other.
}

struct About {
  protocol @0 :UInt32;      # 4
  program @1 :Text;         # "0.1.0"
  ledger @2 :Data;          # leaf hash of event 0
  process @3 :Int64;        # the keeper's process id
  checkpoint @4 :Data;      # the newest signed note
}

struct Submission {
  change @0 :Data;
  signature @1 :Data;
  words @2 :List(Word);
  hasInstant @3 :Bool;      # in a rehearsal only
  recordedAt @4 :Int64;     # milliseconds since 1970, UTC
  hasDocument @5 :Bool;     # whether the change names a document that this client handed over
  document @6 :UInt64;      # its number
}

struct Word {
  field @0 :WordField;
  bytes @1 :Data;           # salt || text
}

struct Failure {
  fault @0 :UInt8;          # as the program numbers them; 255 for none
  message @1 :Text;
  advice @2 :Text;
  rule @3 :Text;
}

struct Committed {
  index @0 :UInt64;
  recordedAt @1 :Int64;
  receipt @2 :Text;         # a c2sp.org/tlog-proof
  wasThere @3 :Bool;        # recorded before, under the same id
  checkpoint @4 :Data;      # the newest signed note
}

struct Outcome {
  union {
    failure @0 :Failure;
    committed @1 :Committed;
  }
}

struct Moment {
  size @0 :UInt64;          # how many events are durable and may be shown
  truth @1 :Rows;           # the ledger's rows, without the sealed words
  views @2 :Rows;           # null if the keeper keeps none
  failure @3 :Failure;      # `busy` while the client keeps as many moments as one may
}

interface Rows {
  # One moment of a store of ordered bytes.
  get @0 (key :Data) -> (found :Bool, value :Data, failure :Failure);
  scan @1 (from :Data, to :Data) -> (rows :List(Row), isWhole :Bool, failure :Failure);
  # As many rows from the front as fit into a message; the client asks again after the last one.
  last @2 (from :Data, to :Data) -> (found :Bool, row :Row, failure :Failure);
  getMany @3 (keys :List(Data)) -> (values :List(Value), failure :Failure);
  # What get gives for each of at most 256 keys, in their order. As many from the front as fit into
  # a message, and at least one; the client asks again for the rest. `invalid` for more keys.
}

struct Value {
  found @0 :Bool;
  bytes @1 :Data;
}

struct Row {
  key @0 :Data;
  value @1 :Data;
}

interface Words {
  # Words and documents as far as the session's person may read them.
  of @0 (index :UInt64) -> (words :List(ReadableWord), failure :Failure);

  document @1 (index :UInt64, hasRead :Bool, read :UInt64)
      -> (document :Document, about :DocumentAbout, failure :Failure);
  # The document that this event brought in. Where the plan's policy asks for a record of each
  # reading, `read` is the event that records this one: by the same person, since the session began.

  newDocument @2 (size :UInt64, mediaType :Text)
      -> (upload :Upload, number :UInt64, failure :Failure);
  # For whoever may register evidence. The upload is kept until its event is recorded; what was not
  # recorded by the time that the client lets go of it is removed.

  sameDocument @3 (size :UInt64, digest :Data) -> (found :Bool, number :UInt64, failure :Failure);
  # Whether the same content is held already; for whoever may register evidence.
}

struct DocumentAbout {
  # What its commitment is made of, so that the client can tell that it is the right one.
  number @0 :UInt64;
  size @1 :UInt64;
  digest @2 :Data;
  salt @3 :Data;
  mediaType @4 :Text;
  pieces @5 :UInt64;
}

interface Document {
  piece @0 (index :UInt64) -> (bytes :Data, failure :Failure);
  # From 0; each of 1 MiB but the last.
}

interface Upload {
  add @0 (bytes :Data) -> (failure :Failure);
  # The next piece, of 1 MiB but for the last; durable once it is answered.
  finish @1 () -> (commitment :Data, salt :Data, failure :Failure);
  # What the event is to commit to, and the salt in it, so that its author can tell that it is so.
}

struct ReadableWord {
  field @0 :WordField;
  state @1 :UInt8;          # as the program numbers them
  text @2 :Text;            # or in brackets why there is none
  erasure @3 :ErasureOf;    # of an erased one; null where none is on record
}

struct ErasureOf {
  event @0 :UInt64;         # that records it
  decision @1 :UInt64;      # the event that granted it
  request @2 :Text;         # "TH-ER1"
}
