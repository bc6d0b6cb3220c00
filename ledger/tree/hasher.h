#pragma once

#include "ledger/base/sha256.h"

namespace wsoa {

// The hashes of the Merkle tree (RFC 9162, 2.1.1; the same as RFC 6962, 2.1) above its leaves, of
// which hash_leaf gives the hash.

// SHA-256(0x01 || left || right).
Hash hash_node(const Hash& left, const Hash& right);

// The root of a tree without leaves: SHA-256 of no bytes at all.
Hash empty_root();

}  // namespace wsoa
