#pragma once

#include "ledger/base/bytes.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace wsoa {

// Writes that become true together or not at all.
class Batch {
public:
    struct Write {
        Bytes key;
        std::optional<Bytes> value;  // null deletes the key
    };
    void put(ByteView key, ByteView value) { writes_.push_back({copy_of(key), copy_of(value)}); }
    void erase(ByteView key) { writes_.push_back({copy_of(key), std::nullopt}); }
    const std::vector<Write>& writes() const { return writes_; }
    bool empty() const { return writes_.empty(); }

private:
    std::vector<Write> writes_;
};

// One moment of a store: later writes do not show in it.
class Snapshot {
public:
    virtual ~Snapshot() = default;

    // Null if the key is not there; `corrupt` if what was stored cannot be read back.
    virtual Result<std::optional<Bytes>> get(ByteView key) const = 0;
    // The same for several keys, in their order. One after the other, unless the rows lie so far
    // away that all are worth one question.
    virtual Result<std::vector<std::optional<Bytes>>> get_many(std::span<const Bytes> keys) const;

    // Whether a scan goes on after a row.
    enum class Step : std::uint8_t { next, stop };
    using Visit = std::function<Result<Step>(ByteView key, ByteView value)>;
    // Every row with from <= key < to, in the order of their bytes. The views hold for the call
    // only. A scan that cannot reach the end is an error, never a shorter scan; callers that know
    // how many rows there must be count them all the same.
    virtual Result<void> scan(ByteView from, ByteView to, const Visit& visit) const = 0;
    // The last row with from <= key < to; null if there is none.
    virtual Result<std::optional<std::pair<Bytes, Bytes>>> last(ByteView from,
                                                                ByteView to) const = 0;
};

// Ordered bytes with one atomic, durable write: all that the ledger asks of an engine.
//
// One writer, any number of readers. After a write has failed the store takes no more of them
// (`unavailable`): whether the batch is on the disk is unknown until it is opened again.
class Store {
public:
    virtual ~Store() = default;

    virtual Result<std::unique_ptr<Snapshot>> snapshot() const = 0;
    // On return the batch is on stable storage.
    virtual Result<void> write(const Batch& batch) = 0;
};

// The first key after every key that begins with the prefix: the `to` of a scan over it. The prefix
// is not empty and not all 0xff.
Bytes after_prefix(ByteView prefix);

}  // namespace wsoa
