#pragma once

#include "cli/arguments.h"
#include "cli/keeper/readable.h"
#include "cli/memory.h"
#include "cli/tokens.h"
#include "cli/views.h"
#include "cli/writing.h"
#include "ledger/event/json.h"
#include "ledger/ledger.h"
#include "ledger/plan/fold.h"
#include "ledger/store/folder.h"
#include "ledger/store/lock.h"
#include "ledger/store/rocks_store.h"
#include "ledger/store/system.h"
#include "ledger/store/vault.h"

#include <memory>
#include <optional>

namespace wsoa {

// A ledger that is open for reading: one moment of it, and what its events add up to.
struct Reading {
    std::unique_ptr<RocksReader> store;  // null where a keeper lends the moment
    std::unique_ptr<History> history;
    State state;  // the ledger and its people; plans by `with_plan`
    Zone zone;
    std::unique_ptr<ViewsReader> views;

    // Puts the plan into the state, if there is one.
    Result<void> with_plan(const PlanRef& plan);
    // A subject's events, oldest first, each with who held its key then.
    Result<std::vector<TrailEntry>> trail_of(const SubjectRef& subject) const {
        return views->trail_of(*history, subject);
    }
    // The day that it is now in the ledger's zone.
    Date today(Clock& clock) const { return zone.day_of(clock.now()); }

    Reading(Zone ledger_zone) : zone(std::move(ledger_zone)) {}
};

// What a command works at: its ledger, its author's key and the vault, opened when they are asked
// for.
//
// Opening the folder directly is for the office: whoever can, is the operator. Everything opened
// stays open until the desk goes; the writer's lock with it. A desk that recorded anything lets the
// views follow before it goes: that they could not is a note, since what was recorded stands.
class Desk {
public:
    Desk(const Invocation& given, Surroundings& around);
    ~Desk();
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;

    Environment environment() { return {clock_, random_, *log_}; }
    Output& output() { return around_.output; }
    const Invocation& given() const { return given_; }
    Surroundings& around() { return around_; }

    // `missing`, with what to do, if no ledger was named or there is none.
    Result<LedgerFolder> folder() const;
    // What the ledger's folder says of it, or the keeper where only that was named; marks the
    // output as being about it.
    Result<FolderFacts> facts();
    // What ledger.txt says is believed for nothing that event 0 says otherwise: its name tells
    // whether the ledger is a rehearsal. `distrusted` if the two differ.
    static Result<void> expect_named(const LedgerFacts& facts, const FolderFacts& about);
    Result<Memory> memory() const { return Memory::of(around_.variables); }

    // The author's key, from --key or WSOA_KEY.
    Result<const Signer*> signer();
    // A person's key from a folder of them, for rehearsals.
    Result<const Signer*> signer_of(const PersonId& person, const std::filesystem::path& keys);

    // A key in a file, its passphrase asked for where it is sealed.
    Result<std::unique_ptr<Signer>> open_key(const std::filesystem::path& path) {
        return read_key(path);
    }
    // An id that no change has.
    ChangeId fresh_id();

    // For reading, beside a writer too. Compared with what this tool has seen of the ledger.
    Result<Reading*> reading();
    // The same from the ledger's folder itself, whoever else holds it: for what no keeper lends. To
    // be asked before reading() is.
    Result<Reading*> reading_directly();
    // For writing: through the keeper if one holds the ledger, or else directly. Compared with what
    // this tool has seen of the ledger.
    Result<Writing*> writing();
    // Opens the folder for writing and takes the writer's lock: for what only its owner can do.
    // `busy` beside a keeper; `refused` if key or vault of a ledger that is no rehearsal are not
    // sealed.
    Result<Ledger*> writing_directly() { return writing_directly({}); }
    // The same without the ledger on top of it: for what brings a store in order first. Once.
    Result<LedgerParts> open_parts() { return open_parts({}); }
    // What writing_directly() has opened.
    Store& store() { return *store_; }
    const KeyTree& open_word_keys() const { return vault_->words(); }
    Vault& vault() { return *vault_; }
    const KeyTree& open_document_keys() const { return vault_->documents(); }
    // The keeper that holds the ledger; null if none does.
    Result<KeeperClient*> keeper();
    // The same, signed in with the key that was named, if one was.
    Result<KeeperClient*> signed_in_keeper();
    // What is handed over to the keeper until its change is recorded. It goes before a connection
    // that is lost.
    void hold(std::unique_ptr<RemoteUpload> upload) { upload_ = std::move(upload); }

    // Signs what a line says and records it: fills in author, role, day, id, version and what was
    // seen, commits, keeps the receipt. `answers` by id must have been resolved.
    Result<Committed> record(ChangeLine& line, const Signer& signer) {
        return record(line, signer, std::nullopt);
    }
    // The same with the document that the line names.
    Result<Committed> record(ChangeLine& line, const Signer& signer,
                             std::optional<HandedDocument> document);
    // What the rules would say of a line; nothing is written.
    Result<void> try_out(ChangeLine& line, const Signer& signer);
    // What a line would be recorded as; nothing is written.
    Result<Submission> compose(ChangeLine& line, const Signer& signer);

    // The vault's key tree of words; null where there is none, or it is sealed and no passphrase is
    // at hand.
    // As it lies there: whether it is older than the last erasure is the caller's to ask.
    Result<const KeyTree*> word_keys_unchecked();
    // The same, compared with a moment of the ledger that was read before: `distrusted` if the
    // vault is older than what was erased by then.
    Result<const KeyTree*> word_keys(const History& history);
    // The vault's key tree of documents; null as above.
    Result<const KeyTree*> document_keys();
    // The tokens that this command has logged in to.
    Tokens& tokens() { return tokens_; }
    // What opens the vault in the ledger's folder, asked for: a passphrase, a token, or nothing.
    Result<VaultUnlock> unlock_vault(const LedgerFolder& where);
    // The token that seals the vault: of the open one, or else as its file says, which nobody has
    // compared with its seal. Null for none, and where there is no vault or only a keeper.
    Result<std::optional<TokenSeal>> vault_token();
    // An event's words as far as the vault opens them.
    Result<std::vector<ReadableWord>> words_of(const Event& event, const History& history);

