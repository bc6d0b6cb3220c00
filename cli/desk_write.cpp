// How a ledger is opened for writing, and its own key changes hands.

#include "cli/desk.h"
#include "ledger/base/limits.h"
#include "ledger/keys/key_file.h"
#include "ledger/ledger_guard.h"

namespace wsoa {

Result<Desk::LedgerKey> Desk::read_ledger_key(const std::filesystem::path& path) {
    const auto bytes = TRY(read_file(path, limits::key_file_bytes_max));
    const std::string pem(text_of(bytes));
    const auto sealed = TRY(is_sealed(pem));
    std::optional<Secret> passphrase;
    if (sealed) {
        passphrase = TRY(passphrase_for_ledger());
    }
    auto signer = read_private_key(pem, passphrase);
    if (!signer.ok()) {
        return std::move(signer).error().explain("reading {}", path.string());
    }
    return LedgerKey{.signer = std::move(signer).value(), .is_sealed = sealed};
}

Result<void> Desk::open_ledger_keys(const LedgerFolder& where) {
    TRY(settle_ledger_keys(where));
    ledger_key_ = TRY(read_ledger_key(where.ledger_key()));
    const auto has_next = TRY(is_there(where.next_ledger_key()));
    if (has_next) {
        next_ledger_key_ = TRY(read_ledger_key(where.next_ledger_key()));
    }
    return done();
}

Result<LedgerParts> Desk::open_parts(const Needless& is_needless) {
    const auto where = TRY(folder());
    const auto about = TRY(facts());
    if (about.successor) {
        return error(Fault::refused, "this ledger was succeeded by {}, and is written no more",
                     about.successor->str())
            .advise("record in that one; this one can be read and verified for ever");
    }
    lock_ = TRY(WriterLock::acquire(where.lock(), LockHolder::here(given_.command, clock_.now()),
                                    {.at_most = around_.patience, .is_needless = is_needless}));
    TRY(where.sync());
    TRY(open_ledger_keys(where));
    const auto unlock = TRY(unlock_vault(where));
    vault_ = TRY(Vault::open(where.keys(), about.ledger, unlock, random_));
    guard_ = TRY(Guard::open(about.guard, about.ledger));
    store_ = TRY(RocksStore::open_writer(where.truth()));
    return LedgerParts{.store = *store_,
                       .guard = *guard_,
                       .signer = *ledger_key_.signer,
                       .next_signer = waiting_ledger_signer(),
                       .word_keys = vault_->words(),
                       .environment = environment(),
                       .vault = vault_.get(),
                       .document_keys = &vault_->documents()};
}

Result<Ledger*> Desk::writing_directly(const Needless& is_needless) {
    if (ledger_) {
        return ledger_.get();
    }
    const auto about = TRY(facts());
    const auto own = TRY(memory());
    const auto recalled = TRY(own.last_seen(about.ledger));
    const auto parts = TRY(open_parts(is_needless));
    auto ledger = TRY(Ledger::open(parts));
    TRY(expect_named(ledger->facts(), about));
    const auto history = TRY(ledger->history());
    const auto where = TRY(folder());
    const auto seen = TRY(all_sightings(about, where, history->size()));
    TRY(compare_with_sightings(*history, seen));
    TRY(own.see(about.ledger, recalled, *history));
    TRY(check_sealing(*ledger));
    begins_ = std::make_unique<ViewsReader>(TRY(folder()), scratch_folder(), output());
    ledger->begin_plans_at(*begins_);
    ledger_ = std::move(ledger);
    TRY(finish_handover());
    return ledger_.get();
}

Result<void> Desk::check_sealing(const Ledger& ledger) const {
    const bool is_all_sealed = vault_->is_sealed() && ledger_key_.is_sealed &&
                               (!next_ledger_key_ || next_ledger_key_->is_sealed);
    if (!is_all_sealed && !ledger.facts().is_rehearsal) {
        return Error{Fault::refused,
                     "the ledger's key and vault lie open to whoever reads its folder, which only "
                     "a rehearsal's may",
                     "put them under a passphrase with `wsoa keys seal-ledger`"};
    }
    return done();
}

const Signer& Desk::present_ledger_signer() const {
    const auto& present = ledger_->facts().signing_key_at(ledger_->checkpoint().checkpoint.size);
    return ledger_key_.signer->key() == present || !next_ledger_key_ ? *ledger_key_.signer
                                                                     : *next_ledger_key_->signer;
}

const Signer* Desk::waiting_ledger_signer() const {
    return next_ledger_key_ ? next_ledger_key_->signer.get() : nullptr;
}

// Once the events say that the new key signs, its file takes the old one's place. README.txt first:
// when the files stand, nothing would tell that it is still to be written.
Result<void> Desk::finish_handover() {
    const auto& present = present_ledger_signer();
    if (present.key() == ledger_key_.signer->key()) {
        return done();
    }
    const auto where = TRY(folder());
    const auto about = TRY(FolderFacts::read(where));
    const auto vkey = TRY(NoteKey::ed25519(ledger_->facts().origin, present.key()));
    TRY(write_readme(where, about, vkey.str()));
    TRY(hand_over_ledger_keys(where));
    output().note(fmt::format(
        "The ledger's new key signs from here on, and the old one is destroyed. Hand the new line "
        "\"Signed by\" to those who check the ledger: {}",
        vkey.str()));
    // The ledger has borrowed both, so the old one goes with it.
    retired_ledger_key_ = std::move(ledger_key_);
    ledger_key_ = std::move(*next_ledger_key_);
    next_ledger_key_.reset();
    return done();
}

}  // namespace wsoa
