#include "tests/kills/support/vigil.h"

#include "ledger/tree/hasher.h"
#include "tests/kills/support/roles.h"
#include "tests/support/changes.h"

#include <algorithm>
#include <csignal>

namespace wsoa::test {
namespace {

constexpr std::uint64_t acknowledgements_max = 40;
constexpr std::uint64_t spin_max = 1'500;
constexpr std::uint64_t start_spin_max = 30'000;  // about what a writer takes to open
constexpr std::size_t sample = 8;

std::size_t threads_of(Writer writer) {
    return writer == Writer::recorder ? 4U : writer == Writer::keeper ? 3U : 1U;
}

template <typename... Args>
Error wrong(fmt::format_string<Args...> format, Args&&... args) {
    return Error{Fault::corrupt, fmt::format(format, std::forward<Args>(args)...)};
}

Result<void> expect_killed(Process& process) {
    const int end = process.wait();
    return end == -SIGKILL ? done() : wrong("a writer ended by itself, with {}", end);
}

}  // namespace

std::string_view name_of(Writer writer) {
    switch (writer) {
        case Writer::direct: return "direct writer";
        case Writer::groups: return "writer of groups";
        case Writer::recorder: return "recorder with 4 threads";
        case Writer::keeper: return "keeper with 3 clients";
    }
    CHECK(false);
    return {};
}

Vigil::Vigil(const std::filesystem::path& root, Writer writer, std::uint64_t seed)
    : shop_(root),
      root_(root.string()),
      writer_(writer),
      chance_(seed),
      receipts_(shop_.people().ledger_signer().key(), LedgerPlace::origin()) {
    must(shop_.found());
    for (std::uint64_t i = 0; i < threads_of(writer); ++i) {
        next_.push_back(i);
    }
    reader_ = std::make_unique<Process>(command("read"));
}

std::vector<std::string> Vigil::command(const std::string& role) const {
    std::vector<std::string> words{this_program(), role_option, role, root_};
    if (role != "read" && role != "keep") {
        for (const auto next : next_) {
            words.push_back(std::to_string(next));
        }
    }
    return words;
}

Result<void> Vigil::cycle() {
    fresh_.clear();
    rest_.clear();
    TRY(write_until_killed());
    return look_again();
}

Result<void> Vigil::write_until_killed() {
    static const std::map<Writer, std::string> roles{{Writer::direct, "direct"},
                                                     {Writer::groups, "groups"},
                                                     {Writer::recorder, "recorder"},
                                                     {Writer::keeper, "keep"}};
    Process writer(command(roles.at(writer_)));
    const bool is_early = chance_.below(6) == 0;
    if (is_early) {
        spin(static_cast<unsigned>(chance_.below(start_spin_max)));
        writer.kill();
    }
    if (writer_ != Writer::keeper) {
        TRY(hear(writer, chance_.below(acknowledgements_max), writer));
        return expect_killed(writer);
    }
    if (writer.line() == "serving") {
        Process clients(command("call"));
        TRY(hear(clients, chance_.below(acknowledgements_max), writer));
        if (clients.wait() != 0) {
            return wrong("a client met something else than a keeper that went away");
        }
    }
    return expect_killed(writer);
}

// Takes what is said; after so many acknowledgements the writer is killed.
Result<void> Vigil::hear(Process& speaker, std::uint64_t most, Process& killed) {
    const auto moment = static_cast<unsigned>(chance_.below(spin_max));
    bool is_looking = false;
    std::uint64_t heard = 0;
    while (const auto line = speaker.line()) {
        TRY(take(*line));
        is_looking = is_looking || begin_look();
        if (heard++ == most) {
            spin(moment);
            killed.kill();
        }
    }
    return is_looking ? end_look() : done();
}

Result<void> Vigil::take(const std::string& line) {
    auto said = TRY(Acknowledgement::parse(line));
    const auto number = said.number;
    const auto entry = TRY(event_bytes(said.recorded_at, shop_.work(number).signed_change));
    const auto index = said.receipt.index;
    const auto is_new = known_.emplace(number, Known{index, entry, std::move(said)}).second;
    auto& next = next_.at(number % next_.size());
    if (!is_new || number != next) {
        return wrong("piece {} was acknowledged where {} was next", number, next);
    }
    next += next_.size();
    fresh_.push_back(number);
    return done();
}

// Tells the reader some of what is known by now.
bool Vigil::begin_look() {
    for (std::size_t i = 0; i < sample; ++i) {
        const auto place = static_cast<std::ptrdiff_t>(chance_.below(known_.size()));
        auto line = std::next(known_.begin(), place)->second.acknowledgement.str();
        line.pop_back();
        reader_->say(line);
    }
    return reader_->say("look");
}

Result<void> Vigil::end_look() {
    const auto answer = reader_->line();
    if (answer == fmt::format("held {}", sample)) {
        ++looks_;
        return done();
    }
    return answer == "busy" ? done() : wrong("who reads is shown: {}", answer.value_or("nothing"));
}

Result<void> Vigil::look_again() {
    const auto open = TRY(shop_.open());
    {
        const auto history = TRY(open->ledger().history());
        if (open->guard().last() != GuardedHead{.size = history->size(), .root = history->root()}) {
            return wrong("the guard does not vouch for what is shown");
        }
        TRY(find_all(*history));
        for (const auto number : fresh_) {
            TRY(check(*history, known_.at(number)));
        }
        for (std::size_t i = 0; i < sample && !known_.empty(); ++i) {
            const auto place = static_cast<std::ptrdiff_t>(chance_.below(known_.size()));
            TRY(check(*history, std::next(known_.begin(), place)->second));
        }
    }
    if (!known_.empty()) {
        const auto place = static_cast<std::ptrdiff_t>(chance_.below(known_.size()));
        TRY(ask_again(*open, std::next(known_.begin(), place)->first));
    }
    return take_up_the_rest(*open);
}

// Everything that was acknowledged is there, where it was said to be and to the byte; and nothing
// else but what was in flight.
Result<void> Vigil::find_all(const History& history) {
    std::map<std::uint64_t, EventIndex> there;
    TRY(history.each_event(EventIndex{shop_.beginning()},
                           [&](const Event& event) -> Result<Snapshot::Step> {
                               const auto number = TRY(Workshop::number_of(event));
                               const auto known = known_.find(number);
                               if (!there.emplace(number, event.index()).second) {
                                   return wrong("piece {} is there twice", number);
                               }
                               if (known == known_.end()) {
                                   rest_.emplace(number, event.index());
                               } else if (known->second.index != event.index() ||
                                          !equal(known->second.entry, event.bytes())) {
                                   return wrong("piece {} is not what was acknowledged", number);
                               }
                               return Snapshot::Step::next;
                           }));
    if (there.size() + shop_.beginning() != history.size().value ||
        there.size() != known_.size() + rest_.size()) {
        return wrong("LOST: {} pieces were acknowledged, {} of them are there", known_.size(),
                     there.size() - rest_.size());
    }
    return judge_the_rest();
}

// Of several threads each may have been at one piece; a group is there as a whole or not at all.
Result<void> Vigil::judge_the_rest() const {
    auto expected = next_;
    if (writer_ == Writer::groups) {
        std::uint64_t first = 0;
        while (first + group_size(first) <= next_.front()) {
            first += group_size(first);
        }
        for (auto number = next_.front() + 1; number < first + group_size(first); ++number) {
            expected.push_back(number);
        }
        const bool must_be_there = next_.front() > first;  // others of it were acknowledged
        if (rest_.size() != expected.size() && (must_be_there || !rest_.empty())) {
            return wrong("{} pieces of {} that go together are there", rest_.size(),
                         expected.size());
        }
    }
    for (const auto& [number, index] : rest_) {
        if (std::ranges::find(expected, number) == expected.end()) {
            return wrong("piece {} is there, and nobody was at it", number);
        }
    }
    return done();
}

// The receipt proves it, and so does the ledger as it now stands.
Result<void> Vigil::check(const History& history, const Known& known) {
    TRY(receipts_.check(history, known.entry, known.acknowledgement.receipt));
    const auto proof = TRY(history.inclusion(known.index));
    return check_inclusion(proof, hash_leaf(known.entry), history.root());
}

Result<void> Vigil::ask_again(OpenLedger& open, std::uint64_t number) {
    const auto& known = known_.at(number);
    const auto again = TRY(open.ledger().commit(shop_.work(number)));
    if (again.was != Committed::Was::there_already || again.index != known.index ||
        again.recorded_at != known.acknowledgement.recorded_at) {
        return wrong("piece {} was recorded anew", number);
    }
    const auto history = TRY(open.ledger().history());
    return receipts_.check(*history, known.entry, again.receipt);
}

// Whoever was not answered hands in the same again, and gets the receipt that they would have had.
Result<void> Vigil::take_up_the_rest(OpenLedger& open) {
    for (const auto& [number, index] : rest_) {
        const auto committed = TRY(open.ledger().commit(shop_.work(number)));
        if (committed.was != Committed::Was::there_already || committed.index != index) {
            return wrong("piece {} was recorded anew", number);
        }
        TRY(take(Acknowledgement{.number = number,
                                 .recorded_at = committed.recorded_at,
                                 .was_there = true,
                                 .receipt = committed.receipt}
                     .str()));
        TRY(ask_again(open, number));
    }
    completed_ += rest_.empty() ? 0U : 1U;
    return done();
}

Result<void> Vigil::look_at_all() {
    const auto open = TRY(shop_.open());
    const auto history = TRY(open->ledger().history());
    for (const auto& [number, known] : known_) {
        TRY(check(*history, known));
    }
    return verify_whole(open->store(), *history, open->guard().last(), Depth::authors);
}

}  // namespace wsoa::test
