// Documents in and out, as people type it: what is kept is what was given, and what is wrong with
// one is told in a sentence.

#include "ledger/base/sha256.h"
#include "tests/walks/with_files.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace wsoa {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

// Documents that say something of an action.
class Evidenced : public WithFiles {
protected:
    wsoa::Run add(const std::string& file, const std::vector<std::string>& more = {}) const {
        std::vector<std::string> arguments{"evidence",
                                           "add",
                                           file,
                                           "--for",
                                           "TH-1.1",
                                           "--claim",
                                           "plans are audited every term",
                                           "--type",
                                           "report",
                                           "--personal-data",
                                           "none",
                                           "--date",
                                           "2022-01-20"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return at_.by("owner", arguments);
    }
    void must_add(const std::string& file) const {
        const auto added = add(file);
        ASSERT_EQ(added.exit, Exit::done) << added.err;
    }

    const std::string audit_ = std::string(1'500'000, 'a') + "\nThe end of the audit.\n";
};

TEST_F(Evidenced, is_kept_and_given_back_to_the_byte) {
    must_add(write("audit.txt", audit_));
    EXPECT_EQ(pieces().size(), 2U);
    at_.must({"evidence", "get", "TH-E01", "--out", at_.file("back.txt")});
    EXPECT_TRUE(read(at_.file("back.txt")) == audit_);
    EXPECT_TRUE(at_.must({"evidence", "get", "TH-E01", "--out=-"}).out == audit_);
    EXPECT_THAT(at_.must({"evidence", "list", "TH"}).out, HasSubstr("held as document 0"));
    EXPECT_THAT(at_.must({"evidence", "show", "TH-E01"}).out, HasSubstr("held as document 0"));
    const auto checked = at_.must({"evidence", "check"});
    EXPECT_THAT(checked.out, HasSubstr("1 document is whole: each of its 2 pieces"));
    const auto verified = at_.must({"verify"});
    EXPECT_THAT(verified.out, HasSubstr("the manifests of 1 document"));
    EXPECT_THAT(verified.out, HasSubstr("Not checked:  the pieces of documents"));
    EXPECT_THAT(at_.must({"trail", "TH-E01"}).out, HasSubstr("plans are audited every term"));
}

TEST_F(Evidenced, lies_nowhere_open_in_the_ledgers_folder) {
    const std::string sentence = "A sentence that stands in no other file.";
    must_add(write("audit.txt", sentence));
    const auto digest = sha256(bytes_of(sentence));
    for (const auto& entry : fs::recursive_directory_iterator(at_.ledger())) {
        if (entry.is_regular_file()) {
            const auto bytes = read(entry.path());
            EXPECT_EQ(bytes.find(sentence), std::string::npos) << entry.path();
            EXPECT_EQ(bytes.find(text_of(digest.view())), std::string::npos) << entry.path();
            EXPECT_EQ(bytes.find(to_hex(digest.view())), std::string::npos) << entry.path();
        }
    }
}

TEST_F(Evidenced, of_the_same_content_is_noticed) {
    must_add(write("audit.txt", audit_));
    const auto copy = write("copy of audit.txt", audit_);
    expect_said(add(copy), Exit::conflict, "copy of audit.txt is already held as TH-E01");
    EXPECT_EQ(pieces().size(), 2U);
    EXPECT_EQ(add(copy, {"--again"}).exit, Exit::done);
    EXPECT_EQ(pieces().size(), 4U);
    EXPECT_THAT(at_.must({"evidence", "list", "TH"}).out, HasSubstr("TH-E02"));
}

TEST_F(Evidenced, that_rotted_is_named_with_its_piece) {
    must_add(write("audit.txt", audit_));
    must_add(write("minutes.txt", "Minutes of May"));
    const auto all = pieces();
    const auto larger =
        std::ranges::max_element(all, {}, [](const fs::path& path) { return fs::file_size(path); });
    auto bytes = read(*larger);
    bytes[1'000] = static_cast<char>(bytes[1'000] ^ 4);
    std::ofstream(*larger, std::ios::binary) << bytes;
    const auto name = larger->filename().string();
    const auto checked = at_.run({"evidence", "check"});
    EXPECT_EQ(checked.exit, Exit::findings);
    EXPECT_THAT(checked.out, HasSubstr("TH-E01: 1 of the 2 pieces"));
    EXPECT_THAT(checked.out, HasSubstr("piece 1 of 2 is damaged: " + name));
    EXPECT_EQ(at_.must({"evidence", "check", "TH-E02"}).exit, Exit::done);
    const auto got = at_.run({"evidence", "get", "TH-E01", "--out", at_.file("back.txt")});
    expect_said(got, Exit::could_not, "piece 1 of 2 is damaged");
    EXPECT_FALSE(fs::exists(at_.file("back.txt")));
    EXPECT_EQ(at_.must({"verify"}).exit, Exit::done) << "the pieces are not its business";
    fs::remove(*larger);
    EXPECT_THAT(at_.run({"evidence", "check"}).out, HasSubstr("piece 1 of 2 is missing: " + name));
}

