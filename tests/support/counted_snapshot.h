#pragma once

#include "ledger/store/store.h"

#include <memory>
#include <utility>

namespace wsoa::test {

// A moment of a store that counts how often it is asked: what each answer costs where the rows lie
// far away.
class CountedSnapshot final : public Snapshot {
public:
    CountedSnapshot(std::unique_ptr<Snapshot> snapshot, unsigned& questions)
        : snapshot_(std::move(snapshot)), questions_(questions) {}

    Result<std::optional<Bytes>> get(ByteView key) const override {
        ++questions_;
        return snapshot_->get(key);
    }
    Result<std::vector<std::optional<Bytes>>> get_many(std::span<const Bytes> keys) const override {
        ++questions_;
        return snapshot_->get_many(keys);
    }
    Result<void> scan(ByteView from, ByteView to, const Visit& visit) const override {
        ++questions_;
        return snapshot_->scan(from, to, visit);
    }
    Result<std::optional<std::pair<Bytes, Bytes>>> last(ByteView from, ByteView to) const override {
        ++questions_;
        return snapshot_->last(from, to);
    }

private:
    std::unique_ptr<Snapshot> snapshot_;
    unsigned& questions_;
};

}  // namespace wsoa::test
