#include "ledger/event/change.h"

#include "tests/support/changes.h"
#include "tests/support/forge.h"

#include <capnp/dynamic.h>
#include <gtest/gtest.h>
#include <kj/exception.h>

#include <cstring>
#include <random>

// Valid changes, broken at random: each mutant is refused, or is canonical and can be read whole;
// and the quick look says of each what the walk says.
namespace wsoa {
namespace {

using namespace test;

class Mutator {
public:
    explicit Mutator(std::uint64_t seed) : chance_(seed) {
        for (const auto& info : all_kinds()) {
            samples_.push_back(sample_change(info.kind));
        }
    }

    Bytes next() {
        auto bytes = any_sample();
        const auto steps = 1 + below(3);
        for (std::uint64_t i = 0; i < steps && bytes.size() >= 16; ++i) {
            mutate(bytes);
        }
        return bytes;
    }

private:
    std::uint64_t below(std::uint64_t bound) { return chance_() % bound; }
    const Bytes& any_sample() { return samples_[below(samples_.size())]; }

    void mutate(Bytes& bytes) {
        const auto words = bytes.size() / 8;
        switch (below(8)) {
            case 0:
            case 1:
            case 2: {  // flips a bit
                bytes[below(bytes.size())] ^= static_cast<std::uint8_t>(1u << below(8));
                break;
            }
            case 3: {  // changes a small part of a word, where offsets, sizes and tags stand
                const auto at = below(bytes.size());
                bytes[at] = static_cast<std::uint8_t>(bytes[at] + 1 + below(4));
                break;
            }
            case 4: {  // swaps two words
                const auto one = below(words);
                const auto other = below(words);
                const auto kept = word_at(bytes, one);
                set_word(bytes, one, word_at(bytes, other));
                set_word(bytes, other, kept);
                break;
            }
            case 5: {  // cuts off the end
                bytes.resize(8 * (1 + below(words)));
                break;
            }
            case 6: {  // goes on as another change from somewhere on
                const auto& other = any_sample();
                const auto from = 8 * below(std::min(words, other.size() / 8));
                bytes.resize(from);
                append(bytes, ByteView(other).subspan(from));
                break;
            }
            default: {  // a word of zeros or ones
                set_word(bytes, below(words), below(2) == 0 ? 0 : ~std::uint64_t{0});
                break;
            }
        }
    }

    std::mt19937_64 chance_;
    std::vector<Bytes> samples_;
};

// Reads every field that the schema has, and tells whether the library threw.
bool can_be_read_whole(const Change& change) {
    try {
        const auto text = kj::str(capnp::DynamicStruct::Reader(change.reader()));
        return text.size() > 0;
    } catch (const kj::Exception&) {
        return false;
    }
}

// Whether the change was taken.
bool try_mutant(const Bytes& bytes) {
    const auto looked = look_at(bytes);
    EXPECT_EQ(looked.quickly, looked.slowly) << to_hex(bytes);
    const auto change = Change::read(bytes);
    if (!change.ok()) {
        EXPECT_FALSE(change.error().message.empty());
        EXPECT_TRUE(change.error().fault == Fault::invalid ||
                    change.error().fault == Fault::unavailable);
        return false;
    }
    EXPECT_TRUE(equal(change.value().bytes(), bytes));
    EXPECT_TRUE(is_own_canonical_form(bytes)) << to_hex(bytes);
    EXPECT_TRUE(can_be_read_whole(change.value())) << to_hex(bytes);
    return true;
}

// The canonical form of what bytes say, if they say anything.
std::optional<Bytes> made_canonical(const Bytes& bytes) {
    auto words = kj::heapArray<capnp::word>(bytes.size() / sizeof(capnp::word));
    std::memcpy(words.begin(), bytes.data(), words.size() * sizeof(capnp::word));
    const kj::ArrayPtr<const capnp::word> segment = words.asPtr();
    try {
        capnp::ReaderOptions options;
        options.traversalLimitInWords = words.size() * 8;
        capnp::SegmentArrayMessageReader message(kj::arrayPtr(&segment, 1), options);
        return canonical_bytes(message.getRoot<capnp::AnyStruct>());
    } catch (const kj::Exception&) {
        return std::nullopt;
    }
}

TEST(QuickLook, takes_a_change_of_every_kind) {
    for (const auto& info : all_kinds()) {
        const auto looked = look_at(sample_change(info.kind));
        EXPECT_TRUE(looked.quickly && looked.slowly) << info.name;
    }
}

class Mutants : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Mutants, are_refused_or_read_whole) {
    Mutator mutator(GetParam());
    int taken = 0;
    for (int turn = 0; turn < 50'000 && !HasFailure(); ++turn) {
        taken += try_mutant(mutator.next()) ? 1 : 0;
    }
    // Flips within hashes and signatures leave a change that can be read.
    EXPECT_GT(taken, 1'000);
}

// Past the canonical check, so that it is the walk alone that keeps the accessors from throwing.
TEST_P(Mutants, made_canonical_are_refused_or_read_whole) {
    Mutator mutator(~GetParam());
    int taken = 0;
    for (int turn = 0; turn < 25'000 && !HasFailure(); ++turn) {
        const auto bytes = made_canonical(mutator.next());
        taken += bytes && try_mutant(*bytes) ? 1 : 0;
    }
    EXPECT_GT(taken, 1'000);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Mutants, testing::Values(1u, 2u, 3u, 4u));

}  // namespace
}  // namespace wsoa
