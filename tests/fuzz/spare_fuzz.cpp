// Spares of a vault: what is accepted is what is written of its parts again. The hash at the end is
// no obstacle: the target makes it where the input asks for it.

#include "ledger/base/sha256.h"
#include "ledger/evidence/vault_spare.h"
#include "tests/fuzz/target.h"

using namespace wsoa;

namespace {

void read_a_spare(ByteView bytes) {
    const auto spare = SpareFile::read(bytes);
    if (!spare.ok()) {
        CHECK(!spare.error().message.empty());
        return;
    }
    auto vault_file = spare.value().vault.associated;
    append(vault_file, ByteView(spare.value().vault.sealed));
    const auto hash = sha256(vault_file);
    append(vault_file, hash.view());
    CHECK(equal(spare_bytes(vault_file, spare.value().key_pem), bytes));
    CHECK(spare.value().vault.work.has_value());
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    test::Cutter cutter(ByteView(data, size));
    const bool is_hashed = cutter.byte() % 2 == 1;
    auto bytes = copy_of(cutter.rest());
    if (is_hashed) {
        const auto hash = sha256(bytes);
        append(bytes, hash.view());
    }
    read_a_spare(bytes);
    return 0;
}
