#include "tests/support/anomaly.h"
#include "tests/support/changes.h"
#include "tests/support/story_forum.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

using testing::ElementsAre;

Date day(std::string_view text) { return must(parse_date(text)); }
SubjectRef subject(std::string_view text) { return must(SubjectRef::parse(text)); }
PersonId person(std::string_view text) { return must(PersonId::parse(text)); }

// So many steps of the life of TH-P1.
Scene after(std::size_t steps) {
    auto story = forum_at_work();
    const auto life = on_the_page("TH-P1");
    story.add({life.begin(), life.begin() + static_cast<std::ptrdiff_t>(steps)});
    return story.scene();
}

const Publication& page_in(const Scene& scene) {
    return scene.plan("TH").publications.at(subject("TH-P1"));
}

TEST(FoldPublication, keeps_each_step_with_who_took_it) {
    const auto scene = after(4);
    const auto& page = page_in(scene);
    EXPECT_EQ(page.as_at, day("2022-01-31"));
    EXPECT_EQ(page.channel, schema::Channel::LOCAL_OFFER);
    EXPECT_EQ(page.drafted.by, person("programme-officer"));
    ASSERT_EQ(page.checks.size(), 1u);
    EXPECT_EQ(page.checks.front().entry.by, person("data-protection-officer"));
    EXPECT_EQ(page.checks.front().privacy, schema::CheckResult::PASSED);
    EXPECT_EQ(page.approved->by, person("director-of-commissioning"));
    EXPECT_EQ(page.published->entry.by, person("programme-deputy"));
    EXPECT_THAT(page.published->shown,
                ElementsAre(ShownCode{.subject = subject("TH-1.1"), .code = "G"},
                            ShownCode{.subject = subject("TH-1.2"), .code = "UN"}));
    EXPECT_FALSE(page.withdrawn);
}

TEST(FoldPublication, keeps_the_first_page_beside_its_correction) {
    auto scene = after(4);
    must(scene.record(publication_corrected("TH-P1")));
    const auto& page = page_in(scene);
    EXPECT_EQ(page.published->shown.back().code, "UN");
    ASSERT_EQ(page.corrections.size(), 1u);
    const auto& correction = page.corrections.front();
    EXPECT_EQ(correction.approved_by, person("director-of-commissioning"));
    EXPECT_THAT(correction.changes,
                ElementsAre(CorrectedCode{.subject = subject("TH-1.2"), .from = "UN", .to = "A"}));
    EXPECT_EQ(correction.shown.back().code, "A");
}

TEST(FoldPublication, takes_each_step_once) {
    expect_anomaly(after(1), publication_drafted("TH-P1"), "stands for something else");
    expect_anomaly(after(3), publication_approved("TH-P1").by("board-chair"), "approved before");
    expect_anomaly(after(4), published("TH-P1").with("shown", "TH-1.1=R"), "published before");
    auto scene = after(4);
    must(scene.record(publication_withdrawn("TH-P1")));
    EXPECT_TRUE(page_in(scene).withdrawn);
    expect_anomaly(scene, publication_withdrawn("TH-P1").by("board-chair"), "withdrawn before");
}

TEST(FoldPublication, corrects_nothing_that_was_not_published) {
    expect_anomaly(after(3), publication_corrected("TH-P1"), "was not published");
}

TEST(FoldPublication, takes_no_step_of_what_is_not_there) {
    for (const auto& step : {publication_checked("TH-P2"), publication_approved("TH-P2"),
                             published("TH-P2"), publication_withdrawn("TH-P2")}) {
        expect_anomaly(after(1), step, "its publication is not there");
    }
}

}  // namespace
}  // namespace wsoa::test
