#include "cli/timestamps.h"

#include "ledger/base/time.h"
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

void add_timestamps(const LedgerFolder& folder, const Snapshot& snapshot, Verdict& verdict) {
    const auto kept = kept_timestamps(folder);
    if (!kept.ok()) {
        ++verdict.unread;
        verdict.not_checked.push_back("timestamps: " + kept.error().message);
        return;
    }
    for (const auto& each : kept.value()) {
        const auto name = fmt::format("timestamp {} over {} events", each.number, each.size.value);
        const auto stamp = check_kept(snapshot, each);
        if (!stamp.ok()) {
            verdict.findings.push_back({.is = Finding::Class::breach,
                                        .event = {},
                                        .what = name + ": " + stamp.error().message});
            continue;
        }
        verdict.checked.push_back(fmt::format(
            "{}: they were there by {}, says {}, by the certificates that were kept "
            "with it",
            name, to_string(Instant{stamp.value().seconds * 1'000}), stamp.value().authority));
    }
}

}  // namespace wsoa
