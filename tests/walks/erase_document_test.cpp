// The document of an item of evidence goes for good: erased as was granted, or disposed of when its
// time has come.

#include "ledger/evidence/manifest.h"
#include "ledger/store/folder.h"
#include "ledger/store/layout.h"
#include "ledger/store/rocks_store.h"
#include "ledger/store/system.h"
#include "ledger/store/vault.h"
#include "tests/walks/folder_search.h"
#include "tests/walks/rehearsal_records.h"

#include <gmock/gmock.h>

namespace wsoa {
namespace {

using test::must;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

namespace fs = std::filesystem;

constexpr auto sentence = "Zebedee waited 71 weeks for his plan";

class ErasedDocument : public testing::Test {
protected:
    ErasedDocument() {
        std::ofstream(at_.file("log.txt")) << "Log of waiting times\n" << sentence << "\n";
        std::ofstream(at_.file("minutes.txt")) << "Minutes of the board, which stay\n";
        add("log.txt", "child");
        add("minutes.txt", "none");
    }

    void add(const std::string& file, const std::string& personal) const {
        story_.record("owner",
                      {"evidence", "add", at_.file(file), "--for", "TH-1.1", "--claim",
                       "it shows how long children wait", "--type", "report", "--personal-data",
                       personal, "--lawful-basis", "publicTask", "--date", "2022-01-20"});
    }
    std::string ask() const {
        return story_.record(
            "records", {"record", "erasureRequested", "--subject", "TH-E01", "--request", "TH-ER2",
                        "--scope", "content", "--reason", "It names a child"});
    }
    std::string grant() const {
        const auto asked = ask();
        return story_.record(
            "dpo",
            {"record", "erasureDecided", "--subject", "TH-E01", "--request", "TH-ER2", "--decision",
             "granted", "--ground", "noLongerNecessary", "--scope", "content", "--kept", "hash",
             "--reason", "The figures are kept elsewhere", "--answers", asked});
    }
    std::string erase() const { return story_.record("records", {"erase", "TH-ER2"}); }
    std::size_t pieces() const { return test::files_under(at_.ledger() / "documents").size(); }
    // The vault forgets the first document, and nobody records it.
    void forget() const {
        const auto about = must(FolderFacts::read(LedgerFolder(at_.ledger())));
        SystemRandom random;
        const auto vault = must(
            Vault::open(LedgerFolder(at_.ledger()).keys(), about.ledger, std::nullopt, random));
        must(vault->forget({.words = {}, .documents = {must(document_node(DocumentNumber{0}))}}));
    }

