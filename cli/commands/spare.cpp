#include "cli/commands/spare.h"

#include "cli/commands/sealing.h"
#include "cli/passphrase.h"

namespace wsoa {
namespace {

constexpr std::string_view what_it_opens = "the spare of the vault";

PassphraseSources sources_of(Desk& desk) {
    return {.file = desk.given().find("spare-passphrase-file"),
            .variables = desk.around().variables,
            .terminal = desk.around().terminal,
            .names = spare_names};
}

}  // namespace

OptionSpec spare_passphrase_option() {
    return {.name = "spare-passphrase-file",
            .value = "FILE",
            .help = "a file that holds the spare's passphrase; see \"wsoa help passphrases\""};
}

Result<Secret> spare_passphrase(Desk& desk) {
    return read_passphrase(sources_of(desk), what_it_opens);
}

Result<Secret> fresh_spare_passphrase(Desk& desk, const std::optional<Secret>& ledgers_own) {
    auto passphrase = TRY(new_passphrase(sources_of(desk), what_it_opens));
    if (ledgers_own && equal(passphrase.view(), ledgers_own->view())) {
        return Error{Fault::refused, "the spare would be under the passphrase of the ledger itself",
                     "choose another one: a spare is for when that is forgotten"};
    }
    return passphrase;
}

Result<std::filesystem::path> place_for_spare(const LedgerFolder& folder,
                                              const std::string& typed) {
    const auto path = std::filesystem::absolute(typed).lexically_normal();
    TRY(check_spare_path(folder, path));
    const auto is_taken = TRY(is_there(path));
    if (is_taken) {
        return error(Fault::conflict, "{} is there already", path.string())
            .advise("name a file that does not exist yet");
    }
    const auto has_folder = TRY(is_there(path.parent_path()));
    if (!has_folder) {
        return error(Fault::missing, "there is no folder {}", path.parent_path().string())
            .advise("make it, or name a file elsewhere");
    }
    return path;
}

Result<KnownSpare> make_spare(Desk& desk, const Vault& vault, SpareToMake what) {
    const auto environment = desk.environment();
    auto pem = TRY(private_key_file(what.key, std::optional(Secret(what.passphrase.view())),
                                    environment.random));
    return write_spare(what.folder,
                       {.path = std::move(what.path),
                        .ledger = what.ledger,
                        .vault = vault,
                        .ledger_key = what.key.key(),
                        .key_pem = std::move(pem),
                        .sealing = SealedByPassphrase{.passphrase = std::move(what.passphrase)}},
                       environment);
}

void show_spare(Output& output, const KnownSpare& spare) {
    output.text(
        fmt::format("Spare:      {}, of the vault's generation {}", spare.path, spare.generation));
    output.note(
        "Keep it in a safe, and its passphrase in another: with both, whoever has them can read "
        "every word and sign for the ledger. After an erasure it is to be destroyed");
    output.json(Json::object()
                    .set("type", "spare")
                    .set("path", spare.path)
                    .set("generation", spare.generation)
                    .set("made", to_string(spare.made))
                    .set("digest", to_hex(spare.digest.view())));
}

}  // namespace wsoa
