#include "ledger/evidence/vault_spare.h"

#include "ledger/base/sha256.h"
#include "ledger/keys/key_file.h"

#include <utility>

namespace wsoa {
namespace {

constexpr std::string_view magic = "wsoa-spare/v1\n";
constexpr std::string_view magic_of_any_version = "wsoa-spare/v";
constexpr std::size_t checksum_bytes = 32;
static_assert(magic.size() + 2 * 4 + checksum_bytes <= 64);

Error damaged() {
    return Error{Fault::corrupt, "the spare is damaged or incomplete",
                 "take another copy of it, or another spare"};
}

Result<ByteView> take_part(ByteReader& reader, std::size_t bytes_max) {
    const auto length = TRY(reader.u32());
    if (length > bytes_max) {
        return damaged();
    }
    return reader.take(length);
}

}  // namespace

Result<SpareFile> SpareFile::read(ByteView bytes) {
    if (!text_of(bytes).starts_with(magic_of_any_version)) {
        return Error{Fault::invalid, "this is no spare of a vault",
                     "name the file that `wsoa init --vault-spare` or `wsoa vault spare` wrote"};
    }
    if (bytes.size() < magic.size() + checksum_bytes || bytes.size() > spare_bytes_max) {
        return damaged();
    }
    if (!text_of(bytes).starts_with(magic)) {
        return Error{Fault::unavailable, "this program does not know the spare's version",
                     "use the program that wrote it, or a newer one"};
    }
    const auto body = bytes.first(bytes.size() - checksum_bytes);
    const auto checksum = sha256(body);
    if (!equal(checksum.view(), bytes.last(checksum_bytes))) {
        return damaged();
    }
    ByteReader reader(body.subspan(magic.size()));
    const auto vault_bytes = TRY(take_part(reader, vault_file_bytes_max));
    const auto pem = TRY(take_part(reader, spare_key_bytes_max));
    TRY(reader.finish());
    auto vault = TRY(VaultFile::read(vault_bytes));
    const auto is_key_sealed = TRY(is_sealed(text_of(pem)));
    if (!vault.work || !is_key_sealed) {
        return Error{Fault::corrupt, "the spare is not sealed, which none of ours is"};
    }
    return SpareFile{.vault = std::move(vault), .key_pem = std::string(text_of(pem))};
}

Result<SpareContents> open_spare(const SpareFile& spare, const Secret& passphrase) {
    const auto given = std::optional(Secret(passphrase.view()));
    const auto key = TRY(VaultKey::of(spare.vault, given));
    auto vault = open_vault(spare.vault, key);
    if (!vault.ok()) {
        return vault.error().fault != Fault::distrusted
                   ? std::move(vault).error()
                   : Error{Fault::distrusted, "the passphrase does not open the spare",
                           "it has one of its own, which was set when the spare was made"};
    }
    auto signer = TRY(read_private_key(spare.key_pem, given));
    return SpareContents{.vault = std::move(vault).value(), .key = std::move(signer)};
}

Bytes spare_bytes(ByteView vault_file, std::string_view key_pem) {
    CHECK(vault_file.size() <= vault_file_bytes_max && key_pem.size() <= spare_key_bytes_max);
    Bytes bytes = copy_of(bytes_of(magic));
    append_u32(bytes, static_cast<std::uint32_t>(vault_file.size()));
    append(bytes, vault_file);
    append_u32(bytes, static_cast<std::uint32_t>(key_pem.size()));
    append(bytes, key_pem);
    const auto checksum = sha256(bytes);
    append(bytes, checksum.view());
    return bytes;
}

}  // namespace wsoa