    const Rehearsal at_;
    const Records story_{at_};
};

TEST_F(ErasedDocument, is_shown_as_erased_wherever_it_stood) {
    grant();
    EXPECT_EQ(pieces(), 2U);
    const auto by = erase();
    EXPECT_EQ(pieces(), 1U);
    const auto got = at_.run({"evidence", "get", "TH-E01", "--out", at_.file("back")});
    EXPECT_EQ(got.exit, Exit::could_not);
    EXPECT_THAT(got.err, HasSubstr("the document of TH-E01 was erased by event " + by));
    EXPECT_THAT(at_.must({"evidence", "list", "TH"}).out,
                AllOf(HasSubstr("erased by event " + by), HasSubstr("held as document 1")));
    EXPECT_THAT(at_.must({"evidence", "show", "TH-E01"}).out, HasSubstr("erased by event " + by));
    // Beside what it stands for, too, with the ground.
    at_.must_by("owner", {"evidence", "supersede", "TH-E02", "--by", "TH-E01", "--reason",
                          "The log has the names"});
    EXPECT_THAT(in_one_line(at_.must({"show", "TH-E02"}).out),
                HasSubstr("erased by event " + by + ": no longer necessary"));
    EXPECT_THAT(at_.must({"evidence", "check"}).out, HasSubstr("1 document is whole"));
    EXPECT_THAT(in_one_line(at_.must({"verify"}).out),
                HasSubstr("its document, number 0, was erased under event " + by));
    at_.must({"evidence", "get", "TH-E02", "--out", at_.file("minutes again")});
    // The number is not given again.
    add("log.txt", "child");
    EXPECT_THAT(at_.must({"evidence", "list", "TH"}).out, HasSubstr("held as document 2"));
}

TEST_F(ErasedDocument, gets_a_certificate) {
    grant();
    const auto ran = at_.by("records", {"erase", "TH-ER2"});
    ASSERT_EQ(ran.exit, Exit::done) << ran.err;
    EXPECT_THAT(in_one_line(ran.out),
                AllOf(HasSubstr("Certificate of erasure TH-ER2"),
                      HasSubstr("the document of TH-E01, number 0, as event"),
                      HasSubstr("keys/vault-1.wsoa: with its passphrase it still opens this "
                                "document"),
                      Not(HasSubstr("Zebedee"))));
    const auto again =
        nlohmann::json::parse(at_.must({"erase", "TH-ER2", "--certificate", "--json"}).out);
    EXPECT_EQ(again["erased"]["document"], 0);
    EXPECT_EQ(again["vaultGeneration"], 2);
    const auto twice = at_.by("records", {"erase", "TH-ER2"});
    EXPECT_EQ(twice.exit, Exit::conflict);
    EXPECT_THAT(twice.err, HasSubstr("TH-ER2 was carried out by event"));
}

TEST_F(ErasedDocument, stays_whole_where_the_erasure_is_refused) {
    const auto early = at_.by("records", {"erase", "TH-ER2"});
    EXPECT_THAT(early.err, HasSubstr("there is no request for erasure TH-ER2"));
    ask();
    const auto undecided = at_.by("records", {"erase", "TH-ER2"});
    EXPECT_EQ(undecided.exit, Exit::refused);
    EXPECT_THAT(undecided.err, HasSubstr("(rule R109)"));
    EXPECT_TRUE(fs::exists(at_.ledger() / "keys" / "vault-1.wsoa"));
    EXPECT_EQ(pieces(), 2U);
    EXPECT_THAT(at_.must({"evidence", "get", "TH-E01", "--out=-"}).out, HasSubstr(sentence));
}

TEST_F(ErasedDocument, stays_whole_under_a_hold) {
    grant();
    story_.record("records", {"record", "holdPlaced", "--subject", "TH-H1", "--scope", "TH-E01",
                              "--reason", "A tribunal asked for it"});
    const auto held = at_.by("records", {"erase", "TH-ER2"});
    EXPECT_EQ(held.exit, Exit::refused);
    EXPECT_THAT(held.err, AllOf(HasSubstr("the hold TH-H1"), HasSubstr("(rule R108)")));
    EXPECT_THAT(at_.must({"evidence", "get", "TH-E01", "--out=-"}).out, HasSubstr(sentence));
}

// Nobody can say by hand that a document went while the vault still opens it.
TEST_F(ErasedDocument, is_recorded_only_by_the_vault_that_forgot_it) {
    const auto granted = grant();
    const std::vector<std::string> typed{
        "record",          "contentErased", "--subject", "TH-E01",      "--request",
        "TH-ER2",          "--scope",       "content",   "--tombstone", "Gone",
        "--key-destroyed", "true",          "--answers", granted};
    const auto unnamed = at_.by("records", typed);
    EXPECT_EQ(unnamed.exit, Exit::refused);
    EXPECT_THAT(unnamed.err, HasSubstr("wsoa erase TH-ER2"));
}

TEST_F(ErasedDocument, that_nobody_recorded_is_found_by_verification) {
    forget();
    const auto found = at_.run({"verify"});
    EXPECT_EQ(found.exit, Exit::findings);
    EXPECT_THAT(in_one_line(found.out),
                HasSubstr("the vault cannot open its document, number 0, and no erasure is on "
                          "record"));
}

TEST_F(ErasedDocument, whose_erasure_was_cut_short_is_recorded_by_the_same_command) {
    grant();
    forget();
    EXPECT_THAT(in_one_line(at_.must({"verify"}).out),
                HasSubstr("the vault has forgotten its document, number 0, as event"));
    const auto again = at_.by("records", {"erase", "TH-ER2"});
    EXPECT_EQ(again.exit, Exit::done) << again.err;
    EXPECT_THAT(in_one_line(again.err), HasSubstr("had forgotten the document of TH-E01 before"));
    EXPECT_EQ(pieces(), 1U);
}

TEST_F(ErasedDocument, does_not_come_back_with_an_older_vault) {
    fs::copy(at_.ledger() / "keys", at_.file("older"));
    grant();
    erase();
    fs::remove(at_.ledger() / "keys" / "vault-2.wsoa");
    fs::copy(fs::path(at_.file("older")) / "vault-1.wsoa", at_.ledger() / "keys" / "vault-1.wsoa");
    const auto refused = at_.by("owner", {"progress", "TH-1.1", "--percent", "30", "--text", "On"});
    EXPECT_EQ(refused.exit, Exit::findings) << refused.err;
    EXPECT_THAT(refused.err, HasSubstr("the vault is generation 1"));
    const auto verified = at_.run({"verify"});
    EXPECT_THAT(in_one_line(verified.out),
                HasSubstr("it erased document 0, which this vault still"));
}

TEST_F(ErasedDocument, is_disposed_of_by_three_people_when_its_time_has_come) {
    const auto early = at_.by("records", {"dispose", "TH-E01"});
    EXPECT_EQ(early.exit, Exit::refused);
    EXPECT_THAT(early.err, HasSubstr("nobody has said how long TH-E01 is kept"));
    story_.record("office", {"record", "retentionApplied", "--subject", "TH-E01", "--class",
                             "governance", "--due", Records::today()});
    const auto alone = at_.by("records", {"dispose", "TH-E01"});
    EXPECT_THAT(alone.err, HasSubstr("(rule R111)"));
    EXPECT_TRUE(fs::exists(at_.ledger() / "keys" / "vault-1.wsoa"));
    story_.record("dpo", {"record", "disposalApproved", "--subject", "TH-E01", "--reason",
                          "Its time has come"});
    const auto ran = at_.by("records", {"dispose", "TH-E01"});
    ASSERT_EQ(ran.exit, Exit::done) << ran.err;
    EXPECT_THAT(in_one_line(ran.out),
                AllOf(HasSubstr("Certificate of disposal TH-E01"), HasSubstr("Kept by office"),
                      HasSubstr("class: governance")));
    EXPECT_EQ(pieces(), 1U);
    EXPECT_EQ(at_.must({"verify"}).exit, Exit::done);
    EXPECT_EQ(at_.by("records", {"dispose", "TH-E01"}).exit, Exit::conflict);
    EXPECT_THAT(at_.must({"dispose", "TH-E01", "--certificate"}).out,
                HasSubstr("Certificate of disposal TH-E01"));
}

// Everything that any vault of some folders opens of the documents that any of their stores names.
class DocumentThief {
public:
    explicit DocumentThief(const std::vector<fs::path>& folders)
        : folders_(folders), vaults_(test::vaults_in(folders)) {}

