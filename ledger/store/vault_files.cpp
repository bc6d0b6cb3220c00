#include "ledger/store/vault_files.h"

#include "ledger/base/sha256.h"
#include "ledger/store/files.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <utility>

namespace wsoa {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view name_start = "vault-";
constexpr std::string_view name_end = ".wsoa";
// What files.h calls the unfinished file beside one of ours.
constexpr std::string_view leftover_start = ".vault-";
constexpr std::string_view leftover_end = ".tmp";

}  // namespace

std::string vault_file_name(std::uint64_t generation) {
    return fmt::format("{}{}{}", name_start, generation, name_end);
}

std::optional<std::uint64_t> vault_generation_in(std::string_view name) {
    if (!name.starts_with(name_start) || !name.ends_with(name_end)) {
        return std::nullopt;
    }
    const auto digits = name.substr(name_start.size());
    std::uint64_t generation = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), generation);
    if (name != vault_file_name(generation)) {
        return std::nullopt;
    }
    return generation;
}

Result<std::vector<std::uint64_t>> vault_generations_in(const fs::path& folder) {
    const auto names = TRY(list_folder(folder));
    std::vector<std::uint64_t> generations;
    for (const auto& name : names) {
        if (const auto generation = vault_generation_in(name)) {
            generations.push_back(*generation);
        }
    }
    std::ranges::sort(generations, std::greater<>());
    return generations;
}

Result<FoundVault> read_vault_generation(const fs::path& folder, std::uint64_t generation) {
    const auto path = folder / vault_file_name(generation);
    const auto bytes = TRY(read_file(path, vault_file_bytes_max));
    auto file = VaultFile::read(bytes);
    if (!file.ok()) {
        return std::move(file).error().explain("reading {}", path.string());
    }
    if (file.value().generation != generation) {
        return error(Fault::distrusted, "{} was renamed: it is generation {} of a vault",
                     path.string(), file.value().generation);
    }
    return FoundVault{std::move(file).value(), sha256(bytes)};
}

Result<FoundVault> find_newest_vault(const fs::path& folder) {
    const auto generations = TRY(vault_generations_in(folder));
    if (generations.empty()) {
        return error(Fault::missing, "there is no vault in {}", folder.string());
    }
    std::optional<Error> first;
    for (const auto generation : generations) {
        auto found = read_vault_generation(folder, generation);
        if (found.ok() || found.error().fault != Fault::corrupt) {
            return found;
        }
        if (!first) {
            first = found.error();
        }
    }
    return std::move(*first).advise("put the newest copy of the vault in its place.");
}

bool is_vault_leftover(std::string_view name) {
    return name.starts_with(leftover_start) && name.ends_with(leftover_end);
}

}  // namespace wsoa
