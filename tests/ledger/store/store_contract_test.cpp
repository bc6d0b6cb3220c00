#include "ledger/store/memory_store.h"
#include "ledger/store/rocks_store.h"
#include "tests/support/environment.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <map>

namespace wsoa {
namespace {

using Rows = std::vector<std::pair<std::string, std::string>>;

// What every Store promises, asked of each of them.
class StoreContract : public testing::TestWithParam<std::string> {
protected:
    void SetUp() override {
        if (GetParam() == "memory") {
            store_ = std::make_unique<MemoryStore>();
            return;
        }
        auto opened = RocksStore::create(folder_ / "store");
        ASSERT_TRUE(opened.ok()) << opened.error().message;
        store_ = std::move(opened).value();
    }

    void write(const Batch& batch) {
        const auto written = store_->write(batch);
        ASSERT_TRUE(written.ok()) << written.error().message;
    }
    void put(const Rows& rows) {
        Batch batch;
        for (const auto& [key, value] : rows) {
            batch.put(bytes_of(key), bytes_of(value));
        }
        write(batch);
    }
    std::unique_ptr<Snapshot> snapshot() { return store_->snapshot().value(); }

    static std::optional<std::string> get(const Snapshot& snapshot, std::string_view key) {
        const auto found = snapshot.get(bytes_of(key)).value();
        return found ? std::optional(std::string(text_of(*found))) : std::nullopt;
    }
    static Rows scan(const Snapshot& snapshot, std::string_view from, std::string_view to) {
        Rows rows;
        const auto scanned =
            snapshot.scan(bytes_of(from), bytes_of(to),
                          [&](ByteView key, ByteView value) -> Result<Snapshot::Step> {
                              rows.emplace_back(text_of(key), text_of(value));
                              return Snapshot::Step::next;
                          });
        EXPECT_TRUE(scanned.ok());
        return rows;
    }
    static std::optional<std::string> last(const Snapshot& snapshot, std::string_view from,
                                           std::string_view to) {
        const auto found = snapshot.last(bytes_of(from), bytes_of(to)).value();
        return found ? std::optional(std::string(text_of(found->first)) + "=" +
                                     std::string(text_of(found->second)))
                     : std::nullopt;
    }

