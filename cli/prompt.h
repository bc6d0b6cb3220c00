#pragma once

#include "cli/terminal.h"
#include "ledger/base/bytes.h"

#include <cstdint>
#include <string_view>

namespace wsoa {

inline constexpr std::size_t passphrase_bytes_max = 1'024;

// One line typed at the terminal without being shown, without its line break; the prompt goes to
// standard error. Whatever signal comes meanwhile finds the terminal as it was before: it is put
// back first, then the signal does what it does. One thread at a time may ask.
//
// `unavailable` where nobody can be asked, `invalid` for a line longer than passphrase_bytes_max.
Result<Secret> ask_hidden(const Terminal& terminal, std::string_view prompt);

enum class Reply : std::uint8_t { yes, no };

// Asks what is answered by y or yes; every other line is a no. Faults as above.
Result<Reply> ask_yes_or_no(const Terminal& terminal, std::string_view question);

}  // namespace wsoa
