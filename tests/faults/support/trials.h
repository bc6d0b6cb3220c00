#pragma once

#include "tests/faults/support/life.h"
#include "tests/support/fault_counts.h"

#include <array>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace wsoa::test {

// What happens to the machine after the fault, before it is on again.
enum class After : std::uint8_t {
    power_cut,        // what was not synced is gone
    parts_of_writes,  // the same, but some of what was not synced has reached the disk
    restart,          // only the program died: the machine still shows what was written
};
inline constexpr std::array kinds{DiskFaultKind::io_error, DiskFaultKind::no_space,
                                  DiskFaultKind::torn, DiskFaultKind::done_but_failed,
                                  DiskFaultKind::from_then_on};
// As the names of tests show it.
void PrintTo(DiskFaultKind kind, std::ostream* out);
// Whether every combination is to be tried, which takes hours, and not only a part of them:
// `scripts/torture --all` sets WSOA_FAULTS_ALL.
bool are_all_to_be_tried();
inline constexpr std::array afters{After::power_cut, After::parts_of_writes, After::restart};
std::string_view name_of(After after);

// A life that is lived up to a fault, and what is found afterwards.
class Trials {
public:
    Trials();
    Life& life() { return life_; }

    // What the disk and the books held when a session began.
    struct Start {
        DiskImage image;
        Books books;
    };
    const Start& start_of(std::size_t session) const { return starts_.at(session); }

    // What is left when a session has met a fault; `hit` is empty if there was none to meet.
    struct Ended {
        std::string hit;
        std::optional<Error> error;  // what the session ended with, if it was not lived to its end
        Books books;
        std::array<DiskImage, afters.size()> images;
        const DiskImage& image(After after) const {
            return images.at(static_cast<std::size_t>(after));
        }
    };
    Ended end_by(std::size_t session, const Disk::Fault& fault);

    // Whether founding ended before there was a ledger; if there is one, whoever looks knows of its
    // first event from then on.
    bool is_unfounded(const DiskImage& image, Books& books) const;

    // Switches on again, opens, checks, records what was in flight or what comes next, cuts the
    // power and looks once more. A second fault may strike meanwhile, which then may make
    // the opening or the recording fail, and nothing else. Adds to the counts; the error says what
    // is wrong. `second_hit` is what the second fault met.
    Result<void> go_on(const DiskImage& image, Books books, std::optional<Disk::Fault> second,
                       Counts& counts, std::string* second_hit = nullptr);

private:
    Result<void> live_on(Machine& machine, Books& books, Counts& counts,
                         std::unique_ptr<OpenLedger>& open);

    Life life_;
    std::vector<Start> starts_;
};

}  // namespace wsoa::test
