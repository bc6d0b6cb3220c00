// A pack with what witnesses and timestamp authorities said, and whom its reader believes.

#include "ledger/store/system.h"
#include "tests/support/timestamp_authority.h"
#include "tests/support/zip_bytes.h"
#include "tests/walks/packed.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace wsoa {
namespace {

using test::must;
using testing::AllOf;
using testing::HasSubstr;

// The plan's rehearsal, a witness who has seen it, and a policy that believes that witness.
class PackedForWitness : public Packed {
protected:
    PackedForWitness() {
        const auto proof = at_.must({"prove", "3", "--json", "--quiet"}).out;
        const std::string mark = "\"verifierKey\":\"";
        const auto begin = proof.find(mark) + mark.size();
        vkey_ = proof.substr(begin, proof.find('"', begin) - begin);
        at_.must({"witness", "init", at_.file("witness"), "--name", "witness.example.org/w1",
                  "--unsealed", "--log", vkey_});
        const auto facts = read(at_.file("witness/witness.txt"));
        const auto key = facts.substr(facts.find("key ") + 4);
        write("policy", "log " + vkey_ + "\nwitness w1 " + key + "quorum w1\n");
    }
    void let_witness_see(const std::string& old_size) const {
        at_.must({"witness", "request", "--old", old_size, "--out", at_.file("request")});
        at_.must({"witness", "cosign", at_.file("witness"), at_.file("request"), "--out",
                  at_.file("cosigned")});
        at_.must({"witness", "add", at_.file("cosigned"), "--policy", at_.file("policy")});
    }
    std::string size() const {
        const auto note = at_.must({"checkpoint"}).out;
        const auto begin = note.find('\n') + 1;
        return note.substr(begin, note.find('\n', begin) - begin);
    }
    Verdict verdict_by_policy(const std::string& name) const {
        return must(check_pack({.pack = at_.file(name), .seen = {}, .policy = at_.file("policy")},
                               nullptr));
    }
    static std::string checked_in(const Verdict& verdict) {
        return fmt::format("{}", fmt::join(verdict.checked, "\n"));
    }

