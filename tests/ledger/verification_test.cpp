#include "ledger/inspection/verify.h"
#include "ledger/store/layout.h"
#include "ledger/store/store_source.h"
#include "tests/support/ledger_builder.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace wsoa {
namespace {

// Verification of a ledger in memory, in which one row after another is changed.
class Verification : public testing::Test {
protected:
    Verification() {
        builder_.enrol("head-of-send");
        builder_.enrol("programme-officer");
        builder_.commit();
    }
    Verdict verdict(Depth depth = Depth::authors) {
        const auto snapshot = builder_.store().snapshot().value();
        const StoreSource source(*snapshot, builder_.size());
        return verify_ledger(source, {.depth = depth, .workers = 2}).value();
    }
    void change_row(const Bytes& key, std::optional<Bytes> value) {
        Batch batch;
        if (value) {
            batch.put(key, *value);
        } else {
            batch.erase(key);
        }
        ASSERT_TRUE(builder_.store().write(batch).ok());
    }
    Bytes row(const Bytes& key) { return *builder_.store().snapshot().value()->get(key).value(); }
    static bool names(const Verdict& verdict, EventIndex index) {
        return std::ranges::any_of(verdict.findings, [&](const Finding& finding) {
            return finding.event == index && finding.is == Finding::Class::breach;
        });
    }
    test::LedgerBuilder builder_;
};

TEST_F(Verification, finds_nothing_in_a_ledger_that_was_kept_well) {
    const auto clean = verdict();
    for (const auto& finding : clean.findings) {
        ADD_FAILURE() << finding.what;
    }
    EXPECT_EQ(clean.root, builder_.history()->root());
}

TEST_F(Verification, names_each_event_of_which_one_byte_was_flipped) {
    for (std::uint64_t i = 0; i < builder_.size().value; ++i) {
        const auto key = layout::event_key(EventIndex{i});
        const auto stored = row(key);
        auto flipped = stored;
        flipped[(i * 37) % flipped.size()] ^= 4;
        change_row(key, flipped);
        EXPECT_TRUE(names(verdict(Depth::log), EventIndex{i})) << i;
        change_row(key, stored);
    }
}

TEST_F(Verification, names_each_event_that_is_missing) {
    for (std::uint64_t i = 0; i < builder_.size().value; ++i) {
        const auto key = layout::event_key(EventIndex{i});
        const auto stored = row(key);
        change_row(key, std::nullopt);
        EXPECT_TRUE(names(verdict(Depth::log), EventIndex{i})) << i;
        change_row(key, stored);
    }
}

TEST_F(Verification, finds_a_hash_of_the_tree_that_was_changed) {
    const auto key = layout::node_key({.level = 1, .index = 0});
    auto hash = row(key);
    hash[0] ^= 1;
    change_row(key, hash);
    EXPECT_TRUE(verdict(Depth::log).has_breach());
}

TEST_F(Verification, finds_a_plan_copy_that_was_changed) {
    const auto key = layout::plan_event_key(std::nullopt, EventIndex{2});
    auto copy = row(key);
    copy[10] ^= 1;
    change_row(key, copy);
    EXPECT_TRUE(names(verdict(Depth::log), EventIndex{2}));
}

TEST_F(Verification, finds_a_checkpoint_that_was_changed) {
    const auto key = layout::checkpoint_key(builder_.size());
    auto note = row(key);
    note[note.size() - 8] ^= 1;
    change_row(key, note);
    EXPECT_TRUE(verdict(Depth::log).has_breach());
}

TEST_F(Verification, says_that_a_ledger_was_shortened_or_rewritten) {
    const auto snapshot = builder_.store().snapshot().value();
    const StoreSource source(*snapshot, builder_.size());
    Hash other;
    other.bytes.fill(3);
    const VerifyQuestion longer{
        .known = {{.from = "a visit", .size = TreeSize{99}, .root = other}}};
    EXPECT_TRUE(verify_ledger(source, longer).value().has_breach());
    const VerifyQuestion rewritten{
        .known = {{.from = "a visit", .size = TreeSize{2}, .root = other}}};
    EXPECT_TRUE(verify_ledger(source, rewritten).value().has_breach());
}

TEST_F(Verification, finds_what_was_recorded_against_a_rule_of_authority) {
    const auto index = builder_.append({.kind = Kind::ROLE_GRANTED,
                                        .subject = "@head-of-send",
                                        .fields = {{"role", "auditor"}},
                                        .by = "programme-officer",
                                        .role = schema::Role::FOUNDER});
    builder_.commit();
    const auto found = verdict();
    EXPECT_TRUE(names(found, index));
    EXPECT_TRUE(
        std::ranges::any_of(found.findings, [](const Finding& f) { return f.rule == "R03"; }));
}

}  // namespace
}  // namespace wsoa
