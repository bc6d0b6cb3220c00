// The whole life of a ledger, in which every operation on the disk goes wrong once, in every way;
// then the power is cut or the program restarted, and the ledger opened again.

#include "tests/faults/support/trials.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace wsoa::test {
namespace {

class FaultyLife : public testing::TestWithParam<DiskFaultKind> {
protected:
    // Before founding is done there may be no ledger yet; if there is one, it has its first event.
    bool is_unfounded(const DiskImage& image, Books& books) {
        if (!books.events.empty()) {
            return false;
        }
        Machine machine(image);
        const auto facts = FolderFacts::read(ledger_folder());
        if (!facts.ok()) {
            EXPECT_EQ(facts.error().fault, Fault::missing) << facts.error().message;
            return true;
        }
        books.events = trials_.start_of(1).books.events;
        return false;
    }

    void try_all(std::size_t session, Counts& counts) {
        for (std::uint64_t at = 0;; ++at) {
            const auto ended =
                trials_.end_by(session, {.at = at, .kind = GetParam(), .seed = at * 7 + session});
            if (ended.hit.empty()) {
                EXPECT_GT(at, 30U);
                return;
            }
            for (const auto after : afters) {
                ++counts.runs;
                ++counts.hits;
                auto books = ended.books;
                if (is_unfounded(ended.image(after), books)) {
                    ++counts.refused;
                    continue;
                }
                const auto gone_on = trials_.go_on(ended.image(after), books, {}, counts);
                counts.lost += gone_on.ok() ? 0U : 1U;
                EXPECT_TRUE(gone_on.ok())
                    << name_of(GetParam()) << " of operation " << at << " of session " << session
                    << ", " << ended.hit << "; " << name_of(after) << ": "
                    << gone_on.error().message;
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

INSTANTIATE_TEST_SUITE_P(EveryKind, FaultyLife,
                         testing::Values(DiskFaultKind::io_error, DiskFaultKind::no_space,
                                         DiskFaultKind::torn, DiskFaultKind::done_but_failed,
                                         DiskFaultKind::from_then_on));

}  // namespace
}  // namespace wsoa::test
