// A witness's address, and those at its other end: good clients, slow ones, and who is none.
#include "cli/witness_http/server.h"

#include "tests/cli/witness_http/kept_witness.h"
#include "tests/support/files.h"
#include "tests/support/golden_text.h"
#include "tests/support/raw_client.h"
#include "tests/support/served_witness.h"

#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <regex>

namespace wsoa {
namespace {

using test::heard_from;
using test::RawClient;
using testing::HasSubstr;
using testing::StartsWith;

std::string bytes_for(std::string_view body) {
    return fmt::format(
        "POST /add-checkpoint HTTP/1.1\r\nHost: witness.example.org\r\nContent-Length: "
        "{}\r\n\r\n{}",
        body.size(), body);
}

class WitnessAddress : public WitnessByHttp {
protected:
    explicit WitnessAddress(const HttpLimits& limits = {}) : at_(served(), limits) {}

    std::string heard(std::string_view bytes) const { return heard_from(at_.port(), bytes); }
    // With these lines in the head, and a body that would be cosigned.
    std::string heard_with(std::string_view first, std::string_view headers) const {
        return heard(fmt::format("{}\r\nHost: h\r\n{}\r\n{}", first, headers, from_to(0, 7)));
    }
    void expect_unharmed() const {
        EXPECT_EQ(size_seen(), 0U);
        EXPECT_THAT(heard(bytes_for(from_to(0, 7))), StartsWith("HTTP/1.1 200 "));
        EXPECT_EQ(size_seen(), 7U);
    }

