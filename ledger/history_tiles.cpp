#include "ledger/history_tiles.h"

#include "ledger/base/limits.h"
#include "ledger/base/sha256.h"
#include "ledger/store/copies.h"
#include "ledger/store/file_batch.h"
#include "ledger/store/files.h"
#include "ledger/tree/hasher.h"

#include <algorithm>
#include <set>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t bits_per_tile = 8;
constexpr std::string_view checkpoint_name = "checkpoint";
constexpr std::string_view tiles_name = "tile";

Result<Checkpoint> checkpoint_in(std::string_view note) {
    const auto parsed = TRY(Note::parse(note));
    return Checkpoint::parse(parsed.text);
}

// The hashes of one tile, side by side in the store.
Result<std::vector<Hash>> hashes_of(const History& history, const TileRef& tile) {
    const auto nodes = nodes_of(tile);
    auto end = nodes.back();
    ++end.index;
    std::vector<Hash> hashes;
    TRY(history.snapshot().scan(layout::node_key(nodes.front()), layout::node_key(end),
                                [&](ByteView key, ByteView value) -> Result<Snapshot::Step> {
                                    const auto index = TRY(layout::number_at_end(key));
                                    if (index == nodes[hashes.size()].index) {
                                        const auto hash = TRY(Hash::of(value));
                                        hashes.push_back(hash);
                                        return hashes.size() < nodes.size() ? Snapshot::Step::next
                                                                            : Snapshot::Step::stop;
                                    }
                                    return Snapshot::Step::stop;
                                }));
    if (hashes.size() != nodes.size()) {
        return error(Fault::corrupt, "the store lacks hashes of {}", path_of(tile))
            .advise("`wsoa verify` says what is damaged");
    }
    return hashes;
}

// A full tile has a node above it, which it must lead to.
Result<void> check_tile(const History& history, const TileRef& tile, std::span<const Hash> hashes) {
    if (tile.width < tile_width_max) {
        return done();
    }
    const auto above = TRY(history.nodes()({(tile.level + 1) * bits_per_tile, tile.index}));
    const auto root = TRY(root_of_full_tile(hashes));
    if (root != above) {
        return error(Fault::corrupt, "the hashes of {} do not have the root that the store keeps",
                     path_of(tile))
            .advise("`wsoa verify` says what is damaged");
    }
    return done();
}

Result<std::vector<Bytes>> entries_of(const History& history, const BundleRef& bundle) {
    const auto hashes =
        TRY(hashes_of(history, {.level = 0, .index = bundle.index, .width = bundle.width}));
    std::vector<Bytes> entries;
    TRY(history.each_entry(
        EventIndex{bundle.index * tile_width_max},
        [&](EventIndex index, ByteView entry) -> Result<Snapshot::Step> {
            if (hash_leaf(entry) != hashes[entries.size()]) {
                return error(Fault::corrupt, "event {} is not what was recorded", index.value)
                    .advise("`wsoa verify` says what is damaged");
            }
            entries.push_back(copy_of(entry));
            return entries.size() < bundle.width ? Snapshot::Step::next : Snapshot::Step::stop;
        }));
    return entries;
}

// Writes one export. Nobody else does at the same time.
class Exporter {
public:
    Exporter(const History& history, const TileExport& what) : history_(history), what_(what) {}

    Result<Exported> run() {
        const auto checkpoint = TRY(checkpoint_in(what_.checkpoint_note));
        const auto root = TRY(history_.root_at(checkpoint.size));
        if (root != checkpoint.root) {
            return Error{Fault::corrupt, "the checkpoint does not have the root of the store"};
        }
        TRY(claim());
        const auto lock = TRY(OpenFile::open(what_.folder, OpenFile::Use::read));
        const auto is_ours = TRY(lock->try_lock());
        if (!is_ours) {
            return error(Fault::busy, "another export writes into {}", what_.folder.string());
        }
        TRY(look_at_what_is_there(checkpoint));
        batch_ = TRY(FileBatch::open(what_.folder));
        TRY(write_tiles(checkpoint.size));
        TRY(batch_->commit());
        // What a crash left half-written in the folder itself goes before the last file comes.
        TRY(destroy_leftovers(what_.folder));
        TRY(write_durably(what_.folder / checkpoint_name, bytes_of(what_.checkpoint_note),
                          Access::everyone));
        TRY(remove_outgrown());
        made_.size = checkpoint.size;
        return made_;
    }

private:
    // The folder is a new one, an empty one, or a log already.
    Result<void> claim() const {
        const auto is_one = TRY(is_there(what_.folder));
        if (!is_one) {
            return create_folder(what_.folder, Access::everyone);
        }
        const auto names = TRY(list_folder(what_.folder));
        const auto is_strange = [](const std::string& name) {
            return name != checkpoint_name && name != tiles_name && !name.starts_with('.');
        };
        const bool is_log = std::ranges::find(names, checkpoint_name) != names.end() ||
                            std::ranges::none_of(names, is_strange);
        if (!is_log) {
            return error(Fault::conflict, "{} is not empty, and holds no log",
                         what_.folder.string())
                .advise("name a new folder, or one that an earlier export wrote");
        }
        // The names in it may be in the machine's memory only, if an earlier sync failed.
        return sync_folder(what_.folder);
    }

