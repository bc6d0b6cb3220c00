// A ledger whose vault is sealed by keys in a token, as whoever keeps it types it.

#include "ledger/store/files.h"
#include "ledger/store/vault.h"
#include "tests/support/shell.h"
#include "tests/support/soft_token.h"
#include "tests/walks/folder_search.h"
#include "tests/walks/rehearsal_records.h"

#include <gmock/gmock.h>

namespace wsoa {
namespace {

using test::SoftTokens;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

namespace fs = std::filesystem;

class VaultToken : public testing::Test {
protected:
    fs::path keys() const { return at_.ledger() / "keys"; }
    TokenSeal seal() const { return *test::must(Vault::needs_token(keys())); }
    std::size_t keys_in(const std::string& label) const {
        const auto in = soft_.log_in(label);
        const auto facts = nlohmann::json::parse(at_.must({"guard", "show", "--json"}).out);
        const auto ledger = hash_from_hex(facts["ledger"].get<std::string>()).value();
        return test::must(in->token->keys_of(ledger)).size();
    }
    // That a command could not be done, in one sentence and with what to do.
    void expect_fails(Exit exit, const std::string& says, const std::string& advises) const {
        const auto ran =
            at_.by("owner", {"progress", "TH-1.1", "--text", "A second audit was booked"});
        EXPECT_EQ(ran.exit, exit) << ran.err;
        EXPECT_THAT(in_one_line(ran.err), AllOf(HasSubstr(says), HasSubstr(advises)));
    }

