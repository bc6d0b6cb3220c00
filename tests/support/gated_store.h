#pragma once

#include "ledger/store/store.h"

#include <condition_variable>
#include <mutex>

namespace wsoa::test {

// A store whose writes wait at a gate while it is closed, and that counts them: so that a test says
// what comes in while one is under way.
class GatedStore final : public Store {
public:
    explicit GatedStore(Store& inner) : inner_(inner) {}

    Result<std::unique_ptr<Snapshot>> snapshot() const override { return inner_.snapshot(); }
    Result<void> write(const Batch& batch) override {
        std::unique_lock lock(mutex_);
        ++writes_;
        changed_.notify_all();
        changed_.wait(lock, [&] { return is_open_; });
        if (fails_) {
            return Error{Fault::unavailable, "the disk is gone"};
        }
        return inner_.write(batch);
    }

    void close_gate() {
        const std::lock_guard lock(mutex_);
        is_open_ = false;
    }
    void open_gate() {
        const std::lock_guard lock(mutex_);
        is_open_ = true;
        changed_.notify_all();
    }
    // Every later write fails.
    void fail() {
        const std::lock_guard lock(mutex_);
        fails_ = true;
    }
    // Returns once so many writes have come to the gate, the first ones among them.
    void wait_for_writes(int count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return writes_ >= count; });
    }
    int writes() const {
        const std::lock_guard lock(mutex_);
        return writes_;
    }

private:
    Store& inner_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool is_open_ = true;
    bool fails_ = false;
    int writes_ = 0;
};

}  // namespace wsoa::test
