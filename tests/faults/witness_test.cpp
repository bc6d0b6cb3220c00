// A witness that cosigns while every operation on its disk goes wrong once, in every way. What it
// answered it remembers, whatever became of the machine; so it never signs a second history.

#include "tests/faults/support/each_fault.h"
#include "tests/support/changes.h"
#include "tests/support/witness_requests.h"

#include "ledger/store/witness.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

constexpr std::string_view origin = "example.org/wsoa";
constexpr Instant noon{1'679'315'147'000};

class FaultyWitness : public testing::TestWithParam<DiskFaultKind> {
protected:
    // It has cosigned 7 entries of the log.
    FaultyWitness() {
        Machine machine;
        must(folder_.create(witness_key(9), "a key file", {note_key(origin, *fixed_signer(7))}));
        must(ask(0, 7));
        start_ = machine.disk().cut_power();
    }

    Result<WitnessAnswer> ask(std::uint64_t from, std::uint64_t to) const {
        return answer_request(folder_, *fixed_signer(9), witness_request(origin, tree_, from, to),
                              noon);
    }

    const ReferenceTree tree_ = ReferenceTree(20);
    const WitnessFolder folder_{std::filesystem::path(mount_point) / "witness"};
    DiskImage start_;
};

TEST_P(FaultyWitness, remembers_all_that_it_answered) {
    bool has_answered = false;
    try_each_fault(
        GetParam(), start_,
        [&](Machine&) {
            const auto answer = ask(7, 20);
            has_answered = answer.ok();
            return answer;
        },
        [&](Machine&) -> Result<void> {
            const auto head = TRY(witnessed(folder_, witness_key(9), std::string(origin)));
            const auto size = head ? head->checkpoint.size.value : 0;
            if (size != 20 && (has_answered || size != 7)) {
                return error(Fault::corrupt, "it remembers {} entries", size);
            }
            const auto next = TRY(ask(size, 20));
            return next.status == WitnessStatus::cosigned
                       ? done()
                       : Error{Fault::corrupt, "it does not go on: " + next.say};
        },
        5);
    EXPECT_TRUE(has_answered) << "the last trial met no fault";
}

INSTANTIATE_TEST_SUITE_P(EveryKind, FaultyWitness, testing::ValuesIn(kinds));

}  // namespace
}  // namespace wsoa::test
