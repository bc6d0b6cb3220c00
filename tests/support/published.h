#pragma once

#include "ledger/base/bytes.h"
#include "tests/support/golden_text.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

// The test vectors in tests/golden/vectors, which schemas/README.md describes for others.
namespace wsoa::test {

inline std::string hex_of(const Hash& hash) { return to_hex(hash.view()); }
inline std::vector<std::string> hexes_of(const std::vector<Hash>& hashes) {
    std::vector<std::string> hexes;
    for (const auto& hash : hashes) {
        hexes.push_back(hex_of(hash));
    }
    return hexes;
}
// The same bytes but for the lowest bit of one.
inline Bytes with_bit(Bytes bytes, std::size_t at) {
    bytes.at(at) ^= 1;
    return bytes;
}

// One file of vectors: each with a name, what a verifier makes of it, and why.
class Cases {
public:
    class Case {
    public:
        explicit Case(nlohmann::ordered_json& json) : json_(json) {}
        template <typename Value>
        Case& set(std::string_view name, const Value& value) {
            json_[std::string(name)] = value;
            return *this;
        }

    private:
        nlohmann::ordered_json& json_;
    };
    Case add(std::string_view name, std::string_view expect, std::string_view why) {
        all_.push_back({{"name", name}, {"expect", expect}, {"why", why}});
        return Case(all_.back());
    }
    std::string text() const { return all_.dump(1) + "\n"; }

private:
    nlohmann::ordered_json all_ = nlohmann::ordered_json::array();
};

inline void expect_published(const std::string& file, const Cases& cases) {
    expect_golden_text("vectors/" + file, cases.text());
}

}  // namespace wsoa::test
