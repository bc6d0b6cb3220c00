#include "cli/commands/moment.h"

namespace wsoa {

std::vector<OptionSpec> moment_options() {
    return {{.name = "as-at",
             .value = "DATE",
             .help = "with only what was true by that day, and that day's calendar; today"},
            {.name = "as-known",
             .value = "DATE",
             .help = "with only what was recorded by the end of that day; all of it"}};
}

Result<Date> day_asked(Desk& desk, const Reading& reading) {
    const auto typed = desk.given().find("as-at");
    return typed ? parse_date(*typed) : Result<Date>(reading.today(desk.environment().clock));
}

Result<Moment> moment_at(Desk& desk, Reading& reading, const PlanRef& plan, Date day) {
    const auto& history = *reading.history;
    if (const auto typed = desk.given().find("as-known")) {
        const auto known_on = TRY(parse_date(*typed));
        const auto size = TRY(size_known_on(history, reading.zone, known_on));
        auto as_at = reading.views->plan_as_at(history, plan, size, day);
        if (!as_at.ok() && as_at.error().fault == Fault::missing) {
            return error(Fault::missing, "nothing was recorded of {} by the end of {}", plan.str(),
                         in_words(known_on))
                .advise(fmt::format("`wsoa trail {}` shows when it was drafted", plan.str()));
        }
        auto known = TRY(std::move(as_at));
        return Moment{.as_at = std::move(known), .known_on = known_on};
    }
    TRY(reading.with_plan(plan));
    if (reading.state.plan(plan) == nullptr) {
        return error(Fault::missing, "there is no plan {}", plan.str())
            .advise("`wsoa show` lists the plans");
    }
    AsAt as_at{.size = history.size(),
               .root = history.root(),
               .day = day,
               .ref = plan,
               .state = reading.state};
    return Moment{.as_at = std::move(as_at), .known_on = {}};
}

Result<Moment> moment_of(Desk& desk, Reading& reading, const PlanRef& plan) {
    const auto day = TRY(day_asked(desk, reading));
    return moment_at(desk, reading, plan, day);
}

std::string in_words(const Moment& moment) {
    const auto size = moment.as_at.size.value;
    return moment.known_on ? fmt::format("As true on {}, as known on {} ({} events)",
                                         in_words(moment.day()), in_words(*moment.known_on), size)
                           : fmt::format("As true on {}", in_words(moment.day()));
}

Json moment_json(std::string_view type, const Moment& moment) {
    return Json::object()
        .set("type", type)
        .set("plan", moment.as_at.ref.str())
        .set("asAt", to_string(moment.day()))
        .set("asKnown", date_json(moment.known_on))
        .set("events", moment.as_at.size.value)
        .set("root", to_hex(moment.as_at.root.view()));
}

Json date_json(const std::optional<Date>& day) { return day ? Json(to_string(*day)) : Json(); }

Json refs_json(const std::vector<SubjectRef>& refs) {
    auto json = Json::array();
    for (const auto& ref : refs) {
        json.push(ref.str());
    }
    return json;
}

std::string listed(const std::vector<SubjectRef>& refs) {
    std::string text;
    for (const auto& ref : refs) {
        text += (text.empty() ? "" : ", ") + ref.str();
    }
    return text;
}

std::string day_cell(const std::optional<Date>& day) { return day ? to_string(*day) : ""; }

}  // namespace wsoa
