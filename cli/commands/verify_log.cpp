#include "cli/commands/verify_log.h"

#include "cli/commands/findings.h"
#include "cli/commands/verify_pack.h"
#include "cli/desk.h"
#include "cli/progress.h"
#include "ledger/base/limits.h"
#include "ledger/base/text.h"
#include "ledger/inspection/proof_check.h"
#include "ledger/store/log_folder.h"

namespace wsoa {
namespace {

std::string_view sentence_of(const LogVerdict& verdict) {
    if (verdict.has_breach()) {
        return "This is not what it claims to be: see the breaches above";
    }
    if (verdict.unread > 0) {
        return "Not everything could be read: see above, and try on another disk or a copy";
    }
    return verdict.is_vouched_for
               ? "Nothing was altered, as far as was checked; the policy vouches for the checkpoint"
               : "Nothing was altered, as far as was checked; it is consistent with itself, and "
                 "nobody vouches for it";
}

Exit show(Output& output, std::string_view type, const LogVerdict& verdict) {
    show_findings(output, verdict.findings);
    const auto shown = show_checks(output, verdict.checked, verdict.not_checked);
    const auto& checkpoint = verdict.checkpoint;
    output.text(fmt::format("\n{}.", sentence_of(verdict)));
    auto json = Json::object();
    json.set("type", type)
        .set("ok", Json::written(verdict.has_breach() ? "false" : "true"))
        .set("vouchedFor", Json::written(verdict.is_vouched_for ? "true" : "false"));
    if (checkpoint) {
        const auto root = to_hex(checkpoint->root.view());
        output.text(fmt::format("Log {}, entries {}, root {}",
                                excerpt_of(checkpoint->origin, limits::origin_bytes_max),
                                checkpoint->size.value, root));
        json.set("origin", checkpoint->origin)
            .set("size", checkpoint->size.value)
            .set("root", root);
    }
    output.json(json.set("findings", verdict.findings.size())
                    .set("unread", verdict.unread)
                    .set("checked", shown.checked)
                    .set("notChecked", shown.not_checked));
    return verdict.has_breach() ? Exit::findings
           : verdict.unread > 0 ? Exit::could_not
                                : Exit::done;
}

Result<LogVerdict> verdict_on_proof(const Invocation& given, const LogQuestion& question) {
    const std::filesystem::path path(given.value("PATH"));
    const auto entry_path = given.find("entry");
    if (!entry_path) {
        return Error{Fault::invalid, "a proof says nothing without the entry that it is of",
                     "name the entry's file with --entry FILE; `wsoa prove EVENT --entry FILE` "
                     "writes it"};
    }
    if (question.policy == nullptr) {
        return Error{Fault::invalid, "a proof says nothing without somebody to believe",
                     "write a line \"log VKEY\" with the log's verifier key and a line \"quorum "
                     "none\" into a file, and name it with --policy FILE"};
    }
    const auto bytes = TRY(read_file(path, limits::receipt_bytes_max));
    auto receipt = Receipt::parse(text_of(bytes));
    if (!receipt.ok()) {
        return std::move(receipt).error().explain("reading {}", path.string());
    }
    const auto entry = TRY(read_file(*entry_path, limits::event_bytes_max));
    return check_proof(receipt.value(), entry, question);
}

Result<LogVerdict> verdict_on_tiles(const Invocation& given, LogQuestion question, Output& output) {
    const auto files = log_files_in(given.value("PATH"));
    std::optional<Progress> progress;
    question.progress = [&](std::uint64_t count, std::uint64_t all) {
        if (!progress) {
            progress.emplace(output, "Verifying entries", all);
        }
        progress->reached(count);
    };
    auto verdict = verify_tiles(files, question);
    progress.reset();
    if (!verdict.ok() && verdict.error().fault == Fault::missing) {
        return std::move(verdict).error().advise(
            "name the folder that holds the file \"checkpoint\" and the folder \"tile\"");
    }
    return verdict;
}

Result<void> refuse_what_is_for_ledgers(const Invocation& given) {
    for (const auto* option : {"depth", "seen", "explain", "authority", "allow-unknown"}) {
        if (given.has(option)) {
            return error(Fault::invalid, "--{} is for a ledger, and {} is none", option,
                         given.value("PATH"));
        }
    }
    if (given.has("tiles") && given.has("entry")) {
        return Error{Fault::invalid, "--entry is for a proof, and --tiles for a whole log",
                     "give one of them"};
    }
    return done();
}

}  // namespace

Result<Policy> read_policy(const std::filesystem::path& path) {
    const auto bytes = TRY(read_file(path, Policy::bytes_max));
    auto policy = Policy::parse(text_of(bytes));
    if (!policy.ok()) {
        return std::move(policy).error().explain("reading {}", path.string());
    }
    return policy;
}

Result<Exit> verify_without_ledger(const Invocation& given, Surroundings& around) {
    if (!given.has("tiles") && TRY(is_pack_file(given.value("PATH")))) {
        return verify_pack_file(given, around);
    }
    TRY(refuse_what_is_for_ledgers(given));
    Desk desk(given, around);
    std::optional<Policy> policy;
    if (const auto path = given.find("policy")) {
        policy = TRY(read_policy(*path));
    }
    const LogQuestion question{.policy = policy ? &*policy : nullptr,
                               .now = desk.environment().clock.now()};
    if (given.has("tiles")) {
        const auto verdict = TRY(verdict_on_tiles(given, question, around.output));
        return show(around.output, "logVerdict", verdict);
    }
    const auto verdict = TRY(verdict_on_proof(given, question));
    return show(around.output, "proofVerdict", verdict);
}

}  // namespace wsoa
