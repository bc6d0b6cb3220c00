@0xb2f1c0d4a5e69707;
# A change: what an author signs. Its canonical bytes are signed, hashed and stored as they came.
# schemas/README.md gives the exact bytes, what a reader must refuse, and how the schema may grow.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("wsoa::schema");
using import "annotations.capnp".help;
using import "annotations.capnp".holds;
using import "annotations.capnp".optional;
using import "annotations.capnp".most;
using import "types.capnp".Classification;
using import "types.capnp".Date;
using import "types.capnp".Index;
using import "types.capnp".Role;
using import "types.capnp".WordField;
using Ledger = import "ledger.capnp";
using People = import "people.capnp";
using Plan = import "plan.capnp";
using Evidence = import "evidence.capnp";

struct Change {
  format @0 :UInt16 $help("the format of changes; 1");
  ledger @1 :Data $holds(hash) $help("leaf hash of event 0; zero in event 0 itself");
  seen @2 :Seen $help("the last checkpoint that the author's tool found consistent with those before it");
  id @3 :Data $holds(uuid) $help("UUIDv7, chosen by the author; the same again gives the first receipt");
  plan @4 :Text $optional $holds(planRef) $help("the plan; absent for what concerns the ledger itself");
  subject @5 :Text $holds(subjectRef) $help("what the change is about");
  subjectVersion @6 :UInt32 $help("how many events about the subject the author had seen");
  effective @7 :Date $help("the day on which it was true");
  authorKey @8 :Data $holds(publicKey) $help("the key that signs the change");
  asRole @9 :Role $help("the role in which the author acts");
  onBehalfOf @10 :Text $optional $holds(personId) $help("for whom the author acts, if not for themselves");
  answers @11 :Index $optional $help("the event that this confirms, corrects, answers or ends");
  classification @12 :Classification $help("who may read the words");
  words @13 :List(WordCommitment) $most(15) $help("commitments to the words, one a field");

  union {
    unset @14 :Void;
    ledgerOpened @15 :Ledger.LedgerOpened;
    ledgerKeyRotated @16 :Ledger.LedgerKeyRotated;
    ledgerKeyConfirmed @17 :Ledger.LedgerKeyConfirmed;
    rulebookAdopted @18 :Ledger.RulebookAdopted;
    personEnrolled @19 :People.PersonEnrolled;
    personConfirmed @20 :People.PersonConfirmed;
    roleGranted @21 :People.RoleGranted;
    roleConfirmed @22 :People.RoleConfirmed;
    roleRevoked @23 :People.RoleRevoked;
    keyEnrolled @24 :People.KeyEnrolled;
    keyConfirmed @25 :People.KeyConfirmed;
    keyRotated @26 :People.KeyRotated;
    keyRevoked @27 :People.KeyRevoked;
    keyCompromised @28 :People.KeyCompromised;
    planDrafted @29 :Plan.PlanDrafted;
    areaAdded @30 :Plan.AreaAdded;
    outcomeAdded @31 :Plan.OutcomeAdded;
    actionAdded @32 :Plan.ActionAdded;
    actionStarted @33 :Plan.ActionStarted;
    progressRecorded @34 :Plan.ProgressRecorded;
    ratingProposed @35 :Plan.RatingProposed;
    ratingConfirmed @36 :Plan.RatingConfirmed;
    evidenceRegistered @37 :Evidence.EvidenceRegistered;
  }
}

struct Seen {
  size @0 :UInt64 $help("how many events that checkpoint covers");
  root @1 :Data $holds(hash) $help("the root at that size");
}

struct WordCommitment {
  field @0 :WordField $help("which field; fields stand in ascending order, each once");
  commitment @1 :Data $holds(hash) $help("SHA-256 over label, ledger, field, salt and text");
}
