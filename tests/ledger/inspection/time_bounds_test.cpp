#include "ledger/inspection/time_bounds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using testing::HasSubstr;

constexpr std::uint64_t noon = 1'700'000'000;

OutsideTime cosigned(std::uint64_t size, std::uint64_t seconds, std::string by = "w1") {
    return {.size = {size}, .seconds = seconds, .by = std::move(by), .anchored_by = {}};
}
OutsideTime anchored(std::uint64_t size, std::uint64_t seconds, std::uint64_t by_event) {
    auto time = cosigned(size, seconds);
    time.anchored_by = EventIndex{by_event};
    return time;
}

std::string side(const std::optional<TimeBound::Side>& side) {
    return side ? std::to_string(static_cast<std::int64_t>(side->seconds - noon)) : "-";
}
// "0-9: -..50" for each run.
std::string bounds(const std::vector<OutsideTime>& times, std::uint64_t events) {
    std::string text;
    for (const auto& bound : bounds_of(times, TreeSize{events})) {
        text += fmt::format("{}-{}:{}..{} ", bound.events.begin, bound.events.end,
                            side(bound.not_before), side(bound.not_after));
    }
    return text;
}

TEST(TimeBounds, are_none_where_nobody_spoke) {
    EXPECT_EQ(bounds({}, 10), "0-10:-..- ");
    EXPECT_EQ(bounds({}, 0), "");
    EXPECT_EQ(unbounded_events(bounds_of({}, TreeSize{10})), 10U);
}

TEST(TimeBounds, cover_what_the_checkpoint_covers_and_no_more) {
    EXPECT_EQ(bounds({cosigned(6, noon)}, 10), "0-6:-..0 6-10:-..- ");
    EXPECT_EQ(bounds({cosigned(10, noon)}, 10), "0-10:-..0 ");
    EXPECT_EQ(unbounded_events(bounds_of({cosigned(6, noon)}, TreeSize{10})), 4U);
}

TEST(TimeBounds, say_nothing_by_checkpoints_beyond_the_events) {
    EXPECT_EQ(bounds({cosigned(11, noon)}, 10), "0-10:-..- ");
    EXPECT_EQ(bounds({anchored(4, noon, 12)}, 10), "0-4:-..0 4-10:-..- ");
}

TEST(TimeBounds, are_the_earliest_of_those_that_cover_an_event) {
    EXPECT_EQ(bounds({cosigned(4, noon), cosigned(8, noon + 60)}, 10),
              "0-4:-..0 4-8:-..60 8-10:-..- ");
    // A later checkpoint that somebody saw earlier says it of all the events before it too.
    EXPECT_EQ(bounds({cosigned(4, noon + 60), cosigned(8, noon)}, 10), "0-8:-..0 8-10:-..- ");
    EXPECT_EQ(bounds({cosigned(8, noon + 9, "w2"), cosigned(8, noon)}, 8), "0-8:-..0 ");
}

TEST(TimeBounds, begin_at_the_event_that_commits_to_what_was_said) {
    EXPECT_EQ(bounds({anchored(4, noon, 5)}, 10), "0-4:-..0 4-5:-..- 5-10:0..- ");
    EXPECT_EQ(bounds({anchored(4, noon, 5), anchored(6, noon + 60, 7)}, 10),
              "0-4:-..0 4-5:-..60 5-6:0..60 6-7:0..- 7-10:60..- ");
    // What an earlier event commits to of a later time bounds all that follow.
    EXPECT_EQ(bounds({anchored(2, noon + 90, 3), anchored(2, noon, 5)}, 6),
              "0-2:-..0 2-3:-..- 3-6:90..- ");
}

