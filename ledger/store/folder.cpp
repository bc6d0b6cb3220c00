#include "ledger/store/folder.h"

#include <fmt/format.h>

namespace wsoa {
namespace {

constexpr std::string_view first_line = "wsoa-ledger/v1\n";
constexpr std::size_t facts_bytes_max = 8'192;

// The value of the line "name value" at the front of the text, which is shortened by the line.
Result<std::string> value_of(std::string_view& text, std::string_view name) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos || !text.starts_with(name) || end <= name.size() ||
        text[name.size()] != ' ') {
        return error(Fault::corrupt, "ledger.txt lacks its line \"{}\"", name)
            .advise("put ledger.txt back from a backup");
    }
    std::string value(text.substr(name.size() + 1, end - name.size() - 1));
    text.remove_prefix(end + 1);
    return value;
}

// What the ledger wrote does not read: whatever is wrong with it, the file was changed.
Error as_stored(Error error) {
    error.fault = Fault::corrupt;
    return std::move(error).explain("ledger.txt").advise("put ledger.txt back from a backup");
}

Result<Origin> origin_of(std::string_view& text, std::string_view name) {
    const auto typed = TRY(value_of(text, name));
    auto origin = Origin::parse(typed);
    if (!origin.ok()) {
        return as_stored(std::move(origin).error());
    }
    return std::move(origin).value();
}

bool is_one_line_outside(const LedgerFolder& folder, const std::filesystem::path& path) {
    const auto inside =
        path.lexically_normal().lexically_relative(folder.root().lexically_normal());
    const bool is_inside = !inside.empty() && *inside.begin() != "..";
    return path.is_absolute() && !is_inside &&
           path.string().find_first_of(std::string_view("\n\0", 2)) == std::string::npos;
}

}  // namespace

Result<void> LedgerFolder::create() const {
    TRY(create_folder(root_, Access::owner));
    for (const auto& folder : {documents(), views(), keys()}) {
        TRY(create_folder(folder, Access::owner));
    }
    return done();
}

Result<void> LedgerFolder::sync() const {
    for (const auto& folder : {root_, keys()}) {
        TRY(sync_folder(folder));
    }
    const auto has_store = TRY(is_there(truth()));
    if (!has_store) {
        return done();  // for whoever opens it to say
    }
    // The store's engine cuts its log to what it found there, and a power cut may then keep that
    // length and not the bytes.
    const auto names = TRY(list_folder(truth()));
    for (const auto& name : names) {
        if (name.ends_with(".log")) {
            const auto log = TRY(OpenFile::open(truth() / name, OpenFile::Use::read));
            TRY(log->sync());
        }
    }
    return done();
}

Result<FolderFacts> FolderFacts::parse(std::string_view text) {
    if (!text.starts_with(first_line)) {
        return Error{Fault::corrupt, "ledger.txt does not begin with wsoa-ledger/v1"};
    }
    text.remove_prefix(first_line.size());
    const auto ledger_hex = TRY(value_of(text, "ledger"));
    const auto ledger = hash_from_hex(ledger_hex);
    if (!ledger.ok()) {
        return as_stored(ledger.error());
    }
    auto origin = TRY(origin_of(text, "origin"));
    const auto guard = TRY(value_of(text, "guard"));
    std::optional<Origin> successor;
    if (!text.empty()) {
        successor = TRY(origin_of(text, "successor"));
    }
    if (!text.empty() || !guard.starts_with('/') || guard.find('\0') != std::string::npos) {
        return Error{Fault::corrupt, "ledger.txt does not end as it should",
                     "put ledger.txt back from a backup"};
    }
    return FolderFacts{.ledger = ledger.value(),
                       .origin = std::move(origin),
                       .guard = guard,
                       .successor = std::move(successor)};
}

std::string FolderFacts::str() const {
    return fmt::format("{}ledger {}\norigin {}\nguard {}\n{}", first_line, to_hex(ledger.view()),
                       origin.str(), guard.string(),
                       successor ? fmt::format("successor {}\n", successor->str()) : "");
}

