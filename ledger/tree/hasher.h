#pragma once

#include "ledger/base/bytes.h"

namespace wsoa {

// The hashes of the Merkle tree (RFC 9162, 2.1.1; the same as RFC 6962, 2.1). The first byte tells
// leaves from nodes, so that no entry can be passed off as a node.

// SHA-256(0x00 || entry).
Hash hash_leaf(ByteView entry);

// SHA-256(0x01 || left || right).
Hash hash_node(const Hash& left, const Hash& right);

// The root of a tree without leaves: SHA-256 of no bytes at all.
Hash empty_root();

}  // namespace wsoa
