#pragma once

#include "ledger/base/environment.h"
#include "ledger/store/witness.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wsoa {

// Names and values as they were sent.
using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

// A request as it came in. Nothing of its target is decoded: what is asked for here needs no
// escapes, and what is never decoded cannot be decoded in two ways.
struct HttpRequest {
    std::string method;
    std::string target;
    std::string version = "HTTP/1.1";
    HttpHeaders headers = {};
    std::string body = {};
};

// What goes back. The connection ends with it, so that nobody reads what a client sends beyond its
// request.
struct HttpAnswer {
    unsigned status = 0;
    std::string body = {};
    std::string content_type = "text/plain; charset=utf-8";
    HttpHeaders headers = {};
    std::string reason = {};  // for the log alone, where a stranger is told less
};

// The witness behind the address.
struct ServedWitness {
    // As answer_request.
    std::function<Result<WitnessAnswer>(std::string_view request)> cosign;
    // The note that it cosigned last of the log whose origin has this hash; null for none.
    std::function<Result<std::optional<std::string>>(const Hash& origin)> head;
};

// The witness in this folder. All of it is borrowed.
ServedWitness serve_folder(const WitnessFolder& folder, const Signer& signer, Clock& clock);

// What a request is answered on its head alone, before any of its body is read; null where it
// deserves to be read.
//
// Taken are c2sp.org/tlog-witness's POST /add-checkpoint with one Content-Length (RFC 9112,
// section 6) of at most WitnessRequest::bytes_max, and GET /HEX/checkpoint for those who monitor
// it. Transfer-Encoding is not: two who stand behind each other and frame a body differently are
// how a request is smuggled past the first.
std::optional<HttpAnswer> refuse_head(const HttpRequest& request);

// The answer to a whole request: 200 with signature lines, 409 with the size that was cosigned
// last, and the protocol's other numbers; 503 where the witness cannot know now whether it may
// sign, or cannot keep what it signs; 500 where its own files are wrong.
HttpAnswer answer_http(const HttpRequest& request, const ServedWitness& witness);

}  // namespace wsoa
