#pragma once

#include "tests/support/disk/disk.h"

namespace wsoa::test {

// Below this path the program's own files lie on the mounted disk. No such folder is on the
// machine's.
inline constexpr const char* mount_point = "/wsoa-disk";

// While it lives, what ledger/store/files.cpp asks of the system under the mount point is answered
// by the disk: the linker leads those calls here (--wrap), in the programs of tests/faults and
// tests/simulation alone. One at a time; a file that is still open when it goes stays with its
// disk.
class Mount {
public:
    explicit Mount(Disk& disk);
    ~Mount();
    Mount(const Mount&) = delete;
    Mount& operator=(const Mount&) = delete;
};

}  // namespace wsoa::test
