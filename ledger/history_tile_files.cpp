#include "ledger/history_tile_files.h"

#include "ledger/base/sha256.h"
#include "ledger/store/layout.h"

#include <algorithm>
#include <deque>
#include <optional>

namespace wsoa {
namespace {

constexpr std::uint32_t bits_per_tile = 8;
// What is read at a time, one table after the other: many rows, so that none costs a search, and
// no more bytes of entries than this and one bundle more.
constexpr std::size_t lot_tiles_max = 16;
constexpr std::size_t lot_bytes_max = 4U << 20;
// How many of these are held at once.
constexpr std::size_t lots_max = 6;
// Most bundles of one log are of like size; this much more saves their growing again.
constexpr std::size_t spare_bytes = 4'096;

Error damaged(Error what) { return std::move(what).advise("`wsoa verify` says what is damaged"); }

// One tile on its way.
struct Passing {
    TileFiles files;
    std::optional<Hash> root;  // of a full one, as the store keeps it in the node above
    Result<FilesBeside> written = FilesBeside{};
};
// Neighbouring ones of one level.
using Lot = std::vector<Passing>;

bool is_full(const TileRef& tile) { return tile.width == tile_width_max; }

Result<std::vector<Hash>> hashes_of_entries(const TileFiles& files) {
    const auto entries = TRY(read_bundle(bundle_under(files.tile), files.entries));
    std::vector<Hash> hashes;
    hashes.reserve(entries.size());
    for (const auto& entry : entries) {
        hashes.push_back(hash_leaf(entry));
    }
    return hashes;
}

// Hashes side by side in the store.
Result<void> each_node(const History& history, NodeRef first, std::size_t count,
                       const std::function<void(ByteView hash)>& take) {
    const NodeRef end{first.level, first.index + count};
    std::size_t found = 0;
    TRY(history.snapshot().scan(layout::node_key(first), layout::node_key(end),
                                [&](ByteView key, ByteView value) -> Result<Snapshot::Step> {
                                    const auto index = TRY(layout::number_at_end(key));
                                    if (index != first.index + found ||
                                        value.size() != sizeof(Hash)) {
                                        return Snapshot::Step::stop;
                                    }
                                    ++found;
                                    take(value);
                                    return Snapshot::Step::next;
                                }));
    if (found != count) {
        return damaged(error(Fault::corrupt, "the store lacks a hash of the tree: level {}, {}",
                             first.level, first.index + found));
    }
    return done();
}

Result<void> compare(const std::vector<Hash>& hashes, const TileFiles& files) {
    const auto kept = TRY(read_tile(files.tile, files.hashes));
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        if (hashes[i] != kept[i]) {
            return damaged(error(Fault::corrupt, "event {} is not what was recorded",
                                 files.tile.index * tile_width_max + i));
        }
    }
    return done();
}

// By a worker. The hashes of a full tile need not be read where its entries are: those that have
// the root above are the ones that the store must hold.
Result<void> check(Passing& passing) {
    auto& files = passing.files;
    std::vector<Hash> hashes;
    if (files.entries.empty()) {
        hashes = TRY(read_tile(files.tile, files.hashes));
    } else {
        hashes = TRY(hashes_of_entries(files));
    }
    if (!passing.root) {
        return compare(hashes, files);
    }
    const auto root = TRY(root_of_full_tile(hashes));
    if (root != *passing.root) {
        return damaged(error(Fault::corrupt,
                             "the hashes of {} do not have the root that the store keeps",
                             path_of(files.tile)));
    }
    if (files.hashes.empty()) {
        files.hashes.reserve(hashes.size() * sizeof(Hash));
        for (const auto& hash : hashes) {
            append(files.hashes, hash.view());
        }
    }
    return done();
}

// Reads the front of what is asked for, as much as makes one lot.
class LotReader {
public:
    LotReader(const History& history, Bundles bundles) : history_(history), bundles_(bundles) {}

