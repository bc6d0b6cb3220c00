// A pack as it is made and carried away: what a stranger can check in it, and what is not in it.

#include "cli/pack/file_bytes.h"
#include "cli/pack/pack_verdict.h"
#include "ledger/store/system.h"
#include "tests/support/files.h"
#include "tests/support/small_pack.h"
#include "tests/support/timestamp_authority.h"
#include "tests/support/zip_bytes.h"
#include "tests/walks/rehearsal_records.h"
#include "tests/walks/with_files.h"

#include <algorithm>

namespace wsoa {
namespace {

using test::must;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Packed : public WithFiles {
protected:
    Packed() {
        at_.must_by("owner",
                    {"evidence", "add", write("audit.txt", "The audit of May"), "--for", "TH-1.1",
                     "--claim", "plans are audited", "--type", "audit", "--personal-data", "none",
                     "--item", "TH-E01", "--date", "2022-01-20"});
        at_.must_by("owner", {"evidence", "add", write("log.txt", "Zebedee, aged 7"), "--type",
                              "log", "--personal-data", "child", "--lawful-basis", "publicTask",
                              "--item", "TH-E02", "--date", "2022-01-20"});
        at_.must_by("owner", {"progress", "TH-1.1", "--text", "A restricted sentence", "--percent",
                              "10", "--classification", "restricted"});
    }

    wsoa::Run pack(const std::string& file, std::vector<std::string> more = {}) const {
        std::vector<std::string> arguments{
            "pack", "TH",    "--for", "A visit, \"soon\"", "--recipient",
            "lead", "--out", file,    "--disclose",        "title,text,reason,claim"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return at_.by("office", arguments);
    }
    void must_pack(const std::string& file, std::vector<std::string> more = {}) const {
        const auto packed = pack(file, std::move(more));
        ASSERT_EQ(packed.exit, Exit::done) << packed.err;
    }
    static Verdict verdict_of(const std::string& file) {
        return must(check_pack({.pack = file, .seen = {}}, nullptr));
    }
    static std::map<std::string, std::string> members_of(const std::string& file) {
        const auto bytes = must(FileBytes::open(file));
        const auto archive = must(Archive::open(*bytes));
        std::map<std::string, std::string> members;
        for (const auto& member : archive.members()) {
            members[member.name] = text_of(must(archive.read(member, 100'000'000)));
        }
        return members;
    }
    static std::string findings_of(const Verdict& verdict) {
        std::string all;
        for (const auto& finding : verdict.findings) {
            all += finding.what + "\n";
        }
        return all;
    }
};

TEST_F(Packed, holds_and_is_recorded) {
    const auto file = at_.file("th.zip");
    const auto packed = pack(file);
    ASSERT_EQ(packed.exit, Exit::done) << packed.err;
    EXPECT_THAT(packed.out, AllOf(HasSubstr("packFrozen for TH-K1"), HasSubstr("SHA-256")));
    const auto verdict = verdict_of(file);
    EXPECT_FALSE(verdict.has_breach()) << findings_of(verdict);
    EXPECT_FALSE(verdict.continues_earlier);
    EXPECT_THAT(pack_sentence(verdict), HasSubstr("consistent with itself"));
    EXPECT_THAT(at_.must({"view", "packs", "TH"}).out, HasSubstr("TH-K1"));
    EXPECT_FALSE(std::filesystem::exists(file + ".part"));
}

TEST_F(Packed, is_the_same_to_the_byte_when_it_is_made_again) {
    must_pack(at_.file("one.zip"), {"--rebuild"});
    must_pack(at_.file("two.zip"), {"--rebuild"});
    EXPECT_TRUE(read(at_.file("one.zip")) == read(at_.file("two.zip")));
}

// Two plans in one ledger: of the other one the hashes go along, and nothing else.
TEST_F(Packed, holds_the_leaves_of_its_own_plan_alone_where_that_is_asked) {
    at_.must_by("manager", {"record", "roleGranted", "--subject", "@office", "--role",
                            "programmeOffice", "--scope", "HK"});
    at_.must_by("chair", {"confirm", "@office"});
    at_.must_by("office", {"record", "planDrafted", "--subject", "HK", "--kind", "wsoa",
                           "--partners", "council,nhs", "--title", "Nobody else's business"});
    // The papers tell of an event behind one that is left out.
    at_.must_by("owner", {"rate", "TH-1.1", "amber", "--reason", "The second audit is late"});
    at_.must_by("lead", {"confirm", "TH-1.1", "--reason", "So it is"});
    must_pack(at_.file("all.zip"), {"--rebuild"});
    must_pack(at_.file("some.zip"), {"--leaves", "plan", "--rebuild"});
    must_pack(at_.file("again.zip"), {"--leaves", "plan", "--rebuild"});
    EXPECT_TRUE(read(at_.file("some.zip")) == read(at_.file("again.zip")));
    EXPECT_EQ(verdict_of(at_.file("all.zip")).left_out, 0U);
    const auto verdict = verdict_of(at_.file("some.zip"));
    EXPECT_FALSE(verdict.has_breach()) << findings_of(verdict);
    EXPECT_EQ(verdict.left_out, 1U);
    EXPECT_THAT(fmt::format("{}", fmt::join(verdict.not_checked, "\n")),
                HasSubstr("the word of whoever made the pack"));
    EXPECT_THAT(members_of(at_.file("some.zip"))["README.txt"],
                HasSubstr("of those of other plans the hashes alone"));
    EXPECT_EQ(pack(at_.file("none.zip"), {"--leaves", "few"}).exit, Exit::usage);
}

TEST_F(Packed, continues_a_checkpoint_that_was_kept) {
    write("kept.checkpoint", at_.must({"checkpoint"}).out);
    must_pack(at_.file("th.zip"));
    const auto verdict = must(
        check_pack({.pack = at_.file("th.zip"), .seen = {at_.file("kept.checkpoint")}}, nullptr));
    EXPECT_TRUE(verdict.continues_earlier) << findings_of(verdict);
    EXPECT_THAT(pack_sentence(verdict),
                HasSubstr("what you brought from elsewhere vouches for it"));
}

TEST_F(Packed, holds_nothing_that_was_not_to_be_disclosed) {
    must_pack(at_.file("th.zip"));
    const auto all = read(at_.file("th.zip"));
    EXPECT_THAT(all, AllOf(HasSubstr("The audit of May"), HasSubstr("plans are audited")));
    EXPECT_THAT(all, AllOf(Not(HasSubstr("Zebedee")), Not(HasSubstr("restricted sentence"))));
    must_pack(at_.file("few.zip"), {"--evidence", "none"});
    EXPECT_THAT(read(at_.file("few.zip")), Not(HasSubstr("The audit of May")));
    EXPECT_THAT(members_of(at_.file("few.zip"))["evidence.csv"], HasSubstr("not asked for"));
}

TEST_F(Packed, lists_evidence_in_cells_that_stand_under_their_headings) {
    must_pack(at_.file("th.zip"));
    std::istringstream csv(members_of(at_.file("th.zip"))["evidence.csv"]);
    std::vector<std::string> rows;
    for (std::string row; std::getline(csv, row);) {
        rows.push_back(row);
    }
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_THAT(rows[0], StartsWith("area,about,item,"));
    EXPECT_THAT(rows[1], StartsWith(",,TH-E02,"));  // it is linked to nothing
    EXPECT_THAT(rows[2], StartsWith("TH-1,TH-1.1,TH-E01,"));
}

TEST_F(Packed, says_nothing_of_a_link_that_was_ended) {
    at_.must_by("owner",
                {"evidence", "unlink", "TH-E01", "TH-1.1", "--reason", "It was another's"});
    must_pack(at_.file("th.zip"));
    const auto csv = members_of(at_.file("th.zip"))["evidence.csv"];
    EXPECT_THAT(csv, AllOf(HasSubstr("\r\n,,TH-E01,"), Not(HasSubstr("TH-1.1"))));
    EXPECT_FALSE(verdict_of(at_.file("th.zip")).has_breach());
    must_pack(at_.file("area.zip"), {"--area", "TH-1"});
    EXPECT_THAT(members_of(at_.file("area.zip"))["evidence.csv"],
                ContainsRegex("TH-E01,.*not asked for"));
    EXPECT_THAT(read(at_.file("area.zip")), Not(HasSubstr("The audit of May")));
}

TEST_F(Packed, holds_restricted_words_only_where_its_maker_asks_for_them) {
    must_pack(at_.file("th.zip"), {"--restricted"});
    EXPECT_THAT(members_of(at_.file("th.zip"))["words.jsonl"], HasSubstr("A restricted sentence"));
    EXPECT_FALSE(verdict_of(at_.file("th.zip")).has_breach());
}

// One byte of any member, and the verdict names what it belongs to.
TEST_F(Packed, does_not_hold_once_a_byte_of_any_member_is_changed) {
    must_pack(at_.file("th.zip"));
    const auto members = members_of(at_.file("th.zip"));
    for (const auto& [changed, content] : members) {
        test::ZipBytes zip;
        for (const auto& [name, text] : members) {
            auto other = text;
            if (name == changed) {
                other[other.size() / 2] = static_cast<char>(other[other.size() / 2] ^ 1);
            }
            zip.add(name, other);
        }
        const auto file = zip.bytes();
        write("changed.zip", std::string(text_of(file)));
        const auto verdict = check_pack({.pack = at_.file("changed.zip"), .seen = {}}, nullptr);
        EXPECT_TRUE(!verdict.ok() || verdict.value().has_breach()) << changed;
    }
}

// The same with check sums that are right and a page that shows the change too: what no hash or
// signature covers follows from what they do cover, and is made again.
TEST_F(Packed, does_not_hold_once_a_paper_is_changed_in_the_page_too) {
    must_pack(at_.file("th.zip"));
    for (const auto* const name : {"README.txt", "certificate.txt", "policy", "evidence.csv"}) {
        test::PackMembers members;
        for (const auto& [member, content] : members_of(at_.file("th.zip"))) {
            members[member] = copy_of(bytes_of(content));
        }
        for (std::size_t at = 0; at < members[name].size(); at += 1 + members[name].size() / 23) {
            auto changed = members;
            changed[name][at] ^= 1;
            write("changed.zip", std::string(text_of(test::with_page_again(std::move(changed)))));
            const auto found = findings_of(verdict_of(at_.file("changed.zip")));
            EXPECT_THAT(found, HasSubstr(fmt::format("{}: ", name))) << at;
        }
    }
}

TEST_F(Packed, does_not_hold_with_a_member_less_or_more) {
    must_pack(at_.file("th.zip"));
    const auto members = members_of(at_.file("th.zip"));
    for (const auto& [lacking, content] : members) {
        test::ZipBytes zip;
        for (const auto& [name, text] : members) {
            if (name != lacking) {
                zip.add(name, text);
            }
        }
        write("less.zip", std::string(text_of(zip.bytes())));
        const auto verdict = check_pack({.pack = at_.file("less.zip"), .seen = {}}, nullptr);
        EXPECT_TRUE(!verdict.ok() || verdict.value().has_breach()) << lacking;
    }
    test::ZipBytes more;
    for (const auto& [name, text] : members) {
        more.add(name, text);
    }
    more.add("zzz.txt", "more");
    write("more.zip", std::string(text_of(more.bytes())));
    EXPECT_THAT(findings_of(verdict_of(at_.file("more.zip"))),
                HasSubstr("zzz.txt: no pack has such a member"));
}

TEST_F(Packed, is_not_made_over_another_file_nor_half) {
    expect_said(pack(write("there.zip", "x")), Exit::conflict, "there is something at");
    expect_said(pack(at_.file("a.zip"), {"--disclose", "nonsense"}), Exit::usage,
                "there are no words called \"nonsense\"");
    expect_said(pack(at_.file("b.zip"), {"--evidence", "TH-E09"}), Exit::could_not,
                "there was no item of evidence TH-E09");
    const auto refused = at_.by("owner", {"pack", "TH", "--for", "a visit", "--recipient", "lead",
                                          "--out", at_.file("c.zip")});
    EXPECT_EQ(refused.exit, Exit::refused) << refused.err;
    for (const auto* const name : {"a.zip", "b.zip", "c.zip", "c.zip.part"}) {
        EXPECT_FALSE(std::filesystem::exists(at_.file(name))) << name;
    }
}

TEST_F(Packed, gives_a_redacted_copy_in_the_place_of_personal_data) {
    const Records records(at_);
    at_.must_by("records", {"evidence", "redact", "TH-E02", write("copy.txt", "[child A], aged 7"),
                            "--checked-by", "dpo", "--categories", "childName", "--method",
                            "replaced", "--reason", "For the visit"});
    must_pack(at_.file("th.zip"));
    const auto all = read(at_.file("th.zip"));
    EXPECT_THAT(all, AllOf(HasSubstr("[child A]"), Not(HasSubstr("Zebedee, aged 7"))));
    EXPECT_THAT(members_of(at_.file("th.zip"))["evidence.csv"],
                HasSubstr("as its redacted copy TH-E02-R1"));
    EXPECT_FALSE(verdict_of(at_.file("th.zip")).has_breach());
}

// Whoever holds a pack with it can still read it, and is to be told.
TEST_F(Packed, is_named_by_the_certificate_of_an_erasure_where_it_holds_what_went) {
    const Records records(at_);
    must_pack(at_.file("with.zip"));
    records.grant();
    const auto erased = at_.by("records", {"erase", "TH-ER1"});
    ASSERT_EQ(erased.exit, Exit::done) << erased.err;
    EXPECT_THAT(erased.out, HasSubstr("TH-K1"));
}

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
    EXPECT_THAT(checked_in(verdict),
                AllOf(HasSubstr("what 2 anchors commit to, against what is kept"),
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
