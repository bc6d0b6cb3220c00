// What programs may rely on: every command speaks JSON, whole, and says where it is a rehearsal.

#include "tests/support/files.h"
#include "tests/support/served_witness.h"
#include "tests/support/soft_token.h"
#include "tests/support/timestamp_authority.h"
#include "tests/walks/rehearsal_records.h"
#include "tests/walks/typed.h"

#include <gmock/gmock.h>

#include <set>

namespace wsoa {
namespace {

// The number of the first progress that was recorded.
std::string first_progress(const Rehearsal& at) {
    const auto events = at.must({"log", "--kind", "progressRecorded", "--limit", "1", "--json"});
    return std::to_string(nlohmann::json::parse(events.out)["event"].get<std::uint64_t>());
}

std::vector<Typed> recordings(const Rehearsal& at) {
    std::ofstream(at.file("lines.jsonl"))
        << R"({"kind":"progressRecorded","subject":"TH-1.1","words":{"text":"By a file"}})" << '\n';
    return {
        {"progress", {"TH-1.1", "--text", "a \"quoted\" \\ word"}},
        {"rate", {"TH-1.1", "amber", "--reason", "Two posts are vacant"}},
        {"confirm", {"TH-1.1", "--reason", "So it is"}, Typed::About::ledger, "lead"},
        {"record",
         {"evidenceRegistered", "--subject", "TH-E01", "--type", "report", "--version-number", "1",
          "--source-organisation", "nhs", "--personal-data", "none", "--title", "Waiting lists"},
         Typed::About::ledger,
         "office"},
        {"record", {"--lines", at.file("lines.jsonl")}},
        {"correct", {first_progress(at), "--reason", "Typed for another action"}},
        {"period close", {"TH"}, Typed::About::ledger, "office"},
        {"erase", {"TH-ER1"}, Typed::About::ledger, "records", [&at] { Records(at).grant(); }},
    };
}

// After the recordings, which appoint a records manager.
std::vector<Typed> evidence(const Rehearsal& at) {
    std::ofstream(at.file("log.txt")) << "Attendance log";
    const auto by = [](const std::string& who, const std::string& command,
                       std::vector<std::string> arguments) {
        return Typed{command, std::move(arguments), Typed::About::ledger, who};
    };
    return {
        by("owner", "evidence add",
           {at.file("log.txt"), "--item", "TH-E02", "--type", "log", "--personal-data", "child",
            "--date", "2022-05-01"}),
        by("owner", "evidence link", {"TH-E02", "TH-1.1", "--claim", "It is used"}),
        by("owner", "evidence submit", {"TH-E02"}),
        by("lead", "evidence ask", {"TH-E02", "--reason", "By how many?"}),
        by("lead", "evidence accept", {"TH-E02", "--checks", "dated"}),
        by("owner", "evidence stale", {"TH-E02", "--reason", "It is of last year"}),
        by("owner", "evidence renew", {"TH-E02", "--review-by", "2199-05-01"}),
        by("owner", "evidence submit", {"TH-E02", "--for", "TH-1.1"}),
        by("lead", "evidence reject", {"TH-E02", "--reason", "It says nothing of health"}),
        by("owner", "evidence unlink", {"TH-E02", "TH-1.1", "--reason", "It was another's"}),
        by("owner", "evidence supersede", {"TH-E01", "--by", "TH-E02", "--reason", "It is newer"}),
        by("records", "evidence redact",
           {"TH-E02", "--copy", "TH-E01", "--checked-by", "dpo", "--categories", "childName",
            "--method", "removed", "--reason", "For the adviser"}),
        by("owner", "evidence list", {"TH"}),
        by("owner", "evidence show", {"TH-E02"}),
        by("owner", "evidence trail", {"TH-E02"}),
        by("owner", "evidence get", {"TH-E02", "--out", at.file("log-again.txt")}),
        by("owner", "evidence check", {}),
        by("records", "hold place", {"TH-H1", "TH", "--reason", "An inquiry asks"}),
        by("owner", "hold list", {"TH"}),
        by("dpo", "hold release", {"TH-H1", "--reason", "It has ended"}),
        by("records", "erasure request",
           {"TH-E02", "--request", "TH-ER9", "--scope", "content", "--reason", "A parent asked"}),
        by("dpo", "erasure decide",
           {"TH-ER9", "refused", "--ground", "publicTask", "--reason", "It is needed"}),
        by("office", "retention set",
           {"TH-1.1", "--class", "governance", "--due", Records::today()}),
        by("dpo", "retention approve", {"TH-1.1", "--reason", "Its time has come"}),
        by("owner", "retention due", {"TH"}),
        by("office", "rectify", {first_progress(at), "--text", "It was 15 staff"}),
        Typed{"dispose",
              {"TH-E02"},
              Typed::About::ledger,
              "records",
              [&at] { Records::approve_disposal(at, "TH-E02"); }},
    };
}

std::vector<Typed> lookings(const Rehearsal& at) {
    return {
        {"show", {}},
        {"show", {"TH"}},
        {"show", {"TH-1.1"}},
        {"show", {"TH-1"}},
        {"show", {"TH-E01"}},
        {"show", {"people"}},
        {"status", {}},
        {"status", {"TH"}},
        {"period check", {"TH"}},
        {"replay", {"TH"}},
        {"replay", {"TH", "--as-known", "2199-12-30"}},
        {"diff", {"TH", "--from", "2022-01-01", "--to", "2031-01-01"}},
        {"view", {"ratings", "TH"}},
        {"view", {"measures", "TH"}},
        {"view", {"evidence", "TH"}},
        {"view", {"changes", "TH"}},
        {"view", {"matters", "TH"}},
        {"view", {"publications", "TH"}},
        {"view", {"packs", "TH"}},
        {"view", {"people", "TH"}},
        {"find", {"audit"}},
        {"late", {}},
        {"late", {"TH", "--days", "3"}},
        {"trail", {"TH-1.1"}},
        {"log", {}},
        {"log", {"--plan", "TH", "--kind", "ratingConfirmed"}},
        {"log", {"--raw", "3"}},
        {"log", {"--raw", "3-5"}},
        {"log", {"--raw", "3", "--out", at.file("raw")}},
        {"verify", {}},
        {"checkpoint", {}},
        {"prove", {"3"}},
        {"prove", {"3", "--out", at.file("three.proof")}},
        {"backup", {at.file("backup")}},
        {"restore", {at.file("backup"), "--to", at.file("again")}},
    };
}

// What goes to those who trust nobody here, and what they do with it.
std::vector<Typed> strangers(const Rehearsal& at, const test::ServedAddress& witness) {
    const auto own = Typed::About::nothing;
    const auto proof = objects_in(at.must({"prove", "3", "--json", "--quiet"}).out).back();
    const auto vkey = proof.at("verifierKey").get<std::string>();
    const auto believe_the_witness = [&at, vkey] {
        std::ifstream facts(at.file("witness/witness.txt"));
        std::string line;
        while (std::getline(facts, line) && !line.starts_with("key ")) {
        }
        std::ofstream(at.file("policy"))
            << "log " << vkey << "\nwitness w1 " << line.substr(4) << "\nquorum w1\n";
    };
    return {
        {"witness init",
         {at.file("witness"), "--name", "witness.example.org/w1", "--unsealed", "--log", vkey},
         own},
        {"witness request", {}},
        {"witness request", {"--out", at.file("request")}},
        {"witness cosign", {at.file("witness"), at.file("request")}, own},
        {"witness cosign",
         {at.file("witness"), at.file("request-2"), "--out", at.file("cosigned")},
         own,
         "owner",
         [&at] {
             at.must({"witness", "request", "--old",
                      std::to_string(objects_in(at.must({"checkpoint", "--json"}).out)
                                         .back()
                                         .at("size")
                                         .get<std::uint64_t>()),
                      "--out", at.file("request-2")});
         }},
        {"witness show", {at.file("witness")}, own},
        {"witness add",
         {at.file("cosigned"), "--policy", at.file("policy")},
         Typed::About::ledger,
         "owner",
         believe_the_witness},
        {"witness ask", {witness.url(), "--policy", at.file("policy")}},
        {"export tiles", {at.file("tiles"), "--public"}},
        {"verify", {at.file("tiles"), "--tiles"}, own},
        {"timestamp request", {"--out", at.file("query.tsq")}},
        {"timestamp add",
         {at.file("reply.tsr"), "--authority", at.file("ca.pem")},
         Typed::About::ledger,
         "owner",
         [&at] { test::TimestampAuthority(at.root()).answer(); }},
        {"timestamp list", {}},
        {"anchor", {"--dry-run"}},
        {"anchor", {}, Typed::About::ledger, "manager"},
        {"pack",
         {"TH", "--for", "a visit", "--recipient", "lead", "--disclose", "title", "--out",
          at.file("th.zip")},
         Typed::About::ledger,
         "office"},
        {"verify", {at.file("th.zip")}, own},
        {"prove", {"3", "--out", at.file("three.proof"), "--entry", at.file("three.bin")}},
        {"verify",
         {at.file("three.proof"), "--policy", at.file("policy"), "--entry", at.file("three.bin")},
         own},
    };
}

// A ledger is told of more events than it has, and told that this was a mistake.
std::vector<Typed> mistakes(const Rehearsal& at) {
    return {
        {"guard withdraw",
         {"99"},
         Typed::About::ledger,
         "owner",
         [&at] {
             at.run({"witness", "request", "--old", "99"});
         }},
    };
}

// A vault goes into a token, after the runnings, which have put it under their passphrase.
std::vector<Typed> sealings(const Rehearsal& at, const test::SoftTokens& tokens) {
    const auto in_token = [&](const std::string& command) {
        return Typed{command,
                     {"--token", test::SoftTokens::label, "--token-module",
                      test::SoftTokens::module, "--pin-file", tokens.pin_file().string(),
                      "--ledger-passphrase-file", at.file("passphrase")}};
    };
    return {in_token("vault seal"), in_token("vault clear")};
}

std::vector<Typed> runnings(const Rehearsal& at) {
    const auto own = Typed::About::nothing;
    std::ofstream(at.file("passphrase")) << "a long enough passphrase\n";
    return {
        {"keys new", {"--unsealed", at.key("head-of-send")}, own},
        {"keys show", {}, own},
        {"keys request", {"--person", "head-of-send"}, Typed::About::ledger, "head-of-send"},
        {"keys request",
         {"--person", "head-of-send", "--out", at.file("head-of-send.request")},
         Typed::About::ledger,
         "head-of-send"},
        {"enrol",
         {"head-of-send", "--request", at.file("head-of-send.request"), "--role", "actionOwner",
          "--scope", "TH", "--organisation", "nhs"},
         Typed::About::ledger,
         "manager"},
        {"confirm", {"@head-of-send"}, Typed::About::ledger, "chair"},
        {"keys seal", {"--new-passphrase-file", at.file("passphrase")}, own, "head-of-send"},
        {"init",
         {"--ledger", at.file("other"), "--rehearsal", "--origin", "example.org/other/rehearsal",
          "--founder", "manager=" + at.key("manager"), "--founder", "chair=" + at.key("chair")}},
        {"guard show", {}},
        {"guard restore",
         {"--from", at.file("mirror")},
         Typed::About::ledger,
         "owner",
         [&at] { at.become_older(); }},
        {"guard adopt",
         {"--checkpoint", at.file("kept.checkpoint")},
         Typed::About::ledger,
         "owner",
         [&at] { at.lose_guard(); }},
        {"keys rotate-ledger",
         {"--reason", "The server was replaced"},
         Typed::About::ledger,
         "manager"},
        {"confirm", {"ledger"}, Typed::About::ledger, "chair"},
        {"keys new", {"--unsealed", at.key("second")}, own},
        {"keys request",
         {"--person", "lead", "--out", at.file("second.request")},
         Typed::About::ledger,
         "second"},
        {"keys enrol",
         {"lead", "--request", at.file("second.request")},
         Typed::About::ledger,
         "manager"},
        {"rules", {}, own},
        {"rules", {"R02"}, own},
        {"rules", {"ratingConfirmed"}, own},
        {"help", {}, own},
        {"help", {"record", "progressRecorded"}, own},
        {"completion", {"bash"}, own},
        {"version", {}, own},
    };
}

// Last, since from then on each command would want a passphrase.
std::vector<Typed> spares(const Rehearsal& at) {
    std::ofstream(at.file("of-the-spare")) << "another passphrase\n";
    const auto spare = [&](const std::string& name) {
        return std::vector<std::string>{at.file(name), "--spare-passphrase-file",
                                        at.file("of-the-spare")};
    };
    const auto with = [](std::vector<std::string> words, const std::vector<std::string>& more) {
        words.insert(words.end(), more.begin(), more.end());
        return words;
    };
    return {
        {"vault spare", with({"--out"}, spare("a.spare"))},
        {"vault show", {}},
        {"vault recover", with(with({"--from"}, spare("a.spare")),
                               {"--new-passphrase-file", at.file("passphrase")})},
        {"vault destroy-spare", {at.file("a.spare")}},
        {"keys seal-ledger", {"--passphrase-file", at.file("passphrase")}},
        {"vault passphrase", {"--passphrase-file", at.file("passphrase")}},
    };
}

// What the commands are typed at.
struct Typist {
    const Rehearsal at = {};
    const test::SoftTokens tokens = {};
    // Of a witness that does not exist before it is typed.
    const test::ServedFolder witness{at.file("witness")};
};

std::vector<Typed> all_typed(const Typist& typist) {
    const auto& at = typist.at;
    auto all = recordings(at);
    for (const auto& more : {evidence(at), lookings(at), strangers(at, typist.witness.address()),
                             mistakes(at), runnings(at), spares(at), sealings(at, typist.tokens)}) {
        all.insert(all.end(), more.begin(), more.end());
    }
    return all;
}

TEST(JsonContract, is_tried_with_every_command_there_is) {
    const Typist typist;
    // They serve until they are told to stop; walks of their own type them.
    std::set<std::string> tried{"keep", "witness serve"};
    for (const auto& typed : all_typed(typist)) {
        tried.insert(typed.command);
    }
    for (const auto& command : all_commands()) {
        EXPECT_TRUE(tried.contains(command.name))
            << "add a typing of \"" << command.name << "\" to this file";
    }
}

TEST(JsonContract, gives_whole_objects_with_a_type_that_say_where_it_is_a_rehearsal) {
    const Typist typist;
    for (const auto& typed : all_typed(typist)) {
        if (typed.before) {
            typed.before();
        }
        const auto ran = typist.at.by(typed.who, words_of(typed));
        const auto what = typed.command + " " + testing::PrintToString(typed.arguments);
        EXPECT_EQ(ran.exit, Exit::done) << what << ran.err;
        objects_in(ran.err);
        const auto objects = objects_in(ran.out);
        ASSERT_FALSE(objects.empty()) << what;
        if (typed.about == Typed::About::ledger) {
            EXPECT_EQ(objects.back().value("rehearsal", nlohmann::json()), true) << what;
        } else {
            EXPECT_THAT(ran.out, testing::Not(testing::HasSubstr("\"rehearsal\":"))) << what;
        }
    }
}

TEST(JsonContract, of_a_failure_is_one_object_on_standard_error) {
    const Rehearsal at;
    for (const auto& command : all_commands()) {
        auto words = words_of({.command = command.name, .arguments = {"--no-such-option"}});
        const auto ran = at.run(words);
        EXPECT_EQ(ran.exit, Exit::usage) << command.name;
        EXPECT_EQ(ran.out, "") << command.name;
        const auto objects = objects_in(ran.err);
        ASSERT_EQ(objects.size(), 1U) << ran.err;
        EXPECT_EQ(objects.front()["type"], "fault");
        EXPECT_EQ(objects.front()["exit"], code_of(ran.exit));
    }
}

TEST(JsonContract, of_a_command_whose_ledger_is_missing_is_a_fault) {
    const Typist typist;
    for (const auto& typed : all_typed(typist)) {
        if (typed.about == Typed::About::nothing || typed.command == "init" ||
            typed.who == "head-of-send" || typed.command == "enrol") {
            continue;
        }
        auto words = words_of(typed);
        words.insert(words.end(), {"--ledger", typist.at.file("nowhere")});
        const auto ran = typist.at.by(typed.who, words);
        EXPECT_EQ(ran.exit, Exit::could_not) << typed.command;
        EXPECT_EQ(ran.out, "") << typed.command;
        const auto objects = objects_in(ran.err);
        ASSERT_FALSE(objects.empty()) << typed.command;
        EXPECT_EQ(objects.back()["type"], "fault") << ran.err;
        EXPECT_EQ(objects.back()["exit"], 1) << ran.err;
    }
}

TEST(JsonContract, of_a_refusal_names_the_rule) {
    const Rehearsal at;
    at.must_by("owner", {"rate", "TH-1.1", "amber", "--reason", "Two posts are vacant"});
    const auto ran = at.by("owner", {"confirm", "TH-1.1", "--reason", "So it is", "--json"});
    EXPECT_EQ(ran.exit, Exit::refused);
    const auto objects = objects_in(ran.err);
    ASSERT_EQ(objects.size(), 1U);
    EXPECT_EQ(objects.front()["rule"], "R02");
    EXPECT_EQ(objects.front()["exit"], 4);
}

}  // namespace
}  // namespace wsoa
