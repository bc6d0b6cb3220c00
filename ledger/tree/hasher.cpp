#include "ledger/tree/hasher.h"

#include <algorithm>

namespace wsoa {
namespace {

constexpr std::uint8_t node_prefix = 1;

}  // namespace

Hash hash_node(const Hash& left, const Hash& right) {
    std::array<std::uint8_t, 65> buffer{node_prefix};
    std::ranges::copy(left.bytes, buffer.begin() + 1);
    std::ranges::copy(right.bytes, buffer.begin() + 33);
    return sha256(buffer);
}

Hash empty_root() { return sha256({}); }

}  // namespace wsoa
