#include "cli/commands/sealing.h"
#include "cli/commands/spare.h"
#include "cli/commands/vault.h"
#include "cli/commands/whole.h"
#include "ledger/ledger_vault.h"

#include <algorithm>

namespace wsoa {
namespace {

// What to do where a spare is older than an erasure: the newest one that is not, if any is known.
Result<std::string> better_spare(const LedgerFolder& folder, std::uint64_t generation) {
    const auto list = TRY(SpareList::read(folder));
    const auto better = std::ranges::find_if(
        list.spares.rbegin(), list.spares.rend(),
        [&](const KnownSpare& spare) { return spare.generation >= generation; });
    const auto which =
        better == list.spares.rend()
            ? fmt::format("use one of generation {} or later, if there is one", generation)
            : fmt::format("use {}, of generation {}", better->path, better->generation);
    return which + ", and destroy this one";
}

Result<SpareContents> open_given(Desk& desk, const Hash& ledger) {
    const auto& path = desk.given().value("from");
    const auto bytes = TRY(read_file(path, spare_bytes_max));
    const auto file = SpareFile::read(bytes);
    if (!file.ok()) {
        return Error(file.error()).explain("reading {}", path);
    }
    if (file.value().vault.ledger != ledger) {
        return error(Fault::distrusted, "{} is a spare of another ledger's vault", path)
            .advise("name a spare of this ledger: `wsoa vault show` lists them");
    }
    const auto passphrase = TRY(spare_passphrase(desk));
    return open_spare(file.value(), passphrase);
}

void show_recovered(Output& output, const LedgerFolder& folder, const Recovered& recovered) {
    const bool has_key = recovered.key == Recovered::Key::brought_back;
    output.text(fmt::format("Recovered:  the vault, now generation {}{}\nFolder:     {}",
                            recovered.generation, has_key ? ", and the ledger's own key" : "",
                            folder.keys().string()));
    output.json(Json::object()
                    .set("type", "vaultRecovered")
                    .set("generation", recovered.generation)
                    .set("digest", to_hex(recovered.digest.view()))
                    .set("ledgerKey", has_key)
                    .set("folder", folder.keys().string()));
    if (!has_key) {
        output.warn(
            "The ledger's key has changed since the spare was made, so that words are read again "
            "but nothing is recorded before keys/ledger.pem is put back under the new passphrase "
            "(docs/way-back.md)");
    }
    if (recovered.waiting == Recovered::Waiting::destroyed) {
        output.warn(
            "A new key of the ledger waited to be confirmed, under the forgotten passphrase. It is "
            "destroyed: hand over to another one with `wsoa keys rotate-ledger`");
    }
    output.note(
        "The spare still opens with its own passphrase. Make a new one if that was seen by many: "
        "wsoa vault spare --out FILE");
}

Result<Exit> vault_recover(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto folder = TRY(desk.folder());
    const auto about = TRY(desk.facts());
    auto environment = desk.environment();
    const auto lock = TRY(WriterLock::acquire(
        folder.lock(), LockHolder::here(given.command, environment.clock.now())));
    auto spare = TRY(open_given(desk, about.ledger));
    const auto whole = TRY(open_whole(folder, about));
    const auto mark = TRY(whole.history->vault_mark());
    auto compared = compare_with_spare(*whole.history, spare.vault);
    if (!compared.ok()) {
        auto advice = TRY(better_spare(folder, mark ? mark->generation : 0));
        return std::move(compared).error().advise(std::move(advice));
    }
    auto passphrase = TRY(passphrase_from_now_on(given, around, "the ledger's key and vault"));
    auto pem = TRY(
        private_key_file(*spare.key, std::optional(Secret(passphrase.view())), environment.random));
    const auto recovered =
        TRY(recover_from_spare(folder,
                               {.spare = std::move(spare),
                                .signing_key = whole.facts.signing_key_at(whole.history->size()),
                                .generation = mark ? mark->generation : 0,
                                .sealing = SealedByPassphrase{.passphrase = std::move(passphrase)},
                                .key_pem = std::move(pem)},
                               environment.random));
    show_recovered(around.output, folder, recovered);
    return Exit::done;
}

}  // namespace

CommandSpec vault_recover_command() {
    return {.name = "vault recover",
            .group = Group::running,
            .help = "put a spare in the place of a vault that nobody can open any more",
            .example =
                "wsoa --ledger send vault recover --from /media/safe/send.spare \\\n"
                "    --new-passphrase-file new.txt",
            .options = {{.name = "from",
                         .value = "SPARE",
                         .help = "the file that `wsoa init --vault-spare` or `wsoa vault spare` "
                                 "wrote",
                         .presence = Presence::required},
                        spare_passphrase_option(),
                        new_passphrase_option()},
            .notes =
                [] {
                    return "A spare that was made before an erasure is refused, since it still "
                           "opens\n"
                           "what went. The same again is no error, if it was cut short.\n";
                },
            .run = vault_recover};
}

}  // namespace wsoa
