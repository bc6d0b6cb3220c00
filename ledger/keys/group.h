#pragma once

#include "ledger/base/bytes.h"

#include <cstdint>

namespace wsoa {

// Where on the curve edwards25519 (RFC 8032, 5.1) 32 bytes lie, taken as an encoded point.
//
// The curve has 8 * L points, L a prime: eight of them have a small order (1, 2, 4 or 8), those of
// order L together with the neutral one are the group that signatures are meant for, and all others
// are a sum of both.
enum class PointOrder : std::uint8_t {
    prime,          // order L: what an honest key has
    small,          // one of the eight points, the neutral one among them
    mixed,          // order 2 L, 4 L or 8 L
    no_point,       // no x belongs to this y
    not_canonical,  // y is p or more, or x is zero with its sign bit set: another spelling exists
};

// Pure and slow, a third of a millisecond: meant for enrolling a key, not for each signature. Takes
// any bytes. Not in constant time, since a public key is no secret.
PointOrder order_of_point(const Hash& encoded);

}  // namespace wsoa
