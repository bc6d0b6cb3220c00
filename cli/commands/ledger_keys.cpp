#include "cli/commands/ledger_keys.h"

#include "cli/commands/recording.h"
#include "cli/commands/sealing.h"
#include "ledger/base/limits.h"
#include "ledger/keys/key_file.h"

namespace wsoa {
namespace {

// A new key, durable in the ledger's folder before any event names it. It is sealed as the present
// is, so that one passphrase opens all that the ledger keeps.
Result<std::unique_ptr<Signer>> make_next_key(Desk& desk, const LedgerFolder& folder) {
    auto& random = desk.environment().random;
    Secret seed(Bytes(32));
    random.fill(seed.span());
    auto signer = TRY(MemorySigner::from_seed(seed));
    std::optional<Secret> passphrase;
    if (desk.is_ledger_key_sealed()) {
        passphrase = TRY(desk.passphrase_for_ledger());
    }
    const auto pem = TRY(private_key_file(*signer, passphrase, random));
    TRY(create_durably(folder.next_ledger_key(), bytes_of(pem), Access::owner));
    return std::unique_ptr<Signer>(std::move(signer));
}

Result<ChangeLine> handover_to(const Signer& next, Desk& desk, const Hash& ledger) {
    const auto& given = desk.given();
    const auto subject = TRY(SubjectRef::parse("ledger"));
    auto line = TRY(line_from(given, Kind::LEDGER_KEY_ROTATED, subject));
    const auto proof = next.sign(ledger_key_proof_message(ledger, next.key()));
    const auto handover =
        desk.present_ledger_signer().sign(ledger_key_handover_message(ledger, next.key()));
    TRY(line.draft.set("newKey", next.key().hex()));
    TRY(line.draft.set("proof", to_hex(proof.view())));
    TRY(line.draft.set("handover", to_hex(handover.view())));
    TRY(say(line, schema::WordField::REASON, given.find("reason")));
    return line;
}

// Whether a failed commit may have left its event in the store all the same.
bool may_stand(Fault fault) { return fault == Fault::unavailable || fault == Fault::corrupt; }

Result<Exit> keys_rotate_ledger(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto* signer = TRY(desk.signer());
    auto* ledger = TRY(desk.writing_directly());
    const auto folder = TRY(desk.folder());
    const auto* state = TRY(ledger->state_with(std::nullopt));
    const auto& pending = state->keyring.pending_ledger_key();
    const auto* next = desk.waiting_ledger_signer();
    if (pending && next != nullptr && pending->key == next->key()) {
        return error(Fault::conflict, "a new ledger key waits to be confirmed already, event {}",
                     pending->index.value)
            .advise(
                fmt::format("another founder confirms it: wsoa confirm {}", pending->index.value));
    }
    // A key that no event names was made by a command that was cut short: it serves as well.
    std::unique_ptr<Signer> made;
    if (next == nullptr) {
        made = TRY(make_next_key(desk, folder));
        next = made.get();
    }
    auto line = TRY(handover_to(*next, desk, ledger->facts().ledger));
    const auto committed = desk.record(line, *signer);
    if (!committed.ok()) {
        if (made && !may_stand(committed.error().fault)) {
            TRY(destroy(folder.next_ledger_key()));
        }
        return committed.error();
    }
    desk.show(committed.value(), line);
    const auto vkey = TRY(NoteKey::ed25519(ledger->facts().origin, next->key()));
    around.output.text("To sign:    " + vkey.str());
    around.output.json(Json::object()
                           .set("type", "ledgerKey")
                           .set("event", committed.value().index.value)
                           .set("verifierKey", vkey.str()));
    around.output.note(
        fmt::format("The new key signs once another founder confirms it: wsoa confirm {}",
                    committed.value().index.value));
    return Exit::done;
}

// The passphrases at hand when a ledger's files are put under a new one. After a command that was
// cut short some files are under the new one already.
class Resealing {
public:
    Resealing(Desk& desk, Secret fresh) : desk_(desk), fresh_(std::move(fresh)) {}

