#include "cli/commands/guard.h"

#include "cli/commands/checkpoint.h"
#include "cli/commands/whole.h"
#include "cli/desk.h"
#include "cli/mirror.h"
#include "ledger/base/limits.h"
#include "ledger/ledger_guard.h"
#include "ledger/tree/lines.h"

#include <unistd.h>

namespace wsoa {
namespace {

// What stands where a guard is to be.
enum class Standing : std::uint8_t { nothing, damaged, good, of_another };

Result<Standing> look_at(const std::filesystem::path& path, const History& history,
                         const Hash& ledger) {
    const auto head = Guard::read(path, ledger);
    if (head.ok()) {
        auto compared = compare_with_guard(history, head.value());
        if (!compared.ok()) {
            return std::move(compared).error().explain("there is a guard at {}", path.string());
        }
        return Standing::good;
    }
    switch (head.error().fault) {
        case Fault::missing: return Standing::nothing;
        case Fault::corrupt: return Standing::damaged;
        case Fault::distrusted: return Standing::of_another;
        case Fault::invalid:
        case Fault::refused:
        case Fault::conflict:
        case Fault::unavailable:
        case Fault::busy: break;
    }
    return head.error();
}

// Puts the guard there; one that is good is what an adoption left that was cut short.
Result<void> put_guard(const std::filesystem::path& path, Standing standing, const Hash& ledger,
                       const GuardedHead& head) {
    if (standing == Standing::of_another) {
        return error(Fault::conflict, "the guard at {} belongs to another ledger", path.string())
            .advise("name another place with --guard PATH");
    }
    if (standing == Standing::good) {
        auto guard = TRY(Guard::open(path, ledger));
        return guard->record(head);
    }
    if (standing == Standing::damaged) {
        TRY(remove_durably(path));
    }
    TRY(create_folders(path.parent_path()));
    TRY(Guard::create(path, ledger, head));
    return done();
}

// The guard first, then ledger.txt: until it names the new one, the ledger has no guard still.
Result<void> point_to(const LedgerFolder& folder, const FolderFacts& about,
                      const LedgerFacts& facts, TreeSize size) {
    const auto vkey = TRY(NoteKey::ed25519(facts.origin, facts.signing_key_at(size)));
    TRY(write_readme(folder, about, vkey.str()));
    const auto text = about.str();
    return write_durably(folder.facts(), bytes_of(text), Access::owner);
}

void show_guard(Output& output, std::string_view type, const FolderFacts& about,
                const GuardedHead& head) {
    output.text(fmt::format("Guard:    {}\nLedger:   {}\nEvents:   {}\nRoot:     {}",
                            about.guard.string(), to_hex(about.ledger.view()), head.size.value,
                            to_hex(head.root.view())));
    output.json(Json::object()
                    .set("type", type)
                    .set("guard", about.guard.string())
                    .set("ledger", to_hex(about.ledger.view()))
                    .set("size", head.size.value)
                    .set("root", to_hex(head.root.view())));
}

Result<Exit> guard_adopt(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto folder = TRY(desk.folder());
    auto about = TRY(desk.facts());
    const auto own = TRY(desk.memory());
    const auto recalled = TRY(own.last_seen(about.ledger));
    const auto kept = TRY(read_kept_checkpoint(given.value("checkpoint")));
    auto place = about.guard;
    if (const auto typed = given.find("guard")) {
        place = std::filesystem::absolute(*typed).lexically_normal();
    }
    TRY(check_guard_path(folder, place));
    auto environment = desk.environment();
    const auto lock = TRY(WriterLock::acquire(
        folder.lock(), LockHolder::here(given.command, environment.clock.now())));
    const auto whole = TRY(open_whole(folder, about));
    const auto named = TRY(look_at(about.guard, *whole.history, about.ledger));
    if (named == Standing::good) {
        return error(Fault::conflict, "the ledger has its guard already, at {}, and agrees with it",
                     about.guard.string())
            .advise("there is nothing to adopt: record as usual");
    }
    const auto standing =
        place == about.guard ? named : TRY(look_at(place, *whole.history, about.ledger));
    const auto head = TRY(head_to_adopt(*whole.history, whole.facts, kept.note));
    TRY(own.see(about.ledger, recalled, *whole.history));
    TRY(put_guard(place, standing, about.ledger, head));
    if (place != about.guard) {
        about.guard = place;
        TRY(point_to(folder, about, whole.facts, head.size));
    }
    show_guard(around.output, "guardAdopted", about, head);
    around.output.note(
        fmt::format("Every event is checked by: wsoa verify --seen {}", given.value("checkpoint")));
    return Exit::done;
}

std::string listed(const std::vector<EventIndex>& events) {
    constexpr std::size_t most = 20;
    std::string text;
    for (std::size_t i = 0; i < events.size() && i < most; ++i) {
        text += fmt::format("{}{}", i == 0 ? "" : ", ", events[i].value);
    }
    return events.size() > most ? text + ", ..." : text;
}

void show_restored(Output& output, const Restored& restored) {
    const bool is_signed_anew = restored.checkpoint == Restored::Checkpoint::signed_anew;
    output.text(
        fmt::format("Put back:   events {} to {}, under the root that was signed\n"
                    "Checkpoint: {}",
                    restored.before.value, restored.after.value - 1,
                    is_signed_anew ? "signed again, over the same events" : "the copy's"));
    auto missing = Json::array();
    for (const auto& index : restored.without_words) {
        missing.push(index.value);
    }
    if (!restored.without_words.empty()) {
        output.warn(fmt::format(
            "The copy has no words of this vault for {} of these events, so that they stay out and "
            "`wsoa verify` says so: {}",
            restored.without_words.size(), listed(restored.without_words)));
    }
    output.json(Json::object()
                    .set("type", "guardRestored")
                    .set("before", restored.before.value)
                    .set("size", restored.after.value)
                    .set("checkpoint", is_signed_anew ? "signedAnew" : "ofTheCopy")
                    .set("withoutWords", missing));
    output.note("Every event is checked by: wsoa verify");
}

Result<Exit> guard_restore(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto about = TRY(desk.facts());
    const auto own = TRY(desk.memory());
    const auto recalled = TRY(own.last_seen(about.ledger));
    const auto scratch =
        std::filesystem::temp_directory_path() / fmt::format("wsoa-restore-{}", ::getpid());
    const auto copy = TRY(MirrorCopy::open(given.value("from"), about.ledger, scratch));
    const auto parts = TRY(desk.open_parts());
    const auto restored = TRY(restore_from(copy->mirror(), parts));
    auto snapshot = TRY(parts.store.snapshot());
    const auto history = TRY(History::open(std::move(snapshot), restored.after));
    TRY(own.see(about.ledger, recalled, *history));
    show_restored(around.output, restored);
    return Exit::done;
}

Result<Exit> guard_show(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto about = TRY(desk.facts());
    const auto head = TRY(Guard::read(about.guard, about.ledger));
    show_guard(around.output, "guard", about, head);
    const auto sightings = TRY(read_sightings(about.guard, about.ledger));
    for (const auto& [size, root, by] : sightings) {
        const auto told = root ? to_hex(root->view()) : std::string("not told");
        around.output.text(
            fmt::format("Seen:     {} events, root {}, by {}", size.value, told, by));
        around.output.json(Json::object()
                               .set("type", "sighting")
                               .set("size", size.value)
                               .set("root", root ? Json(told) : Json())
                               .set("by", by));
    }
    return Exit::done;
}

Result<Exit> guard_withdraw(const Invocation& given, Surroundings& around) {
    Desk desk(given, around);
    const auto about = TRY(desk.facts());
    const auto size = TRY(parse_decimal(given.value("EVENTS")));
    TRY(withdraw_sighting(about.guard, about.ledger, TreeSize{size}));
    around.output.text(fmt::format("Nobody is taken to have seen {} events any more", size));
    around.output.json(Json::object().set("type", "sightingWithdrawn").set("size", size));
    return Exit::done;
}

}  // namespace

CommandSpec guard_adopt_command() {
    return {.name = "guard adopt",
            .group = Group::running,
            .help = "set up a guard where this machine has none, from a checkpoint kept elsewhere",
            .example = "wsoa --ledger send guard adopt --checkpoint last-visit.checkpoint",
            .options = {{.name = "checkpoint",
                         .value = "FILE",
                         .help = "a checkpoint of the ledger that was kept outside this machine",
                         .presence = Presence::required},
                        {.name = "guard",
                         .value = "PATH",
                         .help = "where the guard is to lie, if not where ledger.txt says"}},
            .run = guard_adopt};
}

CommandSpec guard_restore_command() {
    return {
        .name = "guard restore",
        .group = Group::running,
        .help = "put back into an older store the events that were signed since, from a copy",
        .example =
            "wsoa --ledger send guard restore --from /mnt/mirror/send\n"
            "wsoa --ledger send guard restore --from events.jsonl",
        .options = {{.name = "from",
                     .value = "COPY",
                     .help = "the folder of another copy of the ledger, or a file of lines that "
                             "`wsoa log --raw FIRST-LAST --json` wrote",
                     .presence = Presence::required}},
        .run = guard_restore};
}

CommandSpec guard_show_command() {
    return {.name = "guard show",
            .group = Group::running,
            .help = "show where the guard lies and what it vouches for",
            .example = "wsoa --ledger send guard show",
            .run = guard_show};
}

CommandSpec guard_withdraw_command() {
    return {.name = "guard withdraw",
            .group = Group::running,
            .help = "take back a number of events that somebody told by mistake",
            .example = "wsoa --ledger send guard withdraw 9",
            .words = {{.name = "EVENTS", .help = "the number, as `wsoa guard show` lists it"}},
            .notes =
                [] {
                    return "A ledger that is behind what a witness saw signs nothing. Where the\n"
                           "number was typed wrongly, that is undone so; what the ledger itself\n"
                           "has signed over more events is not.\n";
                },
            .run = guard_withdraw};
}

}  // namespace wsoa
