#pragma once

#include "ledger/base/bytes.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

// What libFuzzer calls with each input. Returns 0; a promise that does not hold ends the program.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace wsoa::test {

// Cuts an input into the pieces that a target wants. Past its end every piece is empty and every
// number 0, so that no input is turned away.
class Cutter {
public:
    explicit Cutter(ByteView input) : rest_(input) {}

    std::uint8_t byte() {
        const auto piece = take(1);
        return piece.empty() ? std::uint8_t{0} : piece[0];
    }
    std::uint64_t number(std::size_t bytes) {
        std::uint64_t value = 0;
        for (const auto piece : take(bytes)) {
            value = value << 8 | piece;
        }
        return value;
    }
    ByteView take(std::size_t bytes) {
        const auto count = std::min(bytes, rest_.size());
        const auto piece = rest_.first(count);
        rest_ = rest_.subspan(count);
        return piece;
    }
    // A piece after its length, in one or two bytes.
    ByteView sized(std::size_t length_bytes) {
        return take(static_cast<std::size_t>(number(length_bytes)));
    }
    ByteView rest() { return take(rest_.size()); }
    bool at_end() const { return rest_.empty(); }

private:
    ByteView rest_;
};

// Whether what is written of a value that was read is the text that it was read from.
template <typename T>
bool is_its_own_spelling(const Result<T>& read, std::string_view text) {
    return !read.ok() || read.value().str() == text;
}

}  // namespace wsoa::test
