#include "cli/commands/witness.h"
#include "cli/desk.h"
#include "cli/witness_http/server.h"

#include <unistd.h>

namespace wsoa {
namespace {

Result<Exit> serve(const Invocation& given, Surroundings& around) {
    // Before there is any thread, so that none of them is interrupted.
    WitnessServer::take_signals();
    Desk desk(given, around);
    const WitnessFolder folder(given.value("DIR"));
    const auto cosigner = TRY(folder.cosigner());
    const auto policy = TRY(folder.policy());
    const auto at = TRY(ListenAddress::parse(given.find("listen").value_or("127.0.0.1:0")));
    const auto signer = TRY(desk.open_key(folder.key()));
    if (*cosigner.cosigner_key() != signer->key()) {
        return error(Fault::invalid, "{} is not the key that {} names", folder.key().string(),
                     folder.facts().string());
    }
    const auto environment = desk.environment();
    const auto log = log_to_stderr(Log::Level::info);
    const auto witness = serve_folder(folder, *signer, environment.clock);
    const auto server = TRY(WitnessServer::open(at, witness, *log));
    const auto url = "http://" + server->address().str();
    if (!server->address().is_loopback()) {
        around.output.warn("what is asked and answered here crosses the network in the clear");
    }
    around.output.text(fmt::format("Witness:  {}\nAddress:  {}\nLogs:     {}", cosigner.name(), url,
                                   policy.logs.size()));
    around.output.json(Json::object()
                           .set("type", "witnessing")
                           .set("verifierKey", cosigner.str())
                           .set("logs", policy.logs.size())
                           .set("url", url)
                           .set("process", ::getpid()));
    around.output.flush();
    TRY(server->serve(WitnessServer::EndsOn::stop_or_signal));
    return Exit::done;
}

}  // namespace

CommandSpec witness_serve_command() {
    return {
        .name = "witness serve",
        .group = Group::checking,
        .help = "answer over HTTP those who ask the witness to cosign, until told to stop",
        .example = "wsoa witness serve inspectorate --listen 127.0.0.1:8470",
        .words = {{.name = "DIR", .help = "the witness's folder"}},
        .options = {{.name = "listen",
                     .value = "ADDRESS:PORT",
                     .help = "where, in figures; 127.0.0.1:0, a free port of this machine, if "
                             "nothing is said"}},
        .notes =
            [] {
                return "It answers c2sp.org/tlog-witness's POST /add-checkpoint, and GET\n"
                       "/HEX/checkpoint for whoever monitors it: HEX is the SHA-256 of a log's\n"
                       "origin. It speaks HTTP in the clear and knows no users: let a proxy\n"
                       "speak TLS to the world. SIGTERM or Ctrl-C end it. A log that is added\n"
                       "to logs.policy is known from then on.\n";
            },
        .run = serve};
}

}  // namespace wsoa