    TempFolder folder_;
    std::unique_ptr<Store> store_;
};

INSTANTIATE_TEST_SUITE_P(Every, StoreContract, testing::Values("memory", "rocks"),
                         [](const auto& about) { return about.param; });

TEST_P(StoreContract, gives_back_what_was_put) {
    put({{"a", "1"}, {"b", ""}});
    const auto now = snapshot();
    EXPECT_EQ(get(*now, "a"), "1");
    EXPECT_EQ(get(*now, "b"), "");
    EXPECT_EQ(get(*now, "c"), std::nullopt);
}

TEST_P(StoreContract, takes_keys_and_values_of_any_bytes) {
    const std::string key("\0\xff\0", 3);
    const std::string value(70'000, '\0');
    put({{key, value}});
    EXPECT_EQ(get(*snapshot(), key), value);
}

TEST_P(StoreContract, lets_the_later_write_of_a_batch_win) {
    Batch batch;
    batch.put(bytes_of("a"), bytes_of("1"));
    batch.put(bytes_of("a"), bytes_of("2"));
    batch.put(bytes_of("b"), bytes_of("1"));
    batch.erase(bytes_of("b"));
    batch.erase(bytes_of("c"));
    batch.put(bytes_of("c"), bytes_of("1"));
    write(batch);
    EXPECT_EQ(scan(*snapshot(), "a", "z"), (Rows{{"a", "2"}, {"c", "1"}}));
}

TEST_P(StoreContract, forgets_what_was_erased) {
    put({{"a", "1"}, {"b", "2"}});
    Batch batch;
    batch.erase(bytes_of("a"));
    batch.erase(bytes_of("never there"));
    write(batch);
    const auto now = snapshot();
    EXPECT_EQ(get(*now, "a"), std::nullopt);
    EXPECT_EQ(scan(*now, "a", "z"), (Rows{{"b", "2"}}));
}

TEST_P(StoreContract, takes_an_empty_batch_for_nothing_to_do) {
    write(Batch());
    EXPECT_EQ(scan(*snapshot(), "", "z"), Rows());
}

TEST_P(StoreContract, scans_in_the_order_of_unsigned_bytes) {
    put({{"\x80", ""}, {"\x7f", ""}, {"a", ""}, {"ab", ""}, {"a\xff", ""}, {"b", ""}, {"", ""}});
    EXPECT_EQ(scan(*snapshot(), "", "\xff"), (Rows{{"", ""},
                                                   {"a", ""},
                                                   {"ab", ""},
                                                   {"a\xff", ""},
                                                   {"b", ""},
                                                   {"\x7f", ""},
                                                   {"\x80", ""}}));
}

TEST_P(StoreContract, scans_from_the_first_key_up_to_but_without_the_last) {
    put({{"a", "1"}, {"b", "2"}, {"c", "3"}, {"d", "4"}});
    EXPECT_EQ(scan(*snapshot(), "b", "d"), (Rows{{"b", "2"}, {"c", "3"}}));
}

TEST_P(StoreContract, finds_nothing_in_an_empty_range) {
    put({{"a", "1"}, {"c", "3"}});
    const auto now = snapshot();
    EXPECT_EQ(scan(*now, "b", "c"), Rows());
    EXPECT_EQ(scan(*now, "c", "c"), Rows());
    EXPECT_EQ(scan(*now, "c", "a"), Rows());
    EXPECT_EQ(scan(*now, "", ""), Rows());
    EXPECT_EQ(last(*now, "b", "c"), std::nullopt);
    EXPECT_EQ(last(*now, "c", "c"), std::nullopt);
    EXPECT_EQ(last(*now, "c", "a"), std::nullopt);
}

TEST_P(StoreContract, stops_a_scan_where_it_is_told_to) {
    put({{"a", "1"}, {"b", "2"}, {"c", "3"}});
    std::string seen;
    const auto now = snapshot();
    const auto scanned = now->scan(
        bytes_of("a"), bytes_of("z"), [&](ByteView key, ByteView) -> Result<Snapshot::Step> {
            seen += text_of(key);
            return key[0] == 'b' ? Snapshot::Step::stop : Snapshot::Step::next;
        });
    EXPECT_TRUE(scanned.ok());
    EXPECT_EQ(seen, "ab");
}

TEST_P(StoreContract, hands_on_the_error_that_ends_a_scan) {
    put({{"a", "1"}, {"b", "2"}});
    int rows = 0;
    const auto now = snapshot();
    const auto scanned =
        now->scan(bytes_of("a"), bytes_of("z"), [&](ByteView, ByteView) -> Result<Snapshot::Step> {
            ++rows;
            return Error{Fault::distrusted, "no"};
        });
    ASSERT_FALSE(scanned.ok());
    EXPECT_EQ(scanned.error().message, "no");
    EXPECT_EQ(rows, 1);
}

TEST_P(StoreContract, lets_a_scan_read_and_scan_within_itself) {
    put({{"a", "b"}, {"b", "c"}, {"c", "a"}});
    const auto now = snapshot();
    std::string seen;
    const auto scanned = now->scan(bytes_of("a"), bytes_of("z"),
                                   [&](ByteView, ByteView value) -> Result<Snapshot::Step> {
                                       seen += get(*now, text_of(value)).value_or("?");
                                       seen += std::to_string(scan(*now, "a", "z").size());
                                       return Snapshot::Step::next;
                                   });
    EXPECT_TRUE(scanned.ok());
    EXPECT_EQ(seen, "c3a3b3");
}

TEST_P(StoreContract, finds_the_last_row_of_a_range) {
    put({{"a1", "1"}, {"a2", "2"}, {"b1", "3"}});
    const auto now = snapshot();
    EXPECT_EQ(last(*now, "a", "b"), "a2=2");
    EXPECT_EQ(last(*now, "a", "a2"), "a1=1");
    EXPECT_EQ(last(*now, "a", "b1"), "a2=2");
    EXPECT_EQ(last(*now, "a", "z"), "b1=3");
    EXPECT_EQ(last(*now, "a2", "b"), "a2=2");
    EXPECT_EQ(last(*now, "c", "z"), std::nullopt);
    EXPECT_EQ(last(*now, "", "a"), std::nullopt);
}

TEST_P(StoreContract, keeps_a_snapshot_as_it_was) {
    put({{"a", "1"}, {"b", "2"}});
    const auto before = snapshot();
    Batch batch;
    batch.put(bytes_of("a"), bytes_of("changed"));
    batch.erase(bytes_of("b"));
    batch.put(bytes_of("c"), bytes_of("new"));
    write(batch);
    EXPECT_EQ(get(*before, "a"), "1");
    EXPECT_EQ(get(*before, "c"), std::nullopt);
    EXPECT_EQ(scan(*before, "a", "z"), (Rows{{"a", "1"}, {"b", "2"}}));
    EXPECT_EQ(last(*before, "a", "z"), "b=2");
    EXPECT_EQ(scan(*snapshot(), "a", "z"), (Rows{{"a", "changed"}, {"c", "new"}}));
}

TEST_P(StoreContract, agrees_with_an_ordered_map_after_many_batches) {
    SeededRandom random(7);
    std::map<std::string, std::string> expected;
    for (int round = 0; round < 60; ++round) {
        Batch batch;
        for (int i = 0; i < 50; ++i) {
            const auto key = std::to_string(random.below(400));
            if (random.below(3) == 0) {
                batch.erase(bytes_of(key));
                expected.erase(key);
            } else {
                const auto value = std::to_string(random.below(1'000'000));
                batch.put(bytes_of(key), bytes_of(value));
                expected[key] = value;
            }
        }
        write(batch);
    }
    const auto now = snapshot();
    EXPECT_EQ(scan(*now, "", "~"), Rows(expected.begin(), expected.end()));
    for (int i = 0; i < 400; ++i) {
        const auto to = std::to_string(i);
        const auto after = expected.lower_bound(to);
        const auto found = last(*now, "", to);
        if (after == expected.begin()) {
            EXPECT_EQ(found, std::nullopt) << to;
        } else {
            const auto before = std::prev(after);
            EXPECT_EQ(found, before->first + "=" + before->second) << to;
        }
    }
}

TEST(AfterPrefix, is_the_first_key_that_does_not_begin_with_it) {
    EXPECT_EQ(after_prefix(bytes_of("a")), copy_of(bytes_of("b")));
    EXPECT_EQ(after_prefix(bytes_of("a\xff\xff")), copy_of(bytes_of("b")));
    EXPECT_EQ(after_prefix(bytes_of("a\x01")), copy_of(bytes_of("a\x02")));
}

TEST(AfterPrefixDeathTest, asks_for_a_prefix_that_has_a_successor) {
    EXPECT_DEATH(after_prefix(bytes_of("\xff\xff")), "contradiction");
    EXPECT_DEATH(after_prefix(bytes_of("")), "contradiction");
}

TEST(MemoryStore, lends_snapshots_that_outlive_it) {
    auto store = std::make_unique<MemoryStore>();
    Batch batch;
    batch.put(bytes_of("a"), bytes_of("1"));
    ASSERT_TRUE(store->write(batch).ok());
    const auto snapshot = store->snapshot().value();
    store.reset();
    EXPECT_EQ(snapshot->get(bytes_of("a")).value(), copy_of(bytes_of("1")));
}

}  // namespace
}  // namespace wsoa