    bool opens(const std::string& text) const {
        return std::ranges::any_of(folders_, [&](const fs::path& folder) {
            return std::ranges::any_of(vaults_, [&](const VaultContents& vault) {
                return opens_with(folder, vault.documents, text);
            });
        });
    }
    std::size_t vaults() const { return vaults_.size(); }

private:
    static constexpr std::uint64_t leaves_tried = 16;

    // Each sealed manifest of the store is tried under each key that follows from the vault.
    bool opens_with(const fs::path& folder, const KeyTree& keys, const std::string& text) const {
        const LedgerFolder ledger(folder);
        const auto about = must(FolderFacts::read(ledger));
        const TempFolder scratch;
        const auto store = must(RocksReader::open(ledger.truth(), scratch / "reader"));
        const auto snapshot = must(store->snapshot());
        bool is_found = false;
        const auto table = layout::manifests();
        must(snapshot->scan(table.from, table.to, [&](ByteView key, ByteView row) {
            const DocumentNumber number{must(layout::number_at_end(key))};
            const auto stored = must(SealedManifest::decode(row));
            for (std::uint64_t leaf = 0; leaf < leaves_tried; ++leaf) {
                const auto secret = keys.derive(LeafIndex{leaf});
                is_found = is_found || (secret.ok() &&
                                        reads(about.ledger, number, secret.value(), stored, text));
            }
            return Result<Snapshot::Step>(Snapshot::Step::next);
        }));
        return is_found;
    }
    bool reads(const Hash& ledger, DocumentNumber number, const Secret& leaf,
               const SealedManifest& stored, const std::string& text) const {
        const auto manifest = open_manifest(ledger, number, leaf, stored);
        if (!manifest.ok()) {
            return false;
        }
        const DocumentPlace place{.ledger = ledger, .number = number, .upload = stored.upload};
        const auto key = piece_key(place, leaf);
        const auto count = manifest.value().count();
        for (std::uint64_t i = 0; i < count; ++i) {
            const auto name = to_hex(manifest.value().pieces[i].view());
            for (const auto& folder : folders_) {
                for (const auto& file : test::files_under(folder)) {
                    if (file.filename() != name) {
                        continue;
                    }
                    const auto piece = open_document_piece(place, {.index = i, .count = count}, key,
                                                           bytes_of(test::content_of(file)));
                    if (piece.ok() &&
                        text_of(piece.value().view()).find(text) != std::string_view::npos) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    std::vector<fs::path> folders_;
    std::vector<VaultContents> vaults_;
};

TEST_F(ErasedDocument, is_in_no_file_and_under_no_key_of_the_ledger_and_of_a_copy_made_before) {
    const auto ledger = at_.ledger();
    const fs::path copy = at_.file("copy");
    grant();
    fs::copy(ledger, copy, fs::copy_options::recursive);
    EXPECT_FALSE(test::stands_in_files({ledger, copy}, sentence));
    EXPECT_TRUE(DocumentThief({ledger}).opens(sentence));
    EXPECT_TRUE(DocumentThief({copy}).opens(sentence));
    erase();
    EXPECT_FALSE(DocumentThief({ledger}).opens(sentence));
    EXPECT_TRUE(DocumentThief({copy}).opens(sentence));  // what the certificate is for
    const auto certificate =
        nlohmann::json::parse(at_.must({"erase", "TH-ER2", "--certificate", "--json"}).out);
    for (const auto& file : certificate["toDestroy"]) {
        fs::remove(copy / file.get<std::string>());
    }
    // The copy still holds the pieces, and there is no key for them.
    const DocumentThief after({ledger, copy});
    EXPECT_EQ(after.vaults(), 1U);
    EXPECT_FALSE(after.opens(sentence));
    EXPECT_TRUE(after.opens("Minutes of the board"));  // the search finds what is there
}

}  // namespace
}  // namespace wsoa
