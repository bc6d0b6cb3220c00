// `wsoa witness serve`, killed by SIGKILL at any moment while a log asks it to cosign one
// checkpoint after another. What it has answered it remembers when it is started again, so that no
// log is ever cosigned twice at one point.
//
// WSOA_COMMAND_KILL_CYCLES=N kills so often, WSOA_KILL_SEED=N at other moments.

#include "cli/commands/sealing.h"
#include "cli/witness_http/post.h"
#include "tests/kills/support/process.h"
#include "tests/support/changes.h"
#include "tests/support/environment.h"
#include "tests/support/fault_counts.h"
#include "tests/support/numbers.h"
#include "tests/support/temp_folder.h"
#include "tests/support/witness_requests.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <csignal>
#include <cstdlib>
#include <thread>

namespace wsoa::test {
namespace {

constexpr std::string_view origin = "example.org/wsoa";
// About as long as a few answers take.
constexpr unsigned spin_max = 60'000;

class KilledWitness : public testing::Test {
protected:
    KilledWitness() {
        const auto pem = must(private_key_file(*fixed_signer(9), std::nullopt, chance_));
        must(folder_.create(witness_key(9), pem, {note_key(origin, *fixed_signer(7))}));
    }

    // Asks for one size after the other until nobody answers; the last one that was answered.
    std::uint64_t ask_on(const std::string& url, std::uint64_t seen) {
        while (seen < tree_.size()) {
            const auto reply =
                post(url + "/add-checkpoint", witness_request(origin, tree_, seen, seen + 1));
            if (!reply.ok()) {
                return seen;
            }
            EXPECT_EQ(reply.value().status, 200U) << reply.value().body;
            if (reply.value().status != 200) {
                return seen;
            }
            ++seen;
            ++answered_;
        }
        return seen;
    }
    std::uint64_t remembered() const {
        const auto head = must(witnessed(folder_, witness_key(9), std::string(origin)));
        return head ? head->checkpoint.size.value : 0;
    }

    TempFolder temporary_;
    const WitnessFolder folder_{temporary_ / "witness"};
    const ReferenceTree tree_ = ReferenceTree(600);
    SeededRandom chance_{number_in("WSOA_KILL_SEED", 1)};
    std::uint64_t answered_ = 0;
};

TEST_F(KilledWitness, remembers_all_that_it_answered) {
    const auto cycles = number_in("WSOA_COMMAND_KILL_CYCLES", 12);
    const char* program = std::getenv("WSOA_PROGRAM");
    ASSERT_NE(program, nullptr);
    Counts counts{.trial = "witness kills", .fault = "wsoa witness serve"};
    std::uint64_t seen = 0;
    for (std::uint64_t cycle = 0; cycle < cycles && !HasFailure(); ++cycle) {
        Process process({program, "--json", "witness", "serve", folder_.root().string()});
        const auto line = process.line();
        ASSERT_TRUE(line.has_value());
        const auto url = nlohmann::json::parse(*line).at("url").get<std::string>();
        const auto moment = static_cast<unsigned>(chance_.below(spin_max));
        std::jthread killer([&] {
            spin(moment);
            process.kill();
        });
        const auto told = ask_on(url, seen);
        killer.join();
        EXPECT_EQ(process.wait(), -SIGKILL);
        seen = remembered();
        // One answer at most was on its way.
        EXPECT_TRUE(seen == told || seen == told + 1) << "told " << told << ", knows " << seen;
        ++counts.runs;
        ++counts.hits;
    }
    counts.lost = HasFailure() ? 1 : 0;
    counts.write();
    EXPECT_GT(answered_, 0U) << "each kill came before the first answer";
}

}  // namespace
}  // namespace wsoa::test
