#pragma once

#include "ledger/store/store.h"

#include <memory>
#include <mutex>

namespace wsoa {

// The Store in memory: for packs, for tests, and for threads under a sanitizer that cannot see into
// the engine. Nothing in it outlives the object, and no write fails.
//
// A snapshot costs nothing and may outlive the store; any number of threads may take and read them
// while one writes.
class MemoryStore final : public Store {
public:
    // A search tree whose nodes never change: a write makes new ones along its path and shares the
    // rest with every snapshot.
    struct Node;
    using Tree = std::shared_ptr<const Node>;

    Result<std::unique_ptr<Snapshot>> snapshot() const override;
    Result<void> write(const Batch& batch) override;

private:
    mutable std::mutex mutex_;
    Tree tree_;
    std::uint64_t writes_ = 0;
};

}  // namespace wsoa
