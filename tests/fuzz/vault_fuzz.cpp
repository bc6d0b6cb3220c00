// Vault files and key trees: what is accepted is what is written of it again. Hash and seal are no
// obstacle: the target makes them where the input asks for it.

#include "ledger/base/sha256.h"
#include "ledger/evidence/vault_format.h"
#include "tests/fuzz/target.h"

using namespace wsoa;

namespace {

const VaultKey& unsealed_key() {
    static const auto key = VaultKey::make(Unsealed{}, VaultSalt{}).value();
    return key;
}

void read_a_tree(ByteView bytes) {
    const auto tree = KeyTree::decode(bytes);
    if (tree.ok()) {
        CHECK(equal(tree.value().encode().view(), bytes));
        CHECK(tree.value().count() == 0 || tree.value().covers_any({.level = 0, .index = 0}));
        // Nothing that was forgotten comes back.
        auto punctured = tree.value().clone();
        CHECK(punctured.forget(LeafIndex{7}).ok());
        CHECK(!punctured.covers(LeafIndex{7}) && !punctured.derive(LeafIndex{7}).ok());
        CHECK(equal(KeyTree::decode(punctured.encode().view()).value().encode().view(),
                    punctured.encode().view()));
    }
}

void read_a_file(ByteView bytes) {
    const auto file = VaultFile::read(bytes);
    if (!file.ok() || file.value().work) {
        return;
    }
    const auto contents = open_vault(file.value(), unsealed_key());
    if (contents.ok()) {
        CHECK(equal(vault_bytes(contents.value(), unsealed_key(), file.value().nonce), bytes));
    }
}

void append_hash(Bytes& bytes) {
    const auto hash = sha256(bytes);
    append(bytes, hash.view());
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    test::Cutter cutter(ByteView(data, size));
    switch (cutter.byte() % 4) {
        case 0: read_a_file(cutter.rest()); break;
        case 1: {
            auto bytes = copy_of(cutter.rest());
            append_hash(bytes);
            read_a_file(bytes);
            break;
        }
        case 2: {
            // What is sealed, under the header of an unsealed vault.
            const Nonce nonce{};
            Bytes bytes;
            append(bytes, "wsoa-vault/v1\n");
            bytes.resize(bytes.size() + 32, 9);
            append_u64(bytes, 1);
            bytes.push_back(0);
            append(bytes, ByteView(nonce.bytes));
            const auto sealed = seal_piece(unsealed_key().secret(), nonce, bytes, cutter.rest());
            append(bytes, ByteView(sealed));
            append_hash(bytes);
            CHECK(VaultFile::read(bytes).ok());
            read_a_file(bytes);
            break;
        }
        default: read_a_tree(cutter.rest()); break;
    }
    return 0;
}
