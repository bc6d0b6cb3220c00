#include "cli/witness_http/headers.h"
#include "cli/witness_http/post.h"
#include "ledger/base/text.h"
#include "ledger/tree/lines.h"

namespace wsoa {
namespace {

// What a stranger's answer is quoted by.
constexpr std::size_t quoted_bytes_max = 200;

std::string reason_in(std::string_view body) {
    while (body.ends_with('\n')) {
        body.remove_suffix(1);
    }
    return body.empty() ? "it gave no reason" : excerpt_of(body, quoted_bytes_max);
}

Error no_witness(const HttpReply& reply) {
    const bool redirects = reply.status >= 300 && reply.status < 400;
    return error(Fault::unavailable, "it answered with status {}: {}", reply.status,
                 redirects ? "it sends elsewhere, which is not followed" : reason_in(reply.body));
}

// The type without what follows a semicolon.
bool is_type(std::string_view content_type, std::string_view wanted) {
    auto type = content_type.substr(0, content_type.find(';'));
    while (type.ends_with(' ')) {
        type.remove_suffix(1);
    }
    return is_header(type, wanted);
}

Result<WitnessAnswer> read_other_size(const HttpReply& reply) {
    const std::string_view body = reply.body;
    if (is_type(reply.content_type, size_media_type) && body.ends_with('\n')) {
        const auto size = parse_decimal(body.substr(0, body.size() - 1));
        if (size.ok()) {
            return WitnessAnswer{WitnessStatus::other_size,
                                 fmt::format("it last cosigned {} entries", size.value()),
                                 {},
                                 TreeSize{size.value()}};
        }
    }
    return error(Fault::conflict, "it has seen another state of the log, and names no size: {}",
                 reason_in(reply.body));
}

}  // namespace

Result<WitnessAnswer> read_reply(const HttpReply& reply) {
    switch (reply.status) {
        case 200: {
            const auto lines = parse_signature_lines(reply.body);
            if (!lines.ok()) {
                return error(Fault::distrusted, "what it answered are no signature lines: {}",
                             lines.error().message);
            }
            return WitnessAnswer{WitnessStatus::cosigned, "it cosigned", reply.body, {}};
        }
        case 409: return read_other_size(reply);
        case 400:
        case 403:
        case 404:
        case 422:
            return WitnessAnswer{
                static_cast<WitnessStatus>(reply.status), reason_in(reply.body), {}, {}};
        default: return no_witness(reply);
    }
}

}  // namespace wsoa
