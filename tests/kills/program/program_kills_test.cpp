// Keepers of the real program that are killed by SIGKILL among real commands, one after the other
// on one ledger: every receipt that a command printed proves afterwards, and every command that met
// nobody gets its receipt when it is typed again.
//
// WSOA_PROGRAM_KILL_CYCLES=N has so many keepers killed in each half, WSOA_KILL_SEED=N at other
// moments.

#include "tests/kills/program/started.h"
#include "tests/support/changes.h"
#include "tests/support/environment.h"
#include "tests/support/fault_counts.h"
#include "tests/support/numbers.h"
#include "tests/support/receipts.h"

#include "cli/keeper/client.h"
#include "ledger/store/folder.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <csignal>
#include <memory>
#include <set>

namespace wsoa::test {
namespace {

constexpr std::size_t callers = 4;
// With which the ids of all that is typed begin.
constexpr std::string_view typed_id = "0190163d-8694-739b-aea5-";
constexpr std::uint64_t spin_max = 15'000;
constexpr std::size_t sample = 6;
constexpr std::size_t desks = 2;

// What somebody typed, and what came of it.
struct Command {
    std::vector<std::string> words;
    std::string desk;
    std::string subject;
    std::string id;
    std::optional<Receipt> receipt;
    bool is_in_vain = false;  // somebody else was there first
};

// Two of them, which ctest runs side by side.
class KilledKeeper : public testing::TestWithParam<std::uint64_t> {
protected:
    std::unique_ptr<Process> start(const std::vector<std::string>& words, const std::string& desk) {
        return start_command(rehearsal_, words, desk);
    }
    // Serves once its first line has come.
    std::unique_ptr<Process> start_keeper() {
        auto keeper = start({"keep"}, "state");
        const auto line = keeper->line();
        EXPECT_TRUE(line && line->starts_with("Keeping ")) << line.value_or("it ended");
        return keeper;
    }

    // The next thing to be typed: about what nobody else is at, or about what others are at too.
    Command next_command() {
        const auto number = ++typed_;
        Command command;
        command.id = fmt::format("{}{:012x}", typed_id, number);
        command.desk = fmt::format("desk-{}", number % desks);
        command.words = {"--json", "--key", rehearsal_.key("owner")};
        std::vector<std::string> what;
        if (number % 2 == 0) {
            command.subject = "TH-1.1";
            what = {"progress", "TH-1.1", "--text", fmt::format("Note number {}", number)};
        } else {
            command.subject = fmt::format("TH-E{}", number);
            what = {"record",
                    "evidenceRegistered",
                    "--subject",
                    command.subject,
                    "--type",
                    "report",
                    "--version-number",
                    "1",
                    "--source-organisation",
                    "council",
                    "--personal-data",
                    "none",
                    "--title",
                    fmt::format("Report number {}", number)};
        }
        command.words.insert(command.words.end(), what.begin(), what.end());
        command.words.insert(command.words.end(), {"--id", command.id});
        return command;
    }

    // Takes what a command printed and how it ended.
    void take(Command& command, Process& caller) {
        while (const auto line = caller.line()) {
            const auto said = nlohmann::json::parse(*line);
            if (said.at("type") == "receipt") {
                EXPECT_EQ(said.at("id"), command.id);
                EXPECT_EQ(said.at("subject"), command.subject);
                command.receipt = must(Receipt::parse(said.at("receipt").get<std::string>()));
                EXPECT_EQ(said.at("event"), command.receipt->index.value);
            }
        }
        const int end = caller.wait();
        command.is_in_vain = end == code_of(Exit::conflict) && command.subject == "TH-1.1";
        const bool is_done = end == code_of(Exit::done);
        EXPECT_EQ(is_done, command.receipt.has_value()) << command.subject;
        EXPECT_TRUE(is_done || command.is_in_vain || end == code_of(Exit::could_not) ||
                    end == code_of(Exit::busy))
            << command.subject << " ended with " << end;
    }

    // The same words again: the first receipt's event, or the first receipt.
    void type_again(Command& command) {
        auto again = command;
        again.receipt.reset();
        const auto caller = start(command.words, command.desk);
        take(again, *caller);
        if (again.is_in_vain && !command.receipt) {
            command.is_in_vain = true;
            return;
        }
        ASSERT_TRUE(again.receipt) << command.subject;
        if (command.receipt) {
            EXPECT_EQ(again.receipt->index, command.receipt->index) << command.subject;
            return;
        }
        command.receipt = again.receipt;
        ++typed_again_;
    }

