#pragma once

#include "ledger/evidence/vault_format.h"
#include "ledger/keys/signature.h"

#include <memory>
#include <string>
#include <string_view>

namespace wsoa {

// The bytes of a spare: what brings a ledger back whose passphrase is forgotten, for a safe.
//   "wsoa-spare/v1\n" | u32 length | vault file | u32 length | key file | SHA-256 of all before, 32
// The vault file is one of vault_format.h, of the generation that the vault had then; the key file
// is the ledger's own signing key (PEM, key_file.h). Both are sealed by one passphrase, which is
// not the ledger's. The hash at the end protects nothing; it tells a damaged file from a wrong
// passphrase.
inline constexpr std::size_t spare_key_bytes_max = 4'096;
inline constexpr std::size_t spare_bytes_max = vault_file_bytes_max + spare_key_bytes_max + 64;

// A spare taken apart, not yet opened.
struct SpareFile {
    VaultFile vault;
    std::string key_pem;

    // `invalid` if the bytes are something else than a spare; `corrupt` if they are not a whole
    // one, or one that no passphrase seals; `unavailable` for a version that this program does not
    // know.
    static Result<SpareFile> read(ByteView bytes);
};

// What a spare brings back.
struct SpareContents {
    VaultContents vault;
    std::unique_ptr<MemorySigner> key;  // that signed for the ledger when the spare was made
};

// `distrusted` if the passphrase is not the spare's.
Result<SpareContents> open_spare(const SpareFile& spare, const Secret& passphrase);

// The vault file and the key file are sealed already.
Bytes spare_bytes(ByteView vault_file, std::string_view key_pem);

}  // namespace wsoa
