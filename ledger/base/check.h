#pragma once

namespace wsoa {

// Ends the program, naming the broken assumption and its place.
[[noreturn]] void check_failed(const char* what, const char* file, int line);

}  // namespace wsoa

// A contradiction in the program itself, never in its input. Also in release: a ledger that goes on
// after one could sign something untrue.
#define CHECK(condition)                                          \
    do {                                                          \
        if (!(condition)) [[unlikely]] {                          \
            ::wsoa::check_failed(#condition, __FILE__, __LINE__); \
        }                                                         \
    } while (false)
