#pragma once

#include "ledger/ledger_restore.h"
#include "ledger/store/folder.h"
#include "ledger/store/rocks_store.h"

#include <filesystem>
#include <map>
#include <memory>

namespace wsoa {

// What a line of `wsoa log --raw EVENT --json` says of its event.
struct RawEvent {
    EventIndex index;
    Bytes entry;
};
// `invalid` for anything else than such a line. What it says beside the two is passed over, for it
// follows from the entry.
Result<RawEvent> parse_raw_line(std::string_view line);

// A copy of a ledger as somebody hands it in: the folder of another copy, or a file of the lines
// that `wsoa log --raw --json` writes. A folder has words and checkpoints too; lines have neither.
class MirrorCopy {
public:
    // `scratch` is a folder that must not exist yet, for the while that this lives. `distrusted` if
    // the folder is another ledger's; `invalid` if the file holds anything but such lines.
    static Result<std::unique_ptr<MirrorCopy>> open(const std::filesystem::path& path,
                                                    const Hash& ledger,
                                                    const std::filesystem::path& scratch);

    // Borrows this.
    Mirror mirror() const;

private:
    MirrorCopy() = default;
    static Result<std::unique_ptr<MirrorCopy>> of_folder(const LedgerFolder& folder,
                                                         const Hash& ledger,
                                                         const std::filesystem::path& scratch);
    static Result<std::unique_ptr<MirrorCopy>> of_lines(const std::filesystem::path& path);
    Result<std::optional<MirroredEvent>> event(EventIndex index) const;
    Result<std::optional<std::string>> checkpoint(TreeSize size) const;

    // Either of the two: a moment of a store, or what the lines held.
    std::unique_ptr<RocksReader> store_;
    std::unique_ptr<Snapshot> snapshot_;
    std::map<EventIndex, Bytes> entries_;
};

}  // namespace wsoa
