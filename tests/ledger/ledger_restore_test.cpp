// An older copy of a ledger that is brought forward to what its guard vouches for.

#include "ledger/ledger_restore.h"

#include "tests/support/changes.h"
#include "tests/support/environment.h"
#include "tests/support/faulty_store.h"
#include "tests/support/ledger_builder.h"
#include "tests/support/temp_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wsoa {
namespace {

using test::must;
using test::rows_of;
using testing::ElementsAre;
using testing::IsEmpty;

void copy_rows(Store& from, Store& to) {
    Batch batch;
    for (const auto& [key, value] : rows_of(from)) {
        batch.put(key, value);
    }
    must(to.write(batch));
}

// What a whole copy of the store gives.
Mirror mirror_of(Store& store) {
    const auto get = [&store](const Bytes& key) { return must(must(store.snapshot())->get(key)); };
    return {.event = [get](EventIndex index) -> Result<std::optional<MirroredEvent>> {
                auto entry = get(layout::event_key(index));
                if (!entry) {
                    return std::optional<MirroredEvent>{};
                }
                return std::optional(MirroredEvent{.entry = std::move(*entry),
                                                   .sealed_words = get(layout::words_key(index))});
            },
            .checkpoint = [get](TreeSize size) -> Result<std::optional<std::string>> {
                const auto note = get(layout::checkpoint_key(size));
                return note ? std::optional(std::string(text_of(*note))) : std::nullopt;
            }};
}

// Events and no more, as those hold them who were handed lines.
Mirror lines_of(Store& store) {
    auto mirror = mirror_of(store);
    const auto whole = mirror.event;
    mirror.event = [whole](EventIndex index) {
        auto event = must(whole(index));
        if (event) {
            event->sealed_words.reset();
        }
        return Result<std::optional<MirroredEvent>>(std::move(event));
    };
    mirror.checkpoint = [](TreeSize) { return Result<std::optional<std::string>>(std::nullopt); };
    return mirror;
}

class Restore : public testing::Test {
protected:
    Restore() {
        builder_.enrol("head-of-send");
        builder_.draft_plan("TH");
        copy_rows(builder_.store(), older_);
        before_ = builder_.size();
        builder_.add_area("TH-1");
        builder_.commit();
        builder_.add_outcome("TH-O1", "TH-1");
        builder_.grant("head-of-send", "actionOwner");
        builder_.draft_plan("PL");
        sign();
    }

    // The guard vouches for what the builder has by now.
    void sign() {
        builder_.commit();
        std::filesystem::remove(folder_ / "guard");
        guard_.reset();
        guard_ = must(Guard::create(folder_ / "guard", builder_.ledger(),
                                    {.size = builder_.size(), .root = builder_.history()->root()}));
    }
    Result<Restored> restore(const Mirror& mirror) { return restore(mirror, older_); }
    Result<Restored> restore(const Mirror& mirror, Store& store) {
        return restore_from(mirror, parts(store, builder_.ledger_signer()));
    }
    LedgerParts parts(Store& store, const Signer& signer) {
        return {.store = store,
                .guard = *guard_,
                .signer = signer,
                .next_signer = nullptr,
                .word_keys = builder_.word_keys(),
                .environment = environment_.environment()};
    }
    // The copy is refused for that, and the store stays as it is.
    void expect_refused(const Mirror& mirror, Fault fault) {
        const auto before = rows_of(older_);
        const auto restored = restore(mirror);
        ASSERT_FALSE(restored.ok());
        EXPECT_EQ(restored.error().fault, fault) << restored.error().message;
        EXPECT_EQ(rows_of(older_), before);
    }

