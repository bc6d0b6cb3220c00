#include "cli/commands/recorded.h"

#include <algorithm>

namespace wsoa {
namespace {

// `missing` where there is no such plan, with where to look.
Result<const Plan*> plan_of(Desk& desk, const SubjectRef& subject) {
    auto* const writing = TRY(desk.writing());
    const auto* const state = TRY(writing->state_with(subject.plan()));
    const auto* const plan = subject.plan() ? state->plan(*subject.plan()) : nullptr;
    if (plan == nullptr) {
        return error(Fault::missing, "{} is of no plan that is there", subject.str())
            .advise("`wsoa show` lists the plans");
    }
    return plan;
}

Result<Exit> record(const Recorded& recorded, const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto subject = TRY(SubjectRef::parse(given.value(recorded.subject)));
    auto line = TRY(line_from(given, recorded.kind, subject));
    for (const auto& [typed, field] : recorded.fields) {
        if (const auto value = given.find(typed)) {
            TRY(line.draft.set(field, *value));
        }
    }
    for (const auto word : recorded.words) {
        TRY(say(line, word, given.find(option_name(name_of(word)))));
    }
    const auto* const signer = TRY(desk.signer());
    if (recorded.complete) {
        const auto* const plan = TRY(plan_of(desk, subject));
        TRY(recorded.complete(*plan, line));
    }
    const auto committed = TRY(desk.record(line, *signer));
    desk.show(committed, line);
    if (!recorded.next.empty()) {
        around.output.note(fmt::format("{} {}", recorded.next, subject.str()));
    }
    return Exit::done;
}

}  // namespace

std::function<Result<Exit>(const Invocation&, Surroundings&)> recorder_of(
    const Recorded& recorded) {
    return [recorded](const Invocation& given, Surroundings& around) {
        return record(recorded, given, around);
    };
}

CommandSpec recording_command(CommandSpec command) {
    command.group = Group::recording;
    std::ranges::move(recording_options(), std::back_inserter(command.options));
    return command;
}

OptionSpec reason_option(std::string help) {
    return {.name = "reason",
            .value = "WORDS",
            .help = std::move(help),
            .presence = Presence::required};
}

}  // namespace wsoa
