#include "cli/commands/all.h"

#include "cli/commands/completion.h"
#include "cli/commands/help.h"
#include "cli/commands/version.h"

namespace wsoa {

CommandTable all_commands() {
    return {
        help_command(),
        completion_command(),
        version_command(),
    };
}

}  // namespace wsoa
