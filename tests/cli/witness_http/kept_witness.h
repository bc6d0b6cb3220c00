#pragma once

#include "cli/witness_http/answer.h"
#include "tests/support/changes.h"
#include "tests/support/environment.h"
#include "tests/support/temp_folder.h"
#include "tests/support/witness_requests.h"

#include <gtest/gtest.h>

namespace wsoa {

// A witness in a folder, at noon, that knows one log; and what is asked of it over HTTP.
class WitnessByHttp : public testing::Test {
protected:
    static constexpr std::string_view origin = "example.org/wsoa";

    WitnessByHttp() {
        test::must(
            folder_.create(witness_key(9), "a key file", {note_key(origin, *fixed_signer(7))}));
    }

    static HttpRequest submission(std::string body) {
        HttpRequest request{.method = "POST", .target = "/add-checkpoint"};
        request.headers = {{"Host", "witness.example.org"},
                           {"Content-Length", std::to_string(body.size())}};
        request.body = std::move(body);
        return request;
    }
    std::string from_to(std::uint64_t from, std::uint64_t to) const {
        return witness_request(origin, tree_, from, to);
    }
    HttpAnswer answer(const HttpRequest& request) const { return answer_http(request, served()); }
    HttpAnswer ask(std::uint64_t from, std::uint64_t to) const {
        return answer(submission(from_to(from, to)));
    }
    ServedWitness served() const { return serve_folder(folder_, *signer_, clock_); }
    std::uint64_t size_seen() const {
        const auto head = test::must(witnessed(folder_, witness_key(9), std::string(origin)));
        return head ? head->checkpoint.size.value : 0;
    }

    TempFolder temporary_;
    const WitnessFolder folder_{temporary_ / "witness"};
    const std::unique_ptr<MemorySigner> signer_ = fixed_signer(9);
    mutable ManualClock clock_{Instant{1'679'315'147'250}};
    const ReferenceTree tree_ = ReferenceTree(20);
};

}  // namespace wsoa
