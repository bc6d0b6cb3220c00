#include "tests/simulation/support/simulation.h"

#include "tests/simulation/support/town.h"
#include "tests/support/changes.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace wsoa::test {
namespace {

constexpr std::array fault_kinds{DiskFaultKind::io_error, DiskFaultKind::no_space,
                                 DiskFaultKind::torn, DiskFaultKind::done_but_failed,
                                 DiskFaultKind::from_then_on};
constexpr std::array keeps{Disk::Keeps::synced, Disk::Keeps::parts, Disk::Keeps::all};

// 8 March 2022, in the morning: after the town was settled.
constexpr std::int64_t first_ms = 1'646'730'000'000;
constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t day_ms = 24 * hour_ms;

// Beyond what a commit does, and about what an opening does.
constexpr std::uint64_t commit_operations = 9;
constexpr std::uint64_t opening_operations = 60;

template <typename... Args>
Error wrong(fmt::format_string<Args...> format, Args&&... args) {
    return Error{Fault::corrupt, fmt::format(format, std::forward<Args>(args)...)};
}

// The town on a disk, made once: every simulation begins with it.
struct Beginning {
    LedgerBuilder people;
    std::vector<std::string> subjects;
    std::vector<Held> held;
    std::int64_t last_ms = 0;
    Hash root;
    DiskImage image;

    Beginning() {
        town::settle(people);
        const auto history = people.history();
        root = history->root();
        must(history->each_event(EventIndex{0}, [&](const Event& event) -> Result<Snapshot::Step> {
            last_ms = event.recorded_at().ms;
            subjects.push_back(event.envelope().subject.str());
            held.push_back({.entry = copy_of(event.bytes()), .receipt = {}, .words = {}});
            return Snapshot::Step::next;
        }));
        Machine machine;
        must(found_ledger_with(machine.place(), people));
        image = machine.disk().cut_power();
    }
};

Beginning& beginning() {
    static Beginning made;
    return made;
}

std::string in_words(const Model::Answer& answer) {
    switch (answer.is) {
        case Model::Answer::Is::recorded: return fmt::format("event {}", answer.index);
        case Model::Answer::Is::there_already: return fmt::format("event {} again", answer.index);
        case Model::Answer::Is::refused:
            return fmt::format("{} {}", name_of(answer.fault), answer.rule);
    }
    CHECK(false);
    return {};
}

std::string in_words(const Result<Committed>& outcome) {
    if (!outcome.ok()) {
        const auto& error = outcome.error();
        return fmt::format("{} {}: {}", name_of(error.fault), error.rule, error.message);
    }
    return fmt::format("event {}{}", outcome.value().index.value,
                       outcome.value().was == Committed::Was::there_already ? " again" : "");
}

bool is_as_predicted(const Model::Answer& answer, const Result<Committed>& outcome) {
    if (!outcome.ok()) {
        return answer.is == Model::Answer::Is::refused && answer.fault == outcome.error().fault &&
               answer.rule == outcome.error().rule;
    }
    const bool is_again = outcome.value().was == Committed::Was::there_already;
    return answer.is ==
               (is_again ? Model::Answer::Is::there_already : Model::Answer::Is::recorded) &&
           answer.index == outcome.value().index.value;
}

}  // namespace

Simulation::Simulation(std::uint64_t seed, Tally& tally, Disk::Lies lies)
    : tally_(tally),
      lies_(std::move(lies)),
      chance_(seed),
      model_(beginning().subjects, beginning().last_ms),
      held_(beginning().held),
      roots_{{model_.size(), beginning().root}},
      crew_(chance_),
      pen_(beginning().people.ledger()),
      receipts_(beginning().people.ledger_signer().key(), LedgerPlace::origin()),
      now_(first_ms) {
    ++tally_.seeds;
}

Simulation::~Simulation() = default;

Result<void> Simulation::run(std::size_t steps) {
    TRY(switch_on(beginning().image));
    for (std::size_t i = 0; i < steps; ++i) {
        auto stepped = step();
        if (!stepped.ok()) {
            const auto last = std::min<std::size_t>(story_.size(), 12);
            return std::move(stepped).error().explain(
                "in step {}, after\n  {}\n", i,
                fmt::join(story_.end() - static_cast<std::ptrdiff_t>(last), story_.end(), "\n  "));
        }
    }
    TRY(crash());
    TRY(Comparison(*open_, model_, held_).receipts(receipts_, 0, held_.size()));
    const auto history = TRY(open_->ledger().history());
    return verify_whole(open_->store(), *history, open_->guard().last(), Depth::authors);
}