TEST_F(Evidenced, that_was_cut_short_is_swept_by_the_next_one) {
    must_add(write("minutes.txt", "Minutes of May"));
    const auto name = std::string(64, 'a');
    fs::create_directories(at_.ledger() / "documents" / "aa");
    std::ofstream(at_.ledger() / "documents" / "aa" / name) << "left over";
    const auto added = add(write("audit.txt", "The audit"));
    EXPECT_EQ(added.exit, Exit::done);
    EXPECT_THAT(added.err, HasSubstr("1 piece was removed"));
    EXPECT_EQ(pieces().size(), 2U);
}

TEST_F(Evidenced, that_nobody_could_read_or_mean_is_refused_in_a_sentence) {
    expect_said(add(write("empty.txt", "")), Exit::usage, "is empty");
    expect_said(add(at_.file("none.txt")), Exit::could_not, "No such file");
    expect_said(add(at_.root().string()), Exit::usage, "is not a file");
    expect_said(add(write("bad\nname.txt", "text")), Exit::usage, "the file's name");
    expect_said(add(write("audit.txt", "text"), {"--file-name", std::string(300, 'n')}),
                Exit::usage, "the file's name");
    expect_said(add(write("report.pdf", "It is only text.")), Exit::usage,
                "report.pdf is called a .pdf file, but looks like text/plain");
    expect_said(add(write("audit.txt", "text"), {"--item", "TH-1.1"}), Exit::refused, "TH-1.1");
    EXPECT_TRUE(pieces().empty());
}

TEST_F(Evidenced, for_what_is_not_there_is_refused_before_it_is_read) {
    const auto refused =
        at_.by("owner", {"evidence", "add", write("audit.txt", audit_), "--for", "TH-9.9",
                         "--claim", "it shows", "--type", "report", "--personal-data", "none"});
    expect_said(refused, Exit::refused, "there is no TH-9.9");
    EXPECT_TRUE(pieces().empty());
    EXPECT_THAT(at_.must({"evidence", "list", "TH"}).out, HasSubstr("No evidence"));
}

TEST_F(Evidenced, is_called_what_it_is_where_somebody_says_so) {
    const auto file = write("report.pdf", "It is only text.");
    EXPECT_EQ(add(file, {"--media-type", "text/plain"}).exit, Exit::done);
    const auto got = at_.must({"evidence", "get", "TH-E01", "--out", at_.file("back"), "--json"});
    const auto answer = nlohmann::json::parse(got.out);
    EXPECT_EQ(answer["mediaType"], "text/plain");
    EXPECT_EQ(answer["size"], 16);
}

TEST_F(Evidenced, is_not_written_over_another_file) {
    must_add(write("audit.txt", "The audit"));
    const auto taken = write("taken.txt", "mine");
    expect_said(at_.run({"evidence", "get", "TH-E01", "--out", taken}), Exit::conflict,
                "is there already");
    EXPECT_EQ(read(taken), "mine");
}

TEST_F(Evidenced, without_a_document_says_so) {
    at_.must_by("owner", {"record", "evidenceRegistered", "--subject", "TH-E01", "--type", "report",
                          "--version-number", "1", "--personal-data", "none", "--title", "Audit"});
    expect_said(at_.run({"evidence", "get", "TH-E01"}), Exit::could_not,
                "TH-E01 has no document here");
    expect_said(at_.run({"evidence", "get", "TH-E09"}), Exit::could_not,
                "there is no item of evidence TH-E09");
    EXPECT_THAT(at_.must({"evidence", "list", "TH"}).out, HasSubstr("not here"));
}

// Nobody can name a document that did not come with the change.
TEST_F(Evidenced, is_named_by_no_change_that_did_not_bring_it) {
    const auto named =
        at_.by("owner", {"record", "evidenceRegistered", "--subject", "TH-E01", "--type", "report",
                         "--version-number", "1", "--personal-data", "none", "--title", "Audit",
                         "--document", "0=" + std::string(64, '1')});
    expect_said(named, Exit::usage, "the change names document 0, which did not come with it");
}

}  // namespace
}  // namespace wsoa
