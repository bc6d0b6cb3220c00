#pragma once

#include "ledger/base/bytes.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

// Bytes that are read where they are asked for: a file's, or some in memory. For any thread.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    virtual std::uint64_t size() const = 0;
    // As many as there is room for; `corrupt` where there are fewer, `unavailable` if the machine
    // failed.
    virtual Result<void> read(std::uint64_t offset, std::span<std::uint8_t> into) const = 0;
    // The same into bytes of their own, of which no more are made than there can be.
    Result<Bytes> read(std::uint64_t offset, std::size_t count) const;
};

// Borrows what it reads.
class MemorySource final : public ByteSource {
public:
    explicit MemorySource(ByteView bytes) : bytes_(bytes) {}
    using ByteSource::read;
    std::uint64_t size() const override { return bytes_.size(); }
    Result<void> read(std::uint64_t offset, std::span<std::uint8_t> into) const override;

private:
    ByteView bytes_;
};

// The one form of zip file that a pack may have (APPNOTE.TXT 6.3.10): members stored as they are,
// one after the other without gaps, in the order of their names, the central directory at once
// behind them; no zip64, no encryption, no comments, no extra fields. So there is one way to read
// it, nothing to inflate, and the same members are always the same bytes. schemas/README.md.
class Archive {
public:
    static constexpr std::uint64_t bytes_max = 0xffff'fffe;  // what a zip without zip64 can hold
    static constexpr std::size_t members_max = 65'534;       // the same
    static constexpr std::size_t name_bytes_max = 255;

    struct Member {
        std::string name;
        std::uint64_t offset = 0;  // of its first byte
        std::uint32_t size = 0;
        std::uint32_t crc = 0;  // as PKZIP sums; it finds accidents, and the hashes all else
    };

    // `invalid`, with one sentence, for a file of any other form. The source is borrowed.
    static Result<Archive> open(const ByteSource& source);

    // Where its members are.
    const ByteSource& source() const { return source_; }
    const std::vector<Member>& members() const { return members_; }
    // Null if there is none of that name.
    const Member* find(std::string_view name) const;
    // The whole member; `invalid` for more than `at_most` bytes, `corrupt` if its sum is not as
    // stated.
    Result<Bytes> read(const Member& member, std::size_t at_most) const;
    // The same part by part, each before the sum is known.
    using Sink = std::function<Result<void>(ByteView part)>;
    Result<void> read(const Member& member, const Sink& sink) const;
    // The same two whatever the sum is: for those who ask what a damaged member still says.
    Result<Bytes> look(const Member& member, std::size_t at_most) const;
    Result<void> look(const Member& member, const Sink& sink) const;

private:
    explicit Archive(const ByteSource& source) : source_(source) {}

    const ByteSource& source_;
    std::vector<Member> members_;
};

// Whether a member of a pack may be called so: parts of letters, digits, '.', '_' and '-', with
// '/' between them, none of them "." or "..".
bool is_member_name(std::string_view name);

// The sum of PKZIP (CRC-32 of ISO 3309), carried on from `before`.
std::uint32_t crc32(ByteView bytes, std::uint32_t before = 0);

}  // namespace wsoa
