#pragma once

#include "ledger/base/numbers.h"
#include "ledger/store/files.h"

namespace wsoa {

// What a ledger last signed: so many events, under this root.
struct GuardedHead {
    TreeSize size;
    Hash root;

    bool operator==(const GuardedHead&) const = default;
};

// Remembers, outside the ledger's folder, the last head that was signed, so that a folder put back
// from a backup or cloned cannot sign a second history.
//
// One file of two slots of 4 KiB, written in turn, so that a write that was cut short leaves the
// head before it. A slot is "wsoa-guard/v1\n", the ledger (32 bytes), a sequence number, the size
// (both u64, big-endian), the root (32) and the SHA-256 of these 94 bytes; the rest of it is zero
// and is not looked at.
//
// One process at a time has a guard open for writing. What the guard says is for the caller to
// compare with the store: it judges nothing itself.
class Guard {
public:
    // A guard where there is none yet, vouching for the head at once. `conflict` if anything
    // stands at the path.
    static Result<std::unique_ptr<Guard>> create(const std::filesystem::path& path,
                                                 const Hash& ledger, const GuardedHead& head);
    // `missing` if there is none, `distrusted` if it guards another ledger, `corrupt` if neither
    // slot can be believed, `busy` if another process has it open. What it then shows is durable.
    static Result<std::unique_ptr<Guard>> open(const std::filesystem::path& path,
                                               const Hash& ledger);
    // The last head, for those who only read: beside a writer too, and with the same errors.
    static Result<GuardedHead> read(const std::filesystem::path& path, const Hash& ledger);

    const GuardedHead& last() const { return newest_.head; }

    // Durable on return. `conflict` if the head goes back or changes the root of a size that was
    // signed. After a write has failed there are no more (`unavailable`): open it again.
    Result<void> record(const GuardedHead& head);

    // A slot that can be believed, and which of the two it is.
    struct Slot {
        std::uint64_t sequence = 0;
        GuardedHead head;
        std::size_t place = 0;
    };

private:
    Guard(std::unique_ptr<OpenFile> file, const Hash& ledger, const Slot& newest)
        : file_(std::move(file)), ledger_(ledger), newest_(newest) {}

    std::unique_ptr<OpenFile> file_;
    Hash ledger_;
    Slot newest_;
    bool is_poisoned_ = false;
};

}  // namespace wsoa
