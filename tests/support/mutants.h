#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wsoa {

// How many mutants every parser is shown.
inline constexpr std::size_t mutants_of_a_parser = 100'000;

// Changes valid bytes in the ways that go wrong in the field and in the hands of an attacker: bits
// turned, bytes put in, taken out, doubled, swapped or cut off. The same seed gives the same
// mutants.
class Mutants {
public:
    Mutants(std::string_view valid, std::uint64_t seed)
        : valid_{std::string(valid)}, chance_(seed) {}
    // Each mutant is one of these, drawn anew.
    Mutants(std::vector<std::string> valid, std::uint64_t seed)
        : valid_(std::move(valid)), chance_(seed) {}

    // One to four changes to valid bytes; one half of the mutants has a single one.
    std::string next() {
        std::string bytes = valid_.size() == 1 ? valid_.front() : valid_[below(valid_.size())];
        const std::size_t changes = below(2) == 0 ? 1 : 1 + below(4);
        for (std::size_t i = 0; i < changes; ++i) {
            change(bytes);
        }
        return bytes;
    }

private:
    std::size_t below(std::size_t end) { return static_cast<std::size_t>(chance_() % end); }

    char any_byte() {
        // What the text formats use, or what they should never meet.
        using std::string_view_literals::operator""sv;
        static constexpr auto telling =
            "\n\n+ =/0129x.:@_-TaAfFgGzZ\xe2\x80\x94\t\r\x7f\xff\xc2\xc3\0"sv;
        return below(2) == 0 ? telling[below(telling.size())] : static_cast<char>(below(256));
    }

    void change(std::string& bytes) {
        const std::size_t at = below(bytes.size() + 1);
        const std::size_t length = 1 + below(8);
        if (at == bytes.size()) {
            bytes.push_back(any_byte());
            return;
        }
        switch (below(8)) {
            case 0: bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8))); break;
            case 1: bytes[at] = any_byte(); break;
            case 2: bytes.insert(at, 1, any_byte()); break;
            case 3: bytes.erase(at, 1); break;
            case 4: bytes.erase(at, length); break;
            case 5: bytes.insert(at, bytes.substr(below(bytes.size()), length)); break;
            case 6: std::swap(bytes[at], bytes[below(bytes.size())]); break;
            default: bytes.resize(at); break;
        }
    }

    std::vector<std::string> valid_;
    std::mt19937_64 chance_;
};

}  // namespace wsoa
