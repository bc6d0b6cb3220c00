// Verification at the depth of meaning: every change judged again by the rules that it should have
// kept, in ledgers that a program wrote which skipped them.

#include "tests/support/verification.h"

#include <gmock/gmock.h>

namespace wsoa {
namespace {

using testing::HasSubstr;

class VerifyMeaning : public test::Verification {
protected:
    // A program that signs whatever it is told.
    EventIndex record(Kind kind, const std::string& subject,
                      std::vector<std::pair<std::string, std::string>> fields) {
        const auto index =
            builder_.append({.kind = kind, .subject = subject, .fields = std::move(fields)});
        builder_.commit();
        return index;
    }
};

TEST_F(VerifyMeaning, is_how_deep_it_goes_where_nothing_is_said) {
    EXPECT_TRUE(says(verdict().checked, "that each change kept the rules"));
    const auto shallow = verdict({.depth = Depth::authors});
    EXPECT_FALSE(says(shallow.checked, "that each change kept the rules"));
    EXPECT_TRUE(says(shallow.not_checked, "meaning"));
}

TEST_F(VerifyMeaning, names_the_rule_that_a_change_broke) {
    const auto index = record(Kind::OUTCOME_ADDED, "TH-O9", {{"parent", "TH-7"}});
    const auto all = lines(verdict());
    EXPECT_TRUE(
        says(all, fmt::format("breach {} TH-7 is not an area of the plan [R24]", index.value)))
        << testing::PrintToString(all);
    EXPECT_FALSE(says(lines(verdict({.depth = Depth::authors})), "[R24]"));
}

TEST_F(VerifyMeaning, notes_what_changes_nothing) {
    const auto index = record(Kind::ACTION_STARTED, "TH-9.9", {});
    const auto all = lines(verdict());
    EXPECT_TRUE(
        says(all, fmt::format("breach {} TH-9.9 is not an action of the plan [R08]", index.value)))
        << testing::PrintToString(all);
    EXPECT_TRUE(says(all, fmt::format("noted {} it changes nothing", index.value)));
}

TEST_F(VerifyMeaning, doubts_what_may_hang_on_an_event_that_cannot_be_read) {
    flip(layout::event_key(EventIndex{8}), 30);  // adds the area TH-1
    const auto index = record(Kind::OUTCOME_ADDED, "TH-O1", {{"parent", "TH-1"}});
    const auto all = lines(verdict());
    EXPECT_TRUE(says(all, fmt::format("doubt {} TH-1 is not an area of the plan", index.value)))
        << testing::PrintToString(all);
    EXPECT_FALSE(says(all, fmt::format("breach {} ", index.value)));
}

}  // namespace
}  // namespace wsoa
