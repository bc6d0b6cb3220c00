#include "ledger/inspection/log_verdict.h"

#include "ledger/tree/anchored.h"

#include <algorithm>

namespace wsoa {
namespace {

void tell(const PolicyVerdict& judged, const LogQuestion& question, LogVerdict& verdict,
          Findings& findings) {
    verdict.checked.push_back(fmt::format("the signature on the checkpoint, by {}+{:08x}",
                                          judged.log.name(), judged.log.id()));
    for (const auto& one : judged.cosigned) {
        verdict.checked.push_back(
            fmt::format("the cosignature of {}, as of {}", one.witness, time_said(one.seconds)));
        if (is_ahead_of(one.seconds, question.now)) {
            findings.add("ahead", {.is = Finding::Class::noted,
                                   .event = {},
                                   .what = fmt::format("{} cosigned at {}, which this machine's "
                                                       "clock has not reached",
                                                       one.witness, time_said(one.seconds)),
                                   .item = Item(Item::Of::policy).str()});
        }
    }
    for (const auto& witness : judged.unchecked) {
        verdict.not_checked.push_back(
            fmt::format("the cosignature of {}: it is of a method (ML-DSA-44) that this program "
                        "does not have, and does not count",
                        witness));
    }
    if (!judged.is_quorum_met) {
        findings.breach(Item(Item::Of::policy),
                        "the policy asks for the quorum \"{}\", and {} of its witnesses have "
                        "cosigned the checkpoint, which is not enough",
                        question.policy->quorum.value_or("none"), judged.cosigned.size());
        return;
    }
    verdict.is_vouched_for = true;
    verdict.checked.push_back(question.policy->quorum
                                  ? fmt::format("the quorum \"{}\"", *question.policy->quorum)
                                  : std::string("the quorum, which asks for no witness"));
}

}  // namespace

void judge_checkpoint(std::string_view note, const LogQuestion& question, LogVerdict& verdict,
                      Findings& findings) {
    const auto parsed = Note::parse(note);
    auto checkpoint =
        parsed.ok() ? Checkpoint::parse(parsed.value().text) : Result<Checkpoint>(parsed.error());
    if (!checkpoint.ok()) {
        findings.breach(Item(Item::Of::checkpoint), "the checkpoint cannot be read: {}",
                        checkpoint.error().message);
        return;
    }
    verdict.checkpoint = std::move(checkpoint).value();
    if (question.policy == nullptr) {
        verdict.not_checked.emplace_back(
            "who signed the checkpoint: no policy says whom to believe");
        return;
    }
    const auto judged = evaluate(*question.policy, parsed.value());
    if (!judged.ok()) {
        findings.breach(Item(Item::Of::policy), "{}", judged.error().message);
        return;
    }
    tell(judged.value(), question, verdict, findings);
}

}  // namespace wsoa
