#pragma once

#include "tests/simulation/support/model.h"
#include "tests/support/environment.h"

#include <map>
#include <string>
#include <vector>

namespace wsoa::test {

// Those who record, as chance has it: mostly what they may, in view of what their tools remember;
// late, twice, in somebody else's role, or wrongly, now and then.
class Crew {
public:
    explicit Crew(SeededRandom& chance) : chance_(chance) {}

    // What somebody hands in next. `moment` is what could be seen by then.
    Ask next(const Model& model, const Model::Moment& moment);
    // Who was answered remembers it; who was not asks again.
    void was_answered(const Ask& ask) { answered_.push_back(ask); }
    void was_not_answered(const Ask& ask) { unanswered_.push_back(ask); }

private:
    std::uint64_t below(std::uint64_t bound) { return chance_.below(bound); }
    bool once_in(std::uint64_t times) { return below(times) == 0; }
    template <typename T>
    const T& one_of(const std::vector<T>& list) {
        return list.at(below(list.size()));
    }
    Ask again(const Model& model, const Model::Moment& moment, Ask ask);
    Ask afresh(const Model& model, std::int32_t today);
    void choose_what(Ask& ask, const Model& model);
    void choose_who(Ask& ask, const Model& model);
    void choose_rating(Ask& ask, const Model& model, std::int32_t today);
    void choose_proposal(Ask& ask, const Model& model);
    void go_wrong(Ask& ask, const Model& model);
    void see(Ask& ask, const Model& model, const Model::Moment& moment);

    SeededRandom& chance_;
    std::uint64_t next_id_ = 1;
    std::map<std::string, std::uint64_t> memory_;  // how much each person's tool has seen
    std::vector<Ask> answered_;
    std::vector<Ask> unanswered_;
};

}  // namespace wsoa::test
