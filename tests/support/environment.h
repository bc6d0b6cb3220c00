#pragma once

#include "ledger/base/environment.h"
#include "ledger/base/sha256.h"

namespace wsoa {

// A clock that shows what it is told, beginning at 2022-03-08T09:00:00Z.
class ManualClock final : public Clock {
public:
    ManualClock() = default;
    explicit ManualClock(Instant start) : now_(start) {}

    Instant now() override { return now_; }
    void set(Instant now) { now_ = now; }
    void advance(std::int64_t ms) { now_.ms += ms; }

private:
    Instant now_{1'646'730'000'000};
};

// The same bytes for the same seed: SHA-256 over seed and counter.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : seed_(seed) {}

    void fill(std::span<std::uint8_t> bytes) override {
        for (auto& byte : bytes) {
            byte = next_byte();
        }
    }
    // A number below the bound, for tests that draw; the bound is not zero.
    std::uint64_t below(std::uint64_t bound) {
        std::uint64_t number = 0;
        for (int i = 0; i < 8; ++i) {
            number = number << 8 | next_byte();
        }
        return number % bound;
    }

private:
    std::uint8_t next_byte() {
        if (used_ == block_.bytes.size()) {
            Bytes input;
            append_u64(input, seed_);
            append_u64(input, counter_++);
            block_ = sha256(input);
            used_ = 0;
        }
        return block_.bytes[used_++];
    }

    std::uint64_t seed_;
    std::uint64_t counter_ = 0;
    Hash block_;
    std::size_t used_ = block_.bytes.size();
};

// Drops every line.
class NullLog final : public Log {
public:
    void write(Level, std::string_view) override {}
};

// A clock, seeded chance and no log, in one.
class TestEnvironment {
public:
    explicit TestEnvironment(std::uint64_t seed = 1) : random_(seed) {}

    Environment environment() { return {clock_, random_, log_}; }
    ManualClock& clock() { return clock_; }
    SeededRandom& random() { return random_; }

private:
    ManualClock clock_;
    SeededRandom random_;
    NullLog log_;
};

}  // namespace wsoa
