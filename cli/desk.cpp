#include "cli/desk.h"

#include "cli/passphrase.h"
#include "ledger/base/limits.h"
#include "ledger/keys/key_file.h"
#include "ledger/ledger_vault.h"

#include <filesystem>

namespace wsoa {
namespace {

// A reader that meets a hole catches up with the writer and looks again, so many times.
constexpr int reading_tries_max = 5;

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

// Null where this machine has no guard.
Result<std::optional<TreeSize>> guarded_size(const FolderFacts& about) {
    const auto head = Guard::read(about.guard, about.ledger);
    if (head.ok()) {
        return std::optional(head.value().size);
    }
    if (head.error().fault == Fault::missing) {
        return std::optional<TreeSize>{};
    }
    return head.error();
}

}  // namespace

Result<void> Reading::with_plan(const PlanRef& plan) {
    if (state.plan(plan) != nullptr) {
        return done();
    }
    auto now = views->plan_now(*history, plan);
    if (now.ok()) {
        state.plans.emplace(plan, std::move(now).value());
    } else if (now.error().fault != Fault::missing) {
        return std::move(now).error();
    }
    return done();
}

Desk::Desk(const Invocation& given, Surroundings& around)
    : given_(given),
      around_(around),
      log_(log_to_stderr(Log::Level::warning)),
      tokens_(given, around) {}

Desk::~Desk() {
    // The reading's snapshot ends before the store that it is of.
    reading_.reset();
    if (has_recorded_ && ledger_) {
        let_views_follow();
    }
    writing_.reset();
    ledger_.reset();
}

void Desk::let_views_follow() {
    const auto follow = [&]() -> Result<void> {
        const auto where = TRY(folder());
        const auto history = TRY(ledger_->history());
        return follow_in_views(where, *history, output());
    };
    const auto followed = follow();
    if (!followed.ok()) {
        output().note(
            fmt::format("What was recorded stands; only the views could not follow, and "
                        "will be made anew: {}",
                        followed.error().message));
    }
}

Result<LedgerFolder> Desk::folder() const {
    const auto named = given_.find("ledger");
    if (!named) {
        return Error{Fault::invalid, "no ledger was named",
                     "name its folder with --ledger DIR, or set WSOA_LEDGER"};
    }
    return LedgerFolder(std::filesystem::absolute(*named));
}

Result<FolderFacts> Desk::facts() {
    std::optional<FolderFacts> found;
    if (!given_.find("ledger") && around_.variables.find("WSOA_KEEPER")) {
        found = TRY(facts_of_keeper());
    } else {
        const auto where = TRY(folder());
        found = TRY(FolderFacts::read(where));
    }
    auto about = std::move(*found);
    around_.output.mark(about.origin.is_rehearsal() ? Ledgers::rehearsal : Ledgers::real);
    return about;
}

Result<Desk::Recalled> Desk::recall(const FolderFacts& about) const {
    const auto own = memory();
    return own.ok() ? own.value().last_seen(about.ledger) : Result<Recalled>(Recalled{});
}

Result<std::unique_ptr<Reading>> Desk::reading_of(std::unique_ptr<History> history,
                                                  const FolderFacts& about,
                                                  const Recalled& recalled) {
    State state;
    TRY(history->fold_into(state, std::nullopt));
    TRY(expect_named(state.keyring.facts(), about));
    const auto own = memory();
    if (own.ok()) {
        TRY(own.value().see(about.ledger, recalled, *history));
    } else {
        output().note(own.error().message);
    }
    const auto zone = TRY(Zone::find(state.keyring.facts().zone));
    auto reading = std::make_unique<Reading>(zone);
    reading->history = std::move(history);
    reading->state = std::move(state);
    return reading;
}

Result<void> Desk::expect_named(const LedgerFacts& facts, const FolderFacts& about) {
    if (facts.ledger != about.ledger || facts.origin != about.origin.str()) {
        return Error{Fault::distrusted, "the store is not the ledger that ledger.txt names",
                     "put ledger.txt back as it was, or find out who changed it"};
    }
    return done();
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
    const auto about = TRY(facts());
    reading_ = TRY(through_keeper(&Desk::read_through, about));
    if (!reading_) {
        reading_ = TRY(read_directly(about));
    }
    return reading_.get();
}

Result<std::unique_ptr<Reading>> Desk::read_directly(const FolderFacts& about) {
    const auto where = TRY(folder());
    // What the tool remembers first, then the guard, then the store: what the first saw the second
    // vouches for, and what that vouches for is in the store by then.
    const auto recalled = TRY(recall(about));
    const auto guarded = TRY(guarded_size(about));
    if (!guarded) {
        output().note(
            "This machine has no guard of the ledger; what its newest checkpoint covers is shown. "
            "Before anything is recorded here: `wsoa guard adopt --checkpoint FILE`, with a "
            "checkpoint that was kept elsewhere");
    }
    auto store = TRY(RocksReader::open(where.truth(), scratch_folder()));
    auto history = TRY(open_history(*store, guarded));
    auto reading = TRY(reading_of(std::move(history), about, recalled));
    reading->store = std::move(store);
    reading->views = std::make_unique<ViewsReader>(where, scratch_folder(), output());
    return reading;
}

Result<Reading*> Desk::reading_directly() {
    if (!reading_) {
        const auto about = TRY(facts());
        reading_ = TRY(read_directly(about));
    }
    return reading_.get();
}

Result<const KeyTree*> Desk::word_keys(const History& history) {
    const auto* keys = TRY(word_keys_unchecked());
    if (keys != nullptr && !vault_ && !was_vault_compared_) {
        TRY(compare_with_vault(history, read_vault_->facts()));
        was_vault_compared_ = true;
    }
    return keys;
}

Result<const KeyTree*> Desk::word_keys_unchecked() {
    if (vault_) {
        return &vault_->words();
    }
    const auto* const contents = TRY(read_vault());
    return contents != nullptr ? &contents->words : nullptr;
}

Result<const KeyTree*> Desk::document_keys() {
    if (vault_) {
        return &vault_->documents();
    }
    const auto* const contents = TRY(read_vault());
    return contents != nullptr ? &contents->documents : nullptr;
}

Result<const VaultContents*> Desk::read_vault() {
    if (!was_vault_tried_) {
        was_vault_tried_ = true;
        const auto where = TRY(folder());
        const auto about = TRY(facts());
        const auto can_unlock = TRY(can_unlock_vault(where));
        if (!can_unlock) {
            return nullptr;
        }
        const auto unlock = TRY(unlock_vault(where));
        read_vault_ = TRY(Vault::read(where.keys(), about.ledger, unlock));
    }
    return read_vault_ ? &read_vault_->contents : nullptr;
}

Result<std::vector<ReadableWord>> Desk::words_of(const Event& event, const History& history) {
    if (event.envelope().words.empty()) {
        return std::vector<ReadableWord>{};
    }
    if (!ledger_) {
        auto* const client = TRY(keeper());
        if (client != nullptr) {
            return words_through(*client, event.index());
        }
    }
    const auto* keys = TRY(word_keys(history));
    if (vault_) {
        // It may be made to forget, and a walk that was kept would still know.
        auto walk = KeyWalk::over(keys);
        return readable_words(event, history, walk ? &*walk : nullptr);
    }
    if (!word_walk_ && keys != nullptr) {
        word_walk_.emplace(*keys);
    }
    return readable_words(event, history, word_walk_ ? &*word_walk_ : nullptr);
}

}  // namespace wsoa
