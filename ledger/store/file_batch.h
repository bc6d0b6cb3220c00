#pragma once

#include "ledger/store/temporary.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace wsoa {

// Many files that are put in place, each whole or not at all, for the price of two waits: the disk
// that they lie on is asked for all that it holds back (syncfs(2)), once before they get their
// names and once after. What stood under a name is replaced. Until commit() has returned nobody is
// promised anything, and any of the files may be there or not.
//
// Only for files of one disk, and where it does no harm to wait for what others write on it.
class FileBatch {
public:
    // So many files wait at a time; whoever adds one more commits first.
    static constexpr std::size_t files_max = 4'096;

    // The folder is on the disk where the files are to lie. `missing` if there is none.
    static Result<std::unique_ptr<FileBatch>> open(const std::filesystem::path& folder);
    FileBatch(const FileBatch&) = delete;
    FileBatch& operator=(const FileBatch&) = delete;

    // A file beside its place, on its way to the disk, for add(). Its folder exists. Any thread
    // may write one, while others do.
    static Result<std::unique_ptr<Temporary>> write(const std::filesystem::path& path,
                                                    ByteView bytes, Access access);
    void add(std::unique_ptr<Temporary> file);
    bool is_full() const { return files_.size() == files_max; }
    // On return every file is durable under its name, and the batch is empty.
    Result<void> commit();

private:
    FileBatch(int descriptor, std::filesystem::path folder)
        : folder_open_(descriptor), folder_(std::move(folder)) {}
    Result<void> sync() const;

    // Opened before anything is written, so that no failure of a write is told to somebody else.
    Held folder_open_;
    std::filesystem::path folder_;
    std::vector<std::unique_ptr<Temporary>> files_;
};

}  // namespace wsoa
