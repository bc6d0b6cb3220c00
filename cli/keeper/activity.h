#pragma once

#include <kj/refcount.h>

#include <cstdint>

namespace wsoa {

// What one client does. Shared by its connection and all that it was served, any of which may go
// last.
struct Activity : public kj::Refcounted {
    std::uint64_t calls = 0;  // so far
    unsigned under_way = 0;   // submissions that wait for their answer
    // Stores' moments that it was lent. Each keeps old rows from going, so there is a bound.
    unsigned rows_held = 0;
    static constexpr unsigned rows_held_max = 64;
};

}  // namespace wsoa
