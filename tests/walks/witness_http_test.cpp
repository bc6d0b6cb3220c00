// A witness that answers over HTTP, and a ledger that asks it, as they are typed.

#include "tests/walks/witnessed_ledger.h"

#include <gmock/gmock.h>

namespace wsoa {
namespace {

using testing::HasSubstr;
using testing::Not;

// Starts the witness and waits until it says where it answers; `$witness` is its process.
const std::string serve =
    "rm -f said; mkfifo said\n"
    "wsoa --json witness serve inspectorate > said 2> witness.log & witness=$!\n"
    "trap 'kill $witness 2> /dev/null || true' EXIT\n"
    "exec 9< said; read -r line <&9; echo \"$line\"\n"
    "url=$(echo \"$line\" | sed 's/.*\"url\":\"\\([^\"]*\\)\".*/\\1/')\n";
const std::string stop = "kill $witness; wait $witness; echo ended $?\n";

class WitnessOverHttp : public WitnessedLedger {};

TEST_F(WitnessOverHttp, stands_by_proofs_and_the_published_log) {
    const auto ran =
        run(serve +
            "wsoa witness ask $url --policy witnessed.policy\n"
            "grant areaLead; wsoa witness ask $url/ --policy witnessed.policy\n"
            "wsoa prove 2 --out 2.tlog-proof --entry 2.bin\n"
            "wsoa verify 2.tlog-proof --policy witnessed.policy --entry 2.bin\n"
            "wsoa export tiles log; wsoa verify log --tiles --policy witnessed.policy\n" +
            stop + "wsoa witness show inspectorate; cat witness.log\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("{\"type\":\"witnessing\",\"verifierKey\":\""));
    EXPECT_THAT(ran.said, HasSubstr("Checkpoint:  2 events\nCosigned by: w1\nThe policy's quorum"));
    EXPECT_THAT(ran.said, HasSubstr("Checkpoint:  3 events\nCosigned by: w1\nThe policy's quorum"));
    EXPECT_THAT(ran.said, HasSubstr("Checked:      the cosignature of w1, as of 20"));
    EXPECT_THAT(ran.said, HasSubstr("ended 0\n"));
    // Asked from nothing, it named what it saw, and was asked again from there.
    EXPECT_THAT(ran.said, HasSubstr("event=answered method=POST status=409"));
    EXPECT_THAT(ran.said, Not(HasSubstr("old 0")));
}

TEST_F(WitnessOverHttp, is_asked_by_the_address_in_the_policy_and_each_failure_is_named) {
    const auto ran =
        run(serve +
            "sed -i \"s#^\\(witness w1 .*\\)#\\1 $url#\" witnessed.policy\n"
            "wsoa witness ask --policy witnessed.policy\n"
            "wsoa witness ask $url/nowhere http://127.0.0.1:1 $url --policy witnessed.policy \\\n"
            "    || echo exit $?\n" +
            stop);
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("/nowhere: there is nothing at this address (status 404)"));
    EXPECT_THAT(ran.said, HasSubstr("asking http://127.0.0.1:1: it could not be asked: "));
    EXPECT_THAT(ran.said, HasSubstr("2 of 3 witnesses did not cosign"));
    EXPECT_THAT(ran.said, HasSubstr("exit 1"));
}

// As behind a web server that speaks TLS for it, with a certificate that its owner made.
TEST_F(WitnessOverHttp, is_asked_by_https_where_the_authority_is_known) {
    const auto ran =
        run("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \\\n"
            "    -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout tls.key \\\n"
            "    -out tls.pem 2> /dev/null\n" +
            serve +
            "cat > before.js << 'END'\n"
            "const [https, http, fs] = ['https', 'http', 'fs'].map(require);\n"
            "const witness = new URL(process.argv[2]);\n"
            "const tls = {key: fs.readFileSync('tls.key'), cert: fs.readFileSync('tls.pem')};\n"
            "const front = https.createServer(tls, (asked, answer) => {\n"
            "  const to = {port: witness.port, path: asked.url, method: asked.method,\n"
            "              headers: {...asked.headers, host: witness.host}};\n"
            "  asked.pipe(http.request(to, (said) => {\n"
            "    answer.writeHead(said.statusCode, said.headers);\n"
            "    said.pipe(answer);\n"
            "  }));\n"
            "});\n"
            "front.listen(0, '127.0.0.1', () => console.log(front.address().port));\n"
            "END\n"
            "mkfifo port; node before.js $url > port & front=$!\n"
            "trap 'kill $witness $front 2> /dev/null || true' EXIT\n"
            "exec 8< port; read -r port <&8; url=https://127.0.0.1:$port\n"
            "wsoa witness ask $url --policy witnessed.policy || echo unknown $?\n"
            "wsoa witness ask $url --policy witnessed.policy --authority tls.key || echo none $?\n"
            "wsoa witness ask $url --policy witnessed.policy --authority tls.pem\n" +
            stop);
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("it could not be asked: SSL certificate problem"));
    EXPECT_THAT(ran.said, HasSubstr("unknown 1"));
    EXPECT_THAT(ran.said, HasSubstr("tls.key holds no certificate in PEM"));
    EXPECT_THAT(ran.said, HasSubstr("none 2"));
    EXPECT_THAT(ran.said, HasSubstr("Checkpoint:  2 events\nCosigned by: w1\n"));
}

