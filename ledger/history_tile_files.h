#pragma once

#include "ledger/base/workers.h"
#include "ledger/history.h"
#include "ledger/store/temporary.h"
#include "ledger/tree/tile.h"

#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace wsoa {

using FilesBeside = std::vector<std::unique_ptr<Temporary>>;

// Whether the entries themselves are published, or only what they hash to.
enum class Bundles : std::uint8_t { included, left_out };

// A tile as a history has it, and the entries under it: what their two files are to hold.
struct TileFiles {
    TileRef tile;
    Bytes hashes;
    // The bundle; empty above level 0, and where entries are left out.
    Bytes entries;
};

inline BundleRef bundle_under(const TileRef& tile) {
    return {.index = tile.index, .width = tile.width};
}

// What becomes of each tile.
struct TileUse {
    // Done by the workers, several tiles at once.
    std::function<Result<FilesBeside>(const TileFiles&)> write;
    // Done by the caller's thread, in the order of the tiles.
    std::function<Result<void>(FilesBeside)> keep;
};

// Hands out tiles of one history in the order that is given, which is that of tiles_between, each
// once it was checked: its entries hash to its hashes, and these to the node above. `corrupt` for
// the first that do not, or that lack. The store is read by the caller's thread alone, while the
// workers hash and write what was read before.
Result<void> each_tile(const History& history, std::span<const TileRef> tiles, Bundles bundles,
                       Workers& workers, const TileUse& use);

}  // namespace wsoa
