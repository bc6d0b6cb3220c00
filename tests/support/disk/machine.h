#pragma once

#include "tests/support/disk/mount.h"
#include "tests/support/environment.h"
#include "tests/support/open_ledger.h"

#include <memory>

namespace wsoa::test {

// A machine that was switched on with what its disk held: clock, chance and disk. The disk is
// mounted as long as it lives; one at a time.
class Machine {
public:
    explicit Machine(DiskImage image = {});
    ~Machine();

    Disk& disk() { return disk_; }
    rocksdb::Env* engine() { return engine_.get(); }
    Environment environment() { return environment_.environment(); }
    ManualClock& clock() { return environment_.clock(); }
    RocksSizes sizes();
    // The ledger lies in the same place on every machine here.
    LedgerPlace place();

private:
    Disk disk_;
    Mount mount_;
    std::unique_ptr<rocksdb::Env> engine_;
    TestEnvironment environment_;
};

LedgerFolder ledger_folder();
std::filesystem::path guard_path();

}  // namespace wsoa::test
