#include "cli/render/rating.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace wsoa {
namespace {

constexpr std::array<RatingLook, 8> looks{{
    {"GY", "Not started", "○", "-", Colour::grey},
    {"UN", "Not yet rated", "◌", "?", Colour::grey},
    {"NM", "Not yet measurable", "◇", "~", Colour::grey},
    {"R", "Off track", "▲", "^", Colour::red},
    {"A", "At risk", "◆", "<>", Colour::yellow},
    {"G", "On track", "●", "o", Colour::green},
    {"B", "Complete", "■", "#", Colour::blue},
    {"E", "Embedded", "★", "*", Colour::magenta},
}};

const RatingLook* look_of(std::string_view code) {
    const auto* const found = std::ranges::find(looks, code, &RatingLook::code);
    return found == looks.end() ? nullptr : found;
}

}  // namespace

std::span<const RatingLook> rating_looks() { return looks; }

Cell rating_cell(std::string_view code, const Style& style) {
    const auto* const look = look_of(code);
    if (look == nullptr) {
        return {fmt::format("? {}", code), Colour::plain};
    }
    return {fmt::format("{} {}", style.is_ascii ? look->ascii_shape : look->shape, look->word),
            look->colour};
}

std::string_view rating_word(std::string_view code) {
    const auto* const look = look_of(code);
    return look == nullptr ? code : look->word;
}

}  // namespace wsoa
