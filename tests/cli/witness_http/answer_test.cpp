#include "cli/witness_http/answer.h"

#include "ledger/base/sha256.h"
#include "ledger/tree/cosignature.h"
#include "tests/cli/witness_http/kept_witness.h"
#include "tests/support/file_size_limit.h"

#include <gmock/gmock.h>

namespace wsoa {
namespace {

using test::must;
using testing::HasSubstr;

class WitnessAnswers : public WitnessByHttp {
protected:
    // The status of a request that differs from a good one.
    unsigned status_with(const std::function<void(HttpRequest&)>& alter) const {
        auto request = submission(from_to(0, 7));
        alter(request);
        const auto answered = answer(request);
        EXPECT_EQ(size_seen(), 0U) << "it cosigned";
        return answered.status;
    }
    std::string monitoring() const {
        return "/" + to_hex(sha256(bytes_of(origin)).view()) + "/checkpoint";
    }
};

TEST_F(WitnessAnswers, a_checkpoint_that_it_may_cosign_with_lines_that_hold) {
    const auto answered = ask(0, 7);
    EXPECT_EQ(answered.status, 200U);
    EXPECT_EQ(answered.content_type, "text/plain; charset=utf-8");
    const auto lines = must(parse_signature_lines(answered.body));
    ASSERT_EQ(lines.size(), 1U);
    const Checkpoint checkpoint{std::string(origin), TreeSize{7}, tree_.root_at(7), {}};
    EXPECT_TRUE(check_cosignature(checkpoint.text(), lines[0], witness_key(9)).ok());
    EXPECT_EQ(size_seen(), 7U);
}

TEST_F(WitnessAnswers, another_size_with_the_one_that_it_saw) {
    ask(0, 7);
    const auto answered = ask(0, 20);
    EXPECT_EQ(answered.status, 409U);
    EXPECT_EQ(answered.content_type, "text/x.tlog.size");
    EXPECT_EQ(answered.body, "7\n");
}

TEST_F(WitnessAnswers, by_the_numbers_of_the_protocol) {
    EXPECT_EQ(answer(submission("old 7\n")).status, 400U);
    EXPECT_EQ(answer(submission("")).status, 400U);
    auto beyond = from_to(7, 7);
    beyond.replace(0, 5, "old 9");
    EXPECT_EQ(answer(submission(beyond)).status, 400U);
    auto unsigned_request = from_to(0, 7);
    unsigned_request[unsigned_request.size() - 10] ^= 1;
    EXPECT_EQ(answer(submission(unsigned_request)).status, 403U);
    EXPECT_EQ(answer(submission(witness_request("example.org/other", tree_, 0, 7))).status, 404U);
    ask(0, 7);
    const ReferenceTree other(std::vector<Bytes>(20, Bytes{5}));
    EXPECT_EQ(answer(submission(witness_request(origin, other, 7, 20))).status, 422U);
    EXPECT_EQ(size_seen(), 7U);
}

TEST_F(WitnessAnswers, no_other_method_and_no_other_address) {
    for (const auto* method : {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "post"}) {
        EXPECT_EQ(status_with([&](auto& request) { request.method = method; }), 405U) << method;
    }
    for (const auto* target :
         {"/", "/add-checkpoint/", "/Add-checkpoint", "//add-checkpoint", "/add-checkpoint?",
          "/%61dd-checkpoint", "*", "add-checkpoint", "/checkpoint", "http://h/add-checkpoint"}) {
        EXPECT_EQ(status_with([&](auto& request) { request.target = target; }), 404U) << target;
    }
    const auto answered = answer({.method = "GET", .target = "/add-checkpoint"});
    ASSERT_EQ(answered.headers.size(), 1U);
    EXPECT_EQ(answered.headers[0], std::pair(std::string("Allow"), std::string("POST")));
}

TEST_F(WitnessAnswers, no_address_with_bytes_that_end_it_early_for_others) {
    for (const auto& target :
         {std::string("/add-checkpoint%00"), std::string("/add-checkpoint\0", 16),
          std::string("/add-checkpoint\x7f"), std::string("/add checkpoint"),
          std::string("/add-checkpoint\xc3\xa9"), std::string("/add-checkpoint\n")}) {
        EXPECT_EQ(status_with([&](auto& request) { request.target = target; }), 400U) << target;
    }
}

TEST_F(WitnessAnswers, no_body_that_is_framed_in_another_way) {
    const auto with_headers = [&](HttpHeaders headers) {
        return status_with([&](auto& request) { request.headers = std::move(headers); });
    };
    const auto length = std::to_string(from_to(0, 7).size());
    EXPECT_EQ(with_headers({}), 411U);
    EXPECT_EQ(with_headers({{"Transfer-Encoding", "chunked"}}), 411U);
    EXPECT_EQ(with_headers({{"TRANSFER-encoding", "identity"}}), 411U);
    EXPECT_EQ(with_headers({{"content-length", length}, {"transfer-encoding", "chunked"}}), 400U);
    EXPECT_EQ(with_headers({{"Content-Length", length}, {"content-length", length}}), 400U);
    for (const auto* wrong : {"", "+7", "-7", "0x7", "7 ", "7,7", "18446744073709551616"}) {
        EXPECT_EQ(with_headers({{"Content-Length", wrong}}), 400U) << wrong;
    }
    EXPECT_EQ(with_headers({{"Content-Length", "7"}}), 400U);
    EXPECT_EQ(status_with([](auto& request) { request.version = "HTTP/2.0"; }), 505U);
}

TEST_F(WitnessAnswers, no_body_that_is_too_large_before_any_of_it_is_read) {
    const auto of_size = [](std::size_t size) {
        return HttpRequest{.method = "POST",
                           .target = "/add-checkpoint",
                           .headers = {{"Content-Length", std::to_string(size)}}};
    };
    EXPECT_FALSE(refuse_head(of_size(WitnessRequest::bytes_max)).has_value());
    const auto refused = refuse_head(of_size(WitnessRequest::bytes_max + 1));
    ASSERT_TRUE(refused.has_value());
    EXPECT_EQ(refused->status, 413U);
}

TEST_F(WitnessAnswers, those_who_monitor_it_with_what_it_cosigned_last) {
    EXPECT_EQ(answer({.method = "GET", .target = monitoring()}).status, 404U);
    ask(0, 7);
    const auto answered = answer({.method = "GET", .target = monitoring()});
    EXPECT_EQ(answered.status, 200U);
    const auto policy = must(Policy::parse(log_line(origin, 7) + witness_line(9) + "quorum w9\n"));
    EXPECT_TRUE(must(evaluate(policy, must(Note::parse(answered.body)))).is_quorum_met);
    EXPECT_EQ(answer({.method = "HEAD", .target = monitoring()}).status, 200U);
    EXPECT_EQ(answer({.method = "POST", .target = monitoring()}).status, 405U);
    EXPECT_EQ(answer({.method = "GET",
                      .target = monitoring(),
                      .headers = {{"Content-Length", "1"}},
                      .body = "x"})
                  .status,
              400U);
    EXPECT_EQ(
        answer({.method = "GET", .target = "/" + std::string(64, '0') + "/checkpoint"}).status,
        404U);
    EXPECT_EQ(
        answer({.method = "GET", .target = "/" + std::string(64, 'G') + "/checkpoint"}).status,
        404U);
}

TEST_F(WitnessAnswers, that_it_cannot_now_when_its_clock_went_back) {
    ask(0, 7);
    clock_.set(Instant{clock_.now().ms - 5'000});
    const auto answered = ask(7, 20);
    EXPECT_EQ(answered.status, 503U);
    EXPECT_EQ(answered.body, "the witness cannot answer now\n");
    EXPECT_THAT(answered.reason, HasSubstr("clock is behind"));
    EXPECT_EQ(size_seen(), 7U);
}

TEST_F(WitnessAnswers, that_it_cannot_now_when_another_process_answers) {
    const auto other = must(OpenFile::open(folder_.lock(), OpenFile::Use::create_write));
    ASSERT_TRUE(must(other->try_lock()));
    const auto answered = ask(0, 7);
    EXPECT_EQ(answered.status, 503U);
    ASSERT_EQ(answered.headers.size(), 1U);
    EXPECT_EQ(answered.headers[0].first, "Retry-After");
}

TEST_F(WitnessAnswers, that_it_cannot_now_when_it_cannot_keep_what_it_would_sign) {
    {
        const FileSizeLimit no_room(10);
        EXPECT_EQ(ask(0, 7).status, 503U);
    }
    EXPECT_EQ(size_seen(), 0U);
    EXPECT_EQ(ask(0, 7).status, 200U);
}

// Where its files lie is nothing to a stranger.
TEST_F(WitnessAnswers, that_it_cannot_when_its_files_are_wrong_and_names_none) {
    must(write_durably(folder_.head(origin), Bytes(10), Access::everyone));
    for (const auto& answered : {ask(0, 7), answer({.method = "GET", .target = monitoring()})}) {
        EXPECT_EQ(answered.status, 500U);
        EXPECT_EQ(answered.body.find(folder_.root().string()), std::string::npos);
        EXPECT_THAT(answered.reason, HasSubstr("is damaged"));
    }
}

}  // namespace
}  // namespace wsoa
