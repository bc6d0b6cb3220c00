#pragma once

#include "ledger/base/names.h"
#include "ledger/store/files.h"

#include <filesystem>
#include <optional>

namespace wsoa {

// What stands where in a ledger's folder.
//
//   ledger.txt   what this folder is: ledger, origin, and where the guard lies
//   truth/       the store
//   documents/   encrypted pieces of documents
//   views/       what can be rebuilt from the truth at any time
//   cosigned/    what witnesses said of its checkpoints, if any did (ledger/store/cosigned.h)
//   keys/        the ledger's signing key, sealed or not, and the vault
//   spares.txt   which spares of the vault were written, and where to
//   writer.lock  who writes now
//   keeper.sock  where a keeper serves while it holds the ledger
//   README.txt   for whoever finds the folder
class LedgerFolder {
public:
    explicit LedgerFolder(std::filesystem::path root) : root_(std::move(root)) {}

    const std::filesystem::path& root() const { return root_; }
    std::filesystem::path truth() const { return root_ / "truth"; }
    std::filesystem::path documents() const { return root_ / "documents"; }
    std::filesystem::path views() const { return root_ / "views"; }
    std::filesystem::path keys() const { return root_ / "keys"; }
    std::filesystem::path ledger_key() const { return keys() / "ledger.pem"; }
    // The key that is to take over, while its confirmation is waited for.
    std::filesystem::path next_ledger_key() const { return keys() / "ledger-next.pem"; }
    // The key that signed before, for the moment of its destruction.
    std::filesystem::path old_ledger_key() const { return keys() / "ledger-old.pem"; }
    std::filesystem::path spares() const { return root_ / "spares.txt"; }
    std::filesystem::path lock() const { return root_ / "writer.lock"; }
    std::filesystem::path socket() const { return root_ / "keeper.sock"; }
    std::filesystem::path facts() const { return root_ / "ledger.txt"; }
    std::filesystem::path readme() const { return root_ / "README.txt"; }

    // The folder and its subfolders, where there is nothing yet: `conflict` if the path holds
    // anything.
    Result<void> create() const;
    // For whoever opens it to write, first of all: the names that are found, and the end of the
    // store's log, may be in the machine's memory only, if a sync of them failed or whoever wrote
    // them died before it. On return they are durable.
    Result<void> sync() const;

private:
    std::filesystem::path root_;
};

// What ledger.txt says, as lines of "name value" under "wsoa-ledger/v1". It only helps to find
// things: what a ledger is, its events and its guard say. The last line is there only if another
// ledger has succeeded this one, which is written no more.
struct FolderFacts {
    Hash ledger;
    Origin origin;
    std::filesystem::path guard;
    std::optional<Origin> successor = {};

    // `corrupt` unless it is just these lines.
    static Result<FolderFacts> parse(std::string_view text);
    std::string str() const;
    // `missing`, with what to do, if the folder is no ledger's.
    static Result<FolderFacts> read(const LedgerFolder& folder);
};

// `invalid` unless a ledger in the folder can have its guard there: the path is absolute, outside
// the folder, and one line.
Result<void> check_guard_path(const LedgerFolder& folder, const std::filesystem::path& guard);
// The same of a spare of the vault, which is for a safe.
Result<void> check_spare_path(const LedgerFolder& folder, const std::filesystem::path& spare);

// What the ledger's own key in these files goes through when another one takes over. Which key
// signs the events say, and the files follow. Only for the one who holds the writer's lock.

// Finishes a handover that a crash cut short, and destroys what unfinished writes left, so that
// ledger.pem is the one key file but for one that waits. To be called before a key is read.
// `missing`, and nothing is touched, if the old key is there alone: then the new one was taken
// away.
Result<void> settle_ledger_keys(const LedgerFolder& folder);
// ledger-next.pem becomes ledger.pem, and the old key is destroyed: whoever has it could sign a
// second history. Once begun it is for settle_ledger_keys to finish.
Result<void> hand_over_ledger_keys(const LedgerFolder& folder);

// The text of README.txt: what this is, never to edit it, and how to check it without this program.
std::string folder_readme(const FolderFacts& facts, std::string_view verifier_key);
Result<void> write_readme(const LedgerFolder& folder, const FolderFacts& facts,
                          std::string_view verifier_key);

}  // namespace wsoa
