#include "cli/commands/init.h"

#include "cli/commands/sealing.h"
#include "cli/commands/spare.h"
#include "cli/commands/succession.h"
#include "cli/desk.h"
#include "ledger/base/limits.h"
#include "ledger/keys/key_file.h"
#include "ledger/keys/request.h"

#include <algorithm>

namespace wsoa {
namespace {

// A founder, and the private key where it was given instead of a request.
struct FounderGiven {
    KeyRequest request;
    std::unique_ptr<Signer> signer;
};

struct InitGiven {
    Origin origin;
    std::string zone;
    std::vector<FounderGiven> founders;
    std::optional<Instant> recorded_at;
    std::unique_ptr<Succession> succession;  // null for a ledger that succeeds none
    VaultSealing sealing;  // of the ledger's own key, and of the vault where no token seals that
    Token* token = nullptr;
    // Where a spare of the vault is to be, and its passphrase; null for none.
    std::optional<std::filesystem::path> spare;
    Secret spare_passphrase;
};

std::optional<Secret> passphrase_of(const VaultSealing& sealing) {
    const auto* const sealed = std::get_if<SealedByPassphrase>(&sealing);
    return sealed == nullptr ? std::nullopt : std::optional(Secret(sealed->passphrase.view()));
}

Result<FounderGiven> founder_of(Desk& desk, const Origin& origin, const std::string& given) {
    const auto equals = given.find('=');
    if (equals == std::string::npos) {
        return error(Fault::invalid, "\"{}\" is not a founder", given)
            .advise(
                "write PERSON=FILE, where FILE is the person's key request or, in a rehearsal, "
                "their key");
    }
    const auto person = TRY(PersonId::parse(given.substr(0, equals)));
    const std::string path = given.substr(equals + 1);
    const auto bytes = TRY(read_file(path, limits::key_file_bytes_max));
    const auto text = text_of(bytes);
    if (text.starts_with("-----BEGIN")) {
        auto signer = TRY(desk.open_key(path));
        auto request = KeyRequest::for_founder(origin, person, *signer);
        return FounderGiven{.request = std::move(request), .signer = std::move(signer)};
    }
    auto request = KeyRequest::parse(text);
    if (!request.ok()) {
        return std::move(request).error().explain("reading {}", path);
    }
    TRY(request.value().check());
    if (request.value().origin != origin || request.value().person != person) {
        return error(Fault::refused, "the request {} is not for {} in {}", path, person.str(),
                     origin.str())
            .advise("have it made anew with `wsoa keys request --person --origin`");
    }
    return FounderGiven{.request = std::move(request).value(), .signer = nullptr};
}

Result<VaultSealing> sealing_for(Desk& desk, const Origin& origin) {
    const bool wants_none = desk.given().has("unsealed");
    const bool has_token = desk.given().has("vault-token");
    if (wants_none && !origin.is_rehearsal()) {
        return Error{Fault::refused, "only a rehearsal's key and vault may do without a passphrase",
                     "leave out --unsealed; for training, make a rehearsal with --rehearsal"};
    }
    if (wants_none || (origin.is_rehearsal() && !desk.has_passphrase_source())) {
        desk.output().note(
            has_token ? "The ledger's key is not sealed: whoever reads the folder can sign for it"
                      : "The ledger's key and vault are not sealed: whoever reads the folder can "
                        "sign for it and read its words");
        return VaultSealing(Unsealed{});
    }
    auto passphrase =
        TRY(desk.fresh_passphrase(has_token ? "the ledger's key" : "the ledger's key and vault"));
    return VaultSealing(SealedByPassphrase{.passphrase = std::move(passphrase)});
}

// Null where the vault is to be sealed by no token.
Result<Token*> vault_token_given(Desk& desk) {
    const auto label = desk.given().find("vault-token");
    if (!label) {
        return nullptr;
    }
    const auto name = TRY(TokenName::of(*label, ""));
    return desk.tokens().open(name);
}

Result<void> read_spare(Desk& desk, InitGiven& plan) {
    const auto typed = desk.given().find("vault-spare");
    if (!typed) {
        if (desk.given().has("spare-passphrase-file")) {
            return Error{Fault::invalid, "--spare-passphrase-file says nothing without a spare",
                         "name the spare's file with --vault-spare FILE"};
        }
        return done();
    }
    const auto folder = TRY(desk.folder());
    plan.spare = TRY(place_for_spare(folder, *typed));
    plan.spare_passphrase = TRY(fresh_spare_passphrase(desk, passphrase_of(plan.sealing)));
    return done();
}

Result<InitGiven> read_arguments(Desk& desk) {
    const auto& given = desk.given();
    auto origin = TRY(Origin::parse(given.value("origin")));
    if (origin.is_rehearsal() != given.has("rehearsal")) {
        return error(Fault::invalid, "the name {} and --rehearsal do not agree", origin.str())
            .advise("a rehearsal's name ends in /rehearsal, and no other's does");
    }
    std::vector<FounderGiven> founders;
    for (const auto& each : given.all("founder")) {
        auto founder = TRY(founder_of(desk, origin, each));
        if (!origin.is_rehearsal()) {
            TRY(desk.refuse_rehearsal_key(founder.request.key));
        }
        founders.push_back(std::move(founder));
    }
    if (founders.size() < 2) {
        return Error{Fault::invalid, "a ledger has at least two founders",
                     "give --founder PERSON=FILE twice or more"};
    }
    std::optional<Instant> recorded_at;
    if (const auto recorded = given.find("recorded")) {
        recorded_at = TRY(parse_instant(*recorded));
    }
    const auto zone = given.find("zone").value_or("Europe/London");
    TRY(Zone::find(zone));
    std::unique_ptr<Succession> succession;
    if (const auto older = given.find("succeeds")) {
        succession = TRY(Succession::of(desk, *older, origin));
    } else if (given.has("succeeds-key")) {
        return Error{Fault::invalid, "--succeeds-key says nothing without --succeeds",
                     "name the checkpoint with --succeeds FILE"};
    }
    auto sealing = TRY(sealing_for(desk, origin));
    auto* const token = TRY(vault_token_given(desk));
    InitGiven plan{.origin = std::move(origin),
                   .zone = zone,
                   .founders = std::move(founders),
                   .recorded_at = recorded_at,
                   .succession = std::move(succession),
                   .sealing = std::move(sealing),
                   .token = token,
                   .spare = {},
                   .spare_passphrase = {}};
    TRY(read_spare(desk, plan));
    return plan;
}

capnp::Data::Reader data_of(ByteView bytes) { return {bytes.data(), bytes.size()}; }

void state_predecessor(schema::Predecessor::Builder fields, const Predecessor& older) {
    fields.setOrigin(older.origin);
    fields.setSize(older.size.value);
    fields.setRoot(data_of(older.root.view()));
    if (older.ledger) {
        fields.setLedger(data_of(older.ledger->view()));
    }
}

// Event 0, signed by the first founder.
Result<SignedChange> first_change(Desk& desk, const InitGiven& plan, const KeyId& ledger_key) {
    Draft draft(Kind::LEDGER_OPENED);
    auto opened = draft.builder().getLedgerOpened();
    opened.setOrigin(plan.origin.str());
    opened.setLedgerKey(data_of(ledger_key.view()));
    opened.setZone(plan.zone);
    opened.setRulebook(1);
    opened.setRehearsal(plan.origin.is_rehearsal());
    if (plan.succession) {
        state_predecessor(opened.initPredecessor(), plan.succession->predecessor());
    }
    auto founders = opened.initFounders(static_cast<unsigned>(plan.founders.size()));
    for (unsigned i = 0; i < founders.size(); ++i) {
        const auto& request = plan.founders[i].request;
        founders[i].setPerson(request.person.str());
        founders[i].setKey(data_of(request.key.view()));
        founders[i].setProof(data_of(request.proof.view()));
    }
    const Signer* signer = plan.founders.front().signer.get();
    if (signer == nullptr) {
        signer = TRY(desk.signer());
    }
    const auto zone = TRY(Zone::find(plan.zone));
    const auto now = plan.recorded_at.value_or(desk.environment().clock.now());
    Envelope envelope;
    envelope.id = desk.fresh_id();
    envelope.effective = zone.day_of(now);
    envelope.author_key = plan.founders.front().request.key;
    envelope.as_role = schema::Role::FOUNDER;
    envelope.classification = schema::Classification::PUBLIC;
    if (signer->key() != envelope.author_key) {
        return Error{Fault::invalid, "--key is not the key of the founder named first",
                     "name first the founder whose key you hold"};
    }
    SignedChange change;
    change.change = TRY(draft.finish(envelope));
    change.signature = signer->sign(labelled(label::change, change.change));
    return change;
}

Result<std::string> ledger_key_pem(Desk& desk, const MemorySigner& signer,
                                   const VaultSealing& sealing) {
    return private_key_file(signer, passphrase_of(sealing), desk.environment().random);
}

struct Made {
    FolderFacts facts;
    SignedCheckpoint checkpoint;
    std::string verifier_key;
    std::optional<KnownSpare> spare;
};

// The vault, and a spare of it if one is wanted.
struct VaultOf {
    const LedgerFolder& folder;
    const Hash& ledger;
    const MemorySigner& key;
};
Result<std::optional<KnownSpare>> make_vault(Desk& desk, const VaultOf& of, const InitGiven& plan) {
    auto& random = desk.environment().random;
    const auto vault =
        TRY(plan.token != nullptr
                ? Vault::create(of.folder.keys(), of.ledger, SealedByToken{*plan.token}, random)
                : Vault::create(of.folder.keys(), of.ledger, plan.sealing, random));
    if (!plan.spare) {
        return std::optional<KnownSpare>();
    }
    auto made = TRY(make_spare(desk, *vault,
                               {.folder = of.folder,
                                .ledger = of.ledger,
                                .path = *plan.spare,
                                .key = of.key,
                                .passphrase = Secret(plan.spare_passphrase.view())}));
    return std::optional(std::move(made));
}

Result<Made> make_ledger(Desk& desk, const LedgerFolder& folder, const InitGiven& plan) {
    Secret seed(Bytes(32));
    desk.environment().random.fill(seed.span());
    const auto ledger_signer = TRY(MemorySigner::from_seed(seed));
    const auto change = TRY(first_change(desk, plan, ledger_signer->key()));
    const auto own = TRY(desk.memory());
    const auto guard_path = desk.given().find("guard");
    const auto guard_of = [&](const Hash& ledger) {
        return guard_path ? std::filesystem::absolute(*guard_path) : own.guard_of(ledger);
    };
    // Which ledger it will be makes no difference to that.
    TRY(check_guard_path(folder, guard_of(Hash{})));
    const auto pem = TRY(ledger_key_pem(desk, *ledger_signer, plan.sealing));
    TRY(folder.create());
    TRY(write_durably(folder.ledger_key(), bytes_of(pem), Access::owner));
    const auto store = TRY(RocksStore::create(folder.truth()));
    auto checkpoint = TRY(Ledger::found(*store, *ledger_signer, desk.environment(),
                                        {.change = change, .recorded_at = plan.recorded_at}));
    auto snapshot = TRY(store->snapshot());
    const auto history = TRY(History::open(std::move(snapshot), TreeSize{1}));
    const auto event = TRY(history->event(EventIndex{0}));
    const auto ledger = event.leaf();
    FolderFacts facts{.ledger = ledger, .origin = plan.origin, .guard = guard_of(ledger)};
    auto spare = TRY(make_vault(desk, {folder, ledger, *ledger_signer}, plan));
    TRY(create_folders(facts.guard.parent_path()));
    TRY(Guard::create(facts.guard, ledger, {.size = TreeSize{1}, .root = history->root()}));
    const auto vkey = TRY(NoteKey::ed25519(plan.origin.str(), ledger_signer->key()));
    TRY(write_readme(folder, facts, vkey.str()));
    // Last, since it makes the folder a ledger.
    const auto text = facts.str();
    TRY(write_durably(folder.facts(), bytes_of(text), Access::owner));
    TRY(own.remember(ledger, checkpoint));
    if (plan.succession) {
        TRY(plan.succession->seal());
    }
    if (plan.origin.is_rehearsal()) {
        for (const auto& founder : plan.founders) {
            TRY(own.note_rehearsal_key(founder.request.key));
        }
    }
    return Made{.facts = std::move(facts),
                .checkpoint = std::move(checkpoint),
                .verifier_key = vkey.str(),
                .spare = std::move(spare)};
}

Result<Exit> init(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto folder = TRY(desk.folder());
    const auto plan = TRY(read_arguments(desk));
    around.output.mark(plan.origin.is_rehearsal() ? Ledgers::rehearsal : Ledgers::real);
    const auto made = TRY(make_ledger(desk, folder, plan));
    // Whole lines, never wrapped: the key is copied from here.
    around.output.text(fmt::format(
        "Ledger:     {}\nName:       {}\nSigned by:  {}\nFolder:     {}\nGuard:      {}",
        to_hex(made.facts.ledger.view()), plan.origin.str(), made.verifier_key,
        folder.root().string(), made.facts.guard.string()));
    around.output.note(
        "Hand the line \"Signed by\" to those who will check the ledger: it is what they trust");
    if (plan.succession) {
        const auto& older = plan.succession->predecessor();
        around.output.text(fmt::format("Succeeds:   {}, {} events, root {}", older.origin,
                                       older.size.value, to_hex(older.root.view())));
    }
    around.output.json(Json::object()
                           .set("type", "ledger")
                           .set("ledger", to_hex(made.facts.ledger.view()))
                           .set("origin", plan.origin.str())
                           .set("verifierKey", made.verifier_key)
                           .set("folder", folder.root().string())
                           .set("guard", made.facts.guard.string())
                           .set("checkpoint", made.checkpoint.note));
    if (made.spare) {
        show_spare(around.output, *made.spare);
    }
    return Exit::done;
}

}  // namespace

CommandSpec init_command() {
    return {
        .name = "init",
        .group = Group::running,
        .help = "make a ledger with at least two founders",
        .example =
            "wsoa --ledger send --key programme-manager.pem init \\\n"
            "    --origin ledger.example.gov.uk/send \\\n"
            "    --founder programme-manager=manager.request \\\n"
            "    --founder board-chair=chair.request",
        .options =
            {{.name = "origin",
              .value = "NAME",
              .help = "the ledger's name for ever, a URL without scheme",
              .presence = Presence::required},
             {.name = "founder",
              .value = "PERSON=FILE",
              .help = "a founder and their key request (in a rehearsal, their key); "
                      "the first one's key signs",
              .presence = Presence::required,
              .repeat = Repeat::many},
             {.name = "zone", .value = "ZONE", .help = "whose civil days it keeps; Europe/London"},
             {.name = "guard", .value = "FILE", .help = "where the guard lies, outside the folder"},
             {.name = "vault-token",
              .value = "LABEL",
              .help = "seal the vault by a key in the PKCS#11 token of that label, of the module "
                      "that --token-module names"},
             {.name = "vault-spare",
              .value = "FILE",
              .help = "write a spare of vault and key under a passphrase of its own, for a safe: "
                      "the way back from a forgotten passphrase"},
             spare_passphrase_option(),
             {.name = "succeeds",
              .value = "LEDGER",
              .help = "the folder of a ledger whose place it takes and which is then written no "
                      "more; or a checkpoint kept of it, where the folder is lost"},
             {.name = "succeeds-key",
              .value = "KEY",
              .help = "the older ledger's verifier key, its line \"Signed by\", which must have "
                      "signed the checkpoint that --succeeds names"},
             {.name = "rehearsal", .help = "for training: may be given its clock, and says so"},
             {.name = "unsealed",
              .help = "in a rehearsal only: keep key and vault without a passphrase"},
             {.name = "recorded",
              .value = "INSTANT",
              .help = "in a rehearsal only: the instant to record it at"}},
        .run = init};
}

}  // namespace wsoa
