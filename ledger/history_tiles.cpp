#include "ledger/history_tiles.h"

#include "ledger/base/limits.h"
#include "ledger/store/copies.h"
#include "ledger/store/file_batch.h"
#include "ledger/store/files.h"

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

// Writes one export. Nobody else does at the same time.
class Exporter {
public:
    Exporter(const History& history, const TileExport& what, Workers& workers)
        : history_(history), what_(what), workers_(workers) {}

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

    Result<void> write_tiles(TreeSize size) {
        const auto tiles = tiles_between(TreeSize{0}, size);
        std::vector<TileRef> wanted;
        for (const auto& tile : tiles) {
            const auto lacks_one = TRY(lacks_any_of(tile));
            if (lacks_one) {
                wanted.push_back(tile);
            }
        }
        for (const auto& tile : wanted) {
            TRY(make_way_for(path_of(tile), tile));
            if (has_bundle(tile)) {
                TRY(make_way_for(path_of(bundle_under(tile)), tile));
            }
        }
        return each_tile(history_, wanted, what_.bundles, workers_,
                         {.write = [this](const TileFiles& files) { return write(files); },
                          .keep = [this](FilesBeside files) { return keep(std::move(files)); }});
    }

    bool has_bundle(const TileRef& tile) const {
        return tile.level == 0 && what_.bundles == Bundles::included;
    }

    Result<bool> lacks_any_of(const TileRef& tile) const {
        const auto has_tile = TRY(is_published(path_of(tile), tile));
        if (!has_tile || !has_bundle(tile)) {
            return !has_tile;
        }
        const auto has_entries = TRY(is_published(path_of(bundle_under(tile)), tile));
        return !has_entries;
    }

    // What lies below the published checkpoint and is there was written whole, and never changes.
    Result<bool> is_published(const std::string& path, const TileRef& tile) const {
        const auto end = (tile.index * tile_width_max + tile.width) << (tile.level * bits_per_tile);
        if (end > made_.before.value) {
            return false;
        }
        return is_there(what_.folder / path);
    }

    // By any thread.
    Result<FilesBeside> write(const TileFiles& files) const {
        FilesBeside written;
        TRY(write(path_of(files.tile), files.tile, files.hashes, written));
        if (!files.entries.empty()) {
            TRY(write(path_of(bundle_under(files.tile)), files.tile, files.entries, written));
        }
        return written;
    }
    Result<void> write(const std::string& path, const TileRef& tile, ByteView bytes,
                       FilesBeside& written) const {
        const auto is_done = TRY(is_published(path, tile));
        if (!is_done) {
            auto file = TRY(FileBatch::write(what_.folder / path, bytes, Access::everyone));
            written.push_back(std::move(file));
        }
        return done();
    }

    Result<void> keep(FilesBeside written) {
        for (auto& file : written) {
            if (batch_->is_full()) {
                TRY(batch_->commit());
            }
            ++made_.files;
            made_.bytes += file->size();
            batch_->add(std::move(file));
        }
        return done();
    }

    Result<void> make_way_for(const std::string& path, const TileRef& tile) {
        if (tile.width == tile_width_max) {
            outgrown_.push_back(what_.folder / (path + ".p"));
        }
        return make_folders(fs::path(path).parent_path());
    }

    // The folders on the way; once an export. They become durable with what is in them.
    Result<void> make_folders(const fs::path& below) {
        fs::path made;
        for (const auto& part : below) {
            made /= part;
            if (!folders_.insert(made.string()).second) {
                continue;
            }
            const auto folder = what_.folder / made;
            const auto created = create_folder_unsynced(folder, Access::everyone);
            if (!created.ok() && created.error().fault != Fault::conflict) {
                return created;
            }
            if (!created.ok()) {
                TRY(destroy_leftovers(folder));
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
    Workers& workers_;
    Exported made_;
    std::unique_ptr<FileBatch> batch_;
    std::set<std::string> folders_;
    std::vector<fs::path> outgrown_;
};

}  // namespace

Result<Exported> export_tiles(const History& history, const TileExport& what, Workers& workers) {
    return Exporter(history, what, workers).run();
}

}  // namespace wsoa
