#pragma once

#include "tests/support/story.h"

#include <string>
#include <vector>

// Steps of stories about a plan's life, its actions, changes and ratings.
namespace wsoa::test {

// A plan's life. The letter is of 27 January 2022.
Step letter_of_inspectorates(const std::string& letter);
Step plan_submitted(const std::string& version);
Step plan_returned(const std::string& version, const std::string& letter);
Step plan_declared_fit(const std::string& version, const std::string& letter);
// Of TH, with its three actions.
Step plan_baselined(const std::string& version);
Step plan_rebaselined(const std::string& version, const std::string& meeting);
Step plan_superseded(const std::string& successor, const std::string& carried);
Step plan_closed();
// The letter TH-E01, and that version v1.0 of TH is fit for purpose.
std::vector<Step> fit_for_purpose();
// And the first baseline.
std::vector<Step> baseline_adopted();

// An action or an area from one person to another, and its acceptance.
Step handed_over(const std::string& subject, const std::string& from, const std::string& to);
Step handover_accepted(const std::string& subject, const std::string& by);

// What becomes of an action. Claims are by head-of-send, who owns TH-1.2.
Step action_paused(const std::string& action, const std::string& until);
Step action_resumed(const std::string& action);
Step completion_claimed(const std::string& action, const std::string& evidence);
Step completion_rejected(const std::string& action);
Step action_completed(const std::string& action, const std::string& evidence);
Step action_reopened(const std::string& action, const std::string& from = "complete");
Step action_embedded(const std::string& action);
Step action_withdrawn(const std::string& action);
Step action_merged(const std::string& action, const std::string& into);
Step action_split(const std::string& action, const std::string& into);
// An item of head-of-send, handed in for the action, and what director-of-education made of it.
std::vector<Step> item_handed_in(const std::string& item, const std::string& action);
std::vector<Step> item_accepted(const std::string& item, const std::string& action);
// TH-1.2 started, claimed on the accepted TH-E02, and completed by the board.
std::vector<Step> action_claimed_on_evidence();
std::vector<Step> action_done();

Step milestone_added(const std::string& milestone, const std::string& action,
                     const std::string& deadline);
Step milestone_met(const std::string& milestone, const std::string& date);
Step milestone_missed(const std::string& milestone);
Step milestone_withdrawn(const std::string& milestone);

// The deadline of an action or milestone moved, for the board.
Step change_requested(const std::string& subject, const std::string& from, const std::string& to);
Step change_approved(const std::string& subject, const std::string& from, const std::string& to);
Step change_applied(const std::string& subject, const std::string& from, const std::string& to);
Step change_refused(const std::string& subject);
Step change_withdrawn(const std::string& subject);

Step rating_overridden(const std::string& action, const std::string& to,
                       const std::string& from = "UN");
Step scale_defined(const std::string& version, const std::string& codes);

}  // namespace wsoa::test
