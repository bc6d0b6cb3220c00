#pragma once

#include "ledger/base/error.h"
#include "tests/simulation/support/ask.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace wsoa::test {

// What a ledger should hold, kept in lists and maps that are searched from end to end, and what it
// should answer. It shares nothing with the ledger but the numbers of the rules and the names of
// the faults. A value: a copy goes on apart.
class Model {
public:
    using Day = std::int32_t;  // since 1970-01-01

    struct Report {
        std::uint64_t index;
        Day day;
        std::string by;
        std::optional<unsigned> percent;
    };
    struct Proposal {
        std::uint64_t index;
        Day day;
        std::string by;
        std::string for_other;
        std::string from;
        std::string to;
        std::string reason;
        std::optional<std::uint64_t> confirmed_at;
    };
    struct Confirmation {
        std::uint64_t index;
        Day day;
        std::string by;
        std::string code;
        std::string reason;
        std::uint64_t proposal;
    };
    // In the order of the log.
    struct Rated {
        std::vector<Proposal> proposals;
        std::vector<Confirmation> confirmed;
    };
    struct Action {
        std::optional<std::pair<std::uint64_t, Day>> started;
        std::vector<Report> reports;
        Rated delivery;
    };

    // Begins with the town: the subjects of the events that settled it, in order, and when the last
    // of them was recorded.
    Model(std::vector<std::string> subjects, std::int64_t last_ms);

    // The moment at which a group is handed in.
    struct Moment {
        std::uint64_t durable = 0;  // events that could be seen
        std::int64_t ms = 0;        // the ledger's clock
    };
    struct Answer {
        enum class Is : std::uint8_t { recorded, there_already, refused } is;
        std::uint64_t index = 0;
        Fault fault = Fault::refused;
        std::string rule = {};
    };
    // What the ledger must answer; what is accepted is taken in.
    Answer hand_in(const Ask& ask, const Moment& moment);

    std::uint64_t size() const { return subjects_.size(); }
    // How many of the first so many events are about the subject.
    std::uint32_t version_at(const std::string& subject, std::uint64_t size) const;
    std::vector<std::uint64_t> trail_of(const std::string& subject) const;
    std::set<std::string> subjects() const { return {subjects_.begin(), subjects_.end()}; }
    std::size_t key_of(const std::string& person) const;

    const std::map<std::string, Action>& actions() const { return actions_; }
    const std::map<std::string, Rated>& impact() const { return impact_; }
    const std::map<std::string, std::uint64_t>& evidence() const { return evidence_; }
    // Null where nothing of that name is rated so.
    const Rated* rated(const std::string& subject, bool is_impact) const;
    static std::string code_on(const Rated& rated, bool is_impact, Day day);

private:
    // Rules by their numbers, as the rulebook has them.
    struct ByNumber {
        bool operator()(const std::string& one, const std::string& other) const {
            return std::pair(one.size(), one) < std::pair(other.size(), other);
        }
    };
    using Broken = std::set<std::string, ByNumber>;

    std::optional<std::string> broken_rule(const Ask& ask, Day today) const;
    void judge_author(const Ask& ask, Broken& broken) const;
    void judge_days(const Ask& ask, Day today, Broken& broken) const;
    void judge_subject(const Ask& ask, Broken& broken) const;
    void judge_progress(const Ask& ask, Broken& broken) const;
    void judge_rating(const Ask& ask, Broken& broken) const;
    void judge_confirmation(const Ask& ask, const Rated& rated, Broken& broken) const;
    static void judge_reason(const Ask& ask, const Rated& rated, Broken& broken);
    void take_in(const Ask& ask);

    std::vector<std::string> subjects_;  // of each event
    std::int64_t last_ms_;
    // Who has recorded what under which id: with which key, the ask and its index.
    std::map<std::tuple<std::string, std::size_t, std::uint64_t>, std::pair<Ask, std::uint64_t>>
        ids_;
    std::map<std::string, std::size_t> keys_;
    std::map<std::string, Action> actions_;
    std::map<std::string, Rated> impact_;
    std::map<std::string, std::uint64_t> evidence_;  // and the index of its registration
};

}  // namespace wsoa::test
