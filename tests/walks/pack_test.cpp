// A pack as it is made and carried away: what a stranger can check in it, and what is not in it.

#include "ledger/store/system.h"
#include "tests/support/files.h"
#include "tests/support/small_pack.h"
#include "tests/support/zip_bytes.h"
#include "tests/walks/packed.h"
#include "tests/walks/rehearsal_records.h"

#include <algorithm>

namespace wsoa {
namespace {

using test::must;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

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

}  // namespace
}  // namespace wsoa
