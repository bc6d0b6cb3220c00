#include "cli/witness_http/answer.h"

#include "cli/witness_http/headers.h"
#include "ledger/base/sha256.h"
#include "ledger/tree/lines.h"

#include <algorithm>

namespace wsoa {
namespace {

constexpr std::string_view submission = "/add-checkpoint";
constexpr std::string_view head_end = "/checkpoint";
constexpr std::string_view post = "POST";
constexpr std::string_view get = "GET";

HttpAnswer sentence(unsigned status, std::string_view say) {
    return {.status = status, .body = std::string(say) + "\n"};
}

HttpAnswer with(HttpAnswer answer, std::string name, std::string value) {
    answer.headers.emplace_back(std::move(name), std::move(value));
    return answer;
}

// The hash in /HEX/checkpoint; null for every other target.
std::optional<Hash> monitored(std::string_view target) {
    if (!target.starts_with('/') || !target.ends_with(head_end) ||
        target.size() < 1 + head_end.size()) {
        return std::nullopt;
    }
    const auto hash = hash_from_hex(target.substr(1, target.size() - 1 - head_end.size()));
    return hash.ok() ? std::optional(hash.value()) : std::nullopt;
}

bool is_plain(std::string_view target) {
    return std::ranges::all_of(target, [](char c) { return c > ' ' && c < '\x7f'; }) &&
           target.find("%00") == std::string_view::npos;
}

// How many bytes the body has by its head; null where that is not said.
Result<std::optional<std::uint64_t>> length_of_body(const HttpRequest& request) {
    std::optional<std::uint64_t> length;
    for (const auto& [name, value] : request.headers) {
        if (!is_header(name, "content-length")) {
            continue;
        }
        if (length) {
            return Error{Fault::invalid, "Content-Length is there more than once"};
        }
        const auto number = parse_decimal(value);
        if (!number.ok()) {
            return Error{Fault::invalid, "Content-Length is no number"};
        }
        length = number.value();
    }
    return length;
}

// What the frame of a request has wrong, whatever it asks for.
std::optional<HttpAnswer> refuse_frame(const HttpRequest& request) {
    if (request.version != "HTTP/1.1" && request.version != "HTTP/1.0") {
        return sentence(505, "HTTP/1.1 and HTTP/1.0 are spoken here");
    }
    if (!is_plain(request.target)) {
        return sentence(400, "the address holds what no address here does");
    }
    const auto length = length_of_body(request);
    if (!length.ok()) {
        return sentence(400, length.error().message);
    }
    if (find_header(request.headers, "transfer-encoding")) {
        return length.value()
                   ? sentence(400, "Transfer-Encoding beside Content-Length")
                   : sentence(411, "Transfer-Encoding is not taken: send Content-Length");
    }
    return std::nullopt;
}

std::optional<HttpAnswer> refuse_submission(const HttpRequest& request) {
    if (request.method != post) {
        return with(sentence(405, "add-checkpoint is asked by POST"), "Allow", std::string(post));
    }
    const auto length = length_of_body(request);
    if (!length.value()) {
        return sentence(411, "send Content-Length");
    }
    if (*length.value() > WitnessRequest::bytes_max) {
        return sentence(413,
                        fmt::format("a request has at most {} bytes", WitnessRequest::bytes_max));
    }
    return std::nullopt;
}

std::optional<HttpAnswer> refuse_monitor(const HttpRequest& request) {
    if (request.method != get && request.method != "HEAD") {
        return with(sentence(405, "a checkpoint is read by GET"), "Allow", "GET, HEAD");
    }
    if (length_of_body(request).value().value_or(0) > 0) {
        return sentence(400, "to read a checkpoint nothing is sent");
    }
    return std::nullopt;
}

HttpAnswer said(const WitnessAnswer& answer) {
    const auto status = static_cast<unsigned>(answer.status);
    if (answer.status == WitnessStatus::cosigned) {
        return {.status = status, .body = answer.lines};
    }
    if (answer.status == WitnessStatus::other_size) {
        return {.status = status,
                .body = fmt::format("{}\n", answer.seen.value),
                .content_type = std::string(size_media_type)};
    }
    return sentence(status, answer.say);
}

// A stranger learns that it failed; where and why is for the log.
HttpAnswer failed(const Error& error) {
    HttpAnswer answer;
    if (error.fault == Fault::busy) {
        answer = with(sentence(503, "another answer is under way"), "Retry-After", "1");
    } else if (error.fault == Fault::unavailable) {
        answer = with(sentence(503, "the witness cannot answer now"), "Retry-After", "60");
    } else {
        answer = sentence(500, "the witness cannot answer before somebody has looked after it");
    }
    answer.reason = error.message;
    return answer;
}

}  // namespace

ServedWitness serve_folder(const WitnessFolder& folder, const Signer& signer, Clock& clock) {
    return {.cosign =
                [&folder, &signer, &clock](std::string_view request) {
                    return answer_request(folder, signer, request, clock.now());
                },
            .head = [&folder](const Hash& origin) -> Result<std::optional<std::string>> {
                const auto policy = TRY(folder.policy());
                const auto log = std::ranges::find_if(policy.logs, [&](const auto& each) {
                    return sha256(bytes_of(each.key.name())) == origin;
                });
                if (log == policy.logs.end()) {
                    return std::optional<std::string>{};
                }
                const auto cosigner = TRY(folder.cosigner());
                auto head = TRY(witnessed(folder, cosigner, log->key.name()));
                return head ? std::optional(std::move(head->note)) : std::nullopt;
            }};
}

std::optional<HttpAnswer> refuse_head(const HttpRequest& request) {
    if (auto refused = refuse_frame(request)) {
        return refused;
    }
    if (request.target == submission) {
        return refuse_submission(request);
    }
    return monitored(request.target) ? refuse_monitor(request)
                                     : sentence(404, "there is nothing at this address");
}

HttpAnswer answer_http(const HttpRequest& request, const ServedWitness& witness) {
    if (auto refused = refuse_head(request)) {
        return *std::move(refused);
    }
    if (request.body.size() != length_of_body(request).value().value_or(0)) {
        return sentence(400, "the body is not as long as Content-Length says");
    }
    if (const auto origin = monitored(request.target)) {
        const auto head = witness.head(*origin);
        if (!head.ok()) {
            return failed(head.error());
        }
        return head.value() ? HttpAnswer{.status = 200, .body = *head.value()}
                            : sentence(404, "the witness has cosigned nothing of this log");
    }
    const auto answer = witness.cosign(request.body);
    return answer.ok() ? said(answer.value()) : failed(answer.error());
}

}  // namespace wsoa
