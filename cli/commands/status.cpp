#include "cli/commands/status.h"

#include "cli/commands/moment.h"
#include "cli/commands/plans.h"
#include "cli/commands/recording.h"
#include "cli/commands/show_parts.h"
#include "cli/render/kinds.h"
#include "cli/render/table.h"
#include "ledger/event/kinds.h"
#include "ledger/plan/calendar.h"
#include "ledger/plan/rights.h"
#include "ledger/plan/rulebook.h"
#include "projections/matters.h"
#include "projections/timeline.h"
#include "projections/waiting.h"

namespace wsoa {
namespace {

using What = Waiting::What;

std::string_view in_words(What what) {
    switch (what) {
        case What::rating: return "a rating to confirm";
        case What::claim: return "a completion to decide";
        case What::change: return "a change to decide";
        case What::application: return "an approved change to apply";
        case What::submission: return "evidence to review";
        case What::handover: return "a handover to accept";
        case What::challenge: return "a challenge to answer";
        case What::exception: return "an exception to answer";
        case What::request: return "a request to meet";
        case What::erasure: return "an erasure to decide";
        case What::publication: return "a draft to check";
        case What::approval: return "a draft to approve";
        case What::enrolment: return "an enrolment to confirm";
    }
    CHECK(false);
    return {};
}

// The command with which it is answered.
std::string command_for(const Waiting& waiting) {
    if (waiting.what == What::rating || waiting.what == What::enrolment) {
        return fmt::format("wsoa confirm {}", waiting.index.value);
    }
    if (waiting.what == What::submission) {
        return fmt::format("wsoa evidence accept {} --checks ...", waiting.ref.str());
    }
    if (waiting.what == What::erasure) {
        return fmt::format("wsoa erasure decide {} DECISION --ground ... --reason ...",
                           waiting.ref.str());
    }
    auto command = fmt::format("wsoa record {} --subject {} --answers {}", name_of(waiting.answer),
                               waiting.subject.str(), waiting.index.value);
    // What only whoever answers can fill in.
    for (const auto& field : info_of(waiting.answer).fields) {
        if (field.is_required) {
            command += fmt::format(" --{} ...", option_name(field.name));
        }
    }
    for (const auto word : kind_rule(waiting.answer).required) {
        command += fmt::format(" --{} ...", option_name(name_of(word)));
    }
    return command;
}

Json waiting_json(const Waiting& waiting) {
    return Json::object()
        .set("type", "waiting")
        .set("what", name_of(waiting.what))
        .set("ref", waiting.ref.str())
        .set("subject", waiting.subject.str())
        .set("event", waiting.index.value)
        .set("by", waiting.by.str())
        .set("due", date_json(waiting.due))
        .set("answer", name_of(waiting.answer))
        .set("command", command_for(waiting));
}

// What waits for the person, or for anybody where no key was given.
void show_waiting(Desk& desk, const State& state, const std::vector<Waiting>& all,
                  const std::optional<PersonId>& me, Date today) {
    Table table({{"What"},
                 {"Ref", Align::left, Fit::whole},
                 {"Event", Align::right},
                 {"By", Align::left, Fit::whole},
                 {"Due", Align::left, Fit::whole},
                 {"Command", Align::left, Fit::beneath}});
    std::size_t others = 0;
    for (const auto& each : all) {
        if (me && !may_answer(state, *me, each, today)) {
            ++others;
            continue;
        }
        table.add({{std::string(in_words(each.what))},
                   {each.ref.str()},
                   {std::to_string(each.index.value)},
                   {each.by.str()},
                   {day_cell(each.due)},
                   {command_for(each)}});
        desk.output().json(waiting_json(each));
    }
    const auto whose = me ? fmt::format("Waits for you ({})", me->str()) : "Waits for somebody";
    desk.output().text(table.empty() ? whose + ": nothing\n"
                                     : whose + "\n" + table.text(desk.output().style()));
    if (others > 0) {
        desk.output().text(fmt::format("{} more {} for others", others,
                                       others == 1 ? "thing waits" : "things wait"));
    }
}

// What is open in a plan, for everybody.
struct Open {
    std::vector<SubjectRef> overdue;
    std::vector<SubjectRef> due_soon;
    std::vector<SubjectRef> unrated;
    std::vector<SubjectRef> not_updated;
    std::vector<SubjectRef> red_without_exception;
    std::vector<SubjectRef> exceptions;
    std::vector<SubjectRef> challenges;
    std::vector<SubjectRef> requests;
};

void add_action(const Plan& plan, const Action& action, Date day, Open& open) {
    const auto shown = delivery_on(plan, action, day);
    switch (shown.because) {
        case ShownRating::Because::overdue: open.overdue.push_back(action.ref); break;
        case ShownRating::Because::unrated: open.unrated.push_back(action.ref); break;
        case ShownRating::Because::not_updated: open.not_updated.push_back(action.ref); break;
        case ShownRating::Because::not_started:
        case ShownRating::Because::confirmed:
        case ShownRating::Because::complete:
        case ShownRating::Because::ended: break;
    }
    if (is_open(action.stage_on(day)) && is_due_soon(plan, deadline_on(action, day), day)) {
        open.due_soon.push_back(action.ref);
    }
}

Open open_in(const Plan& plan, Date day) {
    Open open;
    for (const auto& [ref, action] : plan.actions) {
        if (action.added_on <= day) {
            add_action(plan, action, day, open);
        }
    }
    for (const auto& red : red_without_exception(plan, day)) {
        open.red_without_exception.push_back(red.ref);
    }
    for (const auto& each : exceptions_by(plan, day)) {
        if (each.is_open()) {
            open.exceptions.push_back(each.exception->ref);
        }
    }
    for (const auto& [ref, challenge] : plan.challenges) {
        if (challenge.recorded.effective <= day && !is_by(challenge.answered, day)) {
            open.challenges.push_back(ref);
        }
    }
    for (const auto& [ref, request] : plan.requests) {
        const bool is_met = request.fulfilled && request.fulfilled->entry.effective <= day;
        if (request.requested.effective <= day && !is_met && !is_by(request.refused, day)) {
            open.requests.push_back(ref);
        }
    }
    return open;
}

void show_open(Output& output, const Plan& plan, const Open& open) {
    std::vector<Labelled> lines;
    auto json = Json::object();
    json.set("type", "open").set("plan", plan.ref.str());
    const auto add = [&](const char* label, const char* member,
                         const std::vector<SubjectRef>& refs) {
        if (!refs.empty()) {
            lines.push_back({label, {listed(refs)}});
        }
        json.set(member, refs_json(refs));
    };
    add("Overdue", "overdue", open.overdue);
    add("Due soon", "dueSoon", open.due_soon);
    add("Not yet rated", "unrated", open.unrated);
    add("Not yet updated", "notUpdated", open.not_updated);
    add("Red without an exception", "redWithoutException", open.red_without_exception);
    add("Exceptions", "exceptions", open.exceptions);
    add("Challenges", "challenges", open.challenges);
    add("Requests", "requests", open.requests);
    output.text(fmt::format("\nOpen in {}\n", plan.ref.str()) +
                (lines.empty() ? "nothing\n" : labelled_text(lines, output.style())));
    output.json(json);
}

Result<std::optional<PersonId>> holder_of_key(Desk& desk, const Reading& reading) {
    if (!desk.given().has("key")) {
        return std::optional<PersonId>{};
    }
    const auto* signer = TRY(desk.signer());
    auto holder = reading.state.keyring.holder_of(signer->key());
    if (!holder) {
        return Error{Fault::missing, "nobody in this ledger holds the key",
                     "ask to be enrolled with `wsoa keys request`"};
    }
    return holder;
}

Result<std::vector<PlanRef>> plans_asked(const Invocation& given, const Reading& reading) {
    if (const auto typed = given.find("PLAN")) {
        const auto plan = TRY(PlanRef::parse(*typed));
        return std::vector{plan};
    }
    std::vector<PlanRef> plans;
    const auto drafted = TRY(drafted_plans(*reading.history));
    for (const auto& [plan, index] : drafted) {
        plans.push_back(plan);
    }
    return plans;
}

Result<Exit> status(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    auto* reading = TRY(desk.reading());
    const auto me = TRY(holder_of_key(desk, *reading));
    const auto today = reading->today(desk.environment().clock);
    const auto plans = TRY(plans_asked(given, *reading));
    auto all = waiting_people(reading->state);
    for (const auto& ref : plans) {
        TRY(reading->with_plan(ref));
        const auto* plan = reading->state.plan(ref);
        if (plan == nullptr) {
            return error(Fault::missing, "there is no plan {}", ref.str())
                .advise("`wsoa show` lists the plans");
        }
        const auto waiting = waiting_in(*plan);
        all.insert(all.end(), waiting.begin(), waiting.end());
    }
    show_waiting(desk, reading->state, all, me, today);
    for (const auto& ref : plans) {
        const auto& plan = reading->state.plans.at(ref);
        show_open(around.output, plan, open_in(plan, today));
    }
    around.output.text("\n" + foot(*reading));
    return Exit::done;
}

}  // namespace

CommandSpec status_command() {
    return {.name = "status",
            .group = Group::looking,
            .help = "say what waits for you, as the holder of your key, and what is open",
            .example = "wsoa --key board-chair.pem status\nwsoa status TH",
            .words = {{.name = "PLAN",
                       .help = "the plan; all plans where it is left out",
                       .presence = Presence::optional}},
            .run = status};
}

}  // namespace wsoa
