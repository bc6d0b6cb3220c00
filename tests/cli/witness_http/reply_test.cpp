// What a ledger makes of a witness's answer, and of addresses.
#include "cli/witness_http/post.h"
#include "tests/support/changes.h"
#include "tests/support/policies.h"
#include "tests/support/served_witness.h"

#include <gmock/gmock.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>

namespace wsoa {
namespace {

using test::must;
using testing::HasSubstr;

constexpr const char* size_type = "text/x.tlog.size";

TEST(WitnessReply, of_200_is_its_lines) {
    const auto line = NoteSignature{"witness.example.org/w1", 7, Bytes(72)}.str();
    const auto answer = must(read_reply({200, "text/plain", line}));
    EXPECT_EQ(answer.status, WitnessStatus::cosigned);
    EXPECT_EQ(answer.lines, line);
    for (const auto& wrong : {std::string(), std::string("\n"), line + "more\n", "<html>" + line}) {
        EXPECT_EQ(read_reply({200, "text/plain", wrong}).error().fault, Fault::distrusted) << wrong;
    }
}

TEST(WitnessReply, of_409_is_the_size_that_it_saw) {
    for (const auto* type : {size_type, "Text/X.TLOG.size", "text/x.tlog.size; charset=utf-8",
                             "text/x.tlog.size ;a"}) {
        const auto answer = must(read_reply({409, type, "812\n"}));
        EXPECT_EQ(answer.status, WitnessStatus::other_size);
        EXPECT_EQ(answer.seen.value, 812U);
    }
}

TEST(WitnessReply, of_409_without_a_size_is_a_conflict) {
    for (const auto& [type, body] : {std::pair<std::string, std::string>{"text/plain", "812\n"},
                                     {"text/x.tlog.sizes", "812\n"},
                                     {size_type, "812"},
                                     {size_type, "812\n\n"},
                                     {size_type, "0812\n"},
                                     {size_type, "-1\n"},
                                     {size_type, "\n"},
                                     {size_type, "18446744073709551616\n"},
                                     {"", ""}}) {
        const auto answer = read_reply({409, type, body});
        ASSERT_FALSE(answer.ok()) << type << body;
        EXPECT_EQ(answer.error().fault, Fault::conflict);
    }
}

TEST(WitnessReply, of_a_refusal_is_its_reason) {
    for (const auto status : {WitnessStatus::malformed, WitnessStatus::untrusted,
                              WitnessStatus::unknown_log, WitnessStatus::inconsistent}) {
        const auto answer =
            must(read_reply({static_cast<unsigned>(status), "text/plain", "it is so\n"}));
        EXPECT_EQ(answer.status, status);
        EXPECT_EQ(answer.say, "it is so");
    }
    EXPECT_EQ(must(read_reply({404, "", ""})).say, "it gave no reason");
}

// Nobody's bytes reach a terminal through a refusal.
TEST(WitnessReply, is_quoted_without_what_a_terminal_obeys) {
    const auto answer = must(read_reply({403, "text/plain", "\x1b[2J" + std::string(900, 'x')}));
    EXPECT_EQ(answer.say.find('\x1b'), std::string::npos);
    EXPECT_LT(answer.say.size(), 250U);
}

TEST(WitnessReply, of_any_other_status_is_no_answer) {
    for (const unsigned status :
         {0U, 100U, 201U, 204U, 301U, 302U, 307U, 405U, 413U, 429U, 500U, 503U, 999U}) {
        const auto answer = read_reply({status, "text/plain", "later\n"});
        ASSERT_FALSE(answer.ok()) << status;
        EXPECT_EQ(answer.error().fault, Fault::unavailable);
        EXPECT_THAT(answer.error().message, HasSubstr(std::to_string(status)));
    }
}

TEST(SubmissionUrl, is_the_address_with_the_protocols_name) {
    EXPECT_EQ(must(submission_url("https://witness.example.org")),
              "https://witness.example.org/add-checkpoint");
    EXPECT_EQ(must(submission_url("http://127.0.0.1:8470/")),
              "http://127.0.0.1:8470/add-checkpoint");
    EXPECT_EQ(must(submission_url("https://witness.example.org/ofsted//")),
              "https://witness.example.org/ofsted/add-checkpoint");
}

TEST(SubmissionUrl, is_refused_where_it_leads_elsewhere) {
    for (const auto* url :
         {"", "witness.example.org", "ftp://witness.example.org", "file:///etc/passwd",
          "gopher://witness.example.org", "https://", "https://user@witness.example.org",
          "https://user:word@witness.example.org", "https://witness.example.org/?a=b",
          "https://witness.example.org/?", "https://witness.example.org/#a",
          "https://witness.example.org/add-checkpoint", "https://a b/",
          "https://witness.example.org:99999", "https://witness.example.org/\n"}) {
        const auto submission = submission_url(url);
        ASSERT_FALSE(submission.ok()) << url;
        EXPECT_EQ(submission.error().fault, Fault::invalid);
    }
}

// An address that answers the same to whatever it is asked.
ServedWitness saying(std::string lines) {
    return {.cosign =
                [lines](std::string_view) {
                    return WitnessAnswer{WitnessStatus::cosigned, "so be it", lines, {}};
                },
            .head = {}};
}

TEST(Post, brings_status_type_and_body) {
    const test::ServedAddress at(saying("a line\n"));
    const auto reply = must(post(at.url() + "/add-checkpoint", "old 0\n"));
    EXPECT_EQ(reply.status, 200U);
    EXPECT_EQ(reply.content_type, "text/plain; charset=utf-8");
    EXPECT_EQ(reply.body, "a line\n");
    EXPECT_EQ(must(post(at.url() + "/elsewhere", "")).status, 404U);
}

TEST(Post, reads_no_answer_that_is_too_long) {
    const test::ServedAddress at(saying(std::string(1'001, 'x')));
    const auto url = at.url() + "/add-checkpoint";
    EXPECT_TRUE(post(url, "", {.body_bytes_max = 1'001}).ok());
    const auto refused = post(url, "", {.body_bytes_max = 1'000});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fault, Fault::unavailable);
    EXPECT_THAT(refused.error().message, HasSubstr("more than 1000 bytes"));
}

// Whoever connects first is told these bytes, whatever it asks.
class ToldBytes {
public:
    explicit ToldBytes(std::string bytes)
        : listening_(listen_on({}).value()), thread_([this, bytes = std::move(bytes)] {
              pollfd somebody{listening_, POLLIN, 0};
              ::poll(&somebody, 1, -1);
              const int client = ::accept(listening_, nullptr, nullptr);
              ::send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL);
              ::shutdown(client, SHUT_WR);
              // Until the other side has read it and gone.
              std::array<char, 4'096> asked{};
              while (::recv(client, asked.data(), asked.size(), 0) > 0) {
              }
              ::close(client);
          }) {}
    ~ToldBytes() {
        thread_.join();
        ::close(listening_);
    }
    ToldBytes(const ToldBytes&) = delete;
    ToldBytes& operator=(const ToldBytes&) = delete;
    std::string url() const { return "http://" + address_of(listening_).value().str() + "/"; }

private:
    int listening_;
    std::jthread thread_;
};

TEST(Post, follows_nobody_to_another_address) {
    std::atomic<int> asked = 0;
    const test::ServedAddress other({.cosign =
                                         [&](std::string_view) {
                                             ++asked;
                                             return WitnessAnswer{};
                                         },
                                     .head = {}});
    const ToldBytes at("HTTP/1.1 307 Temporary Redirect\r\nLocation: " + other.url() +
                       "/add-checkpoint\r\nContent-Length: 0\r\n\r\n");
    const auto reply = must(post(at.url(), "old 0\n"));
    EXPECT_EQ(reply.status, 307U);
    EXPECT_THAT(read_reply(reply).error().message, HasSubstr("not followed"));
    EXPECT_EQ(asked, 0);
}

TEST(Post, takes_no_half_answer_for_a_whole_one) {
    for (const auto* bytes :
         {"", "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal"}) {
        const ToldBytes at(bytes);
        const auto refused = post(at.url(), "old 0\n");
        ASSERT_FALSE(refused.ok()) << bytes;
        EXPECT_EQ(refused.error().fault, Fault::unavailable);
    }
}

TEST(Post, waits_no_longer_than_it_may) {
    const int silent = listen_on({}).value();
    const auto url = "http://" + address_of(silent).value().str() + "/add-checkpoint";
    const auto refused = post(url, "old 0\n", {.whole_max = std::chrono::milliseconds(50)});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fault, Fault::unavailable);
    ::close(silent);
}

}  // namespace
}  // namespace wsoa
