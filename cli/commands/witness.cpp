#include "cli/commands/witness.h"

#include "cli/commands/sealing.h"
#include "cli/commands/witnessing.h"
#include "cli/desk.h"
#include "cli/render/table.h"
#include "ledger/base/text.h"
#include "ledger/keys/key_file.h"
#include "ledger/store/witness.h"

namespace wsoa {
namespace {

Result<std::unique_ptr<MemorySigner>> fresh_signer(Random& random) {
    Secret seed(Bytes(32));
    random.fill(seed.span());
    return MemorySigner::from_seed(seed);
}

Result<Exit> init(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const WitnessFolder folder(given.value("DIR"));
    std::vector<NoteKey> logs;
    for (const auto& vkey : given.all("log")) {
        auto key = TRY(NoteKey::parse(vkey));
        logs.push_back(std::move(key));
    }
    auto& random = desk.environment().random;
    const auto signer = TRY(fresh_signer(random));
    const auto key = TRY(NoteKey::cosigner(given.value("name"), signer->key()));
    std::optional<Secret> passphrase;
    if (!given.has("unsealed")) {
        passphrase = TRY(desk.fresh_passphrase("the witness's key"));
    }
    const auto pem = TRY(private_key_file(*signer, passphrase, random));
    TRY(folder.create(key, pem, logs));
    around.output.text(fmt::format("Witness:  {}\nKey:      {}\nLogs:     {}, in {}",
                                   folder.root().string(), key.str(), logs.size(),
                                   folder.logs().string()));
    around.output.note(
        "Never put this folder back from a backup: a witness that forgot what it signed can be "
        "made to sign a second history");
    around.output.json(Json::object()
                           .set("type", "witness")
                           .set("folder", folder.root().string())
                           .set("verifierKey", key.str())
                           .set("logs", logs.size()));
    return Exit::done;
}

Result<Exit> cosign_run(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const WitnessFolder folder(given.value("DIR"));
    TRY(folder.cosigner());
    const auto request = TRY(read_file(given.value("REQUEST"), WitnessRequest::bytes_max));
    const auto signer = TRY(desk.open_key(folder.key()));
    const auto answer =
        TRY(answer_request(folder, *signer, text_of(request), desk.environment().clock.now()));
    if (answer.status != WitnessStatus::cosigned) {
        return witness_refusal(answer);
    }
    if (const auto out = given.find("out")) {
        TRY(write_durably(*out, bytes_of(answer.lines), Access::everyone));
        around.output.text("Cosigned:  " + *out);
    } else {
        around.output.text(answer.lines);
    }
    around.output.json(Json::object()
                           .set("type", "cosigned")
                           .set("status", static_cast<unsigned>(answer.status))
                           .set("lines", answer.lines));
    return Exit::done;
}

Result<Exit> show(const Invocation& given, Surroundings& around) {
    const WitnessFolder folder(given.value("DIR"));
    const auto cosigner = TRY(folder.cosigner());
    const auto policy = TRY(folder.policy());
    Table table({{"Log"}, {"Entries", Align::right}, {"Root"}, {"As of"}});
    around.output.text("Key:  " + cosigner.str() + "\n");
    for (const auto& log : policy.logs) {
        const auto& origin = log.key.name();
        const auto head = TRY(witnessed(folder, cosigner, origin));
        const auto size = head ? head->checkpoint.size.value : 0;
        const auto root = head ? to_hex(head->checkpoint.root.view()) : std::string("-");
        auto as_of = std::string("never");
        if (head) {
            const auto instant =
                TRY(instant_from_ms(static_cast<std::int64_t>(head->seconds) * 1'000));
            as_of = to_string(instant);
        }
        table.add({{excerpt_of(origin)}, {std::to_string(size)}, {root}, {as_of}});
        around.output.json(Json::object()
                               .set("type", "witnessed")
                               .set("origin", origin)
                               .set("size", size)
                               .set("root", root)
                               .set("note", head ? Json(head->note) : Json()));
    }
    around.output.text(table.empty() ? "It knows no log yet" : table.text(around.output.style()));
    around.output.json(Json::object().set("type", "witness").set("verifierKey", cosigner.str()));
    return Exit::done;
}

}  // namespace

CommandSpec witness_init_command() {
    return {
        .name = "witness init",
        .group = Group::checking,
        .help = "make a witness, who cosigns what continues all that it saw before",
        .example =
            "wsoa witness init inspectorate --name witness.example.org/ofsted \\\n"
            "    --log ledger.example.gov.uk/send+0f1e2d3c+AbCd...",
        .words = {{.name = "DIR", .help = "a folder that does not exist yet"}},
        .options = {{.name = "name",
                     .value = "NAME",
                     .help = "under which it cosigns, such as witness.example.org/ofsted",
                     .presence = Presence::required},
                    {.name = "log",
                     .value = "VKEY",
                     .help = "the verifier key of a log that it knows, as `wsoa prove` names it",
                     .repeat = Repeat::many},
                    {.name = "unsealed", .help = "its key without a passphrase"}},
        .run = init};
}

CommandSpec witness_cosign_command() {
    return {
        .name = "witness cosign",
        .group = Group::checking,
        .help = "cosign a checkpoint that continues what the witness saw",
        .example = "wsoa witness cosign inspectorate send.request --out send.cosigned",
        .words = {{.name = "DIR", .help = "the witness's folder"},
                  {.name = "REQUEST",
                   .help = "a file that `wsoa witness request` wrote, or any body of the "
                           "protocol's add-checkpoint"}},
        .options = {{.name = "out", .value = "FILE", .help = "the file to write; else the answer"}},
        .notes =
            [] {
                return "What was cosigned is kept before it is answered, so that no smaller and\n"
                       "no other checkpoint of that log is ever cosigned again.\n";
            },
        .run = cosign_run};
}

CommandSpec witness_show_command() {
    return {.name = "witness show",
            .group = Group::checking,
            .help = "show a witness's key, the logs that it knows and what it saw of them",
            .example = "wsoa witness show inspectorate",
            .words = {{.name = "DIR", .help = "the witness's folder"}},
            .run = show};
}

}  // namespace wsoa
