#include "tests/support/story_evid.h"

#include <gtest/gtest.h>

namespace wsoa::test {
namespace {

// TH-E07 holds personal data of children and is linked to TH-1.2.
Story child_log() {
    return given(plan_in_delivery("TH"), records_office(),
                 evidence_registered("TH-E07").with("personalData", "child"),
                 evidence_linked("TH-E07", "TH-1.2"));
}
Story asked() {
    auto story = child_log();
    story.add(erasure_requested("TH-E07", "TH-ER1"));
    return story;
}
Story granted_erasure() {
    auto story = asked();
    story.add(erasure_decided("TH-E07", "TH-ER1"));
    return story;
}

TEST(ErasureRules, ask_under_a_reference_that_is_free) {
    child_log().when(erasure_requested("TH-E07", "TH-E07")).is_refused_by("R105");
    child_log().when(erasure_requested("TH-E07", "HGY-ER1")).is_refused_by("R105");
    asked().when(erasure_requested("TH-E07", "TH-ER1")).is_refused_by("R105");
    child_log().when(erasure_requested("TH-E07", "TH-ER1")).is_accepted_by("R105");
}

TEST(ErasureRules, ask_for_the_content_of_evidence_or_the_words_of_an_event) {
    const auto words = erasure_requested("TH-1.2", "TH-ER1").with("scope", "words");
    const auto first = child_log().scene().last(Kind::ACTION_ADDED, "TH-1.2")->value;
    child_log().when(erasure_requested("TH-1.2", "TH-ER1")).is_refused_by("R105");
    child_log()
        .when(erasure_requested("TH-E07", "TH-ER1").with("event", std::to_string(first)))
        .is_refused_by("R105");
    child_log().when(words).is_refused_by("R105");
    child_log().when(Step(words).with("event", "1000")).is_refused_by("R105");
    child_log().when(Step(words).with("event", std::to_string(first - 1))).is_refused_by("R105");
    child_log().when(Step(words).with("event", std::to_string(first))).is_accepted_by("R105");
}

TEST(ErasureRules, ask_for_nothing_that_is_erased) {
    auto story = granted_erasure();
    story.add(content_erased("TH-E07", "TH-ER1"));
    story.when(erasure_requested("TH-E07", "TH-ER2")).conflicts_by("R105");
}

TEST(ErasureRules, decide_what_was_asked) {
    const auto decision = erasure_decided("TH-E07", "TH-ER1");
    asked().when(Step(decision).with("request", "TH-ER2")).is_refused_by("R106");
    asked().when(Step(decision).with("scope", "words")).is_refused_by("R106");
    asked().when(Step(decision).answers_nothing()).is_refused_by("R106");
    asked().when(decision).is_accepted_by("R106");
    asked().when(Step(decision).with("decision", "refused")).is_accepted_by("R106");
    granted_erasure().when(decision).conflicts_by("R106");
}

TEST(ErasureRules, decide_about_the_subject_of_the_request) {
    asked().when(erasure_decided("TH-E07", "TH-ER1")).is_accepted_by("R106");
    auto story = asked();
    story.add(evidence_registered("TH-E08"));
    story
        .when(Step(Kind::ERASURE_DECIDED, "TH-E08")
                  .by("data-protection-officer")
                  .with("request", "TH-ER1")
                  .with("decision", "granted")
                  .with("ground", "noLongerNecessary")
                  .with("scope", "content")
                  .with("kept", "hash")
                  .because("the counts show it as well")
                  .answers_last(Kind::ERASURE_REQUESTED, "TH-E07"))
        .is_refused_by("R106");
}

TEST(ErasureRules, have_an_erasure_decided_by_another_person) {
    auto story = child_log();
    story.add(erasure_requested("TH-E07", "TH-ER1").by("data-protection-officer"));
    story.when(erasure_decided("TH-E07", "TH-ER1")).is_refused_by("R107");
    asked().when(erasure_decided("TH-E07", "TH-ER1")).is_accepted_by("R107");
}

TEST(ErasureRules, have_an_erasure_that_the_office_asked_for_decided_by_another_person) {
    auto story = child_log();
    story.add(erasure_requested("TH-E07", "TH-ER1")
                  .by("programme-officer")
                  .on_behalf_of("data-protection-officer"));
    story.when(erasure_decided("TH-E07", "TH-ER1")).is_refused_by("R107");
}

TEST(ErasureRules, erase_nothing_that_a_hold_covers) {
    const auto decision = erasure_decided("TH-E07", "TH-ER1");
    // The plan, the item itself, and what it is linked to.
    for (const auto* const scope : {"TH", "TH-E07", "TH-1.2", "TH-1"}) {
        auto story = asked();
        story.add(hold_placed("TH-H1", scope));
        story.when(decision).is_refused_by("R108");
        story.when(Step(decision).with("decision", "refused")).is_accepted_by("R108");
        story.add(hold_released("TH-H1"));
        story.when(decision).is_accepted_by("R108");
    }
    auto story = asked();
    story.add(hold_placed("TH-H1", "TH-2"));
    story.when(decision).is_accepted_by("R108");
}

TEST(ErasureRules, erase_nothing_that_came_under_a_hold_since) {
    auto story = granted_erasure();
    story.add(hold_placed("TH-H1", "TH"));
    story.when(content_erased("TH-E07", "TH-ER1")).is_refused_by("R108");
}

TEST(ErasureRules, keep_what_was_once_linked_to_what_is_held) {
    auto story = asked();
    story.add(evidence_unlinked("TH-E07", "TH-1.2"));
    story.add(hold_placed("TH-H1", "TH-1.2"));
    story.when(erasure_decided("TH-E07", "TH-ER1")).is_refused_by("R108");
}

TEST(ErasureRules, erase_what_was_granted) {
    const auto erasure = content_erased("TH-E07", "TH-ER1");
    asked()
        .when(Step(erasure).answers_last(Kind::ERASURE_REQUESTED, "TH-E07"))
        .is_refused_by("R109");
    auto refused = asked();
    refused.add(erasure_decided("TH-E07", "TH-ER1").with("decision", "refused"));
    refused.when(erasure).is_refused_by("R109");
    granted_erasure().when(Step(erasure).with("request", "TH-ER2")).is_refused_by("R109");
    granted_erasure().when(Step(erasure).with("scope", "words")).is_refused_by("R109");
    granted_erasure().when(Step(erasure).answers_nothing()).is_refused_by("R109");
    granted_erasure().when(Step(erasure).with("keyDestroyed", "false")).is_refused_by("R109");
    granted_erasure().when(erasure).is_accepted_by("R109");
}

TEST(ErasureRules, erase_once) {
    auto story = granted_erasure();
    story.add(content_erased("TH-E07", "TH-ER1"));
    story.when(content_erased("TH-E07", "TH-ER1")).conflicts_by("R109");
}

TEST(ErasureRules, have_an_erasure_carried_out_by_another_person) {
    auto story = child_log();
    for (const auto& step :
         granted("data-protection-officer", schema::Role::RECORDS_MANAGER, "TH")) {
        story.add(step);
    }
    story.add(erasure_requested("TH-E07", "TH-ER1"));
    story.add(erasure_decided("TH-E07", "TH-ER1").as(schema::Role::DPO));
    const auto erasure = content_erased("TH-E07", "TH-ER1");
    story.when(Step(erasure).by("data-protection-officer").as(schema::Role::RECORDS_MANAGER))
        .is_refused_by("R110");
    story.when(erasure).is_accepted_by("R110");
}

const std::string some_digest(64, 'd');

// The event whose words are meant: the one that added TH-1.2.
std::string first_event(const Story& story) {
    return std::to_string(story.scene().last(Kind::ACTION_ADDED, "TH-1.2")->value);
}
Step words_requested(const Story& story, const std::string& request) {
    return erasure_requested("TH-1.2", request)
        .with("scope", "words")
        .with("event", first_event(story));
}
Step words_decided(const std::string& request) {
    return erasure_decided("TH-1.2", request).with("scope", "words").labelled(request);
}
Step words_erased(const Story& story, const std::string& request, int generation) {
    return content_erased("TH-1.2", request)
        .with("scope", "words")
        .with("event", first_event(story))
        .with("vaultGeneration", std::to_string(generation))
        .with("vaultDigest", some_digest)
        .answers(request);
}
Story granted_words(const std::string& request) {
    auto story = child_log();
    story.add(words_requested(story, request));
    story.add(words_decided(request));
    return story;
}

TEST(ErasureRules, erase_the_words_of_the_event_that_was_named) {
    const auto story = granted_words("TH-ER1");
    const auto erasure = words_erased(story, "TH-ER1", 2);
    story.when(erasure).is_accepted_by("R109");
    story.when(Step(erasure).without("event")).is_refused_by("R109");
    story.when(Step(erasure).with("event", "1")).is_refused_by("R109");
}

TEST(ErasureRules, ask_for_no_words_that_are_erased) {
    auto story = granted_words("TH-ER1");
    story.when(words_requested(story, "TH-ER2")).is_accepted_by("R105");
    story.add(words_erased(story, "TH-ER1", 2));
    story.when(words_requested(story, "TH-ER2")).conflicts_by("R105");
}

TEST(ErasureRules, erase_words_once_whatever_was_granted) {
    auto story = granted_words("TH-ER1");
    story.add(words_requested(story, "TH-ER2"));
    story.add(words_decided("TH-ER2"));
    const auto second = words_erased(story, "TH-ER2", 3);
    story.when(second).is_accepted_by("R109");
    story.add(words_erased(story, "TH-ER1", 2));
    story.when(second).conflicts_by("R109");
}

TEST(ErasureRules, name_the_vault_that_forgot_words) {
    const auto story = granted_words("TH-ER1");
    const auto erasure = words_erased(story, "TH-ER1", 2);
    story.when(Step(erasure).without("vaultGeneration").without("vaultDigest"))
        .is_refused_by("R141");
    story.when(Step(erasure).without("vaultGeneration")).is_refused_by("R141");
    story.when(Step(erasure).without("vaultDigest")).is_refused_by("R141");
    story.when(erasure).is_accepted_by("R141");
    granted_erasure()
        .when(content_erased("TH-E07", "TH-ER1").with("vaultGeneration", "2"))
        .is_refused_by("R141");
    granted_erasure().when(content_erased("TH-E07", "TH-ER1")).is_accepted_by("R141");
}

TEST(ErasureRules, name_a_later_vault_each_time) {
    auto story = granted_erasure();
    story.add(content_erased("TH-E07", "TH-ER1")
                  .with("vaultGeneration", "4")
                  .with("vaultDigest", some_digest));
    story.add(words_requested(story, "TH-ER2"));
    story.add(words_decided("TH-ER2"));
    story.when(words_erased(story, "TH-ER2", 3)).is_refused_by("R141");
    story.when(words_erased(story, "TH-ER2", 4)).is_refused_by("R141");
    story.when(words_erased(story, "TH-ER2", 5)).is_accepted_by("R141");
}

// The same log, whose document the ledger keeps.
constexpr auto some_document = "7=5c1d9f70c0b4d5d6b1a0f7c3e2a48b9d6c5f4e3d2c1b0a998877665544332211";
constexpr auto another_document =
    "8=5c1d9f70c0b4d5d6b1a0f7c3e2a48b9d6c5f4e3d2c1b0a998877665544332211";
Story held_log() {
    return given(
        plan_in_delivery("TH"), records_office(),
        evidence_registered("TH-E07").with("personalData", "child").with("document", some_document),
        evidence_linked("TH-E07", "TH-1.2"));
}
Story granted_document() {
    auto story = held_log();
    story.add(erasure_requested("TH-E07", "TH-ER1"));
    story.add(erasure_decided("TH-E07", "TH-ER1"));
    return story;
}
Step document_erased(const char* document) {
    return content_erased("TH-E07", "TH-ER1")
        .with("vaultGeneration", "2")
        .with("vaultDigest", some_digest)
        .with("document", document);
}

TEST(ErasureRules, erase_the_document_that_the_item_has) {
    const auto story = granted_document();
    story.when(document_erased(another_document)).is_refused_by("R109");
    story.when(document_erased(some_document).without("document")).is_refused_by("R109");
    story.when(document_erased(some_document)).is_accepted_by("R109");
    granted_erasure().when(document_erased(some_document)).is_refused_by("R109");
    const auto words = granted_words("TH-ER1");
    words.when(words_erased(words, "TH-ER1", 2).with("document", some_document))
        .is_refused_by("R109");
}

TEST(ErasureRules, name_the_vault_that_forgot_a_document) {
    granted_document()
        .when(document_erased(some_document).without("vaultGeneration").without("vaultDigest"))
        .is_refused_by("R141");
    granted_document().when(document_erased(some_document)).is_accepted_by("R141");
}

Story kept() {
    auto story = child_log();
    story.add(retention_applied("TH-E07", "2022-06-30"));
    return story;
}

TEST(RetentionRules, keep_an_item_until_a_day_that_is_not_past) {
    child_log().when(retention_applied("TH-E07", "2022-01-31")).is_refused_by("R111");
    child_log().when(retention_applied("TH-E07", "2022-02-01")).is_accepted_by("R111");
}

TEST(RetentionRules, approve_a_disposal_from_the_day_on_which_it_is_due) {
    child_log().when(disposal_approved("TH-E07")).is_refused_by("R111");
    kept().when(disposal_approved("TH-E07").on("2022-06-29")).is_refused_by("R111");
    kept().when(disposal_approved("TH-E07").on("2022-06-30")).is_accepted_by("R111");
}

TEST(RetentionRules, dispose_of_what_was_approved) {
    auto story = kept();
    story.when(disposed_of("TH-E07").on("2022-06-30").answers_nothing()).is_refused_by("R111");
    story.add(disposal_approved("TH-E07").on("2022-06-30"));
    story.when(disposal_approved("TH-E07")).conflicts_by("R111");
    story.when(disposed_of("TH-E07").answers_nothing()).is_refused_by("R111");
    story.when(disposed_of("TH-E07").with("keyDestroyed", "false")).is_refused_by("R111");
    story.when(disposed_of("TH-E07")).is_accepted_by("R111");
    story.add(disposed_of("TH-E07"));
    story.when(disposed_of("TH-E07")).conflicts_by("R111");
    story.when(retention_applied("TH-E07", "2023-06-30")).conflicts_by("R111");
}

TEST(RetentionRules, dispose_of_the_document_that_the_item_has_by_a_vault_that_forgot_it) {
    auto story = held_log();
    story.add(retention_applied("TH-E07", "2022-06-30"));
    story.add(disposal_approved("TH-E07").on("2022-06-30"));
    const auto disposal = disposed_of("TH-E07")
                              .with("vaultGeneration", "2")
                              .with("vaultDigest", some_digest)
                              .with("document", some_document);
    story.when(Step(disposal).with("document", another_document)).is_refused_by("R111");
    story.when(Step(disposal).without("document")).is_refused_by("R111");
    story.when(Step(disposal).without("vaultGeneration").without("vaultDigest"))
        .is_refused_by("R141");
    story.when(disposal).is_accepted_by("R111");
    story.when(disposal).is_accepted_by("R141");
}

TEST(RetentionRules, ask_again_for_approval_once_the_rule_has_changed) {
    auto story = kept();
    story.add(disposal_approved("TH-E07").on("2022-06-30"));
    story.add(retention_applied("TH-E07", "2022-06-30"));
    story.when(disposed_of("TH-E07")).is_refused_by("R111");
    story.when(disposal_approved("TH-E07")).is_accepted_by("R111");
}

TEST(RetentionRules, dispose_of_nothing_that_a_hold_covers) {
    auto story = kept();
    story.add(hold_placed("TH-H1", "TH-E07"));
    story.when(disposal_approved("TH-E07").on("2022-06-30")).is_refused_by("R108");
    auto approved = kept();
    approved.add(disposal_approved("TH-E07").on("2022-06-30"));
    approved.add(hold_placed("TH-H1", "TH"));
    approved.when(disposed_of("TH-E07")).is_refused_by("R108");
}

TEST(RetentionRules, have_a_disposal_approved_and_carried_out_by_another_person) {
    auto story = kept();
    const auto approval = disposal_approved("TH-E07").on("2022-06-30");
    story.when(Step(approval).by("records-manager")).is_refused_by("R112");
    story.when(approval).is_accepted_by("R112");
    story.add(approval);
    story.when(disposed_of("TH-E07").by("records-deputy")).is_refused_by("R112");
    story.when(disposed_of("TH-E07")).is_accepted_by("R112");
}

}  // namespace
}  // namespace wsoa::test