    // The passphrase that opens a key, or the ledger's own key and vault. Asked for once each.
    Result<Secret> passphrase_for_key(std::string_view what);
    Result<Secret> passphrase_for_ledger();
    // A passphrase to be set.
    Result<Secret> fresh_passphrase(std::string_view what);
    // Of what writing() has opened: the ledger's own key that signs now, the one in its folder that
    // waits (null for none), and whether the first is sealed.
    const Signer& present_ledger_signer() const;
    const Signer* waiting_ledger_signer() const;
    bool is_ledger_key_sealed() const { return ledger_key_.is_sealed; }
    // Whether a passphrase can be had without a person at the terminal.
    bool has_passphrase_source() const;

    // A key that signed in a rehearsal is known to whoever held the folder: real ledgers refuse it.
    // Remembered by the tool that signed with it.
    Result<void> refuse_rehearsal_key(const KeyId& key) const;

    // A receipt as people and programs read it.
    void show(const Committed& committed, const ChangeLine& line);

private:
    Result<std::unique_ptr<Signer>> read_key(const std::filesystem::path& path);
    struct LedgerKey {
        std::unique_ptr<Signer> signer;
        bool is_sealed = false;
    };
    Result<LedgerKey> read_ledger_key(const std::filesystem::path& path);
    Result<void> open_ledger_keys(const LedgerFolder& where);
    Result<void> check_sealing(const Ledger& ledger) const;
    Result<void> finish_handover();
    Result<FolderFacts> facts_of_keeper();
    // What the tool remembers of the ledger, to be asked before the ledger is looked at.
    using Recalled = std::optional<Checkpoint>;
    Result<Recalled> recall(const FolderFacts& about) const;
    Result<std::unique_ptr<Reading>> reading_of(std::unique_ptr<History> history,
                                                const FolderFacts& about, const Recalled& recalled);
    Result<std::unique_ptr<Reading>> read_directly(const FolderFacts& about);
    Result<std::filesystem::path> keeper_socket() const;
    Result<std::unique_ptr<Reading>> read_through(KeeperClient& client, const FolderFacts& about);
    Result<std::unique_ptr<Writing>> write_through(KeeperClient& client, const FolderFacts& about);
    Result<KeeperClient*> reconnect();
    // Whether a keeper serves by now, though none did before. It is the desk's from then on.
    bool finds_keeper();
    // Until whoever holds the writer's lock is done with it, or the wait is needless.
    using Needless = std::function<bool()>;
    Result<Ledger*> writing_directly(const Needless& is_needless);
    Result<LedgerParts> open_parts(const Needless& is_needless);
    // What is opened through the keeper; null where none serves.
    template <typename T>
    Result<std::unique_ptr<T>> through_keeper(
        Result<std::unique_ptr<T>> (Desk::*open)(KeeperClient&, const FolderFacts&),
        const FolderFacts& about);
    Result<KeeperClient*> next_keeper();
    Result<void> sign_in(KeeperClient& client);
    Result<std::vector<ReadableWord>> words_through(KeeperClient& client, EventIndex index);
    // Null where it is sealed and no passphrase, or no token, is at hand.
    Result<const VaultContents*> read_vault();
    // Says that words are not shown, and why, where the vault is sealed and nothing is at hand that
    // would open it; then false.
    Result<bool> can_unlock_vault(const LedgerFolder& where);
    void let_views_follow();
    Result<Submission> compose_for(Writing& ledger, ChangeLine& line, const Signer& signer);
    Result<schema::Role> role_for(const ChangeLine& line, const PersonId& author, Date today);

    const Invocation& given_;
    Surroundings& around_;
    SystemClock clock_;
    SystemRandom random_;
    std::unique_ptr<Log> log_;

    // Before what is read through it.
    std::unique_ptr<KeeperClient> keeper_;
    std::unique_ptr<RemoteUpload> upload_;  // after the keeper, so that it goes first
    bool was_keeper_tried_ = false;
    bool is_signed_in_ = false;

    std::unique_ptr<Signer> signer_;
    std::map<PersonId, std::unique_ptr<Signer>> signers_;
    std::optional<Secret> ledger_passphrase_;
    std::optional<Secret> key_passphrase_;
    // Before the vault that is opened with them.
    Tokens tokens_;
    std::optional<Secret> vault_passphrase_;

    // In the order in which they must go again: the ledger before what it borrows.
    std::unique_ptr<WriterLock> lock_;
    std::unique_ptr<RocksStore> store_;
    std::unique_ptr<Guard> guard_;
    std::unique_ptr<Vault> vault_;
    std::optional<VaultRead> read_vault_;
    std::optional<KeyWalk> word_walk_;  // over its words
    bool was_vault_tried_ = false;
    bool was_vault_compared_ = false;
    LedgerKey ledger_key_;
    std::optional<LedgerKey> next_ledger_key_;
    LedgerKey retired_ledger_key_;
    std::unique_ptr<ViewsReader> begins_;
    std::unique_ptr<Ledger> ledger_;
    std::unique_ptr<Writing> writing_;
    bool has_recorded_ = false;
    std::unique_ptr<Reading> reading_;
};

}  // namespace wsoa
