// Verification at the depth of the authors: signatures, keys and roles at each event's index.

#include "ledger/base/sha256.h"
#include "ledger/store/system.h"
#include "tests/support/verification.h"

#include <gmock/gmock.h>

namespace wsoa {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class VerifyAuthors : public test::Verification {
protected:
    // Writes an entry with every hash over it and every row for it as they would be, so that only
    // its author's signature can tell.
    void replace_last(const Bytes& entry) {
        const EventIndex last{builder_.size().value - 1};
        put(layout::event_key(last), entry);
        put(layout::node_key({.level = 0, .index = last.value}), copy_of(hash_leaf(entry).view()));
    }
};

TEST_F(VerifyAuthors, finds_nothing_in_a_ledger_that_was_kept_well_on_any_number_of_threads) {
    const auto alone = verdict();
    EXPECT_THAT(lines(alone), IsEmpty());
    const auto threads = worker_threads(0);
    const auto together = verdict({.workers = threads.get()});
    EXPECT_THAT(lines(together), IsEmpty());
    EXPECT_EQ(alone.checked, together.checked);
    EXPECT_TRUE(says(alone.checked, "9 signatures of authors"));
    EXPECT_TRUE(says(alone.checked, "that key and role were in force, for 9 of 9 events"));
}

TEST_F(VerifyAuthors, finds_a_signature_that_its_author_never_made) {
    // An event that stands alone at the right edge, altered together with its hash.
    const EventIndex last{builder_.size().value - 1};
    const auto event = test::must(builder_.history()->event(last));
    auto signature = event.signature();
    signature.bytes[40] ^= 1;
    replace_last(
        test::must(event_bytes(event.recorded_at(), {copy_of(event.change().bytes()), signature})));
    EXPECT_TRUE(says(lines(verdict()), "breach 8 its author's signature does not hold"));
    EXPECT_FALSE(says(lines(verdict({.depth = Depth::log})), "signature does not hold:"));
}

// Over several chunks of events, with checks of many signatures under way at once.
TEST_F(VerifyAuthors, finds_the_same_in_the_same_order_on_any_number_of_threads) {
    for (unsigned i = 0; builder_.size().value < 5'000; ++i) {
        builder_.progress("TH-1.1", static_cast<int>(i % 100), "");
        if (i % 700 == 0) {
            builder_.commit();
        }
    }
    builder_.commit();
    for (std::uint64_t index = 20; index < builder_.size().value; index += 331) {
        const auto event = test::must(builder_.history()->event(EventIndex{index}));
        auto signature = event.signature();
        signature.bytes[7] ^= 1;
        const auto entry = test::must(
            event_bytes(event.recorded_at(), {copy_of(event.change().bytes()), signature}));
        put(layout::event_key(EventIndex{index}), entry);
        put(layout::node_key({.level = 0, .index = index}), copy_of(hash_leaf(entry).view()));
        put(layout::node_key({.level = 1, .index = index / 2}), {});
    }
    const auto alone = lines(verdict());
    const auto threads = worker_threads(0);
    EXPECT_EQ(lines(verdict({.workers = threads.get()})), alone);
    EXPECT_TRUE(says(alone, "breach 20 its author's signature does not hold"));
    EXPECT_TRUE(says(alone, "breach 4985 its author's signature does not hold"));
}

TEST_F(VerifyAuthors, finds_what_was_recorded_against_a_rule_of_authority) {
    const auto index = builder_.append({.kind = Kind::ROLE_GRANTED,
                                        .subject = "@programme-manager",
                                        .fields = {{"role", "auditor"}},
                                        .by = "nobody-we-know",
                                        .role = schema::Role::FOUNDER});
    builder_.commit();
    EXPECT_THAT(lines(verdict()),
                ElementsAre(testing::AllOf(HasSubstr(fmt::format("breach {} ", index.value)),
                                           HasSubstr("[R01]"))));
    EXPECT_THAT(lines(verdict({.depth = Depth::log})), IsEmpty());
}

TEST_F(VerifyAuthors, finds_that_somebody_acted_for_another_who_must_act_themselves) {
    const auto index = builder_.append({.kind = Kind::ROLE_GRANTED,
                                        .subject = "@head-of-send",
                                        .fields = {{"role", "auditor"}},
                                        .role = schema::Role::FOUNDER,
                                        .on_behalf_of = "director-of-education"});
    builder_.commit();
    const auto all = lines(verdict());
    EXPECT_TRUE(says(all, fmt::format("breach {} nobody acts for another", index.value)))
        << testing::PrintToString(all);
}

TEST_F(VerifyAuthors, doubts_a_right_that_may_stem_from_an_event_that_cannot_be_read) {
    flip(layout::event_key(EventIndex{1}), 30);
    const auto all = lines(verdict());
    EXPECT_TRUE(says(all, "breach 1 its bytes are not those"));
    EXPECT_TRUE(says(all, "doubt 2 "));
    EXPECT_TRUE(says(all, "an event before it cannot be read"));
    EXPECT_FALSE(says(all, "breach 2"));
}

TEST_F(VerifyAuthors, doubts_what_a_key_signed_that_was_in_other_hands) {
    const auto doubtful = builder_.append({.kind = Kind::ACTION_STARTED,
                                           .subject = "TH-1.1",
                                           .by = "director-of-education",
                                           .role = schema::Role::FOUNDER});
    const auto key = builder_.signer_of("director-of-education").key().hex();
    const auto claim =
        builder_.append({.kind = Kind::KEY_COMPROMISED,
                         .subject = "@director-of-education",
                         .fields = {{"key", key}, {"since", std::to_string(doubtful.value)}},
                         .role = schema::Role::FOUNDER});
    builder_.append({.kind = Kind::KEY_CONFIRMED,
                     .subject = "@director-of-education",
                     .by = "head-of-send",
                     .role = schema::Role::FOUNDER,
                     .answers = claim});
    builder_.commit();
    const auto all = lines(verdict());
    EXPECT_TRUE(
        says(all, fmt::format("doubt {} the key of director-of-education was in other hands",
                              doubtful.value)))
        << testing::PrintToString(all);
}

TEST_F(VerifyAuthors, notes_a_kind_that_it_does_not_know_and_says_that_it_was_not_checked) {
    const auto index =
        builder_.append({.kind = Kind::ACTION_STARTED, .subject = "TH-1.1", .format = 2});
    builder_.commit();
    const auto found = verdict();
    EXPECT_FALSE(found.has_breach()) << testing::PrintToString(lines(found));
    EXPECT_EQ(found.unknown, 1U);
    EXPECT_TRUE(says(lines(found), fmt::format("noted {} ", index.value)));
    EXPECT_TRUE(says(found.not_checked, "1 event of a kind, format or rulebook"));
}

TEST_F(VerifyAuthors, says_that_roles_were_not_checked_where_there_is_no_time_zone) {
    flip(layout::event_key(EventIndex{0}), 100);
    const auto found = verdict();
    EXPECT_TRUE(says(found.not_checked, "keys and roles: event 0 does not state"));
    EXPECT_FALSE(says(found.checked, "key and role were in force"));
    EXPECT_TRUE(says(lines(found), "event 0 does not open the ledger"));
}

}  // namespace
}  // namespace wsoa
