#pragma once

#include "ledger/base/bytes.h"

#include <initializer_list>
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
// Of the parts one after another.
Hash sha256(std::initializer_list<ByteView> parts);

// The hash of a Merkle tree's leaf, SHA-256(0x00 || entry) (RFC 9162, 2.1.1; the same as RFC 6962,
// 2.1). The zero byte tells leaves from nodes, which begin with a one, so that no entry can be
// passed off as a node.
Hash hash_leaf(ByteView entry);

// HMAC-SHA-256 (RFC 2104) over the message; a secret of 32 bytes.
Secret hmac_sha256(ByteView key, ByteView message);

}  // namespace wsoa
