#pragma once

#include "ledger/base/result.h"

#include <functional>
#include <iosfwd>
#include <string>

namespace wsoa {

// Calls with each line of a stream, without its line break, and its number from 1; a line of white
// space is passed over. `invalid` for a line above json_line_bytes_max.
Result<void> each_line(
    std::istream& input,
    const std::function<Result<void>(std::size_t number, const std::string& line)>& visit);

}  // namespace wsoa
