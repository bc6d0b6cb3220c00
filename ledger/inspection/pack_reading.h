#pragma once

#include "ledger/base/time.h"
#include "ledger/inspection/pack.h"
#include "ledger/inspection/verify.h"

#include <functional>
#include <optional>
#include <vector>

namespace wsoa {

// What is learnt of a pack while its events are verified.
class PackReading final : public VerifyWatcher {
public:
    // `at_end` is called once everything was read; what it is given holds for the call.
    using AtEnd = std::function<void(const HashTree& tree, const State& state)>;
    // The pack is borrowed.
    PackReading(const PackFile& pack, AtEnd at_end) : pack_(pack), at_end_(std::move(at_end)) {}

    void event(const Event& event, const State& before) override;
    void gap() override;
    void end(const HashTree& tree, const State& state) override;

    // All that follows holds once everything was read.

    // Whether the state at the end is that of all events. It is not where one of them is none, or
    // where event 0 names no time zone; the check of events tells of both.
    bool is_whole() const { return !stopped_; }
    // The pack's plan by what was recorded by the end of `as_known`. `missing` if there was none,
    // `invalid` where that cannot be said.
    const Result<Plan>& known() const { return *known_; }
    // Words that are here and that the pack does not own up to.
    const std::vector<Finding>& more_disclosed() const { return more_disclosed_; }
    // How many entries are here.
    std::uint64_t leaves() const { return leaves_; }
    // The first event of another plan.
    std::optional<EventIndex> strange() const { return strange_; }
    // The event that the steps by hand are about: see by_hand.h.
    std::optional<EventIndex> shown() const { return rated_ ? rated_ : newest_; }

    // That all events of the plan and of the ledger up to a size were counted by somebody.
    struct Closed {
        TreeSize size;
        EventIndex by;
        KeyId author;
        std::optional<PersonId> person = {};  // whose key that is; null where nobody holds it
    };
    // Of the pack's plan, in the order of their events.
    const std::vector<Closed>& closed() const { return closed_; }

private:
    void look_at_plan(const Event& event);
    void look_at_words(const Event& event);
    void pass_words_before(std::uint64_t index);
    void settle(const State& state);
    void stop(std::string_view why);

    const PackFile& pack_;
    AtEnd at_end_;
    Findings disclosed_;
    std::vector<Finding> more_disclosed_;
    std::optional<PackFile::Words::const_iterator> words_;  // those not passed yet; null at first
    std::optional<Zone> zone_;
    bool stopped_ = false;
    std::optional<Result<Plan>> known_;
    std::uint64_t leaves_ = 0;
    std::optional<EventIndex> strange_;
    std::optional<EventIndex> rated_;
    std::optional<EventIndex> newest_;
    std::vector<Closed> closed_;
};

}  // namespace wsoa
