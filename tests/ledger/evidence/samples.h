#pragma once

#include "ledger/base/bytes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <random>
#include <sstream>
#include <string>

namespace wsoa::test {

// 32 bytes that count up from the first, for keys that tell one another apart.
inline Bytes counting_bytes(std::uint8_t first) {
    Bytes bytes(32);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>(first + i);
    }
    return bytes;
}
inline Secret secret_from(std::uint8_t first) { return Secret(counting_bytes(first)); }
inline Hash hash_from(std::uint8_t first) { return Hash::of(counting_bytes(first)).value(); }

// The text of tests/golden/evidence/<name> without its last line feed; empty if it is not there.
inline std::string golden(const std::string& name) {
    std::ifstream file(std::string(WSOA_SOURCE "/tests/golden/evidence/") + name);
    std::ostringstream text;
    text << file.rdbuf();
    auto content = text.str();
    if (!content.empty() && content.back() == '\n') {
        content.pop_back();
    }
    return content;
}

// Damaged forms of the same bytes: a few bits flipped, bytes set, taken out or put in, the end cut
// off or repeated. The same seed gives the same forms.
class Mutants {
public:
    Mutants(Bytes bytes, std::uint64_t seed) : bytes_(std::move(bytes)), random_(seed) {}

    Bytes next() {
        Bytes mutant = bytes_;
        for (auto left = 1 + below(3); left > 0; --left) {
            change(mutant);
        }
        return mutant;
    }

private:
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }
    std::ptrdiff_t place(const Bytes& mutant) {
        // Heads and counts stand in front: half of the damage goes there.
        const auto bound = below(2) == 0 ? std::min<std::size_t>(mutant.size(), 64) : mutant.size();
        return static_cast<std::ptrdiff_t>(below(bound));
    }
    void change(Bytes& mutant) {
        if (mutant.empty()) {
            return;
        }
        const auto at = mutant.begin() + place(mutant);
        switch (below(6)) {
            case 0: *at = static_cast<std::uint8_t>(*at ^ (1U << below(8))); break;
            case 1: *at = static_cast<std::uint8_t>(random_()); break;
            case 2: mutant.erase(at); break;
            case 3: mutant.insert(at, static_cast<std::uint8_t>(random_())); break;
            case 4: mutant.resize(below(mutant.size() + 1)); break;
            default: mutant.insert(mutant.end(), bytes_.begin(), bytes_.end()); break;
        }
    }

    Bytes bytes_;
    std::mt19937_64 random_;
};

}  // namespace wsoa::test
