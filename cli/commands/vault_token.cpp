#include "cli/commands/vault_token.h"

#include "cli/desk.h"
#include "ledger/base/limits.h"
#include "ledger/keys/key_file.h"

namespace wsoa {
namespace {

// The passphrase that the ledger's own key is under, so that one opens both; a new one in a
// rehearsal whose key is under none.
Result<Secret> passphrase_for_vault(Desk& desk) {
    if (!desk.is_ledger_key_sealed()) {
        return desk.fresh_passphrase("the vault");
    }
    // It has opened the key by now.
    return desk.passphrase_for_ledger();
}

Json json_of(const TokenName& name) {
    return Json::object().set("label", name.label).set("serial", name.serial);
}

void show_sealed(Desk& desk) {
    const auto& vault = desk.vault();
    const auto& token = vault.token();
    desk.output().text(fmt::format(
        "Vault:      generation {}, sealed by {}", vault.generation(),
        token ? fmt::format("a key in the token {}", token->token.str()) : "the passphrase"));
    auto json = Json::object();
    json.set("type", "vault").set("generation", vault.generation());
    if (token) {
        json.set("token", json_of(token->token));
    }
    desk.output().json(json);
}

Result<Exit> vault_seal(const Invocation& given, Surroundings& around) {
    const auto label = given.find("token");
    if (label.has_value() == given.has("passphrase")) {
        return Error{Fault::invalid, "say by what the vault is to be sealed from now on",
                     "give either --token LABEL or --passphrase"};
    }
    Desk desk(given, around);
    TRY(desk.writing_directly());
    const auto before = desk.vault().token();
    if (label) {
        const auto name = TRY(TokenName::of(*label, ""));
        auto* const token = TRY(desk.tokens().open(name, "new-pin-file"));
        TRY(desk.vault().reseal(SealedByToken{*token}));
    } else {
        auto passphrase = TRY(passphrase_for_vault(desk));
        TRY(desk.vault().reseal(SealedByPassphrase{.passphrase = std::move(passphrase)}));
    }
    show_sealed(desk);
    around.output.note(
        before ? fmt::format("Older copies that a key in the token {} had sealed open no more: it "
                             "is destroyed",
                             before->token.str())
               : "Older copies of the vault are as they were: destroy them, and make new ones");
    return Exit::done;
}

Result<Exit> vault_clear(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto name = TRY(TokenName::of(given.value("token"), ""));
    TRY(desk.writing_directly());
    auto* const token = TRY(desk.tokens().open(name, "new-pin-file"));
    const auto count = TRY(desk.vault().clear(*token));
    around.output.text(fmt::format("Destroyed:  {} of this vault's keys in the token {}", count,
                                   token->name().str()));
    around.output.json(Json::object()
                           .set("type", "cleared")
                           .set("token", json_of(token->name()))
                           .set("destroyed", count));
    return Exit::done;
}

OptionSpec new_pin_option() {
    return {.name = "new-pin-file",
            .value = "FILE",
            .help = "the PIN of that token, if the vault is in another one with another PIN now"};
}

}  // namespace

CommandSpec vault_seal_command() {
    return {.name = "vault seal",
            .group = Group::running,
            .help = "seal the vault by a key in a PKCS#11 token, or by the passphrase again",
            .example =
                "wsoa --ledger send vault seal --token council \\\n"
                "    --token-module /usr/lib/softhsm/libsofthsm2.so",
            .options = {{.name = "token",
                         .value = "LABEL",
                         .help = "the token of that label, which makes a new key for each "
                                 "generation of the vault"},
                        {.name = "passphrase", .help = "the passphrase of the ledger's own key"},
                        new_pin_option()},
            .notes =
                [] {
                    return "A new generation of the vault is written; then the older file is\n"
                           "destroyed, and its key in the token that it was sealed by. If that is\n"
                           "cut short, `wsoa vault clear` destroys the keys that were left.\n";
                },
            .run = vault_seal};
}

CommandSpec vault_clear_command() {
    return {.name = "vault clear",
            .group = Group::running,
            .help = "destroy what a move of the vault that was cut short left in a token",
            .example = "wsoa --ledger send vault clear --token council",
            .options = {{.name = "token",
                         .value = "LABEL",
                         .help = "the token; its key that the vault is sealed by now stays",
                         .presence = Presence::required},
                        new_pin_option()},
            .run = vault_clear};
}

}  // namespace wsoa
