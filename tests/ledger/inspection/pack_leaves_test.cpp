// Packs that leave the leaves of other plans out: what still holds, what is found, and by whose
// word nothing is missing.

#include "ledger/inspection/pack_check.h"
#include "ledger/state/plan_bytes.h"
#include "ledger/tree/heads.h"
#include "tests/support/changes.h"
#include "tests/support/small_pack.h"

#include <gmock/gmock.h>

namespace wsoa {
namespace {

using test::must;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Events 7 and 8 draft TH, 9 and 10 are of HK, 11 closes a period of TH over all of these, 12 is of
// HK again, and 13 of TH.
class PackOfOnePlan : public testing::Test {
protected:
    static constexpr std::uint64_t closing = 11;

    PackOfOnePlan() {
        begin();
        builder_.append({.kind = Kind::PERIOD_CLOSED,
                         .subject = "TH",
                         .fields = {{"size", std::to_string(closing)},
                                    {"state", hex(state_at_closing())},
                                    {"heads", hex(heads_at_closing())}}});
        go_on();
        members_ = test::small_pack(builder_, "TH");
        test::leave_out(members_, {9, 10, 12});
    }

    static std::string hex(const Hash& hash) { return to_hex(hash.view()); }
    void begin() {
        builder_.appoint_office();
        builder_.draft_plan("TH");
        builder_.add_area("TH-1");
        builder_.draft_plan("HK");
        builder_.add_area("HK-1");
        builder_.commit();
    }
    void go_on() {
        builder_.add_area("HK-2");
        builder_.add_area("TH-2");
        builder_.commit();
    }
    template <typename Visit>
    void each_of_the_plan(const Visit& visit) {
        must(builder_.history()->each_event({}, [&](const Event& event) -> Result<Snapshot::Step> {
            const auto& plan = event.envelope().plan;
            if (!plan || plan->str() == "TH") {
                visit(event);
            }
            return Snapshot::Step::next;
        }));
    }
    Hash state_at_closing() {
        State state;
        each_of_the_plan([&](const Event& event) { fold(state, event); });
        return digest_of(*state.plan(must(PlanRef::parse("TH"))));
    }
    Hash heads_at_closing() {
        Heads heads;
        each_of_the_plan(
            [&](const Event& event) { heads.add(event.envelope().subject, event.leaf()); });
        return heads.root();
    }

    static Verdict verdict_of(const test::PackMembers& members, const PackQuestion& question = {}) {
        const auto file = test::pack_file(members);
        const MemorySource source(file);
        const auto pack = must(PackFile::open(source));
        return must(verify_pack(pack, question));
    }
    std::set<std::string> items() const { return test::items_found(members_); }
    // What the verdict says that it rests on.
    static std::string not_checked(const Verdict& verdict) {
        return fmt::format("{}", fmt::join(verdict.not_checked, "\n"));
    }
    void claim(std::uint64_t leaves) {
        std::string json(text_of(members_.at("pack.json")));
        const auto at = json.find("\"leaves\":");
        json.replace(at, json.find(',', at) - at, fmt::format("\"leaves\":{}", leaves));
        members_["pack.json"] = copy_of(bytes_of(json));
    }

