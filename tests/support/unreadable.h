#pragma once

#include "ledger/store/store.h"

#include <memory>
#include <set>
#include <utility>

namespace wsoa::test {

// A moment of a store in which some rows cannot be read back: for them, and for every scan that
// comes to one, the given fault.
class UnreadableRows final : public Snapshot {
public:
    UnreadableRows(std::unique_ptr<Snapshot> snapshot, std::set<Bytes> keys, Fault fault)
        : snapshot_(std::move(snapshot)), keys_(std::move(keys)), fault_(fault) {}

    Result<std::optional<Bytes>> get(ByteView key) const override {
        TRY(look(key));
        return snapshot_->get(key);
    }
    Result<void> scan(ByteView from, ByteView to, const Visit& visit) const override {
        return snapshot_->scan(from, to, [&](ByteView key, ByteView value) -> Result<Step> {
            TRY(look(key));
            return visit(key, value);
        });
    }
    Result<std::optional<std::pair<Bytes, Bytes>>> last(ByteView from, ByteView to) const override {
        return snapshot_->last(from, to);
    }

private:
    Result<void> look(ByteView key) const {
        if (keys_.contains(copy_of(key))) {
            return Error{fault_, "the block is damaged"};
        }
        return done();
    }

    std::unique_ptr<Snapshot> snapshot_;
    std::set<Bytes> keys_;
    Fault fault_;
};

}  // namespace wsoa::test
