#include "cli/memory.h"

#include "ledger/base/limits.h"
#include "ledger/store/files.h"

namespace wsoa {

Result<void> create_folders(const std::filesystem::path& folder) {
    std::filesystem::path made;
    for (const auto& part : folder) {
        made /= part;
        const auto is_made = TRY(is_there(made));
        if (is_made) {
            continue;
        }
        // Another command may make the same folder at the same moment; then it is there, as asked.
        const auto created = create_folder(made, Access::owner);
        if (!created.ok() && created.error().fault != Fault::conflict) {
            return created.error();
        }
    }
    return done();
}

Result<Memory> Memory::of(const Variables& variables) {
    if (const auto state = variables.find("WSOA_STATE")) {
        return Memory(std::filesystem::absolute(*state));
    }
    if (const auto state = variables.find("XDG_STATE_HOME")) {
        return Memory(std::filesystem::path(*state) / "wsoa");
    }
    if (const auto home = variables.find("HOME")) {
        return Memory(std::filesystem::path(*home) / ".local" / "state" / "wsoa");
    }
    return Error{Fault::missing, "there is nowhere to remember checkpoints and receipts",
                 "set WSOA_STATE to a folder of yours"};
}

std::filesystem::path Memory::guard_of(const Hash& ledger) const {
    return root_ / "guards" / (to_hex(ledger.view()) + ".guard");
}

std::filesystem::path Memory::of_ledger(const Hash& ledger) const {
    return root_ / "ledgers" / to_hex(ledger.view());
}

Result<std::optional<Checkpoint>> Memory::last_seen(const Hash& ledger) const {
    const auto bytes = read_file(of_ledger(ledger) / "checkpoint", limits::note_bytes_max);
    if (!bytes.ok()) {
        if (bytes.error().fault == Fault::missing) {
            return std::optional<Checkpoint>{};
        }
        return bytes.error();
    }
    const auto note = TRY(Note::parse(text_of(bytes.value())));
    auto checkpoint = TRY(Checkpoint::parse(note.text));
    return std::optional(std::move(checkpoint));
}

Result<void> Memory::see(const Hash& ledger, const std::optional<Checkpoint>& recalled,
                         const History& history) const {
    if (recalled) {
        if (history.size() < recalled->size) {
            return error(Fault::distrusted,
                         "this ledger holds {} events, but you have seen it with {}",
                         history.size().value, recalled->size.value)
                .advise("it was shortened or is an old copy: record nothing, and ask who keeps it");
        }
        // By a proof that is checked: whoever shows a history may not show every part of it alike.
        const auto proof = TRY(history.consistency(recalled->size, history.size()));
        if (!check_consistency(proof, recalled->root, history.root()).ok()) {
            return error(Fault::distrusted,
                         "this ledger's first {} events are not those that you have seen",
                         recalled->size.value)
                .advise(
                    "it was rewritten: record nothing, keep your receipts, and ask who keeps it");
        }
        if (history.size() == recalled->size) {
            return done();
        }
    }
    const auto note_text = TRY(history.checkpoint_note());
    const auto note = TRY(Note::parse(note_text));
    auto checkpoint = TRY(Checkpoint::parse(note.text));
    return remember(ledger,
                    SignedCheckpoint{.checkpoint = std::move(checkpoint), .note = note_text});
}

Result<void> Memory::remember(const Hash& ledger, const SignedCheckpoint& checkpoint) const {
    const auto seen = TRY(last_seen(ledger));
    if (seen && seen->size >= checkpoint.checkpoint.size) {
        return done();
    }
    TRY(create_folders(of_ledger(ledger)));
    return write_durably(of_ledger(ledger) / "checkpoint", bytes_of(checkpoint.note),
                         Access::owner);
}

Result<void> Memory::keep_receipt(const Hash& ledger, const Receipt& receipt) const {
    const auto folder = of_ledger(ledger) / "receipts";
    TRY(create_folders(folder));
    const auto text = receipt.str();
    return write_durably(folder / fmt::format("{}.tlog-proof", receipt.index.value), bytes_of(text),
                         Access::owner);
}

Result<void> Memory::note_rehearsal_key(const KeyId& key) const {
    const auto known = TRY(is_rehearsal_key(key));
    if (known) {
        return done();
    }
    TRY(create_folders(root_ / "rehearsal-keys"));
    return write_durably(root_ / "rehearsal-keys" / key.hex(), {}, Access::owner);
}

Result<bool> Memory::is_rehearsal_key(const KeyId& key) const {
    return is_there(root_ / "rehearsal-keys" / key.hex());
}

}  // namespace wsoa
