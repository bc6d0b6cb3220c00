// Key requests: what is accepted is written the same way again, and its check answers the same
// twice.

#include "ledger/keys/request.h"
#include "tests/fuzz/target.h"

using namespace wsoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = text_of(ByteView(data, size));
    const auto request = KeyRequest::parse(text);
    CHECK(test::is_its_own_spelling(request, text));
    if (request.ok()) {
        CHECK(request.value().origin.has_value() != request.value().ledger.has_value());
        CHECK(request.value().check().ok() == request.value().check().ok());
    }
    return 0;
}
