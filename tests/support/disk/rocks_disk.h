#pragma once

#include "tests/support/disk/disk.h"

#include <memory>

namespace rocksdb {
class Env;
}

namespace wsoa::test {

// RocksDB's view of a disk of ours, with the machine's threads, and a clock on which nobody sleeps.
// The disk is borrowed.
std::unique_ptr<rocksdb::Env> rocks_env_on(Disk& disk);

}  // namespace wsoa::test
