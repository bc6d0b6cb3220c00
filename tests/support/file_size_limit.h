#pragma once

#include "ledger/base/check.h"

#include <sys/resource.h>

#include <csignal>

namespace wsoa {

// While it lives, no file of this process grows past so many bytes: a write that would do so fails
// (EFBIG), for root too, much as on a full disk.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        CHECK(::getrlimit(RLIMIT_FSIZE, &before_) == 0);
        auto limited = before_;
        limited.rlim_cur = bytes;
        CHECK(::setrlimit(RLIMIT_FSIZE, &limited) == 0);
    }
    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    rlimit before_{};
    void (*handler_)(int);
};

}  // namespace wsoa
