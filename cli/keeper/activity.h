#pragma once

#include <kj/refcount.h>

#include <cstdint>

namespace wsoa {

// What one client does. Shared by its connection and all that it was served, any of which may go
// last.
struct Activity : public kj::Refcounted {
    std::uint64_t calls = 0;  // so far
    unsigned under_way = 0;   // submissions that wait for their answer
    unsigned rows_held = 0;  // stores' moments that it was lent, each of which keeps old rows alive
};

}  // namespace wsoa
