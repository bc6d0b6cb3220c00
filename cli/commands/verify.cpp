#include "cli/commands/verify.h"

#include "cli/desk.h"
#include "cli/progress.h"
#include "cli/render/table.h"
#include "ledger/inspection/verify.h"
#include "ledger/store/store_source.h"

#include <unistd.h>

#include <thread>

namespace wsoa {
namespace {

using Known = VerifyQuestion::Known;

std::string_view name_of_class(Finding::Class is) {
    switch (is) {
        case Finding::Class::breach: return "breach";
        case Finding::Class::doubt: return "doubt";
        case Finding::Class::noted: return "noted";
    }
    CHECK(false);
    return {};
}

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
        known.push_back(
            {.from = "the guard", .size = head.value().size, .root = head.value().root});
    } else if (head.error().fault != Fault::missing) {
        return head.error();
    }
    if (const auto path = desk.given().find("seen")) {
        const auto bytes = TRY(read_file(*path, limits::note_bytes_max));
        const auto note = TRY(Note::parse(text_of(bytes)));
        const auto checkpoint = TRY(Checkpoint::parse(note.text));
        if (checkpoint.origin != about.origin.str()) {
            return error(Fault::invalid, "{} is a checkpoint of {}, not of {}", *path,
                         checkpoint.origin, about.origin.str());
        }
        known.push_back({.from = *path, .size = checkpoint.size, .root = checkpoint.root});
    }
    return known;
}

void show_verdict(Output& output, const Verdict& verdict, const Origin& origin) {
    Table table({{"Event", Align::right}, {"Class"}, {"What was found"}});
    for (const auto& finding : verdict.findings) {
        const auto event = finding.event ? std::to_string(finding.event->value) : std::string("-");
        const auto what =
            finding.what + (finding.rule.empty() ? "" : " (rule " + finding.rule + ")");
        table.add({{event}, {std::string(name_of_class(finding.is))}, {what}});
        auto json = Json::object();
        json.set("type", "finding")
            .set("event", finding.event ? Json(finding.event->value) : Json())
            .set("class", name_of_class(finding.is))
            .set("what", finding.what);
        if (!finding.rule.empty()) {
            json.set("rule", finding.rule);
        }
        output.json(json);
    }
    if (!table.empty()) {
        output.text(table.text(output.style()) + "\n");
    }
    auto checked = Json::array();
    for (const auto& line : verdict.checked) {
        output.text("Checked:      " + line);
        checked.push(line);
    }
    auto not_checked = Json::array();
    for (const auto& line : verdict.not_checked) {
        output.text("Not checked:  " + line);
        not_checked.push(line);
    }
    const auto sentence =
        verdict.has_breach()
            ? "This ledger is not what it claims to be: see the breaches above"
            : "Nothing was altered, as far as was checked; the ledger is consistent with itself";
    output.text(fmt::format(
        "\n{}.\nEvents {}, root {}{}", sentence, verdict.size.value, to_hex(verdict.root.view()),
        origin.is_rehearsal() ? "\nREHEARSAL: for training; nothing here is a record" : ""));
    output.json(Json::object()
                    .set("type", "verdict")
                    .set("ok", Json::written(verdict.has_breach() ? "false" : "true"))
                    .set("size", verdict.size.value)
                    .set("root", to_hex(verdict.root.view()))
                    .set("findings", verdict.findings.size())
                    .set("checked", checked)
                    .set("notChecked", not_checked));
}

Result<Exit> verify_command_run(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
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
    const auto guard = std::ranges::find(known, "the guard", &Known::from);
    const StoreSource source(*snapshot,
                             guard == known.end() ? newest : std::min(newest, guard->size));
    VerifyQuestion question{.depth = given.find("depth") == "log" ? Depth::log : Depth::authors,
                            .known = known,
                            .word_keys = TRY(desk.word_keys()),
                            .workers = std::max(1U, std::thread::hardware_concurrency())};
    std::optional<Verdict> verdict;
    {
        Progress progress(around.output, "Verifying events", source.size().value);
        question.progress = [&](std::uint64_t count) { progress.reached(count); };
        verdict = TRY(verify_ledger(source, question));
    }
    show_verdict(around.output, *verdict, about.origin);
    const bool has_unknown = std::ranges::any_of(verdict->findings, [](const Finding& f) {
        return f.is == Finding::Class::noted && f.rule == "unknown";
    });
    if (verdict->has_breach()) {
        return Exit::findings;
    }
    return has_unknown && !given.has("allow-unknown") ? Exit::could_not : Exit::done;
}

}  // namespace

CommandSpec verify_command() {
    return {
        .name = "verify",
        .group = Group::checking,
        .help = "check the whole ledger, and say what was and was not checked",
        .example = "wsoa verify --seen last-visit.checkpoint",
        .options = {{.name = "depth",
                     .value = "DEPTH",
                     .help = "log: tree and checkpoints; authors: also signatures, keys and roles",
                     .choices = {"log", "authors"}},
                    {.name = "seen",
                     .value = "FILE",
                     .help = "a checkpoint kept elsewhere, that the ledger must continue"},
                    {.name = "allow-unknown",
                     .help = "do not fail for events that a newer program wrote"}},
        .run = verify_command_run};
}

}  // namespace wsoa
