#pragma once

#include "cli/keeper/activity.h"
#include "cli/keeper/wire.h"
#include "ledger/store/store.h"

#include <memory>
#include <optional>
#include <vector>

namespace wsoa {

// One moment of a store for one client. Holds the snapshot until the client lets go of it.
class RowsService final : public schema::Rows::Server {
public:
    enum class Shows : std::uint8_t {
        everything,
        all_but_words,  // sealed words are for those who can open the folder
    };
    RowsService(std::unique_ptr<Snapshot> snapshot, Shows shows, kj::Own<Activity> activity)
        : snapshot_(std::move(snapshot)), shows_(shows), activity_(kj::mv(activity)) {
        ++activity_->rows_held;
    }
    ~RowsService() { --activity_->rows_held; }
    KJ_DISALLOW_COPY(RowsService);

protected:
    kj::Promise<void> get(GetContext context) override;
    kj::Promise<void> scan(ScanContext context) override;
    kj::Promise<void> last(LastContext context) override;
    kj::Promise<void> getMany(GetManyContext context) override;

private:
    bool shows(ByteView key) const;
    Result<std::optional<Bytes>> get_shown(ByteView key) const;
    // Of as many of the keys as fit into an answer.
    Result<std::vector<std::optional<Bytes>>> values_of(
        capnp::List<capnp::Data>::Reader keys) const;
    // The same as the snapshot's, without the rows that are not shown.
    Result<void> scan_shown(ByteView from, ByteView to, const Snapshot::Visit& visit) const;
    Result<std::optional<std::pair<Bytes, Bytes>>> last_shown(ByteView from, ByteView to) const;

    std::unique_ptr<Snapshot> snapshot_;
    Shows shows_;
    kj::Own<Activity> activity_;
};

}  // namespace wsoa