    test::ServedAddress at_;
};

// As everybody else's log and witness speak it: a change of these bytes is a change of protocol.
TEST_F(WitnessAddress, answers_with_these_very_bytes) {
    const auto first = bytes_for(from_to(0, 7));
    test::expect_golden_text("http/add-checkpoint.request", first);
    const auto undated = [](const std::string& answer) {
        return std::regex_replace(answer, std::regex("Date: [^\r]*GMT\r\n"), "Date: \r\n");
    };
    test::expect_golden_text("http/add-checkpoint.answer", undated(heard(first)));
    test::expect_golden_text("http/other-size.answer", undated(heard(first)));
}

TEST_F(WitnessAddress, refuses_what_the_library_would_take) {
    const auto length = fmt::format("Content-Length: {}\r\n", from_to(0, 7).size());
    EXPECT_THAT(heard_with("POST /add-checkpoint HTTP/1.1", "Transfer-Encoding: chunked\r\n"),
                StartsWith("HTTP/1.1 411 "));
    EXPECT_THAT(
        heard_with("POST /add-checkpoint HTTP/1.1", length + "Transfer-Encoding: chunked\r\n"),
        StartsWith("HTTP/1.1 400 "));
    EXPECT_THAT(heard_with("POST /add-checkpoint%00 HTTP/1.1", length),
                StartsWith("HTTP/1.1 400 "));
    EXPECT_THAT(heard_with("POST /%61dd-checkpoint HTTP/1.1", length), StartsWith("HTTP/1.1 404 "));
    EXPECT_THAT(heard_with("POST /add-checkpoint?a=b HTTP/1.1", length),
                StartsWith("HTTP/1.1 404 "));
    EXPECT_THAT(heard_with("POST /add-checkpoint HTTP/1.1", length + length),
                StartsWith("HTTP/1.1 400 "));
    EXPECT_THAT(heard_with("GET /add-checkpoint HTTP/1.1", length), StartsWith("HTTP/1.1 405 "));
    expect_unharmed();
}

TEST_F(WitnessAddress, refuses_what_is_too_large_and_reads_none_of_it) {
    EXPECT_THAT(heard("POST /add-checkpoint HTTP/1.1\r\nHost: h\r\nContent-Length: 300000\r\n\r\n"),
                StartsWith("HTTP/1.1 413 "));
    EXPECT_THAT(heard(bytes_for(std::string(300'000, 'x'))), StartsWith("HTTP/1.1 413 "));
    EXPECT_THAT(
        heard_with("POST /add-checkpoint HTTP/1.1", "X: " + std::string(60'000, 'x') + "\r\n"),
        StartsWith("HTTP/1.1 431 "));
    expect_unharmed();
}

TEST_F(WitnessAddress, hears_nothing_that_follows_a_request) {
    const auto twice = bytes_for(from_to(0, 7)) + bytes_for(from_to(7, 20));
    const auto answered = heard(twice);
    EXPECT_THAT(answered, StartsWith("HTTP/1.1 200 "));
    EXPECT_EQ(answered.find("HTTP/1.1", 1), std::string::npos) << answered;
    EXPECT_EQ(size_seen(), 7U);
    const auto refused = heard("GET /x HTTP/1.1\r\nHost: h\r\n\r\n" + bytes_for(from_to(7, 20)));
    EXPECT_THAT(refused, StartsWith("HTTP/1.1 404 "));
    EXPECT_EQ(refused.find("HTTP/1.1", 1), std::string::npos) << refused;
    EXPECT_EQ(size_seen(), 7U);
}

TEST_F(WitnessAddress, is_not_harmed_by_half_a_request) {
    const auto whole = bytes_for(from_to(0, 7));
    for (const auto part :
         {whole.size() - 1, whole.size() / 2, std::size_t{30}, std::size_t{1}, std::size_t{0}}) {
        const RawClient client(at_.port());
        client.say(std::string_view(whole).substr(0, part));
        client.stop_talking();
        EXPECT_EQ(client.hear().find("200 OK"), std::string::npos) << part;
    }
    for (std::size_t part = 0; part < whole.size(); part += 40) {
        const RawClient goes_at_once(at_.port());
        goes_at_once.say(std::string_view(whole).substr(0, part));
    }
    expect_unharmed();
}

TEST_F(WitnessAddress, answers_those_who_say_that_they_have_said_all) {
    for (const auto size :
         {std::size_t{0}, std::size_t{1}, std::size_t{32'768}, WitnessRequest::bytes_max}) {
        const RawClient client(at_.port());
        client.say(bytes_for(std::string(size, 'x')));
        client.stop_talking();
        EXPECT_THAT(client.hear(), StartsWith("HTTP/1.1 400 ")) << size;
    }
    const RawClient client(at_.port());
    client.say(bytes_for(from_to(0, 7)));
    client.stop_talking();
    EXPECT_THAT(client.hear(), StartsWith("HTTP/1.1 200 "));
}

TEST_F(WitnessAddress, is_not_harmed_by_what_is_no_request) {
    for (const auto& bytes :
         {std::string("\r\n\r\n\r\n"), std::string(10'000, '\0'), std::string(100'000, 'A'),
          std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"), std::string("POST\r\n\r\n"),
          std::string("POST /add-checkpoint\r\n\r\n"),
          std::string("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")}) {
        const RawClient client(at_.port());
        client.say(bytes);
        client.stop_talking();
        EXPECT_EQ(client.hear().find("200 OK"), std::string::npos);
    }
    expect_unharmed();
}

// Both continue what the witness saw; whichever comes second is told what it saw meanwhile.
TEST_F(WitnessAddress, answers_two_at_once_one_after_the_other) {
    const auto one = bytes_for(from_to(0, 7));
    const auto other = bytes_for(from_to(0, 20));
    auto later = std::async(std::launch::async, [&] { return heard(other); });
    const auto first = heard(one);
    const auto second = later.get();
    const bool was_one = first.starts_with("HTTP/1.1 200 ");
    EXPECT_NE(was_one, second.starts_with("HTTP/1.1 200 ")) << first << second;
    EXPECT_THAT(was_one ? second : first, StartsWith("HTTP/1.1 409 "));
    EXPECT_THAT(was_one ? second : first, HasSubstr(was_one ? "\r\n\r\n7\n" : "\r\n\r\n20\n"));
}

TEST_F(WitnessAddress, finishes_what_is_being_asked_when_it_is_told_to_stop) {
    const auto whole = bytes_for(from_to(0, 7));
    const RawClient client(at_.port());
    client.say(whole.substr(0, whole.size() - 10));
    // By the time this is answered, the half above has been read.
    EXPECT_THAT(heard("GET / HTTP/1.1\r\nHost: h\r\n\r\n"), StartsWith("HTTP/1.1 404 "));
    at_.stop();
    client.say(whole.substr(whole.size() - 10));
    EXPECT_THAT(client.hear(), StartsWith("HTTP/1.1 200 "));
    at_.join();
    EXPECT_EQ(size_seen(), 7U);
}

class FewClients : public WitnessAddress {
protected:
    FewClients()
        : WitnessAddress({.connections_max = 2, .whole_max = std::chrono::milliseconds(300)}) {}
};

class PatientAddress : public WitnessAddress {
protected:
    PatientAddress()
        : WitnessAddress({.connections_max = 2,
                          .idle_seconds_max = 3'600,
                          .whole_max = std::chrono::hours(1)}) {}
};

TEST_F(PatientAddress, lets_the_next_one_in_as_soon_as_another_has_gone) {
    std::optional<RawClient> one(at_.port());
    const RawClient other(at_.port());
    one->say("POST ");
    other.say("POST ");
    const RawClient waits(at_.port());
    waits.say(bytes_for(from_to(0, 7)));
    one.reset();
    EXPECT_THAT(waits.hear(), StartsWith("HTTP/1.1 200 "));
}

// Two hold what places there are, and send a byte now and then.
TEST_F(FewClients, makes_room_for_others_whoever_dawdles) {
    const RawClient one(at_.port());
    const RawClient other(at_.port());
    std::atomic<bool> is_over = false;
    std::jthread dawdling([&] {
        while (!is_over) {
            one.say("P");
            other.say("P");
        }
    });
    // On a machine that is busy the one who asks may be found too slow itself.
    std::string answered;
    for (int i = 0; i < 100 && answered.empty(); ++i) {
        answered = heard("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    }
    is_over = true;
    EXPECT_THAT(answered, StartsWith("HTTP/1.1 404 "));
}

}  // namespace
}  // namespace wsoa
