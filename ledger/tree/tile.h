#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/numbers.h"
#include "ledger/tree/tree.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

// The tree and its entries as immutable files, which anybody's tools can read: c2sp.org/tlog-tiles.

// How many hashes a full tile has, and how many entries a full bundle.
inline constexpr std::uint32_t tile_width_max = 256;

// A tile: neighbouring hashes of one level of the tree, every eighth. At level 0 they are leaf
// hashes, at level l the hashes of complete subtrees of 256^l leaves. A tile of less than 256
// hashes is partial.
struct TileRef {
    std::uint32_t level = 0;               // 0 to 63
    std::uint64_t index = 0;               // below 2^56
    std::uint32_t width = tile_width_max;  // 1 to 256

    auto operator<=>(const TileRef&) const = default;
};

// An entry bundle: the entries under the tile of level 0 with the same index and width.
struct BundleRef {
    std::uint64_t index = 0;
    std::uint32_t width = tile_width_max;

    auto operator<=>(const BundleRef&) const = default;
};

// Where the file lies below the log's prefix: "tile/0/x001/x234/067.p/12", "tile/entries/000".
std::string path_of(const TileRef& tile);
std::string path_of(const BundleRef& bundle);

// The same read back. `invalid` for anything that path_of would not have written.
Result<TileRef> parse_tile_path(std::string_view path);
Result<BundleRef> parse_bundle_path(std::string_view path);

// The tiles of one level of a tree: so many full ones, then a partial one unless its width is 0.
struct TileLevel {
    std::uint64_t full = 0;
    std::uint32_t partial_width = 0;

    bool operator==(const TileLevel&) const = default;
};

// Every level that has a tile in a tree of this size, from level 0 up; at most 8.
std::vector<TileLevel> tile_levels(TreeSize size);

// The tiles of a tree of size `to` that one of size `from`, not greater, did not have yet; from 0,
// all of them. Level by level, in order. Their number grows with the sizes: never ask for a size
// that a stranger states.
std::vector<TileRef> tiles_between(TreeSize from, TreeSize to);
std::vector<BundleRef> bundles_between(TreeSize from, TreeSize to);

// The nodes whose hashes the tile holds.
std::vector<NodeRef> nodes_of(const TileRef& tile);

// The tile's file: its hashes, one after the other.
Result<Bytes> make_tile(const TileRef& tile, const NodeReader& nodes);
// `corrupt` unless the file has exactly the tile's number of hashes.
Result<std::vector<Hash>> read_tile(const TileRef& tile, ByteView file);

// The hash that stands for a full tile in the level above. `invalid` unless there are 256 hashes: a
// partial tile has no such hash.
Result<Hash> root_of_full_tile(std::span<const Hash> hashes);

// The bundle's file: each entry after its length (u16, big-endian). `invalid` for no entry, more
// than 256, or one of more than event_bytes_max.
Result<Bytes> make_bundle(std::span<const Bytes> entries);
// One more entry on the end of a bundle's file. `invalid` for one of more than event_bytes_max.
Result<void> append_entry(Bytes& file, ByteView entry);
// The entries, as views into the file. `corrupt` unless it is exactly the bundle's number of them.
// What they hash to is for the caller to check.
Result<std::vector<ByteView>> read_bundle(const BundleRef& bundle, ByteView file);

}  // namespace wsoa
