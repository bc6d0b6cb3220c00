#include "cli/render/text.h"

#include "ledger/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace wsoa {
namespace {

bool continues(std::string_view text, std::size_t at, unsigned least, unsigned most) {
    if (at >= text.size()) {
        return false;
    }
    const auto byte = static_cast<std::uint8_t>(text[at]);
    return byte >= least && byte <= most;
}

// The length of the well-formed sequence at the front (RFC 3629, section 4), 0 if there is none.
std::size_t sequence_length(std::string_view text) {
    const auto lead = static_cast<std::uint8_t>(text.front());
    if (lead < 0x80) {
        return 1;
    }
    const auto tail = [&](std::size_t at) { return continues(text, at, 0x80, 0xbf); };
    if (lead >= 0xc2 && lead <= 0xdf) {
        return tail(1) ? 2 : 0;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
        // Overlong forms and surrogates lie just past the second byte's narrower range.
        const unsigned least = lead == 0xe0 ? 0xa0 : 0x80;
        const unsigned most = lead == 0xed ? 0x9f : 0xbf;
        return continues(text, 1, least, most) && tail(2) ? 3 : 0;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        const unsigned least = lead == 0xf0 ? 0x90 : 0x80;
        const unsigned most = lead == 0xf4 ? 0x8f : 0xbf;
        return continues(text, 1, least, most) && tail(2) && tail(3) ? 4 : 0;
    }
    return 0;
}

bool is_control(const Utf8Piece& piece) {
    const auto first = static_cast<std::uint8_t>(piece.bytes.front());
    if (piece.bytes.size() == 1) {
        return first < 0x20 || first == 0x7f;
    }
    return piece.bytes.size() == 2 && first == 0xc2 &&
           static_cast<std::uint8_t>(piece.bytes[1]) < 0xa0;
}

// Lays words out on lines; remembers the width so that it is measured once.
class Wrapper {
public:
    explicit Wrapper(std::size_t width) : width_(std::max<std::size_t>(width, 1)) {}

    void add_word(std::string_view word) {
        const auto word_width = width_of(word);
        const std::size_t gap = line_.empty() ? 0 : 1;
        if (line_width_ + gap + word_width <= width_) {
            line_.append(gap, ' ');
            line_ += word;
            line_width_ += gap + word_width;
            return;
        }
        if (!line_.empty()) {
            end_line();
        }
        for (auto rest = word; !rest.empty();) {
            const auto piece = first_piece(rest).bytes;
            const auto piece_width = width_of(piece);
            if (line_width_ + piece_width > width_ && !line_.empty()) {
                end_line();
            }
            line_ += piece;
            line_width_ += piece_width;
            rest.remove_prefix(piece.size());
        }
    }

    void end_line() {
        lines_.push_back(std::move(line_));
        line_.clear();
        line_width_ = 0;
    }

    std::vector<std::string> take() { return std::move(lines_); }

private:
    std::size_t width_;
    std::string line_;
    std::size_t line_width_ = 0;
    std::vector<std::string> lines_;
};

}  // namespace

Utf8Piece first_piece(std::string_view text) {
    const auto length = sequence_length(text);
    return length == 0 ? Utf8Piece{text.substr(0, 1), false}
                       : Utf8Piece{text.substr(0, length), true};
}

std::string printable(std::string_view text) {
    std::string shown;
    shown.reserve(text.size());
    while (!text.empty()) {
        const auto piece = first_piece(text);
        if (piece.bytes == "\n") {
            shown += "\\n";
        } else if (!piece.is_valid || is_control(piece)) {
            for (const char byte : piece.bytes) {
                shown += fmt::format("\\x{:02x}", static_cast<std::uint8_t>(byte));
            }
        } else {
            shown += piece.bytes;
        }
        text.remove_prefix(piece.bytes.size());
    }
    return shown;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    Wrapper wrapper(width);
    std::size_t at = 0;
    while (at < text.size()) {
        if (text[at] == '\n') {
            wrapper.end_line();
            ++at;
        } else if (text[at] == ' ') {
            ++at;
        } else {
            const auto end = std::min(text.find_first_of(" \n", at), text.size());
            wrapper.add_word(text.substr(at, end - at));
            at = end;
        }
    }
    wrapper.end_line();
    return wrapper.take();
}

std::string hanging(std::string_view text, std::size_t indent, std::size_t width) {
    const auto room = width > indent + 20 ? width - indent : 20;
    std::string block;
    for (const auto& line : wrapped(text, room)) {
        if (!block.empty()) {
            block += '\n';
            block.append(indent, ' ');
        }
        block += line;
    }
    return block;
}

}  // namespace wsoa
