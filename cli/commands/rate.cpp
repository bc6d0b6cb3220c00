#include "cli/commands/rate.h"

#include "cli/commands/recording.h"
#include "ledger/plan/rulebook.h"

#include <algorithm>

namespace wsoa {
namespace {

// The code that a person means: "G", "green", "on track".
Result<std::string> code_meant(std::string_view typed) {
    std::string lower(typed);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    if (lower == "g" || lower == "green" || lower == "on track" || lower == "on-track") {
        return std::string("G");
    }
    if (lower == "a" || lower == "amber" || lower == "at risk" || lower == "at-risk") {
        return std::string("A");
    }
    if (lower == "r" || lower == "red" || lower == "off track" || lower == "off-track") {
        return std::string("R");
    }
    if (lower == "nm" || lower == "not yet measurable") {
        return std::string("NM");
    }
    return error(Fault::invalid, "\"{}\" is not a rating that can be proposed", typed)
        .advise("use green, amber or red; complete follows from completion, not from a rating");
}

Result<Exit> rate(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto subject = TRY(SubjectRef::parse(given.value("SUBJECT")));
    const auto code = TRY(code_meant(given.value("RATING")));
    const auto* signer = TRY(desk.signer());
    auto* ledger = TRY(desk.writing());
    const auto plan_ref = subject.plan();
    if (!plan_ref) {
        return error(Fault::invalid, "{} is not a part of a plan", subject.str())
            .advise("rate an action such as TH-1.2, or an area such as TH-1");
    }
    const auto* state = TRY(ledger->state_with(plan_ref));
    const auto* plan = state->plan(*plan_ref);
    const bool is_area = plan != nullptr && plan->areas.contains(subject);
    const auto axis = is_area ? schema::Axis::IMPACT : schema::Axis::DELIVERY;
    std::string from(rating_before_any(axis));
    if (is_area) {
        if (const auto* current = plan->areas.at(subject).impact.confirmed.latest()) {
            from = current->value.code;
        }
    } else if (plan != nullptr && plan->actions.contains(subject)) {
        if (const auto* current = plan->actions.at(subject).delivery.confirmed.latest()) {
            from = current->value.code;
        }
    }
    auto line = TRY(line_from(given, Kind::RATING_PROPOSED, subject));
    TRY(line.draft.set("axis", is_area ? "impact" : "delivery"));
    TRY(line.draft.set("scale", "1"));
    TRY(line.draft.set("from", from));
    TRY(line.draft.set("to", code));
    TRY(say(line, schema::WordField::REASON, given.find("reason")));
    const auto committed = TRY(desk.record(line, *signer));
    desk.show(committed, line);
    around.output.note(fmt::format("It counts once another person confirms it: wsoa confirm {}",
                                   committed.index.value));
    return Exit::done;
}

}  // namespace

CommandSpec rate_command() {
    auto options = std::vector<OptionSpec>{{.name = "reason",
                                            .value = "WORDS",
                                            .help = "why, in words of its own",
                                            .presence = Presence::required}};
    for (const auto& option : recording_options()) {
        options.push_back(option);
    }
    return {
        .name = "rate",
        .group = Group::recording,
        .help = "propose a rating: delivery of an action, or impact of an area",
        .example = "wsoa rate TH-1.2 amber --reason \"two posts are vacant until May\"",
        .words = {{.name = "SUBJECT", .help = "an action such as TH-1.2, or an area such as TH-1"},
                  {.name = "RATING", .help = "green, amber or red"}},
        .options = std::move(options),
        .run = rate};
}

}  // namespace wsoa
