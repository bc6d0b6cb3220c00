#include "ledger/inspection/receipt.h"

#include "ledger/base/limits.h"
#include "ledger/tree/hasher.h"
#include "tests/support/files.h"
#include "tests/support/mutants.h"
#include "tests/support/note_keys.h"
#include "tests/support/reference_tree.h"

#include <gtest/gtest.h>

#include <functional>

namespace wsoa {
namespace {

constexpr std::string_view origin = "example.org/wsoa";

NoteKey ledger_key() { return note_key(origin, *fixed_signer(7)); }

SignedCheckpoint checkpoint_of(const ReferenceTree& tree) {
    return sign_checkpoint({std::string(origin), TreeSize{tree.size()}, tree.root(), {}},
                           *fixed_signer(7))
        .value();
}

// Event 5 of 13, with something beside it.
Receipt sample() {
    const ReferenceTree tree(13);
    auto receipt = make_receipt(tree.inclusion(EventIndex{5}), checkpoint_of(tree));
    receipt.extra = copy_of(bytes_of("beside it"));
    return receipt;
}

Bytes sample_entry() { return ReferenceTree(13).entry(5); }

std::string with(std::string text, std::string_view part, std::string_view other) {
    const auto at = text.find(part);
    CHECK(at != std::string::npos);
    return text.replace(at, part.size(), other);
}

TEST(Receipt, shows_each_event_of_a_ledger_to_be_in_it) {
    for (std::uint64_t size = 1; size <= 17; ++size) {
        const ReferenceTree tree(size);
        const auto checkpoint = checkpoint_of(tree);
        for (std::uint64_t index = 0; index < size; ++index) {
            const auto receipt = make_receipt(tree.inclusion(EventIndex{index}), checkpoint);
            const auto checked = check_receipt(receipt, tree.entry(index), ledger_key(), origin);
            ASSERT_TRUE(checked.ok()) << checked.error().message;
            EXPECT_EQ(checked.value(), checkpoint);
        }
    }
}

TEST(Receipt, is_read_back_as_it_was_written) {
    auto receipt = sample();
    EXPECT_EQ(Receipt::parse(receipt.str()).value(), receipt);
    receipt.extra = std::nullopt;
    EXPECT_EQ(Receipt::parse(receipt.str()).value(), receipt);
}

TEST(Receipt, of_the_only_event_has_no_hashes) {
    const ReferenceTree tree(1);
    const auto receipt = make_receipt(tree.inclusion(EventIndex{0}), checkpoint_of(tree));
    EXPECT_TRUE(
        receipt.str().starts_with("c2sp.org/tlog-proof@v1\nindex 0\n\nexample.org/wsoa\n1\n"));
    EXPECT_EQ(Receipt::parse(receipt.str()).value(), receipt);
}

TEST(Receipt, writes_no_line_for_empty_extra_data) {
    auto receipt = sample();
    receipt.extra = Bytes{};
    auto without = receipt;
    without.extra = std::nullopt;
    EXPECT_EQ(receipt.str(), without.str());
}

TEST(Receipt, says_nothing_through_its_extra_data) {
    auto receipt = sample();
    receipt.extra = copy_of(bytes_of("anything else"));
    EXPECT_TRUE(check_receipt(receipt, sample_entry(), ledger_key(), origin).ok());
}

TEST(Receipt, is_refused_when_anything_is_wrong_with_its_text) {
    const auto good = sample().str();
    const auto hash = to_base64(sample().path[0].view());
    struct Mutation {
        std::string name;
        std::string text;
    };
    const std::vector<Mutation> mutations{
        {"empty", ""},
        {"first line only", "c2sp.org/tlog-proof@v1\n"},
        {"another version", with(good, "@v1", "@v2")},
        {"no version", with(good, "@v1", "")},
        {"space after the first line", with(good, "@v1\n", "@v1 \n")},
        {"carriage returns", with(good, "@v1\n", "@v1\r\n")},
        {"empty line first", "\n" + good},
        {"empty extra", with(good, "extra " + to_base64(*sample().extra), "extra ")},
        {"extra without base64", with(good, "extra ", "extra -")},
        {"extra twice", with(good, "index", "extra AAAA\nindex")},
        {"extra after the index", with(good, "index 5\n", "index 5\nextra AAAA\n")},
        {"no index", with(good, "index 5\n", "")},
        {"index empty", with(good, "index 5", "index ")},
        {"index with a leading zero", with(good, "index 5", "index 05")},
        {"index with a plus", with(good, "index 5", "index +5")},
        {"index in hexadecimal", with(good, "index 5", "index 0x5")},
        {"index past 64 bits", with(good, "index 5", "index 18446744073709551616")},
        {"index twice", with(good, "index 5\n", "index 5\nindex 5\n")},
        {"two spaces before the index", with(good, "index 5", "index  5")},
        {"a hash of 31 bytes", with(good, hash, to_base64(Bytes(31)))},
        {"a hash of 33 bytes", with(good, hash, to_base64(Bytes(33)))},
        {"a hash without padding", with(good, hash, hash.substr(0, 43))},
        {"a hash with stray low bits", with(good, hash, to_base64(Bytes(32)).replace(42, 1, "B"))},
        {"a space after a hash", with(good, hash, hash + " ")},
        {"no blank line", with(good, "\n\nexample", "\nexample")},
        {"two blank lines", with(good, "\n\nexample", "\n\n\nexample")},
        {"no checkpoint", good.substr(0, good.find("example"))},
        {"no signature", good.substr(0, good.find("\u2014"))},
        {"no last line feed", good.substr(0, good.size() - 1)},
        {"something after the checkpoint", good + "more\n"},
        {"a note that is no checkpoint", with(good, "\n13\n", "\nthirteen\n")},
    };
    for (const auto& mutation : mutations) {
        const auto receipt = Receipt::parse(mutation.text);
        ASSERT_FALSE(receipt.ok()) << mutation.name;
        EXPECT_EQ(receipt.error().fault, Fault::invalid) << mutation.name;
    }
}

TEST(Receipt, takes_64_hashes_and_no_more) {
    auto receipt = sample();
    receipt.path.resize(limits::proof_hashes_max);
    EXPECT_TRUE(Receipt::parse(receipt.str()).ok());
    receipt.path.resize(limits::proof_hashes_max + 1);
    EXPECT_FALSE(Receipt::parse(receipt.str()).ok());
}

TEST(Receipt, takes_so_many_bytes_and_no_more) {
    auto receipt = sample();
    receipt.extra = Bytes(limits::receipt_bytes_max / 2);
    EXPECT_TRUE(Receipt::parse(receipt.str()).ok());
    receipt.extra = Bytes(limits::receipt_bytes_max);
    EXPECT_FALSE(Receipt::parse(receipt.str()).ok());
}

TEST(Receipt, is_refused_when_anything_is_wrong_with_what_it_says) {
    struct Mutation {
        std::string name;
        std::function<void(Receipt&, Bytes&)> change;
    };
    const ReferenceTree other(14);
    const std::vector<Mutation> mutations{
        {"another entry", [](auto&, Bytes& entry) { entry[0] ^= 1; }},
        {"an empty entry", [](auto&, Bytes& entry) { entry.clear(); }},
        {"a longer entry", [](auto&, Bytes& entry) { entry.push_back(0); }},
        {"another index", [](Receipt& receipt, auto&) { receipt.index.value = 4; }},
        {"an index past the tree", [](Receipt& receipt, auto&) { receipt.index.value = 13; }},
        {"a hash too few", [](Receipt& receipt, auto&) { receipt.path.pop_back(); }},
        {"a hash too many", [](Receipt& receipt, auto&) { receipt.path.push_back(Hash{}); }},
        {"swapped hashes",
         [](Receipt& receipt, auto&) { std::swap(receipt.path[0], receipt.path[1]); }},
        {"a changed hash", [](Receipt& receipt, auto&) { receipt.path[2].bytes[9] ^= 1; }},
        {"the checkpoint of another size",
         [&](Receipt& receipt, auto&) { receipt.checkpoint_note = checkpoint_of(other).note; }},
        {"a changed size",
         [](Receipt& receipt, auto&) {
             receipt.checkpoint_note = with(receipt.checkpoint_note, "\n13\n", "\n14\n");
         }},
        {"no checkpoint", [](Receipt& receipt, auto&) { receipt.checkpoint_note.clear(); }},
    };
    ASSERT_TRUE(check_receipt(sample(), sample_entry(), ledger_key(), origin).ok());
    for (const auto& mutation : mutations) {
        auto receipt = sample();
        auto entry = sample_entry();
        mutation.change(receipt, entry);
        EXPECT_FALSE(check_receipt(receipt, entry, ledger_key(), origin).ok()) << mutation.name;
    }
}

TEST(Receipt, is_distrusted_under_another_key_or_origin) {
    const auto other = note_key(origin, *fixed_signer(8));
    EXPECT_EQ(check_receipt(sample(), sample_entry(), other, origin).error().fault,
              Fault::distrusted);
    EXPECT_EQ(
        check_receipt(sample(), sample_entry(), ledger_key(), "example.org/other").error().fault,
        Fault::distrusted);
}

TEST(Receipt, has_the_bytes_of_the_golden_file) {
    EXPECT_EQ(sample().str(), golden("tree/event_5.tlog-proof"));
    EXPECT_EQ(Receipt::parse(golden("tree/event_5.tlog-proof")).value(), sample());
}

TEST(Receipt, has_one_spelling_among_all_mutants) {
    Mutants mutants(sample().str(), 8);
    std::size_t taken = 0;
    for (std::size_t i = 0; i < mutants_of_a_parser; ++i) {
        const auto text = mutants.next();
        const auto receipt = Receipt::parse(text);
        ASSERT_TRUE(!receipt.ok() || receipt.value().str() == text) << text;
        taken += receipt.ok() ? 1U : 0U;
    }
    EXPECT_GT(taken, 1'000U);
}

TEST(Receipt, holds_among_all_mutants_only_as_it_was_given_but_for_what_is_unsigned) {
    const auto entry = sample_entry();
    const auto key = ledger_key();
    Mutants mutants(sample().str(), 9);
    std::size_t held = 0;
    for (std::size_t i = 0; i < 5'000; ++i) {
        const auto receipt = Receipt::parse(mutants.next());
        if (receipt.ok() && check_receipt(receipt.value(), entry, key, origin).ok()) {
            ASSERT_EQ(receipt.value().index, sample().index);
            ASSERT_EQ(receipt.value().path, sample().path);
            ++held;
        }
    }
    EXPECT_GT(held, 10U);
}

}  // namespace
}  // namespace wsoa
