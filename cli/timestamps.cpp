#include "cli/timestamps.h"

#include "ledger/store/layout.h"

namespace wsoa {

Result<std::string> stamped_note(const Snapshot& snapshot, TreeSize size) {
    const auto note = TRY(snapshot.get(layout::checkpoint_key(size)));
    if (!note) {
        return error(Fault::missing, "no checkpoint was signed over just {} events", size.value);
    }
    return std::string(text_of(*note));
}

Result<Timestamp> check_kept(const Snapshot& snapshot, const KeptTimestamp& kept,
                             const std::string* roots) {
    const auto note = TRY(stamped_note(snapshot, kept.size));
    return check_timestamp(kept.reply, bytes_of(note), roots == nullptr ? kept.roots : *roots);
}

}  // namespace wsoa
