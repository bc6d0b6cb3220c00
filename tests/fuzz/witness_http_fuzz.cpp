// What a stranger sends to a witness's address, and what one answers a ledger: every request gets
// one of the protocol's numbers, nothing is cosigned that is framed in two ways, and a size is read
// only where it was written as one.

#include "cli/witness_http/answer.h"
#include "cli/witness_http/headers.h"
#include "cli/witness_http/listen.h"
#include "cli/witness_http/post.h"
#include "ledger/tree/lines.h"
#include "tests/fuzz/target.h"

#include <array>

using namespace wsoa;

namespace {

constexpr std::array<unsigned, 13> statuses{200, 400, 403, 404, 405, 409, 411,
                                            413, 422, 431, 500, 503, 505};

// A line and what follows it.
std::string_view line_of(std::string_view& rest) {
    const auto end = rest.find('\n');
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return line;
}

HttpRequest request_in(std::string_view text) {
    HttpRequest request;
    request.method = line_of(text);
    request.target = line_of(text);
    request.version = line_of(text);
    for (auto line = line_of(text); !line.empty(); line = line_of(text)) {
        const auto colon = std::min(line.find(':'), line.size());
        request.headers.emplace_back(line.substr(0, colon),
                                     line.substr(std::min(colon + 1, line.size())));
    }
    request.body = text;
    return request;
}

void answer_stranger(const HttpRequest& request) {
    std::size_t asked = 0;
    const ServedWitness witness{
        .cosign =
            [&](std::string_view body) {
                ++asked;
                CHECK(body == request.body);
                return WitnessAnswer{WitnessStatus::cosigned, "so be it", "lines\n", {}};
            },
        .head = [](const Hash& origin) -> Result<std::optional<std::string>> {
            return origin.bytes[0] == 0 ? std::optional<std::string>("note\n") : std::nullopt;
        }};
    const auto answer = answer_http(request, witness);
    CHECK(std::ranges::find(statuses, answer.status) != statuses.end());
    CHECK(!answer.body.empty() && answer.body.ends_with('\n'));
    CHECK(asked == (answer.body == "lines\n" ? 1U : 0U));
    if (asked == 1) {
        CHECK(answer.status == 200 && !refuse_head(request));
        CHECK(request.method == "POST" && request.target == "/add-checkpoint");
        CHECK(!find_header(request.headers, "transfer-encoding"));
        CHECK(find_header(request.headers, "content-length") ==
              std::to_string(request.body.size()));
        CHECK(request.body.size() <= WitnessRequest::bytes_max);
    }
}

void read_witness(const HttpReply& reply) {
    const auto answer = read_reply(reply);
    if (answer.ok() && answer.value().status == WitnessStatus::other_size) {
        CHECK(reply.status == 409);
        CHECK(fmt::format("{}\n", answer.value().seen.value) == reply.body);
    }
    if (answer.ok() && answer.value().status == WitnessStatus::cosigned) {
        CHECK(reply.status == 200 && parse_signature_lines(answer.value().lines).ok());
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto text = text_of(ByteView(data, size));
    const auto which = line_of(text);
    if (which == "request") {
        answer_stranger(request_in(text));
    } else if (which == "listen") {
        CHECK(test::is_its_own_spelling(ListenAddress::parse(text), text));
    } else {
        const auto status = parse_decimal(which);
        const std::string type(line_of(text));
        read_witness({static_cast<unsigned>(status.ok() ? status.value() % 1'000 : 0), type,
                      std::string(text)});
    }
    return 0;
}
