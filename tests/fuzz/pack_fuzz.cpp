// A pack from a stranger: whatever its bytes are, it is refused in a sentence or judged, and what
// was judged to hold is a pack of the ledger that its first leaf opens.

#include "ledger/inspection/pack_check.h"
#include "tests/fuzz/target.h"

using namespace wsoa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const MemorySource source(ByteView(data, size));
    const auto pack = PackFile::open(source);
    if (!pack.ok()) {
        CHECK(!pack.error().message.empty());
        return 0;
    }
    const auto verdict = verify_pack(pack.value(), {});
    if (verdict.ok() && !verdict.value().has_breach()) {
        CHECK(verdict.value().root == pack.value().about().root);
        CHECK(verdict.value().size == pack.value().about().size);
    }
    // Its papers are made again, whatever program it names.
    const auto about = pack.value().about();
    CHECK(verify_pack(pack.value(), {.program = about.made_with}).ok() == verdict.ok());
    return 0;
}
