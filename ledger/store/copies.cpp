#include "ledger/store/copies.h"

#include "ledger/store/system_call.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t piece_bytes = std::uint64_t{1} << 20;
constexpr std::uint64_t end_bytes = 4'096;

Result<Bytes> end_of(const fs::path& path, std::uint64_t size) {
    const auto file = TRY(OpenFile::open(path, OpenFile::Use::read));
    const auto count = std::min(size, end_bytes);
    return file->read_at(size - count, static_cast<std::size_t>(count));
}

}  // namespace

Result<void> link_file(const fs::path& from, const fs::path& to) {
    if (::link(from.c_str(), to.c_str()) != 0) {
        return call_failure(errno, "giving a second name to", from);
    }
    return done();
}

Result<void> copy_bytes(const fs::path& from, const fs::path& to, std::uint64_t bytes) {
    const auto source = TRY(OpenFile::open(from, OpenFile::Use::read));
    const auto copy = TRY(OpenFile::open(to, OpenFile::Use::create_write));
    for (std::uint64_t at = 0; at < bytes;) {
        const auto wanted = std::min(piece_bytes, bytes - at);
        const auto piece = TRY(source->read_at(at, static_cast<std::size_t>(wanted)));
        if (piece.size() != wanted) {
            return error(Fault::corrupt, "{} has fewer bytes than it had", from.string());
        }
        TRY(copy->write_at(at, piece));
        at += wanted;
    }
    return copy->sync();
}

Result<bool> are_alike_at_the_end(const fs::path& left, const fs::path& right) {
    for (const auto& path : {left, right}) {
        const auto is_one = TRY(is_there(path));
        if (!is_one) {
            return false;
        }
    }
    const auto size = TRY(size_of_file(left));
    const auto other = TRY(size_of_file(right));
    if (size != other) {
        return false;
    }
    const auto end = TRY(end_of(left, size));
    const auto other_end = TRY(end_of(right, size));
    return end == other_end;
}

Result<bool> is_folder(const fs::path& path) {
    struct stat about {};
    if (::lstat(path.c_str(), &about) != 0) {
        return errno == ENOENT ? Result<bool>(false)
                               : Result<bool>(call_failure(errno, "looking at", path));
    }
    return S_ISDIR(about.st_mode);
}

Result<void> remove_tree(const fs::path& folder) {
    const auto is_one = TRY(is_folder(folder));
    if (!is_one) {
        return done();
    }
    const auto names = TRY(list_folder(folder));
    for (const auto& name : names) {
        const auto path = folder / name;
        const auto is_below = TRY(is_folder(path));
        TRY(is_below ? remove_tree(path) : remove_file(path));
    }
    if (::rmdir(folder.c_str()) != 0) {
        return call_failure(errno, "removing", folder);
    }
    return done();
}

Result<void> copy_immutable(const fs::path& from, const fs::path& to, const fs::path& earlier,
                            CopyCount& count) {
    const auto bytes = TRY(size_of_file(from));
    const bool is_known = TRY(are_alike_at_the_end(from, earlier));
    // A disk without second names has the bytes copied again.
    if (is_known && link_file(earlier, to).ok()) {
        ++count.files;
        count.bytes += bytes;
        return done();
    }
    return copy_changing(from, to, bytes, count);
}

Result<void> copy_changing(const fs::path& from, const fs::path& to, std::uint64_t bytes,
                           CopyCount& count) {
    ++count.files;
    count.bytes += bytes;
    ++count.files_copied;
    count.bytes_copied += bytes;
    return copy_bytes(from, to, bytes);
}

Result<void> copy_small(const fs::path& from, const fs::path& folder, CopyCount& count) {
    const auto is_one = TRY(is_there(from));
    if (!is_one) {
        return done();
    }
    const auto bytes = TRY(size_of_file(from));
    return copy_changing(from, folder / from.filename(), bytes, count);
}

Result<void> copy_tree(const fs::path& from, const fs::path& to, const fs::path& earlier,
                       CopyCount& count) {
    TRY(create_folder(to, Access::owner));
    const auto names = TRY(list_folder(from));
    for (const auto& name : names) {
        if (name.starts_with('.')) {
            continue;
        }
        const bool is_below = TRY(is_folder(from / name));
        TRY(is_below ? copy_tree(from / name, to / name, earlier / name, count)
                     : copy_immutable(from / name, to / name, earlier / name, count));
    }
    return sync_folder(to);
}

}  // namespace wsoa
