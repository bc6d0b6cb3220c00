#pragma once

#include "ledger/base/names.h"
#include "ledger/base/numbers.h"
#include "ledger/base/time.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace wsoa {

inline constexpr std::string_view backup_facts_name = "backup.txt";
// How the folder of a copy is called: "ledger-411", by its size.
inline constexpr std::string_view backup_copy_start = "ledger-";

// What backup.txt says of the copy that lies beside it: lines of "name value" under
// "wsoa-backup/v1", an empty line, and the signed checkpoint over what the copy holds. Only what it
// names is a backup: whatever else lies there was left by a command that was cut short.
struct BackupFacts {
    Hash ledger;
    Origin origin;
    TreeSize size;
    Hash root;
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    Instant made;
    std::string note;

    // The folder of the copy.
    std::string folder() const;
    // `corrupt` unless it is just these lines.
    static Result<BackupFacts> parse(std::string_view text);
    std::string str() const;
    // `missing` if the folder holds no backup.
    static Result<BackupFacts> read(const std::filesystem::path& backup);
};

}  // namespace wsoa
