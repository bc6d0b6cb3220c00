#include "ledger/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace wsoa {

void check_failed(const char* what, const char* file, int line) {
    static_cast<void>(
        std::fprintf(stderr, "wsoa: contradiction in the program: %s (%s:%d)\n", what, file, line));
    std::abort();
}

}  // namespace wsoa
