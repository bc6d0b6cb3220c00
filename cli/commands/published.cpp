#include "cli/commands/published.h"

#include "ledger/store/cosigned.h"

#include <algorithm>

namespace wsoa {
namespace {

// Where a keeper alone was named there is no folder to look into.
std::optional<LedgerFolder> folder_at_hand(const Desk& desk) {
    auto folder = desk.folder();
    return folder.ok() ? std::optional(std::move(folder).value()) : std::nullopt;
}

Result<NoteKey> key_at(const Reading& reading, TreeSize size) {
    const auto& facts = reading.state.keyring.facts();
    return NoteKey::ed25519(facts.origin, facts.signing_key_at(size));
}

// What comes from a file beside the store is believed only as far as the ledger's signature over
// the ledger's own root goes.
Result<PublishedCheckpoint> opened(const Reading& reading, const std::string& note, TreeSize size) {
    const auto& facts = reading.state.keyring.facts();
    auto key = TRY(key_at(reading, size));
    auto checkpoint = TRY(open_checkpoint(note, key, facts.origin));
    const auto root = TRY(reading.history->root_at(size));
    if (checkpoint.checkpoint.size != size || checkpoint.checkpoint.root != root) {
        return error(Fault::corrupt, "the checkpoint over {} events is not that of these events",
                     size.value);
    }
    return PublishedCheckpoint{std::move(checkpoint), std::move(key)};
}

Result<std::optional<PublishedCheckpoint>> cosigned(const LedgerFolder& folder,
                                                    const Reading& reading, TreeSize size) {
    const auto note = TRY(cosigned_note(folder, size));
    if (!note) {
        return std::optional<PublishedCheckpoint>{};
    }
    auto published = opened(reading, *note, size);
    if (!published.ok()) {
        return std::move(published)
            .error()
            .explain("reading what witnesses said of {} events", size.value)
            .advise(
                "nothing of the ledger is lost: move that file out of cosigned/, and ask again");
    }
    return std::optional(std::move(published).value());
}

}  // namespace

Result<PublishedCheckpoint> checkpoint_at(Desk& desk, const Reading& reading, TreeSize size) {
    if (const auto folder = folder_at_hand(desk)) {
        auto found = TRY(cosigned(*folder, reading, size));
        if (found) {
            return *std::move(found);
        }
    }
    std::optional<Bytes> row;
    if (size <= reading.history->size()) {
        row = TRY(reading.history->snapshot().get(layout::checkpoint_key(size)));
    }
    if (!row) {
        return error(Fault::missing, "no checkpoint was signed over just {} events", size.value)
            .advise("`wsoa log` shows which events there are; each command signs one when it ends");
    }
    return opened(reading, std::string(text_of(*row)), size);
}

Result<PublishedCheckpoint> newest_checkpoint(Desk& desk, const Reading& reading) {
    const auto note = TRY(reading.history->checkpoint_note());
    const auto parsed = TRY(Note::parse(note));
    const auto checkpoint = TRY(Checkpoint::parse(parsed.text));
    return checkpoint_at(desk, reading, checkpoint.size);
}

Result<PublishedCheckpoint> checkpoint_to_prove(Desk& desk, const Reading& reading,
                                                EventIndex event) {
    if (const auto folder = folder_at_hand(desk)) {
        auto sizes = TRY(cosigned_sizes(*folder));
        std::ranges::reverse(sizes);
        const auto newest = std::ranges::find_if(sizes, [&](TreeSize size) {
            return size.holds(event) && size <= reading.history->size();
        });
        if (newest != sizes.end()) {
            return checkpoint_at(desk, reading, *newest);
        }
    }
    return newest_checkpoint(desk, reading);
}

}  // namespace wsoa
