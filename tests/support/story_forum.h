#pragma once

#include "tests/support/story.h"

#include <string>
#include <vector>

// Steps of stories about governance, checks from outside and publications.
namespace wsoa::test {

// What these stories need beside the cast: in the plan TH director-of-commissioning
// (accountableOfficer), parent-carer-forum-chair (boardMember), records-manager (recordsManager),
// dfe-adviser and nhse-adviser (adviser).
std::vector<Step> further_cast();
// The plan in delivery with them, and these steps.
Story forum_at_work(const std::vector<Step>& steps = {});

Step body_named(const std::string& body, const std::string& reports_to);
Step resolved(const std::string& decision, const std::string& meeting);

// A question of the parent carer forum's chair, and the office's answer.
Step challenge_put(const std::string& challenge);
Step challenge_answered(const std::string& challenge);

// About TH-1.2, which goes Red on 10 March 2022.
std::vector<Step> gone_red();
Step exception_opened(const std::string& exception, const std::string& action = "TH-1.2");
Step exception_answered(const std::string& exception, const std::string& action = "TH-1.2");
Step exception_closed(const std::string& exception, const std::string& action = "TH-1.2");

// Likely 3, of impact 4, looked after by head-of-send.
Step risk_raised(const std::string& risk);
Step risk_rescored(const std::string& risk);
Step risk_closed(const std::string& risk);

Step report_given(const std::string& as_at);
Step families_told(const std::string& date);
Step self_evaluated(const std::string& as_at);

// Support and challenge visits by dfe-adviser, or what else is set.
Step review_scheduled(const std::string& review, int number, const std::string& from);
Step review_notified(const std::string& review, const std::string& from);
Step review_held(const std::string& review, int number, const std::string& date);
// A dated letter of the inspectorates, and what it concludes.
Step letter_received(const std::string& letter, const std::string& dated);
Step outcome_recorded(const std::string& subject, const std::string& review,
                      const std::string& letter);
Step monitoring_ceased(const std::string& area, const std::string& review, const std::string& date);
Step next_steps_recorded(const std::string& review);
Step information_requested(const std::string& request, const std::string& due);
Step information_fulfilled(const std::string& request);
Step information_refused(const std::string& request);

// By head-of-send, as the item itself.
Step linked_by_its_owner(const std::string& item, const std::string& target);
// An item about a child, and its redacted copy.
Step child_log_registered(const std::string& item);
Step copy_redacted(const std::string& item);
Step pack_frozen(const std::string& pack, const std::string& items);
Step pack_shared(const std::string& pack, const std::string& expires);
Step pack_read(const std::string& pack);

// Of 31 January 2022: drafted by programme-officer, checked by data-protection-officer, approved by
// director-of-commissioning, published and corrected by programme-deputy. It shows TH-1.2 as UN.
Step publication_drafted(const std::string& publication);
Step publication_checked(const std::string& publication);
Step publication_approved(const std::string& publication);
Step published(const std::string& publication);
// From UN to A.
Step publication_corrected(const std::string& publication);
Step publication_withdrawn(const std::string& publication);
// All that comes before it is on the page.
std::vector<Step> on_the_page(const std::string& publication);

Step policy_set();
Step holidays_set(int year, const std::string& days);
Step period_closed(std::uint64_t size);

}  // namespace wsoa::test
