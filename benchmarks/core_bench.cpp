// What the pure rooms cost. Each benchmark names its target; scripts/bench runs them and writes one
// table. Times are medians of interleaved rounds in one run.

#include "ledger/event/event.h"
#include "ledger/evidence/sealed_words.h"
#include "ledger/plan/fold.h"
#include "ledger/tree/hasher.h"
#include "ledger/tree/proof.h"
#include "tests/support/changes.h"

#include <benchmark/benchmark.h>

#include <map>

namespace wsoa {
namespace {

// A tree of 2^20 leaves with all its nodes, made once.
class BigTree {
public:
    static const BigTree& get() {
        static const BigTree tree;
        return tree;
    }
    static constexpr std::uint64_t size = std::uint64_t{1} << 20;

    NodeReader reader() const {
        return [this](NodeRef node) -> Result<Hash> { return levels_[node.level][node.index]; };
    }
    Hash leaf(std::uint64_t index) const { return levels_[0][index]; }

private:
    BigTree() : levels_(21) {
        Frontier frontier;
        for (std::uint64_t i = 0; i < size; ++i) {
            Bytes bytes;
            append_u64(bytes, i);
            for (const auto& node : frontier.append(hash_leaf(bytes))) {
                levels_[node.ref.level].push_back(node.hash);
            }
        }
    }
    std::vector<std::vector<Hash>> levels_;
};

// Target: under 20 us.
void encode_change(benchmark::State& state) {
    auto draft = test::sample_draft(Kind::PROGRESS_RECORDED);
    const auto envelope = test::sample_envelope(Kind::PROGRESS_RECORDED);
    for ([[maybe_unused]] auto turn : state) {
        benchmark::DoNotOptimize(draft.finish(envelope));
    }
}
BENCHMARK(encode_change);

// Target: under 10 us.
void decode_change(benchmark::State& state) {
    const auto bytes = test::sample_change(Kind::PROGRESS_RECORDED);
    for ([[maybe_unused]] auto turn : state) {
        benchmark::DoNotOptimize(Change::read(bytes));
    }
}
BENCHMARK(decode_change);

// Target: under 2 us a leaf.
void append_leaf(benchmark::State& state) {
    Frontier frontier;
    const auto leaf = hash_leaf(bytes_of("leaf"));
    for ([[maybe_unused]] auto turn : state) {
        benchmark::DoNotOptimize(frontier.append(leaf));
    }
}
BENCHMARK(append_leaf);

// Target: under 200 us in a tree of 2^20.
void make_proof(benchmark::State& state) {
    const auto& tree = BigTree::get();
    const auto reader = tree.reader();
    std::uint64_t index = 0;
    for ([[maybe_unused]] auto turn : state) {
        index = (index + 7'919) % BigTree::size;
        benchmark::DoNotOptimize(
            make_inclusion(EventIndex{index}, TreeSize{BigTree::size}, reader));
    }
}
BENCHMARK(make_proof);

// Target: under 20 us in a tree of 2^20.
void check_proof(benchmark::State& state) {
    const auto& tree = BigTree::get();
    const auto proof =
        make_inclusion(EventIndex{77'777}, TreeSize{BigTree::size}, tree.reader()).value();
    const auto leaf = tree.leaf(77'777);
    for ([[maybe_unused]] auto turn : state) {
        benchmark::DoNotOptimize(root_of(proof, leaf));
    }
}
BENCHMARK(check_proof);

struct WordsAtHand {
    WordsOwner owner{.ledger = test::hash_of_byte(1), .index = EventIndex{812}};
    KeyTree tree{Secret(Bytes(32, 9))};
    std::vector<Word> words = test::sample_words();
    std::vector<WordCommitment> commitments;
    WordsAtHand() {
        for (const auto& word : words) {
            commitments.push_back(
                {.field = word.field, .commitment = commit_to(owner.ledger, word)});
        }
    }
};

// Target: under 200 us for an event of two words; the 40 levels of the key tree are most of it.
void seal_two_words(benchmark::State& state) {
    const WordsAtHand at_hand;
    for ([[maybe_unused]] auto turn : state) {
        benchmark::DoNotOptimize(
            seal_words(at_hand.owner, at_hand.words, at_hand.commitments, at_hand.tree));
    }
}
BENCHMARK(seal_two_words);

void open_two_words(benchmark::State& state) {
    const WordsAtHand at_hand;
    const auto record =
        seal_words(at_hand.owner, at_hand.words, at_hand.commitments, at_hand.tree).value();
    for ([[maybe_unused]] auto turn : state) {
        benchmark::DoNotOptimize(
            open_words(at_hand.owner, record, at_hand.commitments, at_hand.tree));
    }
}
BENCHMARK(open_two_words);

// Target: under 1 us an event that was read already.
void fold_event(benchmark::State& state) {
    const auto opened = Event::read(EventIndex{0}, test::sample_event(Kind::LEDGER_OPENED)).value();
    const auto event =
        Event::read(EventIndex{1}, test::sample_event(Kind::PROGRESS_RECORDED)).value();
    State folded;
    fold(folded, opened);
    for ([[maybe_unused]] auto turn : state) {
        fold(folded, event);
        folded.anomalies.clear();
    }
}
BENCHMARK(fold_event);

}  // namespace
}  // namespace wsoa
