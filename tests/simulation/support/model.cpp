#include "tests/simulation/support/model.h"

#include "tests/simulation/support/town.h"

#include <algorithm>

namespace wsoa::test {
namespace {

using schema::Role;
using Is = Ask::Is;

constexpr std::int64_t day_ms = 86'400'000;

bool is_enrolled(const std::string& person) {
    return std::ranges::find(town::people(), person) != town::people().end();
}

std::set<Role> roles_for(Is is) {
    switch (is) {
        case Is::start:
        case Is::progress:
        case Is::propose: return {Role::ACTION_OWNER, Role::AREA_LEAD, Role::PROGRAMME_OFFICE};
        case Is::confirm: return {Role::AREA_LEAD, Role::BOARD_CHAIR};
        case Is::evidence:
            return {Role::ACTION_OWNER,     Role::AREA_LEAD,    Role::ACCOUNTABLE_OFFICER,
                    Role::PROGRAMME_OFFICE, Role::BOARD_MEMBER, Role::DATA_LEAD};
        case Is::new_key: break;
    }
    return {};
}

// Whether a grant's scope takes in what the ask is about.
bool takes_in(const std::string& scope, const Ask& ask) {
    if (scope.empty() || ask.is == Is::new_key) {
        return true;
    }
    const auto plan = town::plan_of(ask.subject);
    if (ask.is == Is::evidence) {
        return town::plan_of(scope) == plan;
    }
    // What is not there belongs to no area.
    const auto& actions = town::actions();
    const bool is_action = std::ranges::find(actions, ask.subject) != actions.end();
    return scope == ask.subject || scope == plan ||
           (is_action && scope == town::area_of(ask.subject));
}

bool holds_role(const Ask& ask) {
    return std::ranges::any_of(town::grants(), [&](const town::Grant& grant) {
        return grant.person == ask.person && grant.role == ask.role && takes_in(grant.scope, ask);
    });
}

// The later of two entries: by its day, then by its place in the log.
bool is_later(const auto& one, const auto& other) {
    return std::pair(one.day, one.index) > std::pair(other.day, other.index);
}

}  // namespace

Model::Model(std::vector<std::string> subjects, std::int64_t last_ms)
    : subjects_(std::move(subjects)), last_ms_(last_ms) {
    for (const auto& action : town::actions()) {
        actions_.emplace(action, Action{});
    }
    for (const auto& area : town::areas()) {
        impact_.emplace(area, Rated{});
    }
}

Model::Answer Model::hand_in(const Ask& ask, const Moment& moment) {
    const auto refused = [](Fault fault, std::string rule = "") {
        return Answer{.is = Answer::Is::refused, .fault = fault, .rule = std::move(rule)};
    };
    if (ask.flaw == Ask::Flaw::forged) {
        return refused(Fault::refused);
    }
    if (ask.flaw == Ask::Flaw::other_words) {
        return refused(Fault::distrusted);
    }
    const auto earlier = ids_.find({ask.person, ask.key, ask.id});
    if (earlier != ids_.end()) {
        const auto& [first, index] = earlier->second;
        return first.says_the_same(ask) ? Answer{.is = Answer::Is::there_already, .index = index}
                                        : refused(Fault::conflict);
    }
    if (ask.flaw == Ask::Flaw::other_history || ask.flaw == Ask::Flaw::seen_ahead ||
        ask.seen > moment.durable) {
        return refused(Fault::refused);
    }
    if (moment.ms < last_ms_) {
        return refused(Fault::unavailable);
    }
    if (ask.version != version_at(ask.subject, size())) {
        return refused(Fault::conflict);
    }
    if (const auto rule = broken_rule(ask, static_cast<Day>(moment.ms / day_ms))) {
        return refused(rule == "R31" ? Fault::conflict : Fault::refused, *rule);
    }
    const auto index = size();
    take_in(ask);
    last_ms_ = moment.ms;
    return Answer{.is = Answer::Is::recorded, .index = index};
}

std::optional<std::string> Model::broken_rule(const Ask& ask, Day today) const {
    Broken broken;
    judge_author(ask, broken);
    judge_days(ask, today, broken);
    judge_subject(ask, broken);
    judge_progress(ask, broken);
    judge_rating(ask, broken);
    return broken.empty() ? std::nullopt : std::optional(*broken.begin());
}

void Model::judge_author(const Ask& ask, Broken& broken) const {
    if (!is_enrolled(ask.person) || ask.key != key_of(ask.person)) {
        broken.insert("R01");
    }
    const auto roles = roles_for(ask.is);
    if ((!roles.empty() && !roles.contains(ask.role)) || !holds_role(ask)) {
        broken.insert("R03");
    }
    const bool needs_words = ask.is != Is::start && ask.is != Is::new_key;
    if (needs_words && ask.flaw == Ask::Flaw::without_words) {
        broken.insert("R04");
    }
    if (!ask.for_other.empty() && (ask.is == Is::new_key || ask.role != Role::PROGRAMME_OFFICE ||
                                   !is_enrolled(ask.for_other))) {
        broken.insert("R07");
    }
    if (ask.is == Is::new_key && ask.subject != "@" + ask.person) {
        broken.insert("R15");
    }
    if (ask.is == Is::new_key && ask.new_key <= key_of(ask.subject.substr(1))) {
        broken.insert("R09");
    }
}

void Model::judge_days(const Ask& ask, Day today, Broken& broken) const {
    if (ask.day > today) {
        broken.insert("R05");
    }
    // The town records no meeting, so that nothing can be dated back to one.
    if (ask.is == Is::confirm && ask.day != today) {
        broken.insert("R06");
    }
    if (ask.is == Is::confirm && !ask.meeting.empty()) {
        broken.insert("R115");
    }
    if (ask.is == Is::evidence && ask.document_day > today) {
        broken.insert("R34");
    }
}

void Model::judge_subject(const Ask& ask, Broken& broken) const {
    const bool is_action = actions_.contains(ask.subject);
    const bool is_area = impact_.contains(ask.subject);
    bool fits = true;
    switch (ask.is) {
        case Is::start:
        case Is::progress: fits = is_action; break;
        case Is::propose:
        case Is::confirm: fits = is_action || is_area; break;
        case Is::evidence: fits = !evidence_.contains(ask.subject); break;
        case Is::new_key: fits = is_enrolled(ask.subject.substr(1)); break;
    }
    if (!fits) {
        broken.insert("R08");
    }
}

void Model::judge_progress(const Ask& ask, Broken& broken) const {
    const auto found = actions_.find(ask.subject);
    if (found == actions_.end()) {
        return;
    }
    const auto& action = found->second;
    if (ask.is == Is::start && action.started) {
        broken.insert("R28");
    }
    const bool comes_after_start =
        ask.is == Is::progress ||
        ((ask.is == Is::propose || ask.is == Is::confirm) && !ask.is_impact);
    if (comes_after_start && (!action.started || ask.day < action.started->second)) {
        broken.insert("R28");
    }
    if (ask.is != Is::progress || !ask.percent || !ask.reason.empty()) {
        return;
    }
    const Report* before = nullptr;
    for (const auto& report : action.reports) {
        if (report.percent && report.day <= ask.day &&
            (before == nullptr || is_later(report, *before))) {
            before = &report;
        }
    }
    if (before != nullptr && *ask.percent < *before->percent) {
        broken.insert("R29");
    }
}

void Model::judge_rating(const Ask& ask, Broken& broken) const {
    if (ask.is != Is::propose && ask.is != Is::confirm) {
        return;
    }
    const std::set<std::string> codes = ask.is_impact ? std::set<std::string>{"NM", "G", "A", "R"}
                                                      : std::set<std::string>{"G", "A", "R"};
    const auto* ratings = rated(ask.subject, ask.is_impact);
    if (ratings == nullptr || !codes.contains(ask.to)) {
        broken.insert("R30");
    }
    if (ask.is == Is::confirm && ask.is_impact && ask.role != Role::BOARD_CHAIR) {
        broken.insert("R35");
    }
    if (ask.is == Is::confirm) {
        judge_confirmation(ask, ratings == nullptr ? Rated{} : *ratings, broken);
    }
    if (ratings == nullptr) {
        return;
    }
    if (code_on(*ratings, ask.is_impact, ask.day) != ask.from) {
        broken.insert("R31");
    }
    judge_reason(ask, *ratings, broken);
}

// Said before, of the same subject on the same axis, but by the proposal that is now confirmed.
void Model::judge_reason(const Ask& ask, const Rated& rated, Broken& broken) {
    if (ask.flaw == Ask::Flaw::without_words) {
        return;
    }
    bool is_answered = ask.is == Is::propose;
    bool was_said = false;
    for (const auto& proposal : rated.proposals) {
        const bool is_the_one = ask.is == Is::confirm && proposal.index == ask.answers;
        is_answered = is_answered || is_the_one;
        was_said = was_said || (!is_the_one && proposal.reason == ask.text);
    }
    for (const auto& confirmation : rated.confirmed) {
        was_said = was_said || confirmation.reason == ask.text;
    }
    if (is_answered && was_said) {
        broken.insert("R32");
    }
}

void Model::judge_confirmation(const Ask& ask, const Rated& rated, Broken& broken) const {
    const Proposal* answered = nullptr;
    for (const auto& proposal : rated.proposals) {
        if (proposal.index == ask.answers) {
            answered = &proposal;
        }
    }
    if (answered == nullptr || answered->confirmed_at || answered->from != ask.from ||
        answered->to != ask.to || ask.day < answered->day) {
        broken.insert("R33");
    }
    if (answered != nullptr && (answered->by == ask.person || answered->for_other == ask.person)) {
        broken.insert("R02");
    }
}

void Model::take_in(const Ask& ask) {
    const auto index = size();
    subjects_.push_back(ask.subject);
    ids_[{ask.person, ask.key, ask.id}] = {ask, index};
    const auto ratings = [&]() -> Rated& {
        return ask.is_impact ? impact_.at(ask.subject) : actions_.at(ask.subject).delivery;
    };
    switch (ask.is) {
        case Is::start: actions_.at(ask.subject).started = {index, ask.day}; break;
        case Is::progress:
            actions_.at(ask.subject).reports.push_back({index, ask.day, ask.person, ask.percent});
            break;
        case Is::propose:
            ratings().proposals.push_back({index, ask.day, ask.person, ask.for_other, ask.from,
                                           ask.to, ask.text, std::nullopt});
            break;
        case Is::confirm:
            ratings().confirmed.push_back(
                {index, ask.day, ask.person, ask.to, ask.text, *ask.answers});
            for (auto& proposal : ratings().proposals) {
                if (proposal.index == ask.answers) {
                    proposal.confirmed_at = index;
                }
            }
            break;
        case Is::evidence: evidence_[ask.subject] = index; break;
        case Is::new_key: keys_[ask.person] = ask.new_key; break;
    }
}

std::uint32_t Model::version_at(const std::string& subject, std::uint64_t size) const {
    std::uint32_t version = 0;
    for (std::uint64_t i = 0; i < size; ++i) {
        version += subjects_.at(i) == subject ? 1U : 0U;
    }
    return version;
}

std::vector<std::uint64_t> Model::trail_of(const std::string& subject) const {
    std::vector<std::uint64_t> trail;
    for (std::uint64_t i = 0; i < size(); ++i) {
        if (subjects_[i] == subject) {
            trail.push_back(i);
        }
    }
    return trail;
}

std::size_t Model::key_of(const std::string& person) const {
    const auto found = keys_.find(person);
    return found == keys_.end() ? 0 : found->second;
}

const Model::Rated* Model::rated(const std::string& subject, bool is_impact) const {
    if (is_impact) {
        const auto found = impact_.find(subject);
        return found == impact_.end() ? nullptr : &found->second;
    }
    const auto found = actions_.find(subject);
    return found == actions_.end() ? nullptr : &found->second.delivery;
}

std::string Model::code_on(const Rated& rated, bool is_impact, Day day) {
    const Confirmation* current = nullptr;
    for (const auto& confirmation : rated.confirmed) {
        if (confirmation.day <= day && (current == nullptr || is_later(confirmation, *current))) {
            current = &confirmation;
        }
    }
    return current != nullptr ? current->code : is_impact ? "NM" : "UN";
}

}  // namespace wsoa::test
