#pragma once

#include "tests/walks/rehearsal.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace wsoa {

// A rehearsal with files to add as evidence.
class WithFiles : public testing::Test {
protected:
    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(at_.file(name), std::ios::binary) << text;
        return at_.file(name);
    }
    static std::string read(const std::string& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    // Of all documents that the ledger keeps, and of those that were not brought in.
    std::vector<std::filesystem::path> pieces() const {
        std::vector<std::filesystem::path> found;
        for (const auto& entry :
             std::filesystem::recursive_directory_iterator(at_.ledger() / "documents")) {
            if (entry.is_regular_file()) {
                found.push_back(entry.path());
            }
        }
        std::ranges::sort(found);
        return found;
    }
    // Ends with this code and says so.
    static void expect_said(const wsoa::Run& run, Exit exit, const std::string& sentence) {
        EXPECT_EQ(run.exit, exit) << run.out << run.err;
        EXPECT_THAT(run.err, testing::HasSubstr(sentence));
    }

    const Rehearsal at_;
};

}  // namespace wsoa
