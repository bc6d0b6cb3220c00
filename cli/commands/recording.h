#pragma once

#include "cli/desk.h"

#include <string>
#include <vector>

namespace wsoa {

// What every command that records a change takes, and how it fills a line.

// --effective, --as, --on-behalf-of, --classification, --id, --recorded.
std::vector<OptionSpec> recording_options();

// The line with these options filled in, and its subject; `invalid` names the option.
Result<ChangeLine> line_from(const Invocation& given, Kind kind, const SubjectRef& subject);

// Puts words into the line, in NFC and in their order; nothing where the option was not given.
Result<void> say(ChangeLine& line, schema::WordField field,
                 const std::optional<std::string>& typed);

// The id of somebody new. What looks like a human's name is `invalid`, unless --is-a-post says that
// it names a post.
Result<PersonId> post_typed(const Invocation& given, std::string_view typed);

// "nextSteps" as an option is written: "next-steps".
std::string option_name(std::string_view schema_name);

}  // namespace wsoa
