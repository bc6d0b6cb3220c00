#pragma once

#include "ledger/keys/signature.h"

#include <optional>
#include <string>
#include <string_view>

namespace wsoa {

// Standard files for keys, which `openssl pkey` reads: PKCS#8 PEM for private keys, in clear
// ("PRIVATE KEY") or under a passphrase ("ENCRYPTED PRIVATE KEY": PBES2, scrypt N=2^14 r=8 p=4,
// AES-256-CBC), and SPKI PEM for public ones (RFC 8410). A file holds one block and nothing beside
// it but white space.

// Whether the PEM text is sealed under a passphrase. `invalid` if it is no private key at all.
Result<bool> is_sealed(std::string_view pem);

// `distrusted` if the passphrase does not open it; `invalid` if it is no Ed25519 key, holds more
// than one block, or asks for more work than we write ourselves; PBKDF2, by which the openssl
// program seals, may ask for a million iterations. A passphrase for a clear file is ignored. What
// is sealed carries no mark of its own: a damaged file may give another key, so compare it with the
// one that was expected.
Result<std::unique_ptr<MemorySigner>> read_private_key(std::string_view pem,
                                                       const std::optional<Secret>& passphrase);

// In clear without a passphrase. `invalid` for an empty one or one over 1,023 bytes. `salt` and
// `iv` come from random bytes, 16 each.
Result<std::string> write_private_key(const MemorySigner& signer,
                                      const std::optional<Secret>& passphrase,
                                      ByteView salt_and_iv);

Result<KeyId> read_public_key(std::string_view pem);
std::string write_public_key(const KeyId& key);

}  // namespace wsoa
