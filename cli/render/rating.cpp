#include "cli/render/rating.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace wsoa {
namespace {

constexpr std::array<RatingLook, 9> delivery{{
    {"GY", "Not started", "○", "-", Colour::grey, "grey"},
    {"UN", "Not yet rated", "◌", "?", Colour::grey, "unrated"},
    {"NM", "Not yet measurable", "◇", "~", Colour::grey, "unrated"},
    {"R", "Off track", "▲", "^", Colour::red, "red"},
    {"A", "At risk", "◆", "<>", Colour::yellow, "amber"},
    {"G", "On track", "●", "o", Colour::green, "green"},
    {"B", "Complete", "■", "#", Colour::blue, "blue"},
    {"E", "Embedded", "★", "*", Colour::magenta, "purple"},
    {"NA", "Ended", "□", "=", Colour::grey, "grey"},
}};

constexpr std::array<RatingLook, 4> impact{{
    {"NM", "Not yet measurable", "◇", "~", Colour::grey, "unrated"},
    {"R", "No effect yet", "▲", "^", Colour::red, "red"},
    {"A", "Some effect", "◆", "<>", Colour::yellow, "amber"},
    {"G", "At target", "●", "o", Colour::green, "green"},
}};

Cell cell_in(std::span<const RatingLook> looks, std::string_view code, const Style& style) {
    const auto* const look = look_in(looks, code);
    if (look == nullptr) {
        return {fmt::format("? {}", code), Colour::plain};
    }
    return {fmt::format("{} {}", style.is_ascii ? look->ascii_shape : look->shape, look->word),
            look->colour};
}

std::string_view word_in(std::span<const RatingLook> looks, std::string_view code) {
    const auto* const look = look_in(looks, code);
    return look == nullptr ? code : look->word;
}

}  // namespace

std::span<const RatingLook> rating_looks() { return delivery; }
std::span<const RatingLook> impact_looks() { return impact; }

const RatingLook* look_in(std::span<const RatingLook> looks, std::string_view code) {
    const auto found = std::ranges::find(looks, code, &RatingLook::code);
    return found == looks.end() ? nullptr : &*found;
}

Cell rating_cell(std::string_view code, const Style& style) {
    return cell_in(delivery, code, style);
}
Cell impact_cell(std::string_view code, const Style& style) { return cell_in(impact, code, style); }

std::string_view rating_word(std::string_view code) { return word_in(delivery, code); }
std::string_view impact_word(std::string_view code) { return word_in(impact, code); }

}  // namespace wsoa
