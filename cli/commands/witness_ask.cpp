// Asking witnesses over the network, in one command.

#include "cli/commands/verify_log.h"
#include "cli/commands/witness.h"
#include "cli/commands/witnessing.h"
#include "cli/sighting.h"
#include "cli/witness_http/post.h"
#include "ledger/base/text.h"
#include "ledger/keys/timestamp.h"
#include "ledger/store/files.h"
#include "ledger/tree/lines.h"

#include <algorithm>

namespace wsoa {
namespace {

// What is asked of each witness, and where its answer goes. Borrowed.
struct Question {
    Desk& desk;
    const Reading& reading;
    const PublishedCheckpoint& published;
    const Policy& policy;
    const LedgerFolder& folder;
    TreeSize seen;  // what a witness is taken to have seen last
    PostTerms terms;
};

Result<WitnessAnswer> ask_from(const Question& question, const std::string& submission,
                               TreeSize seen) {
    const auto request = TRY(request_to_witness(question.reading, question.published, seen));
    const auto reply = TRY(post(submission, request.str(), question.terms));
    return read_reply(reply);
}

// One witness. It names the size that it saw last where that is another one; asked from there, it
// has nothing left to refuse but a ledger that did not grow out of it.
Result<KeptCosignatures> ask_one(const Question& question, const std::string& url) {
    const auto submission = TRY(submission_url(url));
    auto answer = TRY(ask_from(question, submission, question.seen));
    if (answer.status == WitnessStatus::other_size) {
        TRY(hear_of_size(question.desk, question.reading, answer.seen, url));
        answer = TRY(ask_from(question, submission, answer.seen));
    }
    if (answer.status == WitnessStatus::other_size) {
        return error(Fault::conflict, "it was asked by others meanwhile: {}", answer.say)
            .advise("ask again");
    }
    if (answer.status != WitnessStatus::cosigned) {
        return witness_refusal(answer);
    }
    const auto lines = TRY(parse_signature_lines(answer.lines));
    return keep_witness_lines(question.folder, question.policy, question.published, lines);
}

// Those that were typed, or else those that the policy knows an address of.
Result<std::vector<std::string>> whom_to_ask(const Invocation& given, const Policy& policy) {
    auto urls = given.all("URL");
    if (urls.empty()) {
        for (const auto& witness : policy.witnesses) {
            if (witness.url) {
                urls.push_back(*witness.url);
            }
        }
    }
    if (urls.empty()) {
        return error(Fault::invalid, "no witness's address was given, and the policy has none")
            .advise("type it, or put it behind the witness's line in the policy");
    }
    return urls;
}

Result<PostTerms> terms_typed(const Invocation& given) {
    PostTerms terms;
    if (const auto path = given.find("authority")) {
        const auto bytes = TRY(read_file(*path, authority_pem_bytes_max));
        // The library would take a file of none for no wish at all.
        if (text_of(bytes).find("-----BEGIN CERTIFICATE-----") == std::string_view::npos) {
            return error(Fault::invalid, "{} holds no certificate in PEM", *path)
                .advise(
                    "give the root certificates of the authority that the witness's https "
                    "rests on");
        }
        terms.roots = std::string(text_of(bytes));
    }
    return terms;
}

// What one failure among several comes to: that a second history may be about is worse than that
// somebody could not be reached.
int weight_of(Fault fault) {
    return fault == Fault::conflict ? 2 : fault == Fault::distrusted ? 1 : 0;
}

Error of_several(const std::vector<Error>& failures, std::size_t asked) {
    const auto worst = std::ranges::max_element(
        failures, {}, [](const Error& failure) { return weight_of(failure.fault); });
    return error(worst->fault, "{} of {} witnesses did not cosign", failures.size(), asked)
        .advise(weight_of(worst->fault) > 0 ? worst->advice : std::string());
}

Result<Exit> ask(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto folder = TRY(desk.folder());
    auto* reading = TRY(desk.reading());
    const auto policy = TRY(read_policy(given.value("policy")));
    const auto urls = TRY(whom_to_ask(given, policy));
    const auto terms = TRY(terms_typed(given));
    const auto published = TRY(newest_checkpoint(desk, *reading));
    const auto seen = TRY(size_typed(given.find("old").value_or("0")));
    TRY(hear_of_size(desk, *reading, seen, "the witness (--old)"));
    const Question question{desk, *reading, published, policy, folder, seen, terms};
    std::vector<Error> failures;
    for (const auto& url : urls) {
        auto kept = ask_one(question, url);
        if (kept.ok()) {
            around.output.text("Witness:     " + url);
            tell_kept(around.output, kept.value());
            around.output.json(kept_json(kept.value()).set("url", url));
            continue;
        }
        failures.push_back(std::move(kept).error().explain("asking {}", excerpt_of(url, 200)));
        if (urls.size() > 1) {
            around.output.warn(failures.back().message);
        }
    }
    if (failures.empty()) {
        return Exit::done;
    }
    return urls.size() == 1 ? failures.front() : of_several(failures, urls.size());
}

}  // namespace

CommandSpec witness_ask_command() {
    return {
        .name = "witness ask",
        .group = Group::checking,
        .help = "have witnesses cosign the newest checkpoint over the network, and keep it",
        .example =
            "wsoa witness ask https://witness.example.org/ofsted \\\n"
            "    --policy inspectorate.policy",
        .words = {{.name = "URL",
                   .help = "a witness's address; those of the policy if none is given",
                   .presence = Presence::optional,
                   .repeat = Repeat::many}},
        .options = {witness_policy_option(),
                    {.name = "old",
                     .value = "N",
                     .help = "how many events they saw last; if it is not so, or nothing is said, "
                             "each says it itself"},
                    {.name = "authority",
                     .value = "FILE",
                     .help = "root certificates in PEM that https must rest on, in place of this "
                             "machine's"}},
        .notes =
            [] {
                return "What holds is kept as by `wsoa witness add`. By https a witness must show "
                       "a\n"
                       "certificate of this machine's authorities, or of those that --authority "
                       "names;\n"
                       "by http it is asked only where the address says so. Nothing but the "
                       "checkpoint\n"
                       "and hashes is sent. Where some did not cosign, each is named, and the "
                       "command\n"
                       "has failed.\n";
            },
        .run = ask};
}

}  // namespace wsoa
