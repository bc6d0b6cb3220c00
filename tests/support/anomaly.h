#pragma once

#include "tests/support/scene.h"

#include <string>

namespace wsoa::test {

// Folding takes what no rule would accept. Fails the running test unless the step becomes an
// anomaly that says why, and leaves the plans as they were.
void expect_anomaly(const Scene& before, const Step& step, const std::string& why);

}  // namespace wsoa::test
