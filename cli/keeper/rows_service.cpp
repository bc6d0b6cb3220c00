#include "cli/keeper/rows_service.h"

#include "ledger/store/layout.h"

#include <utility>
#include <vector>

namespace wsoa {
namespace {

struct Page {
    std::vector<std::pair<Bytes, Bytes>> rows;
    std::size_t bytes = 0;
    bool is_whole = true;
};

}  // namespace

bool RowsService::shows(ByteView key) const {
    static const auto words = layout::words_key(EventIndex{0}).front();
    return shows_ == Shows::everything || key.empty() || key.front() != words;
}

kj::Promise<void> RowsService::get(GetContext context) {
    ++activity_->calls;
    const auto key = wire::view_of(context.getParams().getKey());
    auto row = shows(key) ? snapshot_->get(key) : Result(std::optional<Bytes>{});
    auto results = context.getResults();
    if (!row.ok()) {
        wire::put_failure(results.initFailure(), row.error());
    } else if (row.value()) {
        results.setFound(true);
        results.setValue(wire::data_of(*row.value()));
    }
    return kj::READY_NOW;
}

kj::Promise<void> RowsService::scan(ScanContext context) {
    ++activity_->calls;
    const auto params = context.getParams();
    Page page;
    const auto scanned =
        snapshot_->scan(wire::view_of(params.getFrom()), wire::view_of(params.getTo()),
                        [&](ByteView key, ByteView value) -> Result<Snapshot::Step> {
                            if (!shows(key)) {
                                return Snapshot::Step::next;
                            }
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
    const auto row =
        snapshot_->last(wire::view_of(params.getFrom()), wire::view_of(params.getTo()));
    auto results = context.getResults();
    if (!row.ok()) {
        wire::put_failure(results.initFailure(), row.error());
    } else if (row.value() && shows(row.value()->first)) {
        results.setFound(true);
        results.initRow().setKey(wire::data_of(row.value()->first));
        results.getRow().setValue(wire::data_of(row.value()->second));
    }
    return kj::READY_NOW;
}

}  // namespace wsoa