    test::LedgerBuilder builder_;
    test::PackMembers members_;
};

TEST_F(PackOfOnePlan, holds_and_says_how_many_of_its_events_are_here) {
    EXPECT_THAT(items(), IsEmpty());
    const auto verdict = verdict_of(members_);
    EXPECT_EQ(verdict.left_out, 3U);
    EXPECT_THAT(fmt::format("{}", fmt::join(verdict.checked, "\n")),
                AllOf(HasSubstr("11 of 14 events hashed again, and the tree rebuilt from them and "
                                "from the hashes of the others"),
                      HasSubstr("11 signatures of authors"),
                      HasSubstr("that key and role were in force, for 11 of 11 events"),
                      HasSubstr("1 closed period, against the events covered")));
}

TEST_F(PackOfOnePlan, is_complete_by_the_word_of_who_closed_a_period_and_then_by_its_makers) {
    EXPECT_THAT(not_checked(verdict_of(members_)),
                HasSubstr("the 3 of 14 events that are not here, but their hashes: that none of "
                          "them is of TH or of the ledger itself follows up to 11 events from "
                          "event 11, in which programme-manager closed a period; from there "
                          "on it rests on the word of whoever made the pack"));
}

TEST_F(PackOfOnePlan, rests_on_its_makers_word_alone_where_no_period_was_looked_at) {
    constexpr const auto* alone = "rests on the word of whoever made the pack alone";
    EXPECT_THAT(not_checked(verdict_of(members_, {.depth = Depth::authors})), HasSubstr(alone));
    test::LedgerBuilder open;
    open.appoint_office();
    open.draft_plan("TH");
    open.draft_plan("HK");
    open.commit();
    auto members = test::small_pack(open, "TH");
    test::leave_out(members, {8});
    EXPECT_THAT(not_checked(verdict_of(members)), HasSubstr(alone));
}

TEST_F(PackOfOnePlan, that_holds_all_leaves_asks_for_nobodys_word) {
    EXPECT_THAT(not_checked(verdict_of(test::small_pack(builder_, "TH"))),
                Not(HasSubstr("whoever made the pack")));
}

TEST_F(PackOfOnePlan, that_lacks_an_event_which_a_period_covers_is_found_out) {
    test::leave_out(members_, {8});
    EXPECT_THAT(items(), AllOf(Contains("breach heads:11"), Contains("breach digest")));
    EXPECT_THAT(not_checked(verdict_of(members_)), HasSubstr("alone"));
}

TEST_F(PackOfOnePlan, that_lacks_an_event_between_two_of_its_subject_is_found_out) {
    // Event 2 enrols a person whom event 3 confirms.
    test::leave_out(members_, {2});
    EXPECT_THAT(items(), Contains("breach version:3"));
}

TEST_F(PackOfOnePlan, of_more_or_fewer_leaves_than_it_says_is_found_out) {
    claim(10);
    EXPECT_THAT(items(), Contains("breach about"));
    claim(12);
    EXPECT_THAT(items(), Contains("breach about"));
    claim(15);
    EXPECT_THAT(items(), Contains("refused about"));
    claim(0);
    EXPECT_THAT(items(), Contains("refused about"));
    claim(14);  // an empty entry is no event then
    EXPECT_THAT(items(), Contains("breach entry:9"));
}

TEST_F(PackOfOnePlan, that_shows_an_event_of_another_plan_is_found_out) {
    members_ = test::small_pack(builder_, "TH");
    test::leave_out(members_, {10, 12});
    EXPECT_THAT(items(), testing::ElementsAre("breach about"));
}

TEST_F(PackOfOnePlan, always_has_the_event_that_opens_the_ledger) {
    test::leave_out(members_, {0});
    EXPECT_THAT(items(), AllOf(Contains("breach entry:0"), Contains("breach checkpoint")));
}

TEST_F(PackOfOnePlan, cannot_be_opened_without_the_hashes_of_what_was_left_out) {
    auto without = members_;
    without.erase("tile/0/000.p/14");
    EXPECT_THAT(test::items_found(without), Contains("refused member:tile/0/000.p/14"));
    members_.at("tile/0/000.p/14").pop_back();
    EXPECT_THAT(items(), Contains("refused member:tile/0/000.p/14"));
}

TEST_F(PackOfOnePlan, with_another_hash_of_what_was_left_out_has_not_the_root_that_was_signed) {
    members_.at("tile/0/000.p/14").at(10 * sizeof(Hash::bytes)) ^= 1;
    EXPECT_THAT(items(), AllOf(Contains("breach checkpoint"), Contains("breach seen:11"),
                               Contains("breach about")));
}

TEST_F(PackOfOnePlan, with_an_altered_leaf_names_its_tile) {
    auto& bundle = members_.at("tile/entries/000.p/14");
    bundle[bundle.size() - 1] ^= 1;
    EXPECT_THAT(items(),
                AllOf(Contains("breach signature:13"), Contains("breach tile:tile/0/000.p/14")));
}

TEST_F(PackOfOnePlan, in_which_words_of_another_plan_are_to_be_erased_is_found_out) {
    builder_.append({.kind = Kind::ERASURE_REQUESTED,
                     .subject = "TH-1",
                     .fields = {{"request", "TH-ER1"}, {"scope", "words"}, {"event", "10"}}});
    builder_.commit();
    members_ = test::small_pack(builder_, "TH");
    test::leave_out(members_, {9, 10, 12});
    EXPECT_THAT(items(), Contains("breach erasure:14"));
}

}  // namespace
}  // namespace wsoa
