// Vault files and key trees: what is accepted is what is written of it again. Hash and seal are no
// obstacle: the target makes them where the input asks for it.

#include "ledger/base/sha256.h"
#include "ledger/evidence/vault_format.h"
#include "tests/fuzz/target.h"
#include "tests/support/memory_token.h"

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

// What each key of the token here is worth.
constexpr std::uint8_t worth = 1;

// The key of a file that is under no passphrase; a token has every key that is named.
VaultKey key_of(const VaultFile& file) {
    if (!file.token) {
        return unsealed_key().clone();
    }
    CHECK(file.token->id.is_of(file.ledger) && file.token->id.generation() == file.generation);
    CHECK(TokenName::of(file.token->token.label, file.token->token.serial).ok());
    test::TokenStorage storage;
    storage.keys[file.token->id] = worth;
    test::MemoryToken token(storage);
    return VaultKey::of(file, token).value();
}

void read_a_file(ByteView bytes) {
    const auto file = VaultFile::read(bytes);
    if (!file.ok() || file.value().work) {
        return;
    }
    const auto key = key_of(file.value());
    const auto contents = open_vault(file.value(), key);
    if (contents.ok()) {
        CHECK(equal(vault_bytes(contents.value(), key, file.value().nonce), bytes));
    }
}

void append_hash(Bytes& bytes) {
    const auto hash = sha256(bytes);
    append(bytes, hash.view());
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    test::Cutter cutter(ByteView(data, size));
    switch (cutter.byte() % 5) {
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
        case 3: read_a_tree(cutter.rest()); break;
        default: {
            // The same under the header of a vault in a token, which names its key as the input
            // says.
            const Nonce nonce{};
            Bytes bytes;
            append(bytes, "wsoa-vault/v1\n");
            bytes.resize(bytes.size() + 32, 9);
            append_u64(bytes, 7);
            bytes.push_back(2);
            append(bytes, cutter.sized(1));
            Secret key(Bytes(32, 0));
            std::transform(bytes.end() - 32, bytes.end(), key.span().begin(),
                           [](auto byte) { return static_cast<std::uint8_t>(byte ^ worth); });
            append(bytes, ByteView(nonce.bytes));
            const auto sealed = seal_piece(key, nonce, bytes, cutter.rest());
            append(bytes, ByteView(sealed));
            append_hash(bytes);
            read_a_file(bytes);
            break;
        }
    }
    return 0;
}
