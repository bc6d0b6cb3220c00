// A period that is closed, and told to be what it was whatever is recorded later.

#include "tests/walks/rehearsal.h"

#include <gmock/gmock.h>

namespace wsoa {
namespace {

using testing::HasSubstr;

TEST(Period, that_was_closed_is_still_what_it_was_after_later_entries) {
    const Rehearsal at;
    EXPECT_THAT(at.must({"period", "check", "TH"}).out,
                HasSubstr("No period of TH was closed yet"));
    at.must_by("office", {"period", "close", "TH", "--comment", "Board of this month"});
    at.must_by("owner", {"progress", "TH-1.1", "--percent", "20", "--text", "A second was held"});
    at.must_by("office", {"period", "close", "TH"});
    const auto checked = at.must({"period", "check", "TH"}).out;
    EXPECT_THAT(checked, HasSubstr("as it says"));
    EXPECT_THAT(checked, HasSubstr("REHEARSAL"));
    EXPECT_THAT(checked, Not(HasSubstr("ANOTHER STATE")));
    const auto json = at.must({"period", "check", "TH", "--json"}).out;
    EXPECT_THAT(json, HasSubstr(R"("agrees":true)"));
    EXPECT_THAT(at.must({"verify"}).out, HasSubstr("2 closed periods, against the events covered"));
}

TEST(Period, that_says_what_the_plan_never_was_is_told) {
    const Rehearsal at;
    const std::string zeros(64, '0');
    at.must_by("office", {"record", "periodClosed", "--subject", "TH", "--size", "15", "--state",
                          zeros, "--heads", zeros});
    const auto checked = at.run({"period", "check", "TH"});
    EXPECT_EQ(checked.exit, Exit::findings);
    EXPECT_THAT(checked.out, HasSubstr("ANOTHER STATE"));
    const auto verified = at.run({"verify"});
    EXPECT_EQ(verified.exit, Exit::findings);
    EXPECT_THAT(verified.out, HasSubstr("it says that the state of TH at 15 events"));
}

TEST(Period, of_a_plan_that_is_not_there_is_not_closed) {
    const Rehearsal at;
    const auto ran = at.by("office", {"period", "close", "XY"});
    EXPECT_NE(ran.exit, Exit::done);
    EXPECT_THAT(ran.err, HasSubstr("no plan XY"));
}

}  // namespace
}  // namespace wsoa
