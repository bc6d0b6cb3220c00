#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

namespace wsoa::test {

// The commands of a page of the documentation, for a test that types them: the block of shell that
// begins with "```sh NAME".
inline std::string documented(const std::string& page, const std::string& name) {
    std::ifstream file(WSOA_SOURCE "/" + page);
    std::stringstream whole;
    whole << file.rdbuf();
    const auto text = whole.str();
    const auto mark = "```sh " + name + "\n";
    const auto begin = text.find(mark);
    const auto end = text.find("```", begin + mark.size());
    EXPECT_NE(begin, std::string::npos) << page << " has no block " << name;
    return begin == std::string::npos ? std::string()
                                      : text.substr(begin + mark.size(), end - begin - mark.size());
}

}  // namespace wsoa::test
