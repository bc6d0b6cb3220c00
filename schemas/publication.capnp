@0xb2f1c0d4a5e69710;
# Kinds of change about what is published.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("wsoa::schema");
using import "annotations.capnp".help;
using import "annotations.capnp".example;
using import "annotations.capnp".holds;
using import "annotations.capnp".optional;
using import "annotations.capnp".most;
using import "types.capnp".Channel;
using import "types.capnp".CheckResult;
using import "types.capnp".Date;

struct PublicationDrafted $help("drafts a page or summary for the public") {
  asAt @0 :Date $help("the day that it tells of") $example("2022-03-31");
  channel @1 :Channel $help("where it is to appear") $example("localOffer");
}

struct PublicationChecked $help("records that a draft was checked for privacy and accessibility") {
  asAt @0 :Date $help("the day that it tells of") $example("2022-03-31");
  privacyCheck @1 :CheckResult $help("whether it gives nobody away") $example("passed");
  accessibilityCheck @2 :CheckResult $help("whether everybody can read it") $example("passed");
}

struct PublicationApproved $help("approves a checked draft, as another person than its author") {
  asAt @0 :Date $help("the day that it tells of") $example("2022-03-31");
}

struct Published $help("records that an approved draft was published, and what it showed") {
  asAt @0 :Date $help("the day that it tells of") $example("2022-03-31");
  channel @1 :Channel $help("where it appeared") $example("localOffer");
  shown @2 :List(ShownRating) $most(512) $help("each rating that it showed") $example("TH-1.1=G,TH-1.2=A");
  digest @3 :Data $optional $holds(hash) $help("SHA-256 of what was published");
}

struct ShownRating {
  subject @0 :Text $holds(subjectRef) $help("the action or area") $example("TH-1.1");
  code @1 :Text $holds(ratingCode) $help("the rating shown") $example("G");
}

struct PublicationCorrected $help("puts a published page right; the first text is kept") {
  asAt @0 :Date $help("the day that it tells of") $example("2023-03-09");
  approvedBy @1 :Text $holds(personId) $help("who approved the correction") $example("director-of-education");
  changes @2 :List(CorrectedRating) $most(512) $help("what the page had shown, and what it shows now")
      $example("TH-2.2=B=R");
  shown @3 :List(ShownRating) $most(512) $help("each rating that it shows now") $example("TH-2.2=R");
}

struct CorrectedRating {
  subject @0 :Text $holds(subjectRef) $help("the action or area") $example("TH-2.2");
  from @1 :Text $holds(ratingCode) $help("what the page had shown") $example("B");
  to @2 :Text $holds(ratingCode) $help("what it shows now") $example("R");
}

struct PublicationWithdrawn $help("takes a published page back") {
}
