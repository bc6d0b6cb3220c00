// Verification of closed periods: whether the events still give what was committed of a plan.

#include "projections/period.h"
#include "tests/support/verification.h"

namespace wsoa {
namespace {

class VerifyPeriods : public test::Verification {
protected:
    PeriodCommitment commitment(std::string_view plan) {
        return test::must(commit_period(nullptr, *builder_.history(),
                                        test::must(PlanRef::parse(plan)), builder_.size()));
    }
    EventIndex close(std::string_view plan, const PeriodCommitment& commitment) {
        const auto index =
            builder_.append({.kind = Kind::PERIOD_CLOSED,
                             .subject = std::string(plan),
                             .fields = {{"size", fmt::format("{}", commitment.size.value)},
                                        {"state", to_hex(commitment.state.view())},
                                        {"heads", to_hex(commitment.heads.view())}}});
        builder_.commit();
        return index;
    }
    void go_on() {
        builder_.add_outcome("TH-O1", "TH-1");
        builder_.commit();
    }
};

TEST_F(VerifyPeriods, finds_nothing_where_the_events_give_what_was_committed) {
    const auto first = commitment("TH");
    go_on();
    close("TH", first);
    close("TH", commitment("TH"));
    const auto verdict = this->verdict();
    EXPECT_TRUE(lines(verdict).empty()) << testing::PrintToString(lines(verdict));
    EXPECT_TRUE(says(verdict.checked, "2 closed periods, against the events covered"));
    EXPECT_FALSE(says(this->verdict({.depth = Depth::authors}).checked, "closed periods"));
}

TEST_F(VerifyPeriods, keeps_plans_apart) {
    builder_.draft_plan("HK");
    builder_.commit();
    const auto of_one = commitment("TH");
    const auto of_other = commitment("HK");
    EXPECT_NE(of_one.heads, of_other.heads);
    builder_.add_area("HK-1");
    builder_.commit();
    close("TH", of_one);
    close("HK", of_other);
    EXPECT_TRUE(lines(verdict()).empty()) << testing::PrintToString(lines(verdict()));
}

TEST_F(VerifyPeriods, finds_a_state_that_the_plan_never_had) {
    auto false_one = commitment("TH");
    false_one.state.bytes[31] ^= 1;
    const auto index = close("TH", false_one);
    const auto all = lines(verdict());
    EXPECT_TRUE(says(all, fmt::format("breach {} it says that the state of TH", index.value)))
        << testing::PrintToString(all);
    EXPECT_FALSE(says(all, "other events"));
}

TEST_F(VerifyPeriods, finds_that_a_state_is_said_to_be_of_another_size) {
    auto false_one = commitment("TH");
    go_on();
    false_one.size = builder_.size();
    const auto index = close("TH", false_one);
    const auto all = lines(verdict());
    EXPECT_TRUE(says(all, fmt::format("breach {} it says that the state of TH", index.value)));
    EXPECT_TRUE(
        says(all, fmt::format("breach {} the subjects of TH had other events", index.value)))
        << testing::PrintToString(all);
}

TEST_F(VerifyPeriods, finds_a_plan_that_was_closed_before_it_was_there) {
    auto false_one = commitment("TH");
    false_one.size = TreeSize{3};
    const auto index = close("TH", false_one);
    EXPECT_TRUE(says(lines(verdict()),
                     fmt::format("breach {} it closes TH at 3 events, when there was no such plan",
                                 index.value)));
}

TEST_F(VerifyPeriods, says_that_it_could_not_compare_over_an_event_that_is_missing) {
    close("TH", commitment("TH"));
    erase(layout::event_key(EventIndex{8}));
    const auto verdict = this->verdict();
    EXPECT_FALSE(says(lines(verdict), "it says that the state"));
    EXPECT_TRUE(says(verdict.not_checked, "1 closed period, of which an event"));
}

}  // namespace
}  // namespace wsoa
