#include "ledger/store/files.h"

#include "ledger/store/system_call.h"
#include "ledger/store/temporary.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t chunk_bytes = 65'536;

Result<void> fill(Temporary& temporary, const fs::path& path, ByteView bytes, Access access) {
    TRY(temporary.write(path, bytes, access));
    TRY(temporary.sync());
    return temporary.close();
}

bool is_leftover(std::string_view name) { return name.starts_with('.') && name.ends_with(".tmp"); }

}  // namespace

Result<Bytes> read_file(const fs::path& path, std::size_t bytes_max) {
    const Held file(uninterrupted([&] { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC); }));
    if (file.get() < 0) {
        return call_failure(errno, "opening", path);
    }
    Bytes bytes;
    while (true) {
        const auto start = bytes.size();
        // One byte more than may be there tells a file that is too large.
        bytes.resize(start + std::min(chunk_bytes, bytes_max - start + 1));
        const auto count = uninterrupted(
            [&] { return ::read(file.get(), bytes.data() + start, bytes.size() - start); });
        if (count < 0) {
            return call_failure(errno, "reading", path);
        }
        bytes.resize(start + static_cast<std::size_t>(count));
        if (count == 0) {
            return bytes;
        }
        if (bytes.size() > bytes_max) {
            return error(Fault::invalid, "{} is larger than {} bytes", path.string(), bytes_max);
        }
    }
}

Result<void> write_durably(const fs::path& path, ByteView bytes, Access access) {
    Temporary temporary;
    TRY(fill(temporary, path, bytes, access));
    TRY(temporary.rename_into_place());
    return sync_folder(folder_of(path));
}

Result<void> create_durably(const fs::path& path, ByteView bytes, Access access) {
    Temporary temporary;
    TRY(fill(temporary, path, bytes, access));
    TRY(temporary.link_into_place());
    return sync_folder(folder_of(path));
}

Result<std::unique_ptr<OpenFile>> create_unsynced(const fs::path& path, ByteView bytes,
                                                  Access access) {
    Temporary temporary;
    TRY(temporary.write(path, bytes, access));
    TRY(temporary.begin_sync());
    TRY(temporary.link_into_place());
    return std::unique_ptr<OpenFile>(new OpenFile(temporary.released(), path));
}

Result<void> move_durably(const fs::path& from, const fs::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) {
        return call_failure(errno, "moving", from);
    }
    TRY(sync_folder(folder_of(to)));
    return folder_of(from) == folder_of(to) ? done() : sync_folder(folder_of(from));
}

Result<void> remove_file(const fs::path& path) {
    if (::unlink(path.c_str()) != 0) {
        return call_failure(errno, "removing", path);
    }
    return done();
}

Result<void> remove_durably(const fs::path& path) {
    TRY(remove_file(path));
    return sync_folder(folder_of(path));
}

Result<void> destroy(const fs::path& path) {
    Held file(uninterrupted(
        [&] { return ::open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC); }));
    if (file.get() < 0) {
        return call_failure(errno, "opening", path);
    }
    struct stat about {};
    if (::fstat(file.get(), &about) != 0) {
        return call_failure(errno, "looking at", path);
    }
    if (!S_ISREG(about.st_mode)) {
        return error(Fault::unavailable, "{} is not a file, so it was left alone", path.string());
    }
    const Bytes zeros(chunk_bytes);
    const auto size = static_cast<std::uint64_t>(about.st_size);
    for (std::uint64_t offset = 0; offset < size; offset += chunk_bytes) {
        const auto count = std::min<std::uint64_t>(chunk_bytes, size - offset);
        TRY(write_all(file.get(), offset, ByteView(zeros).first(count), path));
    }
    TRY(sync_all(file.get(), path));
    TRY(file.close(path));
    return remove_durably(path);
}

namespace {

// create_durably links the finished file to its name before it unlinks the temporary one. A crash
// between the two leaves two names of one file: to overwrite the one would be to destroy the other.
Result<void> destroy_leftover(const fs::path& path) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0) {
        return call_failure(errno, "looking at", path);
    }
    return status.st_nlink > 1 ? remove_durably(path) : destroy(path);
}

}  // namespace

Result<void> destroy_leftovers(const fs::path& folder) {
    const auto names = TRY(list_folder(folder));
    for (const auto& name : names) {
        if (is_leftover(name)) {
            TRY(destroy_leftover(folder / name));
        }
    }
    return done();
}

Result<void> sync_folder(const fs::path& folder) {
    Held held(
        uninterrupted([&] { return ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
    if (held.get() < 0) {
        return call_failure(errno, "opening", folder);
    }
    TRY(sync_all(held.get(), folder));
    return held.close(folder);
}

Result<void> create_folder(const fs::path& folder, Access access) {
    TRY(create_folder_unsynced(folder, access));
    return sync_folder(folder_of(folder));
}

Result<void> create_folder_unsynced(const fs::path& folder, Access access) {
    const mode_t mode = access == Access::owner ? 0700 : 0755;
    if (::mkdir(folder.c_str(), mode) != 0) {
        return call_failure(errno, "creating", folder);
    }
    return done();
}

Result<void> claim_folder(const fs::path& folder, Access access) {
    const auto has_folder = TRY(is_there(folder));
    if (!has_folder) {
        return create_folder(folder, access);
    }
    const auto names = TRY(list_folder(folder));
    if (!names.empty()) {
        return error(Fault::conflict, "{} is not empty", folder.string())
            .advise("name a folder that does not exist yet");
    }
    return done();
}

Result<std::vector<std::string>> list_folder(const fs::path& folder) {
    const std::unique_ptr<DIR, int (*)(DIR*)> stream(::opendir(folder.c_str()), &::closedir);
    if (stream == nullptr) {
        return call_failure(errno, "opening", folder);
    }
    std::vector<std::string> names;
    while (true) {
        errno = 0;
        const auto* entry = ::readdir(stream.get());
        if (entry == nullptr) {
            if (errno != 0) {
                return call_failure(errno, "listing", folder);
            }
            break;
        }
        const std::string_view name(&entry->d_name[0]);
        if (name != "." && name != "..") {
            names.emplace_back(name);
        }
    }
    std::ranges::sort(names);
    return names;
}

Result<std::uint64_t> size_of_file(const fs::path& path) {
    struct stat about {};
    if (::lstat(path.c_str(), &about) != 0) {
        return call_failure(errno, "looking at", path);
    }
    return static_cast<std::uint64_t>(about.st_size);
}

Result<bool> is_there(const fs::path& path) {
    struct stat about {};
    if (::lstat(path.c_str(), &about) == 0) {
        return true;
    }
    if (errno == ENOENT) {
        return false;
    }
    return call_failure(errno, "looking at", path);
}

}  // namespace wsoa
