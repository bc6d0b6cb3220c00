#include "cli/commands/version.h"

#include "cli/arguments.h"

#include <fmt/format.h>

namespace wsoa {
namespace {

Result<Exit> version(const Invocation&, Surroundings& around) {
    around.output.text(fmt::format("wsoa {}", WSOA_VERSION));
    around.output.json(Json::object().set("type", "version").set("version", WSOA_VERSION));
    return Exit::done;
}

}  // namespace

CommandSpec version_command() {
    return {.name = "version",
            .group = Group::about,
            .help = "say which version of the program this is",
            .example = "wsoa version",
            .run = version};
}

}  // namespace wsoa
