// What outsiders said of a ledger, held against its events.

#include "ledger/base/sha256.h"
#include "ledger/tree/anchored.h"
#include "tests/support/policies.h"
#include "tests/support/verification.h"

#include <gmock/gmock.h>

namespace wsoa::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// 10 January 2022, 09:00 UTC: the builder's first event. The others follow by an hour each.
constexpr std::uint64_t first = 1'641'805'200;
std::uint64_t after_hours(std::uint64_t hours) { return first + hours * 3'600; }

constexpr std::string_view origin = "ledger.example.gov.uk/test";

class Anchors : public Verification {
protected:
    std::string note() {
        return std::string(text_of(row(layout::checkpoint_key(builder_.size()))));
    }
    NoteKey log() { return must(NoteKey::ed25519(origin, builder_.ledger_signer().key())); }
    Policy policy_with(const std::string& rest) {
        return must(Policy::parse(fmt::format("log {}\n{}", log().str(), rest)));
    }

    // The newest checkpoint, cosigned by this witness and kept.
    std::string witness_sees(std::uint8_t witness, std::uint64_t seconds) {
        const auto size = builder_.size();
        auto& kept = kept_[size];
        kept = cosigned_by(witness, kept.empty() ? note() : kept, seconds);
        return kept;
    }
    // An event that commits to the last word of a kept note.
    NewEvent anchor_of(const std::string& kept) {
        const auto parsed = must(Note::parse(kept));
        const auto checkpoint = must(Checkpoint::parse(parsed.text));
        const auto said = must(said_by_witnesses(parsed, log())).back();
        return {.kind = Kind::CHECKPOINT_ANCHORED,
                .subject = "ledger",
                .fields = {{"size", std::to_string(checkpoint.size.value)},
                           {"root", to_hex(checkpoint.root.view())},
                           {"means", "cosignature"},
                           {"digest", to_hex(said.digest.view())},
                           {"time", std::to_string(said.seconds)}}};
    }
    void record(const NewEvent& event) {
        builder_.append(event);
        builder_.commit();
    }

    Verdict verdict_by(const Policy* policy) {
        const Outside outside{.notes =
                                  [&](const auto& visit) {
                                      for (const auto& [size, note] : kept_) {
                                          visit(KeptNote{.size = size, .note = note});
                                      }
                                      return done();
                                  },
                              .tokens = [](const auto&) { return done(); },
                              .policy = policy};
        return verdict({.depth = Depth::log, .outside = &outside});
    }
    std::vector<std::string> found(const Policy* policy) { return lines(verdict_by(policy)); }

    std::map<TreeSize, std::string> kept_;
};

TEST_F(Anchors, bound_every_event_that_a_witness_of_the_policy_saw) {
    witness_sees(9, after_hours(9));
    const auto policy = policy_with(witness_line(9) + "quorum w9\n");
    const auto verdict = verdict_by(&policy);
    EXPECT_THAT(lines(verdict), IsEmpty());
    EXPECT_TRUE(verdict.continues_earlier);
    ASSERT_EQ(verdict.bounds.size(), 1U);
    EXPECT_EQ(verdict.bounds.front().not_after->by, "w9");
    EXPECT_TRUE(says(verdict.checked,
                     "recorded_at of events 0 to 8: no later than 2022-01-10T18:00:00Z, by w9"));
    EXPECT_TRUE(
        says(verdict.checked, "continues what the witnesses of your policy cosigned, at 9"));
}

TEST_F(Anchors, bound_what_comes_after_the_event_that_commits_to_them) {
    const auto kept = witness_sees(9, after_hours(8));
    record(anchor_of(kept));
    const auto policy = policy_with(witness_line(9) + "quorum none\n");
    const auto verdict = verdict_by(&policy);
    EXPECT_THAT(lines(verdict), IsEmpty());
    EXPECT_FALSE(verdict.continues_earlier);
    EXPECT_TRUE(says(verdict.checked, "1 anchor, against what is kept"));
    EXPECT_TRUE(
        says(verdict.checked, "recorded_at of event 9: not before 2022-01-10T17:00:00Z, by w9"));
    EXPECT_TRUE(says(verdict.not_checked, "by when 1 of 10 events were recorded"));
}

TEST_F(Anchors, that_nobody_vouches_for_bound_nothing_and_say_so) {
    record(anchor_of(witness_sees(9, after_hours(8))));
    const auto without = verdict_by(nullptr);
    EXPECT_THAT(lines(without), IsEmpty());
    EXPECT_THAT(without.bounds, IsEmpty());
    EXPECT_TRUE(says(without.not_checked,
                     "1 cosignature, which bound nothing: no policy of yours says which"));
    const auto other = policy_with(witness_line(10) + "quorum none\n");
    const auto by_other = verdict_by(&other);
    EXPECT_THAT(by_other.bounds, IsEmpty());
    EXPECT_TRUE(says(by_other.not_checked, "the policy that you gave does not vouch for them"));
}

TEST_F(Anchors, are_told_to_be_none_where_nobody_spoke) {
    EXPECT_TRUE(says(verdict_by(nullptr).not_checked, "nobody outside has said anything"));
}

TEST_F(Anchors, that_are_not_kept_any_more_are_noted) {
    record(anchor_of(witness_sees(9, after_hours(8))));
    kept_.clear();
    EXPECT_THAT(found(nullptr),
                ElementsAre("noted 9 the cosignature over 9 events that it commits to is not kept "
                            "any more, and bounds nothing; look for it in a backup, or ask who "
                            "gave it"));
}

TEST_F(Anchors, that_were_given_again_later_leave_the_first_noted) {
    record(anchor_of(witness_sees(9, after_hours(8))));
    kept_.clear();
    builder_.commit();
    kept_[TreeSize{9}] =
        cosigned_by(9, std::string(text_of(row(layout::checkpoint_key({9})))), after_hours(30));
    const auto policy = policy_with(witness_line(9) + "quorum none\n");
    EXPECT_THAT(found(&policy), ElementsAre(HasSubstr("noted 9 the cosignature over 9 events")));
}

TEST_F(Anchors, that_are_kept_otherwise_are_a_breach) {
    record(anchor_of(witness_sees(9, after_hours(8))));
    auto& kept = kept_.begin()->second;
    auto spoiled = must(Note::parse(kept));
    spoiled.signatures.back().bytes.back() ^= 1;
    kept = spoiled.str();
    EXPECT_THAT(found(nullptr),
                ElementsAre("breach 9 the cosignature over 9 events that is kept is not the one "
                            "that it commits to"));
    const auto policy = policy_with(witness_line(9) + "quorum none\n");
    EXPECT_THAT(found(&policy),
                ElementsAre(HasSubstr("breach 9 "),
                            "breach - the cosignature of w9 over 9 events does not hold"));
}

TEST_F(Anchors, that_a_known_witness_is_said_to_have_given_in_another_form_are_a_breach) {
    auto spoiled = must(Note::parse(witness_sees(9, after_hours(8))));
    spoiled.signatures.back().bytes.push_back(0);
    kept_.begin()->second = spoiled.str();
    EXPECT_THAT(found(nullptr), IsEmpty());
    const auto policy = policy_with(witness_line(9) + "quorum none\n");
    EXPECT_THAT(found(&policy),
                ElementsAre("breach - the cosignature of w9 over 9 events does not hold"));
}

TEST_F(Anchors, are_a_breach_where_the_event_says_another_time) {
    auto event = anchor_of(witness_sees(9, after_hours(8)));
    event.fields.back().second = std::to_string(after_hours(7));
    record(event);
    EXPECT_THAT(found(nullptr),
                ElementsAre("breach 9 it says that the cosignature over 9 events is of "
                            "2022-01-10T16:00:00Z, which is of 2022-01-10T17:00:00Z"));
}

TEST_F(Anchors, are_a_breach_where_the_event_says_another_root) {
    auto event = anchor_of(witness_sees(9, after_hours(8)));
    event.fields[1].second = std::string(64, '7');
    record(event);
    EXPECT_TRUE(says(found(nullptr), "it states a root over 9 events that is not this ledger's"));
}

TEST_F(Anchors, of_another_history_are_a_breach) {
    const auto text = fmt::format("{}\n9\n{}\n", origin, to_base64(Bytes(32, 7)));
    kept_[TreeSize{9}] =
        cosigned_by(9, must(sign_note(text, origin, builder_.ledger_signer())).str(), first);
    EXPECT_THAT(found(nullptr), ElementsAre(HasSubstr("the ledger was rewritten")));
}

TEST_F(Anchors, over_more_than_there_is_are_a_breach) {
    const auto text = fmt::format("{}\n90\n{}\n", origin, to_base64(Bytes(32, 7)));
    kept_[TreeSize{90}] =
        cosigned_by(9, must(sign_note(text, origin, builder_.ledger_signer())).str(), first);
    EXPECT_THAT(found(nullptr), ElementsAre(HasSubstr("the ledger was shortened")));
}

TEST_F(Anchors, under_a_wrong_name_or_no_note_at_all_are_a_breach) {
    kept_[TreeSize{8}] = note();
    EXPECT_THAT(found(nullptr), ElementsAre(HasSubstr("does not hold: it is over 9 events")));
    kept_ = {{TreeSize{9}, "no note"}};
    EXPECT_THAT(found(nullptr), ElementsAre(HasSubstr("the checkpoint over 9 events that")));
}

TEST_F(Anchors, of_a_policy_that_asks_for_more_witnesses_are_a_breach) {
    witness_sees(9, after_hours(9));
    const auto policy =
        policy_with(witness_line(9) + witness_line(10) + "group both all w9 w10\nquorum both\n");
    EXPECT_THAT(found(&policy),
                ElementsAre(HasSubstr("asks for the quorum \"both\", and no checkpoint that is "
                                      "kept has it")));
}

TEST_F(Anchors, by_a_policy_for_another_ledger_are_a_breach) {
    const auto other = must(Policy::parse(log_line(origin, 77) + "quorum none\n"));
    EXPECT_THAT(found(&other), ElementsAre(HasSubstr("names no key that this ledger ever signed")));
}

TEST_F(Anchors, put_in_doubt_what_was_dated_back_or_forward) {
    // Seen an hour before the last event says that it was recorded.
    const auto kept = witness_sees(9, after_hours(7));
    const auto policy = policy_with(witness_line(9) + "quorum none\n");
    EXPECT_THAT(found(&policy), ElementsAre(HasSubstr("doubt 8 recorded_at of event 8 is")));
    // Committed to an hour before it was said.
    kept_[TreeSize{9}] = cosigned_by(9, note(), after_hours(10));
    record(anchor_of(kept_[TreeSize{9}]));
    EXPECT_THAT(found(&policy), ElementsAre(HasSubstr("doubt 9 recorded_at of event 9 is")));
}

TEST_F(Anchors, that_could_not_be_read_are_told) {
    const Outside outside{.notes =
                              [](const auto&) {
                                  return Result<void>(Error{Fault::unavailable, "no disk"});
                              },
                          .tokens = [](const auto&) { return done(); }};
    const auto answer = verdict({.depth = Depth::log, .outside = &outside});
    EXPECT_EQ(answer.unread, 1U);
    EXPECT_TRUE(says(answer.not_checked, "cosignatures: no disk"));
}

}  // namespace
}  // namespace wsoa::test
