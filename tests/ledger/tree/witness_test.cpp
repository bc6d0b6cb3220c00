#include "ledger/tree/witness.h"

#include "ledger/tree/hasher.h"
#include "tests/support/mutants.h"
#include "tests/support/policies.h"
#include "tests/support/reference_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using testing::HasSubstr;

constexpr std::string_view origin = "example.org/wsoa";

std::string signed_note(std::uint64_t size, const Hash& root, std::uint8_t signer = 7) {
    const Checkpoint checkpoint{std::string(origin), TreeSize{size}, root, {}};
    return sign_note(checkpoint.text(), origin, *fixed_signer(signer)).value().str();
}

// From one size of a tree to another, with the proof that belongs there.
WitnessRequest request(const ReferenceTree& tree, std::uint64_t from, std::uint64_t to) {
    return {.old_size = TreeSize{from},
            .path = from == 0 ? std::vector<Hash>{} : tree.consistency(from, to).path,
            .checkpoint_note = signed_note(to, tree.root_at(to))};
}

Policy knowing_the_log() { return Policy::parse(log_line(origin, 7) + "quorum none\n").value(); }

// Judged by a witness that last cosigned this size of the tree.
WitnessJudgement judged(const std::string& text, const ReferenceTree& tree, std::uint64_t seen) {
    return judge_request(text, knowing_the_log(),
                         [&](const std::string& asked) -> Result<WitnessedHead> {
                             EXPECT_EQ(asked, origin);
                             return WitnessedHead{TreeSize{seen}, tree.root_at(seen)};
                         })
        .value();
}
WitnessStatus status(const WitnessRequest& asked, const ReferenceTree& tree, std::uint64_t seen) {
    return judged(asked.str(), tree, seen).status;
}

TEST(WitnessRequest, is_read_back_as_it_was_written) {
    const ReferenceTree tree(20);
    for (const auto& asked : {request(tree, 0, 20), request(tree, 7, 20), request(tree, 20, 20)}) {
        EXPECT_EQ(WitnessRequest::parse(asked.str()).value(), asked);
    }
    EXPECT_TRUE(request(tree, 0, 20).str().starts_with("old 0\n\nexample.org/wsoa\n20\n"));
}

TEST(WitnessRequest, is_refused_when_anything_is_wrong_with_it) {
    const ReferenceTree tree(20);
    const auto good = request(tree, 7, 20).str();
    const auto hash = to_base64(request(tree, 7, 20).path[0].view());
    const auto with = [&](std::string_view part, std::string_view other) {
        auto text = good;
        return text.replace(text.find(part), part.size(), other);
    };
    for (const auto& wrong :
         {std::string(), std::string("old 7\n"), with("old 7", "old 07"), with("old 7", "old -7"),
          with("old 7", "old  7"), with("old 7", "Old 7"), with("old 7\n", ""),
          with("old 7\n", "old 7\r\n"), with("\n\nexample", "\nexample"),
          with("\n\nexample", "\n\n\nexample"), with(hash, hash.substr(1)), with(hash, hash + " "),
          with(hash, to_base64(Bytes(33))), with("\n20\n", "\ntwenty\n"), good + "\n",
          good.substr(0, good.find("\u2014"))}) {
        const auto parsed = WitnessRequest::parse(wrong);
        ASSERT_FALSE(parsed.ok()) << wrong;
        EXPECT_EQ(parsed.error().fault, Fault::invalid);
        EXPECT_EQ(judged(wrong, tree, 7).status, WitnessStatus::malformed) << wrong;
    }
}

// As others answer too: a line that cannot be read is no signature.
TEST(WitnessRequest, is_untrusted_when_only_its_signatures_cannot_be_read) {
    const ReferenceTree tree(20);
    const auto good = request(tree, 7, 20).str();
    auto stray_bits = good;
    stray_bits.replace(good.size() - 3, 1, "x");
    for (const auto& wrong : {good.substr(0, good.size() - 1), good + "more\n", stray_bits}) {
        EXPECT_FALSE(WitnessRequest::parse(wrong).ok());
        EXPECT_EQ(judged(wrong, tree, 7).status, WitnessStatus::untrusted) << wrong;
    }
}

TEST(WitnessRequest, has_63_hashes_at_most) {
    const ReferenceTree tree(20);
    auto asked = request(tree, 7, 20);
    asked.path.resize(63);
    EXPECT_TRUE(WitnessRequest::parse(asked.str()).ok());
    asked.path.resize(64);
    EXPECT_FALSE(WitnessRequest::parse(asked.str()).ok());
    EXPECT_FALSE(WitnessRequest::parse(std::string(WitnessRequest::bytes_max + 1, 'o')).ok());
}

TEST(WitnessRequest, has_one_spelling_among_all_mutants) {
    Mutants mutants(request(ReferenceTree(20), 7, 20).str(), 21);
    std::size_t taken = 0;
    for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
        const auto text = mutants.next();
        const auto parsed = WitnessRequest::parse(text);
        ASSERT_TRUE(!parsed.ok() || parsed.value().str() == text) << text;
        taken += parsed.ok() ? 1U : 0U;
    }
    EXPECT_GT(taken, 1'000U);
}