    Result<void> look_at_what_is_there(const Checkpoint& checkpoint) {
        const auto has_bundles = TRY(is_there(what_.folder / tiles_name / "entries"));
        if (has_bundles && what_.bundles == Bundles::left_out) {
            return error(Fault::conflict, "{} holds entries, which are to be left out",
                         what_.folder.string())
                .advise("name another folder for what is public");
        }
        const auto bytes = read_file(what_.folder / checkpoint_name, limits::note_bytes_max);
        if (!bytes.ok()) {
            return bytes.error().fault == Fault::missing ? done() : Result<void>(bytes.error());
        }
        auto read = checkpoint_in(text_of(bytes.value()));
        if (!read.ok()) {
            return std::move(read).error().explain("reading {}",
                                                   (what_.folder / checkpoint_name).string());
        }
        const auto& there = read.value();
        if (there.origin != checkpoint.origin) {
            return error(Fault::distrusted, "{} is of another log than {}", what_.folder.string(),
                         checkpoint.origin);
        }
        if (there.size > checkpoint.size) {
            return error(Fault::conflict, "{} holds {} events already, and this ledger shows {}",
                         what_.folder.string(), there.size.value, checkpoint.size.value)
                .advise("find out which of the two is the older one; nothing was written");
        }
        const auto root = TRY(history_.root_at(there.size));
        if (root != there.root) {
            return error(Fault::distrusted, "{} holds another history of {}", what_.folder.string(),
                         checkpoint.origin)
                .advise("two histories go by one name: keep both, and find out why");
        }
        made_.before = there.size;
        return done();
    }

    // What lies below the published checkpoint and is there was written whole, and never changes.
    Result<void> write_tiles(TreeSize size) {
        for (const auto& tile : tiles_between(TreeSize{0}, size)) {
            const auto path = path_of(tile);
            const auto is_done = TRY(is_published(path, tile.level, tile.index, tile.width));
            if (!is_done) {
                const auto hashes = TRY(hashes_of(history_, tile));
                TRY(check_tile(history_, tile, hashes));
                Bytes file;
                for (const auto& hash : hashes) {
                    append(file, hash.view());
                }
                TRY(write(path, file, tile.width));
            }
        }
        if (what_.bundles == Bundles::left_out) {
            return done();
        }
        for (const auto& bundle : bundles_between(TreeSize{0}, size)) {
            const auto path = path_of(bundle);
            const auto is_done = TRY(is_published(path, 0, bundle.index, bundle.width));
            if (!is_done) {
                const auto entries = TRY(entries_of(history_, bundle));
                const auto file = TRY(make_bundle(entries));
                TRY(write(path, file, bundle.width));
            }
        }
        return done();
    }

    Result<bool> is_published(const std::string& path, std::uint32_t level, std::uint64_t index,
                              std::uint32_t width) {
        const auto end = (index * tile_width_max + width) << (level * bits_per_tile);
        if (end > made_.before.value) {
            return false;
        }
        return is_there(what_.folder / path);
    }

    Result<void> write(const std::string& path, ByteView file, std::uint32_t width) {
        const auto full = what_.folder / path;
        TRY(make_folders(fs::path(path).parent_path()));
        if (batch_->is_full()) {
            TRY(batch_->commit());
        }
        TRY(batch_->add(full, file, Access::everyone));
        if (width == tile_width_max) {
            outgrown_.push_back(full.string() + ".p");
        }
        ++made_.files;
        made_.bytes += file.size();
        return done();
    }

    // The folders on the way, each durable before anything is in it; once an export.
    Result<void> make_folders(const fs::path& below) {
        fs::path made;
        for (const auto& part : below) {
            made /= part;
            if (!folders_.insert(made.string()).second) {
                continue;
            }
            const auto folder = what_.folder / made;
            const auto created = create_folder(folder, Access::everyone);
            if (!created.ok() && created.error().fault != Fault::conflict) {
                return created;
            }
            if (!created.ok()) {
                TRY(destroy_leftovers(folder));
                TRY(sync_folder(folder.parent_path()));
            }
        }
        return done();
    }

    Result<void> remove_outgrown() {
        for (const auto& folder : outgrown_) {
            const auto is_one = TRY(is_folder(folder));
            if (is_one) {
                TRY(remove_tree(folder));
            }
        }
        return done();
    }

    const History& history_;
    const TileExport& what_;
    Exported made_;
    std::unique_ptr<FileBatch> batch_;
    std::set<std::string> folders_;
    std::vector<fs::path> outgrown_;
};

}  // namespace

Result<Exported> export_tiles(const History& history, const TileExport& what) {
    return Exporter(history, what).run();
}

}  // namespace wsoa
