#include "ledger/tree/hasher.h"

#include "ledger/base/sha256.h"

#include <algorithm>

namespace wsoa {
namespace {

constexpr std::uint8_t leaf_prefix = 0;
constexpr std::uint8_t node_prefix = 1;

// Most entries are a few hundred bytes: copying one beside its prefix costs less than setting up a
// hash that takes pieces.
constexpr std::size_t small_entry_bytes_max = 511;

}  // namespace

Hash hash_leaf(ByteView entry) {
    if (entry.size() > small_entry_bytes_max) {
        return Sha256().add(ByteView(&leaf_prefix, 1)).add(entry).finish();
    }
    std::array<std::uint8_t, 1 + small_entry_bytes_max> buffer{leaf_prefix};
    std::ranges::copy(entry, buffer.begin() + 1);
    return sha256(ByteView(buffer).first(1 + entry.size()));
}

Hash hash_node(const Hash& left, const Hash& right) {
    std::array<std::uint8_t, 65> buffer{node_prefix};
    std::ranges::copy(left.bytes, buffer.begin() + 1);
    std::ranges::copy(right.bytes, buffer.begin() + 33);
    return sha256(buffer);
}

Hash empty_root() { return sha256({}); }

}  // namespace wsoa
