#include "cli/commands/log.h"

#include "cli/commands/reading.h"
#include "cli/commands/record_lines.h"
#include "cli/render/table.h"
#include "ledger/keys/key_file.h"

namespace wsoa {
namespace {

// What a third party needs to check an author's signature and the leaf with common tools.
Result<Exit> write_raw(Desk& desk, const Reading& reading, EventIndex index) {
    const auto event = TRY(reading.history->event(index));
    const auto message = labelled(label::change, event.change().bytes());
    const auto out = desk.given().find("out");
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
    desk.output().json(Json::object()
                           .set("type", "raw")
                           .set("event", index.value)
                           .set("folder", folder.string())
                           .set("leaf", to_hex(event.leaf().view())));
    return Exit::done;
}

Result<Exit> log(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    auto* reading = TRY(desk.reading());
    if (const auto raw = given.find("raw")) {
        const auto index = TRY(answered_event(*raw));
        return write_raw(desk, *reading, index);
    }
    EventIndex from;
    std::uint64_t limit = reading->history->size().value;
    if (const auto typed = given.find("from")) {
        from = TRY(answered_event(*typed));
    }
    if (const auto typed = given.find("limit")) {
        limit = TRY(answered_event(*typed)).value;
    }
    Table table({{"No.", Align::right}, {"Recorded"}, {"Subject"}, {"What"}, {"Who"}});
    std::uint64_t count = 0;
    TRY(reading->history->each_event(from, [&](const Event& event) -> Result<Snapshot::Step> {
        if (count++ == limit) {
            return Snapshot::Step::stop;
        }
        const auto line = TRY(shown(desk, *reading, event));
        table.add({{std::to_string(event.index().value)},
                   {reading->zone.civil(line.recorded_at)},
                   {event.envelope().subject.str()},
                   {line.what},
                   {line.author}});
        const auto json = TRY(event_json(desk, *reading, event, "event"));
        around.output.json(json);
        return Snapshot::Step::next;
    }));
    around.output.text(table.text(around.output.style()));
    around.output.text("\n" + foot(*reading));
    return Exit::done;
}

}  // namespace

CommandSpec log_command() {
    return {.name = "log",
            .group = Group::looking,
            .help = "list the events in order, or write one's bytes for others to check",
            .example = "wsoa log --from 20 --limit 10\nwsoa log --raw 12 --out event-12",
            .options = {{.name = "from", .value = "EVENT", .help = "the first event to list"},
                        {.name = "limit", .value = "N", .help = "how many to list"},
                        {.name = "raw",
                         .value = "EVENT",
                         .help = "write the bytes that the author signed"},
                        {.name = "out",
                         .value = "FOLDER",
                         .help = "with --raw: also signature, key and entry, into this folder"}},
            .run = log};
}

}  // namespace wsoa