// Two commands to each of two witnesses, all at once.
TEST_F(WitnessOverHttp, asked_by_several_at_once_gives_each_line_once) {
    const auto ran = run(
        "wsoa witness init second --unsealed --name witness.example.org/w2 \\\n"
        "    --log $(sed -n 's/^log //p' ledger.policy)\n"
        "printf 'log %s\\nwitness w1 %s\\nwitness w2 %s\\ngroup both all w1 w2\\nquorum both\\n' "
        "\\\n"
        "    $(sed -n 's/^log //p' ledger.policy) $(sed -n 's/^key //p' inspectorate/witness.txt) "
        "\\\n"
        "    $(sed -n 's/^key //p' second/witness.txt) > both.policy\n" +
        serve +
        "first=$url\n"
        "mkfifo said2; wsoa --json witness serve second > said2 2> /dev/null & second=$!\n"
        "trap 'kill $witness $second 2> /dev/null || true' EXIT\n"
        "exec 8< said2; read -r line <&8\n"
        "url=$(echo \"$line\" | sed 's/.*\"url\":\"\\([^\"]*\\)\".*/\\1/')\n"
        "ask() { wsoa witness ask $1 --policy both.policy > asked.$2 2>&1 || cat asked.$2; }\n"
        "ask $first 1 & a=$!; ask $url 2 & b=$!; ask $first 3 & c=$!; ask $url 4 & d=$!\n"
        "wait $a; wait $b; wait $c; wait $d\n"
        "grep -c 'example.org/w1 ' ledger/cosigned/2; grep -c 'example.org/w2 ' ledger/cosigned/2\n"
        "cat asked.*; wsoa prove 1 --out 1.tlog-proof --entry 1.bin\n"
        "wsoa verify 1.tlog-proof --policy both.policy --entry 1.bin\n"
        "kill $second\n" +
        stop);
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("\n1\n1\nWitness: ")) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("the cosignature of w1"));
    EXPECT_THAT(ran.said, HasSubstr("the cosignature of w2"));
}

TEST_F(WitnessOverHttp, who_saw_more_stops_an_older_copy) {
    const auto ran =
        run("cp -a ledger older; cp -a state older-state\n"
            "sed -i \"s#$PWD/state#$PWD/older-state#\" older/ledger.txt\n"
            "grant areaLead\n" +
            serve +
            "wsoa witness ask $url --policy witnessed.policy\n"
            "export WSOA_LEDGER=$PWD/older WSOA_STATE=$PWD/older-state\n"
            "wsoa witness ask $url --policy witnessed.policy || echo exit $?\n" +
            stop + "grant areaLead || echo signs nothing, $?\n");
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("has seen 3 events of this ledger, and here are 2: it is the "
                                    "older of two copies"));
    EXPECT_THAT(ran.said, HasSubstr("exit 5"));
    EXPECT_THAT(ran.said, HasSubstr("signs nothing, 5"));
}

