#include "cli/commands/prove.h"

#include "cli/commands/published.h"
#include "cli/commands/record_lines.h"
#include "cli/desk.h"

namespace wsoa {
namespace {

Result<Exit> prove(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto index = TRY(answered_event(given.value("EVENT")));
    auto* reading = TRY(desk.reading());
    const auto& history = *reading->history;
    const auto entry = TRY(history.entry(index));
    const auto published = TRY(checkpoint_to_prove(desk, *reading, index));
    const auto& checkpoint = published.checkpoint;
    const auto& key = published.key;
    const auto size = checkpoint.checkpoint.size;
    const auto proof = TRY(make_inclusion(index, size, history.nodes()));
    const auto receipt = make_receipt(proof, checkpoint);
    // What leaves the house has been checked as a stranger would check it.
    TRY(check_receipt(receipt, entry, key, checkpoint.checkpoint.origin));
    const auto text = receipt.str();
    if (const auto entry_path = given.find("entry")) {
        TRY(write_durably(*entry_path, entry, Access::everyone));
    }
    if (const auto out = given.find("out")) {
        TRY(write_durably(*out, bytes_of(text), Access::everyone));
        around.output.text(fmt::format("Proof:      {}\nSigned by:  {}", *out, key.str()));
        around.output.note(fmt::format(
            "It proves event {} to whoever holds its entry and that verifier key", index.value));
    } else {
        around.output.text(text);
        // Beside the answer, which is the proof and nothing else.
        around.output.note("It is checked with the ledger's verifier key: " + key.str());
    }
    around.output.json(Json::object()
                           .set("type", "proof")
                           .set("event", index.value)
                           .set("size", size.value)
                           .set("verifierKey", key.str())
                           .set("proof", text));
    return Exit::done;
}

}  // namespace

CommandSpec prove_command() {
    return {
        .name = "prove",
        .group = Group::checking,
        .help = "write the proof that an event is in the ledger",
        .example =
            "wsoa prove 12 --out event-12.tlog-proof\n"
            "wsoa prove 12 --out event-12.tlog-proof --entry event-12.bin",
        .words = {{.name = "EVENT", .help = "the event's number"}},
        .options = {{.name = "out", .value = "FILE", .help = "the file to write; else the answer"},
                    {.name = "entry",
                     .value = "FILE",
                     .help = "also write the event's bytes, which whoever checks the proof needs"}},
        .run = prove};
}

}  // namespace wsoa
