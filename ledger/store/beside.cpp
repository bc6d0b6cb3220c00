#include "ledger/store/beside.h"

#include <array>

namespace wsoa {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 2> folders{"cosigned", "timestamps"};
constexpr std::string_view spares_name = "spares.txt";
constexpr std::size_t file_bytes_max = std::size_t{1} << 20;

Result<void> bring(const fs::path& from, const fs::path& to, CopyCount& count) {
    const auto bytes = TRY(read_file(from, file_bytes_max));
    const auto there = read_file(to, file_bytes_max);
    if (there.ok() && equal(there.value(), bytes)) {
        return done();
    }
    if (!there.ok() && there.error().fault != Fault::missing) {
        return there.error();
    }
    ++count.files_copied;
    count.bytes_copied += bytes.size();
    return write_durably(to, bytes, Access::owner);
}

Result<void> bring_folder(const fs::path& from, const fs::path& to, CopyCount& count) {
    const auto made = create_folder(to, Access::owner);
    if (!made.ok() && made.error().fault != Fault::conflict) {
        return made.error();
    }
    const auto names = TRY(list_folder(from));
    for (const auto& name : names) {
        TRY(bring(from / name, to / name, count));
    }
    return done();
}

}  // namespace

Result<void> copy_beside(const fs::path& from, const fs::path& to, const fs::path& earlier,
                         CopyCount& count) {
    for (const auto name : folders) {
        const bool is_one = TRY(is_folder(from / name));
        if (is_one) {
            TRY(copy_tree(from / name, to / name, earlier / name, count));
        }
    }
    return copy_small(from / spares_name, to, count);
}

Result<void> bring_beside(const fs::path& from, const fs::path& to, CopyCount& count) {
    for (const auto name : folders) {
        const bool is_one = TRY(is_folder(from / name));
        if (is_one) {
            TRY(bring_folder(from / name, to / name, count));
        }
    }
    const bool has_spares = TRY(is_there(from / spares_name));
    return has_spares ? bring(from / spares_name, to / spares_name, count) : done();
}

}  // namespace wsoa
