#pragma once

#include "ledger/inspection/archive.h"
#include "tests/support/changes.h"

#include <string>
#include <string_view>

namespace wsoa::test {

// A zip file put together by hand, so that it can be one that no program of ours writes.
class ZipBytes {
public:
    Bytes gap = {};  // before the directory

    void add(std::string_view name, std::string_view content) { add(name, bytes_of(content)); }
    void add(std::string_view name, ByteView content) {
        Bytes shared;
        u16(shared, 20);  // version
        u16(shared, 0);   // flags
        u16(shared, 0);   // stored
        u16(shared, 0);   // midnight
        u16(shared, 33);  // 1 January 1980
        u32(shared, crc32(content));
        u32(shared, content.size());
        u32(shared, content.size());
        u16(shared, name.size());
        u16(shared, 0);
        u32(directory_, 0x02014b50);
        u16(directory_, 20);
        append(directory_, shared);
        u16(directory_, 0);
        u16(directory_, 0);
        u16(directory_, 0);
        u32(directory_, 0);
        u32(directory_, members_.size());
        append(directory_, bytes_of(name));
        u32(members_, 0x04034b50);
        append(members_, shared);
        append(members_, bytes_of(name));
        append(members_, content);
        ++count_;
    }

    Bytes bytes() const {
        auto file = members_;
        append(file, gap);
        append(file, directory_);
        u32(file, 0x06054b50);
        u32(file, 0);
        u16(file, count_);
        u16(file, count_);
        u32(file, directory_.size());
        u32(file, members_.size() + gap.size());
        u16(file, 0);
        return file;
    }

private:
    static void u16(Bytes& to, std::size_t number) {
        to.push_back(static_cast<std::uint8_t>(number));
        to.push_back(static_cast<std::uint8_t>(number >> 8));
    }
    static void u32(Bytes& to, std::size_t number) {
        u16(to, number & 0xffff);
        u16(to, number >> 16);
    }

    Bytes members_;
    Bytes directory_;
    std::size_t count_ = 0;
};

}  // namespace wsoa::test
