#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wsoa::test {

// Texts that are nearly right: one to three edits away from a valid one. The same seed gives the
// same texts.
class Mutator {
public:
    Mutator(std::uint64_t seed, std::vector<std::string> valid)
        : chance_(seed), valid_(std::move(valid)) {}

    std::string next() {
        std::string text = valid_[below(valid_.size())];
        for (std::size_t edits = 1 + below(3); edits > 0; --edits) {
            edit(text);
        }
        return text;
    }

private:
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(chance_() % bound); }
    // Half of the time a character that parsers care about, else any byte.
    char character() {
        constexpr std::string_view telling = "0129aAfFgGzZ-+.:/=@T_ \n\0\x7f\x80\xc3\xff";
        return below(2) == 0 ? telling[below(telling.size())] : static_cast<char>(below(256));
    }
    void edit(std::string& text) {
        const auto place = below(text.size() + 1);
        switch (below(6)) {
            case 0: text.insert(place, 1, character()); return;
            case 1: text.erase(place, 1 + below(4)); return;
            case 2: text.resize(place); return;
            case 3: text.insert(place, text.substr(place, below(8))); return;
            default: break;
        }
        if (place < text.size()) {
            text[place] =
                below(2) == 0 ? character() : static_cast<char>(text[place] ^ (1 << below(8)));
        }
    }

    std::mt19937_64 chance_;
    std::vector<std::string> valid_;
};

inline constexpr int mutants = 100'000;

}  // namespace wsoa::test
