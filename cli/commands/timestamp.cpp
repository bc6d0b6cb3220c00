#include "cli/commands/timestamp.h"

#include "cli/desk.h"
#include "cli/render/table.h"
#include "cli/timestamps.h"
#include "ledger/base/sha256.h"
#include "ledger/store/layout.h"
#include "ledger/tree/lines.h"

namespace wsoa {
namespace {

Result<TreeSize> size_typed(const Invocation& given, const Reading& reading) {
    const auto typed = given.find("size");
    if (!typed) {
        return reading.history->size();
    }
    const auto size = parse_decimal(*typed);
    if (!size.ok()) {
        return error(Fault::invalid, "\"{}\" is no number of events", *typed)
            .advise("`wsoa checkpoint` shows how many there are");
    }
    return TreeSize{size.value()};
}

Result<std::string> roots_typed(const std::string& path) {
    const auto bytes = TRY(read_file(path, authority_pem_bytes_max));
    return std::string(text_of(bytes));
}

Result<Exit> request(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    auto* const reading = TRY(desk.reading_directly());
    const auto size = TRY(size_typed(given, *reading));
    const auto note = TRY(stamped_note(reading->history->snapshot(), size));
    const auto query = timestamp_request(sha256(bytes_of(note)));
    const auto out = given.value("out");
    TRY(write_durably(out, query, Access::everyone));
    around.output.text(
        fmt::format("Wrote {}: a request over the checkpoint of {} events\nSend it to an "
                    "authority, and add what "
                    "comes back:\n  curl --header 'Content-Type: application/timestamp-query' \\\n"
                    "      --data-binary @{} --output reply.tsr URL\n"
                    "  wsoa timestamp add reply.tsr --authority ROOTS.pem --size {}",
                    out, size.value, out, size.value));
    around.output.json(Json::object()
                           .set("type", "timestampRequest")
                           .set("path", out)
                           .set("size", size.value)
                           .set("sha256", to_hex(sha256(bytes_of(note)).view())));
    return Exit::done;
}

Json stamp_json(TreeSize size, std::uint64_t number, const Timestamp& stamp) {
    return Json::object()
        .set("type", "timestamp")
        .set("size", size.value)
        .set("number", number)
        .set("time", to_string(Instant{stamp.seconds * 1'000}))
        .set("authority", stamp.authority)
        .set("serial", stamp.serial);
}

Result<Exit> add(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto folder = TRY(desk.folder());
    auto* const reading = TRY(desk.reading_directly());
    const auto size = TRY(size_typed(given, *reading));
    const auto note = TRY(stamped_note(reading->history->snapshot(), size));
    const auto reply = TRY(read_file(given.value("REPLY"), timestamp_reply_bytes_max));
    const auto roots = TRY(roots_typed(given.value("authority")));
    const auto stamp = TRY(check_timestamp(reply, bytes_of(note), roots));
    const auto number = TRY(keep_timestamp(folder, size, reply, roots));
    around.output.text(fmt::format("{} events were there by {}, says {} (serial {})", size.value,
                                   to_string(Instant{stamp.seconds * 1'000}), stamp.authority,
                                   stamp.serial));
    around.output.json(stamp_json(size, number, stamp));
    return Exit::done;
}

Result<Exit> list(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto folder = TRY(desk.folder());
    auto* const reading = TRY(desk.reading_directly());
    std::optional<std::string> roots;
    if (const auto path = given.find("authority")) {
        roots = TRY(roots_typed(*path));
    }
    const auto kept = TRY(kept_timestamps(folder));
    Table table({{"Events", Align::right}, {"There by", Align::left, Fit::whole}, {"Says"}});
    bool holds = true;
    for (const auto& each : kept) {
        const auto stamp =
            check_kept(reading->history->snapshot(), each, roots ? &*roots : nullptr);
        holds = holds && stamp.ok();
        table.add({{std::to_string(each.size.value)},
                   {stamp.ok() ? to_string(Instant{stamp.value().seconds * 1'000})
                               : std::string("does not hold")},
                   {stamp.ok() ? stamp.value().authority : stamp.error().message}});
        around.output.json(stamp.ok() ? stamp_json(each.size, each.number, stamp.value())
                                      : Json::object()
                                            .set("type", "finding")
                                            .set("size", each.size.value)
                                            .set("number", each.number)
                                            .set("what", stamp.error().message));
    }
    around.output.text(table.empty() ? "No timestamp was added yet"
                                     : table.text(around.output.style()));
    return holds ? Exit::done : Exit::findings;
}

OptionSpec size_option() {
    return {.name = "size",
            .value = "N",
            .help = "over the checkpoint of so many events; the newest one"};
}

}  // namespace

CommandSpec timestamp_request_command() {
    return {.name = "timestamp request",
            .group = Group::checking,
            .help = "write a request for a timestamp over a checkpoint (RFC 3161)",
            .example = "wsoa timestamp request --out checkpoint.tsq",
            .options = {{.name = "out",
                         .value = "FILE",
                         .help = "the file to write",
                         .presence = Presence::required},
                        size_option()},
            .run = request};
}

CommandSpec timestamp_add_command() {
    return {.name = "timestamp add",
            .group = Group::checking,
            .help = "check an authority's reply, and keep it with the checkpoint",
            .example = "wsoa timestamp add reply.tsr --authority authority.pem",
            .words = {{.name = "REPLY", .help = "the file that the authority sent"}},
            .options = {{.name = "authority",
                         .value = "FILE",
                         .help = "the authority's root certificates (PEM)",
                         .presence = Presence::required},
                        size_option()},
            .run = add};
}

CommandSpec timestamp_list_command() {
    return {.name = "timestamp list",
            .group = Group::checking,
            .help = "list the timestamps over checkpoints, each checked again",
            .example = "wsoa timestamp list --authority authority.pem",
            .options = {{.name = "authority",
                         .value = "FILE",
                         .help = "root certificates to believe, in place of those that were kept"}},
            .run = list};
}

}  // namespace wsoa
