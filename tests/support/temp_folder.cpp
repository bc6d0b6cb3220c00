#include "tests/support/temp_folder.h"

#include "ledger/base/check.h"

#include <cstdlib>
#include <system_error>

namespace wsoa {

TempFolder::TempFolder() {
    auto name = (std::filesystem::temp_directory_path() / "wsoa-test-XXXXXX").string();
    CHECK(::mkdtemp(name.data()) != nullptr);
    path_ = name;
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace wsoa
