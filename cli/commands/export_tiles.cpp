#include "cli/commands/export_tiles.h"

#include "cli/commands/published.h"
#include "cli/desk.h"
#include "ledger/base/counted.h"
#include "ledger/history_tiles.h"
#include "ledger/store/system.h"

namespace wsoa {
namespace {

Result<Exit> export_tiles_run(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    auto* reading = TRY(desk.reading());
    const auto published = TRY(newest_checkpoint(desk, *reading));
    const auto folder = std::filesystem::absolute(given.value("DIR"));
    const auto workers = worker_threads(0);
    const auto made =
        TRY(export_tiles(*reading->history,
                         {.folder = folder,
                          .bundles = given.has("public") ? Bundles::left_out : Bundles::included,
                          .checkpoint_note = published.checkpoint.note},
                         *workers));
    around.output.text(
        fmt::format("Log:        {}\nEvents:     {}, of which {} were there\nWritten:    {}, {}",
                    folder.string(), made.size.value, made.before.value,
                    counted(made.files, "file"), counted(made.bytes, "byte")));
    around.output.note("Checked by: wsoa verify " + given.value("DIR") + " --tiles");
    around.output.json(Json::object()
                           .set("type", "tilesExported")
                           .set("folder", folder.string())
                           .set("before", made.before.value)
                           .set("size", made.size.value)
                           .set("files", made.files)
                           .set("bytes", made.bytes)
                           .set("verifierKey", published.key.str()));
    return Exit::done;
}

}  // namespace

CommandSpec export_tiles_command() {
    return {
        .name = "export tiles",
        .group = Group::checking,
        .help = "write the ledger as tiles and a checkpoint, for any web server to publish",
        .example = "wsoa export tiles /srv/www/send --public\nwsoa export tiles /mnt/mirror/send",
        .words = {{.name = "DIR", .help = "a new folder, or one that an earlier export wrote"}},
        .options = {{.name = "public",
                     .help = "leave the entries out: hashes and checkpoint tell nobody what "
                             "was recorded"}},
        .notes =
            [] {
                return "The files are those of c2sp.org/tlog-tiles. What is there is left as it\n"
                       "is, so that the next export writes only what is new; the checkpoint\n"
                       "comes last, and at every moment the folder is a valid log.\n";
            },
        .run = export_tiles_run};
}

}  // namespace wsoa
