#include "cli/commands/succession.h"

#include "cli/commands/checkpoint.h"
#include "ledger/base/text.h"
#include "ledger/ledger_guard.h"

#include <unistd.h>

namespace wsoa {
namespace {

// The newest head that a store's own key has signed: for a ledger that lost its guard.
Result<GuardedHead> newest_head(const LedgerFolder& folder, const FolderFacts& about) {
    const auto scratch =
        std::filesystem::temp_directory_path() / fmt::format("wsoa-older-{}", ::getpid());
    const auto store = TRY(RocksReader::open(folder.truth(), scratch));
    auto snapshot = TRY(store->snapshot());
    const auto size = TRY(History::newest_size(*snapshot));
    const auto history = TRY(History::open(std::move(snapshot), size));
    State state;
    TRY(history->fold_into(state, std::nullopt));
    TRY(Desk::expect_named(state.keyring.facts(), about));
    const auto own = TRY(own_checkpoint(*history, state.keyring.facts()));
    return GuardedHead{.size = own.checkpoint.size, .root = own.checkpoint.root};
}

// That the older ledger's key signed the checkpoint that was kept of it.
Result<void> check_signed(const std::filesystem::path& path, const SignedCheckpoint& kept,
                          std::string_view typed_key) {
    auto key = NoteKey::parse(typed_key);
    if (!key.ok()) {
        return std::move(key).error().explain("--succeeds-key");
    }
    const auto& origin = kept.checkpoint.origin;
    if (key.value().name() != origin) {
        return error(Fault::invalid, "{} is a checkpoint of {}, and --succeeds-key is a key of {}",
                     path.string(), origin, excerpt_of(key.value().name()))
            .advise("give the line \"Signed by\" that the older ledger handed out");
    }
    if (!open_checkpoint(kept.note, key.value(), origin).ok()) {
        return error(Fault::distrusted, "{} was not signed by the key that --succeeds-key gives",
                     path.string())
            .advise(
                "begin no ledger on it: find out who made it, or, if the older ledger's key "
                "changed, give the one that signed then");
    }
    return done();
}

}  // namespace

Result<std::unique_ptr<Succession>> Succession::of(Desk& desk, const std::filesystem::path& older,
                                                   const Origin& successor) {
    std::unique_ptr<Succession> succession(new Succession(successor));
    if (std::filesystem::is_directory(older)) {
        if (desk.given().has("succeeds-key")) {
            return Error{Fault::invalid, "--succeeds-key is for a checkpoint that was kept",
                         "leave it out: the older ledger's folder holds its key"};
        }
        TRY(succession->read_folder(desk, LedgerFolder(std::filesystem::absolute(older))));
    } else {
        TRY(succession->read_checkpoint(desk, older));
    }
    TRY(succession->check_names());
    return succession;
}

Result<void> Succession::read_folder(Desk& desk, const LedgerFolder& older) {
    auto environment = desk.environment();
    lock_ = TRY(WriterLock::acquire(
        older.lock(), LockHolder::here(desk.given().command, environment.clock.now())));
    folder_ = older;
    about_ = TRY(FolderFacts::read(older));
    if (about_->successor) {
        return error(Fault::conflict, "{} was succeeded by {} already", about_->origin.str(),
                     about_->successor->str())
            .advise("let the new ledger succeed that one");
    }
    auto head = Guard::read(about_->guard, about_->ledger);
    if (!head.ok() && head.error().fault == Fault::missing) {
        head = newest_head(older, *about_);
    }
    const auto last = TRY(head);
    predecessor_ = {.origin = about_->origin.str(),
                    .size = last.size,
                    .root = last.root,
                    .ledger = about_->ledger};
    return done();
}

Result<void> Succession::read_checkpoint(Desk& desk, const std::filesystem::path& kept) {
    const auto read = TRY(read_kept_checkpoint(kept));
    const auto& checkpoint = read.checkpoint;
    if (const auto key = desk.given().find("succeeds-key")) {
        TRY(check_signed(kept, read, *key));
    } else {
        desk.output().note(
            "Without the older ledger's folder nobody checks that it signed this checkpoint: give "
            "its verifier key with --succeeds-key; whoever holds that can check the same file "
            "later");
    }
    predecessor_ = {.origin = checkpoint.origin,
                    .size = checkpoint.size,
                    .root = checkpoint.root,
                    .ledger = {}};
    return done();
}

Result<void> Succession::check_names() const {
    const auto older = TRY(Origin::parse(predecessor_.origin));
    if (older == successor_) {
        return Error{Fault::invalid, "a new ledger has a name of its own",
                     "give it another --origin than the one that it succeeds"};
    }
    if (older.is_rehearsal() != successor_.is_rehearsal()) {
        return Error{Fault::invalid, "a rehearsal succeeds a rehearsal, and a ledger a ledger"};
    }
    return done();
}

Result<void> Succession::seal() const {
    if (!folder_) {
        return done();
    }
    auto about = *about_;
    about.successor = successor_;
    return write_durably(folder_->facts(), bytes_of(about.str()), Access::owner);
}

}  // namespace wsoa
