#include "ledger/evidence/vault_format.h"

#include "ledger/base/sha256.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace wsoa {
namespace {

constexpr std::string_view magic = "wsoa-vault/v1\n";
constexpr std::string_view magic_of_any_version = "wsoa-vault/v";
constexpr std::string_view unsealed_label = "wsoa-ledger/unsealed-vault/v1\n";
constexpr std::size_t checksum_bytes = 32;
constexpr std::size_t token_part_bytes_max =
    1 + token_label_bytes_max + 1 + token_serial_bytes_max + 8 + 32 + 32;
constexpr std::size_t head_bytes_max = magic.size() + 32 + 8 + 1 + token_part_bytes_max + 12;
static_assert(head_bytes_max + 2 * (4 + key_tree_bytes_max) + seal_tag_bytes + checksum_bytes <=
              vault_file_bytes_max);
static_assert(vault_file_bytes_max <= sealed_piece_bytes_max);

enum class Kdf : std::uint8_t { none = 0, scrypt = 1, token = 2 };

Error damaged() { return Error{Fault::corrupt, "the vault file is damaged or incomplete"}; }

Result<void> read_magic(ByteReader& reader, ByteView bytes) {
    if (!text_of(bytes).starts_with(magic_of_any_version)) {
        return Error{Fault::corrupt, "this is not a vault file"};
    }
    const auto start = TRY(reader.take(magic.size()));
    if (text_of(start) != magic) {
        return Error{Fault::unavailable, "this program does not know the vault file's version"};
    }
    return done();
}

template <std::size_t size>
Result<std::array<std::uint8_t, size>> array_from(ByteReader& reader) {
    const auto bytes = TRY(reader.take(size));
    std::array<std::uint8_t, size> array{};
    std::ranges::copy(bytes, array.begin());
    return array;
}

Result<PassphraseWork> read_work(ByteReader& reader) {
    PassphraseWork work;
    work.cost.log2_n = TRY(reader.u8());
    work.cost.r = TRY(reader.u32());
    work.cost.p = TRY(reader.u32());
    TRY(check_cost(work.cost));
    work.salt = TRY(array_from<16>(reader));
    return work;
}

Result<std::string_view> read_short_text(ByteReader& reader) {
    const auto length = TRY(reader.u8());
    const auto bytes = TRY(reader.take(length));
    return text_of(bytes);
}

Result<TokenSeal> read_token(ByteReader& reader, const VaultFile& file) {
    TokenSeal seal;
    const auto label = TRY(read_short_text(reader));
    const auto serial = TRY(read_short_text(reader));
    auto name = TokenName::of(label, serial);
    seal.since = TRY(reader.u64());
    seal.id.bytes = TRY(array_from<32>(reader));
    seal.wrapped = TRY(array_from<32>(reader));
    if (!name.ok() || seal.since == 0 || seal.since > file.generation ||
        !seal.id.is_of(file.ledger) || seal.id.generation() != file.generation) {
        return Error{Fault::corrupt, "the vault file names its token's key in no way that we do"};
    }
    seal.token = std::move(name).value();
    return seal;
}

Result<void> read_sealing(ByteReader& reader, VaultFile& file) {
    const auto kdf = TRY(reader.u8());
    if (kdf == static_cast<std::uint8_t>(Kdf::scrypt)) {
        file.work = TRY(read_work(reader));
    } else if (kdf == static_cast<std::uint8_t>(Kdf::token)) {
        file.token = TRY(read_token(reader, file));
    } else if (kdf != static_cast<std::uint8_t>(Kdf::none)) {
        return error(Fault::unavailable, "this program does not know how the vault is sealed ({})",
                     kdf);
    }
    return done();
}

// Of what the kdf needs, as it was read.
std::size_t sealing_bytes(const VaultFile& file) {
    if (file.work) {
        return 1 + 4 + 4 + file.work->salt.size();
    }
    return file.token ? 1 + file.token->token.label.size() + 1 + file.token->token.serial.size() +
                            8 + sizeof(file.token->id.bytes) + sizeof(file.token->wrapped)
                      : 0;
}

void append_short_text(Bytes& to, std::string_view text) {
    to.push_back(static_cast<std::uint8_t>(text.size()));
    append(to, text);
}

void append_sealing(Bytes& to, const VaultKey& key) {
    if (const auto& work = key.work()) {
        to.push_back(static_cast<std::uint8_t>(Kdf::scrypt));
        to.push_back(work->cost.log2_n);
        append_u32(to, work->cost.r);
        append_u32(to, work->cost.p);
        append(to, work->salt);
    } else if (const auto& seal = key.token()) {
        to.push_back(static_cast<std::uint8_t>(Kdf::token));
        append_short_text(to, seal->token.label);
        append_short_text(to, seal->token.serial);
        append_u64(to, seal->since);
        append(to, seal->id.bytes);
        append(to, seal->wrapped);
    } else {
        to.push_back(static_cast<std::uint8_t>(Kdf::none));
    }
}

void append_tree(Bytes& to, const Secret& tree) {
    append_u32(to, static_cast<std::uint32_t>(tree.size()));
    append(to, tree.view());
}

Result<KeyTree> read_tree(ByteReader& reader) {
    const auto length = TRY(reader.u32());
    const auto bytes = TRY(reader.take(length));
    return KeyTree::decode(bytes);
}

Bytes associated_data(const VaultContents& contents, const VaultKey& key, const Nonce& nonce) {
    Bytes bytes = copy_of(bytes_of(magic));
    append(bytes, contents.ledger.view());
    append_u64(bytes, contents.generation);
    append_sealing(bytes, key);
    append(bytes, nonce.bytes);
    return bytes;
}

Secret unsealed_key() {
    const auto hash = sha256(bytes_of(unsealed_label));
    return Secret(hash.view());
}

}  // namespace

