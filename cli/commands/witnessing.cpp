#include "cli/commands/witnessing.h"

#include "ledger/base/text.h"
#include "ledger/store/cosigned.h"
#include "ledger/tree/lines.h"

namespace wsoa {
namespace {

// What the numbers of the protocol are to a caller of this program.
Fault fault_of(WitnessStatus status) {
    switch (status) {
        case WitnessStatus::malformed: return Fault::invalid;
        case WitnessStatus::untrusted: return Fault::distrusted;
        case WitnessStatus::unknown_log: return Fault::missing;
        case WitnessStatus::other_size: return Fault::conflict;
        case WitnessStatus::inconsistent: return Fault::distrusted;
        case WitnessStatus::cosigned: break;
    }
    CHECK(false);
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

}  // namespace

Error witness_refusal(const WitnessAnswer& answer) {
    auto refused = error(fault_of(answer.status), "{} (status {})", answer.say,
                         static_cast<unsigned>(answer.status));
    if (answer.status == WitnessStatus::other_size) {
        return std::move(refused).advise(fmt::format(
            "ask again from there: `wsoa witness request --old {}`", answer.seen.value));
    }
    if (answer.status == WitnessStatus::unknown_log) {
        return std::move(refused).advise(
            "if it should know that log, its keeper adds the line \"log VKEY\" to logs.policy");
    }
    if (answer.status == WitnessStatus::inconsistent) {
        return std::move(refused).advise(
            "keep the request: it may show that the log has two histories");
    }
    return refused;
}

Result<WitnessRequest> request_to_witness(const Reading& reading,
                                          const PublishedCheckpoint& published, TreeSize seen) {
    const auto& checkpoint = published.checkpoint.checkpoint;
    CHECK(seen <= checkpoint.size);
    WitnessRequest asked{
        .old_size = seen, .path = {}, .checkpoint_note = published.checkpoint.note};
    if (seen.value > 0) {
        auto proof = TRY(make_consistency(seen, checkpoint.size, reading.history->nodes()));
        asked.path = std::move(proof.path);
    }
    return asked;
}

Result<KeptCosignatures> keep_witness_lines(const LedgerFolder& folder, const Policy& policy,
                                            const PublishedCheckpoint& published,
                                            const std::vector<NoteSignature>& lines) {
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
    KeptCosignatures kept{
        .size = size, .witnesses = {}, .is_quorum_met = judged.value().is_quorum_met};
    for (const auto& one : judged.value().cosigned) {
        kept.witnesses.push_back(one.witness);
    }
    return kept;
}

void tell_kept(Output& output, const KeptCosignatures& kept) {
    output.text(fmt::format("Checkpoint:  {} events", kept.size.value));
    for (const auto& name : kept.witnesses) {
        output.text("Cosigned by: " + name);
    }
    output.text(kept.is_quorum_met ? "The policy's quorum is met"
                                   : "The policy's quorum is not met yet");
}

Json kept_json(const KeptCosignatures& kept) {
    auto names = Json::array();
    for (const auto& name : kept.witnesses) {
        names.push(name);
    }
    return Json::object()
        .set("type", "cosignaturesKept")
        .set("size", kept.size.value)
        .set("witnesses", names)
        .set("quorumMet", Json::written(kept.is_quorum_met ? "true" : "false"));
}

Result<TreeSize> size_typed(const std::string& typed) {
    auto number = parse_decimal(typed);
    if (!number.ok()) {
        return std::move(number).error().explain("how many events, {}", excerpt_of(typed));
    }
    return TreeSize{number.value()};
}

OptionSpec witness_policy_option() {
    return {.name = "policy",
            .value = "FILE",
            .help = "which witnesses to believe, and the ledger's own key as a log",
            .presence = Presence::required};
}

}  // namespace wsoa
