#include "cli/commands/diff.h"

#include "cli/commands/moment.h"
#include "cli/render/kinds.h"
#include "cli/render/rating.h"
#include "cli/render/table.h"
#include "ledger/event/kinds.h"
#include "projections/differences.h"

#include <algorithm>
#include <iterator>

namespace wsoa {
namespace {

using Of = Difference::Of;

// The kind of the event that made the difference; null where the calendar did.
Result<std::optional<Kind>> cause_of(const Reading& reading, const Difference& difference) {
    if (!difference.by) {
        return std::optional<Kind>{};
    }
    const auto event = TRY(reading.history->event(*difference.by));
    return std::optional(event.kind());
}

// Codes as people say them; all else as it is.
std::string said(Of of, const std::optional<std::string>& value) {
    if (!value) {
        return "-";
    }
    switch (of) {
        case Of::rating: return std::string(rating_word(*value));
        case Of::impact: return std::string(impact_word(*value));
        case Of::stage: return name_in_words(*value);
        case Of::deadline:
        case Of::owner:
        case Of::value: break;
    }
    return *value;
}

std::string because_in_words(const Difference& difference) {
    return difference.because == ShownRating::Because::not_updated
               ? "the calendar: not updated after its period"
               : "the calendar: overdue";
}

// "actionCompleted (event 171)"; where no event did it, what the calendar made of it.
std::string by_in_words(const Difference& difference, const std::optional<Kind>& kind) {
    return kind ? fmt::format("{} (event {})", kind_in_words(*kind), difference.by->value)
                : because_in_words(difference);
}

Json difference_json(const Difference& difference, const std::optional<Kind>& kind) {
    const auto text = [](const std::optional<std::string>& value) {
        return value ? Json(*value) : Json();
    };
    return Json::object()
        .set("what", name_of(difference.of))
        .set("ref", difference.ref.str())
        .set("from", text(difference.from))
        .set("to", text(difference.to))
        .set("on", to_string(difference.on))
        .set("by", kind ? Json(name_of(*kind)) : Json())
        .set("because", difference.because ? Json(name_of(*difference.because)) : Json())
        .set("event", difference.by ? Json(difference.by->value) : Json());
}

struct Listed {
    std::string text;
    Json json = Json::array();
};

Result<Listed> list_of(Desk& desk, const Reading& reading,
                       const std::vector<Difference>& differences) {
    Table table({{"What"},
                 {"Ref", Align::left, Fit::whole},
                 {"Was"},
                 {"Is"},
                 {"Since", Align::left, Fit::whole},
                 {"By"}});
    Listed listed;
    for (const auto& each : differences) {
        const auto kind = TRY(cause_of(reading, each));
        table.add({{std::string(name_of(each.of))},
                   {each.ref.str()},
                   {said(each.of, each.from)},
                   {said(each.of, each.to)},
                   {to_string(each.on)},
                   {by_in_words(each, kind)}});
        listed.json.push(difference_json(each, kind));
    }
    listed.text = table.empty() ? std::string() : table.text(desk.output().style());
    return listed;
}

Result<Exit> diff(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto plan = TRY(PlanRef::parse(given.value("PLAN")));
    const auto from = TRY(parse_date(given.value("from")));
    const auto to = TRY(parse_date(given.value("to")));
    if (to < from) {
        return Error{Fault::invalid, "the later day comes first", "give --from before --to"};
    }
    auto* reading = TRY(desk.reading());
    const auto moment = TRY(moment_at(desk, *reading, plan, to));
    const Between days{.from = from, .to = to};
    const auto all = differences(moment.plan(), days);
    const auto changes = TRY(list_of(desk, *reading, all));
    // People read what the calendar did in a table of its own.
    std::vector<Difference> recorded;
    std::ranges::copy_if(all, std::back_inserter(recorded),
                         [](const Difference& each) { return each.by.has_value(); });
    const auto by_events = TRY(list_of(desk, *reading, recorded));
    const auto calendar = TRY(list_of(desk, *reading, calendar_changes(moment.plan(), days)));
    const auto added = added_between(moment.plan(), days);
    auto& output = around.output;
    output.text(fmt::format(
        "{} on {} against {}{}\n", plan.str(), in_words(to), in_words(from),
        moment.known_on ? fmt::format(", as known on {}", in_words(*moment.known_on)) : ""));
    output.text(!by_events.text.empty() ? by_events.text
                : calendar.text.empty() ? "Nothing differs"
                                        : "Nothing that was recorded differs");
    if (!calendar.text.empty()) {
        output.text("\nChanged by the calendar alone\n" + calendar.text);
    }
    if (!added.empty()) {
        output.text("\nAdded in between: " + listed(added));
    }
    output.text("\n" + foot(*reading));
    output.json(moment_json("differences", moment)
                    .set("from", to_string(from))
                    .set("to", to_string(to))
                    .set("changes", changes.json)
                    .set("calendar", calendar.json)
                    .set("added", refs_json(added)));
    return Exit::done;
}

}  // namespace

CommandSpec diff_command() {
    return {.name = "diff",
            .group = Group::looking,
            .help = "show what differs of a plan between two days, and what made it so",
            .example = "wsoa diff TH --from 2022-09-30 --to 2022-12-31",
            .words = {{.name = "PLAN", .help = "the plan, such as TH"}},
            .options = {{.name = "from",
                         .value = "DATE",
                         .help = "the earlier day",
                         .presence = Presence::required},
                        {.name = "to",
                         .value = "DATE",
                         .help = "the later day, which may lie ahead: then it is what the calendar "
                                 "does if nothing more is recorded",
                         .presence = Presence::required},
                        moment_options().back()},
            .run = diff};
}

}  // namespace wsoa
