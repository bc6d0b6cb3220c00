#include "projections/plan_snapshots.h"

#include "ledger/store/layout.h"

#include <algorithm>

namespace wsoa {
namespace {

Bytes row_key(std::uint8_t table, const PlanRef& plan, TreeSize size) {
    Bytes key{table};
    append(key, plan.str());
    key.push_back(0);
    append_u64(key, size.value);
    return key;
}
Bytes head_key(const PlanRef& plan, TreeSize size) { return row_key('s', plan, size); }
Bytes pieces_prefix(const PlanRef& plan, TreeSize size) { return row_key('b', plan, size); }
Bytes piece_key(const PlanRef& plan, TreeSize size, std::uint32_t number) {
    auto key = pieces_prefix(plan, size);
    append_u32(key, number);
    return key;
}

struct Head {
    TreeSize size;
    std::uint64_t events = 0;
    std::uint32_t pieces = 0;
    Hash digest;
};

Result<std::optional<Head>> head_below(const ViewReader& view, const PlanRef& plan, TreeSize size) {
    const auto row =
        TRY(view.last(head_key(plan, TreeSize{0}), head_key(plan, TreeSize{size.value + 1})));
    if (!row) {
        return std::optional<Head>{};
    }
    Head head;
    head.size.value = TRY(layout::number_at_end(row->first));
    ByteReader reader(row->second);
    head.events = TRY(reader.u64());
    head.pieces = TRY(reader.u32());
    head.digest = TRY(reader.hash());
    TRY(reader.finish());
    return std::optional(head);
}

// What the pieces are together, however many there are.
Result<Bytes> joined_pieces(const ViewReader& view, const PlanRef& plan, const Head& head) {
    constexpr std::size_t usual_pieces_max = 64;
    Bytes bytes;
    bytes.reserve(std::min<std::size_t>(head.pieces, usual_pieces_max) * snapshot_piece_bytes);
    std::uint32_t count = 0;
    bool is_in_order = true;
    TRY(view.scan(pieces_prefix(plan, head.size),
                  [&](ByteView key, ByteView value) -> Result<Snapshot::Step> {
                      is_in_order = is_in_order && equal(key, piece_key(plan, head.size, count));
                      ++count;
                      append(bytes, value);
                      return Snapshot::Step::next;
                  }));
    if (!is_in_order || count != head.pieces) {
        return error(Fault::corrupt, "a snapshot of {} lacks some of its {} pieces", plan.str(),
                     head.pieces);
    }
    return bytes;
}

Result<PlanAt> plan_of(const ViewReader& view, const PlanRef& plan, const Head& head) {
    const auto bytes = TRY(joined_pieces(view, plan, head));
    if (digest_of_bytes(bytes) != head.digest) {
        return error(Fault::corrupt, "the snapshot of {} at {} events does not give its own digest",
                     plan.str(), head.size.value);
    }
    auto decoded = TRY(decode_plan(bytes));
    if (decoded.ref != plan) {
        return error(Fault::corrupt, "a snapshot of {} stands in the place of one of {}",
                     decoded.ref.str(), plan.str());
    }
    return PlanAt{.size = head.size, .events = head.events, .plan = std::move(decoded)};
}

}  // namespace

void put_snapshot(ViewWriter& writer, const SnapshotPlace& place, const Plan& plan) {
    const auto bytes = encode_plan(plan);
    std::uint32_t pieces = 0;
    for (ByteView left(bytes); !left.empty(); ++pieces) {
        const auto piece = left.first(std::min(left.size(), snapshot_piece_bytes));
        writer.put(piece_key(place.plan, place.size, pieces), copy_of(piece));
        left = left.subspan(piece.size());
    }
    Bytes head;
    append_u64(head, place.events);
    append_u32(head, pieces);
    append(head, digest_of_bytes(bytes).view());
    writer.put(head_key(place.plan, place.size), std::move(head));
}

Result<std::optional<PlanAt>> snapshot_below(const ViewReader& view, const PlanRef& plan,
                                             TreeSize size) {
    const auto advised = [](Error error) {
        return std::move(error).advise("delete the folder of views; they are made anew");
    };
    auto head = head_below(view, plan, size);
    if (!head.ok()) {
        return advised(std::move(head).error());
    }
    if (!head.value()) {
        return std::optional<PlanAt>{};
    }
    auto found = plan_of(view, plan, *head.value());
    if (!found.ok()) {
        return advised(std::move(found).error());
    }
    return std::optional(std::move(found).value());
}

}  // namespace wsoa
