// Timestamps by an authority that `openssl ts` makes for the test.

#include "cli/pack/file_bytes.h"
#include "tests/support/changes.h"
#include "tests/support/small_pack.h"
#include "tests/support/timestamp_authority.h"
#include "tests/walks/with_files.h"

namespace wsoa {
namespace {

using test::must;
using testing::HasSubstr;

// An authority, and a ledger.
class Stamped : public WithFiles {
protected:
    void ask() const { at_.must({"timestamp", "request", "--out", at_.file("query.tsq")}); }
    void answer() const { authority_.answer(); }
    wsoa::Run add(const std::string& roots = "ca.pem") const {
        return at_.run({"timestamp", "add", at_.file("reply.tsr"), "--authority", at_.file(roots)});
    }

    const test::TimestampAuthority authority_{at_.root()};
};

TEST_F(Stamped, is_kept_listed_verified_and_accepted_by_openssl) {
    ask();
    answer();
    const auto added = add();
    ASSERT_EQ(added.exit, Exit::done) << added.err;
    EXPECT_THAT(added.out, HasSubstr("CN=Test timestamps"));
    EXPECT_THAT(at_.must({"timestamp", "list"}).out, HasSubstr("CN=Test timestamps"));
    EXPECT_THAT(at_.must({"verify"}).out, HasSubstr("says CN=Test timestamps"));
    write("note", at_.must({"checkpoint"}).out);
    authority_.run("openssl ts -verify -data note -in reply.tsr -CAfile ca.pem");
    expect_said(add(), Exit::conflict, "is kept already");
}

TEST_F(Stamped, goes_into_a_pack_of_the_same_checkpoint) {
    ask();
    answer();
    ASSERT_EQ(add().exit, Exit::done);
    at_.must_by("office", {"pack", "TH", "--for", "a visit", "--recipient", "lead", "--out",
                           at_.file("th.zip"), "--rebuild"});
    const auto bytes = must(FileBytes::open(at_.file("th.zip")));
    const auto archive = must(Archive::open(*bytes));
    ASSERT_NE(archive.find("timestamps/0.tsr"), nullptr);
    // One byte of it, with a check sum that is right.
    test::PackMembers members;
    for (const auto& member : archive.members()) {
        members[member.name] = must(archive.read(member, 100'000'000));
    }
    members["timestamps/0.tsr"].back() ^= 1;
    write("changed.zip", std::string(text_of(test::pack_file(members, test::Page::as_it_is))));
    const auto verified = at_.run({"verify", at_.file("changed.zip")});
    EXPECT_EQ(verified.exit, Exit::findings) << verified.out;
    EXPECT_THAT(verified.out, HasSubstr("timestamps/0.tsr"));
}

TEST_F(Stamped, is_refused_over_other_bytes_by_another_authority_and_where_it_is_none) {
    ask();
    answer();
    expect_said(add("other.pem"), Exit::findings, "the timestamp does not hold");
    expect_said(add("tsa.cnf"), Exit::usage, "it holds no certificate");
    at_.must_by("owner", {"progress", "TH-1.1", "--text", "On"});
    expect_said(add(), Exit::findings, "the timestamp does not hold");
    write("reply.tsr", "no reply");
    expect_said(add(), Exit::usage, "it is no reply of a timestamp authority");
    EXPECT_THAT(at_.must({"timestamp", "list"}).out, HasSubstr("No timestamp was added yet"));
}

TEST_F(Stamped, that_was_spoiled_in_the_folder_is_a_finding) {
    ask();
    answer();
    ASSERT_EQ(add().exit, Exit::done);
    authority_.run(
        "file=$(ls ledger/timestamps/*.tsr); cp ca.pem ledger/timestamps/spare;"
        "printf x | dd of=$file bs=1 seek=$(($(stat -c %s $file) - 20)) conv=notrunc");
    const auto verified = at_.run({"verify"});
    EXPECT_EQ(verified.exit, Exit::findings) << verified.out;
    EXPECT_THAT(verified.out, HasSubstr("the timestamp does not hold"));
    EXPECT_EQ(at_.run({"timestamp", "list"}).exit, Exit::findings);
}

}  // namespace
}  // namespace wsoa
