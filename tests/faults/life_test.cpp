// The whole life of a ledger, in which every operation on the disk goes wrong once, in every way;
// then the power is cut or the program restarted, and the ledger opened again.

#include "tests/faults/support/trials.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

class FaultyLife : public testing::TestWithParam<DiskFaultKind> {
protected:
    void try_all(std::size_t session, Counts& counts) {
        for (std::uint64_t at = 0;; ++at) {
            const auto ended =
                trials_.end_by(session, {.at = at, .kind = GetParam(), .seed = at * 7 + session});
            if (ended.hit.empty()) {
                EXPECT_GT(at, 30U);
                return;
            }
            // A machine that fails is never taken for a ledger that was tampered with.
            EXPECT_TRUE(!ended.error || ended.error->fault == Fault::unavailable)
                << ended.hit << ": " << ended.error->message;
            for (const auto after : afters) {
                // In turn, beside the power cut that drops all that it may.
                if (!are_all_to_be_tried() && after == afters.at(1 + at % 2)) {
                    continue;
                }
                ++counts.runs;
                ++counts.hits;
                auto books = ended.books;
                if (trials_.is_unfounded(ended.image(after), books)) {
                    ++counts.refused;
                    continue;
                }
                const auto gone_on = trials_.go_on(ended.image(after), books, {}, counts);
                counts.lost += gone_on.ok() ? 0U : 1U;
                EXPECT_TRUE(gone_on.ok()) << name_of(GetParam()) << " of operation " << at
                                          << " of session " << session << ", " << ended.hit << "; "
                                          << name_of(after) << ": " << gone_on.error().message;
            }
        }
    }

    Trials trials_;
};

TEST_P(FaultyLife, loses_nothing_that_was_acknowledged_and_shows_nothing_half) {
    Counts counts{.trial = "one fault", .fault = std::string(name_of(GetParam()))};
    for (std::size_t session = 0; session < Life::sessions; ++session) {
        try_all(session, counts);
    }
    EXPECT_GT(counts.completed, 0U);
    counts.write();
}

INSTANTIATE_TEST_SUITE_P(EveryKind, FaultyLife, testing::ValuesIn(kinds));

}  // namespace
}  // namespace wsoa::test
