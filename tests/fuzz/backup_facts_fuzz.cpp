// backup.txt: what is accepted is written the same way again.

#include "ledger/store/backup_facts.h"
#include "tests/fuzz/target.h"

using namespace wsoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = text_of(ByteView(data, size));
    const auto facts = BackupFacts::parse(text);
    CHECK(test::is_its_own_spelling(facts, text));
    CHECK(!facts.ok() || facts.value().size.value > 0);
    return 0;
}
