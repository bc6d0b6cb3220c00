#include "ledger/tree/anchored.h"

#include "ledger/base/sha256.h"
#include "ledger/tree/cosignature.h"

#include <algorithm>

namespace wsoa {

std::string time_said(std::uint64_t seconds) {
    constexpr std::uint64_t no_year_of_ours = 8'000'000'000;
    if (seconds < no_year_of_ours) {
        const auto instant = instant_from_ms(static_cast<std::int64_t>(seconds) * 1'000);
        if (instant.ok()) {
            return to_string(instant.value());
        }
    }
    return fmt::format("second {}", seconds);
}

bool is_ahead_of(std::uint64_t seconds, Instant now) {
    const auto now_seconds = static_cast<std::uint64_t>(std::max<std::int64_t>(0, now.ms / 1'000));
    return seconds > now_seconds + clock_skew_seconds_max;
}

std::string signed_by_log_alone(const Note& kept) {
    return Note{.text = kept.text, .signatures = {kept.signatures.front()}}.str();
}

Result<std::string> anchored_note(const Note& kept, const NoteKey& log, const NoteSignature& line) {
    const auto own = std::ranges::find_if(
        kept.signatures, [&](const NoteSignature& each) { return each.is_by(log); });
    if (own == kept.signatures.end()) {
        return error(Fault::missing, "the note has no signature by {}+{:08x}", log.name(),
                     log.id());
    }
    return Note{.text = kept.text, .signatures = {*own, line}}.str();
}

Result<std::vector<SaidByWitness>> said_by_witnesses(const Note& kept, const NoteKey& log) {
    std::vector<SaidByWitness> said;
    for (const auto& line : kept.signatures) {
        const auto cosignature = Cosignature::of(line.bytes);
        if (line.is_by(log) || !cosignature.ok()) {
            continue;
        }
        const auto note = TRY(anchored_note(kept, log, line));
        said.push_back({.line = line,
                        .seconds = cosignature.value().seconds,
                        .digest = sha256(bytes_of(note))});
    }
    return said;
}

}  // namespace wsoa
