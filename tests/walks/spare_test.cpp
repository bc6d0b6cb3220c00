// A spare of the vault, as whoever keeps the ledger types it: written, listed, refused where it
// still opens what was erased, and put in the place of a vault that nobody can open.

#include "ledger/evidence/vault_spare.h"
#include "ledger/keys/key_file.h"
#include "ledger/store/files.h"
#include "tests/support/changes.h"
#include "tests/support/environment.h"
#include "tests/support/shell.h"
#include "tests/walks/documented.h"
#include "tests/walks/rehearsal_records.h"
#include "tests/walks/with_files.h"

#include <gmock/gmock.h>

namespace wsoa {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// A rehearsal, whose own vault is not sealed; what seals a spare stands in files.
class Spare : public WithFiles {
protected:
    Spare() {
        write("spare.txt", "open sesame\n");
        write("new.txt", "open barley\n");
    }
    wsoa::Run make(const std::string& name) const {
        return at_.run({"vault", "spare", "--out", at_.file(name), "--spare-passphrase-file",
                        at_.file("spare.txt")});
    }
    void must_make(const std::string& name) const {
        const auto made = make(name);
        ASSERT_EQ(made.exit, Exit::done) << made.err;
    }
    wsoa::Run recover(const std::string& name, const std::string& passphrase = "spare.txt") const {
        return at_.run({"vault", "recover", "--from", at_.file(name), "--spare-passphrase-file",
                        at_.file(passphrase), "--new-passphrase-file", at_.file("new.txt")});
    }
    // A command under the passphrase that a recovery set.
    wsoa::Run under_new(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"--passphrase-file", at_.file("new.txt")});
        return at_.run(arguments);
    }
    static void expect_fault(wsoa::Run ran, Exit exit, const std::string& sentence) {
        ran.err = in_one_line(ran.err);
        expect_said(ran, exit, sentence);
    }
    // The names and bytes of all that lies among the ledger's keys.
    std::map<std::string, Bytes> all_keys() const {
        std::map<std::string, Bytes> all;
        for (const auto& name : test::must(list_folder(at_.ledger() / "keys"))) {
            all[name] = test::must(read_file(at_.ledger() / "keys" / name, vault_file_bytes_max));
        }
        return all;
    }
    // A spare of the vault in a file, under a generation of one's choice.
    std::string forged(const std::string& vault, std::uint64_t generation) const {
        SeededRandom random(1);
        const auto bytes = test::must(read_file(at_.file(vault), vault_file_bytes_max));
        const auto file = test::must(VaultFile::read(bytes));
        auto contents = test::must(open_vault(file, test::must(VaultKey::of(file, std::nullopt))));
        contents.generation = generation;
        const auto key = test::must(
            VaultKey::make(SealedByPassphrase{Secret(bytes_of("open sesame")), {4, 8, 1}}, {}));
        const auto signer = test::must(MemorySigner::from_seed(Secret(Bytes(32, 1))));
        const auto pem =
            test::must(write_private_key(*signer, Secret(bytes_of("open sesame")), Bytes(32, 2)));
        test::must(write_durably(at_.file("forged.spare"),
                                 spare_bytes(vault_bytes(contents, key, Nonce{}), pem),
                                 Access::owner));
        return "forged.spare";
    }
};

TEST_F(Spare, is_listed_with_what_it_would_bring_back) {
    EXPECT_THAT(at_.must({"vault", "show"}).err, HasSubstr("No good spare is known"));
    must_make("a.spare");
    const auto shown = at_.must({"vault", "show"});
    EXPECT_THAT(shown.out,
                AllOf(HasSubstr("generation 1, not sealed"), HasSubstr(at_.file("a.spare")),
                      HasSubstr("it would bring vault and key back")));
    EXPECT_THAT(shown.err, Not(HasSubstr("No good spare")));
    EXPECT_THAT(at_.must({"vault", "show", "--json"}).out,
                AllOf(HasSubstr("\"type\":\"vault\",\"generation\":1,\"sealing\":\"none\""),
                      HasSubstr("\"standing\":\"good\"")));
}

TEST_F(Spare, takes_the_vaults_place_under_another_passphrase) {
    const Records story(at_);
    must_make("a.spare");
    fs::remove(at_.ledger() / "keys/vault-1.wsoa");
    fs::remove(at_.ledger() / "keys/ledger.pem");
    const auto recovered = recover("a.spare");
    EXPECT_EQ(recovered.exit, Exit::done) << recovered.err;
    EXPECT_THAT(recovered.out, HasSubstr("the vault, now generation 2, and the ledger's own key"));
    EXPECT_THAT(under_new({"trail", "TH-1.1"}).out, HasSubstr(Records::sentence));
    EXPECT_EQ(under_new({"--key", at_.key("owner"), "progress", "TH-1.1", "--text", "On it"}).exit,
              Exit::done);
    expect_fault(at_.run({"--passphrase-file", at_.file("spare.txt"), "trail", "TH-1.1"}),
                 Exit::findings, "the passphrase does not open the vault");
    // Again, and there is nothing else than another generation of it.
    EXPECT_THAT(recover("a.spare").out, HasSubstr("now generation 3"));
    EXPECT_EQ(under_new({"verify"}).exit, Exit::done);
}

