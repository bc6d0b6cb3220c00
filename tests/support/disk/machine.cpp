#include "tests/support/disk/machine.h"

#include "tests/support/disk/rocks_disk.h"

#include <rocksdb/env.h>

namespace wsoa::test {

Machine::Machine(DiskImage image)
    : disk_(std::move(image)), mount_(disk_), engine_(rocks_env_on(disk_)) {
    // Later than anything that was recorded on it before.
    clock().set(Instant{1'700'000'000'000});
}

Machine::~Machine() = default;

RocksSizes Machine::sizes() {
    return {.buffer_bytes = 64 << 10,
            .file_bytes = 64 << 10,
            .cache_bytes = 1 << 20,
            .machine = engine()};
}

LedgerPlace Machine::place() {
    return {.folder = ledger_folder(),
            .guard = guard_path(),
            .sizes = sizes(),
            .environment = environment()};
}

LedgerFolder ledger_folder() { return LedgerFolder(std::filesystem::path(mount_point) / "ledger"); }

std::filesystem::path guard_path() {
    return std::filesystem::path(mount_point) / "state" / "guard";
}

}  // namespace wsoa::test
