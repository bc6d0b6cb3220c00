#pragma once

#include "cli/desk.h"

namespace wsoa {

// Records a file of JSON lines, one change a line: all of them, or a clear account of which line
// failed and why. Every line is read before the first is recorded. The lines before the one that
// failed stand; the same file can be given again, since ids make lines that stand answer with their
// first receipt.
Result<Exit> record_lines(const Invocation& given, Surroundings& around);

// An event's number as it is typed.
Result<EventIndex> answered_event(std::string_view typed);

}  // namespace wsoa
