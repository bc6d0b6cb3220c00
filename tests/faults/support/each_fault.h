#pragma once

#include "tests/faults/support/trials.h"
#include "tests/support/disk/machine.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace wsoa::test {

// Lives through one fault of this kind after the other, at the first operation on the disk, then at
// the second and so on; `act` is what meets it, `look` what is asked of each disk that is left.
// There must be more operations than so many.
template <typename Act, typename Look>
void try_each_fault(DiskFaultKind kind, const DiskImage& start, Act act, Look look,
                    std::uint64_t operations = 10) {
    for (std::uint64_t at = 0;; ++at) {
        std::string hit;
        std::array<DiskImage, afters.size()> left;
        {
            Machine machine(start);
            machine.disk().start(Disk::Fault{.at = at, .kind = kind, .seed = at});
            const auto acted = act(machine);
            left = {machine.disk().cut_power(), machine.disk().cut_power(Disk::Keeps::parts, at),
                    machine.disk().cut_power(Disk::Keeps::all)};
            hit = machine.disk().hit();
            ASSERT_TRUE(acted.ok() || !hit.empty()) << acted.error().message;
        }
        if (hit.empty()) {
            EXPECT_GT(at, operations);
            return;
        }
        for (const auto after : afters) {
            if (!are_all_to_be_tried() && after == afters.at(1 + at % 2)) {
                continue;
            }
            Machine machine(left.at(static_cast<std::size_t>(after)));
            const auto looked = look(machine);
            EXPECT_TRUE(looked.ok()) << name_of(kind) << " of operation " << at << ", " << hit
                                     << "; " << name_of(after) << ": " << looked.error().message;
        }
    }
}

}  // namespace wsoa::test