TEST_F(Spare, is_refused_once_it_opens_what_was_erased) {
    const Records story(at_);
    must_make("old.spare");
    story.grant();
    const auto by = story.erase();
    const auto before = all_keys();
    const auto refused = recover("old.spare");
    expect_fault(refused, Exit::findings,
                 "the spare is of generation 1, and still opens what event " + by +
                     " erased with generation 2");
    EXPECT_THAT(in_one_line(refused.err),
                HasSubstr("use one of generation 2 or later, if there is one, and destroy this"));
    EXPECT_EQ(all_keys(), before);
    EXPECT_THAT(at_.must({"vault", "show"}).out,
                HasSubstr("it still opens what event " + by + " erased: destroy it"));
    must_make("new.spare");
    EXPECT_THAT(in_one_line(recover("old.spare").err),
                HasSubstr("use " + at_.file("new.spare") + ", of generation 2"));
    EXPECT_EQ(recover("new.spare").exit, Exit::done);
    EXPECT_THAT(under_new({"trail", "TH-1.1"}).out,
                AllOf(HasSubstr("erased by event " + by), Not(HasSubstr("Zebedee"))));
}

// The number of its generation is no proof: the last erasure is held against what it opens.
TEST_F(Spare, is_refused_under_a_higher_number_too) {
    const Records story(at_);
    fs::copy(at_.ledger() / "keys/vault-1.wsoa", at_.file("kept"));
    story.grant();
    const auto by = story.erase();
    expect_fault(recover(forged("kept", 7)), Exit::findings,
                 "the vault still opens the words of event " + story.meant + ", which event " + by +
                     " erased");
}

TEST_F(Spare, is_named_by_the_certificate_of_an_erasure_that_came_after_it) {
    const Records story(at_);
    must_make("a.spare");
    const auto asked = story.ask();
    story.decide(asked);
    const auto erased = at_.by("records", {"erase", "TH-ER1"});
    EXPECT_THAT(in_one_line(erased.out),
                HasSubstr("the spare made before: " + at_.file("a.spare") + ", generation 1"));
    must_make("b.spare");
    const auto again = at_.must({"erase", "TH-ER1", "--certificate", "--json"});
    EXPECT_THAT(again.out, AllOf(HasSubstr("\"sparesToDestroy\":[{\"path\":\"" +
                                           at_.file("a.spare") + "\",\"generation\":1"),
                                 Not(HasSubstr("b.spare"))));
    at_.must({"vault", "destroy-spare", at_.file("a.spare")});
    EXPECT_FALSE(fs::exists(at_.file("a.spare")));
    EXPECT_THAT(in_one_line(at_.must({"erase", "TH-ER1", "--certificate"}).out),
                HasSubstr("no spare made before is known"));
}

TEST_F(Spare, is_struck_off_the_list_where_it_lies_or_where_it_was_destroyed) {
    must_make("a.spare");
    must_make("b.spare");
    fs::rename(at_.file("b.spare"), at_.file("moved"));
    write("other", "not a spare");
    expect_fault(at_.run({"vault", "destroy-spare", at_.file("other")}), Exit::could_not,
                 "is none of the spares that this ledger knows of");
    EXPECT_TRUE(fs::exists(at_.file("other")));
    EXPECT_THAT(at_.must({"vault", "destroy-spare", at_.file("moved")}).out,
                HasSubstr("Destroyed:  " + at_.file("b.spare")));
    EXPECT_FALSE(fs::exists(at_.file("moved")));
    fs::remove(at_.file("a.spare"));
    expect_fault(at_.run({"vault", "destroy-spare", at_.file("a.spare")}), Exit::could_not,
                 "say --gone once it is destroyed");
    EXPECT_THAT(at_.must({"vault", "destroy-spare", at_.file("a.spare"), "--gone"}).out,
                HasSubstr("Struck off:"));
    EXPECT_THAT(at_.must({"vault", "show"}).out, Not(HasSubstr(".spare")));
}

