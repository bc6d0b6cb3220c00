#include "cli/commands/log.h"

#include "cli/commands/reading.h"
#include "cli/commands/record_lines.h"
#include "cli/render/table.h"
#include "ledger/event/kinds.h"
#include "ledger/keys/key_file.h"
#include "projections/people.h"

#include <limits>

namespace wsoa {
namespace {

Json raw_json(const Event& event) {
    return Json::object()
        .set("type", "raw")
        .set("event", event.index().value)
        .set("leaf", to_hex(event.leaf().view()));
}

void write_raw_line(Output& output, const Event& event) {
    output.json(raw_json(event)
                    .set("message", to_hex(labelled(label::change, event.change().bytes())))
                    .set("signature", to_hex(event.signature().view()))
                    .set("author", event.envelope().author_key.hex())
                    .set("entry", to_hex(event.bytes())));
}

// FIRST-LAST as lines: a copy of so many events, from which `wsoa guard restore` puts them back.
Result<Exit> write_raw_lines(Desk& desk, const Reading& reading, const std::string& typed) {
    if (!desk.output().is_json() || desk.given().has("out")) {
        return Error{Fault::invalid, "several events are written as lines only",
                     "add --json and leave out --out, or name one event"};
    }
    const auto hyphen = typed.find('-');
    const auto first = TRY(answered_event(typed.substr(0, hyphen)));
    const auto last = TRY(answered_event(typed.substr(hyphen + 1)));
    if (last < first || !reading.history->size().holds(last)) {
        return error(Fault::missing, "there are no events {}; the ledger holds {}", typed,
                     reading.history->size().value);
    }
    TRY(reading.history->each_event(first, [&](const Event& event) -> Result<Snapshot::Step> {
        write_raw_line(desk.output(), event);
        return event.index() == last ? Snapshot::Step::stop : Snapshot::Step::next;
    }));
    return Exit::done;
}

// What a third party needs to check an author's signature and the leaf with common tools.
Result<Exit> write_raw(Desk& desk, const Reading& reading, EventIndex index) {
    const auto event = TRY(reading.history->event(index));
    const auto message = labelled(label::change, event.change().bytes());
    const auto out = desk.given().find("out");
    if (!out && desk.output().is_json()) {
        write_raw_line(desk.output(), event);
        return Exit::done;
    }
    if (!out) {
        TRY(desk.output().raw(message));
        return Exit::done;
    }
    const std::filesystem::path folder(*out);
    TRY(create_folders(std::filesystem::absolute(folder)));
    const auto pem = write_public_key(event.envelope().author_key);
    TRY(write_durably(folder / "message.bin", message, Access::everyone));
    TRY(write_durably(folder / "signature.bin", event.signature().view(), Access::everyone));
    TRY(write_durably(folder / "author.pem", bytes_of(pem), Access::everyone));
    TRY(write_durably(folder / "change.bin", event.change().bytes(), Access::everyone));
    TRY(write_durably(folder / "entry.bin", event.bytes(), Access::everyone));
    desk.output().text(
        fmt::format("openssl pkeyutl -verify -pubin -inkey author.pem -rawin -in message.bin "
                    "-sigfile signature.bin\nLeaf hash: {}",
                    to_hex(event.leaf().view())));
    desk.output().json(raw_json(event).set("folder", folder.string()));
    return Exit::done;
}

// Which events are asked for.
struct Wanted {
    EventIndex from;
    std::uint64_t limit = std::numeric_limits<std::uint64_t>::max();
    std::optional<PlanRef> plan;
    std::optional<Kind> kind;
    std::optional<PersonId> by;
    std::optional<Date> since;  // true on that day or later
    std::optional<Date> until;
};

Result<Wanted> wanted_events(const Invocation& given) {
    Wanted wanted;
    if (const auto typed = given.find("from")) {
        wanted.from = TRY(answered_event(*typed));
    }
    if (const auto typed = given.find("limit")) {
        wanted.limit = TRY(answered_event(*typed)).value;
    }
    if (const auto typed = given.find("plan")) {
        wanted.plan = TRY(PlanRef::parse(*typed));
    }
    if (const auto typed = given.find("kind")) {
        wanted.kind = kind_named(*typed);
    }
    if (const auto typed = given.find("by")) {
        wanted.by = TRY(PersonId::parse(*typed));
    }
    if (const auto typed = given.find("since")) {
        wanted.since = TRY(parse_date(*typed));
    }
    if (const auto typed = given.find("until")) {
        wanted.until = TRY(parse_date(*typed));
    }
    return wanted;
}

// What an event says of itself; by whom it is takes the people of its moment.
bool is_as_wanted(const Event& event, const Wanted& wanted) {
    const auto effective = event.envelope().effective;
    return event.index() >= wanted.from && (!wanted.kind || event.kind() == *wanted.kind) &&
           (!wanted.since || effective >= *wanted.since) &&
           (!wanted.until || effective <= *wanted.until);
}

// The wanted events in the order of the log.
using VisitAuthored = std::function<Result<void>(const AuthoredEvent&)>;
Result<void> each_wanted(const History& history, const Wanted& wanted, const VisitAuthored& visit) {
    if (wanted.limit == 0) {
        return done();
    }
    std::uint64_t count = 0;
    PeopleFold people(history);
    const auto choose = [&](const Event& event) -> Result<Snapshot::Step> {
        if (!is_as_wanted(event, wanted)) {
            return Snapshot::Step::next;
        }
        TRY(people.fold_through(event.index()));
        const auto author = people.state().keyring.holder_of(event.envelope().author_key);
        if (wanted.by && author != wanted.by) {
            return Snapshot::Step::next;
        }
        TRY(visit({.event = event, .author = author}));
        return ++count == wanted.limit ? Snapshot::Step::stop : Snapshot::Step::next;
    };
    return wanted.plan ? history.each_event_of(wanted.plan, choose)
                       : history.each_event(wanted.from, choose);
}

Result<Exit> list_events(Desk& desk, Reading& reading) {
    const auto wanted = TRY(wanted_events(desk.given()));
    Table table({{"No.", Align::right},
                 {"Subject", Align::left, Fit::whole},
                 {"What changed"},
                 {"Recorded", Align::left, Fit::whole},
                 {"Who, role"},
                 {"Details", Align::left, Fit::beneath}});
    auto& output = desk.output();
    TRY(each_wanted(*reading.history, wanted, [&](const AuthoredEvent& authored) -> Result<void> {
        const auto& event = authored.event;
        const auto line = TRY(shown(desk, reading, authored));
        table.add({{std::to_string(event.index().value)},
                   {event.envelope().subject.str()},
                   {line.what},
                   {line.recorded},
                   {line.by},
                   {line.details}});
        const auto json = TRY(event_json(desk, reading, authored));
        output.json(json);
        return done();
    }));
    output.text(table.empty() ? "No event is as asked" : table.text(output.style()));
    output.text("\n" + foot(reading));
    return Exit::done;
}

Result<Exit> log(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    auto* reading = TRY(desk.reading());
    if (const auto raw = given.find("raw")) {
        for (const auto* filter : {"from", "limit", "plan", "kind", "by", "since", "until"}) {
            if (given.has(filter)) {
                return error(Fault::invalid, "--raw names its events, so that --{} chooses nothing",
                             filter)
                    .advise("give one of them");
            }
        }
        if (raw->find('-') != std::string::npos) {
            return write_raw_lines(desk, *reading, *raw);
        }
        const auto index = TRY(answered_event(*raw));
        return write_raw(desk, *reading, index);
    }
    return list_events(desk, *reading);
}

std::vector<std::string> names_of_kinds() {
    std::vector<std::string> names;
    for (const auto& info : all_kinds()) {
        names.push_back(info.name);
    }
    return names;
}

}  // namespace

CommandSpec log_command() {
    return {
        .name = "log",
        .group = Group::looking,
        .help = "list the events in order, or write one's bytes for others to check",
        .example =
            "wsoa log --from 20 --limit 10\nwsoa log --plan TH --kind ratingConfirmed\n"
            "wsoa log --by director-of-education --since 2022-12-01 --until 2022-12-31\nwsoa "
            "log --raw 12 --out event-12\nwsoa log --raw 0-411 --json > events.jsonl",
        .options = {{.name = "from", .value = "EVENT", .help = "the first event to list"},
                    {.name = "limit", .value = "N", .help = "how many to list"},
                    {.name = "plan", .value = "PLAN", .help = "only events of this plan"},
                    {.name = "kind",
                     .value = "KIND",
                     .help = "only events of this kind, such as ratingConfirmed",
                     .choices = names_of_kinds()},
                    {.name = "by", .value = "PERSON", .help = "only what this person recorded"},
                    {.name = "since", .value = "DATE", .help = "only what was true on or after"},
                    {.name = "until", .value = "DATE", .help = "only what was true on or before"},
                    {.name = "raw",
                     .value = "EVENT",
                     .help = "write the bytes that the author signed; in hex under --json, where "
                             "FIRST-LAST names several"},
                    {.name = "out",
                     .value = "FOLDER",
                     .help = "with --raw: also signature, key and entry, into this folder"}},
        .run = log};
}

}  // namespace wsoa
