#include "ledger/tree/lines.h"

#include <charconv>
#include <string>

namespace wsoa {

Result<std::uint64_t> parse_decimal(std::string_view text) {
    const bool is_plain = !text.empty() &&
                          text.find_first_not_of("0123456789") == std::string_view::npos &&
                          (text == "0" || text.front() != '0');
    if (!is_plain) {
        return Error{Fault::invalid, "this is not a decimal number without leading zeros"};
    }
    std::uint64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{}) {
        return Error{Fault::invalid, "the number is too large"};
    }
    return number;
}

Result<std::string_view> LineReader::line(std::string_view what) {
    const auto end = rest_.find('\n');
    if (end == std::string_view::npos) {
        return error(Fault::invalid, "the text ends before {}", what);
    }
    const auto taken = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return taken;
}

Result<std::string_view> LineReader::line_after(std::string_view beginning) {
    if (!begins_with(beginning)) {
        return error(Fault::invalid, "a line should begin with \"{}\"", beginning);
    }
    const auto whole = TRY(line(beginning));
    return whole.substr(beginning.size());
}

}  // namespace wsoa