Result<FolderFacts> FolderFacts::read(const LedgerFolder& folder) {
    const auto bytes = read_file(folder.facts(), facts_bytes_max);
    if (!bytes.ok()) {
        if (bytes.error().fault == Fault::missing) {
            return error(Fault::missing, "there is no ledger in {}", folder.root().string())
                .advise(
                    "name its folder with --ledger or WSOA_LEDGER, or make one with `wsoa init`");
        }
        return bytes.error();
    }
    return parse(text_of(bytes.value()));
}

Result<void> check_guard_path(const LedgerFolder& folder, const std::filesystem::path& guard) {
    if (!is_one_line_outside(folder, guard)) {
        return error(Fault::invalid, "{} is no place for the guard of this ledger", guard.string())
            .advise(
                "name a file outside the ledger's folder, where no backup of that folder puts it "
                "back");
    }
    return done();
}

Result<void> check_spare_path(const LedgerFolder& folder, const std::filesystem::path& spare) {
    if (!is_one_line_outside(folder, spare)) {
        return error(Fault::invalid, "{} is no place for a spare of this vault", spare.string())
            .advise("name a file outside the ledger's folder, which is not lost with it");
    }
    return done();
}

Result<void> settle_ledger_keys(const LedgerFolder& folder) {
    TRY(destroy_leftovers(folder.keys()));
    const auto has_old = TRY(is_there(folder.old_ledger_key()));
    if (!has_old) {
        return done();
    }
    const auto has_key = TRY(is_there(folder.ledger_key()));
    if (!has_key) {
        const auto moved = move_durably(folder.next_ledger_key(), folder.ledger_key());
        if (!moved.ok() && moved.error().fault == Fault::missing) {
            return error(Fault::missing, "the ledger's new key is not in {}",
                         folder.keys().string())
                .advise("put it back there as ledger.pem, from a backup of that folder");
        }
        TRY(moved);
    }
    return destroy(folder.old_ledger_key());
}

Result<void> hand_over_ledger_keys(const LedgerFolder& folder) {
    TRY(settle_ledger_keys(folder));
    const auto has_next = TRY(is_there(folder.next_ledger_key()));
    if (!has_next) {
        return error(Fault::missing, "there is no {} to take over",
                     folder.next_ledger_key().string())
            .advise("put it back there from a backup of that folder");
    }
    TRY(move_durably(folder.ledger_key(), folder.old_ledger_key()));
    return settle_ledger_keys(folder);
}

std::string folder_readme(const FolderFacts& facts, std::string_view verifier_key) {
    return fmt::format(
        "This folder is a ledger: the record of a plan, kept by wsoa.\n"
        "\n"
        "  name       {}\n"
        "  ledger     {}\n"
        "  signed by  {}\n"
        "\n"
        "Never edit, move or delete anything in it. Every change was signed by its author, and the "
        "whole\n"
        "is one Merkle tree whose root the ledger signed: a change made by hand does not pass for "
        "a record,\n"
        "it only breaks the proof. Copy it with `wsoa` while nobody writes, or stop the keeper "
        "first.\n"
        "\n"
        "To check it:   wsoa --ledger THIS-FOLDER verify\n"
        "Without us:    the checkpoints are C2SP signed notes, the tree is RFC 6962's, the "
        "authors'\n"
        "               signatures are Ed25519; `wsoa log --raw EVENT` writes what `openssl "
        "pkeyutl -verify`\n"
        "               takes, and schemas/README.md of the source gives every byte.\n"
        "\n"
        "The words that people typed are encrypted in truth/ under keys/vault-*.wsoa. Without the "
        "vault\n"
        "they are gone, and the proof still stands. views/ may be deleted at any time.\n"
        "The guard lies outside, at {}.\n",
        facts.origin.str(), to_hex(facts.ledger.view()), verifier_key, facts.guard.string());
}

Result<void> write_readme(const LedgerFolder& folder, const FolderFacts& facts,
                          std::string_view verifier_key) {
    const auto text = folder_readme(facts, verifier_key);
    return write_durably(folder.readme(), bytes_of(text), Access::owner);
}

}  // namespace wsoa
