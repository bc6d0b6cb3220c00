#include "ledger/inspection/proof_check.h"

#include "tests/support/files.h"
#include "tests/support/policies.h"
#include "tests/support/reference_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

// Event 5 of 13, its bytes, and whom to believe.
Receipt sample() { return Receipt::parse(golden("tree/event_5.tlog-proof")).value(); }
Bytes entry() { return ReferenceTree(13).entry(5); }
Policy trusting(std::string_view more = "quorum none\n") {
    return Policy::parse(log_line("example.org/wsoa", 7) + std::string(more)).value();
}

std::string breach_of(const LogVerdict& verdict) {
    for (const auto& finding : verdict.findings) {
        if (finding.is == Finding::Class::breach) {
            return finding.what;
        }
    }
    return {};
}

TEST(ProofCheck, tells_what_was_checked_and_what_was_not) {
    const auto policy = trusting();
    const auto verdict = check_proof(sample(), entry(), {.policy = &policy});
    EXPECT_THAT(verdict.findings, IsEmpty());
    EXPECT_TRUE(verdict.is_vouched_for);
    EXPECT_THAT(verdict.checked,
                Contains("the entry, 7 bytes, is number 5 of the 13 under that root"));
    EXPECT_THAT(verdict.not_checked, Contains(HasSubstr("what the entry says")));
    EXPECT_THAT(verdict.not_checked, Contains(HasSubstr("the extra data in the proof")));
}

TEST(ProofCheck, finds_another_entry_index_or_path) {
    const auto policy = trusting();
    auto other = entry();
    other[0] ^= 1;
    EXPECT_THAT(breach_of(check_proof(sample(), other, {.policy = &policy})),
                HasSubstr("the entry is not number 5 of the log"));
    auto moved = sample();
    moved.index.value = 4;
    EXPECT_TRUE(check_proof(moved, entry(), {.policy = &policy}).has_breach());
    auto bent = sample();
    bent.path[1].bytes[0] ^= 1;
    EXPECT_TRUE(check_proof(bent, entry(), {.policy = &policy}).has_breach());
}

TEST(ProofCheck, finds_a_checkpoint_that_nobody_of_the_policy_signed) {
    const auto policy = Policy::parse(log_line("example.org/wsoa", 8) + "quorum none\n").value();
    const auto verdict = check_proof(sample(), entry(), {.policy = &policy});
    EXPECT_THAT(breach_of(verdict), HasSubstr("no log of the policy has signed"));
    EXPECT_FALSE(verdict.is_vouched_for);
    // What can be looked at all the same, is.
    EXPECT_THAT(verdict.checked, Contains(HasSubstr("is number 5 of the 13")));
}

TEST(ProofCheck, asks_for_the_quorum) {
    const auto policy = trusting(witness_line(9) + "quorum w9\n");
    EXPECT_THAT(breach_of(check_proof(sample(), entry(), {.policy = &policy})),
                HasSubstr("which is not enough"));
    auto cosigned = sample();
    cosigned.checkpoint_note = cosigned_by(9, cosigned.checkpoint_note, 1);
    EXPECT_TRUE(check_proof(cosigned, entry(), {.policy = &policy}).is_vouched_for);
}

TEST(ProofCheck, believes_nobody_without_a_policy) {
    const auto verdict = check_proof(sample(), entry(), {});
    EXPECT_FALSE(verdict.is_vouched_for);
    EXPECT_THAT(verdict.not_checked, Contains(HasSubstr("no policy says whom to believe")));
}

}  // namespace
}  // namespace wsoa
