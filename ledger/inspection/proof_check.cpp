#include "ledger/inspection/proof_check.h"

#include "ledger/base/sha256.h"

namespace wsoa {

LogVerdict check_proof(const Receipt& receipt, ByteView entry, const LogQuestion& question) {
    LogVerdict verdict;
    Findings findings;
    judge_checkpoint(receipt.checkpoint_note, question, verdict, findings);
    if (verdict.checkpoint) {
        const auto& checkpoint = *verdict.checkpoint;
        const InclusionProof proof{receipt.index, checkpoint.size, receipt.path};
        const auto included = check_inclusion(proof, hash_leaf(entry), checkpoint.root);
        if (included.ok()) {
            verdict.checked.push_back(
                fmt::format("the entry, {} bytes, is number {} of the {} under that root",
                            entry.size(), receipt.index.value, checkpoint.size.value));
        } else {
            findings.breach(Item(Item::Of::entry, receipt.index),
                            "the entry is not number {} of the log: {}", receipt.index.value,
                            included.error().message);
        }
    }
    verdict.not_checked.emplace_back(
        "what the entry says, who signed it, and whether they might: `wsoa verify` of the ledger "
        "tells");
    if (receipt.extra) {
        verdict.not_checked.emplace_back("the extra data in the proof, for which nobody vouches");
    }
    verdict.findings = std::move(findings).list();
    return verdict;
}

}  // namespace wsoa
