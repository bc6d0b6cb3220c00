// ledger.txt: what is accepted is written the same way again.

#include "ledger/store/folder.h"
#include "tests/fuzz/target.h"

using namespace wsoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = text_of(ByteView(data, size));
    const auto facts = FolderFacts::parse(text);
    CHECK(test::is_its_own_spelling(facts, text));
    CHECK(!facts.ok() || facts.value().guard.is_absolute());
    return 0;
}
