#include "cli/commands/backup.h"

#include "cli/desk.h"
#include "ledger/base/counted.h"
#include "ledger/ledger_backup.h"
#include "ledger/ledger_guard.h"
#include "ledger/ledger_unpack.h"

#include <unistd.h>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

fs::path scratch_for(std::string_view what) {
    return fs::temp_directory_path() / fmt::format("wsoa-{}-{}", what, ::getpid());
}

// The ledger's own keys and its vault, into a folder of their own.
Result<std::vector<std::string>> copy_keys(const LedgerFolder& ledger, const fs::path& to) {
    const auto is_one = TRY(is_there(to));
    if (!is_one) {
        TRY(create_folder(to, Access::owner));
    }
    const auto names = TRY(list_folder(ledger.keys()));
    std::vector<std::string> copied;
    for (const auto& name : names) {
        if (name.starts_with('.')) {
            continue;
        }
        const auto bytes = TRY(read_file(ledger.keys() / name, vault_file_bytes_max));
        TRY(write_durably(to / name, bytes, Access::owner));
        copied.push_back(name);
    }
    return copied;
}

Result<Exit> backup(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto ledger = TRY(desk.folder());
    const auto about = TRY(desk.facts());
    const auto to = fs::absolute(given.value("DIR"));
    const auto made = TRY(make_backup({.ledger = ledger,
                                       .about = about,
                                       .to = to,
                                       .scratch = scratch_for("backup"),
                                       .now = desk.environment().clock.now()}));
    const auto& facts = made.facts;
    around.output.text(fmt::format(
        "Backup:     {}\nLedger:     {}\nEvents:     {}, root {}\nHolds:      {}, {}\n"
        "Copied now: {}, {}",
        (to / facts.folder()).string(), facts.origin.str(), facts.size.value,
        to_hex(facts.root.view()), counted(facts.files, "file"), counted(facts.bytes, "byte"),
        counted(made.files_copied, "file"), counted(made.bytes_copied, "byte")));
    auto json = Json::object();
    json.set("type", "backup")
        .set("folder", (to / facts.folder()).string())
        .set("ledger", to_hex(facts.ledger.view()))
        .set("size", facts.size.value)
        .set("root", to_hex(facts.root.view()))
        .set("files", facts.files)
        .set("bytes", facts.bytes)
        .set("filesCopied", made.files_copied)
        .set("bytesCopied", made.bytes_copied);
    if (const auto keys = given.find("vault")) {
        const auto copied = TRY(copy_keys(ledger, *keys));
        around.output.text(fmt::format("Vault:      {}, with the ledger's own key", *keys));
        around.output.note(
            "Whoever has these files and their passphrase can read every word and sign for the "
            "ledger; after an erasure the copy is to be destroyed and made again");
        json.set("vault", *keys);
    } else {
        around.output.note(
            "The vault and the ledger's own key were left out; to copy them as well, apart from "
            "the rest: wsoa backup DIR --vault ANOTHER-DIR");
    }
    around.output.json(json);
    return Exit::done;
}

// What witnesses saw, as this machine was told and as the copy itself keeps it. A copy that is
// behind may be read; one of another history is not put back.
Result<void> compare_with_witnesses(Output& output, const fs::path& backup,
                                    const FolderFacts& about, const History& history) {
    const auto facts = TRY(BackupFacts::read(backup));
    const LedgerFolder copy(backup / facts.folder());
    const auto seen = TRY(all_sightings(about, copy, history.size()));
    const auto compared = compare_with_sightings(history, seen);
    if (!compared.ok() && compared.error().fault == Fault::conflict) {
        output.warn(compared.error().message + "; " + compared.error().advice);
        return done();
    }
    return compared;
}

