// The ledger's side of witnessing: what is handed to a witness, and what comes back.

#include "cli/commands/published.h"
#include "cli/commands/verify_log.h"
#include "cli/commands/witness.h"
#include "cli/sighting.h"
#include "ledger/base/limits.h"
#include "ledger/base/text.h"
#include "ledger/store/cosigned.h"
#include "ledger/tree/lines.h"
#include "ledger/tree/witness.h"

namespace wsoa {
namespace {

Result<TreeSize> size_typed(const std::string& typed) {
    auto number = parse_decimal(typed);
    if (!number.ok()) {
        return std::move(number).error().explain("how many events, {}", excerpt_of(typed));
    }
    return TreeSize{number.value()};
}

Result<Exit> request(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    auto* reading = TRY(desk.reading());
    const auto published = TRY(newest_checkpoint(desk, *reading));
    const auto& checkpoint = published.checkpoint.checkpoint;
    const auto old_size = TRY(size_typed(given.find("old").value_or("0")));
    TRY(hear_of_size(desk, *reading, old_size, "the witness (--old)"));
    WitnessRequest asked{
        .old_size = old_size, .path = {}, .checkpoint_note = published.checkpoint.note};
    if (old_size.value > 0) {
        auto proof = TRY(make_consistency(old_size, checkpoint.size, reading->history->nodes()));
        asked.path = std::move(proof.path);
    }
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

// Those of the lines that are by witnesses of the policy; what others say is nothing to us.
std::vector<NoteSignature> known_lines(const Policy& policy,
                                       const std::vector<NoteSignature>& lines) {
    std::vector<NoteSignature> known;
    for (const auto& line : lines) {
        for (const auto& witness : policy.witnesses) {
            if (witness.key.cosigner_key() && line.is_by(witness.key)) {
                known.push_back(line);
            }
        }
    }
    return known;
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
    const auto size = published.checkpoint.checkpoint.size;
    const auto known = known_lines(policy, lines);
    if (known.empty()) {
        return error(Fault::distrusted, "none of the {} lines is by a witness of the policy",
                     lines.size())
            .advise(
                "add the witness's line \"witness NAME VKEY\" to the policy, if you believe it");
    }
    auto note = TRY(Note::parse(published.checkpoint.note));
    note.signatures.insert(note.signatures.end(), known.begin(), known.end());
    auto judged = evaluate(policy, note);
    if (!judged.ok()) {
        return std::move(judged).error().advise(fmt::format(
            "the lines were held against the checkpoint over {} events; name another one with "
            "--size N",
            size.value));
    }
    TRY(keep_cosignatures(folder, size, published.checkpoint.note, known));
    auto names = Json::array();
    around.output.text(fmt::format("Checkpoint:  {} events", size.value));
    for (const auto& one : judged.value().cosigned) {
        around.output.text("Cosigned by: " + one.witness);
        names.push(one.witness);
    }
    const bool is_met = judged.value().is_quorum_met;
    around.output.text(is_met ? "The policy's quorum is met"
                              : "The policy's quorum is not met yet");
    around.output.json(Json::object()
                           .set("type", "cosignaturesKept")
                           .set("size", size.value)
                           .set("witnesses", names)
                           .set("quorumMet", Json::written(is_met ? "true" : "false")));
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
        .options = {{.name = "policy",
                     .value = "FILE",
                     .help = "which witnesses to believe, and the ledger's own key as a log",
                     .presence = Presence::required},
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