TEST(Witness, cosigns_what_continues_what_it_saw) {
    const ReferenceTree tree(20);
    for (std::uint64_t from = 0; from <= 20; ++from) {
        for (std::uint64_t to = from; to <= 20; ++to) {
            EXPECT_EQ(status(request(tree, from, to), tree, from), WitnessStatus::cosigned)
                << from << " to " << to;
        }
    }
}

TEST(Witness, knows_only_the_logs_of_its_list) {
    const ReferenceTree tree(20);
    const Checkpoint other{"example.org/other", TreeSize{20}, tree.root(), {}};
    auto asked = request(tree, 0, 20);
    asked.checkpoint_note =
        sign_note(other.text(), "example.org/other", *fixed_signer(7)).value().str();
    EXPECT_EQ(status(asked, tree, 0), WitnessStatus::unknown_log);
}

TEST(Witness, believes_no_signature_but_the_logs) {
    const ReferenceTree tree(20);
    auto asked = request(tree, 0, 20);
    const auto good = asked.checkpoint_note;
    asked.checkpoint_note = signed_note(20, tree.root(), 8);
    EXPECT_EQ(status(asked, tree, 0), WitnessStatus::untrusted);
    auto note = Note::parse(good).value();
    note.signatures.push_back(note.signatures[0]);
    note.signatures[1].bytes[3] ^= 1;
    asked.checkpoint_note = note.str();
    EXPECT_EQ(status(asked, tree, 0), WitnessStatus::untrusted);
    // What others say beside it is nothing to the witness.
    asked.checkpoint_note = good + NoteSignature{"grease", 7, Bytes(5)}.str();
    const auto judgement = judged(asked.str(), tree, 0);
    EXPECT_EQ(judgement.status, WitnessStatus::cosigned);
    EXPECT_EQ(judgement.log_signature, Note::parse(good).value().signatures[0].str());
}

TEST(Witness, names_the_size_that_it_saw_where_another_was_asked_from) {
    const ReferenceTree tree(20);
    for (const std::uint64_t from : {0U, 6U, 8U, 20U}) {
        const auto judgement = judged(request(tree, from, 20).str(), tree, 7);
        EXPECT_EQ(judgement.status, WitnessStatus::other_size) << from;
        EXPECT_EQ(judgement.seen.value, 7U);
    }
    // A checkpoint that the witness is beyond is asked for from its own size at most.
    EXPECT_EQ(status(request(tree, 5, 5), tree, 7), WitnessStatus::other_size);
}

TEST(Witness, takes_no_old_size_beyond_the_checkpoint) {
    const ReferenceTree tree(20);
    auto asked = request(tree, 5, 5);
    asked.old_size.value = 7;
    EXPECT_EQ(status(asked, tree, 7), WitnessStatus::malformed);
}

TEST(Witness, cosigns_no_second_history) {
    const ReferenceTree tree(20);
    auto entries = std::vector<Bytes>();
    for (std::uint64_t i = 0; i < 20; ++i) {
        entries.push_back(tree.entry(i));
    }
    entries[3] = Bytes{1, 2, 3};
    const ReferenceTree other(entries);
    EXPECT_EQ(status(request(other, 7, 20), tree, 7), WitnessStatus::inconsistent);
    EXPECT_EQ(status(request(other, 7, 7), tree, 7), WitnessStatus::inconsistent);
    auto bent = request(tree, 7, 20);
    bent.path[0].bytes[0] ^= 1;
    EXPECT_EQ(status(bent, tree, 7), WitnessStatus::inconsistent);
    auto longer = request(tree, 0, 20);
    longer.path.resize(1);
    EXPECT_EQ(status(longer, tree, 0), WitnessStatus::inconsistent);
    auto shorter = request(tree, 7, 20);
    shorter.path.pop_back();
    EXPECT_EQ(status(shorter, tree, 7), WitnessStatus::inconsistent);
}

TEST(Witness, cosigns_an_empty_log_under_its_one_root) {
    const ReferenceTree tree(20);
    const auto asked_with = [](const Hash& root) {
        return WitnessRequest{
            .old_size = TreeSize{0}, .path = {}, .checkpoint_note = signed_note(0, root)};
    };
    EXPECT_EQ(status(asked_with(empty_root()), tree, 0), WitnessStatus::cosigned);
    EXPECT_EQ(status(asked_with(Hash{}), tree, 0), WitnessStatus::inconsistent);
}

TEST(Witness, does_not_judge_what_it_cannot_remember) {
    const ReferenceTree tree(20);
    const auto failed = judge_request(request(tree, 0, 20).str(), knowing_the_log(),
                                      [](const std::string&) -> Result<WitnessedHead> {
                                          return Error{Fault::corrupt, "its memory is damaged"};
                                      });
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().fault, Fault::corrupt);
}

}  // namespace
}  // namespace wsoa
