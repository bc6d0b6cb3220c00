#pragma once

#include <string>
#include <string_view>

namespace wsoa::test {

// Whether the text is that of tests/golden/<path>, to the byte. Fails the running test otherwise.
// Where WSOA_UPDATE_GOLDEN=1 stands in the environment, the file is written instead: for those who
// changed a format on purpose, before v1.0.
void expect_golden_text(const std::string& path, std::string_view text);

}  // namespace wsoa::test
