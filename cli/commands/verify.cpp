#include "cli/commands/verify.h"

#include "cli/commands/checkpoint.h"
#include "cli/commands/findings.h"
#include "cli/commands/record_lines.h"
#include "cli/commands/verify_log.h"
#include "cli/desk.h"
#include "cli/outside.h"
#include "cli/progress.h"
#include "ledger/inspection/verify.h"
#include "ledger/keys/timestamp.h"
#include "ledger/store/store_source.h"
#include "ledger/tree/hasher.h"

#include <unistd.h>

#include <algorithm>

namespace wsoa {
namespace {

using Known = VerifyQuestion::Known;

constexpr std::string_view guard_name = "the guard";

// What this machine knows of the ledger from elsewhere than its folder.
Result<std::vector<Known>> known_heads(Desk& desk, const FolderFacts& about) {
    std::vector<Known> known;
    // The tool's memory before the guard: it never remembers what the guard does not yet vouch for.
    const auto own = desk.memory();
    if (own.ok()) {
        const auto seen = TRY(own.value().last_seen(about.ledger));
        if (seen) {
            known.push_back({.from = "your tool's memory", .size = seen->size, .root = seen->root});
        }
    }
    const auto head = Guard::read(about.guard, about.ledger);
    if (head.ok()) {
        known.push_back({.from = std::string(guard_name),
                         .size = head.value().size,
                         .root = head.value().root,
                         .held = Known::Held::by_the_operator});
    } else if (head.error().fault != Fault::missing) {
        return head.error();
    }
    if (const auto path = desk.given().find("seen")) {
        const auto kept = TRY(read_kept_checkpoint(*path));
        const auto& checkpoint = kept.checkpoint;
        if (checkpoint.origin != about.origin.str()) {
            return error(Fault::invalid, "{} is a checkpoint of {}, not of {}", *path,
                         checkpoint.origin, about.origin.str());
        }
        known.push_back(
            {.from = *path, .size = checkpoint.size, .root = checkpoint.root, .note = kept.note});
    }
    return known;
}

// What may be said at most: without an earlier checkpoint nobody knows whether this is the ledger
// that others saw.
std::string_view sentence_of(const Verdict& verdict) {
    if (verdict.has_breach()) {
        return "This ledger is not what it claims to be: see the breaches above";
    }
    if (verdict.unread > 0) {
        return "Not everything could be read: see above, and try on another disk or a copy";
    }
    return verdict.continues_earlier
               ? "Nothing was altered, as far as was checked; the ledger continues what was seen "
                 "of "
                 "it before"
               : "Nothing was altered, as far as was checked; the ledger is consistent with itself";
}

void show_verdict(Output& output, const Verdict& verdict, const Origin& origin) {
    show_findings(output, verdict.findings);
    show_bounds(output, verdict.bounds);
    const auto shown = show_checks(output, verdict.checked, verdict.not_checked);
    output.text(fmt::format(
        "\n{}.\nEvents {}, root {}{}", sentence_of(verdict), verdict.size.value,
        to_hex(verdict.root.view()),
        origin.is_rehearsal() ? "\nREHEARSAL: for training; nothing here is a record" : ""));
    output.json(
        Json::object()
            .set("type", "verdict")
            .set("ok", Json::written(verdict.has_breach() ? "false" : "true"))
            .set("continuesEarlier", Json::written(verdict.continues_earlier ? "true" : "false"))
            .set("size", verdict.size.value)
            .set("root", to_hex(verdict.root.view()))
            .set("findings", verdict.findings.size())
            .set("unknown", verdict.unknown)
            .set("unread", verdict.unread)
            .set("checked", shown.checked)
            .set("notChecked", shown.not_checked));
}

Exit exit_of(const Verdict& verdict, const Invocation& given) {
    if (verdict.has_breach()) {
        return Exit::findings;
    }
    const bool is_unknown = verdict.unknown > 0 && !given.has("allow-unknown");
    return is_unknown || verdict.unread > 0 ? Exit::could_not : Exit::done;
}

// The sums from an event's bytes to the signed root, for whoever wants to do them again.
Result<Exit> explain(Desk& desk, std::string_view typed) {
    const auto index = TRY(answered_event(std::string(typed)));
    auto* reading = TRY(desk.reading());
    const auto& history = *reading->history;
    const auto entry = TRY(history.entry(index));
    const auto leaf = hash_leaf(entry);
    const auto proof = TRY(history.inclusion(index));
    const auto sums = TRY(sums_of(proof, leaf));
    auto& output = desk.output();
    output.text(fmt::format(
        "Event {} of {}: {} bytes (`wsoa log --raw {} --out DIR` writes them to "
        "DIR/entry.bin)\n\nleaf   SHA-256(00 || entry)\n       {}",
        index.value, history.size().value, entry.size(), index.value, to_hex(leaf.view())));
    std::size_t number = 0;
    for (const auto& sum : sums) {
        output.text(fmt::format(
            "\nsum {}  SHA-256(01 || left || right)\nleft   {}\nright  {}\n"
            "gives  {}",
            ++number, to_hex(sum.left.view()), to_hex(sum.right.view()), to_hex(sum.sum.view())));
        output.json(Json::object()
                        .set("type", "sum")
                        .set("left", to_hex(sum.left.view()))
                        .set("right", to_hex(sum.right.view()))
                        .set("sum", to_hex(sum.sum.view())));
    }
    const auto root = sums.empty() ? leaf : sums.back().sum;
    const bool agrees = root == history.root();
    output.text(fmt::format("\n{} the root over {} events that the ledger signed:\n       {}",
                            agrees ? "This is" : "This is NOT", history.size().value,
                            to_hex(history.root().view())));
    output.json(Json::object()
                    .set("type", "explanation")
                    .set("event", index.value)
                    .set("leaf", to_hex(leaf.view()))
                    .set("sums", sums.size())
                    .set("size", history.size().value)
                    .set("root", to_hex(history.root().view()))
                    .set("agrees", Json::written(agrees ? "true" : "false")));
    return agrees ? Exit::done : Exit::findings;
}

Depth depth_of(const Invocation& given) {
    const auto asked = given.find("depth");
    return asked == "log" ? Depth::log : asked == "authors" ? Depth::authors : Depth::meaning;
}

Result<Exit> verify_command_run(const Invocation& given, Surroundings& around) {
    if (given.has("PATH")) {
        return verify_without_ledger(given, around);
    }
    for (const auto* option : {"entry", "tiles"}) {
        if (given.has(option)) {
            return error(Fault::invalid, "--{} is for a proof or a folder of tiles", option)
                .advise("name that file or folder after `wsoa verify`");
        }
    }
    Desk desk(given, around);
    if (const auto event = given.find("explain")) {
        return explain(desk, *event);
    }
    const auto folder = TRY(desk.folder());
    const auto about = TRY(desk.facts());
    // What is known first: it must be in the store by the time that the store is read.
    const auto known = TRY(known_heads(desk, about));
    const auto store =
        TRY(RocksReader::open(folder.truth(), std::filesystem::temp_directory_path() /
                                                  fmt::format("wsoa-verify-{}", ::getpid())));
    // Opened beside a busy writer a reader may miss rows that are there; catching up mends that.
    TRY(store->catch_up());
    const auto snapshot = TRY(store->snapshot());
    const auto newest = TRY(History::newest_size(*snapshot));
    const auto guard = std::ranges::find(known, guard_name, &Known::from);
    const StoreSource source(*snapshot,
                             guard == known.end() ? newest : std::min(newest, guard->size), newest);
    auto outside = outside_of(folder, *snapshot);
    std::optional<Policy> policy;
    if (const auto path = given.find("policy")) {
        policy = TRY(read_policy(*path));
        outside.policy = &*policy;
    }
    if (const auto path = given.find("authority")) {
        const auto bytes = TRY(read_file(*path, authority_pem_bytes_max));
        outside.authority = text_of(bytes);
    }
    const auto workers = worker_threads(0);
    VerifyQuestion question{
        .depth = depth_of(given),
        .known = known,
        // An older vault is a finding here, and so is compared with each erasure.
        .word_keys = TRY(desk.word_keys_unchecked()),
        .document_keys = TRY(desk.document_keys()),
        .outside = &outside,
        .workers = workers.get()};
    std::optional<Verdict> verdict;
    {
        Progress progress(around.output, "Verifying events", source.size().value);
        question.progress = [&](std::uint64_t count) { progress.reached(count); };
        verdict = TRY(verify_ledger(source, question));
    }
    show_verdict(around.output, *verdict, about.origin);
    return exit_of(*verdict, given);
}

}  // namespace

CommandSpec verify_command() {
    return {
        .name = "verify",
        .group = Group::checking,
        .help = "check the whole ledger, a proof or a log, and say what was and was not checked",
        .example =
            "wsoa verify --seen last-visit.checkpoint\nwsoa verify --explain 12\n"
            "wsoa verify 12.tlog-proof --policy send.policy --entry 12.bin\n"
            "wsoa verify --policy inspectorate.policy --authority tsa-roots.pem\n"
            "wsoa verify th.pack.zip --seen last-visit.checkpoint\n"
            "wsoa verify public --tiles --policy send.policy",
        .words =
            {{.name = "PATH",
              .help =
                  "a pack, a proof that an entry is in a log, or with --tiles a log in a folder; "
                  "without it the ledger",
              .presence = Presence::optional}},
        .options = {{.name = "depth",
                     .value = "DEPTH",
                     .help = "log: tree and checkpoints; authors: also signatures, keys and roles; "
                             "meaning, if nothing is said: also every rule",
                     .choices = {"log", "authors", "meaning"}},
                    {.name = "seen",
                     .value = "FILE",
                     .help = "a checkpoint kept elsewhere, that the ledger must continue"},
                    {.name = "explain",
                     .value = "EVENT",
                     .help =
                         "show the sums from one event's bytes to the signed root, to do again"},
                    {.name = "policy",
                     .value = "FILE",
                     .help = "which logs to believe, and which witnesses must have cosigned"},
                    {.name = "authority",
                     .value = "FILE",
                     .help = "root certificates (PEM) of the timestamp authorities to believe"},
                    {.name = "entry",
                     .value = "FILE",
                     .help = "with a proof: the bytes of the entry that it is of"},
                    {.name = "tiles", .help = "PATH is a log: checkpoint, tiles and entries"},
                    {.name = "allow-unknown",
                     .help = "do not fail for events that a newer program wrote"}},
        .notes =
            [] {
                return "It reads the ledger's folder itself, beside a keeper that serves too: a\n"
                       "check must not trust the process that it checks. Only --explain asks the\n"
                       "keeper, for sums that anybody can do again.\n";
            },
        .run = verify_command_run};
}

}  // namespace wsoa
