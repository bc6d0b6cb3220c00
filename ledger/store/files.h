#pragma once

#include "ledger/base/bytes.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace wsoa {

// Files and folders as POSIX keeps them. When a function that writes has returned, what it did
// outlives a power cut: file and folder are synced.
//
// Every failure names the path and what the system said. `missing`: there is no such file or
// folder; `conflict`: there is one already; otherwise `unavailable`.

// Who may read what is written. Only its owner may ever write it.
enum class Access : std::uint8_t { owner, everyone };

// The whole file. `invalid` if it is larger than `bytes_max`; no more than that is ever read.
Result<Bytes> read_file(const std::filesystem::path& path, std::size_t bytes_max);

// Puts a file in place, whole or not at all: whoever reads the path, also after a crash, finds the
// old bytes or the new ones. What stood there is replaced.
Result<void> write_durably(const std::filesystem::path& path, ByteView bytes, Access access);

// The same for a file that must not exist yet: `conflict` if it does, and it stays as it was. Of
// several who create one path at the same time exactly one succeeds.
Result<void> create_durably(const std::filesystem::path& path, ByteView bytes, Access access);

class OpenFile;

// The same without waiting for the disk, to which the bytes are on their way: the file is whole for
// every reader, and outlives a power cut once it was synced and its folder too.
Result<std::unique_ptr<OpenFile>> create_unsynced(const std::filesystem::path& path, ByteView bytes,
                                                  Access access);

// Gives a file another name on the same disk; at every moment it bears one of the two. What stood
// under the new name is replaced.
Result<void> move_durably(const std::filesystem::path& from, const std::filesystem::path& to);

Result<void> remove_durably(const std::filesystem::path& path);
// Without the sync of its folder: for what may come back after a power cut, and is removed again.
Result<void> remove_file(const std::filesystem::path& path);

// Overwrites the file with zeros before it is removed, so that nothing is left of it in the blocks
// that it held. A file system or a drive that writes elsewhere, and every copy, keep what they
// have. A symbolic link is `unavailable`, and its target stays.
Result<void> destroy(const std::filesystem::path& path);

// Writes that a crash cut short leave temporary files (".name.x1y2z3.tmp") in their folder. This
// destroys them, since they may hold what a later erasure must reach. Only for the one process that
// writes in that folder.
Result<void> destroy_leftovers(const std::filesystem::path& folder);

// Makes the names in the folder durable.
Result<void> sync_folder(const std::filesystem::path& folder);

// One new folder in one that exists, synced.
Result<void> create_folder(const std::filesystem::path& folder, Access access);
// The same without the sync: it outlives a power cut once the folder that it is in was synced.
Result<void> create_folder_unsynced(const std::filesystem::path& folder, Access access);

// A folder with nothing in it: a new one, or one that was found empty. `conflict` otherwise.
Result<void> claim_folder(const std::filesystem::path& folder, Access access);

// The names in the folder in the order of their bytes, without "." and "..".
Result<std::vector<std::string>> list_folder(const std::filesystem::path& folder);

// In bytes; a link's own.
Result<std::uint64_t> size_of_file(const std::filesystem::path& path);

// Whether anything stands at the path, a broken link included.
Result<bool> is_there(const std::filesystem::path& path);

// A file that stays open, read and written at given places. Closed when it goes; by then whoever
// wrote has called sync(), so that closing has nothing left to fail at.
class OpenFile {
public:
    enum class Use : std::uint8_t {
        read,         // an existing file, to be read
        write,        // an existing file, to be read and written
        create_write  // the same, made empty if it is missing
    };
    static Result<std::unique_ptr<OpenFile>> open(const std::filesystem::path& path, Use use);
    ~OpenFile();
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;

    // At most `bytes_max` bytes from the place; fewer only where the file ends.
    Result<Bytes> read_at(std::uint64_t offset, std::size_t bytes_max) const;
    // All of the bytes, or an error after which any part of them may be there.
    Result<void> write_at(std::uint64_t offset, ByteView bytes);
    Result<void> resize(std::uint64_t bytes);
    // Puts what was written on stable storage. After a failure nobody knows what is on the disk,
    // and calling it again would not tell: open the file anew and look.
    Result<void> sync();
    // Takes the lock that one open file at a time can have (flock(2)); it goes when the file is
    // closed or the process ends, however it ends. False if somebody else has it.
    Result<bool> try_lock();

private:
    friend Result<std::unique_ptr<OpenFile>> create_unsynced(const std::filesystem::path&, ByteView,
                                                             Access);
    OpenFile(int descriptor, std::filesystem::path path)
        : descriptor_(descriptor), path_(std::move(path)) {}

    int descriptor_;
    std::filesystem::path path_;
};

}  // namespace wsoa
