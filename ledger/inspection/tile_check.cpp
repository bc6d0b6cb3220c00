#include "ledger/inspection/tile_check.h"

#include "ledger/base/counted.h"
#include "ledger/base/limits.h"
#include "ledger/base/sha256.h"
#include "ledger/tree/hasher.h"

#include <algorithm>

namespace wsoa {
namespace {

constexpr std::size_t tile_bytes_max = tile_width_max * sizeof(Hash);
constexpr std::size_t bundle_bytes_max = tile_width_max * (2 + limits::event_bytes_max);
constexpr std::uint32_t bits_per_tile = 8;

// Hashes of one level that have no full tile above them yet.
struct Row {
    std::uint64_t tile = 0;  // the index of the tile that they begin
    std::vector<Hash> hashes;
};

// The root of 2^n hashes side by side.
Hash root_over(std::vector<Hash> hashes) {
    for (; hashes.size() > 1; hashes.resize(hashes.size() / 2)) {
        for (std::size_t i = 0; i < hashes.size() / 2; ++i) {
            hashes[i] = hash_node(hashes[2 * i], hashes[2 * i + 1]);
        }
    }
    return hashes.front();
}

class TileVerification {
public:
    TileVerification(const LogFiles& files, const LogQuestion& question, LogVerdict& verdict,
                     Findings& findings)
        : files_(files), question_(question), verdict_(verdict), findings_(findings) {}

    void run(const Checkpoint& checkpoint) {
        size_ = checkpoint.size;
        const auto levels = tile_levels(size_);
        const auto bottom = levels.empty() ? TileLevel{} : levels.front();
        bool goes_on = true;
        for (std::uint64_t index = 0; index < bottom.full && goes_on; ++index) {
            goes_on = add_tile({0, index, tile_width_max});
        }
        if (goes_on && bottom.partial_width > 0) {
            goes_on = add_tile({0, bottom.full, bottom.partial_width});
        }
        if (goes_on) {
            compare_right_edge();
            compare_root(checkpoint);
        }
        tell_what_was_seen();
    }

private:
    // Null where there is no such file, or none that could be read: then it was told.
    std::optional<Bytes> fetch(const std::string& path, std::size_t bytes_max) {
        auto file = files_(path, bytes_max);
        if (file.ok()) {
            return std::move(file).value();
        }
        switch (file.error().fault) {
            case Fault::missing: break;
            case Fault::invalid:
            case Fault::corrupt:
            case Fault::distrusted:
                findings_.breach({}, "{} is not what it should be: {}", path, file.error().message);
                break;
            case Fault::refused:
            case Fault::conflict:
            case Fault::unavailable:
            case Fault::busy:
                ++verdict_.unread;
                verdict_.not_checked.push_back(fmt::format("{}: {}", path, file.error().message));
                break;
        }
        return std::nullopt;
    }

    // The first hashes of a tile: from its own file, or from that of the full tile which has taken
    // the place of a partial one. Null where there is neither.
    std::optional<std::vector<Hash>> stored_hashes(const TileRef& tile) {
        for (const auto width : {tile.width, tile_width_max}) {
            const TileRef wanted{tile.level, tile.index, width};
            if (const auto file = fetch(path_of(wanted), tile_bytes_max)) {
                auto hashes = read_tile(wanted, *file);
                if (!hashes.ok()) {
                    findings_.breach({}, "{} is not the file of {} hashes", path_of(wanted), width);
                    return std::nullopt;
                }
                ++tiles_;
                hashes.value().resize(tile.width);
                return std::move(hashes).value();
            }
            if (width == tile_width_max) {
                break;
            }
        }
        return std::nullopt;
    }

    std::optional<std::vector<Hash>> hashed_entries(const BundleRef& bundle) {
        for (const auto width : {bundle.width, tile_width_max}) {
            const BundleRef wanted{bundle.index, width};
            if (const auto file = fetch(path_of(wanted), bundle_bytes_max)) {
                const auto entries = read_bundle(wanted, *file);
                if (!entries.ok()) {
                    findings_.breach({}, "{} is not the file of {} entries", path_of(wanted),
                                     width);
                    return std::nullopt;
                }
                std::vector<Hash> leaves;
                for (std::size_t i = 0; i < bundle.width; ++i) {
                    leaves.push_back(hash_leaf(entries.value()[i]));
                }
                entries_ += leaves.size();
                return leaves;
            }
            if (width == tile_width_max) {
                break;
            }
        }
        if (bundles_missing_++ == 0) {
            first_missing_ = path_of(bundle);
        }
        return std::nullopt;
    }

    void compare_leaves(const TileRef& tile, const std::vector<Hash>& stored,
                        const std::vector<Hash>& leaves) {
        for (std::size_t i = 0; i < tile.width; ++i) {
            if (stored[i] != leaves[i]) {
                findings_.breach(EventIndex{tile.index * tile_width_max + i},
                                 "the entry does not have the hash that {} has for it",
                                 path_of(tile));
            }
        }
    }

