// A sequence of requests that another project's witness is tested with.
#include "ledger/tree/witness.h"

#include "ledger/tree/hasher.h"
#include "tests/support/files.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace wsoa {
namespace {

TEST(WitnessVectors, get_the_status_that_they_name) {
    const auto sequence =
        nlohmann::json::parse(vector_file("witness/add-checkpoint.json"), nullptr, false);
    const auto origin = sequence.at("origin").get<std::string>();
    const auto key = from_hex(sequence.at("log_public_key_hex").get<std::string>()).value();
    const auto log = NoteKey::ed25519(origin, KeyId::of(key).value()).value();
    const auto policy = Policy::parse("log " + log.str() + "\nquorum none\n").value();
    WitnessedHead seen{TreeSize{0}, empty_root()};
    std::size_t steps = 0;
    for (const auto& step : sequence.at("steps")) {
        const auto judged =
            judge_request(step.at("request").get<std::string>(), policy,
                          [&](const std::string&) -> Result<WitnessedHead> { return seen; })
                .value();
        ++steps;
        EXPECT_EQ(static_cast<int>(judged.status), step.at("status").get<int>())
            << "step " << steps << ": " << judged.say;
        if (judged.status == WitnessStatus::cosigned) {
            seen = {judged.checkpoint.size, judged.checkpoint.root};
        }
        if (judged.status == WitnessStatus::other_size) {
            EXPECT_EQ(fmt::format("{}\n", judged.seen.value), step.at("body").get<std::string>());
        }
    }
    EXPECT_EQ(steps, 6U);
    EXPECT_EQ(seen.size.value, 3U);
}

}  // namespace
}  // namespace wsoa
