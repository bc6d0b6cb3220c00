// Reading a document out, and the record of it where the plan's policy asks for one.

#include "cli/commands/evidence.h"
#include "cli/commands/evidence_item.h"
#include "cli/commands/recording.h"
#include "cli/commands/show_parts.h"
#include "cli/progress.h"
#include "cli/readable_document.h"
#include "ledger/event/named_document.h"
#include "ledger/plan/rights.h"
#include "ledger/store/new_file.h"

#include <algorithm>

namespace wsoa {
namespace {

// Where it is to be written: where that was not said, under its own name in the folder at hand.
Result<std::filesystem::path> path_for(Desk& desk, const Reading& reading, const Evidence& item) {
    if (const auto typed = desk.given().find("out")) {
        return std::filesystem::path(*typed);
    }
    const auto name = TRY(word_of(desk, reading, item.added_at, schema::WordField::FILE_NAME));
    const std::filesystem::path path(name);
    if (name.empty() || name.front() == '.' || path.filename() != path) {
        return error(Fault::invalid, "{} does not say under which name it can be written",
                     item.ref.str())
            .advise("name a file with --out, or - for standard output");
    }
    return path;
}

Result<void> write_to(Desk& desk, const ReadableDocument& document,
                      const std::filesystem::path& path) {
    const auto file = TRY(NewFile::create(path));
    {
        Progress progress(desk.output(), "Reading", document.manifest().size);
        TRY(document.read([&](ByteView bytes) { return file->add(bytes); },
                          [&](std::uint64_t bytes) { progress.reached(bytes); }));
    }
    return file->finish();
}

Result<void> write_to(Output& output, const ReadableDocument& document) {
    return document.read(
        [&](ByteView bytes) {
            auto written = output.raw(bytes);
            output.flush();
            return written;
        },
        {});
}

Result<bool> must_be_recorded(Desk& desk, const Reading& reading, const Evidence& item) {
    if (desk.given().has("on-record")) {
        return true;
    }
    const auto* const plan = reading.state.plan(*item.ref.plan());
    const auto registered = TRY(reading.history->event(item.added_at));
    return reads_are_recorded(*plan, item, registered, reading.today(desk.environment().clock));
}

// Before the first byte goes out: what could not be recorded is not read out either.
Result<EventIndex> record_reading(Desk& desk, const Evidence& item) {
    const auto* const signer = TRY(desk.signer());
    auto line = TRY(line_from(desk.given(), Kind::CONTENT_READ, item.ref));
    put_document(line.draft.builder().initContentRead().initDocument(), *item.document);
    TRY(say(line, schema::WordField::REASON, desk.given().find("reason")));
    const auto committed = TRY(desk.record(line, *signer));
    desk.output().note(fmt::format("This reading is recorded as event {}", committed.index.value));
    return committed.index;
}

// What is to be read out, and where to.
struct Wanted {
    Evidence item;
    std::filesystem::path path;  // empty for standard output
    bool must_be_recorded = false;
};

Result<Wanted> wanted_from(Desk& desk, Reading& reading) {
    const auto ref = TRY(SubjectRef::parse(desk.given().value("ITEM")));
    const auto* const item = TRY(item_to_read(reading, ref));
    TRY(expect_document(*item));
    Wanted wanted{.item = *item, .path = {}};
    if (desk.given().find("out") != "-") {
        wanted.path = TRY(path_for(desk, reading, *item));
    }
    wanted.must_be_recorded = TRY(must_be_recorded(desk, reading, *item));
    return wanted;
}

using Opened = std::unique_ptr<ReadableDocument>;

Result<Opened> open_through(Desk& desk, const Wanted& wanted) {
    // Signed in before the reading is recorded: the keeper asks for a record of this session.
    auto* client = TRY(desk.signed_in_keeper());
    CHECK(client != nullptr);
    TRY(client->words_of(wanted.item.added_at));
    std::optional<EventIndex> read;
    if (wanted.must_be_recorded) {
        read = TRY(record_reading(desk, wanted.item));
        client = TRY(desk.signed_in_keeper());
    }
    return document_of_keeper(*client, wanted.item, read);
}

Result<Opened> open_in_folder(Desk& desk, std::unique_ptr<FolderDocuments> held,
                              const Reading& reading, const Wanted& wanted) {
    auto document =
        TRY(document_in_folder(std::move(held), reading.history->snapshot(), wanted.item));
    if (wanted.must_be_recorded) {
        TRY(record_reading(desk, wanted.item));
    }
    return document;
}

Result<Exit> get(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    auto* const client = TRY(desk.keeper());
    auto held = client != nullptr ? nullptr : TRY(documents_to_read(desk));
    auto* const reading = TRY(client != nullptr ? desk.reading() : desk.reading_directly());
    const auto wanted = TRY(wanted_from(desk, *reading));
    const auto document =
        TRY(client != nullptr ? open_through(desk, wanted)
                              : open_in_folder(desk, std::move(held), *reading, wanted));
    const auto& ref = wanted.item.ref;
    if (wanted.path.empty()) {
        TRY(write_to(around.output, *document));
        return Exit::done;
    }
    TRY(write_to(desk, *document, wanted.path));
    const auto& manifest = document->manifest();
    around.output.text(fmt::format("Wrote {}: {} bytes, {}, as {} committed to them",
                                   wanted.path.string(), manifest.size, manifest.media_type,
                                   ref.str()));
    around.output.json(Json::object()
                           .set("type", "document")
                           .set("ref", ref.str())
                           .set("path", wanted.path.string())
                           .set("size", manifest.size)
                           .set("mediaType", manifest.media_type)
                           .set("sha256", to_hex(manifest.digest.view())));
    return Exit::done;
}

}  // namespace

CommandSpec evidence_get_command() {
    CommandSpec command{
        .name = "evidence get",
        .group = Group::looking,
        .help = "write an item's document out, every piece checked",
        .example = "wsoa evidence get TH-E03 --out audit.pdf\nwsoa evidence get TH-E03 --out=-",
        .words = {evidence_item_word()},
        .options = {{.name = "out",
                     .value = "FILE",
                     .help = "where to; - is standard output; the document's own name"},
                    {.name = "on-record",
                     .help = "record that you read it, also where the policy does not ask for it"},
                    {.name = "reason", .value = "WORDS", .help = "what it is read for"}},
        .run = get};
    std::ranges::move(recording_options(), std::back_inserter(command.options));
    return command;
}

}  // namespace wsoa
