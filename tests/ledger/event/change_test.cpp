#include "ledger/event/change.h"

#include "ledger/base/limits.h"
#include "tests/support/changes.h"
#include "tests/support/forge.h"
#include "tests/support/golden_hex.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

using namespace test;

// What Change::read says of bytes that it should refuse.
Error refusal_of(const Bytes& bytes) {
    auto change = Change::read(bytes);
    EXPECT_FALSE(change.ok());
    return change.ok() ? Error{} : std::move(change).error();
}

void expect_invalid(const Bytes& bytes, std::string_view part) {
    const auto refusal = refusal_of(bytes);
    EXPECT_EQ(refusal.fault, Fault::invalid);
    EXPECT_NE(refusal.message.find(part), std::string::npos) << refusal.message;
}

Bytes under(Kind kind, const std::function<void(Envelope&)>& alter) {
    auto envelope = sample_envelope(kind);
    alter(envelope);
    return must(sample_draft(kind).finish(envelope));
}

TEST(Change, of_every_kind_reads_back_as_it_was_drafted) {
    for (const auto& info : all_kinds()) {
        const auto bytes = sample_change(info.kind);
        const auto change = Change::read(bytes);
        ASSERT_TRUE(change.ok()) << info.name << ": " << change.error().message;
        EXPECT_EQ(change.value().kind(), info.kind);
        EXPECT_EQ(change.value().envelope(), sample_envelope(info.kind)) << info.name;
        EXPECT_TRUE(equal(change.value().bytes(), bytes)) << info.name;
    }
}

TEST(Change, of_every_kind_has_the_same_bytes_for_ever) {
    for (const auto& info : all_kinds()) {
        expect_golden("change/" + info.name + ".hex", sample_change(info.kind));
    }
}

TEST(Change, without_anything_optional_reads_back) {
    const auto bytes = under(Kind::PROGRESS_RECORDED, [](Envelope& envelope) {
        envelope.on_behalf_of.reset();
        envelope.answers.reset();
        envelope.words.clear();
    });
    const auto change = must(Change::read(bytes));
    EXPECT_FALSE(change.envelope().on_behalf_of.has_value());
    EXPECT_FALSE(change.envelope().answers.has_value());
    EXPECT_TRUE(change.envelope().words.empty());
}

TEST(Change, from_bytes_at_an_odd_address_reads_the_same) {
    Bytes shifted{0};
    append(shifted, sample_change(Kind::ACTION_ADDED));
    EXPECT_TRUE(Change::read(ByteView(shifted).subspan(1)).ok());
}

TEST(Change, can_be_moved_and_still_be_read) {
    auto change = read_sample(Kind::PROGRESS_RECORDED);
    const auto reader = change.reader();
    auto other = read_sample(Kind::ACTION_STARTED);
    other = std::move(change);
    EXPECT_EQ(reader.getProgressRecorded().getPercent().getValue(), 60u);
    EXPECT_EQ(other.kind(), Kind::PROGRESS_RECORDED);
}

TEST(Change, can_be_read_without_end) {
    const auto change = read_sample(Kind::ACTION_ADDED);
    // Far more words than the library's own limit on traversal lets pass.
    for (int i = 0; i < 2'000'000; ++i) {
        ASSERT_EQ(change.reader().getActionAdded().getOwner().size(), 12u);
    }
}

TEST(Change, of_no_bytes_odd_bytes_or_too_many_is_refused) {
    expect_invalid({}, "no bytes");
    expect_invalid(Bytes(12), "whole words");
    expect_invalid(Bytes(limits::change_bytes_max + 8), "at most 60000");
}

TEST(Change, of_zeros_is_refused) {
    expect_invalid(Bytes(8), "");
    expect_invalid(Bytes(limits::change_bytes_max), "");
}

TEST(Change, that_is_an_empty_struct_is_refused) {
    Bytes bytes(8);
    set_word(bytes, 0, 0xfffffffc);
    expect_invalid(bytes, "no format");
}

