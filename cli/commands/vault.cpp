#include "cli/commands/vault.h"

#include "cli/commands/spare.h"
#include "ledger/base/limits.h"
#include "ledger/base/sha256.h"
#include "ledger/keys/key_file.h"
#include "ledger/ledger_vault.h"

#include <algorithm>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

// What is to be said of a spare.
enum class Standing : std::uint8_t { good, of_an_older_key, older_than_an_erasure };

std::string_view name_of(Standing standing) {
    switch (standing) {
        case Standing::good: return "good";
        case Standing::of_an_older_key: return "ofAnOlderKey";
        case Standing::older_than_an_erasure: return "olderThanAnErasure";
    }
    return {};
}

// What the ledger says of its vault.
struct Said {
    std::optional<VaultMark> last;  // erasure
    KeyId signing_key;
};

Standing standing_of(const KnownSpare& spare, const Said& said) {
    if (said.last && spare.generation < said.last->generation) {
        return Standing::older_than_an_erasure;
    }
    return spare.ledger_key == said.signing_key ? Standing::good : Standing::of_an_older_key;
}

std::string in_words(Standing standing, const Said& said) {
    switch (standing) {
        case Standing::good: return "it would bring vault and key back";
        case Standing::of_an_older_key:
            return "it would bring the vault back and not the ledger's key, which has changed";
        case Standing::older_than_an_erasure:
            return fmt::format(
                "it still opens what event {} erased: destroy it (wsoa vault destroy-spare)",
                said.last->event.value);
    }
    return {};
}

void show_spares(const SpareList& list, const Said& said, Output& output) {
    bool has_good = false;
    for (const auto& spare : list.spares) {
        const auto standing = standing_of(spare, said);
        has_good = has_good || standing == Standing::good;
        output.text(fmt::format(
            "Spare:      {}\n            generation {}, made {}\n            {}", spare.path,
            spare.generation, to_string(spare.made), in_words(standing, said)));
        output.json(Json::object()
                        .set("type", "spare")
                        .set("path", spare.path)
                        .set("generation", spare.generation)
                        .set("made", to_string(spare.made))
                        .set("digest", to_hex(spare.digest.view()))
                        .set("standing", name_of(standing)));
    }
    if (!has_good) {
        output.note(
            "No good spare is known: a forgotten passphrase has no way back. "
            "To make one: wsoa vault spare --out FILE");
    }
}

std::string sealing_in_words(const VaultLook& vault) {
    if (vault.token) {
        return fmt::format("sealed by the token {}", vault.token->token.str());
    }
    return vault.is_sealed ? "sealed by a passphrase" : "not sealed";
}

Result<Exit> vault_show(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto folder = TRY(desk.folder());
    auto* const reading = TRY(desk.reading_directly());
    const auto& history = *reading->history;
    const auto vault = TRY(Vault::look(folder.keys()));
    const auto last = TRY(history.vault_mark());
    const Said said{.last = last,
                    .signing_key = reading->state.keyring.facts().signing_key_at(history.size())};
    around.output.text(
        fmt::format("Vault:      generation {}, {}\nSHA-256:    {}\nErased:     {}",
                    vault.generation, sealing_in_words(vault), to_hex(vault.digest.view()),
                    said.last ? fmt::format("last by event {}, with generation {}",
                                            said.last->event.value, said.last->generation)
                              : "nothing yet"));
    auto json = Json::object();
    json.set("type", "vault")
        .set("generation", vault.generation)
        .set("sealing", vault.token       ? "token"
                        : vault.is_sealed ? "passphrase"
                                          : "none")
        .set("digest", to_hex(vault.digest.view()));
    if (said.last) {
        json.set("erasedByEvent", said.last->event.value)
            .set("erasedWithGeneration", said.last->generation);
    }
    around.output.json(json);
    const auto compared = compare_with_vault(history, vault.facts());
    if (!compared.ok()) {
        around.output.warn(
            fmt::format("{}: {}", compared.error().message, compared.error().advice));
    }
    const auto list = TRY(SpareList::read(folder));
    show_spares(list, said, around.output);
    return Exit::done;
}

// The ledger's own key, for the spare to bring back.
Result<std::unique_ptr<MemorySigner>> own_key(Desk& desk, const LedgerFolder& folder) {
    const auto bytes = TRY(read_file(folder.ledger_key(), limits::key_file_bytes_max));
    const auto pem = text_of(bytes);
    const auto sealed = TRY(is_sealed(pem));
    std::optional<Secret> passphrase;
    if (sealed) {
        passphrase = TRY(desk.passphrase_for_ledger());
    }
    return read_private_key(pem, passphrase);
}

