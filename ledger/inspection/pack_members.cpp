#include "ledger/inspection/pack_members.h"

#include "ledger/tree/tile.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace wsoa {
namespace {

constexpr std::size_t timestamps_max = 10'000;  // over one checkpoint

constexpr std::array<std::string_view, 11> fixed{
    "README.txt", "certificate.txt", "checkpoint",  "documents.jsonl", "evidence.csv", "index.html",
    "pack.json",  "policy",          "shown.jsonl", "state.json",      "words.jsonl"};

// A number as it is written in one way only; null for anything else.
std::optional<std::uint64_t> plain_number(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_plain = failure == std::errc() && end == text.data() + text.size() &&
                          fmt::format("{}", number) == text;
    return is_plain ? std::optional(number) : std::nullopt;
}

// The event whose document the member is; null where its name is that of none.
std::optional<EventIndex> document_member(std::string_view member) {
    constexpr std::string_view folder = "documents/";
    const auto number =
        member.starts_with(folder) ? plain_number(member.substr(folder.size())) : std::nullopt;
    return number ? std::optional(EventIndex{*number}) : std::nullopt;
}

bool is_tile_of(TreeSize size, std::string_view member) {
    const auto tile = parse_tile_path(member);
    if (tile.ok()) {
        const auto levels = tile_levels(size);
        if (tile.value().level >= levels.size()) {
            return false;
        }
        const auto& level = levels[tile.value().level];
        return tile.value().width == tile_width_max
                   ? tile.value().index < level.full
                   : tile.value().index == level.full && tile.value().width == level.partial_width;
    }
    const auto bundle = parse_bundle_path(member);
    if (!bundle.ok()) {
        return false;
    }
    const auto& [index, width] = bundle.value();
    return width == tile_width_max
               ? index < size.value / tile_width_max
               : index == size.value / tile_width_max && width == size.value % tile_width_max;
}

}  // namespace

const std::array<std::string_view, 11>& fixed_members() { return fixed; }

bool is_member_of_pack(TreeSize size, std::string_view member) {
    const auto earlier = earlier_member(member);
    return std::ranges::find(fixed, member) != fixed.end() || document_member(member) ||
           is_timestamp_member(member) || is_tile_of(size, member) ||
           (earlier && earlier->size < size);
}

bool is_in_page(std::string_view member) {
    return member != "index.html" && !document_member(member);
}

bool is_timestamp_member(std::string_view member) {
    constexpr std::string_view folder = "timestamps/";
    constexpr std::string_view end = ".tsr";
    if (!member.starts_with(folder) || !member.ends_with(end) ||
        member.size() <= folder.size() + end.size()) {
        return false;
    }
    const auto number =
        plain_number(member.substr(folder.size(), member.size() - folder.size() - end.size()));
    return number && *number < timestamps_max;
}

std::string EarlierMember::note() const { return fmt::format("earlier/{}", size.value); }
std::string EarlierMember::name() const {
    return timestamp ? fmt::format("{}.{}.tsr", note(), *timestamp) : note();
}

std::optional<EarlierMember> earlier_member(std::string_view member) {
    constexpr std::string_view folder = "earlier/";
    constexpr std::string_view end = ".tsr";
    if (!member.starts_with(folder)) {
        return std::nullopt;
    }
    auto rest = member.substr(folder.size());
    std::optional<std::uint64_t> timestamp;
    if (const auto dot = rest.find('.'); dot != std::string_view::npos) {
        const auto number = rest.substr(dot + 1);
        timestamp = number.ends_with(end)
                        ? plain_number(number.substr(0, number.size() - end.size()))
                        : std::nullopt;
        if (!timestamp || *timestamp >= timestamps_max) {
            return std::nullopt;
        }
        rest = rest.substr(0, dot);
    }
    const auto size = plain_number(rest);
    if (!size || *size == 0) {
        return std::nullopt;
    }
    return EarlierMember{.size = {*size}, .timestamp = timestamp};
}

}  // namespace wsoa
