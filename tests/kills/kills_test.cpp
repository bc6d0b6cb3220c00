// Writers that are killed by SIGKILL at any moment, on the machine's own disk, while somebody reads
// beside them. A kill takes nothing from what the system already has: power cuts are in
// tests/faults and tests/simulation.
//
// WSOA_KILL_CYCLES=N has each writer killed so often, WSOA_KILL_SEED=N lets it be at other moments.

#include "tests/kills/support/vigil.h"
#include "tests/support/fault_counts.h"
#include "tests/support/numbers.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <ostream>

namespace wsoa::test {

// As the names of tests show it.
void PrintTo(Writer writer, std::ostream* out) {
    std::string name(name_of(writer));
    std::ranges::replace(name, ' ', '_');
    *out << name;
}

namespace {

class KilledWriter : public testing::TestWithParam<Writer> {};

TEST_P(KilledWriter, has_lost_nothing_that_it_acknowledged) {
    const auto seed = number_in("WSOA_KILL_SEED", 1);
    const auto cycles = number_in("WSOA_KILL_CYCLES", 75);
    const TempFolder folder;
    Vigil vigil(folder.path(), GetParam(), seed);
    Counts counts{.trial = "kills", .fault = std::string(name_of(GetParam()))};
    for (std::uint64_t cycle = 1; cycle <= cycles && counts.lost == 0; ++cycle) {
        auto lived = vigil.cycle();
        if (lived.ok() && (cycle % 15 == 0 || cycle == cycles)) {
            lived = vigil.look_at_all();
        }
        ++counts.runs;
        ++counts.hits;
        counts.lost += lived.ok() ? 0U : 1U;
        EXPECT_TRUE(lived.ok()) << "cycle " << cycle << ": " << lived.error().message
                                << "\nrun it again: WSOA_KILL_SEED=" << seed
                                << " WSOA_KILL_CYCLES=" << cycles << " build/tests/kills_tests";
    }
    counts.acknowledged = vigil.acknowledged();
    counts.completed = vigil.completed();
    counts.write();
    // A few cycles may all come before anything was said.
    EXPECT_TRUE(cycles < 20 || vigil.acknowledged() > cycles) << vigil.acknowledged();
    EXPECT_TRUE(cycles < 20 || vigil.looks() > cycles / 4) << vigil.looks();
}

INSTANTIATE_TEST_SUITE_P(Each, KilledWriter,
                         testing::Values(Writer::direct, Writer::groups, Writer::recorder,
                                         Writer::keeper),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace wsoa::test
