#include "cli/keeper/rows_service.h"

#include "ledger/store/layout.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace wsoa {
namespace {

struct Page {
    std::vector<std::pair<Bytes, Bytes>> rows;
    std::size_t bytes = 0;
    bool is_whole = true;
};

// The table of sealed words: from its first byte to the next.
const layout::Range& hidden() {
    static const layout::Range range = [] {
        Bytes begin{layout::words_key(EventIndex{0}).front()};
        auto end = after_prefix(begin);
        return layout::Range{.from = std::move(begin), .to = std::move(end)};
    }();
    return range;
}

bool is_less(ByteView left, ByteView right) {
    return std::ranges::lexicographical_compare(left, right);
}
ByteView earlier(ByteView left, ByteView right) { return is_less(left, right) ? left : right; }
ByteView later(ByteView left, ByteView right) { return is_less(left, right) ? right : left; }

}  // namespace

bool RowsService::shows(ByteView key) const {
    return shows_ == Shows::everything || is_less(key, hidden().from) || !is_less(key, hidden().to);
}

// Around the hidden table and not through it: however large it is, nobody waits for it.
Result<void> RowsService::scan_shown(ByteView from, ByteView to,
                                     const Snapshot::Visit& visit) const {
    if (shows_ == Shows::everything) {
        return snapshot_->scan(from, to, visit);
    }
    bool was_stopped = false;
    const auto watched = [&](ByteView key, ByteView value) -> Result<Snapshot::Step> {
        const auto step = TRY(visit(key, value));
        was_stopped = step == Snapshot::Step::stop;
        return step;
    };
    TRY(snapshot_->scan(from, earlier(to, hidden().from), watched));
    return was_stopped ? done() : snapshot_->scan(later(from, hidden().to), to, watched);
}

Result<std::optional<std::pair<Bytes, Bytes>>> RowsService::last_shown(ByteView from,
                                                                       ByteView to) const {
    auto row = TRY(snapshot_->last(from, to));
    if (!row || shows(row->first)) {
        return row;
    }
    return snapshot_->last(from, hidden().from);
}

Result<std::optional<Bytes>> RowsService::get_shown(ByteView key) const {
    return shows(key) ? snapshot_->get(key) : Result(std::optional<Bytes>{});
}

Result<std::vector<std::optional<Bytes>>> RowsService::values_of(
    capnp::List<capnp::Data>::Reader keys) const {
    const auto wanted = TRY(wire::get_keys(keys));
    std::vector<std::optional<Bytes>> values;
    std::size_t bytes = 0;
    for (const auto key : wanted) {
        if (bytes >= wire::rows_bytes_usual) {
            break;
        }
        auto value = TRY(get_shown(key));
        bytes += value ? value->size() : 0;
        values.push_back(std::move(value));
    }
    return values;
}

kj::Promise<void> RowsService::get(GetContext context) {
    ++activity_->calls;
    const auto key = wire::view_of(context.getParams().getKey());
    auto row = get_shown(key);
    auto results = context.getResults();
    if (!row.ok()) {
        wire::put_failure(results.initFailure(), row.error());
    } else if (row.value()) {
        results.setFound(true);
        results.setValue(wire::data_of(*row.value()));
    }
    return kj::READY_NOW;
}

kj::Promise<void> RowsService::getMany(GetManyContext context) {
    ++activity_->calls;
    const auto values = values_of(context.getParams().getKeys());
    auto results = context.getResults();
    if (!values.ok()) {
        wire::put_failure(results.initFailure(), values.error());
        return kj::READY_NOW;
    }
    wire::put_values(results.initValues(static_cast<unsigned>(values.value().size())),
                     values.value());
    return kj::READY_NOW;
}

kj::Promise<void> RowsService::scan(ScanContext context) {
    ++activity_->calls;
    const auto params = context.getParams();
    Page page;
    const auto scanned = scan_shown(wire::view_of(params.getFrom()), wire::view_of(params.getTo()),
                                    [&](ByteView key, ByteView value) -> Result<Snapshot::Step> {
                                        if (page.bytes >= wire::rows_bytes_usual) {
                                            page.is_whole = false;
                                            return Snapshot::Step::stop;
                                        }
                                        page.bytes += key.size() + value.size();
                                        page.rows.emplace_back(copy_of(key), copy_of(value));
                                        return Snapshot::Step::next;
                                    });
    auto results = context.getResults();
    if (!scanned.ok()) {
        wire::put_failure(results.initFailure(), scanned.error());
        return kj::READY_NOW;
    }
    auto rows = results.initRows(static_cast<unsigned>(page.rows.size()));
    for (unsigned i = 0; i < rows.size(); ++i) {
        rows[i].setKey(wire::data_of(page.rows[i].first));
        rows[i].setValue(wire::data_of(page.rows[i].second));
    }
    results.setIsWhole(page.is_whole);
    return kj::READY_NOW;
}

kj::Promise<void> RowsService::last(LastContext context) {
    ++activity_->calls;
    const auto params = context.getParams();
    const auto row = last_shown(wire::view_of(params.getFrom()), wire::view_of(params.getTo()));
    auto results = context.getResults();
    if (!row.ok()) {
        wire::put_failure(results.initFailure(), row.error());
    } else if (row.value()) {
        results.setFound(true);
        results.initRow().setKey(wire::data_of(row.value()->first));
        results.getRow().setValue(wire::data_of(row.value()->second));
    }
    return kj::READY_NOW;
}

}  // namespace wsoa
