#include "ledger/store/store.h"

namespace wsoa {

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
