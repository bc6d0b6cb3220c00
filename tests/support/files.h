#pragma once

#include "ledger/base/check.h"

#include <fstream>
#include <sstream>
#include <string>

namespace wsoa {

// A file of the project, or of other projects' vectors, whole. One that cannot be read ends the
// test program: a test without its file must not pass.
inline std::string read_whole(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    CHECK(file.good());
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

// A golden file, by its path below tests/golden/.
inline std::string golden(const std::string& path) {
    return read_whole(std::string(WSOA_SOURCE) + "/tests/golden/" + path);
}

// Other projects' vectors, by their path below the vectors' folder.
inline std::string vector_file(const std::string& path) {
    return read_whole(std::string(WSOA_VECTORS) + "/" + path);
}

}  // namespace wsoa
