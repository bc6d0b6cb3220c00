#pragma once

#include "cli/desk.h"

#include <optional>
#include <string>

namespace wsoa {

// The line that confirms an event, as the options of the command say and with that reason.
// `invalid` for an event that does not wait for a confirmation.
Result<ChangeLine> confirmation_of(const Invocation& given, const Event& event,
                                   const std::optional<std::string>& reason);

// Confirms every rating that waited for the meeting named by --meeting and that the key's holder
// may confirm: one signed change each, after all of them were shown and agreed to.
Result<Exit> confirm_meeting(Desk& desk);

}  // namespace wsoa
