#pragma once

#include "ledger/base/limits.h"
#include "ledger/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace wsoa {

// Whether text may stand in a change: valid UTF-8 in NFC, no control characters or line separators,
// no unassigned, private or direction-overriding ones, not empty, and at most so many bytes.
// Unassigned characters are out because only for assigned ones is NFC the same in every later
// version of Unicode.
Result<void> check_text(std::string_view text, std::size_t bytes_max);

// Text as it was typed, in NFC and without white space at its ends. Everything else that
// check_text refuses is refused here too: nothing a person typed is silently dropped.
Result<std::string> normalize_text(std::string_view typed, std::size_t bytes_max);

// Text from outside as a message may quote it: what check_text would refuse in it becomes '?', and
// what goes beyond so many bytes "...". So nobody's bytes reach a terminal or a log through an
// error.
std::string excerpt_of(std::string_view text, std::size_t bytes_max = limits::reference_bytes_max);

// Whether the bytes are valid UTF-8 (RFC 3629), whatever characters they spell.
bool is_utf8(std::string_view text);

// Text as it is compared by those who do not care about capital and small letters: two that differ
// in nothing else fold to the same. `invalid` for what is no UTF-8.
Result<std::string> without_case(std::string_view text);

// Columns that the text takes on a terminal.
std::size_t width_of(std::string_view text);

}  // namespace wsoa
