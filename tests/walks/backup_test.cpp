// A ledger is backed up while it is used, and made again of the backup.

#include "ledger/store/backup_facts.h"
#include "ledger/store/files.h"
#include "tests/support/changes.h"
#include "tests/support/shell.h"
#include "tests/walks/rehearsal_records.h"

#include <gmock/gmock.h>

namespace wsoa {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

namespace fs = std::filesystem;

class Backup : public testing::Test {
protected:
    std::string backup() const { return at_.file("backup"); }
    BackupFacts facts() const { return test::must(BackupFacts::read(backup())); }
    wsoa::Run restore(const std::string& to, const std::vector<std::string>& more = {}) const {
        std::vector<std::string> arguments{"restore", backup(), "--to", at_.file(to)};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return at_.run(arguments);
    }
    void take_away_ledger() const { fs::rename(at_.ledger(), at_.file("lost")); }

    Rehearsal at_;
    Records story_{at_};
};

TEST_F(Backup, is_made_a_ledger_again_that_goes_on) {
    const auto made = at_.must({"backup", backup(), "--vault", at_.file("safe")});
    EXPECT_THAT(made.out, AllOf(HasSubstr("Events:     "), HasSubstr("Copied now: ")));
    const auto before = at_.must({"show", "TH-1.1"}).out;
    take_away_ledger();
    const auto restored = restore("ledger", {"--vault", at_.file("safe")});
    ASSERT_EQ(restored.exit, Exit::done) << restored.err;
    EXPECT_THAT(restored.out, HasSubstr("Proved:     every event hashed again"));
    EXPECT_EQ(at_.must({"show", "TH-1.1"}).out, before);
    at_.must_by("owner", {"progress", "TH-1.1", "--text", "A second audit was booked"});
    EXPECT_THAT(at_.must({"verify"}).out, Not(HasSubstr("breach")));
}

TEST_F(Backup, leaves_vault_and_keys_out_unless_asked_and_says_so) {
    const auto made = at_.must({"backup", backup()});
    EXPECT_THAT(made.err, AllOf(HasSubstr("were left out"), HasSubstr("--vault ANOTHER-DIR")));
    for (const auto& file : fs::recursive_directory_iterator(backup())) {
        const auto name = file.path().filename().string();
        EXPECT_THAT(name, AllOf(Not(HasSubstr("vault-")), Not(HasSubstr(".pem"))));
    }
    const auto restored = restore("again");
    ASSERT_EQ(restored.exit, Exit::done) << restored.err;
    EXPECT_THAT(restored.err, HasSubstr("Without the vault its words are not shown"));
}

TEST_F(Backup, copies_what_is_new_and_no_more) {
    at_.must({"backup", backup()});
    const auto first = facts();
    const auto nothing = at_.must({"backup", backup(), "--json"});
    EXPECT_EQ(nlohmann::json::parse(nothing.out)["filesCopied"], 0);
    EXPECT_EQ(facts().made, first.made);
    at_.must_by("owner", {"progress", "TH-1.1", "--text", "A second audit was booked"});
    const auto second = nlohmann::json::parse(at_.must({"backup", backup(), "--json"}).out);
    EXPECT_LT(second["filesCopied"], second["files"]);
    EXPECT_EQ(facts().size.value, first.size.value + 1);
    EXPECT_FALSE(fs::exists(fs::path(backup()) / first.folder()));
    EXPECT_FALSE(fs::exists(at_.ledger() / "backup.part"));
}

TEST_F(Backup, is_made_beside_a_keeper_that_records) {
    const auto ran = test::run_script(
        at_.root(),
        "export WSOA_STATE=$PWD/state WSOA_LEDGER=$PWD/ledger\n"
        "rm -f said; mkfifo said\n"
        "wsoa keep > said 2> keeper.log & keeper=$!\n"
        "exec 9< said; read -r line <&9\n"
        "for i in 1 2 3 4 5 6 7 8; do\n"
        "  wsoa --key owner.pem progress TH-1.1 --text \"Round $i\"\n"
        "done > recorded & records=$!\n"
        "for i in 1 2 3; do\n"
        "  wsoa backup backup-$i; rm -rf again; wsoa restore backup-$i --to again\n"
        "done\n"
        "wait $records; kill $keeper; wait $keeper\n"
        "wsoa backup backup-1; rm -r ledger/truth; rm -rf again\n"
        "wsoa restore backup-1 --to again; WSOA_LEDGER=$PWD/again wsoa verify\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("the ledger continues what was seen of it before"));
}

TEST_F(Backup, that_is_older_than_what_was_signed_is_restored_and_not_written) {
    at_.must({"backup", backup(), "--vault", at_.file("safe")});
    at_.must_by("owner", {"progress", "TH-1.1", "--text", "A second audit was booked"});
    fs::rename(at_.ledger(), at_.file("mirror"));
    const auto restored = restore("ledger", {"--vault", at_.file("safe")});
    ASSERT_EQ(restored.exit, Exit::done) << restored.err;
    EXPECT_THAT(restored.err,
                AllOf(HasSubstr("Your tool has seen"), HasSubstr("were signed"),
                      HasSubstr("no second history"), HasSubstr("wsoa guard restore --from COPY")));
    const auto written =
        at_.by("owner", {"progress", "TH-1.1", "--text", "A third audit was booked"});
    EXPECT_EQ(written.exit, Exit::could_not) << written.err;
    at_.must({"guard", "restore", "--from", at_.file("mirror")});
    at_.must_by("owner", {"progress", "TH-1.1", "--text", "A third audit was booked"});
}

TEST_F(Backup, does_not_bring_back_what_was_erased) {
    at_.must({"backup", at_.file("before"), "--vault", at_.file("old-safe")});
    story_.grant();
    const auto by = story_.erase();
    at_.must({"backup", backup(), "--vault", at_.file("safe")});
    take_away_ledger();
    const auto older = restore("ledger", {"--vault", at_.file("old-safe")});
    EXPECT_EQ(older.exit, Exit::findings) << older.err;
    EXPECT_THAT(older.err, AllOf(HasSubstr("the vault is generation 1, but event " + by),
                                 HasSubstr("put the newest copy of the vault in its place")));
    EXPECT_FALSE(fs::exists(at_.ledger()));
    EXPECT_FALSE(fs::exists(at_.ledger().string() + ".part"));
    const auto restored = restore("ledger", {"--vault", at_.file("safe")});
    ASSERT_EQ(restored.exit, Exit::done) << restored.err;
    EXPECT_THAT(at_.must({"trail", "TH-1.1"}).out,
                AllOf(HasSubstr("[erased by event " + by), Not(HasSubstr("Zebedee"))));
}

TEST_F(Backup, that_was_altered_is_not_restored) {
    at_.must({"backup", backup()});
    const auto truth = fs::path(backup()) / facts().folder() / "truth";
    for (const auto& file : fs::directory_iterator(truth)) {
        if (file.path().extension() != ".sst") {
            continue;
        }
        std::fstream bytes(file.path(), std::ios::in | std::ios::out | std::ios::binary);
        bytes.seekp(100);
        bytes.put('!');
    }
    const auto restored = restore("again");
    EXPECT_NE(restored.exit, Exit::done);
    EXPECT_FALSE(fs::exists(at_.file("again")));
    EXPECT_FALSE(fs::exists(at_.file("again.part")));
}

TEST_F(Backup, is_put_neither_among_other_files_nor_over_a_folder) {
    fs::create_directory(at_.file("full"));
    std::ofstream(at_.file("full/notes.txt")) << "mine";
    const auto full = at_.run({"backup", at_.file("full")});
    EXPECT_EQ(full.exit, Exit::conflict) << full.err;
    EXPECT_THAT(full.err, HasSubstr("is not empty, and holds no backup"));
    at_.must({"backup", backup()});
    const auto over = restore("ledger");
    EXPECT_EQ(over.exit, Exit::conflict) << over.err;
    EXPECT_THAT(over.err, HasSubstr("there is something at"));
    const auto none = at_.run({"restore", at_.file("full"), "--to", at_.file("again")});
    EXPECT_THAT(none.err, HasSubstr("there is no backup in"));
}

}  // namespace
}  // namespace wsoa
