#pragma once

#include "ledger/base/bytes.h"

#include <functional>

namespace wsoa {

// Bytes that are put once under a name, and then read or removed, never overwritten. The name is
// the SHA-256 of the bytes, so that whoever has them can tell whether they are what was put.
//
// One process puts and removes; any number may read meanwhile.
class Blobs {
public:
    virtual ~Blobs() = default;

    // On return the bytes are on stable storage under their name, whether they were there before or
    // not. `conflict` if others are, which stay.
    virtual Result<void> put(const Hash& name, ByteView bytes) = 0;
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
