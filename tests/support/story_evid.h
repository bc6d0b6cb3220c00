#pragma once

#include "tests/support/story.h"

#include <string>
#include <vector>

// Steps of stories about measures, evidence and records.
namespace wsoa::test {

// Measures are defined and read by the programme office, in per cent where more is better.
Step measure_defined(const std::string& measure);
Step measure_redefined(const std::string& measure, int definition);
Step baseline_set(const std::string& measure, const std::string& value);
Step target_set(const std::string& measure, const std::string& value);
Step path_set(const std::string& measure, const std::string& points);
// For the period that ends on that day, and recorded on the tenth day of the month after it.
Step reading_recorded(const std::string& measure, const std::string& period_end,
                      const std::string& value);
// Answers the reading that was recorded last.
Step reading_corrected(const std::string& measure, const std::string& period_end,
                       const std::string& value);
Step reading_restated(const std::string& measure, const std::string& touched);

// Evidence is brought by head-of-send and reviewed by director-of-education.
Step version_added(const std::string& item, const std::string& prior, int version);
Step evidence_linked(const std::string& item, const std::string& target);
Step evidence_unlinked(const std::string& item, const std::string& target);
Step evidence_submitted(const std::string& item, const std::string& target);
Step evidence_accepted(const std::string& item, const std::string& target);
Step evidence_rejected(const std::string& item, const std::string& target);
Step evidence_more_asked(const std::string& item, const std::string& target);
// Registered, linked and submitted; and accepted.
std::vector<Step> evidence_waiting(const std::string& item, const std::string& target);
std::vector<Step> evidence_counting(const std::string& item, const std::string& target);
Step evidence_superseded(const std::string& item, const std::string& by);
Step evidence_marked_stale(const std::string& item);
Step evidence_renewed(const std::string& item, const std::string& review_by);
Step redacted_copy_issued(const std::string& item, const std::string& copy);

// records-manager and records-deputy, who are recordsManager of TH.
std::vector<Step> records_office();
Step entry_struck(const std::string& subject);
Step mistake_noted(const std::string& subject);
Step hold_placed(const std::string& hold, const std::string& scope);
Step hold_released(const std::string& hold);
// Of the content of an item, by records-manager; decided by data-protection-officer.
Step erasure_requested(const std::string& item, const std::string& request);
Step erasure_decided(const std::string& item, const std::string& request);
Step content_erased(const std::string& item, const std::string& request);
// Applied by records-manager, approved by records-deputy, carried out by records-manager.
Step retention_applied(const std::string& subject, const std::string& due);
Step disposal_approved(const std::string& subject);
Step disposed_of(const std::string& subject);

}  // namespace wsoa::test
