#pragma once

#include "ledger/history_tile_files.h"

#include <filesystem>

namespace wsoa {

// A folder that is to become, or goes on to be, a log that any web server can publish.
struct TileExport {
    std::filesystem::path folder;
    Bundles bundles = Bundles::included;
    // The signed checkpoint that is to stand there, over no more than the history holds. That its
    // signature holds the caller has seen to.
    std::string checkpoint_note;
};

// What an export came to.
struct Exported {
    TreeSize before;  // what the folder's checkpoint covered; 0 for a new folder
    TreeSize size;
    std::uint64_t files = 0;  // written now, the checkpoint not counted
    std::uint64_t bytes = 0;
};

// Writes the history up to the checkpoint as c2sp.org/tlog-tiles. Tiles and bundles that the folder
// has are left as they are; each new one appears whole, under its name; the checkpoint is written
// last, once all that it covers is durable. So the folder is a valid log at every moment, of the
// size before or of the new one. Partial files of which the full one is there go afterwards.
//
// What is written is hashed first: an entry or a tile that is not what the tree says is `corrupt`,
// and the checkpoint stays as it was. `distrusted` if the folder holds another log or another
// history; `conflict` if it is ahead of the checkpoint, is no log at all, or holds entries and is
// to be published without them; `busy` if another export writes there.
Result<Exported> export_tiles(const History& history, const TileExport& what, Workers& workers);

}  // namespace wsoa
