// Logs died when a write failed and then the repair did: a second fault strikes while the ledger is
// opened again after the first and goes on.

#include "tests/faults/support/trials.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

class FaultsInPairs : public testing::TestWithParam<DiskFaultKind> {
protected:
    // One first fault in so many is followed up, and by so many second ones.
    static constexpr std::uint64_t stride = 4;
    static constexpr std::uint64_t seconds = 2;
    // More operations than an opening and a commit take.
    static constexpr std::uint64_t operations_about = 40;

    void try_second(const Trials::Ended& ended, After after, const Disk::Fault& second) {
        auto books = ended.books;
        if (trials_.is_unfounded(ended.image(after), books)) {
            return;
        }
        ++counts_.runs;
        ++counts_.hits;
        second_hit_.clear();
        const auto gone_on =
            trials_.go_on(ended.image(after), books, second, counts_, &second_hit_);
        counts_.lost += gone_on.ok() ? 0U : 1U;
        EXPECT_TRUE(gone_on.ok()) << name_of(GetParam()) << ", " << ended.hit << "; "
                                  << name_of(after) << "; then " << name_of(second.kind)
                                  << " of operation " << second.at << ", " << second_hit_ << ": "
                                  << gone_on.error().message;
    }

    void try_some(const Trials::Ended& ended) {
        for (const auto after : afters) {
            for (std::uint64_t i = 0; i < seconds; ++i) {
                try_second(ended, after,
                           {.at = random_.below(operations_about),
                            .kind = kinds.at(random_.below(kinds.size())),
                            .seed = random_.below(1'000)});
            }
        }
    }

    void try_every(const Trials::Ended& ended) {
        for (const auto after : afters) {
            for (const auto kind : kinds) {
                std::uint64_t at = 0;
                do {
                    try_second(ended, after, {.at = at, .kind = kind, .seed = at});
                    ++at;
                } while (!second_hit_.empty());
            }
        }
    }

    Trials trials_;
    Counts counts_{.trial = "two faults", .fault = std::string(name_of(GetParam()))};
    std::string second_hit_;
    SeededRandom random_{static_cast<std::uint64_t>(GetParam())};
};

TEST_P(FaultsInPairs, lose_nothing_that_was_acknowledged_and_show_nothing_half) {
    const auto step = are_all_to_be_tried() ? 1 : stride;
    for (std::size_t session = 0; session < Life::sessions; ++session) {
        for (auto at = random_.below(step);; at += step) {
            const auto ended =
                trials_.end_by(session, {.at = at, .kind = GetParam(), .seed = at * 7 + session});
            if (ended.hit.empty()) {
                break;
            }
            if (are_all_to_be_tried()) {
                try_every(ended);
            } else {
                try_some(ended);
            }
        }
    }
    EXPECT_GT(counts_.refused, 0U);
    EXPECT_GT(counts_.hits, counts_.runs);  // second faults were met
    counts_.write();
}

INSTANTIATE_TEST_SUITE_P(EveryKind, FaultsInPairs, testing::ValuesIn(kinds));

}  // namespace
}  // namespace wsoa::test