VaultContents VaultContents::fresh(const Hash& ledger, Secret words_root, Secret documents_root) {
    return {ledger, 1, KeyTree(std::move(words_root)), KeyTree(std::move(documents_root))};
}

Result<VaultFile> VaultFile::read(ByteView bytes) {
    if (bytes.size() > vault_file_bytes_max) {
        return error(Fault::corrupt, "a vault file has at most {} bytes, not {}",
                     vault_file_bytes_max, bytes.size());
    }
    if (bytes.size() < checksum_bytes) {
        return damaged();
    }
    const auto body = bytes.first(bytes.size() - checksum_bytes);
    ByteReader reader(body);
    TRY(read_magic(reader, bytes));
    const auto checksum = sha256(body);
    if (!equal(checksum.view(), bytes.last(checksum_bytes))) {
        return damaged();
    }
    VaultFile file;
    file.ledger = TRY(reader.hash());
    file.generation = TRY(reader.u64());
    if (file.generation == 0 || file.generation > vault_generations_max) {
        return error(Fault::corrupt, "a vault has no generation {}", file.generation);
    }
    TRY(read_sealing(reader, file));
    file.nonce.bytes = TRY(array_from<12>(reader));
    const std::size_t before = magic.size() + 32 + 8 + 1 + sealing_bytes(file) + 12;
    if (body.size() < before + seal_tag_bytes) {
        return damaged();
    }
    file.associated = copy_of(body.first(before));
    file.sealed = copy_of(body.subspan(before));
    return file;
}

Result<VaultKey> VaultKey::make(const Unsealed& /*sealing*/, const VaultSalt& /*salt*/) {
    return VaultKey(unsealed_key(), std::nullopt, std::nullopt);
}

Result<VaultKey> VaultKey::make(const SealedByPassphrase& sealing, const VaultSalt& salt) {
    if (sealing.passphrase.empty()) {
        return Error{Fault::invalid, "the vault's passphrase is empty"};
    }
    auto key = TRY(passphrase_key(sealing.passphrase, salt, sealing.cost));
    return VaultKey(std::move(key), PassphraseWork{sealing.cost, salt}, std::nullopt);
}

Result<VaultKey> VaultKey::make(VaultToken& token, const TokenKeyId& id, std::uint64_t since,
                                Secret file_key) {
    const auto wrapped = TRY(token.wrap_under_new_key(id, file_key));
    return VaultKey(std::move(file_key), std::nullopt,
                    TokenSeal{.token = token.name(), .since = since, .id = id, .wrapped = wrapped});
}

Result<VaultKey> VaultKey::of(const VaultFile& file, const VaultUnlock& unlock) {
    if (file.token) {
        if (unlock.token() == nullptr) {
            return error(Fault::invalid,
                         "the vault is sealed by a key in the token {}, which is not at hand",
                         file.token->token.str());
        }
        auto key = unlock.token()->unwrap(file.token->id, file.token->wrapped);
        if (!key.ok()) {
            return unlock.token()->name() == file.token->token
                       ? std::move(key).error()
                       : std::move(key).error().explain("the vault was sealed in the token {}",
                                                        file.token->token.str());
        }
        return VaultKey(std::move(key).value(), std::nullopt, file.token);
    }
    if (!file.work) {
        return VaultKey(unsealed_key(), std::nullopt, std::nullopt);
    }
    if (unlock.passphrase() == nullptr) {
        return Error{Fault::invalid, "the vault is sealed by a passphrase, and none was given"};
    }
    auto key = TRY(passphrase_key(*unlock.passphrase(), file.work->salt, file.work->cost));
    return VaultKey(std::move(key), file.work, std::nullopt);
}

Bytes vault_bytes(const VaultContents& contents, const VaultKey& key, const Nonce& nonce) {
    const auto words = contents.words.encode();
    const auto documents = contents.documents.encode();
    Bytes trees;
    trees.reserve(words.size() + documents.size() + 8);  // growing would leave seeds behind
    append_tree(trees, words);
    append_tree(trees, documents);
    const Secret plaintext(std::move(trees));
    auto bytes = associated_data(contents, key, nonce);
    const auto sealed = seal_piece(key.secret(), nonce, bytes, plaintext.view());
    append(bytes, sealed);
    const auto checksum = sha256(bytes);
    append(bytes, checksum.view());
    return bytes;
}

Result<VaultContents> open_vault(const VaultFile& file, const VaultKey& key) {
    auto opened = open_piece(key.secret(), file.nonce, file.associated, file.sealed);
    if (!opened.ok()) {
        // The file is whole, so that only the key is left to blame, unless it was forged.
        return file.work    ? Error{Fault::distrusted, "the passphrase does not open the vault"}
               : file.token ? Error{Fault::distrusted,
                                    "the token's key does not open the vault: its file "
                                    "was altered, or another key has taken its place"}
                            : Error{Fault::distrusted, "the vault file was altered"};
    }
    const auto plaintext = std::move(opened).value();
    ByteReader reader(plaintext.view());
    auto words = TRY(read_tree(reader));
    auto documents = TRY(read_tree(reader));
    TRY(reader.finish());
    return VaultContents{file.ledger, file.generation, std::move(words), std::move(documents)};
}

}  // namespace wsoa
