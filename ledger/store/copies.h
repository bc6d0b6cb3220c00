#pragma once

#include "ledger/store/files.h"

namespace wsoa {

// Whole files and folders that are copied, or given second names. Bytes are durable on return,
// names only once whoever copies has synced the folder: sync_folder(). Errors are those of files.h.

// A second name for a file, on the same disk. `unavailable` also where the disk has no such names.
Result<void> link_file(const std::filesystem::path& from, const std::filesystem::path& to);

// A new file of the first bytes of another; `corrupt` if there are fewer of them.
Result<void> copy_bytes(const std::filesystem::path& from, const std::filesystem::path& to,
                        std::uint64_t bytes);

// Whether two files are of one length and alike in their last 4 KiB. False if either is not there.
Result<bool> are_alike_at_the_end(const std::filesystem::path& left,
                                  const std::filesystem::path& right);

// Whether a folder stands at the path; a link to one is none.
Result<bool> is_folder(const std::filesystem::path& path);

// Removes a folder with all that is in it, or nothing where there is none. Not durable: it is for
// what is removed again after a crash.
Result<void> remove_tree(const std::filesystem::path& folder);

// Files that are counted as they are copied into a backup, or out of one.
struct CopyCount {
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;
    std::uint64_t files_copied = 0;  // and not known from an earlier backup
    std::uint64_t bytes_copied = 0;
};

// A file that never changes once it has its name: the one that an earlier backup has is as good.
Result<void> copy_immutable(const std::filesystem::path& from, const std::filesystem::path& to,
                            const std::filesystem::path& earlier, CopyCount& count);
// The first bytes of any other file.
Result<void> copy_changing(const std::filesystem::path& from, const std::filesystem::path& to,
                           std::uint64_t bytes, CopyCount& count);
// A file of a few lines into another folder; nothing where there is none.
Result<void> copy_small(const std::filesystem::path& from, const std::filesystem::path& folder,
                        CopyCount& count);
// A new folder with everything in another one, all of it immutable. What begins with a dot is just
// being written, and is left out.
Result<void> copy_tree(const std::filesystem::path& from, const std::filesystem::path& to,
                       const std::filesystem::path& earlier, CopyCount& count);

}  // namespace wsoa
