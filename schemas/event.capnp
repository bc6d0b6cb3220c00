@0xb2f1c0d4a5e69708;
# An event: an accepted change with its instant. Its canonical bytes are the entry of the log, and
# RFC 6962's leaf hash of them is the leaf of the tree. Its place is its index in the log.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("wsoa::schema");
using import "annotations.capnp".help;

struct Event {
  recordedAt @0 :Int64 $help("milliseconds since 1970-01-01T00:00:00Z, without leap seconds; never less than the event before");
  change @1 :Data $help("the change's bytes as the author signed them");
  signature @2 :Data $help("Ed25519 over the label wsoa-ledger/change/v1, a line feed and those bytes");
}
