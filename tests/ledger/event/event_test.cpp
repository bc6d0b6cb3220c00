#include "ledger/event/event.h"

#include "ledger/base/limits.h"
#include "ledger/base/sha256.h"
#include "schemas/event.capnp.h"
#include "tests/support/changes.h"
#include "tests/support/golden_hex.h"

#include <capnp/any.h>
#include <gtest/gtest.h>

#include <functional>
#include <random>

namespace wsoa {
namespace {

using namespace test;

const Instant recorded = must(parse_instant("2022-04-01T09:11:33.250Z"));

// The sample's entry with something changed in it, canonical.
Bytes forged(const std::function<void(schema::Event::Builder)>& change) {
    capnp::MallocMessageBuilder message;
    auto event = message.initRoot<schema::Event>();
    const auto bytes = sample_change(Kind::ACTION_STARTED);
    const Bytes signature(64, 0x51);
    event.setRecordedAt(recorded.ms);
    event.setChange({bytes.data(), bytes.size()});
    event.setSignature({signature.data(), signature.size()});
    change(event);
    const auto words = capnp::canonicalize(event.asReader());
    return copy_of({words.asBytes().begin(), words.asBytes().size()});
}

Error refusal_of(const Bytes& bytes) {
    auto event = Event::read(EventIndex{4}, bytes);
    EXPECT_FALSE(event.ok());
    auto view = read_entry(bytes);
    EXPECT_FALSE(view.ok());
    return event.ok() ? Error{} : std::move(event).error();
}

TEST(Event, holds_what_was_accepted) {
    const auto bytes = sample_event(Kind::PROGRESS_RECORDED);
    const auto event = must(Event::read(EventIndex{4}, bytes));
    EXPECT_EQ(event.index(), EventIndex{4});
    EXPECT_EQ(event.recorded_at(), recorded);
    EXPECT_EQ(event.signature().bytes[63], 0x51);
    EXPECT_EQ(event.kind(), Kind::PROGRESS_RECORDED);
    EXPECT_EQ(event.envelope(), sample_envelope());
    EXPECT_TRUE(equal(event.change().bytes(), sample_change(Kind::PROGRESS_RECORDED)));
    EXPECT_TRUE(equal(event.bytes(), bytes));
    EXPECT_EQ(event.leaf(), hash_leaf(bytes));
}

TEST(Event, has_the_same_bytes_for_ever) {
    expect_golden("event/event.hex", sample_event(Kind::PROGRESS_RECORDED));
}

TEST(Event, can_be_moved_and_still_be_read) {
    auto event = must(Event::read(EventIndex{4}, sample_event(Kind::PROGRESS_RECORDED)));
    auto reader = event.change().reader();
    const auto moved = std::move(event);
    EXPECT_EQ(reader.getProgressRecorded().getPercent().getValue(), 60u);
    EXPECT_EQ(moved.change().reader().getProgressRecorded().getPeriod().getMonths(), 2022 * 12 + 2);
}

TEST(Event, is_the_same_made_of_a_change_that_was_read_as_read_from_its_bytes) {
    const auto bytes = sample_event(Kind::PROGRESS_RECORDED);
    const auto read = must(Event::read(EventIndex{4}, bytes));
    auto event = must(Event::accepted(EventIndex{4}, recorded,
                                      must(Change::read(sample_change(Kind::PROGRESS_RECORDED))),
                                      read.signature()));
    EXPECT_EQ(event.index(), read.index());
    EXPECT_EQ(event.recorded_at(), read.recorded_at());
    EXPECT_EQ(event.signature(), read.signature());
    EXPECT_EQ(event.envelope(), read.envelope());
    EXPECT_TRUE(equal(event.bytes(), read.bytes()));
    EXPECT_EQ(event.leaf(), read.leaf());
    EXPECT_EQ(event.change().reader().getProgressRecorded().getPercent().getValue(), 60u);
    EXPECT_FALSE(Event::accepted(EventIndex{4}, Instant{-1}, read.change(), read.signature()).ok());
}

TEST(Event, is_read_the_same_without_its_change) {
    const auto view = must(read_entry(sample_event(Kind::PROGRESS_RECORDED)));
    EXPECT_EQ(view.recorded_at, recorded);
    EXPECT_EQ(view.change, sample_change(Kind::PROGRESS_RECORDED));
    EXPECT_EQ(view.signature.bytes[0], 0x51);
}

TEST(Event, at_the_first_millisecond_of_1970_is_read) {
    const auto bytes =
        must(event_bytes(Instant{0}, {sample_change(Kind::ACTION_STARTED), Signature{}}));
    EXPECT_EQ(must(Event::read(EventIndex{0}, bytes)).recorded_at(), Instant{0});
}

TEST(Event, before_1970_or_after_2199_is_refused) {
    const auto end = must(parse_instant("2199-12-31T23:59:59.999Z"));
    for (const auto instant : {Instant{-1}, Instant{end.ms + 1}}) {
        const auto bytes = forged([&](auto event) { event.setRecordedAt(instant.ms); });
        const auto refusal = refusal_of(bytes);
        EXPECT_EQ(refusal.fault, Fault::corrupt);
        EXPECT_NE(refusal.message.find("event 4: "), std::string::npos) << refusal.message;
        const auto made = event_bytes(instant, {sample_change(Kind::ACTION_STARTED), Signature{}});
        EXPECT_EQ(made.error().fault, Fault::invalid);
    }
    EXPECT_TRUE(event_bytes(end, {sample_change(Kind::ACTION_STARTED), Signature{}}).ok());
}

TEST(Event, without_a_change_is_refused) {
    EXPECT_EQ(refusal_of(forged([](auto event) { event.disownChange(); })).fault, Fault::corrupt);
    EXPECT_EQ(refusal_of(forged([](auto event) { event.initChange(0); })).fault, Fault::corrupt);
    EXPECT_EQ(event_bytes(recorded, {}).error().fault, Fault::invalid);
}

TEST(Event, with_a_signature_of_another_length_is_refused) {
    EXPECT_EQ(refusal_of(forged([](auto event) { event.initSignature(63); })).fault,
              Fault::corrupt);
    EXPECT_EQ(refusal_of(forged([](auto event) { event.initSignature(65); })).fault,
              Fault::corrupt);
    EXPECT_EQ(refusal_of(forged([](auto event) { event.disownSignature(); })).fault,
              Fault::corrupt);
}

TEST(Event, with_a_struct_in_the_place_of_bytes_is_refused) {
    const auto bytes = forged([](auto event) {
        capnp::AnyStruct::Builder any(std::move(event));
        any.getPointerSection()[1].initAsAnyStruct(8, 0);
    });
    EXPECT_EQ(refusal_of(bytes).fault, Fault::corrupt);
}

TEST(Event, with_a_broken_change_is_corrupt) {
    auto change = sample_change(Kind::ACTION_STARTED);
    change.back() ^= 0xff;
    change.resize(change.size() - 8);
    const auto bytes = must(event_bytes(recorded, {change, Signature{}}));
    const auto event = Event::read(EventIndex{4}, bytes);
    ASSERT_FALSE(event.ok());
    EXPECT_EQ(event.error().fault, Fault::corrupt);
    EXPECT_TRUE(read_entry(bytes).ok());
}

TEST(Event, with_a_field_past_the_schema_is_unavailable) {
    capnp::MallocMessageBuilder message;
    const auto known = forged([](auto) {});
    auto root = message.getRoot<capnp::AnyPointer>().initAsAnyStruct(16, 2);
    const auto entry = must(read_entry(known));
    auto data = root.getDataSection();
    data[0] = 1;
    data[8] = 1;
    root.getPointerSection()[0].setAs<capnp::Data>({entry.change.data(), entry.change.size()});
    root.getPointerSection()[1].setAs<capnp::Data>(
        {entry.signature.bytes.data(), entry.signature.bytes.size()});
    const auto words = root.asReader().canonicalize();
    const auto bytes = copy_of({words.asBytes().begin(), words.asBytes().size()});
    EXPECT_EQ(refusal_of(bytes).fault, Fault::unavailable);
}

TEST(Event, that_is_not_canonical_is_corrupt) {
    auto bytes = sample_event(Kind::ACTION_STARTED);
    bytes.resize(bytes.size() + 8);
    const auto refusal = refusal_of(bytes);
    EXPECT_EQ(refusal.fault, Fault::corrupt);
    EXPECT_NE(refusal.message.find("canonical"), std::string::npos) << refusal.message;
}

TEST(Event, of_no_bytes_or_too_many_is_corrupt) {
    EXPECT_EQ(refusal_of({}).fault, Fault::corrupt);
    EXPECT_EQ(refusal_of(Bytes(12)).fault, Fault::corrupt);
    EXPECT_EQ(refusal_of(Bytes(limits::event_bytes_max + 1)).fault, Fault::corrupt);
}

TEST(Event, takes_a_change_of_the_largest_size_and_none_larger) {
    const auto fits = event_bytes(recorded, {Bytes(limits::change_bytes_max), Signature{}});
    ASSERT_TRUE(fits.ok());
    EXPECT_LE(fits.value().size(), limits::event_bytes_max);
    const auto passes = event_bytes(recorded, {Bytes(limits::change_bytes_max + 1), Signature{}});
    EXPECT_EQ(passes.error().fault, Fault::invalid);
}

TEST(LeafHash, is_that_of_rfc_6962) {
    // SHA-256 over 0x00 and "abc", by another program.
    EXPECT_EQ(to_hex(hash_leaf(bytes_of("abc")).view()),
              "609f6e36d2405585188d5cfd761f407c7cc46a7d3f314c88270469dde315fcd1");
}

TEST(Event, of_any_mutated_bytes_is_refused_or_read_as_it_stands) {
    std::mt19937_64 chance(20220401);
    const auto valid = sample_event(Kind::PROGRESS_RECORDED);
    int read = 0;
    for (int turn = 0; turn < 100'000; ++turn) {
        auto bytes = valid;
        const auto flips = 1 + chance() % 3;
        for (std::uint64_t i = 0; i < flips; ++i) {
            bytes[chance() % bytes.size()] ^= static_cast<std::uint8_t>(1u << (chance() % 8));
        }
        const auto event = Event::read(EventIndex{4}, bytes);
        if (event.ok()) {
            ++read;
            const SignedChange change{copy_of(event.value().change().bytes()),
                                      event.value().signature()};
            ASSERT_EQ(must(event_bytes(event.value().recorded_at(), change)), bytes);
        } else {
            ASSERT_FALSE(event.error().message.empty());
            ASSERT_TRUE(event.error().fault == Fault::corrupt ||
                        event.error().fault == Fault::unavailable);
        }
    }
    // Flips within signature, salts and hashes leave a readable event.
    EXPECT_GT(read, 1'000);
}

}  // namespace
}  // namespace wsoa
