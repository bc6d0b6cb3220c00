// The words of an event are erased, as whoever keeps the ledger types it.

#include "ledger/store/system.h"
#include "ledger/store/vault.h"
#include "tests/support/shell.h"
#include "tests/walks/rehearsal_records.h"

#include <gmock/gmock.h>

namespace wsoa {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

namespace fs = std::filesystem;

class Erase : public testing::Test {
protected:
    fs::path keys() const { return at_.ledger() / "keys"; }
    // Every way in which the words of the event are shown, in the one form and the other.
    std::string shown(const std::vector<std::string>& options) const {
        std::string all;
        for (const std::vector<std::string>& command :
             {std::vector<std::string>{"show", "TH-1.1"}, {"trail", "TH-1.1"}, {"log"}}) {
            auto arguments = command;
            arguments.insert(arguments.end(), options.begin(), options.end());
            all += at_.must(arguments).out;
        }
        return all;
    }
    static std::string tag(const std::string& event) {
        return "[erased by event " + event + ": DPO decision]";
    }

    Rehearsal at_;
    Records story_{at_};
};

TEST_F(Erase, shows_what_is_gone_wherever_it_stood) {
    EXPECT_THAT(shown({}), HasSubstr(Records::sentence));
    EXPECT_THAT(at_.must({"find", "Acacia"}).out, HasSubstr("1 found"));
    story_.grant();
    const auto by = story_.erase();
    for (const auto* command : {"show", "trail"}) {
        const auto ran = at_.must({command, "TH-1.1"});
        EXPECT_THAT(ran.out, AllOf(HasSubstr(tag(by)), Not(HasSubstr("Zebedee")))) << command;
    }
    EXPECT_THAT(in_one_line(at_.must({"log"}).out),
                AllOf(HasSubstr("text: " + tag(by)), HasSubstr("next steps: " + tag(by))));
    EXPECT_THAT(at_.must({"find", "Acacia"}).out,
                AllOf(HasSubstr("0 found"), HasSubstr("2 more were not looked into")));
    EXPECT_THAT(shown({"--json"}), Not(HasSubstr("Zebedee")));
    EXPECT_THAT(at_.must({"log", "--json", "--from", story_.meant, "--limit", "1"}).out,
                HasSubstr("\"text\":{\"erased\":{\"event\":" + by + ",\"decision\":"));
    // Other words of the same subject are as they were.
    EXPECT_THAT(shown({}), HasSubstr("First audit was booked"));
}

TEST_F(Erase, shows_what_is_gone_through_a_keeper_too) {
    story_.grant();
    const auto by = story_.erase();
    const auto ran = test::run_script(
        at_.root(),
        "export WSOA_STATE=$PWD/state WSOA_LEDGER=$PWD/ledger\n"
        "reads() { wsoa show TH-1.1; wsoa trail TH-1.1; wsoa log; wsoa --json log; }\n"
        "reads > direct.txt\n"
        "rm -f said; mkfifo said\n"
        "wsoa keep > said 2> keeper.log & keeper=$!\n"
        "exec 9< said; read -r line <&9\n"
        "reads > kept.txt\n"
        "cmp direct.txt kept.txt && grep -c 'erased by event' kept.txt\n"
        "wsoa erase TH-ER1 --certificate\n"
        "kill $keeper; wait $keeper\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("Certificate of erasure TH-ER1"));
}

TEST_F(Erase, gives_a_certificate_of_what_went_and_what_is_left_to_destroy) {
    const auto asked = story_.ask();
    const auto granted = story_.decide(asked);
    const auto ran = at_.by("records", {"erase", "TH-ER1", "--out", at_.file("certificate")});
    ASSERT_EQ(ran.exit, Exit::done) << ran.err;
    std::ifstream file(at_.file("certificate"));
    const auto text = in_one_line(std::string(std::istreambuf_iterator<char>(file), {}));
    EXPECT_THAT(text, AllOf(HasSubstr("Certificate of erasure TH-ER1"),
                            HasSubstr("the words of event " + story_.meant +
                                      ", Progress recorded about TH-1.1"),
                            HasSubstr("text, next steps"),
                            HasSubstr("by records, records manager, event " + asked),
                            HasSubstr("by dpo, dpo, event " + granted),
                            HasSubstr("ground: no longer necessary; kept: hash")));
    EXPECT_THAT(
        text,
        AllOf(HasSubstr("generation 2, SHA-256"), HasSubstr("every copy of keys/vault-1.wsoa"),
              HasSubstr("nothing: no pack and no publication"), Not(HasSubstr("Zebedee"))));
    const auto again = at_.must({"erase", "TH-ER1", "--certificate", "--json"}).out;
    const auto json = nlohmann::json::parse(again);
    EXPECT_EQ(json["type"], "erasureCertificate");
    EXPECT_EQ(json["granted"]["event"].dump(), granted);
    EXPECT_EQ(json["toDestroy"], nlohmann::json::array({"keys/vault-1.wsoa"}));
}

TEST_F(Erase, leaves_a_ledger_that_verifies) {
    story_.grant();
    const auto by = story_.erase();
    const auto ran = at_.must({"verify"});
    EXPECT_THAT(ran.out, AllOf(HasSubstr("were erased under event " + by), HasSubstr("noted"),
                               HasSubstr("Nothing was altered")));
    at_.must_by("owner", {"progress", "TH-1.1", "--text", "A second audit was booked"});
    EXPECT_THAT(at_.must({"verify"}).out, Not(HasSubstr("breach")));
}

TEST_F(Erase, refuses_before_anything_is_gone) {
    const auto expect_refused = [&](const std::string& who, Exit exit, const std::string& says) {
        const auto ran = at_.by(who, {"erase", "TH-ER1"});
        EXPECT_EQ(ran.exit, exit) << ran.err;
        EXPECT_THAT(ran.err, HasSubstr(says));
        EXPECT_TRUE(fs::exists(keys() / "vault-1.wsoa"));
        EXPECT_THAT(shown({}), HasSubstr(Records::sentence));
    };
    expect_refused("records", Exit::could_not, "there is no request for erasure TH-ER1");
    const auto asked = story_.ask();
    expect_refused("records", Exit::refused, "rule R109");
    story_.decide(asked);
    expect_refused("dpo", Exit::refused, "rule R");
    expect_refused("owner", Exit::refused, "rule R");
    at_.must_by("records", {"record", "holdPlaced", "--subject", "TH-H1", "--scope", "TH-1",
                            "--reason", "An inquiry asked"});
    expect_refused("records", Exit::refused, "rule R108");
}

TEST_F(Erase, refuses_what_was_not_granted_or_was_done) {
    story_.decide(story_.ask(), "refused");
    const auto refused = at_.by("records", {"erase", "TH-ER1"});
    EXPECT_EQ(refused.exit, Exit::refused) << refused.err;
    EXPECT_THAT(refused.err, HasSubstr("no erasure about TH-1.1 was granted under TH-ER1"));
}

TEST_F(Erase, says_that_it_was_done_and_where_the_certificate_is) {
    story_.grant();
    const auto by = story_.erase();
    const auto again = at_.by("records", {"erase", "TH-ER1"});
    EXPECT_EQ(again.exit, Exit::conflict) << again.err;
    EXPECT_THAT(again.err, AllOf(HasSubstr("TH-ER1 was carried out by event " + by),
                                 HasSubstr("wsoa erase TH-ER1 --certificate")));
}

TEST_F(Erase, refuses_an_older_vault_to_all_who_would_open_it) {
    fs::copy(keys(), at_.file("old-keys"));
    story_.grant();
    story_.erase();
    fs::remove_all(keys());
    fs::copy(at_.file("old-keys"), keys());
    for (const std::vector<std::string>& command :
         {std::vector<std::string>{"show", "TH-1.1"},
          {"log"},
          {"find", "audit"},
          {"progress", "TH-1.1", "--text", "A second audit was booked"}}) {
        const auto ran = at_.by("owner", command);
        EXPECT_EQ(ran.exit, Exit::findings) << command.front() << ran.err;
        EXPECT_THAT(ran.err, AllOf(HasSubstr("the vault is generation 1, but event"),
                                   HasSubstr("put the newest copy of the vault in its place")));
        EXPECT_THAT(ran.out, Not(HasSubstr("Zebedee")));
    }
    const auto verified = at_.run({"verify"});
    EXPECT_EQ(verified.exit, Exit::findings);
    EXPECT_THAT(in_one_line(verified.out), HasSubstr("which this vault still opens"));
}

TEST_F(Erase, finds_a_vault_that_forgot_without_a_decision) {
    const auto vault = nlohmann::json::parse(at_.must({"guard", "show", "--json"}).out);
    const auto ledger = hash_from_hex(vault["ledger"].get<std::string>()).value();
    SystemRandom random;
    const auto opened = Vault::open(keys(), ledger, std::nullopt, random).value();
    const EventIndex meant{std::stoull(story_.meant)};
    ASSERT_TRUE(opened->forget({.words = {word_node(meant).value()}, .documents = {}}).ok());
    const auto verified = at_.run({"verify"});
    EXPECT_EQ(verified.exit, Exit::findings);
    EXPECT_THAT(in_one_line(verified.out),
                AllOf(HasSubstr("the vault cannot open its words in field text, "),
                      HasSubstr("no erasure is on record")));
    EXPECT_THAT(in_one_line(at_.must({"trail", "TH-1.1"}).out),
                HasSubstr("[erased, and no erasure is on record]"));
    // What was decided and cut short is told from it, and finished.
    story_.grant();
    EXPECT_THAT(in_one_line(at_.must({"verify"}).out),
                HasSubstr("`wsoa erase TH-ER1` is to be run again"));
    const auto ran = at_.by("records", {"erase", "TH-ER1"});
    EXPECT_EQ(ran.exit, Exit::done) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("by a command that was cut short; it is recorded now"));
    EXPECT_THAT(in_one_line(at_.must({"verify"}).out), HasSubstr("were erased under event"));
}

TEST_F(Erase, is_told_by_examples_that_are_accepted) {
    EXPECT_THAT(in_one_line(at_.must({"record", "erasureRequested", "--help"}).out),
                HasSubstr("--scope words \\ --event 41"));
    EXPECT_THAT(at_.must({"record", "erasureDecided", "--help"}).out, HasSubstr("--answers 42"));
    EXPECT_THAT(at_.must({"record", "contentErased", "--help"}).out,
                HasSubstr("wsoa erase TH-ER1"));
}

}  // namespace
}  // namespace wsoa
