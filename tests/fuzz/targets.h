#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace wsoa::test {

using FuzzFunction = int(const std::uint8_t* data, std::size_t size);

// A fuzz target by the name of its file and of its corpus.
struct FuzzTarget {
    std::string name;
    FuzzFunction* run = nullptr;
};

// Every target there is: CMake writes the list.
extern const std::vector<FuzzTarget> fuzz_targets;

}  // namespace wsoa::test
