#include "cli/lines.h"

#include "ledger/base/limits.h"

#include <istream>
#include <optional>

namespace wsoa {
namespace {

// Null at the end.
Result<std::optional<std::string>> next_line(std::istream& input, std::size_t number) {
    std::string text;
    char c = 0;
    bool is_any = false;
    while (input.get(c)) {
        is_any = true;
        if (c == '\n') {
            break;
        }
        if (text.size() == limits::json_line_bytes_max) {
            return error(Fault::invalid, "line {} has more than {} bytes", number,
                         limits::json_line_bytes_max);
        }
        text.push_back(c);
    }
    if (input.bad()) {
        return Error{Fault::unavailable, "the lines could not be read to their end"};
    }
    return is_any ? std::optional(std::move(text)) : std::nullopt;
}

}  // namespace

Result<void> each_line(
    std::istream& input,
    const std::function<Result<void>(std::size_t number, const std::string& line)>& visit) {
    for (std::size_t number = 1;; ++number) {
        const auto line = TRY(next_line(input, number));
        if (!line) {
            return done();
        }
        if (line->find_first_not_of(" \t\r") != std::string::npos) {
            TRY(visit(number, *line));
        }
    }
}

}  // namespace wsoa
