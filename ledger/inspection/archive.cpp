#include "ledger/inspection/archive.h"

#include <algorithm>
#include <array>
#include <memory>

namespace wsoa {
namespace {

constexpr std::uint32_t local_mark = 0x04034b50;
constexpr std::uint32_t central_mark = 0x02014b50;
constexpr std::uint32_t end_mark = 0x06054b50;
constexpr std::size_t local_bytes = 30;
constexpr std::size_t central_bytes = 46;
constexpr std::size_t end_bytes = 22;
// What a processor's cache holds while it is summed and hashed.
constexpr std::size_t part_bytes = std::size_t{1} << 17;
// Midnight of 1 January 1980, which every member bears: the date before the time.
constexpr std::uint32_t first_instant = 33U << 16;

// Numbers of a zip file stand with their lowest byte first.
std::uint32_t number(ByteView bytes, std::size_t at, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        value |= std::uint32_t{bytes[at + i]} << (8 * i);
    }
    return value;
}
std::uint32_t u16(ByteView bytes, std::size_t at) { return number(bytes, at, 2); }
std::uint32_t u32(ByteView bytes, std::size_t at) { return number(bytes, at, 4); }

Error not_a_pack(std::string_view what) {
    return error(Fault::invalid, "this is no pack: {}", what)
        .advise("ask for the file again, as `wsoa pack` wrote it");
}

// Where the central directory lies.
struct Directory {
    std::uint64_t offset = 0;
    std::uint32_t bytes = 0;
    std::uint32_t members = 0;
};

Result<Directory> read_end(const ByteSource& source) {
    if (source.size() < end_bytes || source.size() > Archive::bytes_max) {
        return not_a_pack("a zip file of a pack has 22 bytes to 4 GiB");
    }
    const auto at = source.size() - end_bytes;
    const auto end = TRY(source.read(at, end_bytes));
    if (u32(end, 0) != end_mark) {
        return not_a_pack("it does not end as a zip file does, or something follows its end");
    }
    const Directory directory{
        .offset = u32(end, 16), .bytes = u32(end, 12), .members = u16(end, 10)};
    const bool is_plain = u16(end, 4) == 0 && u16(end, 6) == 0 &&
                          u16(end, 8) == directory.members && u16(end, 20) == 0 &&
                          directory.members <= Archive::members_max;
    if (!is_plain || directory.offset + directory.bytes != at) {
        return not_a_pack("the end of its zip file is not as a pack has it");
    }
    return directory;
}

// The central headers one by one.
class CentralReader {
public:
    CentralReader(const ByteSource& source, ByteView directory)
        : source_(source), directory_(directory) {}

    bool is_done() const { return at_ == directory_.size(); }
    // Where the member after those that were read begins.
    std::uint64_t next_offset() const { return next_offset_; }
    Result<Archive::Member> next();

private:
    Result<void> check_local(ByteView central, const std::string& name, std::uint64_t offset) const;

    const ByteSource& source_;
    ByteView directory_;
    std::size_t at_ = 0;
    std::uint64_t next_offset_ = 0;
};

Result<Archive::Member> CentralReader::next() {
    if (directory_.size() - at_ < central_bytes || u32(directory_, at_) != central_mark) {
        return not_a_pack("the directory of its zip file is cut short");
    }
    const auto central = directory_.subspan(at_, central_bytes);
    const auto name_bytes = u16(central, 28);
    if (name_bytes > Archive::name_bytes_max ||
        name_bytes > directory_.size() - at_ - central_bytes) {
        return not_a_pack("the name of a member is too long");
    }
    std::string name(text_of(directory_.subspan(at_ + central_bytes, name_bytes)));
    if (!is_member_name(name)) {
        return not_a_pack("the name of a member is none that a pack has");
    }
    const bool is_plain = u16(central, 8) == 0 && u16(central, 10) == 0 &&
                          u32(central, 12) == first_instant &&
                          u32(central, 20) == u32(central, 24) && u16(central, 30) == 0 &&
                          u16(central, 32) == 0 && u16(central, 34) == 0;
    const std::uint64_t offset = u32(central, 42);
    if (!is_plain || offset != next_offset_) {
        return not_a_pack(fmt::format("{} is not stored as a pack has its members", name));
    }
    TRY(check_local(central, name, offset));
    Archive::Member member{.name = std::move(name),
                           .offset = offset + local_bytes + name_bytes,
                           .size = u32(central, 24),
                           .crc = u32(central, 16)};
    at_ += central_bytes + name_bytes;
    next_offset_ = member.offset + member.size;
    return member;
}

// What the local header says again, it says alike: bytes 4 to 30 of it are bytes 6 to 32 there.
Result<void> CentralReader::check_local(ByteView central, const std::string& name,
                                        std::uint64_t offset) const {
    const auto local = TRY(source_.read(offset, local_bytes + name.size()));
    const auto again = ByteView(local).subspan(4, local_bytes - 4);
    const bool agrees = u32(local, 0) == local_mark &&
                        equal(again, central.subspan(6, local_bytes - 4)) &&
                        text_of(ByteView(local).subspan(local_bytes)) == name;
    return agrees ? done()
                  : Result<void>(
                        not_a_pack(fmt::format("{} is told of in two ways that differ", name)));
}

}  // namespace

