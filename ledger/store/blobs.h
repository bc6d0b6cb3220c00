#pragma once

#include "ledger/base/bytes.h"

#include <functional>
#include <memory>

namespace wsoa {

// Bytes on their way into Blobs, which come to stable storage together: any number put, then
// settled. What is given up before that is there under its names or not, whole or in part. One
// thread at a time, and not longer than the Blobs.
class BlobBatch {
public:
    virtual ~BlobBatch() = default;

    // On return whoever reads the name finds the bytes, and finds them whole. `conflict` if others
    // are there already, which stay.
    virtual Result<void> put(const Hash& name, ByteView bytes) = 0;
    // On return all that was put is on stable storage under its names, whether it was there before
    // or not. After a failure of this or of a put nobody can say that of any of it: it is given up.
    virtual Result<void> settle() = 0;
};

// Bytes that are put once under a name, and then read or removed, never overwritten. The name is
// the SHA-256 of the bytes, so that whoever has them can tell whether they are what was put.
//
// One process puts and removes; any number may read meanwhile.
class Blobs {
public:
    virtual ~Blobs() = default;

    // The way in. Several batches may be under way, if one thread has them all.
    virtual std::unique_ptr<BlobBatch> batch() = 0;
    // As they are stored: whether they still have their name is for the caller to see. `missing` if
    // there are none; `corrupt` if there are more than `bytes_max`.
    virtual Result<Bytes> get(const Hash& name, std::size_t bytes_max) const = 0;
    virtual Result<bool> exists(const Hash& name) const = 0;
    // Durably. `missing` if there are none.
    virtual Result<void> remove(const Hash& name) = 0;
    // Every name, in order.
    using Visit = std::function<Result<void>(const Hash& name)>;
    virtual Result<void> each(const Visit& visit) const = 0;
    // Takes away what a put that was cut short has left under no name. Only for the one who puts.
    virtual Result<void> remove_unfinished() = 0;
};

}  // namespace wsoa