Result<Exit> vault_spare(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto folder = TRY(desk.folder());
    auto path = TRY(place_for_spare(folder, given.value("out")));
    // Opened whole, so that no spare is made of a vault that is older than an erasure.
    auto* const ledger = TRY(desk.writing_directly());
    std::optional<Secret> ledgers_own;
    if (desk.is_ledger_key_sealed()) {
        ledgers_own = TRY(desk.passphrase_for_ledger());
    }
    const auto key = TRY(own_key(desk, folder));
    auto passphrase = TRY(fresh_spare_passphrase(desk, ledgers_own));
    const auto made = TRY(make_spare(desk, desk.vault(),
                                     {.folder = folder,
                                      .ledger = ledger->facts().ledger,
                                      .path = std::move(path),
                                      .key = *key,
                                      .passphrase = std::move(passphrase)}));
    show_spare(around.output, made);
    return Exit::done;
}

// The spare on the list that the file is: by what it holds where it is there, since it may have
// been moved, or else by its path.
Result<KnownSpare> listed(const SpareList& list, const fs::path& path) {
    const auto bytes = read_file(path, spare_bytes_max);
    if (!bytes.ok() && bytes.error().fault != Fault::missing) {
        return bytes.error();
    }
    const auto found = std::ranges::find_if(list.spares, [&](const KnownSpare& spare) {
        return bytes.ok() ? spare.digest == sha256(bytes.value()) : spare.path == path.string();
    });
    if (found == list.spares.end()) {
        return error(Fault::missing, "{} is none of the spares that this ledger knows of",
                     path.string())
            .advise("`wsoa vault show` lists them; what is on no list is destroyed by hand");
    }
    return *found;
}

Result<Exit> vault_destroy_spare(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto folder = TRY(desk.folder());
    TRY(desk.facts());
    auto environment = desk.environment();
    const auto lock = TRY(WriterLock::acquire(
        folder.lock(), LockHolder::here(given.command, environment.clock.now())));
    auto list = TRY(SpareList::read(folder));
    const auto path = fs::absolute(given.value("FILE")).lexically_normal();
    const auto spare = TRY(listed(list, path));
    const auto is_here = TRY(is_there(path));
    if (!is_here && !given.has("gone")) {
        return error(Fault::missing, "there is no {}", path.string())
            .advise("bring it where it was, or say --gone once it is destroyed");
    }
    if (is_here) {
        TRY(destroy(path));
    }
    std::erase(list.spares, spare);
    TRY(list.write(folder));
    around.output.text(fmt::format("{}  {}, of the vault's generation {}",
                                   is_here ? "Destroyed:" : "Struck off:", spare.path,
                                   spare.generation));
    around.output.json(Json::object()
                           .set("type", "spareDestroyed")
                           .set("path", spare.path)
                           .set("generation", spare.generation));
    around.output.note(
        "Other copies of it, and what a drive keeps to itself, only people can destroy");
    return Exit::done;
}

}  // namespace

CommandSpec vault_show_command() {
    return {.name = "vault show",
            .group = Group::running,
            .help = "show the vault's generation, how it is sealed, and which spares are known",
            .example = "wsoa --ledger send vault show",
            .run = vault_show};
}

CommandSpec vault_spare_command() {
    return {.name = "vault spare",
            .group = Group::running,
            .help = "write a spare of vault and ledger key under a passphrase of its own",
            .example = "wsoa --ledger send vault spare --out /media/safe/send.spare",
            .options = {{.name = "out",
                         .value = "FILE",
                         .help = "the spare, outside the ledger's folder; must not exist yet",
                         .presence = Presence::required},
                        spare_passphrase_option()},
            .run = vault_spare};
}

CommandSpec vault_destroy_spare_command() {
    return {.name = "vault destroy-spare",
            .group = Group::running,
            .help = "destroy a spare of the vault, and take it off the list",
            .example =
                "wsoa --ledger send vault destroy-spare /media/safe/send.spare\n"
                "wsoa --ledger send vault destroy-spare /media/safe/send.spare --gone",
            .words = {{.name = "FILE", .help = "where it is, or was"}},
            .options = {{.name = "gone", .help = "it was destroyed already, where it lay"}},
            .run = vault_destroy_spare};
}

}  // namespace wsoa
