#pragma once

#include <filesystem>
#include <string>

namespace wsoa::test {

struct Ran {
    int exit = 0;
    std::string said;  // both streams together
};

// Runs a script with bash in a folder as somebody would type it, with the program that is under
// test first on the path; it stops at the first command that fails.
Ran run_script(const std::filesystem::path& folder, const std::string& script);

}  // namespace wsoa::test