Result<Bytes> ByteSource::read(std::uint64_t offset, std::size_t count) const {
    if (offset > size() || count > size() - offset) {
        return Error{Fault::corrupt, "it ends before it should"};
    }
    Bytes bytes(count);
    TRY(read(offset, std::span(bytes)));
    return bytes;
}

Result<void> MemorySource::read(std::uint64_t offset, std::span<std::uint8_t> into) const {
    if (offset > bytes_.size() || into.size() > bytes_.size() - offset) {
        return Error{Fault::corrupt, "it ends before it should"};
    }
    std::ranges::copy(bytes_.subspan(offset, into.size()), into.begin());
    return done();
}

bool is_member_name(std::string_view name) {
    const auto is_plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-' || c == '/';
    };
    if (name.empty() || name.size() > Archive::name_bytes_max ||
        !std::ranges::all_of(name, is_plain)) {
        return false;
    }
    std::size_t begin = 0;
    while (begin <= name.size()) {
        const auto end = std::min(name.find('/', begin), name.size());
        const auto part = name.substr(begin, end - begin);
        if (part.empty() || part == "." || part == "..") {
            return false;
        }
        begin = end + 1;
    }
    return true;
}

Result<Archive> Archive::open(const ByteSource& source) {
    const auto directory = TRY(read_end(source));
    const auto bytes = TRY(source.read(directory.offset, directory.bytes));
    Archive archive(source);
    CentralReader reader(source, bytes);
    while (!reader.is_done()) {
        auto member = TRY(reader.next());
        if (!archive.members_.empty() && member.name <= archive.members_.back().name) {
            return not_a_pack("its members do not stand in the order of their names, each once");
        }
        if (reader.next_offset() > directory.offset) {
            return not_a_pack(fmt::format("{} reaches beyond the members", member.name));
        }
        archive.members_.push_back(std::move(member));
    }
    if (archive.members_.size() != directory.members || reader.next_offset() != directory.offset) {
        return not_a_pack("there are gaps in its zip file");
    }
    return archive;
}

const Archive::Member* Archive::find(std::string_view name) const {
    const auto found = std::ranges::lower_bound(members_, name, {}, &Member::name);
    return found == members_.end() || found->name != name ? nullptr : &*found;
}

namespace {

Result<void> check_size(const Archive::Member& member, std::size_t at_most) {
    if (member.size > at_most) {
        return error(Fault::invalid, "{} has {} bytes; at most {} are taken", member.name,
                     member.size, at_most);
    }
    return done();
}

Result<void> check_sum(const Archive::Member& member, std::uint32_t sum) {
    if (sum != member.crc) {
        return error(Fault::corrupt, "{} is damaged: its check sum is wrong", member.name);
    }
    return done();
}

}  // namespace

Result<void> Archive::read(const Member& member, const Sink& sink) const {
    std::uint32_t sum = 0;
    TRY(look(member, [&](ByteView part) {
        sum = crc32(part, sum);
        return sink(part);
    }));
    return check_sum(member, sum);
}

Result<void> Archive::look(const Member& member, const Sink& sink) const {
    // Without zeros first: every byte that is looked at was read.
    const auto buffer = std::make_unique_for_overwrite<std::uint8_t[]>(
        std::min<std::size_t>(part_bytes, member.size));
    for (std::uint64_t at = 0; at < member.size; at += part_bytes) {
        const auto count = std::min<std::uint64_t>(part_bytes, member.size - at);
        const std::span part(buffer.get(), count);
        TRY(source_.read(member.offset + at, part));
        TRY(sink(part));
    }
    return done();
}

Result<Bytes> Archive::read(const Member& member, std::size_t at_most) const {
    auto whole = TRY(look(member, at_most));
    TRY(check_sum(member, crc32(whole)));
    return whole;
}

Result<Bytes> Archive::look(const Member& member, std::size_t at_most) const {
    TRY(check_size(member, at_most));
    return source_.read(member.offset, member.size);
}

namespace {

// What sixteen bytes that follow each other add to the sum, each by its place: a byte at a time
// took a tenth of the time that a whole pack takes to verify.
using CrcTables = std::array<std::array<std::uint32_t, 256>, 16>;

CrcTables made_crc_tables() {
    CrcTables made{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        auto value = byte;
        for (int bit = 0; bit < 8; ++bit) {
            value = (value & 1) != 0 ? (value >> 1) ^ 0xedb8'8320U : value >> 1;
        }
        made[0][byte] = value;
    }
    for (std::size_t place = 1; place < made.size(); ++place) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const auto before = made[place - 1][byte];
            made[place][byte] = made[0][before & 0xffU] ^ (before >> 8);
        }
    }
    return made;
}

}  // namespace

std::uint32_t crc32(ByteView bytes, std::uint32_t before) {
    static const auto tables = made_crc_tables();
    auto sum = ~before;
    for (; bytes.size() >= tables.size(); bytes = bytes.subspan(tables.size())) {
        std::uint32_t next = 0;
        for (std::size_t i = 0; i < tables.size(); ++i) {
            const auto with = i < 4 ? (sum >> (8 * i)) & 0xffU : 0U;
            next ^= tables[tables.size() - 1 - i][bytes[i] ^ with];
        }
        sum = next;
    }
    for (const auto byte : bytes) {
        sum = tables[0][(sum ^ byte) & 0xffU] ^ (sum >> 8);
    }
    return ~sum;
}

}  // namespace wsoa
