#include "ledger/store/cosigned.h"

#include "ledger/base/limits.h"
#include "ledger/store/kept_folder.h"
#include "ledger/tree/lines.h"

#include <algorithm>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const LedgerFolder& ledger) { return ledger.root() / "cosigned"; }

fs::path file_of(const LedgerFolder& ledger, TreeSize size) {
    return folder_of(ledger) / std::to_string(size.value);
}

bool holds_line_by(const Note& note, const NoteSignature& line) {
    return std::ranges::any_of(note.signatures, [&](const NoteSignature& other) {
        return other.name == line.name && other.key_id == line.key_id;
    });
}

}  // namespace

Result<std::vector<TreeSize>> cosigned_sizes(const LedgerFolder& folder) {
    std::vector<TreeSize> sizes;
    const auto names = TRY(names_kept_in(folder_of(folder)));
    for (const auto& name : names) {
        if (const auto size = parse_decimal(name); size.ok()) {
            sizes.push_back(TreeSize{size.value()});
        }
    }
    std::ranges::sort(sizes);
    return sizes;
}

Result<std::optional<std::string>> cosigned_note(const LedgerFolder& folder, TreeSize size) {
    using Kept = std::optional<std::string>;
    const auto bytes = read_file(file_of(folder, size), limits::note_bytes_max);
    if (!bytes.ok()) {
        return bytes.error().fault == Fault::missing ? Result<Kept>(Kept{})
                                                     : Result<Kept>(bytes.error());
    }
    return Kept(text_of(bytes.value()));
}

Result<std::string> keep_cosignatures(const LedgerFolder& folder, TreeSize size,
                                      const std::string& checkpoint_note,
                                      const std::vector<NoteSignature>& lines,
                                      std::chrono::milliseconds wait) {
    const auto lock = TRY(lock_kept(folder_of(folder), wait));
    const auto kept = TRY(cosigned_note(folder, size));
    auto note = TRY(Note::parse(kept.value_or(checkpoint_note)));
    for (const auto& line : lines) {
        if (!holds_line_by(note, line)) {
            note.signatures.push_back(line);
        }
    }
    if (note.signatures.size() > limits::note_signatures_max) {
        return error(Fault::invalid, "a checkpoint bears at most {} signatures",
                     limits::note_signatures_max);
    }
    const auto text = note.str();
    TRY(write_durably(file_of(folder, size), bytes_of(text), Access::owner));
    return text;
}

}  // namespace wsoa
