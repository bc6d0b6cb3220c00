// spares.txt: what is accepted is written the same way again.

#include "ledger/store/spares.h"
#include "tests/fuzz/target.h"

using namespace wsoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = text_of(ByteView(data, size));
    const auto list = SpareList::parse(text);
    CHECK(test::is_its_own_spelling(list, text));
    CHECK(!list.ok() || list.value().spares.size() <= SpareList::spares_max);
    return 0;
}
