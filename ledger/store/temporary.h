#pragma once

#include "ledger/store/files.h"

#include <filesystem>

namespace wsoa {

// A descriptor within one function or object, which is closed when that goes.
class Held {
public:
    Held() = default;
    explicit Held(int descriptor) : descriptor_(descriptor) {}
    ~Held();
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

    int get() const { return descriptor_; }
    void hold(int descriptor);
    // Somebody else closes it.
    int released();
    // Some file systems tell only now that a write has failed. Linux has closed the descriptor
    // whatever close(2) says, so that it must not be tried again.
    Result<void> close(const std::filesystem::path& path);

private:
    int descriptor_ = -1;
};

// A file that is not under its name yet, but under one of its own in the folder where it is to
// stand, such as destroy_leftovers finds. Removed again unless it was put in place.
//
// write() comes first, and once; the others after it.
class Temporary {
public:
    Temporary() = default;
    ~Temporary();
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;

    // Whole on return, and on the disk after a sync. The file stays open.
    Result<void> write(const std::filesystem::path& place, ByteView bytes, Access access);
    // Begins the writing and waits for nothing: a later sync then finds most of it done.
    Result<void> begin_sync() const;
    Result<void> sync() const;
    Result<void> close();
    // Replaces what stands there.
    Result<void> rename_into_place();
    // `conflict` if something stands there: a rename would replace what another process has just
    // put there, and a link never does.
    Result<void> link_into_place();
    // Somebody else closes it.
    int released() { return file_.released(); }
    std::uint64_t size() const { return size_; }

private:
    std::filesystem::path place_;
    std::filesystem::path path_;  // empty while there is no such file
    Held file_;
    std::uint64_t size_ = 0;
};

}  // namespace wsoa
