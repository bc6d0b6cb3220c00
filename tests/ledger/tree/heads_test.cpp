#include "ledger/tree/heads.h"

#include "ledger/base/sha256.h"
#include "ledger/tree/hasher.h"
#include "tests/support/changes.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

SubjectRef subject(std::string_view text) { return test::must(SubjectRef::parse(text)); }

// As the header has it, by hand.
Hash leaf_of(std::string_view reference, std::uint64_t events, const Hash& last) {
    Bytes entry;
    append(entry, std::string_view("wsoa-ledger/head/v1\n"));
    append_u16(entry, static_cast<std::uint16_t>(reference.size()));
    append(entry, reference);
    append_u64(entry, events);
    append(entry, last.view());
    return hash_leaf(entry);
}

const Hash first = sha256(bytes_of("first"));
const Hash second = sha256(bytes_of("second"));
const Hash third = sha256(bytes_of("third"));

TEST(Heads, of_nothing_are_the_empty_tree) {
    EXPECT_EQ(Heads().root(), empty_root());
    EXPECT_EQ(Heads().count(), 0u);
}

TEST(Heads, count_the_events_of_each_subject_and_keep_the_last) {
    Heads heads;
    heads.add(subject("TH-1.2"), first);
    heads.add(subject("@owner"), second);
    heads.add(subject("TH-1.2"), third);
    EXPECT_EQ(heads.count(), 2u);
    EXPECT_EQ(heads.root(), hash_node(leaf_of("@owner", 1, second), leaf_of("TH-1.2", 2, third)));
}

TEST(Heads, differ_by_every_event_and_by_which_was_the_last) {
    Heads one;
    one.add(subject("TH"), first);
    Heads two;
    two.add(subject("TH"), first);
    two.add(subject("TH"), first);
    Heads other;
    other.add(subject("TH"), second);
    Heads elsewhere;
    elsewhere.add(subject("TH-1"), first);
    EXPECT_NE(one.root(), two.root());
    EXPECT_NE(one.root(), other.root());
    EXPECT_NE(one.root(), elsewhere.root());
}

TEST(Heads, join_as_if_all_had_been_added_to_one) {
    Heads of_people;
    of_people.add(subject("@owner"), first);
    Heads of_plan;
    of_plan.add(subject("TH"), second);
    Heads both;
    both.add(subject("@owner"), first);
    both.add(subject("TH"), second);
    of_people.join(of_plan);
    EXPECT_EQ(of_people.root(), both.root());
}

// The bytes that other implementations must come by.
TEST(Heads, have_the_root_that_they_always_had) {
    Heads heads;
    heads.add(subject("ledger"), first);
    heads.add(subject("TH"), second);
    heads.add(subject("TH-E03"), third);
    EXPECT_EQ(to_hex(heads.root().view()),
              "eca2f3dc0f34bc49b538b18725eab7767fc4d6798a32ed3119c9c08c2c6cf8ff");
}

}  // namespace
}  // namespace wsoa
