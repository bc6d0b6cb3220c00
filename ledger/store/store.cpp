#include "ledger/store/store.h"

namespace wsoa {

Result<std::vector<std::optional<Bytes>>> Snapshot::get_many(std::span<const Bytes> keys) const {
    std::vector<std::optional<Bytes>> values;
    values.reserve(keys.size());
    for (const auto& key : keys) {
        auto value = TRY(get(key));
        values.push_back(std::move(value));
    }
    return values;
}

Bytes after_prefix(ByteView prefix) {
    Bytes next = copy_of(prefix);
    while (!next.empty() && next.back() == 0xff) {
        next.pop_back();
    }
    CHECK(!next.empty());
    ++next.back();
    return next;
}

}  // namespace wsoa