    const Secret& fresh() const { return fresh_; }
    // What `open` gives under the new passphrase, or else under the old one.
    template <typename Open>
    auto open(Open open) {
        auto opened = open(Secret(fresh_.view()));
        if (opened.ok() || opened.error().fault != Fault::distrusted) {
            return opened;
        }
        auto old = desk_.passphrase_for_ledger();
        return old.ok() ? open(std::move(old).value()) : decltype(opened)(old.error());
    }

private:
    Desk& desk_;
    Secret fresh_;
};

Result<void> reseal_key(const std::filesystem::path& path, Desk& desk, Resealing& resealing) {
    const auto bytes = TRY(read_file(path, limits::key_file_bytes_max));
    const std::string pem(text_of(bytes));
    const auto signer = TRY(resealing.open([&](Secret passphrase) {
        return read_private_key(pem, std::optional(std::move(passphrase)));
    }));
    const auto fresh = std::optional(Secret(resealing.fresh().view()));
    const auto resealed = TRY(private_key_file(*signer, fresh, desk.environment().random));
    return write_durably(path, bytes_of(resealed), Access::owner);
}

Result<Exit> keys_seal_ledger(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto folder = TRY(desk.folder());
    const auto about = TRY(desk.facts());
    auto environment = desk.environment();
    const auto lock = TRY(WriterLock::acquire(
        folder.lock(), LockHolder::here(given.command, environment.clock.now())));
    TRY(settle_ledger_keys(folder));
    auto fresh = TRY(passphrase_from_now_on(given, around, "the ledger's key and vault"));
    Resealing resealing(desk, std::move(fresh));
    const auto token = TRY(Vault::needs_token(folder.keys()));
    if (token) {
        around.output.note(
            fmt::format("The vault stays sealed by a key in the token {}", token->token.str()));
    } else {
        const auto vault = TRY(resealing.open([&](Secret passphrase) {
            return Vault::open(folder.keys(), about.ledger, std::optional(std::move(passphrase)),
                               environment.random);
        }));
        TRY(vault->reseal(SealedByPassphrase{.passphrase = Secret(resealing.fresh().view())}));
    }
    TRY(reseal_key(folder.ledger_key(), desk, resealing));
    const auto has_next = TRY(is_there(folder.next_ledger_key()));
    if (has_next) {
        TRY(reseal_key(folder.next_ledger_key(), desk, resealing));
    }
    around.output.text(fmt::format("Sealed:     {}, the key{} in it", folder.keys().string(),
                                   token ? "" : " and vault"));
    around.output.json(Json::object().set("type", "sealed").set("folder", folder.keys().string()));
    around.output.note(
        "Older copies of these files are as they were. If anyone may have one, hand over to a new "
        "key: wsoa keys rotate-ledger");
    return Exit::done;
}

}  // namespace

CommandSpec keys_rotate_ledger_command() {
    auto options = std::vector<OptionSpec>{{.name = "reason",
                                            .value = "WORDS",
                                            .help = "why the ledger changes its key",
                                            .presence = Presence::required}};
    for (const auto& option : recording_options()) {
        options.push_back(option);
    }
    return {.name = "keys rotate-ledger",
            .group = Group::running,
            .help = "make a new key for the ledger itself; it signs once another founder confirms",
            .example =
                "wsoa --ledger send --key programme-manager.pem keys rotate-ledger \\\n"
                "    --reason \"the server was replaced\"",
            .options = std::move(options),
            .run = keys_rotate_ledger};
}

// The same act under the name that whoever thinks of the vault looks for.
CommandSpec vault_passphrase_command() {
    return {.name = "vault passphrase",
            .group = Group::running,
            .help = "put the vault, and the ledger's own key with it, under another passphrase",
            .example = "wsoa --ledger send vault passphrase --new-passphrase-file new.txt",
            .options = {new_passphrase_option()},
            .run = keys_seal_ledger};
}

CommandSpec keys_seal_ledger_command() {
    return {.name = "keys seal-ledger",
            .group = Group::running,
            .help = "put the ledger's own key and vault under a passphrase, or under another one",
            .example = "wsoa --ledger send keys seal-ledger",
            .options = {new_passphrase_option()},
            .run = keys_seal_ledger};
}

}  // namespace wsoa
