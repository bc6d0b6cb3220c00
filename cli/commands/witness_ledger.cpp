// The ledger's side of witnessing: what is handed to a witness, and what comes back.

#include "cli/commands/verify_log.h"
#include "cli/commands/witness.h"
#include "cli/commands/witnessing.h"
#include "cli/sighting.h"
#include "ledger/base/limits.h"
#include "ledger/tree/lines.h"

namespace wsoa {
namespace {

Result<Exit> request(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    auto* reading = TRY(desk.reading());
    const auto published = TRY(newest_checkpoint(desk, *reading));
    const auto& checkpoint = published.checkpoint.checkpoint;
    const auto old_size = TRY(size_typed(given.find("old").value_or("0")));
    TRY(hear_of_size(desk, *reading, old_size, "the witness (--old)"));
    const auto asked = TRY(request_to_witness(*reading, published, old_size));
    const auto text = asked.str();
    if (const auto out = given.find("out")) {
        TRY(write_durably(*out, bytes_of(text), Access::everyone));
        around.output.text(fmt::format("Request:  {}\nFrom:     {} events\nTo:       {} events",
                                       *out, old_size.value, checkpoint.size.value));
    } else {
        around.output.text(text);
    }
    around.output.json(Json::object()
                           .set("type", "witnessRequest")
                           .set("old", old_size.value)
                           .set("size", checkpoint.size.value)
                           .set("verifierKey", published.key.str())
                           .set("request", text));
    return Exit::done;
}

Result<Exit> add(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto folder = TRY(desk.folder());
    auto* reading = TRY(desk.reading());
    const auto policy = TRY(read_policy(given.value("policy")));
    const auto bytes = TRY(read_file(given.value("FILE"), limits::note_bytes_max));
    const auto whole = Note::parse(text_of(bytes));
    const auto lines = TRY(whole.ok() ? Result<std::vector<NoteSignature>>(whole.value().signatures)
                                      : parse_signature_lines(text_of(bytes)));
    auto published = TRY(newest_checkpoint(desk, *reading));
    if (whole.ok()) {
        // What a witness keeps of the ledger: it may have seen more than is here.
        const auto seen = TRY(meet_checkpoint(desk, *reading, policy, whole.value()));
        published = TRY(checkpoint_at(desk, *reading, seen.size));
    } else if (const auto typed = given.find("size")) {
        const auto size = TRY(size_typed(*typed));
        published = TRY(checkpoint_at(desk, *reading, size));
    }
    const auto kept = TRY(keep_witness_lines(folder, policy, published, lines));
    tell_kept(around.output, kept);
    around.output.json(kept_json(kept));
    return Exit::done;
}

}  // namespace

CommandSpec witness_request_command() {
    return {
        .name = "witness request",
        .group = Group::checking,
        .help = "write what a witness needs to cosign the newest checkpoint",
        .example = "wsoa witness request --old 812 --out send.request",
        .options = {{.name = "old",
                     .value = "N",
                     .help = "how many events the witness saw last; 0 if nothing is said"},
                    {.name = "out", .value = "FILE", .help = "the file to write; else the answer"}},
        .run = request};
}

CommandSpec witness_add_command() {
    return {
        .name = "witness add",
        .group = Group::checking,
        .help = "keep what witnesses said of a checkpoint, once it holds",
        .example = "wsoa witness add send.cosigned --policy inspectorate.policy",
        .words = {{.name = "FILE",
                   .help = "the lines with which a witness answered, or its checkpoint"}},
        .options = {witness_policy_option(),
                    {.name = "size",
                     .value = "N",
                     .help = "the checkpoint over so many events, where the ledger has gone on"}},
        .notes =
            [] {
                return "The lines are kept in the ledger's folder, in cosigned/; `wsoa prove`\n"
                       "and `wsoa export tiles` hand them on with the checkpoint.\n";
            },
        .run = add};
}

}  // namespace wsoa