Result<void> Simulation::step() {
    advance_clock();
    const auto dice = chance_.below(100);
    if (dice < 4) {
        TRY(restart());
    } else if (dice < 9) {
        tell("a crash at rest");
        TRY(crash());
    } else {
        TRY(hand_in_group());
    }
    TRY(Comparison(*open_, model_, held_).all());
    roots_[model_.size()] = open_->ledger().checkpoint().checkpoint.root;
    return done();
}

// Minutes, hours or days; always at a time of day at which London and Greenwich have the same date.
void Simulation::advance_clock() {
    now_ += static_cast<std::int64_t>(chance_.below(2 * hour_ms));
    if (chance_.below(3) == 0) {
        now_ += static_cast<std::int64_t>(chance_.below(6)) * day_ms;
    }
    const auto in_day = now_ % day_ms;
    if (in_day < 3 * hour_ms || in_day > 20 * hour_ms) {
        now_ += day_ms - in_day + 3 * hour_ms;
    }
    machine_->clock().set(Instant{now_});
}

LedgerPlace Simulation::place() {
    auto place = machine_->place();
    place.sizes.machine = engine_.get();
    return place;
}

Simulation::Attempt Simulation::prepare() {
    Attempt attempt{.asks = {}, .submissions = {}, .answers = {}, .after = model_, .held = {}};
    const auto count = 1 + chance_.below(chance_.below(2) == 0 ? 1 : 6);
    while (attempt.asks.size() < count) {
        attempt.asks.push_back(crew_.next(attempt.after, moment()));
        auto& ask = attempt.asks.back();
        // A tool remembers only what it was shown.
        ask.seen = roots_.lower_bound(ask.seen)->first;
        if (attempt.asks.size() < count && chance_.below(15) == 0) {
            attempt.asks.push_back(ask);
            attempt.asks.back().salt = chance_.below(1'000);
        }
    }
    auto when = moment();
    when.ms = machine_->clock().now().ms;
    for (const auto& ask : attempt.asks) {
        auto submission =
            pen_.write(ask, {.size = TreeSize{ask.seen}, .root = roots_.at(ask.seen)});
        attempt.answers.push_back(attempt.after.hand_in(ask, when));
        if (attempt.answers.back().is == Model::Answer::Is::recorded) {
            const auto entry = must(event_bytes(Instant{when.ms}, submission.signed_change));
            attempt.held.push_back({.entry = entry, .receipt = {}, .words = submission.words});
        }
        tell("{}: {}", ask.str(), in_words(attempt.answers.back()));
        attempt.submissions.push_back(std::move(submission));
    }
    tally_.handed_in += attempt.asks.size();
    return attempt;
}

Result<void> Simulation::hand_in_group() {
    const bool is_clock_behind = chance_.below(40) == 0;
    if (is_clock_behind) {
        machine_->clock().set(Instant{now_ - 90 * day_ms});
    }
    auto attempt = prepare();
    const bool is_doomed = chance_.below(8) == 0;
    if (is_doomed) {
        const Disk::Fault fault{.at = chance_.below(commit_operations),
                                .kind = fault_kinds.at(chance_.below(fault_kinds.size())),
                                .seed = chance_.below(1'000)};
        tell("operation {} will go wrong: {}", fault.at, name_of(fault.kind));
        machine_->disk().start(fault);
    }
    engine_->hold();
    const auto outcomes = open_->ledger().commit_all(attempt.submissions);
    const auto hit = machine_->disk().hit();
    engine_->let_go();
    machine_->clock().set(Instant{now_});
    if (!outcomes.ok()) {
        if (hit.empty()) {
            return outcomes.error();
        }
        ++tally_.hits;
        return fail(std::move(attempt), outcomes.error());
    }
    TRY(answer(attempt, outcomes.value()));
    if (is_doomed) {
        // Whatever went wrong after all of it was answered, what was answered stays.
        tell("a crash after the answers");
        return crash();
    }
    return done();
}

Result<void> Simulation::answer(Attempt& attempt, const std::vector<Result<Committed>>& outcomes) {
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        TRY(compare(attempt, i, outcomes[i]));
    }
    const auto before = held_.size();
    model_ = std::move(attempt.after);
    std::ranges::move(attempt.held, std::back_inserter(held_));
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        const auto& was = attempt.answers[i];
        if (was.is == Model::Answer::Is::refused) {
            ++tally_.refused[was.rule.empty() ? std::string(name_of(was.fault)) : was.rule];
            continue;
        }
        crew_.was_answered(attempt.asks[i]);
        const auto& receipt = outcomes[i].value().receipt;
        if (was.is == Model::Answer::Is::recorded) {
            ++tally_.acknowledged;
            held_[was.index].receipt = receipt;
            continue;
        }
        ++tally_.there_already;
        const auto history = TRY(open_->ledger().history());
        TRY(receipts_.check(*history, held_[was.index].entry, receipt));
    }
    return Comparison(*open_, model_, held_).receipts(receipts_, before, held_.size());
}

Result<void> Simulation::compare(const Attempt& attempt, std::size_t place,
                                 const Result<Committed>& outcome) {
    if (!is_as_predicted(attempt.answers[place], outcome)) {
        return wrong("{} was to be {}, and is {}", attempt.asks[place].str(),
                     in_words(attempt.answers[place]), in_words(outcome));
    }
    return done();
}

// Nobody was told anything: the ledger takes nothing more until it is opened again.
Result<void> Simulation::fail(Attempt attempt, const Error& error) {
    tell("nobody was answered: {}", error.message);
    if (error.fault != Fault::unavailable) {
        return wrong("a machine that failed is said to be {}", name_of(error.fault));
    }
    const auto again = open_->ledger().commit_all(attempt.submissions);
    if (again.ok() || again.error().fault != Fault::unavailable) {
        return wrong("it went on after a write had failed");
    }
    in_flight_ = std::move(attempt);
    return crash();
}

Result<void> Simulation::restart() {
    tell("a restart");
    ++tally_.restarts;
    open_.reset();
    open_ = TRY(OpenLedger::open(place(), beginning().people));
    engine_->let_go();
    return Comparison(*open_, model_, held_).receipts(receipts_, chance_.below(held_.size()), 16);
}

Result<void> Simulation::crash() {
    ++tally_.crashes;
    const auto kept = keeps.at(chance_.below(keeps.size()));
    auto image = machine_->disk().cut_power(kept, chance_.below(1'000));
    open_.reset();
    return switch_on(std::move(image));
}

// Until an opening is lived through to its end: it may be cut short as well.
Result<void> Simulation::switch_on(DiskImage image) {
    for (;;) {
        engine_.reset();
        machine_.reset();
        machine_ = std::make_unique<Machine>(std::move(image));
        engine_ = std::make_unique<StillEngine>(machine_->engine());
        machine_->disk().lie(lies_);
        machine_->clock().set(Instant{now_});
        if (TRY(try_to_open())) {
            return settle();
        }
        ++tally_.crashes;
        const auto kept = keeps.at(chance_.below(keeps.size()));
        image = machine_->disk().cut_power(kept, chance_.below(1'000));
        open_.reset();
    }
}

// False if the opening was cut short.
Result<bool> Simulation::try_to_open() {
    if (chance_.below(5) == 0) {
        const Disk::Fault fault{.at = chance_.below(opening_operations),
                                .kind = DiskFaultKind::from_then_on,
                                .seed = 0};
        tell("the opening ends at operation {}", fault.at);
        machine_->disk().start(fault);
    }
    engine_->hold();
    auto opened = OpenLedger::open(place(), beginning().people);
    engine_->let_go();
    const bool is_hit = !machine_->disk().hit().empty();
    if (!opened.ok()) {
        if (!is_hit || opened.error().fault != Fault::unavailable) {
            return std::move(opened).error().explain("LOST: opening");
        }
        ++tally_.hits;
        ++tally_.refused_openings;
        return false;
    }
    open_ = std::move(opened).value();
    machine_->disk().start(std::nullopt);
    tally_.hits += is_hit ? 1U : 0U;
    return !is_hit;
}

// What was in flight is there as a whole or not at all; whoever was not answered asks again.
Result<void> Simulation::settle() {
    const auto history = TRY(open_->ledger().history());
    if (in_flight_) {
        const auto is_whole = history->size().value == in_flight_->after.size();
        tell("the group in flight is {}", is_whole ? "there" : "gone");
        is_whole ? ++tally_.whole : ++tally_.gone;
        if (is_whole) {
            model_ = std::move(in_flight_->after);
            std::ranges::move(in_flight_->held, std::back_inserter(held_));
        }
        std::ranges::for_each(in_flight_->asks,
                              [&](const Ask& ask) { crew_.was_not_answered(ask); });
        in_flight_.reset();
    }
    TRY(Comparison(*open_, model_, held_).all());
    roots_[model_.size()] = history->root();
    return Comparison(*open_, model_, held_).receipts(receipts_, chance_.below(held_.size()), 16);
}

}  // namespace wsoa::test
