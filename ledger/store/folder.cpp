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
    return done();
}

Result<FolderFacts> FolderFacts::parse(std::string_view text) {
    if (!text.starts_with(first_line)) {
        return Error{Fault::corrupt, "ledger.txt does not begin with wsoa-ledger/v1"};
    }
    text.remove_prefix(first_line.size());
    const auto ledger_hex = TRY(value_of(text, "ledger"));
    const auto ledger = TRY(hash_from_hex(ledger_hex));
    const auto origin_text = TRY(value_of(text, "origin"));
    auto origin = TRY(Origin::parse(origin_text));
    const auto guard = TRY(value_of(text, "guard"));
    if (!text.empty() || guard.empty() || guard.front() != '/') {
        return Error{Fault::corrupt, "ledger.txt does not end with its guard's path"};
    }
    return FolderFacts{.ledger = ledger, .origin = std::move(origin), .guard = guard};
}

std::string FolderFacts::str() const {
    return fmt::format("{}ledger {}\norigin {}\nguard {}\n", first_line, to_hex(ledger.view()),
                       origin.str(), guard.string());
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

}  // namespace wsoa
