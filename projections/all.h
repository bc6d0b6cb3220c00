#pragma once

#include "projections/projection.h"

#include <memory>
#include <vector>

namespace wsoa {

using Projections = std::vector<std::unique_ptr<Projection>>;

// Every projection there is, made anew.
Projections all_projections();

}  // namespace wsoa
