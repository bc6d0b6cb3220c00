#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/numbers.h"
#include "ledger/store/files.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

// What somebody outside has seen of a ledger that this machine's copy may not hold: a witness that
// has cosigned more events, or another root.
struct Sighting {
    TreeSize size;
    std::optional<Hash> root;  // as the ledger signed it; null where only a number was told
    std::string by;            // who told it, in a few words of one line

    bool operator==(const Sighting&) const = default;
};

// Sightings lie in a file beside the ledger's guard, and not in the ledger's folder, so that
// putting that back from a backup does not forget them: "wsoa-sightings/v1", "ledger HEX", and a
// line each of size, root or "-", and who told it. Whether the copy here has caught up is for
// whoever reads them to ask (ledger/ledger_guard.h).
std::filesystem::path sightings_of(const std::filesystem::path& guard);

// `invalid` unless the text is just these lines, and of this ledger.
Result<std::vector<Sighting>> parse_sightings(std::string_view text, const Hash& ledger);
std::string sightings_text(const std::vector<Sighting>& sightings, const Hash& ledger);

// None where nobody told anything. `corrupt` if the file is not just these lines: then it is not
// known what was seen, and nothing may be signed.
Result<std::vector<Sighting>> read_sightings(const std::filesystem::path& guard,
                                             const Hash& ledger);
// Adds one; durable on return. Of bare numbers the largest is kept, and of the others the last 64.
// One process at a time (`busy`).
Result<void> keep_sighting(const std::filesystem::path& guard, const Hash& ledger,
                           const Sighting& sighting);
// Takes back a bare number that was told by mistake; `missing` if none of that size was told. What
// the ledger has signed is never taken back.
Result<void> withdraw_sighting(const std::filesystem::path& guard, const Hash& ledger,
                               TreeSize size);

}  // namespace wsoa
