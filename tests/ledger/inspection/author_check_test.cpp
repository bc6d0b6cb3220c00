#include "ledger/inspection/author_check.h"

#include "ledger/keys/signature.h"
#include "tests/support/changes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>

namespace wsoa {
namespace {

// Does what was begun only when it is waited for, and knows how much lay there at most.
class LateHands final : public Workers {
public:
    unsigned count() const override { return 2; }
    void begin(std::vector<Task> tasks) override {
        lots_.push_back(std::move(tasks));
        most_ = std::max(most_, lots_.size());
    }
    void wait() override {
        for (const auto& task : lots_.front()) {
            task();
        }
        lots_.pop_front();
    }
    std::size_t most() const { return most_; }
    bool is_idle() const { return lots_.empty(); }

private:
    std::deque<std::vector<Task>> lots_;
    std::size_t most_ = 0;
};

// So many checkpoints, none of which is one.
SignatureCheck::Work forged(std::size_t count, std::size_t note_bytes) {
    static const auto key = NoteKey::ed25519("example.org/send", KeyId{}).value();
    SignatureCheck::Work work;
    for (std::size_t i = 1; i <= count; ++i) {
        work.checkpoints.push_back({.size = TreeSize{i},
                                    .note = std::string(note_bytes, 'x'),
                                    .key = key,
                                    .origin = "example.org/send",
                                    .root = {}});
    }
    return work;
}

// The most lots of these that were under way at once, of ten.
std::size_t most_of(std::size_t count, std::size_t note_bytes) {
    LateHands hands;
    Findings findings;
    {
        SignatureCheck check(hands);
        for (int lot = 0; lot < 10; ++lot) {
            check.begin(forged(count, note_bytes), findings);
        }
    }
    EXPECT_TRUE(hands.is_idle());
    return hands.most();
}

TEST(SignatureCheck, has_only_so_many_signatures_and_bytes_under_way) {
    EXPECT_EQ(most_of(2'048, 1), SignatureCheck::signatures_max / 2'048);
    EXPECT_EQ(most_of(16, 1 << 20), SignatureCheck::bytes_max >> 24);
    EXPECT_EQ(most_of(1, 1), 10U);
}

TEST(SignatureCheck, takes_a_lot_by_itself_that_is_larger_than_all_may_be) {
    EXPECT_EQ(most_of(1, SignatureCheck::bytes_max + 1), 1U);
}

TEST(SignatureCheck, tells_of_each_lot_when_it_had_to_make_room) {
    LateHands hands;
    Findings findings;
    SignatureCheck check(hands);
    for (int lot = 0; lot < 9; ++lot) {
        check.begin(forged(2'048, 1), findings);
    }
    auto told = std::move(findings);
    EXPECT_EQ(std::move(told).list().size(), Findings::consequences_max + 1);
    Findings rest;
    check.finish(rest);
    EXPECT_TRUE(hands.is_idle());
    EXPECT_FALSE(std::move(rest).list().empty());
}

// An event signed by an author of its own.
Event signed_by(std::uint8_t author, EventIndex index) {
    const auto signer = test::must(MemorySigner::from_seed(Secret(Bytes(32, author))));
    auto envelope = test::sample_envelope();
    envelope.author_key = signer->key();
    const auto change = test::must(
        Change::read(test::must(test::sample_draft(Kind::PROGRESS_RECORDED).finish(envelope))));
    const auto signature = signer->sign(labelled(label::change, change.bytes()));
    return test::must(Event::accepted(index, Instant{1'000}, change, signature));
}

// More keys than a thread keeps ready, each twice, and once with another's signature.
TEST(SignatureCheck, holds_each_signature_against_the_key_of_its_own_author) {
    OwnHands hands;
    Findings findings;
    SignatureCheck check(hands);
    SignatureCheck::Work work;
    std::uint64_t count = 0;
    for (const auto round : {0, 1}) {
        for (int author = 0; author < 200; ++author) {
            work.changes.emplace_back(
                signed_by(static_cast<std::uint8_t>(author), EventIndex{count++}));
        }
        if (round == 0) {
            auto& wrong = work.changes.emplace_back(signed_by(7, EventIndex{count++}));
            wrong.author = work.changes.front().author;
        }
    }
    check.begin(std::move(work), findings);
    check.finish(findings);
    const auto found = std::move(findings).list();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(item_of(found.front()), "signature:200");
}

}  // namespace
}  // namespace wsoa
