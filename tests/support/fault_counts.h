#pragma once

#include <cstdint>
#include <string>

namespace wsoa::test {

// What came of many trials of one sort: a line of the table that WSOA_FAULT_TABLE names, if that is
// set.
struct Counts {
    std::string trial;
    std::string fault;
    std::uint64_t runs = 0;          // lives that were ended by a fault, a kill or a power cut
    std::uint64_t hits = 0;          // faults that were met, first and second ones
    std::uint64_t refused = 0;       // openings that refused, as they may or should
    std::uint64_t acknowledged = 0;  // events whose receipts were checked after all of it
    std::uint64_t completed = 0;     // groups that nobody was told of, and that were there, whole
    std::uint64_t lost = 0;          // runs in which something acknowledged was not there

    void write() const;
};

}  // namespace wsoa::test
