#include "tests/support/anomaly.h"

#include <gtest/gtest.h>

namespace wsoa::test {

void expect_anomaly(const Scene& before, const Step& step, const std::string& why) {
    auto after = before;
    after.force(step);
    ASSERT_EQ(after.state().anomalies.size(), before.state().anomalies.size() + 1) << step.str();
    EXPECT_EQ(after.state().anomalies.back().index, before.next_index());
    const auto& what = after.state().anomalies.back().what;
    EXPECT_NE(what.find(why), std::string::npos) << step.str() << ": " << what;
    EXPECT_EQ(after.state().plans, before.state().plans) << step.str();
}

}  // namespace wsoa::test
