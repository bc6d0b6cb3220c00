#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/names.h"

#include <memory>
#include <string_view>

namespace wsoa {

// What a signature is for. The label and a line feed stand before the signed bytes, so that a
// signature given for one purpose can never be shown as one given for another.
namespace label {
inline constexpr std::string_view change = "wsoa-ledger/change/v1";
inline constexpr std::string_view founder_proof = "wsoa-ledger/founder-proof/v1";
inline constexpr std::string_view key_proof = "wsoa-ledger/key-proof/v1";
inline constexpr std::string_view ledger_key_proof = "wsoa-ledger/ledger-key-proof/v1";
inline constexpr std::string_view ledger_key_handover = "wsoa-ledger/ledger-key-handover/v1";
inline constexpr std::string_view session = "wsoa-ledger/session/v1";
}  // namespace label

// label || 0x0a || bytes: what is signed.
Bytes labelled(std::string_view label, ByteView bytes);

// Who can sign with one key. Signatures are Ed25519 (RFC 8032, PureEdDSA).
class Signer {
public:
    virtual ~Signer() = default;
    virtual const KeyId& key() const = 0;
    // Over exactly these bytes; callers label them, but for signed notes, which are signed as they
    // are.
    virtual Signature sign(ByteView message) const = 0;
};

// Whether the signature holds, by OpenSSL's cofactorless check: the verdict that WebCrypto gives
// too.
bool verify(const KeyId& key, ByteView message, const Signature& signature);

// A public key made ready to check many signatures by `verify`, for less each. For one thread.
class SignatureReader {
public:
    explicit SignatureReader(const KeyId& key);
    ~SignatureReader();
    SignatureReader(const SignatureReader&) = delete;
    SignatureReader& operator=(const SignatureReader&) = delete;

    bool holds(ByteView message, const Signature& signature);

private:
    struct Handle;
    std::unique_ptr<Handle> handle_;
};

// Whether a public key may be enrolled: its encoding is canonical and its point lies in the
// prime-order group. A low-order key signs many messages at once, so nothing it signed binds
// anyone.
Result<void> check_public_key(const KeyId& key);

// What a key signs to show that its holder wants it enrolled, its label included.
// For a founder: origin || 0x0a || person || 0x0a || key. For everyone else: ledger || key ||
// person.
Bytes founder_proof_message(const Origin& origin, const PersonId& person, const KeyId& key);
Bytes key_proof_message(const Hash& ledger, const PersonId& person, const KeyId& key);
// For a new ledger key: the new key signs ledger || new key, and the old one signs the same under
// another label.
Bytes ledger_key_proof_message(const Hash& ledger, const KeyId& new_key);
Bytes ledger_key_handover_message(const Hash& ledger, const KeyId& new_key);

// A key in memory, from its 32-byte seed (RFC 8032, 5.1.5).
class MemorySigner final : public Signer {
public:
    // `invalid` unless the seed has 32 bytes.
    static Result<std::unique_ptr<MemorySigner>> from_seed(const Secret& seed);
    ~MemorySigner() override;
    MemorySigner(const MemorySigner&) = delete;
    MemorySigner& operator=(const MemorySigner&) = delete;

    const KeyId& key() const override { return key_; }
    Signature sign(ByteView message) const override;
    // For the key file that is to hold it.
    Secret seed() const;

private:
    struct Handle;
    MemorySigner(std::unique_ptr<Handle> handle, const KeyId& key);
    std::unique_ptr<Handle> handle_;
    KeyId key_;
};

}  // namespace wsoa
