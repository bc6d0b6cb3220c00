#include "ledger/tree/tile.h"

#include "ledger/base/limits.h"
#include "ledger/tree/hasher.h"
#include "ledger/tree/lines.h"

#include <algorithm>

namespace wsoa {
namespace {

constexpr std::uint32_t level_max = 63;
constexpr std::uint64_t index_end = std::uint64_t{1} << 56;
constexpr std::uint32_t bits_per_tile = 8;
constexpr std::string_view tile_prefix = "tile/";
constexpr std::string_view bundle_prefix = "tile/entries/";
constexpr std::string_view partial_mark = ".p/";

bool is_width(std::uint64_t width) { return width >= 1 && width <= tile_width_max; }

// "x001/x234/067" for 1234067, and what marks a partial one.
std::string place_of(std::uint64_t index, std::uint32_t width) {
    CHECK(index < index_end && is_width(width));
    auto place = fmt::format("{:03}", index % 1'000);
    for (auto rest = index / 1'000; rest > 0; rest /= 1'000) {
        place = fmt::format("x{:03}/{}", rest % 1'000, place);
    }
    if (width < tile_width_max) {
        place += fmt::format("{}{}", partial_mark, width);
    }
    return place;
}

Result<std::uint64_t> parse_index(std::string_view text) {
    std::uint64_t index = 0;
    for (const char character : text) {
        const bool is_digit = character >= '0' && character <= '9';
        if (!is_digit && character != 'x' && character != '/') {
            return Error{Fault::invalid, "a tile's number is written in groups of three digits"};
        }
        if (is_digit) {
            index = index * 10 + static_cast<std::uint64_t>(character - '0');
        }
        if (index >= index_end) {
            return Error{Fault::invalid, "no tree has a tile of that number"};
        }
    }
    return index;
}

Result<std::uint32_t> parse_partial_width(std::string_view text) {
    const auto width = TRY(parse_decimal(text));
    if (!is_width(width) || width == tile_width_max) {
        return Error{Fault::invalid, "a partial tile has 1 to 255 hashes"};
    }
    return static_cast<std::uint32_t>(width);
}

// Reads loosely, then asks that the strict writer would have written just this: so there is one
// spelling, and one place that knows it.
Result<BundleRef> parse_place(std::string_view text) {
    const auto mark = text.find(partial_mark);
    BundleRef place;
    if (mark != std::string_view::npos) {
        place.width = TRY(parse_partial_width(text.substr(mark + partial_mark.size())));
    }
    place.index = TRY(parse_index(text.substr(0, mark)));
    if (place_of(place.index, place.width) != text) {
        return Error{Fault::invalid, "a tile's number is written as x001/x234/067"};
    }
    return place;
}

TileLevel level_at(TreeSize size, std::size_t level) {
    const auto levels = tile_levels(size);
    return level < levels.size() ? levels[level] : TileLevel{};
}

std::vector<TileRef> tiles_between(TileLevel from, TileLevel to, std::uint32_t level) {
    std::vector<TileRef> tiles;
    for (auto index = from.full; index < to.full; ++index) {
        tiles.push_back(TileRef{level, index, tile_width_max});
    }
    if (to.partial_width != 0 && from != to) {
        tiles.push_back(TileRef{level, to.full, to.partial_width});
    }
    return tiles;
}

}  // namespace

std::string path_of(const TileRef& tile) {
    CHECK(tile.level <= level_max);
    return fmt::format("{}{}/{}", tile_prefix, tile.level, place_of(tile.index, tile.width));
}

std::string path_of(const BundleRef& bundle) {
    return fmt::format("{}{}", bundle_prefix, place_of(bundle.index, bundle.width));
}

Result<TileRef> parse_tile_path(std::string_view path) {
    const auto slash = path.find('/', tile_prefix.size());
    if (!path.starts_with(tile_prefix) || slash == std::string_view::npos) {
        return Error{Fault::invalid, "the path of a tile is tile/, its level, /, its number"};
    }
    const auto level =
        TRY(parse_decimal(path.substr(tile_prefix.size(), slash - tile_prefix.size())));
    if (level > level_max) {
        return Error{Fault::invalid, "the levels of tiles end at 63"};
    }
    const auto place = TRY(parse_place(path.substr(slash + 1)));
    return TileRef{static_cast<std::uint32_t>(level), place.index, place.width};
}

Result<BundleRef> parse_bundle_path(std::string_view path) {
    if (!path.starts_with(bundle_prefix)) {
        return Error{Fault::invalid, "the path of an entry bundle is tile/entries/, its number"};
    }
    return parse_place(path.substr(bundle_prefix.size()));
}

std::vector<TileLevel> tile_levels(TreeSize size) {
    std::vector<TileLevel> levels;
    for (auto hashes = size.value; hashes > 0; hashes >>= bits_per_tile) {
        levels.push_back(TileLevel{hashes / tile_width_max,
                                   static_cast<std::uint32_t>(hashes % tile_width_max)});
    }
    return levels;
}

std::vector<TileRef> tiles_between(TreeSize from, TreeSize to) {
    CHECK(from <= to);
    std::vector<TileRef> tiles;
    const auto levels = static_cast<std::uint32_t>(tile_levels(to).size());
    for (std::uint32_t level = 0; level < levels; ++level) {
        const auto more = tiles_between(level_at(from, level), level_at(to, level), level);
        tiles.insert(tiles.end(), more.begin(), more.end());
    }
    return tiles;
}

std::vector<BundleRef> bundles_between(TreeSize from, TreeSize to) {
    CHECK(from <= to);
    std::vector<BundleRef> bundles;
    for (const auto& tile : tiles_between(level_at(from, 0), level_at(to, 0), 0)) {
        bundles.push_back(BundleRef{tile.index, tile.width});
    }
    return bundles;
}

std::vector<NodeRef> nodes_of(const TileRef& tile) {
    CHECK(tile.level <= level_max && tile.index < index_end && is_width(tile.width));
    std::vector<NodeRef> nodes;
    for (std::uint32_t i = 0; i < tile.width; ++i) {
        nodes.push_back(NodeRef{tile.level * bits_per_tile, tile.index * tile_width_max + i});
    }
    return nodes;
}

Result<Bytes> make_tile(const TileRef& tile, const NodeReader& nodes) {
    Bytes file;
    file.reserve(tile.width * sizeof(Hash));
    for (const auto& node : nodes_of(tile)) {
        auto hash = nodes(node);
        if (!hash.ok()) {
            return std::move(hash).error().explain("making {}", path_of(tile));
        }
        append(file, hash.value().view());
    }
    return file;
}

Result<std::vector<Hash>> read_tile(const TileRef& tile, ByteView file) {
    CHECK(is_width(tile.width));
    ByteReader reader(file);
    std::vector<Hash> hashes;
    for (std::uint32_t i = 0; i < tile.width; ++i) {
        const auto hash = TRY(reader.hash());
        hashes.push_back(hash);
    }
    TRY(reader.finish());
    return hashes;
}

Result<Hash> root_of_full_tile(std::span<const Hash> hashes) {
    if (hashes.size() != tile_width_max) {
        return error(Fault::invalid, "a tile of {} hashes is not full", hashes.size());
    }
    std::vector<Hash> row(hashes.begin(), hashes.end());
    for (std::size_t width = row.size() / 2; width > 0; width /= 2) {
        for (std::size_t i = 0; i < width; ++i) {
            row[i] = hash_node(row[2 * i], row[2 * i + 1]);
        }
    }
    return row[0];
}

Result<Bytes> make_bundle(std::span<const Bytes> entries) {
    if (!is_width(entries.size())) {
        return error(Fault::invalid, "an entry bundle has 1 to 256 entries, not {}",
                     entries.size());
    }
    Bytes file;
    for (const auto& entry : entries) {
        TRY(append_entry(file, entry));
    }
    return file;
}

Result<void> append_entry(Bytes& file, ByteView entry) {
    if (entry.size() > limits::event_bytes_max) {
        return error(Fault::invalid, "an entry has {} bytes; at most {} are taken", entry.size(),
                     limits::event_bytes_max);
    }
    append_u16(file, static_cast<std::uint16_t>(entry.size()));
    append(file, entry);
    return done();
}

Result<std::vector<ByteView>> read_bundle(const BundleRef& bundle, ByteView file) {
    CHECK(is_width(bundle.width));
    ByteReader reader(file);
    std::vector<ByteView> entries;
    for (std::uint32_t i = 0; i < bundle.width; ++i) {
        const auto length = TRY(reader.u16());
        const auto entry = TRY(reader.take(length));
        entries.push_back(entry);
    }
    TRY(reader.finish());
    return entries;
}

}  // namespace wsoa
