#pragma once

#include "cli/witness_http/answer.h"

#include <chrono>
#include <string>
#include <string_view>

namespace wsoa {

// What an address answered.
struct HttpReply {
    unsigned status = 0;
    std::string content_type = {};
    std::string body = {};
};

// How long is waited for an answer, how much of it is read, and whom to believe.
struct PostTerms {
    std::chrono::milliseconds connect_max{10'000};
    std::chrono::milliseconds whole_max{60'000};
    std::size_t body_bytes_max = 262'144;
    std::string roots = {};  // certificates in PEM that https rests on; empty for the machine's
};

// Where a witness with this address takes requests: the address and "/add-checkpoint". `invalid`
// unless it is http or https, with a host, and without a name to log in with, question mark or
// fragment.
Result<std::string> submission_url(const std::string& witness_url);

// Sends a body to an address, over https or http as the address says, and waits for the answer,
// whatever its status. No redirection is followed: whom to ask was typed. `unavailable` if there is
// none in time, it is too long, or a server shows no certificate of the authorities.
Result<HttpReply> post(const std::string& url, std::string_view body, const PostTerms& terms = {});

// What a witness meant. `conflict` for another size that it does not name, `unavailable` where it
// can say nothing now or speaks otherwise than c2sp.org/tlog-witness, `distrusted` for signature
// lines that are none. Nothing of the lines is verified.
Result<WitnessAnswer> read_reply(const HttpReply& reply);

}  // namespace wsoa
