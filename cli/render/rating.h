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
};

// The default scale, from not started to embedded.
std::span<const RatingLook> rating_looks();

// "◆ At risk". A code that the default scale does not have stands for itself: "? XY".
Cell rating_cell(std::string_view code, const Style& style);

// The word alone, for prose; the code where there is none.
std::string_view rating_word(std::string_view code);

}  // namespace wsoa
