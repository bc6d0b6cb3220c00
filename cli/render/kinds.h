#pragma once

#include "ledger/event/change.h"

#include <string>
#include <string_view>

namespace wsoa {

// A name of the schema as people read it: "nextSteps" as "next steps".
std::string name_in_words(std::string_view name);

// "Progress recorded", for a kind of change.
std::string kind_in_words(Kind kind);

}  // namespace wsoa