    SoftTokens soft_;
    Rehearsal at_{Rehearsal::With::plan,
                  {.init = {"--vault-token", SoftTokens::label}, .variables = soft_.variables()}};
    Records story_{at_};
};

TEST_F(VaultToken, opens_the_words_to_every_command_and_names_no_module) {
    EXPECT_EQ(seal().token.label, SoftTokens::label);
    EXPECT_THAT(at_.must({"show", "TH-1.1"}).out, HasSubstr(Records::sentence));
    EXPECT_THAT(at_.must({"verify"}).out, HasSubstr("Nothing was altered"));
    EXPECT_EQ(keys_in(SoftTokens::label), 1U);
    EXPECT_FALSE(test::stands_in_files({at_.ledger()}, SoftTokens::pin));
    EXPECT_FALSE(test::stands_in_files({at_.ledger()}, "softhsm"));
    std::ofstream(at_.file("audit.txt")) << "40 of 45 plans were on time";
    at_.must_by("office",
                {"evidence", "add", at_.file("audit.txt"), "--for", "TH-1.1", "--type", "audit",
                 "--personal-data", "none", "--date", "2022-02-10", "--claim", "On time"});
    at_.must({"evidence", "get", "TH-E01", "--out", at_.file("again.txt")});
    EXPECT_EQ(test::content_of(at_.file("again.txt")), "40 of 45 plans were on time");
}

TEST_F(VaultToken, erases_and_says_that_the_key_is_destroyed_in_the_token) {
    fs::copy(keys(), at_.file("old-keys"));
    const auto serial = seal().token.serial;
    story_.grant();
    const auto ran = at_.by("records", {"erase", "TH-ER1", "--out", at_.file("certificate")});
    ASSERT_EQ(ran.exit, Exit::done) << ran.err;
    const auto text = in_one_line(test::content_of(at_.file("certificate")));
    EXPECT_THAT(text, AllOf(HasSubstr("key destroyed in token \"council\" (serial " + serial +
                                      "), which opened generation 1"),
                            HasSubstr("nothing: no copy of an older vault file opens these words"),
                            Not(HasSubstr("unlinked"))));
    EXPECT_EQ(keys_in(SoftTokens::label), 1U);
    EXPECT_THAT(at_.must({"show", "TH-1.1"}).out, Not(HasSubstr("Zebedee")));
    EXPECT_THAT(at_.must({"verify"}).out, Not(HasSubstr("breach")));
    at_.must_by("owner", {"progress", "TH-1.1", "--text", "A second audit was booked"});
    fs::remove_all(keys());
    fs::copy(at_.file("old-keys"), keys());
    expect_fails(Exit::could_not, "holds no key of generation 1 of this vault",
                 "put the newest copy of the vault in its place");
}

TEST_F(VaultToken, moves_to_a_passphrase_and_back_and_the_certificate_names_what_is_left) {
    at_.set("WSOA_PASSPHRASE_COMMAND", "echo open sesame");
    const auto out = at_.must({"vault", "seal", "--passphrase"});
    EXPECT_THAT(out.out, HasSubstr("generation 2, sealed by the passphrase"));
    EXPECT_EQ(keys_in(SoftTokens::label), 0U);
    EXPECT_THAT(at_.must({"show", "TH-1.1"}).out, HasSubstr(Records::sentence));
    const auto in = at_.must({"vault", "seal", "--token", SoftTokens::label});
    EXPECT_THAT(in.out, HasSubstr("generation 3, sealed by a key in the token \"council\""));
    EXPECT_THAT(in_one_line(in.err), HasSubstr("Older copies of the vault are as they were"));
    story_.grant();
    story_.erase();
    const auto text = in_one_line(at_.must({"erase", "TH-ER1", "--certificate"}).out);
    EXPECT_THAT(text, AllOf(HasSubstr("key destroyed in token"),
                            HasSubstr("every copy of keys/vault-1.wsoa to keys/vault-2.wsoa")));
    const auto json =
        nlohmann::json::parse(at_.must({"erase", "TH-ER1", "--certificate", "--json"}).out);
    EXPECT_EQ(json["toDestroy"], nlohmann::json::array({"keys/vault-1.wsoa", "keys/vault-2.wsoa"}));
}

TEST_F(VaultToken, moves_to_another_token_and_clears_what_a_cut_short_move_left) {
    soft_.add("second");
    at_.must({"vault", "seal", "--token", "second"});
    EXPECT_EQ(seal().token.label, "second");
    EXPECT_EQ(keys_in(SoftTokens::label), 0U);
    {
        const auto in = soft_.log_in(SoftTokens::label);
        const auto file = test::must(read_file(keys() / "vault-2.wsoa", vault_file_bytes_max));
        const auto ledger = test::must(VaultFile::read(file)).ledger;
        test::must(
            in->token->wrap_under_new_key(TokenKeyId::of(ledger, 1, {}), Secret(Bytes(32, 1))));
    }
    EXPECT_THAT(at_.must({"vault", "clear", "--token", SoftTokens::label}).out,
                HasSubstr("1 of this vault's keys in the token \"council\""));
    EXPECT_EQ(keys_in(SoftTokens::label), 0U);
    EXPECT_THAT(at_.must({"vault", "clear", "--token", "second"}).out, HasSubstr("0 of this"));
    EXPECT_THAT(at_.must({"show", "TH-1.1"}).out, HasSubstr(Records::sentence));
}

TEST_F(VaultToken, is_told_what_lacks_in_one_sentence_each) {
    at_.set("WSOA_PIN_COMMAND", "echo 0000-shut");
    expect_fails(Exit::findings, "logging in to the token \"council\"", "too many wrong ones");
    at_.set("WSOA_PIN_COMMAND", "");
    expect_fails(Exit::could_not, "there is no PIN for the token \"council\"",
                 "--pin-file (not given), WSOA_PIN_COMMAND (not set)");
    at_.set("WSOA_PIN_COMMAND", soft_.variables()["WSOA_PIN_COMMAND"]);
    at_.set("WSOA_TOKEN_MODULE", "/nowhere/module.so");
    expect_fails(Exit::could_not, "there is no PKCS#11 module /nowhere/module.so",
                 "--token-module or WSOA_TOKEN_MODULE");
    at_.set("WSOA_TOKEN_MODULE", "");
    expect_fails(
        Exit::usage,
        "the token \"council\" (serial " + seal().token.serial + ") is reached by no module",
        "--token-module FILE");
    at_.set("WSOA_TOKEN_MODULE", SoftTokens::module);
    {
        const SoftTokens others;  // another council's
        expect_fails(Exit::could_not,
                     "the vault was sealed in the token \"council\" (serial " +
                         seal().token.serial + "): the token \"council\" (serial ",
                     "plug in the right token");
        fs::remove_all(others.files());
        fs::create_directory(others.files());
        expect_fails(Exit::could_not, "shows no token \"council\"", "there are: none");
    }
}

TEST_F(VaultToken, shows_no_words_to_who_has_no_pin_and_says_why) {
    at_.set("WSOA_PIN_COMMAND", "");
    const auto ran = at_.must({"show", "TH-1.1"});
    EXPECT_THAT(ran.out, Not(HasSubstr("Zebedee")));
    EXPECT_THAT(in_one_line(ran.err),
                AllOf(HasSubstr("The vault is sealed by a key in the token \"council\""),
                      HasSubstr("give its PIN with --pin-file")));
    const auto with = at_.must({"show", "TH-1.1", "--pin-file", soft_.pin_file().string()});
    EXPECT_THAT(with.out, HasSubstr(Records::sentence));
}

TEST_F(VaultToken, goes_into_a_backup_and_comes_back_of_it) {
    at_.must({"backup", at_.file("backup"), "--vault", at_.file("safe")});
    const auto before = at_.must({"show", "TH-1.1"}).out;
    fs::rename(at_.ledger(), at_.file("lost"));
    at_.must({"restore", at_.file("backup"), "--to", at_.ledger(), "--vault", at_.file("safe")});
    EXPECT_EQ(at_.must({"show", "TH-1.1"}).out, before);
}

TEST_F(VaultToken, is_held_open_by_a_keeper) {
    const auto ran = test::run_script(
        at_.root(),
        "export WSOA_STATE=$PWD/state WSOA_LEDGER=$PWD/ledger\n"
        "export WSOA_TOKEN_MODULE=" +
            std::string(SoftTokens::module) +
            "\n"
            "rm -f said; mkfifo said\n"
            "wsoa keep --pin-file " +
            soft_.pin_file().string() +
            " > said 2> keeper.log & keeper=$!\n"
            "exec 9< said; read -r line <&9\n"
            "wsoa --key owner.pem progress TH-1.1 --text 'A second audit was booked'\n"
            "wsoa show TH-1.1 --json > shown.txt; grep -c Zebedee shown.txt\n"
            "kill $keeper; wait $keeper\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
}

TEST_F(VaultToken, stays_in_its_token_when_the_ledgers_own_key_gets_another_passphrase) {
    std::ofstream(at_.file("new-passphrase")) << "open barley\n";
    const auto ran =
        at_.run({"keys", "seal-ledger", "--new-passphrase-file", at_.file("new-passphrase")});
    EXPECT_EQ(ran.exit, Exit::done) << ran.err;
    EXPECT_THAT(in_one_line(ran.err), HasSubstr("The vault stays sealed by a key in the token"));
    EXPECT_EQ(seal().token.label, SoftTokens::label);
    at_.set("WSOA_PASSPHRASE_COMMAND", "cat " + at_.file("new-passphrase"));
    at_.must_by("owner", {"progress", "TH-1.1", "--text", "A second audit was booked"});
}

TEST_F(VaultToken, asks_by_what_it_is_to_be_sealed) {
    for (const std::vector<std::string>& more :
         {std::vector<std::string>{}, {"--token", "council", "--passphrase"}}) {
        std::vector<std::string> arguments{"vault", "seal"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const auto ran = at_.run(arguments);
        EXPECT_EQ(ran.exit, Exit::usage);
        EXPECT_THAT(in_one_line(ran.err), HasSubstr("either --token LABEL or --passphrase"));
    }
    const auto ran = at_.run({"vault", "seal", "--token", std::string(33, 'a')});
    EXPECT_EQ(ran.exit, Exit::usage);
    EXPECT_THAT(in_one_line(ran.err), HasSubstr("is no label of a token"));
}

// Where it is no rehearsal the ledger's own key stands under a passphrase, and the vault may not
// lie open.
TEST(VaultTokenOfARealLedger, is_opened_by_its_pin_beside_the_passphrase_of_the_ledgers_own_key) {
    const SoftTokens soft;
    const TempFolder folder;
    auto variables = soft.variables();
    variables.emplace("WSOA_STATE", folder / "state");
    variables.emplace("WSOA_LEDGER", folder / "ledger");
    variables.emplace("WSOA_PASSPHRASE_COMMAND", "echo open sesame");
    const auto must = [&](const std::vector<std::string>& arguments) {
        auto ran = run_of(all_commands(), arguments, variables);
        EXPECT_EQ(ran.exit, Exit::done) << arguments.front() << ": " << ran.err;
        return ran;
    };
    const auto key = [&](const std::string& who) { return (folder / (who + ".pem")).string(); };
    const auto request = [&](const std::string& who) {
        must({"keys", "new", key(who)});
        const auto file = (folder / (who + ".request")).string();
        must({"keys", "request", "--key", key(who), "--person", who, "--origin",
              "ledger.example.gov.uk/send", "--out", file});
        return who + "=" + file;
    };
    const auto manager = request("manager");
    const auto chair = request("chair");
    must({"init", "--key", key("manager"), "--origin", "ledger.example.gov.uk/send", "--founder",
          manager, "--founder", chair, "--vault-token", SoftTokens::label});
    const auto keys = folder / "ledger" / "keys";
    EXPECT_THAT(test::content_of(keys / "ledger.pem"), HasSubstr("ENCRYPTED"));
    EXPECT_TRUE(test::must(Vault::needs_token(keys)).has_value());
    must({"keys", "rotate-ledger", "--key", key("manager"), "--reason", "A new server"});
    EXPECT_THAT(must({"log"}).out, HasSubstr("A new server"));
    // Back under the passphrase that opens the ledger's own key, so that one opens both.
    must({"vault", "seal", "--passphrase"});
    variables.erase("WSOA_PIN_COMMAND");
    EXPECT_THAT(must({"log"}).out, HasSubstr("A new server"));
    must({"confirm", "ledger", "--key", key("chair")});
}

}  // namespace
}  // namespace wsoa
