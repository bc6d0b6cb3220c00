#include "projections/publication_match.h"

#include "tests/support/plan_days.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::day_of;
using test::must;
using test::PlanDays;
using test::ref_of;

const Zone london = must(Zone::find("Europe/London"));

// Everything is recorded from 10 January 2022 on; days after that lie ahead for the ledger and are
// only what the entries say.
struct Page {
    PlanDays days;

    Page() {
        days.start("TH-1.1", "2022-02-01");
        days.rate("TH-1.1", "A", "2022-03-10");
    }
    void publish(const std::string& shown) {
        days.tell({.kind = Kind::PUBLICATION_DRAFTED,
                   .subject = "TH-P1",
                   .fields = {{"asAt", "2022-03-31"}, {"channel", "localOffer"}},
                   .effective = "2022-04-21"});
        days.tell({.kind = Kind::PUBLISHED,
                   .subject = "TH-P1",
                   .fields = {{"asAt", "2022-03-31"}, {"channel", "localOffer"}, {"shown", shown}},
                   .effective = "2022-04-28"});
    }
    std::optional<PublicationMatch> match(std::string_view day = "2022-12-31") {
        const auto history = days.ledger().history();
        const auto moment = must(plan_as_at(nullptr, *history, must(PlanRef::parse("TH")),
                                            days.ledger().size(), day_of(day)));
        return must(
            match_of(*history, london, moment, moment.plan().publications.at(ref_of("TH-P1"))));
    }
};

PublicationMatch::Unlike unlike(std::string_view ref, std::string_view page,
                                std::string_view ledger) {
    return {.ref = ref_of(ref), .page = std::string(page), .ledger = std::string(ledger)};
}

TEST(PublicationMatch, holds_where_the_page_said_what_the_ledger_says_of_its_day) {
    Page page;
    page.publish("TH-1.1=A,TH-1=NM");
    const auto match = page.match();
    ASSERT_TRUE(match.has_value());
    EXPECT_TRUE(match->matches());
    EXPECT_EQ(match->as_at, day_of("2022-03-31"));
    EXPECT_EQ(match->known_on, day_of("2022-01-10"));
    EXPECT_EQ(match->corrected, std::nullopt);
}

TEST(PublicationMatch, names_each_rating_that_differs) {
    Page page;
    page.publish("TH-1.1=G,TH-1=NM,TH-1.9=A");
    EXPECT_THAT(page.match()->differences,
                testing::ElementsAre(unlike("TH-1.1", "G", "A"), unlike("TH-1.9", "A", "")));
}

TEST(PublicationMatch, knows_nothing_of_what_was_recorded_on_a_later_day) {
    Page page;
    page.publish("TH-1.1=A");
    page.days.ledger().advance_days(1);
    page.days.rate("TH-1.1", "R", "2022-03-20");
    EXPECT_TRUE(page.match()->matches());
}

TEST(PublicationMatch, tells_whether_a_correction_put_the_page_right) {
    Page page;
    page.publish("TH-1.1=G");
    page.days.tell({.kind = Kind::PUBLICATION_CORRECTED,
                    .subject = "TH-P1",
                    .fields = {{"asAt", "2022-03-31"},
                               {"approvedBy", "director-of-education"},
                               {"changes", "TH-1.1=G=A"},
                               {"shown", "TH-1.1=A"}},
                    .effective = "2022-05-12"});
    EXPECT_EQ(page.match()->corrected, day_of("2022-05-12"));
    EXPECT_FALSE(page.match()->matches());  // what was published stays wrong
    EXPECT_TRUE(page.match()->still_differs.empty());
    EXPECT_EQ(page.match("2022-05-11")->corrected, std::nullopt);
    EXPECT_EQ(page.match("2022-05-11")->still_differs.size(), 1U);
}

TEST(PublicationMatch, is_none_before_the_page_was_published) {
    Page page;
    page.publish("TH-1.1=A");
    EXPECT_FALSE(page.match("2022-04-27").has_value());
}

}  // namespace
}  // namespace wsoa