TEST(Change, that_is_a_list_is_refused) {
    Bytes bytes(16);
    set_word(bytes, 0, 0x0000000200000001 | (std::uint64_t{8} << 35));
    expect_invalid(bytes, "begin with a struct");
}

TEST(Change, cut_short_anywhere_is_refused) {
    const auto whole = sample_change(Kind::ACTION_ADDED);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_EQ(refusal_of(copy_of(ByteView(whole).first(size))).fault, Fault::invalid) << size;
    }
}

TEST(Change, with_words_behind_it_is_refused) {
    auto bytes = sample_change(Kind::ACTION_STARTED);
    bytes.resize(bytes.size() + 8);
    expect_invalid(bytes, "canonical");
}

TEST(Change, with_dirt_in_the_padding_of_a_text_is_refused) {
    auto bytes = sample_change(Kind::ACTION_STARTED);
    const auto text = text_of(bytes).find(std::string_view("TH-1.2\0\0", 8));
    ASSERT_NE(text, std::string::npos);
    bytes[text + 7] = 1;
    expect_invalid(bytes, "canonical");
}

TEST(Change, behind_a_segment_table_is_refused) {
    Bytes bytes(8);
    append(bytes, sample_change(Kind::ACTION_STARTED));
    set_word(bytes, 0, (bytes.size() / 8 - 1) << 32);
    expect_invalid(bytes, "");
}

TEST(Change, in_two_segments_is_refused) {
    auto bytes = sample_change(Kind::ACTION_STARTED);
    set_word(bytes, 0, (std::uint64_t{1} << 32) | 2);  // a far pointer into segment 1
    expect_invalid(bytes, "");
}

TEST(Change, behind_a_far_pointer_into_its_own_segment_is_refused) {
    auto bytes = sample_change(Kind::ACTION_STARTED);
    const auto root = word_at(bytes, 0);
    const auto pad = bytes.size() / 8;
    bytes.resize(bytes.size() + 8);
    // The landing pad points back to word 1, where the struct has always been.
    const auto offset = static_cast<std::uint32_t>(1 - static_cast<std::int32_t>(pad + 1)) << 2;
    set_word(bytes, pad, (root & 0xffffffff00000000) | offset);
    set_word(bytes, 0, (pad << 3) | 2);
    expect_invalid(bytes, "canonical");
}

TEST(Change, whose_pointers_run_in_a_circle_is_refused) {
    Bytes bytes(16);
    set_word(bytes, 0, std::uint64_t{1} << 48);                 // a struct of one pointer,
    set_word(bytes, 1, (std::uint64_t{1} << 48) | 0xfffffffc);  // which points at itself
    expect_invalid(bytes, "");
}

TEST(Change, with_bit_31_in_the_tag_of_a_list_is_refused) {
    auto bytes = sample_change(Kind::ACTION_STARTED);
    const auto tag = find_word(bytes, 0x0001000100000008);  // two elements of 1 word and 1 pointer
    set_word(bytes, tag, word_at(bytes, tag) | 0x80000000);
    expect_invalid(bytes, "");
}

// An empty list has one form, though several read alike.
TEST(Change, with_an_empty_list_of_another_kind_is_refused) {
    for (const auto size : {capnp::ElementSize::VOID, capnp::ElementSize::BIT,
                            capnp::ElementSize::BYTE, capnp::ElementSize::POINTER}) {
        auto bytes =
            under(Kind::ACTION_STARTED, [](Envelope& envelope) { envelope.words.clear(); });
        const auto list = find_word(bytes, 0x0000000000000000);  // the tag of no elements
        // Its pointer says: inline composite of no words.
        auto pointer = std::size_t{0};
        for (std::size_t word = 1; word < list; ++word) {
            const auto value = word_at(bytes, word);
            if ((value & 3) == 1 && (value >> 32) == 7 &&
                word + 1 + ((value & 0xffffffff) >> 2) == list) {
                pointer = word;
            }
        }
        ASSERT_GT(pointer, 0u);
        const auto value = word_at(bytes, pointer);
        set_word(bytes, pointer, (value & 0xffffffff) | (static_cast<std::uint64_t>(size) << 32));
        expect_invalid(bytes, "words");
    }
}

