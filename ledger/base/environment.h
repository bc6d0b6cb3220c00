#pragma once

#include "ledger/base/time.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace wsoa {

// The machine's time of day.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() = 0;
};

// Bytes that nobody can foresee.
class Random {
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

// What an operator reads afterwards: an event name and key=value pairs, never evidence, names or
// secrets.
class Log {
public:
    enum class Level : std::uint8_t { debug, info, warning, error };
    virtual ~Log() = default;
    virtual void write(Level level, std::string_view line) = 0;
};

// The outside world, handed in: the same seed and clock give the same bytes on disk.
struct Environment {
    Clock& clock;
    Random& random;
    Log& log;
};

}  // namespace wsoa
