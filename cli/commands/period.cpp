#include "cli/commands/period.h"

#include "cli/commands/moment.h"
#include "cli/commands/recording.h"
#include "cli/render/table.h"

namespace wsoa {
namespace {

Json commitment_json(std::string_view type, const PlanRef& plan,
                     const PeriodCommitment& commitment) {
    return Json::object()
        .set("type", type)
        .set("plan", plan.str())
        .set("size", commitment.size.value)
        .set("state", to_hex(commitment.state.view()))
        .set("heads", to_hex(commitment.heads.view()))
        .set("subjects", commitment.subjects);
}

Result<Exit> period_close(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto plan = TRY(PlanRef::parse(given.value("PLAN")));
    const auto* signer = TRY(desk.signer());
    auto* reading = TRY(desk.reading());
    const auto& history = *reading->history;
    const auto now = TRY(reading->views->commit_period(history, plan, history.size()));
    auto line = TRY(line_from(given, Kind::PERIOD_CLOSED, SubjectRef::of(plan)));
    TRY(line.draft.set("size", std::to_string(now.size.value)));
    TRY(line.draft.set("state", to_hex(now.state.view())));
    TRY(line.draft.set("heads", to_hex(now.heads.view())));
    TRY(say(line, schema::WordField::COMMENT, given.find("comment")));
    TRY(desk.writing());
    const auto committed = TRY(desk.record(line, *signer));
    desk.show(committed, line);
    around.output.text(fmt::format(
        "{} is closed at {} events: state {}\nPut this line into the board's papers; `wsoa period "
        "check {}` tells whether it still holds",
        plan.str(), now.size.value, to_hex(now.state.view()), plan.str()));
    around.output.json(commitment_json("period", plan, now).set("event", committed.index.value));
    return Exit::done;
}

// A closed period, and what the events say of its size now.
struct Checked {
    const ClosedPeriod& closed;
    PeriodCommitment now;

    bool agrees() const { return closed.state == now.state && closed.heads == now.heads; }
};

std::string verdict_of(const Checked& checked) {
    if (checked.agrees()) {
        return "as it says";
    }
    return checked.closed.state != checked.now.state ? "ANOTHER STATE" : "OTHER EVENTS";
}

Result<Exit> period_check(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto ref = TRY(PlanRef::parse(given.value("PLAN")));
    auto* reading = TRY(desk.reading());
    const auto& history = *reading->history;
    auto& views = *reading->views;
    const auto now = TRY(views.commit_period(history, ref, history.size()));
    TRY(reading->with_plan(ref));
    const auto& plan = reading->state.plans.at(ref);

    Table table({{"Closed by", Align::right},
                 {"On", Align::left, Fit::whole},
                 {"Events", Align::right},
                 {"State"},
                 {"The events give"}});
    bool all_agree = true;
    for (const auto& period : plan.closed_periods) {
        const Checked checked{.closed = period,
                              .now = TRY(views.commit_period(history, ref, period.size))};
        all_agree = all_agree && checked.agrees();
        table.add({{fmt::format("event {}", period.entry.index.value)},
                   {in_words(period.entry.effective)},
                   {std::to_string(period.size.value)},
                   {to_hex(period.state.view()).substr(0, 16)},
                   {verdict_of(checked)}});
        around.output.json(commitment_json("period", ref, checked.now)
                               .set("event", period.entry.index.value)
                               .set("on", to_string(period.entry.effective))
                               .set("committedState", to_hex(period.state.view()))
                               .set("committedHeads", to_hex(period.heads.view()))
                               .set("agrees", Json::written(checked.agrees() ? "true" : "false")));
    }
    around.output.text(table.empty() ? fmt::format("No period of {} was closed yet", ref.str())
                                     : table.text(around.output.style()));
    around.output.text(
        fmt::format("\nNow, at {} events: state {}", now.size.value, to_hex(now.state.view())));
    around.output.text("\n" + foot(*reading));
    around.output.json(commitment_json("present", ref, now));
    return all_agree ? Exit::done : Exit::findings;
}

}  // namespace

CommandSpec period_close_command() {
    auto options = std::vector<OptionSpec>{
        {.name = "comment", .value = "WORDS", .help = "what it is closed for"}};
    for (const auto& option : recording_options()) {
        options.push_back(option);
    }
    return {.name = "period close",
            .group = Group::recording,
            .help = "commit what a plan is now, for the board's papers to rest on",
            .example = "wsoa period close TH --comment \"Board of 9 March 2023\"",
            .words = {{.name = "PLAN", .help = "the plan, such as TH"}},
            .options = std::move(options),
            .run = period_close};
}

CommandSpec period_check_command() {
    return {.name = "period check",
            .group = Group::checking,
            .help = "tell whether each closed period of a plan is still what it committed",
            .example = "wsoa period check TH",
            .words = {{.name = "PLAN", .help = "the plan, such as TH"}},
            .run = period_check};
}

}  // namespace wsoa
