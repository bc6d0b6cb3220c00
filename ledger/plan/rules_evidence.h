#pragma once

#include "ledger/plan/rules.h"

// What the rules of evidence and of its review share: rules_evidence.cpp, rules_acceptance.cpp.
namespace wsoa::rules {

// The item that the change is about; null where R08 refuses the subject.
const Evidence* evidence_of(const Case& at_hand);

// The link to the target that stands; null if there is none.
const EvidenceLink* link_to(const Evidence& item, const SubjectRef& target);

// The last submission of the item for the target; null if there is none.
const EvidenceSubmission* newest_submission(const Evidence& item, const SubjectRef& target);

Result<void> review_answers_submission(const Case& at_hand);
Result<void> reviewed_by_another(const Case& at_hand);
Result<void> reviewer_reaches_target(const Case& at_hand);
Result<void> checks_can_hold(const Case& at_hand);

}  // namespace wsoa::rules
