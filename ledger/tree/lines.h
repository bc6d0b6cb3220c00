#pragma once

#include "ledger/base/result.h"

#include <cstdint>
#include <string_view>

namespace wsoa {

// A number in ASCII decimal digits with no leading zero, as every text format of C2SP writes it.
// `invalid` for anything else, or from 2^64 on.
Result<std::uint64_t> parse_decimal(std::string_view text);

// Takes lines off the front of a text. Every line ends in a line feed, the last one too.
class LineReader {
public:
    explicit LineReader(std::string_view text) : rest_(text) {}
    // The next line, without its line feed. `invalid` if there is no line feed any more; `what`
    // names the line in the message: "the size".
    Result<std::string_view> line(std::string_view what);
    // What follows when the next line begins with this; otherwise `invalid`, and nothing is taken.
    Result<std::string_view> line_after(std::string_view beginning);
    bool begins_with(std::string_view beginning) const { return rest_.starts_with(beginning); }
    bool at_end() const { return rest_.empty(); }
    std::string_view rest() const { return rest_; }

private:
    std::string_view rest_;
};

}  // namespace wsoa
