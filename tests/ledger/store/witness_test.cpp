#include "ledger/store/witness.h"

#include "tests/support/changes.h"
#include "tests/support/temp_folder.h"
#include "tests/support/witness_requests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

using test::must;
using testing::HasSubstr;

constexpr std::string_view origin = "example.org/wsoa";
constexpr Instant noon{1'679'315'147'250};

class KeptWitness : public testing::Test {
protected:
    KeptWitness() {
        must(folder().create(witness_key(9), "a key file", {note_key(origin, *fixed_signer(7))}));
    }
    WitnessFolder folder() const { return WitnessFolder(temporary_ / "witness"); }
    static std::string request(const ReferenceTree& tree, std::uint64_t from, std::uint64_t to) {
        return witness_request(origin, tree, from, to);
    }
    Result<WitnessAnswer> ask(std::uint64_t from, std::uint64_t to, Instant now = noon) const {
        return answer_request(folder(), *fixed_signer(9), request(tree_, from, to), now);
    }
    std::uint64_t size_seen() const {
        const auto head = must(witnessed(folder(), witness_key(9), std::string(origin)));
        return head ? head->checkpoint.size.value : 0;
    }

    const ReferenceTree tree_ = ReferenceTree(20);
    TempFolder temporary_;
};

TEST_F(KeptWitness, answers_with_a_line_that_holds) {
    const auto answer = must(ask(0, 7));
    EXPECT_EQ(answer.status, WitnessStatus::cosigned);
    const auto lines = must(parse_signature_lines(answer.lines));
    ASSERT_EQ(lines.size(), 1U);
    const Checkpoint checkpoint{std::string(origin), TreeSize{7}, tree_.root_at(7), {}};
    const auto held = check_cosignature(checkpoint.text(), lines[0], witness_key(9));
    ASSERT_TRUE(held.ok()) << held.error().message;
    EXPECT_EQ(held.value().seconds, 1'679'315'147U);
}

TEST_F(KeptWitness, remembers_what_it_cosigned_with_both_signatures) {
    must(ask(0, 7));
    must(ask(7, 20));
    EXPECT_EQ(size_seen(), 20U);
    const auto head = must(witnessed(folder(), witness_key(9), std::string(origin))).value();
    const auto policy = must(Policy::parse(log_line(origin, 7) + witness_line(9) + "quorum w9\n"));
    EXPECT_TRUE(must(evaluate(policy, must(Note::parse(head.note)))).is_quorum_met);
}

TEST_F(KeptWitness, never_goes_back) {
    must(ask(0, 20));
    for (const auto& [from, to] :
         {std::pair<std::uint64_t, std::uint64_t>{0, 7}, {7, 20}, {7, 7}}) {
        const auto answer = must(ask(from, to));
        EXPECT_EQ(answer.status, WitnessStatus::other_size);
        EXPECT_EQ(answer.seen.value, 20U);
        EXPECT_TRUE(answer.lines.empty());
    }
    EXPECT_EQ(size_seen(), 20U);
}

TEST_F(KeptWitness, remembers_nothing_of_what_it_refused) {
    must(ask(0, 7));
    const ReferenceTree other(std::vector<Bytes>(20, Bytes{5}));
    const auto answer =
        must(answer_request(folder(), *fixed_signer(9), request(other, 7, 20), noon));
    EXPECT_EQ(answer.status, WitnessStatus::inconsistent);
    EXPECT_EQ(size_seen(), 7U);
}

TEST_F(KeptWitness, cosigns_the_same_again_at_a_later_time) {
    const auto first = must(ask(0, 7));
    const auto later = must(ask(7, 7, Instant{noon.ms + 5'000}));
    EXPECT_EQ(later.status, WitnessStatus::cosigned);
    EXPECT_NE(later.lines, first.lines);
}

TEST_F(KeptWitness, does_not_sign_when_its_clock_went_back) {
    must(ask(0, 7));
    const auto early = ask(7, 20, Instant{noon.ms - 1'000});
    ASSERT_FALSE(early.ok());
    EXPECT_EQ(early.error().fault, Fault::unavailable);
    EXPECT_THAT(early.error().message, HasSubstr("clock is behind"));
    EXPECT_EQ(size_seen(), 7U);
}

// A power cut has left other witnesses' files as zeros: what does not bear the witness's own
// cosignature is not taken for "never seen".
TEST_F(KeptWitness, does_not_sign_when_its_memory_is_damaged) {
    must(ask(0, 7));
    const auto kept = must(read_file(folder().head(origin), 10'000));
    auto altered = kept;
    altered[altered.size() - 10] ^= 1;
    auto shorter = kept;
    shorter.resize(shorter.size() / 2);
    for (const auto& damaged : {Bytes{}, Bytes(kept.size()), shorter, altered}) {
        must(write_durably(folder().head(origin), damaged, Access::everyone));
        const auto refused = ask(0, 20);
        ASSERT_FALSE(refused.ok());
        EXPECT_EQ(refused.error().fault, Fault::corrupt);
        EXPECT_THAT(refused.error().advice, HasSubstr("sign nothing until then"));
    }
    must(write_durably(folder().head(origin), kept, Access::everyone));
    EXPECT_EQ(must(ask(7, 20)).status, WitnessStatus::cosigned);
}

TEST_F(KeptWitness, does_not_sign_by_the_memory_of_another_log) {
    must(ask(0, 7));
    fs::copy_file(folder().head(origin), folder().head("example.org/other"));
    EXPECT_EQ(witnessed(folder(), witness_key(9), "example.org/other").error().fault,
              Fault::corrupt);
}

TEST_F(KeptWitness, answers_one_at_a_time) {
    const auto other = must(OpenFile::open(folder().lock(), OpenFile::Use::create_write));
    ASSERT_TRUE(must(other->try_lock()));
    EXPECT_EQ(ask(0, 7).error().fault, Fault::busy);
}

TEST_F(KeptWitness, signs_with_no_key_but_its_own) {
    const auto refused = answer_request(folder(), *fixed_signer(8), request(tree_, 0, 7), noon);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().fault, Fault::invalid);
}

TEST_F(KeptWitness, says_where_its_files_are_wrong) {
    must(write_durably(folder().logs(), bytes_of("log nobody\n"), Access::everyone));
    EXPECT_THAT(ask(0, 7).error().message, HasSubstr("logs.policy: line 1 of the policy"));
    must(write_durably(folder().facts(), bytes_of("wsoa-witness/v2\n"), Access::everyone));
    EXPECT_EQ(ask(0, 7).error().fault, Fault::corrupt);
    EXPECT_EQ(WitnessFolder(temporary_ / "none").cosigner().error().fault, Fault::missing);
}

TEST_F(KeptWitness, is_not_made_over_another) {
    EXPECT_EQ(folder().create(witness_key(10), "a key file", {}).error().fault, Fault::conflict);
    EXPECT_EQ(must(folder().cosigner()), witness_key(9));
}

}  // namespace
}  // namespace wsoa