TEST(TimeBounds, are_of_every_event_what_the_definition_says) {
    std::vector<OutsideTime> times;
    std::uint64_t state = 7;
    const auto next = [&](std::uint64_t below) {
        state = state * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
        return (state >> 33U) % below;
    };
    constexpr std::uint64_t events = 40;
    for (int i = 0; i < 25; ++i) {
        auto time = cosigned(1 + next(events), noon + next(1'000));
        if (next(2) == 0) {
            time.anchored_by = EventIndex{next(events)};
        }
        times.push_back(time);
    }
    std::uint64_t covered = 0;
    for (const auto& bound : bounds_of(times, TreeSize{events})) {
        EXPECT_EQ(bound.events.begin, covered);
        covered = bound.events.end;
        for (auto i = bound.events.begin; i < bound.events.end; ++i) {
            std::optional<std::uint64_t> latest;
            std::optional<std::uint64_t> earliest;
            for (const auto& time : times) {
                if (time.size.value > i) {
                    latest = std::min(latest.value_or(time.seconds), time.seconds);
                }
                if (time.anchored_by && time.anchored_by->value <= i) {
                    earliest = std::max(earliest.value_or(time.seconds), time.seconds);
                }
            }
            EXPECT_EQ(bound.not_after ? std::optional(bound.not_after->seconds) : std::nullopt,
                      latest)
                << i;
            EXPECT_EQ(bound.not_before ? std::optional(bound.not_before->seconds) : std::nullopt,
                      earliest)
                << i;
        }
    }
    EXPECT_EQ(covered, events);
}

// Ten events, one a minute from noon on.
std::vector<Instant> minutes() {
    std::vector<Instant> instants;
    for (std::int64_t i = 0; i < 10; ++i) {
        instants.push_back({(static_cast<std::int64_t>(noon) + i * 60) * 1'000});
    }
    return instants;
}
std::vector<Finding> found(const std::vector<OutsideTime>& times) {
    Findings findings;
    compare_with_bounds(bounds_of(times, TreeSize{10}), minutes(), findings);
    return std::move(findings).list();
}

TEST(TimeBounds, take_what_clocks_differ_by) {
    EXPECT_TRUE(found({cosigned(10, noon + 540)}).empty());
    EXPECT_TRUE(found({cosigned(10, noon - 60)}).empty());
    EXPECT_TRUE(found({anchored(1, noon + 540 + 600, 9)}).empty());
}

TEST(TimeBounds, doubt_events_that_say_a_later_time_than_they_were_seen_at) {
    // Event 9 says nine minutes past noon, more than ten after its witness.
    const auto findings = found({cosigned(10, noon - 120)});
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings.front().is, Finding::Class::doubt);
    EXPECT_EQ(findings.front().event, EventIndex{9});
    EXPECT_THAT(findings.front().what, HasSubstr("recorded_at of event 9 is"));
    EXPECT_THAT(findings.front().what, HasSubstr("dated forward"));
    const auto more = found({cosigned(10, noon - 300)});
    ASSERT_EQ(more.size(), 1U);
    EXPECT_THAT(more.front().what, HasSubstr("recorded_at of events 6 to 9"));
}

TEST(TimeBounds, doubt_events_that_say_an_earlier_time_than_what_they_rest_on) {
    const auto findings = found({anchored(1, noon + 1'000, 3)});
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings.front().is, Finding::Class::doubt);
    EXPECT_EQ(findings.front().event, EventIndex{3});
    EXPECT_THAT(findings.front().what, HasSubstr("recorded_at of events 3 to 6 is"));
    EXPECT_THAT(findings.front().what, HasSubstr("dated back"));
}

TEST(TimeBounds, doubt_by_times_that_no_calendar_holds) {
    const auto findings = found({anchored(1, ~std::uint64_t{0} >> 1U, 3)});
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_THAT(findings.front().what, HasSubstr("second 9223372036854775807"));
    EXPECT_EQ(found({cosigned(10, 0)}).size(), 1U);
}

TEST(TimeBounds, are_told_in_sentences_that_stay_few) {
    const auto two = sentences_of(bounds_of({anchored(4, noon, 5)}, TreeSize{10}));
    EXPECT_EQ(two, (std::vector<std::string>{
                       "recorded_at of events 0 to 3: no later than 2023-11-14T22:13:20Z, by w1",
                       "recorded_at of events 5 to 9: not before 2023-11-14T22:13:20Z, by w1"}));
    std::vector<OutsideTime> many;
    for (std::uint64_t i = 1; i <= 100; ++i) {
        many.push_back(cosigned(i, noon + i));
    }
    const auto sentences = sentences_of(bounds_of(many, TreeSize{100}));
    ASSERT_EQ(sentences.size(), 13U);
    EXPECT_EQ(sentences[6], "recorded_at of the events between, by 88 further runs");
    EXPECT_THAT(sentences.back(), HasSubstr("recorded_at of event 99"));
}

}  // namespace
}  // namespace wsoa