// What this machine knows of the ledger beside the copy. A copy that is older may be read, and is
// not written before it holds what was signed since; one of another history is not put back.
Result<void> compare_with_what_is_known(Desk& desk, const FolderFacts& about,
                                        const History& history) {
    const auto own = TRY(desk.memory());
    const auto recalled = TRY(own.last_seen(about.ledger));
    if (recalled && recalled->size <= history.size()) {
        TRY(own.see(about.ledger, recalled, history));
    } else if (recalled) {
        desk.output().warn(
            fmt::format("Your tool has seen {} events of this ledger, and the backup holds {}",
                        recalled->size.value, history.size().value));
    }
    const auto head = Guard::read(about.guard, about.ledger);
    if (!head.ok() && head.error().fault == Fault::missing) {
        desk.output().warn(
            "This machine has no guard of the ledger, so that nothing is recorded before: wsoa "
            "guard adopt --checkpoint FILE, with a checkpoint that was kept elsewhere");
        return done();
    }
    const auto guarded = TRY(Result<GuardedHead>(head));
    if (guarded.size <= history.size()) {
        return compare_with_guard(history, guarded);
    }
    desk.output().warn(fmt::format(
        "The backup holds {} events, but {} were signed: nothing is recorded, and no second "
        "history signed, before the others are back: wsoa guard restore --from COPY "
        "(docs/way-back.md)",
        history.size().value, guarded.size.value));
    return done();
}

Result<Exit> restore(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const LedgerFolder to(fs::absolute(given.value("to")));
    RestoreJob job{.backup = fs::absolute(given.value("BACKUP")),
                   .to = to,
                   .keys = {},
                   .scratch = scratch_for("restore")};
    if (const auto keys = given.find("vault")) {
        job.keys = fs::absolute(*keys);
    }
    const auto workers = worker_threads(0);
    job.workers = workers.get();
    job.judge = [&](const FolderFacts& about, const History& history) -> Result<void> {
        TRY(compare_with_witnesses(around.output, job.backup, about, history));
        return compare_with_what_is_known(desk, about, history);
    };
    const auto made = TRY(restore_backup(job));
    const auto& facts = made.facts;
    around.output.mark(facts.origin.is_rehearsal() ? Ledgers::rehearsal : Ledgers::real);
    around.output.text(fmt::format(
        "Restored:   {}\nLedger:     {}\nEvents:     {}, root {}\nProved:     every event hashed "
        "again, the tree rebuilt, and the checkpoint's signature",
        to.root().string(), facts.origin.str(), facts.size.value, to_hex(facts.root.view())));
    around.output.json(Json::object()
                           .set("type", "restored")
                           .set("folder", to.root().string())
                           .set("ledger", to_hex(facts.ledger.view()))
                           .set("size", facts.size.value)
                           .set("root", to_hex(facts.root.view())));
    if (!job.keys) {
        around.output.note(
            "Without the vault its words are not shown, and without the ledger's own key nothing "
            "is recorded: put vault-N.wsoa and ledger.pem into keys/");
    }
    return Exit::done;
}

}  // namespace

CommandSpec backup_command() {
    return {.name = "backup",
            .group = Group::running,
            .help = "copy the ledger while it is used, and look at the copy; the vault stays out",
            .example =
                "wsoa --ledger send backup /mnt/backup/send\n"
                "wsoa --ledger send backup /mnt/backup/send --vault /media/safe/send-keys",
            .words = {{.name = "DIR", .help = "where; an earlier backup there is brought forward"}},
            .options = {{.name = "vault",
                         .value = "DIR",
                         .help = "copy the vault and the ledger's own key too, into this folder"}},
            .run = backup};
}

CommandSpec restore_command() {
    return {.name = "restore",
            .group = Group::running,
            .help = "make a ledger's folder of a backup, once every event in it is proved",
            .example =
                "wsoa restore /mnt/backup/send --to send --vault /media/safe/send-keys\n"
                "wsoa --ledger send verify",
            .words = {{.name = "BACKUP", .help = "the folder that `wsoa backup` was given"}},
            .options = {{.name = "to",
                         .value = "FOLDER",
                         .help = "the ledger's new folder, which does not exist yet",
                         .presence = Presence::required},
                        {.name = "vault",
                         .value = "DIR",
                         .help = "the folder with the copy of the vault and of the ledger's key"}},
            .run = restore};
}

}  // namespace wsoa
