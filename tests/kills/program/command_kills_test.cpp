// Commands of the real program that change what lies beside the store, killed by SIGKILL: an
// erasure, the adding of a document, and the recovery of the vault. Half of the kills come at any
// moment, the others as soon as what the command leaves first can be seen. Afterwards the same
// words, typed again, finish it, and nothing is half there.
//
// WSOA_COMMAND_KILL_CYCLES=N kills so many of each, WSOA_KILL_SEED=N at other moments.

#include "tests/kills/program/started.h"
#include "tests/support/environment.h"
#include "tests/support/fault_counts.h"
#include "tests/support/numbers.h"
#include "tests/walks/rehearsal_records.h"
#include "tests/walks/with_files.h"

#include "ledger/store/files.h"

#include <chrono>
#include <csignal>
#include <functional>
#include <sstream>

namespace wsoa::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

// Longer than any command here takes on a machine that is busy.
constexpr std::chrono::minutes patience{2};

class KilledCommand : public WithFiles {
protected:
    // Lives the command to its end and learns how long it may take to come to it.
    void learn(const std::vector<std::string>& words) {
        const auto begin = std::chrono::steady_clock::now();
        const auto process = start_command(at_, words, "state");
        while (process->line()) {
        }
        ASSERT_EQ(process->wait(), 0);
        const auto took = std::chrono::steady_clock::now() - begin;
        spin_max_ = static_cast<std::uint64_t>(
            std::chrono::duration_cast<std::chrono::microseconds>(took).count());
    }
    // Kills the command at a moment that the cycle and the seed tell.
    void kill(const std::vector<std::string>& words, const std::function<bool()>& has_begun) {
        const auto process = start_command(at_, words, "state");
        if (counts_.runs % 2 == 0) {
            spin(static_cast<unsigned>(chance_.below(spin_max_)));
        } else {
            const auto end = std::chrono::steady_clock::now() + patience;
            while (!has_begun()) {
                ASSERT_LT(std::chrono::steady_clock::now(), end) << "it never began";
            }
        }
        process->kill();
        while (process->line()) {
        }
        const int ended = process->wait();
        EXPECT_TRUE(ended == -SIGKILL || ended == 0) << ended;
        ++counts_.runs;
        counts_.hits += ended == -SIGKILL ? 1U : 0U;
    }
    void expect_verified() const {
        EXPECT_THAT(at_.must({"verify"}).out, HasSubstr("Nothing was altered"));
    }
    std::size_t events_of(const std::string& kind) const {
        std::istringstream lines(
            at_.must({"log", "--json", "--kind", kind, "--limit", "10000"}).out);
        std::size_t count = 0;
        for (std::string line; std::getline(lines, line);) {
            count += line.find("\"" + kind + "\"") == std::string::npos ? 0U : 1U;
        }
        return count;
    }
    std::vector<std::string> keys() const { return must(list_folder(at_.ledger() / "keys")); }
    std::string how_to_run_again() const {
        return fmt::format(
            "cycle {}; run it again: WSOA_KILL_SEED={} WSOA_COMMAND_KILL_CYCLES={} "
            "WSOA_PROGRAM=build/wsoa build/tests/program_kills_tests",
            counts_.runs + 1, number_in("WSOA_KILL_SEED", 1), cycles_);
    }
    void write_counts(const std::string& what) {
        counts_.fault = what;
        counts_.lost = HasFailure() ? 1 : 0;
        counts_.write();
        // Kills that all came too late would have tried nothing.
        EXPECT_GT(unfinished_, 0U);
    }

    const std::uint64_t cycles_ = number_in("WSOA_COMMAND_KILL_CYCLES", 12);
    SeededRandom chance_{number_in("WSOA_KILL_SEED", 1)};
    std::uint64_t spin_max_ = 1;
    std::uint64_t unfinished_ = 0;  // commands that the kill came before the end of
    Counts counts_{.trial = "command kills", .fault = {}};
};

class KilledErasure : public KilledCommand {
protected:
    static std::string sentence(std::uint64_t number) {
        return fmt::format("Zebedee waits for place number {}", number);
    }
    // Words that are granted to be erased under TH-ERn; the event that has them.
    std::string granted(std::uint64_t number) const {
        const auto request = fmt::format("TH-ER{}", number);
        const auto meant =
            records_.record("owner", {"progress", "TH-1.1", "--text", sentence(number)});
        const auto asked = records_.record(
            "records", {"record", "erasureRequested", "--subject", "TH-1.1", "--request", request,
                        "--scope", "words", "--event", meant, "--reason", "A parent asked"});
        records_.record("dpo", {"record", "erasureDecided", "--subject", "TH-1.1", "--request",
                                request, "--decision", "granted", "--ground", "noLongerNecessary",
                                "--scope", "words", "--kept", "hash", "--reason",
                                "A child can be told from it", "--answers", asked});
        return meant;
    }
    std::vector<std::string> erase(std::uint64_t number) const {
        return {"--key", at_.key("records"), "erase", fmt::format("TH-ER{}", number)};
    }
    std::string event(const std::string& index) const {
        return at_.must({"log", "--json", "--from", index, "--limit", "1"}).out;
    }

    Records records_{at_};
};

