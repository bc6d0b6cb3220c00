#pragma once

#include "ledger/evidence/vault_format.h"
#include "tests/support/changes.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace wsoa::test {

// What whoever holds some folders can look into.

inline std::vector<std::filesystem::path> files_under(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            files.push_back(entry.path());
        }
    }
    return files;
}

inline std::string content_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Whether the bytes of any file hold it as it is.
inline bool stands_in_files(const std::vector<std::filesystem::path>& folders,
                            const std::string& sentence) {
    return std::ranges::any_of(folders, [&](const std::filesystem::path& folder) {
        return std::ranges::any_of(files_under(folder), [&](const std::filesystem::path& file) {
            return content_of(file).find(sentence) != std::string::npos;
        });
    });
}

// Every vault that lies in any of the folders and opens without a passphrase, or with the token.
// One whose key the token holds no more is passed over, as by whoever would open it.
inline std::vector<VaultContents> vaults_in(const std::vector<std::filesystem::path>& folders,
                                            const VaultUnlock& unlock = std::nullopt) {
    std::vector<VaultContents> vaults;
    for (const auto& folder : folders) {
        for (const auto& path : files_under(folder)) {
            const auto file = VaultFile::read(bytes_of(content_of(path)));
            if (file.ok()) {
                auto key = VaultKey::of(file.value(), unlock);
                if (!key.ok() && key.error().fault == Fault::missing) {
                    continue;
                }
                const auto opener = must(std::move(key));
                vaults.push_back(must(open_vault(file.value(), opener)));
            }
        }
    }
    return vaults;
}

}  // namespace wsoa::test
