#pragma once

#include "ledger/inspection/pack_check.h"

#include <filesystem>
#include <optional>
#include <string_view>

namespace wsoa {

// How both programs check a pack: the whole one, and the small one that an inspectorate builds.

// A pack file, and what it is held against.
struct PackToCheck {
    std::filesystem::path pack;
    std::vector<std::filesystem::path> seen;           // checkpoints kept from elsewhere
    std::optional<std::filesystem::path> policy = {};  // the reader's own
    // Root certificates (PEM) of the timestamp authorities that the reader believes.
    std::optional<std::filesystem::path> authority = {};
    Depth depth = Depth::meaning;
};
// `invalid` for what is no pack, no checkpoint, policy or certificates, in one sentence. Where the
// pack itself could not be read, `refused` then names the item.
Result<Verdict> check_pack(const PackToCheck& given, Workers* workers,
                           std::optional<Item>* refused = nullptr);

// What may be said at most of it.
std::string_view pack_sentence(const Verdict& verdict);

}  // namespace wsoa
