// A sequence of requests that another project's witness is tested with, over HTTP.
#include "cli/witness_http/answer.h"
#include "tests/cli/witness_http/kept_witness.h"
#include "tests/support/files.h"

#include <nlohmann/json.hpp>

namespace wsoa {
namespace {

class HttpVectors : public WitnessByHttp {};

TEST_F(HttpVectors, get_the_status_type_and_body_that_they_name) {
    const auto sequence =
        nlohmann::json::parse(vector_file("witness/add-checkpoint.json"), nullptr, false);
    const auto key = from_hex(sequence.at("log_public_key_hex").get<std::string>()).value();
    const auto log =
        NoteKey::ed25519(sequence.at("origin").get<std::string>(), KeyId::of(key).value()).value();
    test::must(write_durably(folder_.logs(), bytes_of("log " + log.str() + "\nquorum none\n"),
                             Access::everyone));
    const auto& steps = sequence.at("steps");
    EXPECT_EQ(steps.size(), 6U);
    for (const auto& step : steps) {
        const auto answered = answer(submission(step.at("request").get<std::string>()));
        EXPECT_EQ(answered.status, step.at("status").get<unsigned>()) << answered.body;
        if (step.contains("body")) {
            EXPECT_EQ(answered.body, step.at("body").get<std::string>());
            EXPECT_EQ(answered.content_type, step.at("content_type").get<std::string>());
        }
    }
    // Asked from the beginning once more, it names what it has seen.
    const auto again = answer(submission(steps.front().at("request").get<std::string>()));
    EXPECT_EQ(again.status, 409U);
    EXPECT_EQ(again.body, "3\n");
    EXPECT_EQ(again.content_type, "text/x.tlog.size");
}

}  // namespace
}  // namespace wsoa
