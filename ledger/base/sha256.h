#pragma once

#include "ledger/base/bytes.h"

#include <memory>

namespace wsoa {

// SHA-256 (FIPS 180-4) over bytes that come in pieces.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    Sha256& add(ByteView bytes);
    Sha256& add(std::string_view text) { return add(bytes_of(text)); }
    // The hash of everything added. The object starts afresh.
    Hash finish();

private:
    struct Context;
    std::unique_ptr<Context> context_;
};

Hash sha256(ByteView bytes);

// HMAC-SHA-256 (RFC 2104) over the message; a secret of 32 bytes.
Secret hmac_sha256(ByteView key, ByteView message);

}  // namespace wsoa