TEST_F(KilledErasure, is_finished_by_the_same_words_and_leaves_one_vault) {
    const auto first = granted(1);
    learn(erase(1));
    EXPECT_THAT(event(first), Not(HasSubstr("Zebedee")));
    for (std::uint64_t number = 2; number < 2 + cycles_ && !HasFailure(); ++number) {
        SCOPED_TRACE(how_to_run_again());
        const auto meant = granted(number);
        EXPECT_THAT(event(meant), HasSubstr(sentence(number)));
        kill(erase(number), [&] {
            return fs::exists(at_.ledger() / "keys" / fmt::format("vault-{}.wsoa", number + 1));
        });
        // Not begun, begun, or done: each of them is a whole ledger.
        expect_verified();
        const auto again = at_.run(erase(number));
        unfinished_ += again.exit == Exit::done ? 1U : 0U;
        EXPECT_TRUE(again.exit == Exit::done || again.exit == Exit::conflict) << again.err;
        EXPECT_EQ(events_of("contentErased"), number);
        EXPECT_THAT(event(meant), Not(HasSubstr("Zebedee")));
        EXPECT_EQ(keys().size(), 2U) << "beside the ledger's key there is one vault";
        EXPECT_EQ(at_.run({"erase", fmt::format("TH-ER{}", number), "--certificate"}).exit,
                  Exit::done);
    }
    expect_verified();
    write_counts("wsoa erase");
}

class KilledDocument : public KilledCommand {
protected:
    // Another document of several pieces each time.
    std::string document(std::uint64_t number) const {
        const std::size_t bytes = 3'500'000;
        return write(fmt::format("report-{}.txt", number),
                     fmt::format("Report {}\n", number) + std::string(bytes, 'a'));
    }
    std::vector<std::string> add(std::uint64_t number) const {
        return {"--key",
                at_.key("owner"),
                "evidence",
                "add",
                at_.file(fmt::format("report-{}.txt", number)),
                "--item",
                fmt::format("TH-E{:02}", number),
                "--type",
                "report",
                "--personal-data",
                "none",
                "--date",
                "2022-01-20"};
    }
};

TEST_F(KilledDocument, is_there_whole_or_swept_when_the_next_one_comes) {
    constexpr std::size_t pieces_each = 4;
    const auto first = document(1);
    learn(add(1));
    ASSERT_EQ(pieces().size(), pieces_each);
    for (std::uint64_t number = 2; number < 2 + cycles_ && !HasFailure(); ++number) {
        SCOPED_TRACE(how_to_run_again());
        const auto path = document(number);
        const auto before = pieces().size();
        kill(add(number), [&] { return pieces().size() > before; });
        expect_verified();
        EXPECT_THAT(at_.must({"evidence", "check"}).out, HasSubstr(" whole: each of "));
        // Whoever was killed between store and guard has recorded it: the next one who writes lets
        // the guard follow, and until then nobody is shown it.
        const auto again = at_.run(add(number));
        EXPECT_TRUE(again.exit == Exit::done || again.exit == Exit::refused) << again.err;
        unfinished_ += again.exit == Exit::done ? 1U : 0U;
        EXPECT_EQ(events_of("evidenceRegistered"), number);
        // What the kill left is gone, and nothing else.
        EXPECT_EQ(pieces().size(), number * pieces_each);
        at_.must({"evidence", "get", fmt::format("TH-E{:02}", number), "--out",
                  at_.file(fmt::format("back-{}", number))});
        EXPECT_TRUE(read(at_.file(fmt::format("back-{}", number))) == read(path));
    }
    expect_verified();
    EXPECT_THAT(at_.must({"evidence", "check"}).out,
                HasSubstr(fmt::format("{} documents are whole", 1 + cycles_)));
    write_counts("wsoa evidence add");
}

class KilledRecovery : public KilledCommand {
protected:
    std::vector<std::string> recover() const {
        return {"--quiet",
                "vault",
                "recover",
                "--from",
                at_.file("a.spare"),
                "--spare-passphrase-file",
                at_.file("spare.txt"),
                "--new-passphrase-file",
                at_.file("new.txt")};
    }
    wsoa::Run under_new(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"--passphrase-file", at_.file("new.txt")});
        return at_.run(arguments);
    }
    bool has_left(const std::string& start) const {
        return std::ranges::any_of(
            keys(), [&](const std::string& name) { return name.starts_with(start); });
    }
};

TEST_F(KilledRecovery, leaves_a_vault_that_works_and_is_finished_by_the_same_words) {
    write("spare.txt", "open sesame\n");
    write("new.txt", "open barley\n");
    const Records story(at_);
    at_.must({"vault", "spare", "--out", at_.file("a.spare"), "--spare-passphrase-file",
              at_.file("spare.txt")});
    const auto words = [&](const wsoa::Run& ran) { return ran.out.find(Records::sentence); };
    learn(recover());
    // Each passphrase takes a third of a second, so fewer of them.
    for (std::uint64_t cycle = 0; cycle < (cycles_ + 3) / 4 && !HasFailure(); ++cycle) {
        SCOPED_TRACE(how_to_run_again());
        const auto before = keys();
        kill(recover(), [&] { return has_left(".vault-") || keys() != before; });
        // One vault works, whichever; it is under the passphrase that this and the last one set.
        EXPECT_NE(words(under_new({"trail", "TH-1.1"})), std::string::npos);
        unfinished_ += keys().size() != 2 || keys() == before ? 1U : 0U;
        const auto again = at_.run(recover());
        EXPECT_EQ(again.exit, Exit::done) << again.err;
        EXPECT_EQ(keys().size(), 2U);
        EXPECT_EQ(
            under_new({"--key", at_.key("owner"), "progress", "TH-1.1", "--text", "On it"}).exit,
            Exit::done);
    }
    EXPECT_EQ(under_new({"verify"}).exit, Exit::done);
    write_counts("wsoa vault recover");
}

}  // namespace
}  // namespace wsoa::test
