#include "ledger/inspection/page_check.h"

#include "ledger/base/sha256.h"
#include "ledger/inspection/pack_members.h"

namespace wsoa {
namespace {

constexpr std::size_t page_bytes_max = std::size_t{1} << 30;

// The members that the page holds too must be those of the pack.
Result<void> compare_page_data(const PackFile& pack, ByteView data) {
    const MemorySource source(data);
    const auto inner = TRY(Archive::open(source));
    std::size_t expected = 0;
    for (const auto& member : pack.archive().members()) {
        if (!is_in_page(member.name)) {
            continue;
        }
        ++expected;
        const auto* const other = inner.find(member.name);
        if (other == nullptr || other->size != member.size || other->crc != member.crc) {
            return error(Fault::distrusted, "it shows another {} than the pack holds", member.name);
        }
        const auto here = TRY(pack.archive().look(member, page_bytes_max));
        const auto there = TRY(inner.look(*other, page_bytes_max));
        if (!equal(here, there)) {
            return error(Fault::distrusted, "it shows another {} than the pack holds", member.name);
        }
    }
    return inner.members().size() == expected
               ? done()
               : Result<void>(Error{Fault::distrusted, "it shows more than the pack holds"});
}

}  // namespace

Result<Hash> page_of(const PackFile& pack) {
    const auto* const member = pack.archive().find("index.html");
    if (member == nullptr) {
        return Error{Fault::missing, "the pack has none"};
    }
    const auto bytes = TRY(pack.archive().look(*member, page_bytes_max));
    const auto text = text_of(bytes);
    const auto mark = text.find(page_mark_line);
    if (mark == std::string_view::npos) {
        return Error{Fault::invalid, "it does not say where the released page ends"};
    }
    const auto end = mark + page_mark_line.size();
    auto data = text.substr(end);
    if (!data.starts_with(page_data_begin) || !data.ends_with(page_data_end) ||
        data.size() < page_data_begin.size() + page_data_end.size()) {
        return Error{Fault::invalid, "it does not hold the pack's data behind the released page"};
    }
    data.remove_prefix(page_data_begin.size());
    data.remove_suffix(page_data_end.size());
    const auto inner = TRY(from_base64(data));
    TRY(compare_page_data(pack, inner));
    return sha256(ByteView(bytes).first(end));
}

}  // namespace wsoa
