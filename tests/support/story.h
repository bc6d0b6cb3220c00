#pragma once

#include "tests/support/scene.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Stories: given what was recorded, when somebody hands in one change more, the rules say this.
//
//     given(plan_in_delivery("TH"), action_started("TH-1.2"),
//           rating_proposed("TH-1.2", "A").by("case-work-lead"))
//         .when(rating_confirmed("TH-1.2", "A").by("case-work-lead"))
//         .is_refused_by("R02");
namespace wsoa::test {

// What became of the last step of a story. Each assertion fails the running test with the step and
// what the rules said of it.
class Verdict {
public:
    Verdict(Scene scene, Step step) : scene_(std::move(scene)), step_(std::move(step)) {}
    // A verdict on a story that could not be told.
    static Verdict none(Scene scene, Step step);

    // Refused by that rule, with a sentence and with advice.
    void is_refused_by(std::string_view rule) const;
    // Someone was there first: the same with the fault `conflict`.
    void conflicts_by(std::string_view rule) const;
    // Accepted, and folded without an anomaly.
    void is_accepted() const;
    // The same, where this rule is the one in question: the twin of a story that it refuses.
    void is_accepted_by(std::string_view rule) const;
    // The one rule has nothing to say against it, whatever else keeps it from being accepted.
    void keeps(std::string_view rule) const;
    // This program cannot judge it.
    void is_unavailable() const;

private:
    void is_turned_away_by(std::string_view rule, Fault fault) const;

    Scene scene_;
    Step step_;
    bool was_told_ = true;
};

// A history so far. Its steps must all be accepted: a story that begins with a refusal fails.
class Story {
public:
    explicit Story(Scene scene) : scene_(std::move(scene)) {}

    void add(const Step& step);
    void add(const std::vector<Step>& steps);
    Verdict when(const Step& step) const;
    const Scene& scene() const { return scene_; }

private:
    Scene scene_;
    bool was_told_ = true;
};

template <typename... Steps>
Story given(Scene opening, const Steps&... steps) {
    Story story(std::move(opening));
    (story.add(steps), ...);
    return story;
}

// Openings. All are of 1 February 2022.

// Nothing, not even event 0.
Scene empty_log();
// Event 0, with the founders programme-manager and corporate-director.
Scene ledger_opened_by_two();
// And the cast, enrolled, confirmed and granted their roles. For the whole ledger:
// programme-officer and programme-deputy (programmeOffice), data-protection-officer (dpo). In the
// plan TH: board-chair (boardChair), director-of-education and case-work-lead (areaLead of TH-1),
// icb-executive-lead (areaLead of TH-2), send-team-manager (actionOwner of TH-1.1), head-of-send
// (actionOwner of TH-1.2).
Scene office_at_work();
// And the plan, with the areas TH-1 and TH-2, an outcome for each, TH-O1 and TH-O2, and the actions
// TH-1.1, TH-1.2 and TH-2.1. None has been started. The deadline of TH-1.2 is 31 March 2023.
Scene plan_in_delivery(std::string_view plan);

// Event 0.
struct Founding {
    struct Founder {
        std::string person;
        std::string key;
    };
    std::string origin = "ledger.example.gov.uk/send";
    std::string origin_proved = {};  // what the founders' keys sign, if not the origin
    std::string ledger_key = "the ledger";
    std::vector<Founder> founders = {{"programme-manager", "programme-manager"},
                                     {"corporate-director", "corporate-director"}};
    std::string rehearsal = "false";
    std::string rulebook = "1";
};
Step ledger_opened(const Founding& founding = {});

// The ledger. Keys are named; see key_named.
Step ledger_key_rotated(const std::string& new_key, const std::string& old_key = "the ledger");
Step ledger_key_confirmed();
Step rulebook_adopted(std::uint16_t rulebook);

// People. Confirmations answer the last entry of their kind about the person.
Step person_enrolled(const std::string& person);
Step person_confirmed(const std::string& person);
Step role_granted(const std::string& person, schema::Role role, const std::string& scope = {});
Step role_confirmed(const std::string& person);
Step role_revoked(const std::string& person);
Step key_enrolled(const std::string& person, const std::string& key);
Step key_confirmed(const std::string& person);
Step compromise_confirmed(const std::string& person);
Step key_rotated(const std::string& person, const std::string& new_key);
Step key_revoked(const std::string& person, const std::string& key);
Step key_compromised(const std::string& person, const std::string& key, std::uint64_t since);
// Enrolled and confirmed.
std::vector<Step> enrolled(const std::string& person);
// Granted and, if it decides, confirmed.
std::vector<Step> granted(const std::string& person, schema::Role role,
                          const std::string& scope = {});

// The key and its proof for a person, as the fields of a change; the proof may be another's.
Step::Fill proved_key(std::string key, std::string person);

// A plan, its parts and what happens to them. Ratings start from UN or NM and have a reason that
// tells from which code to which.
Step plan_drafted(const std::string& plan);
Step area_added(const std::string& area, const std::string& lead);
Step outcome_added(const std::string& outcome, const std::string& area);
Step action_added(const std::string& action, const std::string& outcome);
Step action_started(const std::string& action);
Step progress_recorded(const std::string& action, int percent);
Step rating_proposed(const std::string& action, const std::string& to,
                     const std::string& from = "UN");
Step rating_confirmed(const std::string& action, const std::string& to,
                      const std::string& from = "UN");
Step impact_proposed(const std::string& area, const std::string& to,
                     const std::string& from = "NM");
Step impact_confirmed(const std::string& area, const std::string& to,
                      const std::string& from = "NM");
Step evidence_registered(const std::string& evidence);
// Quorate meetings on the day that ends the reference: "TH-B-2022-03-10". Recorded on that day.
Step board_met(const std::string& meeting);
Step leads_met(const std::string& meeting);

}  // namespace wsoa::test
