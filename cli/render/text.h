#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

// One UTF-8 sequence of a text, or a single byte where the text is not valid UTF-8 (RFC 3629).
struct Utf8Piece {
    std::string_view bytes;
    bool is_valid = false;
};

// The next piece of a text that is not empty.
Utf8Piece first_piece(std::string_view text);

// Text that came from outside, safe to show on one line of a terminal: control characters (C0, C1
// and DEL, line breaks too) and bytes that are not UTF-8 become \xNN or \n, so that nobody's text
// can move the cursor or look like a line of ours.
std::string printable(std::string_view text);

// Lines of at most `width` columns, broken between words; a word too long for a line is cut between
// characters. Line breaks in the text stay. There is always at least one line.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

// The text wrapped, each line after the first indented by so many columns. The first line is taken
// to start at that column already.
std::string hanging(std::string_view text, std::size_t indent, std::size_t width);

}  // namespace wsoa
