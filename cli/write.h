#pragma once

#include <string>
#include <string_view>

namespace wsoa {

// Writes all of it, however often the kernel takes only a part. Gives 0, or the errno of the write
// that failed.
int write_all(int descriptor, std::string_view bytes);

// The machine's words for an errno: "No space left on device".
std::string reason_of(int number);

}  // namespace wsoa