TEST_F(WitnessOverHttp, cosigns_no_second_history) {
    const auto ran =
        run("cp -a ledger fork; cp -a state fork-state\n"
            "sed -i \"s#$PWD/state#$PWD/fork-state#\" fork/ledger.txt\n"
            "grant areaLead\n" +
            serve +
            "wsoa witness ask $url --policy witnessed.policy\n"
            "export WSOA_LEDGER=$PWD/fork WSOA_STATE=$PWD/fork-state\n"
            "grant programmeOffice; grant actionOwner\n"
            "wsoa witness ask $url --policy witnessed.policy || echo exit $?\n" +
            stop);
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("does not continue the 3 entries that the witness saw"));
    EXPECT_THAT(ran.said, HasSubstr("exit 3"));
}

TEST_F(WitnessOverHttp, knows_a_log_from_when_it_stands_in_its_list) {
    const auto ran =
        run("grep '^log' inspectorate/logs.policy > log.line\n"
            "sed -i '/^log/d' inspectorate/logs.policy\n" +
            serve +
            "wsoa witness ask $url --policy witnessed.policy || echo exit $?\n"
            "sed -i '1r log.line' inspectorate/logs.policy\n"
            "wsoa witness ask $url --policy ledger.policy || echo exit $?\n"
            "wsoa witness ask $url --policy witnessed.policy\n" +
            stop);
    EXPECT_EQ(ran.exit, 0) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("the witness knows no log example.org/send/rehearsal (status "
                                    "404)"));
    EXPECT_THAT(ran.said, HasSubstr("exit 1\n"));
    EXPECT_THAT(ran.said, HasSubstr("none of the 1 lines is by a witness of the policy"));
    EXPECT_THAT(ran.said, HasSubstr("exit 3\n"));
    EXPECT_THAT(ran.said, HasSubstr("The policy's quorum is met"));
}

TEST_F(WitnessOverHttp, is_not_asked_where_nobody_vouches_for_its_certificate) {
    const auto ran =
        run("openssl req -x509 -newkey rsa:2048 -nodes -keyout tls.key -out tls.pem -days 2 \\\n"
            "    -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 2> /dev/null\n"
            "rm -f said; mkfifo said\n"
            "openssl s_server -accept 127.0.0.1:0 -cert tls.pem -key tls.key -www \\\n"
            "    > said 2> /dev/null < /dev/null & server=$!\n"
            "trap 'kill $server 2> /dev/null || true' EXIT\n"
            "exec 9< said\n"
            "while read -r line <&9; do case $line in ACCEPT*) break ;; esac; done\n"
            "wsoa witness ask https://127.0.0.1:${line##*:} --policy witnessed.policy\n");
    EXPECT_EQ(ran.exit, 1) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("SSL certificate problem"));
}

TEST_F(WitnessOverHttp, says_what_it_cannot_be_told) {
    for (const auto* command :
         {"witness serve inspectorate --listen localhost:80",
          "witness serve inspectorate --listen 1",
          "witness ask ftp://example.org --policy witnessed.policy",
          "witness ask --policy witnessed.policy",
          "witness ask http://127.0.0.1:1/add-checkpoint --policy witnessed.policy"}) {
        const auto ran = run(std::string("wsoa ") + command);
        EXPECT_EQ(ran.exit, 2) << command << ran.said;
    }
    EXPECT_EQ(run("wsoa witness serve ledger").exit, 1);
    const auto taken = run(
        serve + "wsoa witness serve inspectorate --listen ${url#http://} || echo exit $?\n" + stop);
    EXPECT_THAT(taken.said, HasSubstr("Address already in use"));
    EXPECT_THAT(taken.said, HasSubstr("exit 1\n"));
}

TEST_F(WitnessOverHttp, answers_with_no_key_but_its_own) {
    const auto ran =
        run("cp post-one.pem inspectorate/witness.pem\n"
            "wsoa witness serve inspectorate");
    EXPECT_EQ(ran.exit, 2) << ran.said;
    EXPECT_THAT(ran.said, HasSubstr("is not the key that inspectorate/witness.txt names"));
}

}  // namespace
}  // namespace wsoa