    TempFolder folder_;
    test::LedgerBuilder builder_;
    TestEnvironment environment_;
    MemoryStore older_;
    TreeSize before_;
    std::unique_ptr<Guard> guard_;
};

TEST_F(Restore, puts_the_very_same_rows_back) {
    const auto restored = must(restore(mirror_of(builder_.store())));
    EXPECT_EQ(rows_of(older_), rows_of(builder_.store()));
    EXPECT_EQ(restored.before, before_);
    EXPECT_EQ(restored.after, builder_.size());
    EXPECT_EQ(restored.checkpoint, Restored::Checkpoint::of_the_mirror);
    EXPECT_THAT(restored.without_words, IsEmpty());
}

TEST_F(Restore, lets_the_ledger_be_written_again) {
    const auto open = [&] { return Ledger::open(parts(older_, builder_.ledger_signer())); };
    const auto refused = open();
    ASSERT_FALSE(refused.ok());
    EXPECT_THAT(refused.error().advice, testing::HasSubstr("wsoa guard restore --from"));
    must(restore(mirror_of(builder_.store())));
    EXPECT_TRUE(open().ok());
}

TEST_F(Restore, asks_for_no_key_where_the_copy_has_the_checkpoint) {
    const auto other = must(MemorySigner::from_seed(Secret(Bytes(32, 3))));
    must(restore_from(mirror_of(builder_.store()), parts(older_, *other)));
    EXPECT_EQ(rows_of(older_), rows_of(builder_.store()));
}

TEST_F(Restore, takes_events_alone_and_signs_the_same_checkpoint_again) {
    const auto restored = must(restore(lines_of(builder_.store())));
    EXPECT_EQ(restored.checkpoint, Restored::Checkpoint::signed_anew);
    const auto history = must(History::open(must(older_.snapshot()), restored.after));
    EXPECT_EQ(must(history->checkpoint_note()), must(builder_.history()->checkpoint_note()));
    // All of these but the grant have words.
    const auto first = before_.value;
    EXPECT_THAT(restored.without_words,
                ElementsAre(EventIndex{first}, EventIndex{first + 1}, EventIndex{first + 3}));
}

TEST_F(Restore, signs_with_no_other_key_than_the_ledgers) {
    const auto other = must(MemorySigner::from_seed(Secret(Bytes(32, 3))));
    const auto before = rows_of(older_);
    const auto restored = restore_from(lines_of(builder_.store()), parts(older_, *other));
    ASSERT_FALSE(restored.ok());
    EXPECT_EQ(restored.error().fault, Fault::missing);
    EXPECT_EQ(rows_of(older_), before);
}

TEST_F(Restore, leaves_out_a_checkpoint_that_does_not_hold) {
    auto mirror = mirror_of(builder_.store());
    const auto right = mirror.checkpoint;
    const auto between = TreeSize{before_.value + 1};
    mirror.checkpoint = [&](TreeSize size) {
        // Those of other sizes: signed, but over something else.
        return right(size == between ? builder_.size() : between);
    };
    EXPECT_EQ(must(restore(mirror)).checkpoint, Restored::Checkpoint::signed_anew);
    EXPECT_FALSE(must(must(older_.snapshot())->get(layout::checkpoint_key(between))));
}

TEST_F(Restore, leaves_out_words_that_are_not_this_vaults_and_names_their_event) {
    auto mirror = mirror_of(builder_.store());
    const auto whole = mirror.event;
    const EventIndex other{before_.value + 1};
    mirror.event = [&](EventIndex index) {
        auto event = must(whole(index));
        if (index == other) {
            event->sealed_words->back() ^= 1;
        }
        return Result<std::optional<MirroredEvent>>(std::move(event));
    };
    const auto restored = must(restore(mirror));
    EXPECT_THAT(restored.without_words, ElementsAre(other));
    EXPECT_FALSE(must(must(older_.snapshot())->get(layout::words_key(other))));
}

TEST_F(Restore, refuses_a_copy_that_lacks_an_event) {
    auto mirror = mirror_of(builder_.store());
    const auto whole = mirror.event;
    mirror.event = [&](EventIndex index) {
        return index.value == builder_.size().value - 1
                   ? Result<std::optional<MirroredEvent>>(std::nullopt)
                   : whole(index);
    };
    expect_refused(mirror, Fault::missing);
}

TEST_F(Restore, refuses_a_copy_of_which_one_event_is_another) {
    auto mirror = mirror_of(builder_.store());
    const auto whole = mirror.event;
    // The same event as if it had been recorded a millisecond later.
    mirror.event = [&](EventIndex index) {
        auto event = must(whole(index));
        if (index == EventIndex{before_.value + 2}) {
            const auto view = must(read_entry(event->entry));
            event->entry =
                must(event_bytes(Instant{view.recorded_at.ms + 1},
                                 {.change = copy_of(view.change), .signature = view.signature}));
        }
        return Result<std::optional<MirroredEvent>>(std::move(event));
    };
    expect_refused(mirror, Fault::distrusted);
}

TEST_F(Restore, refuses_a_copy_whose_bytes_are_no_event) {
    auto mirror = mirror_of(builder_.store());
    mirror.event = [](EventIndex) {
        return Result<std::optional<MirroredEvent>>(
            MirroredEvent{.entry = Bytes(16, 1), .sealed_words = {}});
    };
    expect_refused(mirror, Fault::corrupt);
}

// What was recorded under another guard after the backup had been taken.
TEST_F(Restore, refuses_a_store_that_went_another_way) {
    test::LedgerBuilder other;
    other.enrol("head-of-send");
    other.draft_plan("TH");
    other.draft_plan("XX");
    copy_rows(other.store(), older_);
    expect_refused(mirror_of(builder_.store()), Fault::distrusted);
}

TEST_F(Restore, has_nothing_to_do_where_the_store_is_not_older) {
    must(restore(mirror_of(builder_.store())));
    expect_refused(mirror_of(builder_.store()), Fault::conflict);
}

TEST_F(Restore, leaves_the_store_as_it_was_or_whole_where_the_write_fails) {
    const auto before = rows_of(older_);
    test::FaultyStore lost(older_, 0, test::FaultyStore::Batches::lost);
    EXPECT_EQ(restore(mirror_of(builder_.store()), lost).error().fault, Fault::unavailable);
    EXPECT_EQ(lost.writes(), 1U);
    EXPECT_EQ(rows_of(older_), before);
    test::FaultyStore written(older_, 0, test::FaultyStore::Batches::written);
    EXPECT_EQ(restore(mirror_of(builder_.store()), written).error().fault, Fault::unavailable);
    EXPECT_EQ(rows_of(older_), rows_of(builder_.store()));
}

// Far more than one batch: wherever it stops, a whole and older store is left, and the next attempt
// goes on from there.
TEST_F(Restore, goes_a_long_way_in_whole_steps) {
    for (int i = 0; i < 11'000; ++i) {
        builder_.progress("TH-1.1", i % 100, "");
        if (i % 1'000 == 0) {
            builder_.commit();
        }
    }
    sign();
    auto size = before_;
    for (std::size_t stops = 0; stops < 2; ++stops) {
        test::FaultyStore store(older_, 1, test::FaultyStore::Batches::lost);
        const auto stopped = restore(mirror_of(builder_.store()), store);
        ASSERT_FALSE(stopped.ok());
        ASSERT_EQ(stopped.error().fault, Fault::unavailable) << stopped.error().message;
        auto snapshot = must(older_.snapshot());
        const auto reached = must(History::newest_size(*snapshot));
        EXPECT_GT(reached, size);
        EXPECT_LT(reached, builder_.size());
        EXPECT_TRUE(History::open(std::move(snapshot), reached).ok());
        size = reached;
    }
    must(restore(mirror_of(builder_.store())));
    EXPECT_EQ(rows_of(older_), rows_of(builder_.store()));
}

}  // namespace
}  // namespace wsoa
