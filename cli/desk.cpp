#include "cli/desk.h"

#include "cli/passphrase.h"
#include "ledger/base/limits.h"
#include "ledger/keys/key_file.h"

#include <unistd.h>

#include <filesystem>

namespace wsoa {
namespace {

// A reader that meets a hole catches up with the writer and looks again, so many times.
constexpr int reading_tries_max = 5;

std::filesystem::path scratch_folder() {
    static int count = 0;
    return std::filesystem::temp_directory_path() /
           fmt::format("wsoa-reader-{}-{}", ::getpid(), count++);
}

Result<std::unique_ptr<History>> open_history(RocksReader& store,
                                              const std::optional<TreeSize>& guarded) {
    for (int tries = 1;; ++tries) {
        auto snapshot = TRY(store.snapshot());
        const auto size = guarded ? *guarded : TRY(History::newest_size(*snapshot));
        auto history = History::open(std::move(snapshot), size);
        // Opened beside a busy writer a reader may miss rows that are there; catching up mends
        // that.
        if (history.ok() || history.error().fault != Fault::corrupt || tries == reading_tries_max) {
            return history;
        }
        TRY(store.catch_up());
    }
}

Result<void> fold_all(State& state, const History& history, const std::optional<PlanRef>& plan) {
    return history.each_event_of(plan, [&](const Event& event) -> Result<Snapshot::Step> {
        fold(state, event);
        return Snapshot::Step::next;
    });
}

}  // namespace

Result<void> Reading::with_plan(const PlanRef& plan) {
    return state.plan(plan) != nullptr ? done() : fold_all(state, *history, plan);
}

Desk::Desk(const Invocation& given, Surroundings& around)
    : given_(given), around_(around), log_(log_to_stderr(Log::Level::warning)) {}

Desk::~Desk() {
    // The reading's snapshot ends before the store that it is of.
    reading_.reset();
    ledger_.reset();
}

Result<LedgerFolder> Desk::folder() const {
    const auto named = given_.find("ledger");
    if (!named) {
        return Error{Fault::invalid, "no ledger was named",
                     "name its folder with --ledger DIR, or set WSOA_LEDGER"};
    }
    return LedgerFolder(std::filesystem::absolute(*named));
}

Result<FolderFacts> Desk::facts() const {
    const auto where = TRY(folder());
    return FolderFacts::read(where);
}

bool Desk::has_passphrase_source() const {
    return given_.has("passphrase-file") || around_.variables.find("WSOA_PASSPHRASE_COMMAND") ||
           around_.variables.find("WSOA_PASSPHRASE_FD") ||
           around_.variables.find("CREDENTIALS_DIRECTORY");
}

Result<Secret> Desk::passphrase_for_key(std::string_view what) {
    if (!key_passphrase_) {
        key_passphrase_ = TRY(read_passphrase({.file = given_.find("passphrase-file"),
                                               .variables = around_.variables,
                                               .terminal = around_.terminal},
                                              what));
    }
    return Secret(key_passphrase_->view());
}

Result<Secret> Desk::passphrase_for_ledger() {
    const auto own_file = given_.find("ledger-passphrase-file");
    if (!own_file) {
        return passphrase_for_key("the ledger's key and vault");
    }
    if (!ledger_passphrase_) {
        ledger_passphrase_ = TRY(read_passphrase(
            {.file = own_file, .variables = around_.variables, .terminal = around_.terminal},
            "the ledger's key and vault"));
    }
    return Secret(ledger_passphrase_->view());
}

Result<Secret> Desk::fresh_passphrase(std::string_view what) {
    return new_passphrase({.file = given_.find("passphrase-file"),
                           .variables = around_.variables,
                           .terminal = around_.terminal},
                          what);
}

Result<std::unique_ptr<Signer>> Desk::read_key(const std::filesystem::path& path) {
    auto bytes = read_file(path, limits::key_file_bytes_max);
    if (!bytes.ok()) {
        return std::move(bytes).error().explain("reading the key");
    }
    const std::string pem(text_of(bytes.value()));
    const auto sealed = TRY(is_sealed(pem));
    std::optional<Secret> passphrase;
    if (sealed) {
        passphrase = TRY(passphrase_for_key(fmt::format("the key {}", path.string())));
    }
    std::unique_ptr<Signer> signer = TRY(read_private_key(pem, passphrase));
    return signer;
}

Result<std::unique_ptr<Signer>> Desk::read_ledger_key(const std::filesystem::path& path) {
    const auto bytes = TRY(read_file(path, limits::key_file_bytes_max));
    const std::string pem(text_of(bytes));
    const auto sealed = TRY(is_sealed(pem));
    std::optional<Secret> passphrase;
    if (sealed) {
        passphrase = TRY(passphrase_for_ledger());
    }
    std::unique_ptr<Signer> signer = TRY(read_private_key(pem, passphrase));
    return signer;
}

Result<const Signer*> Desk::signer() {
    if (!signer_) {
        const auto path = given_.find("key");
        if (!path) {
            return Error{Fault::invalid, "no key was named",
                         "name yours with --key FILE or set WSOA_KEY; `wsoa keys new` makes one"};
        }
        signer_ = TRY(read_key(*path));
    }
    return signer_.get();
}

Result<const Signer*> Desk::signer_of(const PersonId& person, const std::filesystem::path& keys) {
    auto found = signers_.find(person);
    if (found == signers_.end()) {
        auto signer = TRY(read_key(keys / (person.str() + ".pem")));
        found = signers_.emplace(person, std::move(signer)).first;
    }
    return found->second.get();
}

Result<Reading*> Desk::reading() {
    if (reading_) {
        return reading_.get();
    }
    const auto where = TRY(folder());
    const auto about = TRY(FolderFacts::read(where));
    // The guard first: what it vouches for is in the store by then.
    std::optional<TreeSize> guarded;
    const auto head = Guard::read(about.guard, about.ledger);
    if (head.ok()) {
        guarded = head.value().size;
    } else if (head.error().fault == Fault::missing) {
        output().note(
            "This machine has no guard of the ledger; what its newest checkpoint covers is shown");
    } else {
        return head.error();
    }
    auto store = TRY(RocksReader::open(where.truth(), scratch_folder()));
    auto history = TRY(open_history(*store, guarded));
    State state;
    TRY(fold_all(state, *history, std::nullopt));
    if (state.keyring.facts().ledger != about.ledger) {
        return Error{Fault::distrusted, "the store is not the ledger that ledger.txt names",
                     "put ledger.txt back as it was, or find out who changed it"};
    }
    const auto own = memory();
    if (own.ok()) {
        TRY(own.value().see(about.ledger, *history));
    } else {
        output().note(own.error().message);
    }
    const auto zone = TRY(Zone::find(state.keyring.facts().zone));
    reading_ = std::make_unique<Reading>(zone);
    reading_->store = std::move(store);
    reading_->history = std::move(history);
    reading_->state = std::move(state);
    return reading_.get();
}

Result<Ledger*> Desk::writing() {
    if (ledger_) {
        return ledger_.get();
    }
    const auto where = TRY(folder());
    const auto about = TRY(FolderFacts::read(where));
    const auto own = TRY(memory());
    lock_ = TRY(WriterLock::acquire(where.lock(), LockHolder::here(given_.command, clock_.now())));
    TRY(where.sync());
    ledger_signer_ = TRY(read_ledger_key(where.ledger_key()));
    const auto has_next = TRY(is_there(where.next_ledger_key()));
    if (has_next) {
        next_ledger_signer_ = TRY(read_ledger_key(where.next_ledger_key()));
    }
    const auto is_vault_sealed = TRY(Vault::needs_passphrase(where.keys()));
    std::optional<Secret> passphrase;
    if (is_vault_sealed) {
        passphrase = TRY(passphrase_for_ledger());
    }
    vault_ = TRY(Vault::open(where.keys(), about.ledger, passphrase, random_));
    guard_ = TRY(Guard::open(about.guard, about.ledger));
    store_ = TRY(RocksStore::open_writer(where.truth()));
    ledger_ = TRY(Ledger::open(LedgerParts{.store = *store_,
                                           .guard = *guard_,
                                           .signer = *ledger_signer_,
                                           .next_signer = next_ledger_signer_.get(),
                                           .word_keys = vault_->words(),
                                           .environment = environment()}));
    if (ledger_->facts().ledger != about.ledger) {
        return Error{Fault::distrusted, "the store is not the ledger that ledger.txt names",
                     "put ledger.txt back as it was, or find out who changed it"};
    }
    const auto history = TRY(ledger_->history());
    TRY(own.see(about.ledger, *history));
    return ledger_.get();
}

Result<const KeyTree*> Desk::word_keys() {
    if (vault_) {
        return &vault_->words();
    }
    if (!was_vault_tried_) {
        was_vault_tried_ = true;
        const auto where = TRY(folder());
        const auto about = TRY(FolderFacts::read(where));
        const auto is_sealed_vault = TRY(Vault::needs_passphrase(where.keys()));
        std::optional<Secret> passphrase;
        if (is_sealed_vault) {
            if (!has_passphrase_source() && !given_.has("ledger-passphrase-file")) {
                output().note(
                    "The vault is sealed, so that words are not shown; "
                    "give its passphrase with --passphrase-file");
                return nullptr;
            }
            passphrase = TRY(passphrase_for_ledger());
        }
        read_vault_ = TRY(Vault::read(where.keys(), about.ledger, passphrase));
    }
    return read_vault_ ? &read_vault_->words : nullptr;
}

Result<std::vector<ReadableWord>> Desk::words_of(const Event& event, const History& history) {
    std::vector<ReadableWord> readable;
    if (event.envelope().words.empty()) {
        return readable;
    }
    const auto* keys = TRY(word_keys());
    if (keys == nullptr) {
        for (const auto& word : event.envelope().words) {
            readable.push_back({.field = word.field,
                                .is = ReadableWord::Is::sealed,
                                .text = "[sealed: the vault is not open]"});
        }
        return readable;
    }
    const auto record = TRY(history.sealed_words(event.index()));
    if (!record) {
        for (const auto& word : event.envelope().words) {
            readable.push_back({.field = word.field,
                                .is = ReadableWord::Is::damaged,
                                .text = "[missing from the store]"});
        }
        return readable;
    }
    const auto opened = TRY(open_words({.ledger = event.envelope().ledger, .index = event.index()},
                                       *record, event.envelope().words, *keys));
    for (const auto& word : opened) {
        if (const auto* text = std::get_if<Word>(&word.outcome)) {
            readable.push_back(
                {.field = word.field, .is = ReadableWord::Is::text, .text = text->text});
        } else if (const auto* failure = std::get_if<Error>(&word.outcome)) {
            readable.push_back({.field = word.field,
                                .is = ReadableWord::Is::damaged,
                                .text = "[damaged: " + failure->message + "]"});
        } else {
            readable.push_back(
                {.field = word.field, .is = ReadableWord::Is::erased, .text = "[erased]"});
        }
    }
    return readable;
}

}  // namespace wsoa
