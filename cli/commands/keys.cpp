#include "cli/commands/keys.h"

#include "cli/commands/recording.h"
#include "cli/commands/sealing.h"
#include "cli/desk.h"
#include "ledger/base/limits.h"
#include "ledger/keys/key_file.h"
#include "ledger/keys/request.h"

namespace wsoa {
namespace {

void show_key(Output& output, std::string_view type, const KeyId& key) {
    const auto pem = write_public_key(key);
    output.text(fmt::format("Key:  {}\n{}", key.hex(), pem));
    output.json(Json::object().set("type", type).set("key", key.hex()).set("publicKey", pem));
}

Result<Exit> keys_new(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto& path = given.value("FILE");
    std::optional<Secret> passphrase;
    if (!given.has("unsealed")) {
        passphrase = TRY(desk.fresh_passphrase("the new key"));
    }
    Secret seed(Bytes(32));
    desk.environment().random.fill(seed.span());
    const auto signer = TRY(MemorySigner::from_seed(seed));
    const auto pem = TRY(private_key_file(*signer, passphrase, desk.environment().random));
    TRY(create_durably(path, bytes_of(pem), Access::owner));
    if (!passphrase) {
        around.output.note("The key is not sealed: whoever reads the file can sign with it");
    }
    show_key(around.output, "key", signer->key());
    return Exit::done;
}

Result<Exit> keys_show(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto* signer = TRY(desk.signer());
    show_key(around.output, "key", signer->key());
    return Exit::done;
}

Result<Exit> keys_seal(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto path = given.find("key");
    if (!path) {
        return Error{Fault::invalid, "no key was named", "name its file with --key FILE"};
    }
    const auto bytes = TRY(read_file(*path, limits::key_file_bytes_max));
    const std::string pem(text_of(bytes));
    const auto sealed = TRY(is_sealed(pem));
    std::optional<Secret> old;
    if (sealed) {
        old = TRY(desk.passphrase_for_key(fmt::format("the key {}", *path)));
    }
    const auto signer = TRY(read_private_key(pem, old));
    const std::optional<Secret> fresh = TRY(passphrase_from_now_on(given, around, "the key"));
    const auto resealed = TRY(private_key_file(*signer, fresh, desk.environment().random));
    TRY(write_durably(*path, bytes_of(resealed), Access::owner));
    around.output.note(fmt::format("{} is sealed; older copies of it are as they were", *path));
    show_key(around.output, "key", signer->key());
    return Exit::done;
}

Result<Exit> keys_request(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto person = TRY(post_typed(given, given.value("person")));
    const auto* signer = TRY(desk.signer());
    std::optional<KeyRequest> request;
    if (const auto origin_text = given.find("origin")) {
        const auto origin = TRY(Origin::parse(*origin_text));
        around.output.mark(origin.is_rehearsal() ? Ledgers::rehearsal : Ledgers::real);
        if (!origin.is_rehearsal()) {
            TRY(desk.refuse_rehearsal_key(signer->key()));
        }
        request = KeyRequest::for_founder(origin, person, *signer);
    } else {
        Hash ledger;
        if (const auto id = given.find("ledger-id")) {
            ledger = TRY(hash_from_hex(*id));
        } else {
            const auto about = TRY(desk.facts());
            ledger = about.ledger;
            if (!about.origin.is_rehearsal()) {
                TRY(desk.refuse_rehearsal_key(signer->key()));
            }
        }
        request = KeyRequest::for_person(ledger, person, *signer);
    }
    const auto text = request->str();
    if (const auto out = given.find("out")) {
        TRY(create_durably(*out, bytes_of(text), Access::everyone));
        around.output.note(
            fmt::format("Hand {} to those who enrol; it holds nothing secret", *out));
    } else {
        around.output.text(text);
    }
    around.output.json(Json::object().set("type", "keyRequest").set("request", text));
    return Exit::done;
}

}  // namespace

CommandSpec keys_new_command() {
    return {.name = "keys new",
            .group = Group::running,
            .help = "make a signing key in a file of your own",
            .example = "wsoa keys new head-of-send.pem",
            .words = {{.name = "FILE", .help = "where the key is to be; must not exist yet"}},
            .options = {{.name = "unsealed", .help = "without a passphrase: for rehearsals"}},
            .run = keys_new};
}

CommandSpec keys_show_command() {
    return {.name = "keys show",
            .group = Group::running,
            .help = "show the public half of a key",
            .example = "wsoa --key head-of-send.pem keys show",
            .run = keys_show};
}

CommandSpec keys_seal_command() {
    return {.name = "keys seal",
            .group = Group::running,
            .help = "put a key file under a passphrase, or under another one",
            .example = "wsoa --key head-of-send.pem keys seal",
            .options = {new_passphrase_option()},
            .run = keys_seal};
}

CommandSpec keys_request_command() {
    return {.name = "keys request",
            .group = Group::running,
            .help = "write the file that asks for your key to be enrolled",
            .example =
                "wsoa --ledger send --key head-of-send.pem keys request \\\n"
                "    --person head-of-send --out head-of-send.request",
            .options =
                {{.name = "person",
                  .value = "ID",
                  .help = "your id in the ledger, which names your post",
                  .presence = Presence::required},
                 {.name = "origin",
                  .value = "NAME",
                  .help = "for a founder: the name of the ledger that is yet to be made"},
                 {.name = "ledger-id",
                  .value = "HEX",
                  .help = "the ledger's id, where its folder is not at hand"},
                 {.name = "out", .value = "FILE", .help = "the file to write; must not exist yet"},
                 {.name = "is-a-post", .help = "the id names a post, though it looks like a name"}},
            .run = keys_request};
}

}  // namespace wsoa
