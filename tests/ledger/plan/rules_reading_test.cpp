// R142 and R143: what was read out, and what outsiders said of a checkpoint.

#include "tests/support/changes.h"
#include "tests/support/story_evid.h"
#include "tests/support/story_forum.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

std::string document(int number) { return fmt::format("{}={}", number, std::string(64, '5')); }

Story with_document() {
    return forum_at_work({evidence_registered("TH-E01").with("document", document(7)),
                          evidence_registered("TH-E02")});
}

Step content_read(const std::string& item, int number) {
    return Step(Kind::CONTENT_READ, item).by("dfe-adviser").with("document", document(number));
}

TEST(ReadingRules, record_the_reading_of_an_items_own_document) {
    with_document().when(content_read("TH-E01", 7)).is_accepted_by("R142");
    with_document().when(content_read("TH-E01", 7)).is_accepted_by("R03");
    auto story = with_document();
    story.add(pack_frozen("TH-K1", "TH-E01"));
    story.when(content_read("TH-E01", 7).with("pack", "TH-K1")).is_accepted_by("R142");
}

TEST(ReadingRules, refuse_another_document_one_that_is_not_there_and_a_pack_of_nobody) {
    with_document().when(content_read("TH-E01", 8)).is_refused_by("R142");
    with_document().when(content_read("TH-E02", 7)).is_refused_by("R142");
    with_document().when(content_read("TH-E01", 7).with("pack", "TH-K1")).is_refused_by("R142");
}

TEST(ReadingRules, refuse_the_reading_of_what_was_erased) {
    auto story = forum_at_work({child_log_registered("TH-E02").with("document", document(7))});
    story.add(erasure_requested("TH-E02", "TH-ER1"));
    story.add(erasure_decided("TH-E02", "TH-ER1"));
    story.when(content_read("TH-E02", 7)).is_accepted_by("R142");
    story.add(content_erased("TH-E02", "TH-ER1")
                  .with("document", document(7))
                  .with("vaultGeneration", "2")
                  .with("vaultDigest", std::string(64, '6')));
    story.when(content_read("TH-E02", 7)).is_refused_by("R142");
}

Step checkpoint_anchored(std::uint64_t size) {
    return Step(Kind::CHECKPOINT_ANCHORED, "ledger")
        .by("programme-manager")
        .with("size", std::to_string(size))
        .with("root", std::string(64, '7'))
        .with("means", "timestamp")
        .with("digest", std::string(64, '8'))
        .with("time", "1643760000");  // 2 February 2022
}

TEST(AnchorRules, anchor_a_checkpoint_that_the_author_had_seen) {
    const auto story = forum_at_work();
    story.when(checkpoint_anchored(3)).is_accepted_by("R143");
    const auto events = story.scene().next_index().value;
    story.when(checkpoint_anchored(events)).is_accepted_by("R143");
    story.when(checkpoint_anchored(events + 1)).is_refused_by("R143");
    story.when(checkpoint_anchored(0)).is_refused_by("R143");
}

TEST(AnchorRules, refuse_what_would_have_been_vouched_for_in_days_to_come) {
    const auto story = forum_at_work();
    story.when(checkpoint_anchored(3).with("time", "1644105600")).is_refused_by("R143");
}

}  // namespace
}  // namespace wsoa::test