TEST(Change, with_the_plan_of_another_subject_is_refused) {
    const auto refuse = [](Kind kind, const std::function<void(Envelope&)>& alter) {
        auto envelope = sample_envelope(kind);
        alter(envelope);
        const auto finished = sample_draft(kind).finish(envelope);
        ASSERT_FALSE(finished.ok());
        EXPECT_EQ(finished.error().fault, Fault::invalid);
        EXPECT_NE(finished.error().message.find("plan"), std::string::npos);
    };
    refuse(Kind::ACTION_STARTED, [](Envelope& envelope) { envelope.plan.reset(); });
    refuse(Kind::ACTION_STARTED,
           [](Envelope& envelope) { envelope.plan = must(PlanRef::parse("THX")); });
    refuse(Kind::RULEBOOK_ADOPTED,
           [](Envelope& envelope) { envelope.plan = must(PlanRef::parse("TH")); });
    refuse(Kind::PERSON_CONFIRMED,
           [](Envelope& envelope) { envelope.plan = must(PlanRef::parse("TH")); });
}

TEST(Change, answers_only_what_its_author_had_seen) {
    const auto answering = [](std::uint64_t index) {
        return forged(Kind::ACTION_STARTED,
                      [&](auto change) { change.getAnswers().setValue(index); });
    };
    EXPECT_TRUE(Change::read(answering(9)).ok());
    expect_invalid(answering(10), "saw only 10");
    expect_invalid(answering(~std::uint64_t{0}), "answers");
}

TEST(Retry, may_differ_in_salts_seen_and_version) {
    const auto first = read_sample(Kind::PROGRESS_RECORDED);
    const auto again = must(Change::read(under(Kind::PROGRESS_RECORDED, [](Envelope& envelope) {
        envelope.seen = {TreeSize{12}, hash_of_byte(0x12)};
        envelope.subject_version = 5;
        envelope.words[0].commitment = hash_of_byte(0x33);
    })));
    EXPECT_TRUE(same_but_for_retry(first, again));
    EXPECT_TRUE(same_but_for_retry(first, first));
}

TEST(Retry, may_not_differ_in_anything_else) {
    const auto first = read_sample(Kind::PROGRESS_RECORDED);
    const auto differs = [&](const std::function<void(Envelope&)>& alter) {
        return !same_but_for_retry(first,
                                   must(Change::read(under(Kind::PROGRESS_RECORDED, alter))));
    };
    EXPECT_TRUE(differs([](Envelope& envelope) { envelope.words.pop_back(); }));
    EXPECT_TRUE(
        differs([](Envelope& envelope) { envelope.words[1].field = schema::WordField::BLOCKERS; }));
    EXPECT_TRUE(differs([](Envelope& envelope) { envelope.effective.days += 1; }));
    EXPECT_TRUE(differs([](Envelope& envelope) { envelope.on_behalf_of.reset(); }));
    EXPECT_TRUE(differs([](Envelope& envelope) { envelope.answers = EventIndex{8}; }));
    EXPECT_TRUE(differs([](Envelope& envelope) { envelope.author_key.bytes.bytes[0] ^= 1; }));
    EXPECT_TRUE(differs([](Envelope& envelope) { envelope.id.bytes[15] ^= 1; }));
    const auto other = must(Change::read(forged(Kind::PROGRESS_RECORDED, [](auto change) {
        change.getProgressRecorded().getPercent().setValue(61);
    })));
    EXPECT_FALSE(same_but_for_retry(first, other));
    EXPECT_FALSE(same_but_for_retry(first, read_sample(Kind::ACTION_STARTED)));
}

}  // namespace
}  // namespace wsoa
