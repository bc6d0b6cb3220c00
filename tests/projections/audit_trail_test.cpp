#include "projections/audit_trail.h"

#include "projections/runner.h"
#include "tests/support/changes.h"
#include "tests/support/golden_hex.h"
#include "tests/support/ledger_builder.h"
#include "tests/support/mutants.h"
#include "tests/support/random_history.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::LedgerBuilder;
using test::must;
using test::RandomHistory;

SubjectRef subject(std::string_view text) { return must(SubjectRef::parse(text)); }

std::vector<EventIndex> indexes_of(const std::vector<TrailEntry>& trail) {
    std::vector<EventIndex> indexes;
    for (const auto& entry : trail) {
        indexes.push_back(entry.index);
    }
    return indexes;
}

TrailEntry sample_entry() {
    return TrailEntry{.index = EventIndex{311},
                      .recorded_at = must(parse_instant("2022-04-02T09:11:33.250Z")),
                      .effective = must(parse_date("2022-03-31")),
                      .kind = Kind::PROGRESS_RECORDED,
                      .author = must(PersonId::parse("head-of-send")),
                      .as_role = schema::Role::ACTION_OWNER,
                      .answers = EventIndex{7},
                      .on_behalf_of = must(PersonId::parse("case-work-lead")),
                      .words = {schema::WordField::TEXT, schema::WordField::NEXT_STEPS}};
}

void put_row(Store& store, ByteView key, ByteView value) {
    auto whole = view_layout::rows_prefix(AuditTrail::view);
    append(whole, key);
    Batch batch;
    batch.put(whole, value);
    must(store.write(batch));
}

Bytes trail_key(std::string_view of, std::uint32_t number) {
    Bytes key{'t'};
    append(key, of);
    key.push_back(0);
    append_u32(key, number);
    return key;
}

TEST(AuditTrail, holds_what_each_event_of_a_subject_was) {
    LedgerBuilder ledger;
    ledger.draft_plan("TH");
    ledger.enrol("head-of-send");
    const auto index = ledger.append({.kind = Kind::ACTION_STARTED,
                                      .subject = "TH-1.2",
                                      .words = {{schema::WordField::REASON, "agency cover"}},
                                      .by = "head-of-send",
                                      .role = schema::Role::ACTION_OWNER,
                                      .effective = "2022-01-08",
                                      .answers = EventIndex{1},
                                      .on_behalf_of = "case-work-lead"});
    MemoryStore views;
    const auto history = ledger.history();
    must(Runner(views).catch_up(*history));
    const auto trail = must(trail_of(must(views.snapshot()).get(), *history, subject("TH-1.2")));
    const auto event = must(history->event(index));
    EXPECT_EQ(trail,
              (std::vector{TrailEntry{.index = index,
                                      .recorded_at = event.recorded_at(),
                                      .effective = must(parse_date("2022-01-08")),
                                      .kind = Kind::ACTION_STARTED,
                                      .author = must(PersonId::parse("head-of-send")),
                                      .as_role = schema::Role::ACTION_OWNER,
                                      .answers = EventIndex{1},
                                      .on_behalf_of = must(PersonId::parse("case-work-lead")),
                                      .words = {schema::WordField::REASON}}}));
}

TEST(AuditTrail, equals_the_historys_trail_of_every_subject_wherever_the_view_ends) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        LedgerBuilder ledger;
        RandomHistory random(ledger, seed);
        MemoryStore views;
        random.append(seed);
        must(Runner(views).catch_up(*ledger.history()));
        const auto behind = must(views.snapshot());
        random.append(15);
        const auto history = ledger.history();
        must(Runner(views).catch_up(*history));
        const auto present = must(views.snapshot());
        for (const auto* const name : {"ledger", "TH", "MK-1", "TH-1.1", "TH-1.2", "@officer-1"}) {
            const auto trail = must(trail_of(present.get(), *history, subject(name)));
            EXPECT_EQ(indexes_of(trail), must(history->trail_of(subject(name)))) << name;
            EXPECT_EQ(must(trail_of(behind.get(), *history, subject(name))), trail) << name;
            EXPECT_EQ(must(trail_of(nullptr, *history, subject(name))), trail) << name;
        }
    }
}

TEST(AuditTrail, names_nobody_where_nobody_held_the_key_yet) {
    LedgerBuilder ledger;
    ledger.append({.kind = Kind::ACTION_STARTED, .subject = "TH-1.2", .by = "head-of-send"});
    ledger.enrol("head-of-send");
    ledger.append({.kind = Kind::ACTION_STARTED, .subject = "TH-1.2", .by = "head-of-send"});
    const auto history = ledger.history();
    MemoryStore views;
    must(Runner(views).catch_up(*history));
    const auto followed = must(views.snapshot());
    for (const Snapshot* snapshot : {followed.get(), static_cast<Snapshot*>(nullptr)}) {
        const auto trail = must(trail_of(snapshot, *history, subject("TH-1.2")));
        ASSERT_EQ(trail.size(), 2U);
        EXPECT_EQ(trail[0].author, std::nullopt);
        EXPECT_EQ(trail[1].author, must(PersonId::parse("head-of-send")));
    }
}

TEST(AuditTrail, knows_the_author_after_a_key_has_handed_over) {
    LedgerBuilder ledger;
    ledger.enrol("head-of-send");
    ledger.rotate_key("head-of-send");
    ledger.append({.kind = Kind::ACTION_STARTED, .subject = "TH-1.2", .by = "head-of-send"});
    const auto trail = must(trail_of(nullptr, *ledger.history(), subject("TH-1.2")));
    EXPECT_EQ(trail.at(0).author, must(PersonId::parse("head-of-send")));
}

