#include "cli/outside.h"

#include "cli/timestamps.h"
#include "ledger/store/cosigned.h"

namespace wsoa {

Outside outside_of(const LedgerFolder& folder, const Snapshot& snapshot) {
    return {.notes = [&](const auto& visit) -> Result<void> {
                const auto sizes = TRY(cosigned_sizes(folder));
                for (const auto size : sizes) {
                    const auto note = TRY(cosigned_note(folder, size));
                    if (note) {
                        visit(KeptNote{.size = size, .note = *note});
                    }
                }
                return done();
            },
            .tokens = [&](const auto& visit) -> Result<void> {
                return each_timestamp(folder, [&](KeptTimestamp kept) {
                    // Over a size that was never signed it holds over nothing.
                    const auto note = stamped_note(snapshot, kept.size);
                    visit(KeptToken{.name = fmt::format("timestamp {} over {} events", kept.number,
                                                        kept.size.value),
                                    .size = kept.size,
                                    .reply = std::move(kept.reply),
                                    .stamped = note.ok() ? note.value() : std::string(),
                                    .roots = std::move(kept.roots)});
                });
            }};
}

}  // namespace wsoa
