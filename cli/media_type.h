#pragma once

#include "ledger/base/bytes.h"

#include <string>
#include <string_view>

namespace wsoa {

// So many of a file's first bytes tell what it is.
inline constexpr std::size_t media_type_head_bytes = 1'048'576;

// What sort of file it is, by its first bytes and by its name: where the name's ending says it more
// closely ("text/csv" for plain text), the name is believed. `invalid` if the two contradict each
// other; `unavailable` if the system cannot tell.
Result<std::string> media_type_of(std::string_view file_name, ByteView head);

}  // namespace wsoa