    std::string vkey_;
};

TEST_F(PackedForWitness, bears_what_witnesses_said_of_its_checkpoint) {
    let_witness_see("0");
    const auto seen = size();
    must_pack(at_.file("th.zip"));
    const auto verdict = verdict_by_policy("th.zip");
    EXPECT_FALSE(verdict.has_breach()) << findings_of(verdict);
    EXPECT_TRUE(verdict.continues_earlier);
    EXPECT_EQ(fmt::format("{}", verdict.size.value), seen);
    EXPECT_THAT(checked_in(verdict), HasSubstr("recorded_at of events 0 to "));
    EXPECT_EQ(std::ranges::count(verdict.not_checked, nothing_earlier), 0);
    EXPECT_EQ(std::ranges::count(verdict_of(at_.file("th.zip")).not_checked, nothing_earlier), 1);
    EXPECT_TRUE(verdict_of(at_.file("th.zip")).bounds.empty());
}

TEST_F(PackedForWitness, says_that_nobody_has_cosigned_it) {
    const auto packed = pack(at_.file("th.zip"));
    EXPECT_EQ(packed.exit, Exit::done);
    EXPECT_THAT(packed.err + packed.out, HasSubstr("No witness has cosigned the checkpoint"));
    expect_said(pack(at_.file("no.zip"), {"--checkpoint", "cosigned"}), Exit::could_not,
                "no witness has cosigned a checkpoint of this ledger yet");
}

TEST_F(PackedForWitness, reaches_up_to_the_checkpoint_that_was_chosen) {
    let_witness_see("0");
    const auto seen = size();
    must_pack(at_.file("first.zip"));
    at_.must_by("owner", {"progress", "TH-1.1", "--percent", "90", "--text", "Nearly there"});
    must_pack(at_.file("again.zip"), {"--checkpoint", "cosigned", "--rebuild"});
    must_pack(at_.file("by-size.zip"), {"--checkpoint", seen, "--rebuild"});
    EXPECT_TRUE(read(at_.file("first.zip")) == read(at_.file("again.zip")));
    EXPECT_TRUE(read(at_.file("first.zip")) == read(at_.file("by-size.zip")));
    must_pack(at_.file("newest.zip"));
    EXPECT_GT(verdict_of(at_.file("newest.zip")).size, verdict_of(at_.file("again.zip")).size);
    // Frozen by a later event, and still what it says.
    must_pack(at_.file("late.zip"), {"--checkpoint", "cosigned"});
    const auto late = verdict_by_policy("late.zip");
    EXPECT_FALSE(late.has_breach()) << findings_of(late);
}

TEST_F(PackedForWitness, takes_no_checkpoint_that_was_not_signed) {
    expect_said(pack(at_.file("no.zip"), {"--checkpoint", "99999"}), Exit::could_not,
                "no checkpoint was signed over just 99999 events");
    expect_said(pack(at_.file("no.zip"), {"--checkpoint", "oldest"}), Exit::usage,
                "--checkpoint takes newest, cosigned or a number, not oldest");
}

TEST_F(PackedForWitness, is_checked_by_certificates_that_the_reader_brings) {
    const test::TimestampAuthority authority(at_.root());
    at_.must({"timestamp", "request", "--out", at_.file("query.tsq")});
    authority.answer();
    at_.must({"timestamp", "add", at_.file("reply.tsr"), "--authority", at_.file("ca.pem")});
    must_pack(at_.file("th.zip"));
    const auto by = [&](const std::string& roots) {
        return must(check_pack(
            {.pack = at_.file("th.zip"), .seen = {}, .policy = {}, .authority = at_.file(roots)},
            nullptr));
    };
    const auto believed = by("ca.pem");
    EXPECT_THAT(checked_in(believed), HasSubstr("by CN=Test timestamps"));
    EXPECT_TRUE(believed.findings.empty()) << findings_of(believed);
    const auto other = by("other.pem");
    ASSERT_EQ(other.findings.size(), 1U);
    EXPECT_EQ(other.findings.front().is, Finding::Class::doubt);
    EXPECT_THAT(other.findings.front().what, HasSubstr("timestamps/0.tsr: by the certificates"));
    EXPECT_TRUE(other.bounds.empty());
}

// What events commit to of checkpoints before the pack's own goes along, and bounds time too.
TEST_F(PackedForWitness, bears_what_its_events_commit_to_of_earlier_checkpoints) {
    const test::TimestampAuthority authority(at_.root());
    let_witness_see("0");
    at_.must({"timestamp", "request", "--out", at_.file("query.tsq")});
    authority.answer();
    at_.must({"timestamp", "add", at_.file("reply.tsr"), "--authority", at_.file("ca.pem")});
    const auto seen = size();
    at_.must_by("manager", {"anchor"});
    must_pack(at_.file("th.zip"), {"--rebuild"});
    const auto members = members_of(at_.file("th.zip"));
    ASSERT_TRUE(members.contains("earlier/" + seen) &&
                members.contains("earlier/" + seen + ".0.tsr"));
    const auto judged = [&](const std::string& name) {
        return must(check_pack({.pack = at_.file(name),
                                .seen = {},
                                .policy = at_.file("policy"),
                                .authority = at_.file("ca.pem")},
                               nullptr));
    };
    const auto verdict = judged("th.zip");
    EXPECT_TRUE(findings_of(verdict).starts_with("by the policy that you gave"))
        << findings_of(verdict);
    EXPECT_THAT(checked_in(verdict), AllOf(HasSubstr("2 anchors, against what is kept"),
                                           HasSubstr("recorded_at of events 0 to ")));
    for (const auto& spoiled : {"earlier/" + seen, "earlier/" + seen + ".0.tsr"}) {
        test::ZipBytes zip;
        for (auto [name, text] : members) {
            if (name == spoiled) {
                text[text.size() / 2] = static_cast<char>(text[text.size() / 2] ^ 1);
            }
            zip.add(name, text);
        }
        write("spoiled.zip", std::string(text_of(zip.bytes())));
        EXPECT_THAT(findings_of(judged("spoiled.zip")), HasSubstr(spoiled));
    }
}

}  // namespace
}  // namespace wsoa
