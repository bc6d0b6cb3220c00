#include "cli/pack/pack_leaves.h"

#include "ledger/event/event.h"
#include "ledger/tree/tile.h"

namespace wsoa {
Result<Bytes> entry_of_pack(EventIndex index, ByteView entry, const std::optional<PlanRef>& only) {
    if (!only) {
        return copy_of(entry);
    }
    const auto event = TRY(Event::read(index, entry));
    const auto& plan = event.envelope().plan;
    return !plan || plan == only ? copy_of(entry) : Bytes{};
}

Result<std::uint64_t> add_leaves(ArchiveWriter& archive, const History& history,
                                 const std::optional<PlanRef>& only) {
    const auto nodes = history.nodes();
    for (const auto& tile : tiles_between({}, history.size())) {
        auto file = TRY(make_tile(tile, nodes));
        archive.add(path_of(tile), std::move(file));
    }
    std::vector<Bytes> entries;
    const auto bundles = bundles_between({}, history.size());
    std::size_t next = 0;
    std::uint64_t leaves = 0;
    TRY(history.each_entry({}, [&](EventIndex index, ByteView entry) -> Result<Snapshot::Step> {
        entries.push_back(TRY(entry_of_pack(index, entry, only)));
        leaves += entries.back().empty() ? 0U : 1U;
        if (next < bundles.size() && entries.size() == bundles[next].width) {
            auto file = TRY(make_bundle(entries));
            archive.add(path_of(bundles[next++]), std::move(file));
            entries.clear();
        }
        return Snapshot::Step::next;
    }));
    return leaves;
}

}  // namespace wsoa
