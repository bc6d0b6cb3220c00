#include "ledger/base/error.h"

#include "ledger/base/check.h"

namespace wsoa {

std::string_view name_of(Fault fault) {
    switch (fault) {
        case Fault::invalid: return "invalid";
        case Fault::refused: return "refused";
        case Fault::missing: return "missing";
        case Fault::conflict: return "conflict";
        case Fault::distrusted: return "distrusted";
        case Fault::corrupt: return "corrupt";
        case Fault::unavailable: return "unavailable";
        case Fault::busy: return "busy";
    }
    CHECK(false);
}

}  // namespace wsoa
