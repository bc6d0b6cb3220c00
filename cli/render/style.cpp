#include "cli/render/style.h"

#include <fmt/format.h>

namespace wsoa {

std::string painted(std::string_view text, Colour colour, const Style& style) {
    if (!style.has_colour || colour == Colour::plain || text.empty()) {
        return std::string(text);
    }
    return fmt::format("\x1b[{}m{}\x1b[0m", static_cast<int>(colour), text);
}

}  // namespace wsoa
