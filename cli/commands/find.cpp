#include "cli/commands/find.h"

#include "cli/commands/plans.h"
#include "cli/commands/reading.h"
#include "cli/render/kinds.h"
#include "cli/render/table.h"
#include "ledger/base/text.h"
#include "ledger/event/kinds.h"
#include "projections/people.h"

namespace wsoa {
namespace {

// What was found, and what could not be looked into.
struct Search {
    std::string wanted;  // without case
    Table table{{{"No.", Align::right},
                 {"Subject", Align::left, Fit::whole},
                 {"What changed"},
                 {"True on", Align::left, Fit::whole},
                 {"Who", Align::left, Fit::whole},
                 {"In"},
                 {"Words", Align::left, Fit::beneath}}};
    std::uint64_t found = 0;
    std::uint64_t looked_into = 0;
    std::uint64_t closed = 0;  // withheld, sealed, erased or damaged
};

Result<void> look_into(Desk& desk, const Reading& reading, const AuthoredEvent& authored,
                       Search& search) {
    const auto& event = authored.event;
    const auto words = TRY(desk.words_of(event, *reading.history));
    for (const auto& word : words) {
        if (word.is != ReadableWord::Is::text) {
            ++search.closed;
            continue;
        }
        ++search.looked_into;
        const auto folded = TRY(without_case(word.text));
        if (folded.find(search.wanted) == std::string::npos) {
            continue;
        }
        ++search.found;
        const auto author = authored.author ? authored.author->str() : std::string();
        search.table.add({{std::to_string(event.index().value)},
                          {event.envelope().subject.str()},
                          {kind_in_words(event.kind())},
                          {to_string(event.envelope().effective)},
                          {author},
                          {name_in_words(name_of(word.field))},
                          {word.text}});
        desk.output().json(Json::object()
                               .set("type", "found")
                               .set("event", event.index().value)
                               .set("kind", name_of(event.kind()))
                               .set("ref", event.envelope().subject.str())
                               .set("on", to_string(event.envelope().effective))
                               .set("by", authored.author ? Json(author) : Json())
                               .set("field", name_of(word.field))
                               .set("text", word.text));
    }
    return done();
}

Result<Exit> find(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    Search search;
    search.wanted = TRY(without_case(given.value("TEXT")));
    if (search.wanted.empty()) {
        return Error{Fault::invalid, "there is nothing to look for", "give some text"};
    }
    std::optional<PlanRef> plan;
    if (const auto typed = given.find("plan")) {
        plan = TRY(PlanRef::parse(*typed));
    }
    auto* reading = TRY(desk.reading());
    if (plan) {
        TRY(expect_plan(*reading->history, *plan));
    }
    PeopleFold people(*reading->history);
    const auto look = [&](const Event& event) -> Result<Snapshot::Step> {
        if (!event.envelope().words.empty()) {
            TRY(people.fold_through(event.index()));
            const auto author = people.state().keyring.holder_of(event.envelope().author_key);
            TRY(look_into(desk, *reading, {.event = event, .author = author}, search));
        }
        return Snapshot::Step::next;
    };
    TRY(plan ? reading->history->each_event_of(plan, look)
             : reading->history->each_event(EventIndex{0}, look));
    around.output.text(search.table.empty() ? "Nothing that you may read says so"
                                            : search.table.text(around.output.style()));
    around.output.text(
        fmt::format("\n{} found among {} texts{}\n\n{}", search.found, search.looked_into,
                    search.closed == 0
                        ? ""
                        : fmt::format("; {} more were not looked into: withheld, sealed or erased",
                                      search.closed),
                    foot(*reading)));
    around.output.json(Json::object()
                           .set("type", "search")
                           .set("found", search.found)
                           .set("lookedInto", search.looked_into)
                           .set("notReadable", search.closed));
    return Exit::done;
}

}  // namespace

CommandSpec find_command() {
    return {.name = "find",
            .group = Group::looking,
            .help = "look for a text in the words that you may read",
            .example = "wsoa find \"waiting list\" --plan TH",
            .words = {{.name = "TEXT", .help = "what to look for, in capital or small letters"}},
            .options = {{.name = "plan", .value = "PLAN", .help = "only in this plan"}},
            .run = find};
}

}  // namespace wsoa
