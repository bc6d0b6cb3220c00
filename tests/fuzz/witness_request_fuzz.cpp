// What a stranger asks of a witness: what is read is written the same way again, and nothing is
// cosigned that does not continue what the witness saw.

#include "ledger/tree/hasher.h"
#include "ledger/tree/witness.h"
#include "tests/fuzz/target.h"
#include "tests/support/policies.h"
#include "tests/support/reference_tree.h"

using namespace wsoa;

namespace {

constexpr std::string_view origin = "example.org/wsoa";

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = text_of(ByteView(data, size));
    const auto request = WitnessRequest::parse(text);
    CHECK(test::is_its_own_spelling(request, text));
    const auto lines = parse_signature_lines(text);
    if (lines.ok()) {
        std::string written;
        for (const auto& line : lines.value()) {
            written += line.str();
        }
        CHECK(written == text);
    }

    static const auto policy = Policy::parse(log_line(origin, 7) + "quorum none\n").value();
    static const ReferenceTree tree(13);
    for (const std::uint64_t seen : {0U, 5U, 13U}) {
        const auto judged = judge_request(text, policy, [&](const std::string& asked) {
            CHECK(asked == origin);
            return Result<WitnessedHead>(seen == 0
                                             ? WitnessedHead{TreeSize{0}, empty_root()}
                                             : WitnessedHead{TreeSize{seen}, tree.root_at(seen)});
        });
        CHECK(judged.ok());
        CHECK(request.ok() || judged.value().status == WitnessStatus::malformed ||
              judged.value().status == WitnessStatus::untrusted);
        if (judged.value().status == WitnessStatus::cosigned) {
            CHECK(request.value().old_size.value == seen);
            CHECK(judged.value().checkpoint.size.value >= seen);
            // Nobody has the log's key but the corpus, which holds this one tree.
            CHECK(judged.value().checkpoint.root ==
                  tree.root_at(judged.value().checkpoint.size.value));
        }
    }
    return 0;
}
