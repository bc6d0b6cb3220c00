#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wsoa {

// The terminal's own 4-bit colours, so that the reader's theme decides how they look. The numbers
// are those of ECMA-48 (SGR).
enum class Colour : std::uint8_t {
    plain = 0,
    bold = 1,
    red = 31,
    green = 32,
    yellow = 33,
    blue = 34,
    magenta = 35,
    cyan = 36,
    grey = 90,
};

// How text is laid out for the one who reads it.
struct Style {
    std::size_t width = 80;      // columns
    bool has_colour = false;     // escape sequences are understood and wanted
    bool is_accessible = false;  // read aloud: no table art, labels before values
    bool is_ascii = false;       // shapes beyond ASCII may not show
};

// The text in that colour, or as it is where the style has none. The text must not be painted yet.
std::string painted(std::string_view text, Colour colour, const Style& style);

}  // namespace wsoa
