#include "cli/commands/checkpoint.h"

#include "cli/desk.h"
#include "ledger/base/limits.h"

namespace wsoa {
namespace {

Result<Exit> checkpoint(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    auto* reading = TRY(desk.reading());
    const auto note = TRY(reading->history->checkpoint_note());
    const auto& facts = reading->state.keyring.facts();
    const auto vkey =
        TRY(NoteKey::ed25519(facts.origin, facts.signing_key_at(reading->history->size())));
    const auto signed_note = TRY(open_checkpoint(note, vkey, facts.origin));
    around.output.text(note);
    around.output.json(Json::object()
                           .set("type", "checkpoint")
                           .set("ledger", to_hex(facts.ledger.view()))
                           .set("origin", facts.origin)
                           .set("size", signed_note.checkpoint.size.value)
                           .set("root", to_hex(signed_note.checkpoint.root.view()))
                           .set("verifierKey", vkey.str())
                           .set("note", note));
    return Exit::done;
}

}  // namespace

Result<SignedCheckpoint> read_kept_checkpoint(const std::filesystem::path& path) {
    const auto bytes = read_file(path, limits::note_bytes_max);
    if (!bytes.ok() && bytes.error().fault == Fault::invalid) {
        return error(Fault::invalid, "{} is no checkpoint: no checkpoint is that large",
                     path.string())
            .advise("give a file that `wsoa checkpoint` wrote");
    }
    if (!bytes.ok()) {
        return bytes.error();
    }
    const std::string text(text_of(bytes.value()));
    const auto note = Note::parse(text);
    auto parsed =
        note.ok() ? Checkpoint::parse(note.value().text) : Result<Checkpoint>(note.error());
    if (!parsed.ok()) {
        return error(Fault::invalid, "{} is no checkpoint: {}", path.string(),
                     parsed.error().message)
            .advise("give a file that `wsoa checkpoint` wrote");
    }
    return SignedCheckpoint{.checkpoint = std::move(parsed).value(), .note = text};
}

CommandSpec checkpoint_command() {
    return {.name = "checkpoint",
            .group = Group::checking,
            .help = "show the newest checkpoint, a signed note",
            .example = "wsoa checkpoint > last-visit.checkpoint",
            .run = checkpoint};
}

}  // namespace wsoa
