// What somebody saw of a ledger, kept beside its guard while every operation on the disk goes wrong
// once, in every way: what was said to be kept is kept, and nothing that was kept before is lost.

#include "tests/faults/support/each_fault.h"
#include "tests/support/changes.h"

#include "ledger/store/sighting.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

class FaultySighting : public testing::TestWithParam<DiskFaultKind> {
protected:
    FaultySighting() {
        Machine machine;
        must(keep(7));
        start_ = machine.disk().cut_power();
    }
    Result<void> keep(std::uint64_t size) const {
        return keep_sighting(guard_, Hash{}, {.size = {size}, .root = {}, .by = "w1"});
    }

    const std::filesystem::path guard_ = std::filesystem::path(mount_point) / "guard";
    DiskImage start_;
};

TEST_P(FaultySighting, is_never_forgotten) {
    bool was_kept = false;
    try_each_fault(
        GetParam(), start_,
        [&](Machine&) {
            auto kept = keep(9);
            was_kept = kept.ok();
            return kept;
        },
        [&](Machine&) -> Result<void> {
            const auto sightings = TRY(read_sightings(guard_, Hash{}));
            const auto size = sightings.empty() ? 0 : sightings.front().size.value;
            if (size != 9 && (was_kept || size != 7)) {
                return error(Fault::corrupt, "it remembers {} events", size);
            }
            return keep(10);
        },
        4);
}

INSTANTIATE_TEST_SUITE_P(EveryKind, FaultySighting, testing::ValuesIn(kinds));

}  // namespace
}  // namespace wsoa::test
