#include "ledger/tree/policy.h"

#include "ledger/tree/hasher.h"
#include "tests/support/files.h"
#include "tests/support/mutants.h"
#include "tests/support/policies.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using Cosigned = PolicyVerdict::Cosigned;

constexpr std::string_view origin = "example.org/wsoa";

// One log; three witnesses, two of which a quorum needs.
std::string two_of_three() {
    return log_line(origin, 7) + witness_line(9) + witness_line(10) + witness_line(11) +
           "group trusted 2 w9 w10 w11\nquorum trusted\n";
}

std::string checkpoint() { return golden("tree/checkpoint"); }

Result<PolicyVerdict> judged(const std::string& policy, const std::string& note) {
    return evaluate(Policy::parse(policy).value(), Note::parse(note).value());
}

// A key of type 0x06, whose bytes nobody here can judge.
NoteKey mldsa_key() {
    const auto key = Bytes(1'312, 5);
    Bytes named;
    append(named, "witness.example.org/pq\n");
    named.push_back(6);
    append(named, ByteView(key));
    Bytes typed{6};
    append(typed, ByteView(key));
    return NoteKey::parse("witness.example.org/pq+" + to_hex(sha256(named).view().first(4)) + "+" +
                          to_base64(typed))
        .value();
}

TEST(Policy, of_the_golden_file_is_read) {
    const auto policy = Policy::parse(golden("tree/inspectorate.policy"));
    ASSERT_TRUE(policy.ok()) << policy.error().message;
    EXPECT_EQ(policy.value().logs.size(), 1U);
    EXPECT_EQ(policy.value().logs[0].url, "https://ledger.example.gov.uk/send/");
    EXPECT_EQ(policy.value().witnesses.size(), 3U);
    EXPECT_EQ(policy.value().witnesses[1].url, std::nullopt);
    ASSERT_EQ(policy.value().groups.size(), 2U);
    EXPECT_EQ(policy.value().groups[0].threshold, 1U);
    EXPECT_THAT(policy.value().groups[1].members, ElementsAre("regulators", "archive"));
    EXPECT_EQ(policy.value().groups[1].threshold, 2U);
    EXPECT_EQ(policy.value().quorum, "all-sides");
}

TEST(Policy, takes_blanks_empty_lines_and_comments_anywhere) {
    const auto policy =
        Policy::parse("\n# first\n \t# second: \xff\xfe\n\t quorum \t none \t\n \n");
    ASSERT_TRUE(policy.ok()) << policy.error().message;
    EXPECT_EQ(policy.value().quorum, std::nullopt);
    EXPECT_TRUE(policy.value().logs.empty());
}

TEST(Policy, takes_names_as_bytes) {
    const auto vkey = witness_key(9).str();
    const auto policy = Policy::parse("witness \xe2\x84\xaa " + vkey + " https://w.example/\xff\n" +
                                      "group \xff any \xe2\x84\xaa\nquorum \xff\n");
    ASSERT_TRUE(policy.ok()) << policy.error().message;
    EXPECT_FALSE(Policy::parse("witness \xe2\x84\xaa " + vkey + "\nquorum K\n").ok());
}

TEST(Policy, takes_names_that_are_words_elsewhere) {
    const auto policy =
        Policy::parse("witness any " + witness_key(9).str() + "\ngroup all any any\nquorum all\n");
    ASSERT_TRUE(policy.ok()) << policy.error().message;
}

struct Mistake {
    std::string text;
    std::string sentence;
};

void expect_refused(const std::vector<Mistake>& mistakes) {
    for (const auto& mistake : mistakes) {
        const auto policy = Policy::parse(mistake.text);
        ASSERT_FALSE(policy.ok()) << mistake.sentence;
        EXPECT_EQ(policy.error().fault, Fault::invalid) << mistake.sentence;
        EXPECT_THAT(policy.error().message, HasSubstr(mistake.sentence));
    }
}

TEST(Policy, is_refused_with_a_sentence_and_the_line) {
    const auto w9 = witness_line(9);
    const auto vkey = witness_key(9).str();
    const auto log_vkey = note_key(origin, *fixed_signer(7)).str();
    const auto renamed = NoteKey::cosigner("other.example.org", fixed_signer(9)->key()).value();
    expect_refused({
        {"", "the policy has no quorum line"},
        {w9, "the policy has no quorum line"},
        {"quorum none", "line 1 of the policy: the text ends before its line feed"},
        {"quorum none\r\n", "line 1 of the policy: it holds a control character"},
        {"# \x01\nquorum none\n", "line 1 of the policy: it holds a control character"},
        {"# \x7f\nquorum none\n", "line 1 of the policy: it holds a control character"},
        {"quorum none\nquorum none\n", "line 2 of the policy: there is a quorum line already"},
        {"quorum\n", "line 1 of the policy: the quorum is written as: quorum NAME"},
        {"quorum none none\n", "line 1 of the policy: the quorum is written as: quorum NAME"},
        {"quorum w9\n" + w9, "line 1 of the policy: w9 is not defined above"},
        {"Quorum none\n", "line 1 of the policy: it begins with Quorum, not with"},
        {"\nlogs\n", "line 2 of the policy: it begins with logs, not with"},
        {"log\n", "line 1 of the policy: a log is written as: log VKEY [URL]"},
        {"log " + log_vkey + " url more\n", "a log is written as: log VKEY [URL]"},
        {"log " + log_vkey + "\nlog " + log_vkey + "\n",
         "line 2 of the policy: another log has the same key"},
        {log_line(origin, 7) + log_line("example.org/other", 7),
         "line 2 of the policy: another log has the same key"},
        {"log " + vkey + "\n", "line 1 of the policy: a key of type 0x04 does not do here"},
        {"log example.org\n", "line 1 of the policy: a verifier key is a name, an id and a key"},
        {"witness w9\n", "a witness is written as: witness NAME VKEY [URL]"},
        {"witness w9 " + vkey + " url more\n", "a witness is written as: witness NAME VKEY [URL]"},
        {"witness none " + vkey + "\n", "line 1 of the policy: \"none\" names nobody"},
        {"witness w9 " + log_vkey + "\n", "a key of type 0x01 does not do here"},
        {w9 + "witness w9 " + witness_key(10).str() + "\n",
         "line 2 of the policy: the name w9 is taken already"},
        {w9 + "witness again " + vkey + "\n", "line 2 of the policy: another witness has the same"},
        {w9 + "witness again " + renamed.str() + "\n",
         "line 2 of the policy: another witness has the same key"},
        {std::string(Policy::bytes_max + 1, '\n'), "the policy has 524289 bytes; at most 524288"},
    });
}

TEST(Policy, with_a_group_that_is_none_is_refused_with_a_sentence_and_the_line) {
    const auto w9 = witness_line(9);
    const auto w10 = witness_line(10);
    expect_refused({
        {"group g any\n", "a group is written as: group NAME all|any|K MEMBER..."},
        {"group g any w9\n" + w9, "line 1 of the policy: w9 is not defined above"},
        {w9 + "group g any g\n", "line 2 of the policy: g is not defined above"},
        {w9 + "group g any none\n", "line 2 of the policy: none is not defined above"},
        {w9 + "group none any w9\n", "line 2 of the policy: \"none\" names nobody"},
        {w9 + "group w9 any w9\n", "line 2 of the policy: the name w9 is taken already"},
        {w9 + "group g any w9 w9\n", "line 2 of the policy: w9 is a member of a group already"},
        {w9 + w10 + "group g any w9\ngroup h any w9 w10\n",
         "line 4 of the policy: w9 is a member of a group already"},
        {w9 + "group g 0 w9\n", "a group of 1 needs all, any, or a number from 1 to 1 of them"},
        {w9 + "group g 2 w9\n", "a group of 1 needs all, any, or a number from 1 to 1 of them"},
        {w9 + w10 + "group g 01 w9 w10\n", "a group of 2 needs all, any, or a number from 1 to 2"},
        {w9 + w10 + "group g +1 w9 w10\n", "a group of 2 needs all, any, or a number from 1 to 2"},
        {w9 + w10 + "group g some w9 w10\n", "a group of 2 needs all, any, or a number"},
    });
}

TEST(Policy, takes_no_key_that_signs_many_messages_at_once) {
    KeyId low;
    low.bytes.bytes[0] = 1;  // the neutral point
    const auto log = NoteKey::ed25519(origin, low).value().str();
    const auto witness = NoteKey::cosigner("w", low).value().str();
    EXPECT_FALSE(Policy::parse("log " + log + "\nquorum none\n").ok());
    EXPECT_FALSE(Policy::parse("witness w " + witness + "\nquorum none\n").ok());
}

TEST(Policy, takes_so_many_of_each_and_no_more) {
    std::string logs;
    std::string witnesses;
    std::string groups;
    for (std::size_t i = 0; i < Policy::members_max; ++i) {
        const auto byte = static_cast<std::uint8_t>(100 + i);
        logs += log_line(fmt::format("example.org/{}", i), byte);
        witnesses += witness_line(byte);
        groups += fmt::format("group g{} any w{}\n", i, byte);
    }
    EXPECT_TRUE(Policy::parse(logs + witnesses + groups + "quorum g63\n").ok());
    for (const auto& more : {log_line(origin, 7), witness_line(7), "group g64 any g63\n" + logs}) {
        const auto policy = Policy::parse(logs + witnesses + groups + more + "quorum none\n");
        ASSERT_FALSE(policy.ok());
        EXPECT_THAT(policy.error().message, HasSubstr("at most 64"));
    }
}

TEST(PolicyVerdict, names_the_log_and_the_witnesses_that_signed) {
    const auto note = cosigned_by(11, cosigned_by(9, checkpoint(), 100), 200);
    const auto verdict = judged(two_of_three(), note);
    ASSERT_TRUE(verdict.ok()) << verdict.error().message;
    EXPECT_EQ(verdict.value().log, note_key(origin, *fixed_signer(7)));
    EXPECT_EQ(verdict.value().checkpoint.origin, origin);
    EXPECT_THAT(verdict.value().cosigned, ElementsAre(Cosigned{"w9", 100}, Cosigned{"w11", 200}));
    EXPECT_TRUE(verdict.value().is_quorum_met);
}

TEST(PolicyVerdict, tells_a_quorum_that_is_not_met_without_an_error) {
    EXPECT_FALSE(judged(two_of_three(), checkpoint()).value().is_quorum_met);
    EXPECT_FALSE(judged(two_of_three(), cosigned_by(10, checkpoint(), 1)).value().is_quorum_met);
}

TEST(PolicyVerdict, counts_a_witness_once_however_often_it_signed) {
    const auto note = cosigned_by(9, cosigned_by(9, checkpoint(), 300), 200);
    const auto verdict = judged(two_of_three(), note).value();
    EXPECT_THAT(verdict.cosigned, ElementsAre(Cosigned{"w9", 300}));
    EXPECT_FALSE(verdict.is_quorum_met);
}

TEST(PolicyVerdict, needs_every_level_of_groups) {
    const auto policy = log_line(origin, 7) + witness_line(9) + witness_line(10) +
                        witness_line(11) + "group a any w9 w10\ngroup b all a w11\nquorum b\n";
    const auto with = [](std::initializer_list<int> witnesses) {
        auto note = checkpoint();
        for (const auto witness : witnesses) {
            note = cosigned_by(static_cast<std::uint8_t>(witness), note, 1);
        }
        return note;
    };
    EXPECT_TRUE(judged(policy, with({9, 11})).value().is_quorum_met);
    EXPECT_TRUE(judged(policy, with({10, 11})).value().is_quorum_met);
    EXPECT_FALSE(judged(policy, with({9, 10})).value().is_quorum_met);
    EXPECT_FALSE(judged(policy, with({11})).value().is_quorum_met);
}

TEST(PolicyVerdict, of_one_witness_or_of_none) {
    const auto log = log_line(origin, 7);
    EXPECT_TRUE(judged(log + "quorum none\n", checkpoint()).value().is_quorum_met);
    const auto one = log + witness_line(9) + "quorum w9\n";
    EXPECT_FALSE(judged(one, checkpoint()).value().is_quorum_met);
    EXPECT_TRUE(judged(one, cosigned_by(9, checkpoint(), 1)).value().is_quorum_met);
}

TEST(PolicyVerdict, passes_over_lines_of_unknown_keys) {
    auto note = cosigned_by(200, checkpoint(), 1);
    note += NoteSignature{"grease", 7, Bytes(3)}.str();
    note += NoteSignature{witness_name(9), witness_key(9).id() ^ 1, Bytes(72)}.str();
    note += NoteSignature{"witness.example.org/w", witness_key(9).id(), Bytes(72)}.str();
    const auto verdict = judged(two_of_three(), note);
    ASSERT_TRUE(verdict.ok()) << verdict.error().message;
    EXPECT_TRUE(verdict.value().cosigned.empty());
}

TEST(PolicyVerdict, is_none_when_a_known_key_fails_beside_others_that_hold) {
    auto note = Note::parse(cosigned_by(9, cosigned_by(10, checkpoint(), 1), 1)).value();
    for (std::size_t line = 0; line < 3; ++line) {
        auto changed = note;
        changed.signatures[line].bytes[20] ^= 1;
        const auto verdict = judged(two_of_three(), changed.str());
        ASSERT_FALSE(verdict.ok()) << line;
        EXPECT_EQ(verdict.error().fault, Fault::distrusted);
        EXPECT_THAT(verdict.error().message, HasSubstr("does not hold"));
    }
}

TEST(PolicyVerdict, is_none_without_a_known_log) {
    const auto other = log_line("example.org/other", 7) + "quorum none\n";
    EXPECT_THAT(judged(other, checkpoint()).error().message,
                HasSubstr("no log of the policy has signed the checkpoint of example.org/wsoa"));
    EXPECT_FALSE(judged("quorum none\n", checkpoint()).ok());
    const auto same_name = log_line(origin, 8) + "quorum none\n";
    EXPECT_EQ(judged(same_name, checkpoint()).error().fault, Fault::distrusted);
}

TEST(PolicyVerdict, is_none_where_one_log_signs_for_another) {
    const auto text = Note::parse(checkpoint()).value().text;
    const auto note = sign_note(text, "example.org/other", *fixed_signer(8)).value().str();
    const auto policy = log_line(origin, 7) + log_line("example.org/other", 8) + "quorum none\n";
    const auto verdict = judged(policy, note);
    ASSERT_FALSE(verdict.ok());
    EXPECT_EQ(verdict.error().message,
              "the checkpoint is of example.org/wsoa, but example.org/other has signed it");
}

TEST(PolicyVerdict, is_none_for_an_empty_tree_with_a_root_of_its_own) {
    const auto signed_as = [](const Hash& root) {
        const Checkpoint empty{std::string(origin), TreeSize{0}, root, {}};
        return sign_note(empty.text(), origin, *fixed_signer(7)).value().str();
    };
    const auto policy = log_line(origin, 7) + "quorum none\n";
    EXPECT_TRUE(judged(policy, signed_as(empty_root())).ok());
    EXPECT_EQ(judged(policy, signed_as(Hash{})).error().fault, Fault::distrusted);
}

TEST(PolicyVerdict, does_not_count_what_cannot_be_checked_here) {
    const auto key = mldsa_key();
    const auto policy = log_line(origin, 7) + "witness pq " + key.str() + "\nquorum pq\n";
    const auto note = checkpoint() + NoteSignature{key.name(), key.id(), Bytes(2'428)}.str();
    const auto verdict = judged(policy, note);
    ASSERT_TRUE(verdict.ok()) << verdict.error().message;
    EXPECT_THAT(verdict.value().unchecked, ElementsAre("pq"));
    EXPECT_FALSE(verdict.value().is_quorum_met);
}

TEST(Policy, never_lets_a_checkpoint_pass_that_no_log_of_it_has_signed) {
    Mutants mutants(golden("tree/inspectorate.policy"), 12);
    const auto note = Note::parse(golden("tree/checkpoint")).value();
    std::size_t taken = 0;
    for (std::size_t i = 0; i < 600; ++i) {
        const auto policy = Policy::parse(mutants.next());
        if (!policy.ok()) {
            continue;
        }
        ++taken;
        const auto verdict = evaluate(policy.value(), note);
        ASSERT_TRUE(!verdict.ok() || policy.value().log(origin) != nullptr);
        ASSERT_TRUE(!verdict.ok() || !policy.value().quorum || !verdict.value().is_quorum_met);
    }
    EXPECT_GT(taken, 20U);
}

}  // namespace
}  // namespace wsoa
