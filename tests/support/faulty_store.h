#pragma once

#include "ledger/store/store.h"
#include "tests/support/changes.h"

#include <utility>
#include <vector>

namespace wsoa::test {

// Every row of a store, in order.
inline std::vector<std::pair<Bytes, Bytes>> rows_of(const Store& store) {
    std::vector<std::pair<Bytes, Bytes>> rows;
    const auto snapshot = must(store.snapshot());
    must(snapshot->scan(Bytes{0}, Bytes(8, 0xff),
                        [&](ByteView key, ByteView value) -> Result<Snapshot::Step> {
                            rows.emplace_back(copy_of(key), copy_of(value));
                            return Snapshot::Step::next;
                        }));
    return rows;
}

// A store whose n-th write (from 0) fails, and every one after it, as the contract says: whether
// the batch of that one is on the disk its caller cannot know.
class FaultyStore final : public Store {
public:
    enum class Batches : std::uint8_t { lost, written };

    FaultyStore(Store& store, std::size_t fails_at, Batches batches)
        : store_(store), fails_at_(fails_at), batches_(batches) {}

    Result<std::unique_ptr<Snapshot>> snapshot() const override { return store_.snapshot(); }
    Result<void> write(const Batch& batch) override {
        const auto number = writes_++;
        if (number < fails_at_ || (number == fails_at_ && batches_ == Batches::written)) {
            TRY(store_.write(batch));
        }
        if (number >= fails_at_) {
            return Error{Fault::unavailable, "the disk is gone"};
        }
        return done();
    }
    std::size_t writes() const { return writes_; }

private:
    Store& store_;
    std::size_t fails_at_;
    Batches batches_;
    std::size_t writes_ = 0;
};

}  // namespace wsoa::test