TEST_F(Spare, is_told_what_is_wrong_with_it_in_a_sentence) {
    must_make("a.spare");
    const auto before = all_keys();
    expect_fault(recover("a.spare", "new.txt"), Exit::findings,
                 "the passphrase does not open the spare");
    expect_fault(recover("owner.pem"), Exit::usage, "this is no spare of a vault");
    expect_fault(recover("nowhere"), Exit::could_not, "nowhere");
    auto bytes = test::must(read_file(at_.file("a.spare"), spare_bytes_max));
    bytes[200] = static_cast<std::uint8_t>(bytes[200] ^ 1U);
    test::must(write_durably(at_.file("b.spare"), bytes, Access::owner));
    expect_fault(recover("b.spare"), Exit::could_not, "the spare is damaged or incomplete");
    const Rehearsal other(Rehearsal::With::people);
    fs::copy(at_.file("a.spare"), other.file("a.spare"));
    expect_fault(
        other.run({"vault", "recover", "--from", other.file("a.spare"), "--spare-passphrase-file",
                   at_.file("spare.txt"), "--new-passphrase-file", at_.file("new.txt")}),
        Exit::findings, "is a spare of another ledger's vault");
    EXPECT_EQ(all_keys(), before);
}

TEST_F(Spare, is_not_written_where_it_would_be_no_spare) {
    must_make("a.spare");
    expect_fault(make("a.spare"), Exit::conflict, "is there already");
    expect_fault(make("ledger/keys/b.spare"), Exit::usage, "is no place for a spare");
    expect_fault(make("nowhere/b.spare"), Exit::could_not, "there is no folder");
    ASSERT_EQ(recover("a.spare").exit, Exit::done);
    expect_fault(under_new({"vault", "spare", "--out", at_.file("c.spare"),
                            "--spare-passphrase-file", at_.file("new.txt")}),
                 Exit::refused, "under the passphrase of the ledger itself");
    EXPECT_FALSE(fs::exists(at_.file("c.spare")));
    expect_fault(under_new({"vault", "spare", "--out", at_.file("d.spare")}), Exit::could_not,
                 "--spare-passphrase-file (not given), WSOA_SPARE_PASSPHRASE_COMMAND (not set)");
}

// The ledger's own key has changed hands since: the words come back, and the key does not.
TEST_F(Spare, from_before_another_ledger_key_brings_the_words_back_alone) {
    const Records story(at_);
    must_make("a.spare");
    at_.must_by("manager", {"keys", "rotate-ledger", "--reason", "a new server"});
    at_.must_by("chair", {"confirm", "ledger"});
    EXPECT_THAT(at_.must({"vault", "show"}).out, HasSubstr("the ledger's key, which has changed"));
    const auto recovered = recover("a.spare");
    EXPECT_EQ(recovered.exit, Exit::done) << recovered.err;
    EXPECT_THAT(in_one_line(recovered.err), HasSubstr("nothing is recorded before"));
    EXPECT_THAT(under_new({"trail", "TH-1.1"}).out, HasSubstr(Records::sentence));
}

const std::string at_ledger =
    "export WSOA_STATE=$PWD/state WSOA_LEDGER=$PWD/send\n"
    "export WSOA_PASSPHRASE_COMMAND='cat own.txt' WSOA_SPARE_PASSPHRASE_COMMAND='cat spare.txt'\n";

// What docs/way-back.md says is typed here, for a real ledger whose passphrase is forgotten.
TEST(ForgottenPassphrase, has_the_way_back_that_is_documented) {
    const TempFolder folder;
    const auto ran = test::run_script(
        folder.path(),
        at_ledger +
            "echo 'the first passphrase' > own.txt; echo 'the safe has another' > spare.txt\n"
            "mkdir safe\n"
            "for who in manager chair director; do wsoa keys new --unsealed $who.pem; done\n"
            "request() { wsoa --key $1.pem keys request --person $2 --out $1.request \\\n"
            "    --origin ledger.example.gov.uk/send; }\n"
            "request manager programme-manager; request chair board-chair\n"
            "request director director-of-education\n"
            "export WSOA_KEY=manager.pem\n" +
            test::documented("docs/way-back.md", "spare") +
            "wsoa record roleGranted --subject @board-chair --role programmeOffice \\\n"
            "    --reason 'Words that are to come back'\n"
            "echo 'nobody remembers it' > own.txt\n"
            "wsoa trail @board-chair && exit 9\n"
            "echo 'a new passphrase' > own.txt\n" +
            test::documented("docs/way-back.md", "recover") +
            "wsoa trail @board-chair\n"
            "wsoa --key chair.pem record roleGranted --subject @programme-manager \\\n"
            "    --role boardChair\n"
            "ls safe send/keys\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said,
                AllOf(HasSubstr("the passphrase does not open"),
                      HasSubstr("Recovered:  the vault, now generation 2, and the ledger's own"),
                      HasSubstr("Words that are to come back"), HasSubstr("Nothing was altered"),
                      HasSubstr("vault-2.wsoa"), Not(HasSubstr("vault-1.wsoa\nvault"))));
}

}  // namespace
}  // namespace wsoa