    Result<std::unique_ptr<Lot>> read(std::span<const TileRef> tiles) {
        auto lot = std::make_unique<Lot>();
        for (const auto& tile : tiles) {
            if (lot->size() == lot_tiles_max || tile.level != tiles.front().level ||
                tile.index != tiles.front().index + lot->size()) {
                break;
            }
            lot->emplace_back().files.tile = tile;
        }
        if (bundles_ == Bundles::included && tiles.front().level == 0) {
            TRY(read_entries(*lot));
        }
        TRY(read_hashes(*lot));
        TRY(read_roots(*lot));
        return lot;
    }
    // Names the event for which a full tile has another root, which no worker can tell.
    Result<void> look_for_damage(const Passing& passing) const {
        if (passing.files.entries.empty()) {
            return done();
        }
        TileFiles kept{.tile = passing.files.tile, .hashes = {}, .entries = {}};
        TRY(each_node(history_, nodes_of(kept.tile).front(), kept.tile.width,
                      [&](ByteView hash) { append(kept.hashes, hash); }));
        const auto hashes = TRY(hashes_of_entries(passing.files));
        return compare(hashes, kept);
    }

private:
    // Tiles for which there is no room any more are left to the next lot.
    Result<void> read_entries(Lot& lot) {
        std::size_t bytes = 0;
        std::size_t whole = 0;
        std::uint32_t width = 0;
        const auto first = lot.front().files.tile.index * tile_width_max;
        TRY(history_.each_entry(
            EventIndex{first}, [&](EventIndex, ByteView entry) -> Result<Snapshot::Step> {
                auto& [tile, hashes, file] = lot[whole].files;
                if (width == 0) {
                    file.reserve(bundle_bytes_ + spare_bytes);
                }
                TRY(append_entry(file, entry));
                if (++width < tile.width) {
                    return Snapshot::Step::next;
                }
                bundle_bytes_ = file.size();
                bytes += file.size();
                width = 0;
                ++whole;
                return whole < lot.size() && bytes < lot_bytes_max ? Snapshot::Step::next
                                                                   : Snapshot::Step::stop;
            }));
        CHECK(width == 0 && whole > 0);
        lot.resize(whole);
        return done();
    }

    // Of those whose entries do not give them.
    Result<void> read_hashes(Lot& lot) const {
        const auto first = std::ranges::find_if(lot, [](const auto& each) {
            return each.files.entries.empty() || !is_full(each.files.tile);
        });
        // All of one lot or its last, which alone may be partial: each hash has its tile by its
        // place.
        const auto tiles = std::span(first, lot.end());
        if (tiles.empty()) {
            return done();
        }
        for (auto& each : tiles) {
            each.files.hashes.reserve(each.files.tile.width * sizeof(Hash));
        }
        const auto count = (tiles.size() - 1) * tile_width_max + tiles.back().files.tile.width;
        std::size_t place = 0;
        return each_node(
            history_, nodes_of(tiles.front().files.tile).front(), count,
            [&](ByteView hash) { append(tiles[place++ / tile_width_max].files.hashes, hash); });
    }

    Result<void> read_roots(Lot& lot) const {
        const auto full =
            std::ranges::count_if(lot, [](const auto& each) { return is_full(each.files.tile); });
        const auto& first = lot.front().files.tile;
        std::size_t place = 0;
        return each_node(history_, {(first.level + 1) * bits_per_tile, first.index},
                         static_cast<std::size_t>(full), [&](ByteView hash) {
                             auto& root = lot[place++].root.emplace();
                             std::ranges::copy(hash, root.bytes.begin());
                         });
    }

    const History& history_;
    Bundles bundles_;
    std::size_t bundle_bytes_ = 0;  // of the one before
};

// Lots that the workers have, in order. None goes before they are done with it.
class LotsUnderWay {
public:
    LotsUnderWay(Workers& workers, const TileUse& use) : workers_(workers), use_(use) {}
    ~LotsUnderWay() {
        for ([[maybe_unused]] const auto& lot : lots_) {
            workers_.wait();
        }
    }
    LotsUnderWay(const LotsUnderWay&) = delete;
    LotsUnderWay& operator=(const LotsUnderWay&) = delete;

    std::size_t count() const { return lots_.size(); }
    void begin(std::unique_ptr<Lot> lot) {
        std::vector<Workers::Task> tasks;
        for (auto& passing : *lot) {
            tasks.emplace_back([this, &passing] { passing.written = pass(passing); });
        }
        lots_.push_back(std::move(lot));
        workers_.begin(std::move(tasks));
    }
    std::unique_ptr<Lot> first() {
        workers_.wait();
        auto lot = std::move(lots_.front());
        lots_.pop_front();
        return lot;
    }

private:
    Result<FilesBeside> pass(Passing& passing) const {
        TRY(check(passing));
        return use_.write(passing.files);
    }

    Workers& workers_;
    const TileUse& use_;
    std::deque<std::unique_ptr<Lot>> lots_;
};

}  // namespace

Result<void> each_tile(const History& history, std::span<const TileRef> tiles, Bundles bundles,
                       Workers& workers, const TileUse& use) {
    LotReader reader(history, bundles);
    LotsUnderWay lots(workers, use);
    while (!tiles.empty() || lots.count() > 0) {
        if (!tiles.empty()) {
            auto lot = TRY(reader.read(tiles));
            tiles = tiles.subspan(lot->size());
            lots.begin(std::move(lot));
        }
        if (tiles.empty() || lots.count() == lots_max) {
            const auto lot = lots.first();
            for (auto& passing : *lot) {
                if (!passing.written.ok()) {
                    TRY(reader.look_for_damage(passing));
                    return std::move(passing.written).error();
                }
                TRY(use.keep(std::move(passing.written).value()));
            }
        }
    }
    return done();
}

}  // namespace wsoa
