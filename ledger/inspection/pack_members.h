#pragma once

#include "ledger/base/numbers.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace wsoa {

// The names of a pack's members (schemas/README.md, "Packs").

// Those that every pack has, in their order.
const std::array<std::string_view, 11>& fixed_members();
// Whether a pack of that size may have a member of that name.
bool is_member_of_pack(TreeSize size, std::string_view member);
// Whether a member stands in the data of the page too.
bool is_in_page(std::string_view member);
// Whether a member is a timestamp over the pack's own checkpoint: "timestamps/0.tsr".
bool is_timestamp_member(std::string_view member);

// A checkpoint over fewer events than the pack's, "earlier/812", or a timestamp over that,
// "earlier/812.0.tsr": what an event commits to.
struct EarlierMember {
    TreeSize size;
    std::optional<std::uint64_t> timestamp;  // its number; null for the checkpoint

    // The name of the checkpoint, and of it or of the timestamp.
    std::string note() const;
    std::string name() const;
};
std::optional<EarlierMember> earlier_member(std::string_view member);

}  // namespace wsoa
