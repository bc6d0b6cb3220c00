#include "ledger/inspection/page_check.h"

#include "ledger/base/sha256.h"
#include "ledger/inspection/pack_members.h"

#include <algorithm>

namespace wsoa {
namespace {

// A released page has less, so that its mark is looked for no further.
constexpr std::uint64_t released_bytes_max = std::uint64_t{1} << 26;

// The page's member as a source of its own.
struct PageText {
    const Archive& archive;
    const Archive::Member& member;

    Result<Bytes> read(std::uint64_t offset, std::size_t count) const {
        return archive.source().read(member.offset + offset, count);
    }
};

// What base64 stands for, decoded where it is asked for: the page holds the pack once more, and
// neither is worth its memory.
class Base64Source final : public ByteSource {
public:
    // Of the characters from `begin` to `end`. `invalid` if they cannot be base64.
    static Result<Base64Source> open(const PageText& page, std::uint64_t begin, std::uint64_t end) {
        Base64Source source(page, begin);
        const auto chars = end - begin;
        if (chars % group_chars != 0) {
            return Error{Fault::invalid, "its data is not base64"};
        }
        if (chars > 0) {
            const auto last = TRY(source.decoded(chars - group_chars, group_chars));
            source.size_ = (chars / group_chars - 1) * group_bytes + last.size();
        }
        return source;
    }

    using ByteSource::read;
    std::uint64_t size() const override { return size_; }
    Result<void> read(std::uint64_t offset, std::span<std::uint8_t> into) const override {
        if (offset > size_ || into.size() > size_ - offset) {
            return Error{Fault::corrupt, "its data ends before it should"};
        }
        const auto first = offset / group_bytes;
        const auto groups = (offset + into.size() + group_bytes - 1) / group_bytes - first;
        const auto bytes = TRY(decoded(first * group_chars, groups * group_chars));
        std::ranges::copy(ByteView(bytes).subspan(offset - first * group_bytes, into.size()),
                          into.begin());
        return done();
    }

private:
    static constexpr std::uint64_t group_chars = 4;  // stand for
    static constexpr std::uint64_t group_bytes = 3;

    Base64Source(const PageText& page, std::uint64_t begin) : page_(page), begin_(begin) {}
    Result<Bytes> decoded(std::uint64_t from, std::size_t chars) const {
        const auto text = TRY(page_.read(begin_ + from, chars));
        return from_base64(text_of(text));
    }

    PageText page_;
    std::uint64_t begin_;
    std::uint64_t size_ = 0;
};

Result<void> compare(const PackFile& pack, const Archive::Member& member, const Archive& inner) {
    const auto differs = [&] {
        return error(Fault::distrusted, "it shows another {} than the pack holds", member.name);
    };
    const auto* const other = inner.find(member.name);
    if (other == nullptr || other->size != member.size || other->crc != member.crc) {
        return differs();
    }
    auto at = other->offset;
    return pack.archive().look(member, [&](ByteView part) -> Result<void> {
        const auto there = TRY(inner.source().read(at, part.size()));
        at += part.size();
        return equal(part, there) ? done() : Result<void>(differs());
    });
}

// The members that the page holds too must be those of the pack.
Result<void> compare_page_data(const PackFile& pack, const ByteSource& data) {
    const auto inner = TRY(Archive::open(data));
    std::size_t expected = 0;
    for (const auto& member : pack.archive().members()) {
        if (is_in_page(member.name)) {
            ++expected;
            TRY(compare(pack, member, inner));
        }
    }
    return inner.members().size() == expected
               ? done()
               : Result<void>(Error{Fault::distrusted, "it shows more than the pack holds"});
}

// The released page, with the mark that ends it.
Result<Bytes> released_part(const PageText& page) {
    const auto most = std::min<std::uint64_t>(page.member.size, released_bytes_max);
    for (std::uint64_t count = std::min<std::uint64_t>(most, 1 << 19);;
         count = std::min(most, 2 * count)) {
        auto begin = TRY(page.read(0, count));
        const auto mark = text_of(begin).find(page_mark_line);
        if (mark != std::string_view::npos) {
            begin.resize(mark + page_mark_line.size());
            return begin;
        }
        if (count == most) {
            return Error{Fault::invalid, "it does not say where the released page ends"};
        }
    }
}

}  // namespace

Result<Hash> page_of(const PackFile& pack) {
    const auto* const member = pack.archive().find("index.html");
    if (member == nullptr) {
        return Error{Fault::missing, "the pack has none"};
    }
    const PageText page{.archive = pack.archive(), .member = *member};
    const auto released = TRY(released_part(page));
    const auto begin = released.size() + page_data_begin.size();
    if (member->size < begin + page_data_end.size() ||
        text_of(TRY(page.read(released.size(), page_data_begin.size()))) != page_data_begin ||
        text_of(TRY(page.read(member->size - page_data_end.size(), page_data_end.size()))) !=
            page_data_end) {
        return Error{Fault::invalid, "it does not hold the pack's data behind the released page"};
    }
    const auto data = TRY(Base64Source::open(page, begin, member->size - page_data_end.size()));
    TRY(compare_page_data(pack, data));
    return sha256(released);
}

}  // namespace wsoa
