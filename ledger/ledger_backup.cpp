#include "ledger/ledger_backup.h"

#include "ledger/ledger_copy.h"
#include "ledger/ledger_guard.h"
#include "ledger/store/beside.h"
#include "ledger/store/copies.h"
#include "ledger/store/rocks_folder.h"

#include <algorithm>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view part_name = "ledger.part";

class BackingUp {
public:
    explicit BackingUp(const BackupJob& job)
        : job_(job), staging_(job.ledger.root() / "backup.part"), part_(job.to / part_name) {}

    Result<BackupMade> run();

private:
    Result<void> claim();
    Result<void> copy();
    Result<BackupFacts> prove(const std::optional<GuardedHead>& guarded) const;
    Result<void> put_in_place(const BackupFacts& facts) const;
    Result<BackupMade> refresh(BackupFacts facts);
    fs::path earlier() const {
        return earlier_ ? job_.to / earlier_->folder() : job_.to / "no earlier one";
    }

    const BackupJob& job_;
    fs::path staging_;
    fs::path part_;
    std::optional<BackupFacts> earlier_;
    CopyCount count_;
};

// Whether a backup may be made there, and what is there already.
Result<void> BackingUp::claim() {
    const auto is_one = TRY(is_there(job_.to));
    if (!is_one) {
        return create_folder(job_.to, Access::owner);
    }
    auto facts = BackupFacts::read(job_.to);
    if (facts.ok()) {
        if (facts.value().ledger != job_.about.ledger) {
            return error(Fault::conflict, "{} holds a backup of another ledger, {}",
                         job_.to.string(), facts.value().origin.str())
                .advise("name another folder");
        }
        earlier_ = std::move(facts).value();
        return done();
    }
    if (facts.error().fault != Fault::missing) {
        return std::move(facts).error().advise("name another folder, or put its backup.txt back");
    }
    const auto names = TRY(list_folder(job_.to));
    const bool is_ours = std::ranges::all_of(names, [](const std::string& name) {
        return name == part_name || name.starts_with(backup_copy_start) || name.starts_with('.');
    });
    if (!is_ours) {
        return error(Fault::conflict, "{} is not empty, and holds no backup", job_.to.string())
            .advise("name a folder that does not exist yet");
    }
    return done();
}

Result<void> BackingUp::copy() {
    TRY(remove_tree(part_));
    TRY(create_folder(part_, Access::owner));
    // Before the store: what witnesses said is never of more events than the copy holds.
    TRY(copy_beside(job_.ledger.root(), part_, earlier(), count_));
    const auto files = TRY(link_store(job_.ledger.truth(), staging_));
    TRY(create_folder(part_ / "truth", Access::owner));
    for (const auto& file : files) {
        const auto to = part_ / "truth" / file.name;
        if (file.is == StoreFile::Is::immutable) {
            TRY(copy_immutable(staging_ / file.name, to, earlier() / "truth" / file.name, count_));
        } else {
            TRY(copy_changing(staging_ / file.name, to, file.bytes, count_));
        }
    }
    TRY(sync_folder(part_ / "truth"));
    // After the events that name them.
    TRY(copy_tree(job_.ledger.documents(), part_ / "documents", earlier() / "documents", count_));
    TRY(copy_small(job_.ledger.facts(), part_, count_));
    TRY(copy_small(job_.ledger.readme(), part_, count_));
    return sync_folder(part_);
}

Result<BackupFacts> BackingUp::prove(const std::optional<GuardedHead>& guarded) const {
    const auto copy = TRY(LedgerCopy::open(part_ / "truth", job_.scratch, job_.sizes));
    if (copy.facts.ledger != job_.about.ledger) {
        return Error{Fault::distrusted, "the store is not the ledger that ledger.txt names"};
    }
    if (guarded) {
        TRY(compare_with_guard(*copy.history, *guarded));
    }
    const auto checkpoint = TRY(own_checkpoint(*copy.history, copy.facts));
    return BackupFacts{.ledger = job_.about.ledger,
                       .origin = job_.about.origin,
                       .size = copy.history->size(),
                       .root = copy.history->root(),
                       .files = count_.files,
                       .bytes = count_.bytes,
                       .made = job_.now,
                       .note = checkpoint.note};
}

// Until backup.txt names the new one, the earlier one is the backup.
Result<void> BackingUp::put_in_place(const BackupFacts& facts) const {
    const auto folder = job_.to / facts.folder();
    TRY(remove_tree(folder));
    TRY(move_durably(part_, folder));
    const auto text = facts.str();
    TRY(write_durably(job_.to / backup_facts_name, bytes_of(text), Access::owner));
    const auto names = TRY(list_folder(job_.to));
    for (const auto& name : names) {
        if (name.starts_with(backup_copy_start) && name != facts.folder()) {
            TRY(remove_tree(job_.to / name));
        }
    }
    return done();
}

// The earlier backup is of the same events: it stays, and gains what others gave since.
Result<BackupMade> BackingUp::refresh(BackupFacts facts) {
    CopyCount gained;
    TRY(bring_beside(part_, earlier(), gained));
    TRY(remove_tree(part_));
    if (gained.files_copied == 0) {
        return BackupMade{.facts = *earlier_};
    }
    const auto text = facts.str();
    TRY(write_durably(job_.to / backup_facts_name, bytes_of(text), Access::owner));
    return BackupMade{.facts = std::move(facts),
                      .files_copied = gained.files_copied,
                      .bytes_copied = gained.bytes_copied};
}

Result<BackupMade> BackingUp::run() {
    TRY(claim());
    const auto lock =
        TRY(OpenFile::open(job_.ledger.root() / "backup.lock", OpenFile::Use::create_write));
    const bool is_alone = TRY(lock->try_lock());
    if (!is_alone) {
        return Error{Fault::busy, "another backup of this ledger is being made",
                     "wait until it is done"};
    }
    const auto head = Guard::read(job_.about.guard, job_.about.ledger);
    const auto guarded = head.ok() ? std::optional(head.value()) : std::nullopt;
    const auto copied = copy();
    // Whatever became of it: what the writer deletes should be gone.
    TRY(remove_tree(staging_));
    TRY(copied);
    auto facts = TRY(prove(guarded));
    if (earlier_ && earlier_->size == facts.size && earlier_->root == facts.root) {
        return refresh(std::move(facts));
    }
    TRY(put_in_place(facts));
    return BackupMade{.facts = std::move(facts),
                      .files_copied = count_.files_copied,
                      .bytes_copied = count_.bytes_copied};
}

}  // namespace

Result<BackupMade> make_backup(const BackupJob& job) { return BackingUp(job).run(); }

}  // namespace wsoa
