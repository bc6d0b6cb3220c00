#pragma once

#include "ledger/store/blobs.h"

#include <map>
#include <set>

namespace wsoa::test {

// Blobs in memory, which a test may look into and damage.
class MemoryBlobs final : public Blobs {
public:
    std::map<Hash, Bytes> held;
    // These cannot be read: the machine fails at it.
    std::set<Hash> unreadable;
    // The put of that number (from 0) fails, after its bytes are there.
    std::size_t fails_at = static_cast<std::size_t>(-1);
    std::size_t puts = 0;

    // Whether the machine fails at settling.
    bool fails_to_settle = false;

    std::unique_ptr<BlobBatch> batch() override { return std::make_unique<Puts>(*this); }
    Result<Bytes> get(const Hash& name, std::size_t bytes_max) const override {
        if (unreadable.contains(name)) {
            return Error{Fault::unavailable, "input/output error"};
        }
        const auto found = held.find(name);
        if (found == held.end()) {
            return Error{Fault::missing, "there is none"};
        }
        if (found->second.size() > bytes_max) {
            return Error{Fault::corrupt, "it is too large"};
        }
        return found->second;
    }
    Result<bool> exists(const Hash& name) const override { return held.contains(name); }
    Result<void> remove(const Hash& name) override {
        if (held.erase(name) == 0) {
            return Error{Fault::missing, "there is none"};
        }
        return done();
    }
    Result<void> each(const Visit& visit) const override {
        for (const auto& [name, bytes] : held) {
            TRY(visit(name));
        }
        return done();
    }
    Result<void> remove_unfinished() override { return done(); }

private:
    class Puts final : public BlobBatch {
    public:
        explicit Puts(MemoryBlobs& blobs) : blobs_(blobs) {}
        Result<void> put(const Hash& name, ByteView bytes) override {
            blobs_.held.emplace(name, copy_of(bytes));
            return blobs_.puts++ == blobs_.fails_at ? full() : done();
        }
        Result<void> settle() override { return blobs_.fails_to_settle ? full() : done(); }

    private:
        static Result<void> full() { return Error{Fault::unavailable, "the disk is full"}; }
        MemoryBlobs& blobs_;
    };
};

}  // namespace wsoa::test
