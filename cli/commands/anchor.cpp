// wsoa anchor: what witnesses and timestamp authorities said of the ledger's checkpoints is bound
// to the ledger, an event for each.

#include "cli/commands/anchor.h"

#include "cli/commands/published.h"
#include "cli/commands/recording.h"
#include "cli/render/table.h"
#include "cli/timestamps.h"
#include "ledger/base/sha256.h"
#include "ledger/event/fields.h"
#include "ledger/store/cosigned.h"
#include "ledger/tree/anchored.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace wsoa {
namespace {

// One thing that an outsider said of a checkpoint, as the ledger keeps it.
struct Said {
    TreeSize size;
    Hash root;
    schema::AnchorMeans means = schema::AnchorMeans::COSIGNATURE;
    Hash digest;
    std::uint64_t seconds = 0;
    std::string by;
};

std::string means_name(schema::AnchorMeans means) {
    return means == schema::AnchorMeans::TIMESTAMP ? "timestamp" : "cosignature";
}

// The event that committed to it first, and when it did.
struct Anchored {
    EventIndex index;
    Instant at;
};
using ByDigest = std::map<Hash, Anchored>;

Result<ByDigest> anchored_so_far(const History& history) {
    ByDigest found;
    TRY(history.each_event_of(std::nullopt, [&](const Event& event) -> Result<Snapshot::Step> {
        if (event.kind() == Kind::CHECKPOINT_ANCHORED) {
            const auto fields = event.change().reader().getCheckpointAnchored();
            found.emplace(read::hash(fields.getDigest()),
                          Anchored{event.index(), event.recorded_at()});
        }
        return Snapshot::Step::next;
    }));
    return found;
}

Result<void> add_cosignatures(Desk& desk, const Reading& reading, std::vector<Said>& all) {
    const auto folder = TRY(desk.folder());
    const auto sizes = TRY(cosigned_sizes(folder));
    for (const auto size : sizes) {
        const auto published = TRY(checkpoint_at(desk, reading, size));
        const auto& checkpoint = published.checkpoint;
        const auto note = TRY(Note::parse(checkpoint.note));
        const auto said = TRY(said_by_witnesses(note, published.key));
        for (const auto& one : said) {
            all.push_back({.size = size,
                           .root = checkpoint.checkpoint.root,
                           .means = schema::AnchorMeans::COSIGNATURE,
                           .digest = one.digest,
                           .seconds = one.seconds,
                           .by = one.line.name});
        }
    }
    return done();
}

Result<void> add_timestamps(Desk& desk, const Reading& reading, std::vector<Said>& all) {
    const auto folder = TRY(desk.folder());
    const auto kept = TRY(kept_timestamps(folder));
    for (const auto& each : kept) {
        auto stamp = check_kept(reading.history->snapshot(), each);
        if (!stamp.ok()) {
            return std::move(stamp).error().explain("timestamp {} over {} events", each.number,
                                                    each.size.value);
        }
        all.push_back({.size = each.size,
                       .root = TRY(reading.history->root_at(each.size)),
                       .means = schema::AnchorMeans::TIMESTAMP,
                       .digest = sha256(each.reply),
                       .seconds = static_cast<std::uint64_t>(stamp.value().seconds),
                       .by = stamp.value().authority});
    }
    return done();
}

Result<std::vector<Said>> all_that_was_said(Desk& desk, const Reading& reading) {
    std::vector<Said> all;
    TRY(add_cosignatures(desk, reading, all));
    TRY(add_timestamps(desk, reading, all));
    std::ranges::stable_sort(all, {},
                             [](const Said& said) { return std::tuple(said.size, said.seconds); });
    return all;
}

void show(Output& output, const std::vector<Said>& all, const ByDigest& anchored) {
    Table table(
        {{"Events", Align::right}, {"Said at", Align::left, Fit::whole}, {"By"}, {"Anchored by"}});
    for (const auto& said : all) {
        const auto found = anchored.find(said.digest);
        const bool is_there = found != anchored.end();
        table.add({{std::to_string(said.size.value)},
                   {time_said(said.seconds)},
                   {said.by},
                   {is_there ? fmt::format("event {}, since {}", found->second.index.value,
                                           to_string(found->second.at))
                             : "nothing yet"}});
        output.json(Json::object()
                        .set("type", "anchor")
                        .set("size", said.size.value)
                        .set("means", means_name(said.means))
                        .set("time", time_said(said.seconds))
                        .set("by", said.by)
                        .set("digest", to_hex(said.digest.view()))
                        .set("event", is_there ? Json(found->second.index.value) : Json()));
    }
    output.text(table.empty() ? "Nobody outside has said anything of this ledger yet"
                              : table.text(output.style()));
}

// An event whose anchor would lie in days or hours to come is one that `verify` could not believe.
Result<void> expect_past(const Said& said, Instant now) {
    if (is_ahead_of(said.seconds, now)) {
        return error(Fault::unavailable,
                     "{} says that it spoke at {}, which the clock has not reached", said.by,
                     time_said(said.seconds))
            .advise("see whose clock is wrong; anchor it once that instant has passed");
    }
    return done();
}

Result<ChangeLine> line_of(const Invocation& given, const SubjectRef& ledger, const Said& said) {
    auto line = TRY(line_from(given, Kind::CHECKPOINT_ANCHORED, ledger));
    TRY(line.draft.set("size", std::to_string(said.size.value)));
    TRY(line.draft.set("root", to_hex(said.root.view())));
    TRY(line.draft.set("means", means_name(said.means)));
    TRY(line.draft.set("digest", to_hex(said.digest.view())));
    TRY(line.draft.set("time", std::to_string(said.seconds)));
    TRY(say(line, schema::WordField::SOURCE, said.by));
    return line;
}

Result<Exit> anchor(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    auto* const reading = TRY(desk.reading_directly());
    const auto anchored = TRY(anchored_so_far(*reading->history));
    const auto all = TRY(all_that_was_said(desk, *reading));
    if (given.has("dry-run")) {
        show(around.output, all, anchored);
    }
    std::vector<Said> due;
    std::ranges::copy_if(all, std::back_inserter(due),
                         [&](const Said& said) { return !anchored.contains(said.digest); });
    if (given.has("id") && due.size() > 1) {
        return error(Fault::invalid, "one --id cannot name {} changes", due.size())
            .advise("leave it out");
    }
    const auto ledger = TRY(SubjectRef::parse("ledger"));
    std::uint64_t recorded = 0;
    for (const auto& said : due) {
        auto line = TRY(line_of(given, ledger, said));
        TRY(expect_past(said, line.recorded.value_or(desk.environment().clock.now())));
        if (given.has("dry-run")) {
            continue;
        }
        const auto* const signer = TRY(desk.signer());
        const auto committed = TRY(desk.record(line, *signer));
        desk.show(committed, line);
        ++recorded;
    }
    if (due.empty() && !given.has("dry-run")) {
        around.output.text("Nothing new was said of this ledger since the last anchor");
    }
    around.output.json(Json::object()
                           .set("type", "anchors")
                           .set("there", all.size())
                           .set("recorded", recorded)
                           .set("due", due.size() - recorded));
    return Exit::done;
}

}  // namespace

CommandSpec anchor_command() {
    std::vector<OptionSpec> options{
        {.name = "dry-run", .help = "only show what was said, and which events commit to it"}};
    std::ranges::move(recording_options(), std::back_inserter(options));
    return {.name = "anchor",
            .group = Group::recording,
            .help = "bind to the ledger what witnesses and timestamp authorities said of it",
            .example = "wsoa anchor --dry-run\nwsoa anchor",
            .options = std::move(options),
            .notes =
                [] {
                    return "One event for each cosignature in cosigned/ and each reply in\n"
                           "timestamps/ that no event commits to yet. `wsoa verify` gives each\n"
                           "event the bounds in time that they set.\n";
                },
            .run = anchor};
}

}  // namespace wsoa
