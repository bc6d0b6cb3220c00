#include "ledger/ledger_unpack.h"

#include "ledger/store/beside.h"

#include "ledger/base/sha256.h"
#include "ledger/inspection/verify.h"
#include "ledger/ledger_copy.h"
#include "ledger/ledger_vault.h"
#include "ledger/store/copies.h"
#include "ledger/store/store_source.h"

namespace wsoa {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view vault_name_end = ".wsoa";

class Restoration {
public:
    explicit Restoration(const RestoreJob& job)
        : job_(job), part_(fs::path(job.to.root().string() + ".part")) {}

    Result<RestoreMade> run();

private:
    Result<void> fill(const BackupFacts& facts);
    Result<void> fill_keys();
    Result<void> prove(const BackupFacts& facts, const FolderFacts& about) const;
    Result<void> prove_vault(const History& history, const Hash& ledger) const;

    const RestoreJob& job_;
    LedgerFolder part_;
    CopyCount count_;
};

Result<void> Restoration::fill(const BackupFacts& facts) {
    const auto from = job_.backup / facts.folder();
    const fs::path nowhere = part_.root() / "no earlier one";
    TRY(part_.create());
    TRY(create_folder(part_.truth(), Access::owner));
    const auto names = TRY(list_folder(from / "truth"));
    for (const auto& name : names) {
        TRY(copy_immutable(from / "truth" / name, part_.truth() / name, nowhere, count_));
    }
    TRY(sync_folder(part_.truth()));
    TRY(remove_tree(part_.documents()));
    TRY(copy_tree(from / "documents", part_.documents(), nowhere, count_));
    TRY(copy_beside(from, part_.root(), nowhere, count_));
    TRY(copy_small(from / part_.facts().filename(), part_.root(), count_));
    TRY(copy_small(from / part_.readme().filename(), part_.root(), count_));
    TRY(fill_keys());
    return sync_folder(part_.root());
}

Result<void> Restoration::fill_keys() {
    if (!job_.keys) {
        return done();
    }
    const auto names = TRY(list_folder(*job_.keys));
    bool has_vault = false;
    for (const auto& name : names) {
        const bool is_vault = name.ends_with(vault_name_end);
        if (!is_vault && !name.ends_with(".pem")) {
            continue;
        }
        has_vault = has_vault || is_vault;
        const auto bytes = TRY(read_file(*job_.keys / name, vault_file_bytes_max));
        TRY(create_durably(part_.keys() / name, bytes, Access::owner));
    }
    if (!has_vault) {
        return error(Fault::missing, "there is no vault in {}", job_.keys->string())
            .advise("name the folder that holds vault-N.wsoa and ledger.pem");
    }
    return done();
}

Result<void> Restoration::prove(const BackupFacts& facts, const FolderFacts& about) const {
    const auto copy = TRY(LedgerCopy::open(part_.truth(), job_.scratch, job_.sizes));
    if (about.ledger != facts.ledger || copy.facts.ledger != facts.ledger) {
        return Error{Fault::distrusted, "the copy is not of the ledger that backup.txt names"};
    }
    const auto snapshot = TRY(copy.store->snapshot());
    const auto newest = TRY(History::newest_size(*snapshot));
    const StoreSource source(*snapshot, newest, newest);
    const auto verdict = TRY(verify_ledger(
        source, VerifyQuestion{.depth = Depth::log,
                               .known = {{.from = "the backup's checkpoint",
                                          .size = facts.size,
                                          .root = facts.root,
                                          .held = VerifyQuestion::Known::Held::by_the_operator,
                                          .note = facts.note}},
                               .workers = job_.workers}));
    for (const auto& finding : verdict.findings) {
        if (finding.is == Finding::Class::breach) {
            return error(Fault::distrusted, "the copy is not what was backed up: {}{}",
                         finding.event ? fmt::format("event {}: ", finding.event->value) : "",
                         finding.what);
        }
    }
    if (verdict.unread > 0 || verdict.size != facts.size) {
        return error(Fault::distrusted, "the copy holds {} of the {} events that were backed up",
                     verdict.size.value, facts.size.value);
    }
    if (job_.keys) {
        TRY(prove_vault(*copy.history, facts.ledger));
    }
    return job_.judge ? job_.judge(about, *copy.history) : done();
}

// As far as can be said without its passphrase: whose it is, its number and its hash.
Result<void> Restoration::prove_vault(const History& history, const Hash& ledger) const {
    const auto names = TRY(list_folder(part_.keys()));
    std::optional<VaultFacts> newest;
    for (const auto& name : names) {
        if (!name.ends_with(vault_name_end)) {
            continue;
        }
        const auto bytes = TRY(read_file(part_.keys() / name, vault_file_bytes_max));
        const auto file = VaultFile::read(bytes);
        if (!file.ok()) {
            return Error(file.error()).explain("reading {}", name);
        }
        if (file.value().ledger != ledger) {
            return error(Fault::distrusted, "the vault {} is another ledger's", name);
        }
        if (!newest || newest->generation < file.value().generation) {
            newest = VaultFacts{.generation = file.value().generation, .digest = sha256(bytes)};
        }
    }
    return newest ? compare_with_vault(history, *newest) : done();
}

Result<RestoreMade> Restoration::run() {
    auto facts = TRY(BackupFacts::read(job_.backup));
    const auto is_one = TRY(is_there(job_.to.root()));
    if (is_one) {
        return error(Fault::conflict, "there is something at {}", job_.to.root().string())
            .advise("name a folder that does not exist yet");
    }
    TRY(remove_tree(part_.root()));
    const auto filled = fill(facts);
    auto about = filled.ok() ? FolderFacts::read(part_) : Result<FolderFacts>(filled.error());
    const auto proved = about.ok() ? prove(facts, about.value()) : Result<void>(about.error());
    if (!proved.ok()) {
        // What failed counts more than whether its rest can be removed; the next one does that.
        static_cast<void>(remove_tree(part_.root()).ok());
        return proved.error();
    }
    TRY(move_durably(part_.root(), job_.to.root()));
    return RestoreMade{.facts = std::move(facts), .about = std::move(about).value()};
}

}  // namespace

Result<RestoreMade> restore_backup(const RestoreJob& job) { return Restoration(job).run(); }

}  // namespace wsoa
