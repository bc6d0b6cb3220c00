#include "cli/commands/completion.h"

#include "cli/arguments.h"
#include "cli/completion.h"

namespace wsoa {
namespace {

Result<Exit> completion(const Invocation& given, Surroundings& around) {
    const auto& shell = given.value("SHELL");
    const auto script = TRY(completion_script(shell, around.commands));
    around.output.text(script);
    around.output.json(
        Json::object().set("type", "completion").set("shell", shell).set("script", script));
    return Exit::done;
}

}  // namespace

CommandSpec completion_command() {
    return {
        .name = "completion",
        .group = Group::about,
        .help = "write a script with which a shell completes commands and options",
        .example = "source <(wsoa completion bash)",
        .words = {{.name = "SHELL", .help = "bash, zsh or fish", .choices = completion_shells()}},
        .run = completion};
}

}  // namespace wsoa
