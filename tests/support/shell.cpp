#include "tests/support/shell.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace wsoa::test {

Ran run_script(const std::filesystem::path& folder, const std::string& script) {
    const char* program = std::getenv("WSOA_PROGRAM");
    EXPECT_NE(program, nullptr);
    const auto where = std::filesystem::path(program == nullptr ? "" : program).parent_path();
    std::ofstream(folder / "script.sh") << "set -eu\nexport PATH=" << where.string() << ":$PATH\n"
                                        << script;
    const auto command = "cd '" + folder.string() + "' && unset WSOA_KEY && bash script.sh 2>&1";
    Ran ran;
    FILE* pipe = ::popen(command.c_str(), "r");
    std::array<char, 4'096> buffer{};
    for (std::size_t count = 0; (count = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
        ran.said.append(buffer.data(), count);
    }
    ran.exit = WEXITSTATUS(::pclose(pipe));
    return ran;
}

}  // namespace wsoa::test