    // Among its callers the keeper is killed; the next one takes up those who were left.
    void live_through_a_kill() {
        auto keeper = start_keeper();
        std::vector<Command> commands;
        std::vector<std::unique_ptr<Process>> processes;
        for (std::size_t i = 0; i < callers; ++i) {
            commands.push_back(next_command());
            processes.push_back(start(commands.back().words, commands.back().desk));
        }
        spin(static_cast<unsigned>(chance_.below(spin_max)));
        // Most of these kills are to come when some have been answered and others have not.
        const auto first = chance_.below(callers + 1);
        if (first < callers) {
            take(commands[first], *processes[first]);
        }
        keeper->kill();
        EXPECT_EQ(keeper->wait(), -SIGKILL);
        keeper = start_keeper();
        for (std::size_t i = 0; i < callers; ++i) {
            if (i != first) {
                take(commands[i], *processes[i]);
            }
            if (!commands[i].receipt && !commands[i].is_in_vain) {
                type_again(commands[i]);
            }
        }
        for (auto& command : commands) {
            EXPECT_TRUE(command.is_in_vain || command.receipt) << command.subject;
            if (command.receipt) {
                known_.push_back(std::move(command));
            }
        }
        look(known_.size() < callers ? 0 : known_.size() - callers);
        type_again(known_.at(chance_.below(known_.size())));
        keeper->kill();
    }

    // What the keeper serves holds every receipt from one on, and some of those before; and of what
    // was typed nothing else.
    void look(std::size_t from) {
        const auto client = must(KeeperClient::connect(LedgerFolder(rehearsal_.ledger()).socket()));
        auto moment = must(client->moment());
        const auto history = must(History::open(std::move(moment.truth), moment.size));
        expect_nothing_else(*history);
        if (!receipts_) {
            State state;
            must(history->fold_into(state, std::nullopt));
            const auto& facts = state.keyring.facts();
            receipts_.emplace(facts.signing_key_at(history->size()),
                              must(Origin::parse(facts.origin)));
        }
        for (std::size_t i = from; i < known_.size(); ++i) {
            check(*history, known_[i]);
        }
        for (std::size_t i = 0; i < sample && from > 0; ++i) {
            check(*history, known_.at(chance_.below(from)));
        }
    }
    void expect_nothing_else(const History& history) {
        std::multiset<std::string> there;
        must(history.each_event_of(must(PlanRef::parse("TH")),
                                   [&](const Event& event) -> Result<Snapshot::Step> {
                                       const auto id = event.envelope().id.str();
                                       if (id.starts_with(typed_id)) {
                                           there.insert(id);
                                       }
                                       return Snapshot::Step::next;
                                   }));
        std::multiset<std::string> acknowledged;
        for (const auto& command : known_) {
            acknowledged.insert(command.id);
        }
        EXPECT_EQ(there, acknowledged);
    }
    void check(const History& history, const Command& command) {
        const auto index = command.receipt->index;
        const auto event = must(history.event(index));
        EXPECT_EQ(event.envelope().subject.str(), command.subject);
        EXPECT_EQ(event.envelope().id.str(), command.id);
        const auto proved = receipts_->check(history, event.bytes(), *command.receipt);
        EXPECT_TRUE(proved.ok()) << "LOST: event " << index.value << ": " << proved.error().message;
        if (command.subject != "TH-1.1") {
            EXPECT_EQ(must(history.version_of(event.envelope().subject)), 1U) << command.subject;
        }
    }

    Rehearsal rehearsal_;
    SeededRandom chance_{2 * number_in("WSOA_KILL_SEED", 1) + GetParam()};
    std::optional<ReceiptCheck> receipts_;
    std::vector<Command> known_;
    std::uint64_t typed_ = 0;
    std::uint64_t typed_again_ = 0;
};

TEST_P(KilledKeeper, takes_no_receipt_back_that_a_command_has_printed) {
    const auto cycles = number_in("WSOA_PROGRAM_KILL_CYCLES", 20);
    Counts counts{.trial = "program kills", .fault = "wsoa keep among commands"};
    for (std::uint64_t cycle = 1; cycle <= cycles && !HasFailure(); ++cycle) {
        SCOPED_TRACE(
            fmt::format("cycle {}; run it again: WSOA_KILL_SEED={} WSOA_PROGRAM_KILL_CYCLES={} "
                        "WSOA_PROGRAM=build/wsoa build/tests/program_kills_tests",
                        cycle, number_in("WSOA_KILL_SEED", 1), cycles));
        live_through_a_kill();
        // The one who took up what was left is killed too.
        counts.runs += 2;
        counts.hits += 2;
        if (cycle % 10 == 0 || cycle == cycles) {
            EXPECT_NE(rehearsal_.must({"verify"}).out.find("Nothing was altered"),
                      std::string::npos);
        }
    }
    const auto keeper = start_keeper();
    look(0);
    counts.acknowledged = known_.size();
    counts.completed = typed_again_;
    counts.lost = HasFailure() ? 1 : 0;
    counts.write();
    EXPECT_GT(known_.size(), 2 * cycles);
}

INSTANTIATE_TEST_SUITE_P(Half, KilledKeeper, testing::Range<std::uint64_t>(0, 2));

}  // namespace
}  // namespace wsoa::test