TEST(AuditTrail, is_empty_for_a_subject_that_nothing_is_about) {
    LedgerBuilder ledger;
    const auto history = ledger.history();
    MemoryStore views;
    must(Runner(views).catch_up(*history));
    EXPECT_TRUE(must(trail_of(must(views.snapshot()).get(), *history, subject("TH"))).empty());
}

TEST(AuditTrail, passes_over_a_view_that_is_ahead_of_the_history) {
    LedgerBuilder ledger;
    ledger.draft_plan("TH");
    ledger.add_area("TH-1");
    MemoryStore views;
    must(Runner(views).catch_up(*ledger.history()));
    const auto restored = ledger.history(TreeSize{2});
    const auto snapshot = must(views.snapshot());
    EXPECT_EQ(must(trail_of(snapshot.get(), *restored, subject("TH"))).size(), 1U);
    EXPECT_TRUE(must(trail_of(snapshot.get(), *restored, subject("TH-1"))).empty());
}

TEST(AuditTrail, passes_over_a_view_of_another_history) {
    LedgerBuilder ledger;
    ledger.draft_plan("TH");
    LedgerBuilder other;
    other.add_area("TH-1");
    other.draft_plan("TH");
    MemoryStore views;
    must(Runner(views).catch_up(*ledger.history()));
    const auto trail =
        must(trail_of(must(views.snapshot()).get(), *other.history(), subject("TH")));
    EXPECT_EQ(indexes_of(trail), std::vector{EventIndex{2}});
}

TEST(AuditTrail, is_corrupt_where_a_row_is_not_the_historys) {
    LedgerBuilder ledger;
    ledger.draft_plan("TH");
    MemoryStore views;
    const auto history = ledger.history();
    must(Runner(views).catch_up(*history));
    put_row(views, trail_key("TH", 0), encode_trail_entry(sample_entry()));
    const auto trail = trail_of(must(views.snapshot()).get(), *history, subject("TH"));
    ASSERT_FALSE(trail.ok());
    EXPECT_EQ(trail.error().fault, Fault::corrupt);
}

TEST(AuditTrail, is_corrupt_where_a_row_in_the_middle_is_gone) {
    LedgerBuilder ledger;
    ledger.progress("TH-1.2", 10, "2022-01-01");
    ledger.progress("TH-1.2", 20, "2022-01-02");
    MemoryStore views;
    const auto history = ledger.history();
    must(Runner(views).catch_up(*history));
    auto key = view_layout::rows_prefix(AuditTrail::view);
    append(key, ByteView(trail_key("TH-1.2", 0)));
    Batch batch;
    batch.erase(key);
    must(views.write(batch));
    const auto trail = trail_of(must(views.snapshot()).get(), *history, subject("TH-1.2"));
    ASSERT_FALSE(trail.ok());
    EXPECT_EQ(trail.error().fault, Fault::corrupt);
}

TEST(TrailEntry, is_late_by_the_ledgers_days) {
    const auto zone = must(Zone::find("Europe/London"));
    auto entry = sample_entry();
    EXPECT_EQ(late_days(entry, zone), 2);
    // Half past eleven at night in UTC is the next day in London's summer.
    entry.recorded_at = must(parse_instant("2022-06-30T23:30:00Z"));
    entry.effective = must(parse_date("2022-07-01"));
    EXPECT_EQ(late_days(entry, zone), 0);
    entry.effective = must(parse_date("2022-07-05"));
    EXPECT_EQ(late_days(entry, zone), -4);
}

TEST(TrailEntry, has_these_bytes) {
    test::expect_golden("projections/trail_entry.hex", encode_trail_entry(sample_entry()));
}

TEST(TrailEntry, reads_back_what_was_written) {
    EXPECT_EQ(must(decode_trail_entry(encode_trail_entry(sample_entry()))), sample_entry());
    auto bare = sample_entry();
    bare.author.reset();
    bare.answers.reset();
    bare.on_behalf_of.reset();
    bare.words.clear();
    EXPECT_EQ(must(decode_trail_entry(encode_trail_entry(bare))), bare);
}

TEST(TrailEntry, refuses_words_out_of_order) {
    auto entry = sample_entry();
    std::swap(entry.words[0], entry.words[1]);
    EXPECT_FALSE(decode_trail_entry(encode_trail_entry(entry)).ok());
    entry.words = {schema::WordField::TEXT, schema::WordField::TEXT};
    EXPECT_FALSE(decode_trail_entry(encode_trail_entry(entry)).ok());
}

TEST(TrailEntry, refuses_what_the_schema_does_not_have) {
    auto entry = sample_entry();
    entry.kind = Kind::UNSET;
    EXPECT_FALSE(decode_trail_entry(encode_trail_entry(entry)).ok());
    entry.kind = static_cast<Kind>(static_cast<int>(Kind::CHECKPOINT_ANCHORED) + 1);
    EXPECT_FALSE(decode_trail_entry(encode_trail_entry(entry)).ok());
    entry = sample_entry();
    entry.as_role = static_cast<schema::Role>(15);
    EXPECT_FALSE(decode_trail_entry(encode_trail_entry(entry)).ok());
}

TEST(TrailEntry, is_read_in_one_spelling_only) {
    const auto valid = encode_trail_entry(sample_entry());
    Mutants mutants(text_of(valid), 11);
    std::size_t read = 0;
    for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
        const auto mutant = mutants.next();
        const auto entry = decode_trail_entry(bytes_of(mutant));
        if (entry.ok()) {
            ++read;
            ASSERT_TRUE(equal(encode_trail_entry(entry.value()), bytes_of(mutant)));
        } else {
            ASSERT_EQ(entry.error().fault, Fault::corrupt) << entry.error().message;
        }
    }
    EXPECT_GT(read, 0U);
}

}  // namespace
}  // namespace wsoa
