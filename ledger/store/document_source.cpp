#include "ledger/store/document_source.h"

#include "ledger/base/sha256.h"
#include "ledger/evidence/manifest.h"

#include <chrono>
#include <system_error>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

Error cannot_look_at(const fs::path& path, const std::error_code& code) {
    const bool is_missing = code == std::errc::no_such_file_or_directory;
    return error(is_missing ? Fault::missing : Fault::unavailable, "looking at {} failed: {}",
                 path.string(), code.message());
}

}  // namespace

Result<std::unique_ptr<FileSource>> FileSource::open(const fs::path& path) {
    // Before it is opened: to open a pipe is to wait for whoever writes to it.
    std::error_code code;
    const auto status = fs::status(path, code);
    if (code) {
        return cannot_look_at(path, code);
    }
    if (!fs::is_regular_file(status)) {
        return error(Fault::invalid, "{} is not a file", path.string())
            .advise("name one file; put several into an archive first");
    }
    auto file = TRY(OpenFile::open(path, OpenFile::Use::read));
    return std::unique_ptr<FileSource>(new FileSource(path, std::move(file)));
}

Result<DocumentSource::State> FileSource::state() const {
    std::error_code code;
    const auto size = fs::file_size(path_, code);
    if (code) {
        return cannot_look_at(path_, code);
    }
    const auto modified = fs::last_write_time(path_, code);
    if (code) {
        return cannot_look_at(path_, code);
    }
    const auto since =
        std::chrono::duration_cast<std::chrono::nanoseconds>(modified.time_since_epoch());
    return State{.size = size, .modified_ns = since.count()};
}

Result<Hash> digest_of(const DocumentSource& source) {
    Sha256 hash;
    std::uint64_t offset = 0;
    while (true) {
        const auto bytes = TRY(source.read_at(offset, document_piece_bytes));
        hash.add(bytes);
        offset += bytes.size();
        if (bytes.size() < document_piece_bytes) {
            return hash.finish();
        }
    }
}

}  // namespace wsoa