    // Whether there was anything to go on with.
    bool add_tile(const TileRef& tile) {
        auto stored = stored_hashes(tile);
        auto leaves = hashed_entries({tile.index, tile.width});
        if (!stored && !leaves) {
            findings_.breach({}, "{} is missing, so that nothing from entry {} on can be checked",
                             path_of(tile), tile.index * tile_width_max);
            return false;
        }
        if (!stored) {
            findings_.breach({}, "{} is missing", path_of(tile));
        } else if (leaves) {
            compare_leaves(tile, *stored, *leaves);
        }
        for (const auto& hash : stored ? *stored : *leaves) {
            add(0, hash);
        }
        if (question_.progress) {
            question_.progress(tile.index * tile_width_max + tile.width, size_.value);
        }
        return true;
    }

    void add(std::uint32_t level, const Hash& hash) {
        if (rows_.size() == level) {
            rows_.emplace_back();
        }
        rows_[level].hashes.push_back(hash);
        if (rows_[level].hashes.size() == tile_width_max) {
            compare(level);
            const auto root = root_over(rows_[level].hashes);
            rows_[level].hashes.clear();
            ++rows_[level].tile;
            add(level + 1, root);
        }
    }

    // A tile above the leaves' with the hashes that are beneath it.
    void compare(std::uint32_t level) {
        const auto& row = rows_[level];
        if (level == 0 || row.hashes.empty()) {
            return;
        }
        const TileRef tile{level, row.tile, static_cast<std::uint32_t>(row.hashes.size())};
        const auto stored = stored_hashes(tile);
        if (!stored) {
            findings_.breach({}, "{} is missing", path_of(tile));
            return;
        }
        for (std::size_t i = 0; i < tile.width; ++i) {
            if ((*stored)[i] != row.hashes[i]) {
                findings_.consequence({}, "{} does not have the hash that is beneath its place {}",
                                      path_of(tile), i);
            }
        }
    }

    void compare_right_edge() {
        for (std::uint32_t level = 1; level < rows_.size(); ++level) {
            compare(level);
        }
    }

    // The complete subtrees of the whole tree lie, each, within the last tile of its level.
    Hash node(NodeRef ref) const {
        const auto& row = rows_[ref.level / bits_per_tile];
        const auto inner = ref.level % bits_per_tile;
        const auto begin = (ref.index << inner) - row.tile * tile_width_max;
        const auto first = row.hashes.begin() + static_cast<std::ptrdiff_t>(begin);
        return root_over({first, first + (std::ptrdiff_t{1} << inner)});
    }

    void compare_root(const Checkpoint& checkpoint) {
        const auto root = root_at(size_, [&](NodeRef ref) -> Result<Hash> { return node(ref); });
        CHECK(root.ok());
        if (root.value() == checkpoint.root) {
            verdict_.checked.push_back(fmt::format("the root over {}, from {} of hashes",
                                                   counted(size_.value, "entry", "entries"),
                                                   counted(tiles_, "tile")));
        } else {
            findings_.breach({},
                             "the log's {} entries do not have the root that the checkpoint "
                             "gives",
                             size_.value);
        }
    }

    void tell_what_was_seen() {
        if (entries_ > 0) {
            verdict_.checked.push_back(counted(entries_, "entry", "entries") +
                                       ", each hashed and compared with its leaf");
        }
        if (bundles_missing_ == 0) {
            return;
        }
        if (entries_ == 0) {
            verdict_.not_checked.emplace_back(
                "what the entries are: the log was published without them, so that its hashes "
                "stand alone");
        } else {
            findings_.breach({},
                             "{} bundles of entries are missing though others are there; the "
                             "first is {}",
                             bundles_missing_, first_missing_);
        }
    }

    const LogFiles& files_;
    const LogQuestion& question_;
    LogVerdict& verdict_;
    Findings& findings_;
    TreeSize size_;
    std::vector<Row> rows_;  // by level
    std::uint64_t tiles_ = 0;
    std::uint64_t entries_ = 0;
    std::uint64_t bundles_missing_ = 0;
    std::string first_missing_;
};

}  // namespace

Result<LogVerdict> verify_tiles(const LogFiles& files, const LogQuestion& question) {
    auto note = files("checkpoint", limits::note_bytes_max);
    if (!note.ok()) {
        return std::move(note).error();
    }
    LogVerdict verdict;
    Findings findings;
    judge_checkpoint(text_of(note.value()), question, verdict, findings);
    if (verdict.checkpoint) {
        TileVerification(files, question, verdict, findings).run(*verdict.checkpoint);
    }
    verdict.not_checked.emplace_back(
        "what the entries say, who signed them, and whether they might");
    verdict.findings = std::move(findings).list();
    return verdict;
}

}  // namespace wsoa
