#pragma once

#include "cli/commands/recording.h"

#include <functional>
#include <string_view>
#include <vector>

namespace wsoa {

// What a command records: about the subject that one of its words names, which of its words and
// options are fields of the kind, and which of the kind's words it takes as options of their name.
struct Recorded {
    struct FieldTyped {
        std::string_view typed;  // the word or option; where it may be absent, it is passed over
        std::string_view field;
    };
    Kind kind = Kind::UNSET;
    std::string_view subject = "ITEM";
    std::vector<FieldTyped> fields = {};
    std::vector<schema::WordField> words = {};
    // Fills in what follows from the plan as it is now, such as the event that is answered.
    std::function<Result<void>(const Plan& plan, ChangeLine& line)> complete = {};
    std::string_view next = {};  // what to do next, up to the subject's reference
};

// Signs and records it, and shows the receipt.
std::function<Result<Exit>(const Invocation&, Surroundings&)> recorder_of(const Recorded& recorded);

// A command that records: with the options of everything that does.
CommandSpec recording_command(CommandSpec command);

// --reason, which must be given.
OptionSpec reason_option(std::string help);

}  // namespace wsoa
