#include "ledger/store/stamps.h"

#include "ledger/keys/timestamp.h"
#include "ledger/store/kept_folder.h"
#include "ledger/tree/lines.h"

#include <algorithm>
#include <tuple>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view reply_end = ".tsr";
constexpr std::string_view roots_end = ".pem";

fs::path folder_of(const LedgerFolder& ledger) { return ledger.root() / "timestamps"; }

fs::path file_of(const LedgerFolder& ledger, TreeSize size, std::uint64_t number,
                 std::string_view end) {
    return folder_of(ledger) / fmt::format("{}-{}{}", size.value, number, end);
}

// Size and number that the name of a reply gives; null for any other name.
std::optional<KeptTimestamp> named(std::string_view name) {
    if (!name.ends_with(reply_end)) {
        return std::nullopt;
    }
    name.remove_suffix(reply_end.size());
    const auto dash = name.find('-');
    if (dash == std::string_view::npos) {
        return std::nullopt;
    }
    const auto size = parse_decimal(name.substr(0, dash));
    const auto number = parse_decimal(name.substr(dash + 1));
    if (!size.ok() || !number.ok()) {
        return std::nullopt;
    }
    return KeptTimestamp{
        .size = {size.value()}, .number = number.value(), .reply = {}, .roots = {}};
}

}  // namespace

Result<void> each_timestamp(const LedgerFolder& folder,
                            const std::function<void(KeptTimestamp)>& visit) {
    std::vector<KeptTimestamp> kept;
    const auto names = TRY(names_kept_in(folder_of(folder)));
    for (const auto& name : names) {
        if (auto each = named(name)) {
            kept.push_back(std::move(*each));
        }
    }
    std::ranges::sort(kept, {},
                      [](const KeptTimestamp& each) { return std::tuple(each.size, each.number); });
    for (auto& each : kept) {
        each.reply = TRY(read_file(file_of(folder, each.size, each.number, reply_end),
                                   timestamp_reply_bytes_max));
        const auto roots = TRY(
            read_file(file_of(folder, each.size, each.number, roots_end), authority_pem_bytes_max));
        each.roots = std::string(text_of(roots));
        visit(std::move(each));
    }
    return done();
}

Result<std::vector<KeptTimestamp>> kept_timestamps(const LedgerFolder& folder) {
    std::vector<KeptTimestamp> kept;
    TRY(each_timestamp(folder, [&](KeptTimestamp each) { kept.push_back(std::move(each)); }));
    return kept;
}

Result<std::uint64_t> keep_timestamp(const LedgerFolder& folder, TreeSize size, ByteView reply,
                                     std::string_view roots, std::chrono::milliseconds wait) {
    const auto lock = TRY(lock_kept(folder_of(folder), wait));
    const auto kept = TRY(kept_timestamps(folder));
    std::uint64_t number = 0;
    for (const auto& each : kept) {
        if (each.size != size) {
            continue;
        }
        if (equal(each.reply, reply)) {
            return error(Fault::conflict, "this timestamp over {} events is kept already",
                         size.value)
                .advise("`wsoa timestamp list` shows it");
        }
        number = std::max(number, each.number + 1);
    }
    // The certificates first: a reply stands only where its own do.
    TRY(write_durably(file_of(folder, size, number, roots_end), bytes_of(roots), Access::owner));
    TRY(write_durably(file_of(folder, size, number, reply_end), reply, Access::owner));
    return number;
}

}  // namespace wsoa
