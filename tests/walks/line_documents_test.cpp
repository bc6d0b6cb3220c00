// Documents come in with the lines of a file that name them, and go with the lines that say so.

#include "tests/walks/rehearsal_records.h"
#include "tests/walks/with_files.h"

namespace wsoa {
namespace {

using testing::HasSubstr;

class LinesWithFiles : public WithFiles {
protected:
    LinesWithFiles() {
        std::filesystem::create_directory(at_.file("documents"));
        write("documents/log.txt", "Zebedee waited 71 weeks for his plan");
        write("secret.txt", "Not for any ledger");
    }
    static std::string item(const std::string& id, const std::string& ref,
                            const std::string& file) {
        return R"({"id":"01893ed6-2d38-78b4-a6ce-43bf5ed95)" + id +
               R"(","kind":"evidenceRegistered","subject":")" + ref +
               R"(","by":"owner","fields":{"type":"log","version":1,"personalData":"child",)"
               R"("lawfulBasis":"publicTask"},"words":{"title":"Log","fileName":")" +
               file + "\"}}\n";
    }
    static std::string change(const std::string& id, const std::string& rest) {
        return R"({"id":"01893ed6-2d38-78b4-a6ce-43bf5ed95)" + id + R"(","subject":"TH-E01",)" +
               rest + "}\n";
    }
    // The whole life of a document that is asked for, granted to go, and gone.
    static std::string life() {
        return item("001", "TH-E01", "log.txt") +
               change("002", R"("kind":"erasureRequested","by":"records","fields":{"request":)"
                             R"("TH-ER2","scope":"content"},"words":{"reason":"It names one"})") +
               change("003",
                      R"("kind":"erasureDecided","by":"dpo","answers":)"
                      R"("01893ed6-2d38-78b4-a6ce-43bf5ed95002","fields":{"request":"TH-ER2",)"
                      R"("decision":"granted","ground":"noLongerNecessary","scope":"content",)"
                      R"("kept":["hash"]},"words":{"reason":"So it does"})") +
               change("004", R"("kind":"contentErased","by":"records","answers":)"
                             R"("01893ed6-2d38-78b4-a6ce-43bf5ed95003","fields":{"request":)"
                             R"("TH-ER2","scope":"content","keyDestroyed":true},)"
                             R"("words":{"tombstone":"The log is gone"})");
    }
    wsoa::Run record(const std::string& lines, const std::vector<std::string>& more = {}) const {
        std::vector<std::string> arguments{"record",
                                           "--lines",
                                           write("lines.jsonl", lines),
                                           "--keys",
                                           at_.root().string(),
                                           "--documents",
                                           at_.file("documents")};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return at_.run(arguments);
    }

    const Records story_{at_};
};

TEST_F(LinesWithFiles, bring_in_the_document_that_a_line_names) {
    const auto ran = record(item("001", "TH-E01", "log.txt"));
    ASSERT_EQ(ran.exit, Exit::done) << ran.err;
    EXPECT_THAT(at_.must({"evidence", "get", "TH-E01", "--out=-"}).out,
                HasSubstr("Zebedee waited 71 weeks"));
    const auto again = record(item("001", "TH-E01", "log.txt"), {"--resume"});
    EXPECT_THAT(again.out, HasSubstr("1 change stands, 1 of them from before")) << again.err;
    EXPECT_EQ(pieces().size(), 1U);
}

TEST_F(LinesWithFiles, bring_in_nothing_from_outside_of_the_folder) {
    ASSERT_EQ(
        record(item("001", "TH-E01", "../secret.txt") + item("002", "TH-E02", "none.txt")).exit,
        Exit::done);
    EXPECT_TRUE(pieces().empty());
    EXPECT_THAT(at_.must({"evidence", "list", "TH"}).out, HasSubstr("not here"));
}

TEST_F(LinesWithFiles, let_a_document_go_with_the_line_that_says_so) {
    const auto ran = record(life());
    ASSERT_EQ(ran.exit, Exit::done) << ran.err;
    EXPECT_TRUE(pieces().empty());
    EXPECT_TRUE(std::filesystem::exists(at_.ledger() / "keys" / "vault-2.wsoa"));
    expect_said(at_.run({"evidence", "get", "TH-E01", "--out=-"}), Exit::could_not,
                "the document of TH-E01 was erased");
    EXPECT_THAT(in_one_line(at_.must({"verify"}).out),
                HasSubstr("its document, number 0, was erased"));
    EXPECT_THAT(at_.must({"erase", "TH-ER2", "--certificate"}).out,
                HasSubstr("Certificate of erasure TH-ER2"));
    const auto again = record(life(), {"--resume"});
    EXPECT_THAT(again.out, HasSubstr("4 changes stand, 4 of them from before")) << again.err;
    EXPECT_TRUE(std::filesystem::exists(at_.ledger() / "keys" / "vault-2.wsoa"));
}

TEST_F(LinesWithFiles, want_a_folder_that_is_there) {
    const auto ran = at_.run({"record", "--lines", write("lines.jsonl", life()), "--keys",
                              at_.root().string(), "--documents", at_.file("none")});
    expect_said(ran, Exit::could_not, "there is no folder");
}

}  // namespace
}  // namespace wsoa
