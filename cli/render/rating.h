#pragma once

#include "cli/render/table.h"

#include <span>
#include <string>
#include <string_view>

namespace wsoa {

// How a rating of the default scale is shown. Word and shape say it all; colour only helps.
struct RatingLook {
    std::string_view code;
    std::string_view word;
    std::string_view shape;        // one column wide
    std::string_view ascii_shape;  // one or two, for terminals that show only ASCII
    Colour colour = Colour::plain;
    std::string_view colour_name = {};  // as people call it: "amber", where a terminal has yellow
};

// The default scale of delivery, from not started to embedded, and the sign of what has ended.
std::span<const RatingLook> rating_looks();
// The default scale of impact, which has some of the same codes and other words.
std::span<const RatingLook> impact_looks();

// "◆ At risk". A code that the default scale does not have stands for itself: "? XY".
Cell rating_cell(std::string_view code, const Style& style);

Cell impact_cell(std::string_view code, const Style& style);

// The word alone, for prose; the code where there is none.
std::string_view rating_word(std::string_view code);
std::string_view impact_word(std::string_view code);

// Null for a code that the scale does not have.
const RatingLook* look_in(std::span<const RatingLook> looks, std::string_view code);

}  // namespace wsoa
