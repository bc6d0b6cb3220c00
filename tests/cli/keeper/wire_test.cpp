#include "cli/keeper/wire.h"

#include <capnp/message.h>
#include <gtest/gtest.h>

#include <memory>

namespace wsoa {
namespace {

// What the client makes of one word that a keeper sends.
class AnsweredWord : public testing::Test {
protected:
    AnsweredWord() {
        words_[0].setField(schema::WordField::TEXT);
        words_[0].setState(static_cast<std::uint8_t>(ReadableWord::Is::text));
        words_[0].setText("Backlog counted");
    }
    void expect_distrusted() {
        const auto words = wire::get_words(words_.asReader());
        ASSERT_FALSE(words.ok());
        EXPECT_EQ(words.error().fault, Fault::distrusted);
    }

    // On the heap: its destructor may throw, and a fixture's may not.
    std::unique_ptr<capnp::MallocMessageBuilder> message_ =
        std::make_unique<capnp::MallocMessageBuilder>();
    capnp::List<schema::ReadableWord>::Builder words_ =
        message_->initRoot<capnp::AnyPointer>().initAs<capnp::List<schema::ReadableWord>>(1);
};

TEST_F(AnsweredWord, is_what_was_sent) {
    const auto words = wire::get_words(words_.asReader());
    ASSERT_TRUE(words.ok());
    EXPECT_EQ(words.value(), (std::vector<ReadableWord>{{.field = schema::WordField::TEXT,
                                                         .is = ReadableWord::Is::text,
                                                         .text = "Backlog counted"}}));
}

TEST_F(AnsweredWord, is_distrusted_in_a_field_that_the_schema_does_not_have) {
    words_[0].setField(static_cast<schema::WordField>(77));
    expect_distrusted();
    words_[0].setField(schema::WordField::UNSET);
    expect_distrusted();
}

TEST_F(AnsweredWord, is_distrusted_in_a_state_that_no_word_has) {
    words_[0].setState(200);
    expect_distrusted();
}

TEST_F(AnsweredWord, is_distrusted_where_it_would_move_the_cursor_of_a_terminal) {
    words_[0].setText("Backlog counted\x1b[2J");
    expect_distrusted();
}

// What the client makes of the answer to three keys.
class AnsweredValues : public testing::Test {
protected:
    void expect_distrusted(unsigned count) {
        capnp::MallocMessageBuilder message;
        const auto list =
            message.initRoot<capnp::AnyPointer>().initAs<capnp::List<schema::Value>>(count);
        const auto values = wire::get_values(list.asReader(), 3);
        ASSERT_FALSE(values.ok());
        EXPECT_EQ(values.error().fault, Fault::distrusted);
    }
};

TEST_F(AnsweredValues, are_distrusted_where_there_are_none_and_asking_on_would_never_end) {
    expect_distrusted(0);
}

TEST_F(AnsweredValues, are_distrusted_where_there_are_more_than_were_asked_for) {
    expect_distrusted(4);
}

TEST(AnsweredFailure, is_shown_without_what_would_move_the_cursor_of_a_terminal) {
    capnp::MallocMessageBuilder message;
    auto failure = message.initRoot<schema::Failure>();
    wire::put_failure(failure, Error{Fault::refused, "no\x1b[2J", "go\n on"});
    const auto read = wire::get_failure(failure.asReader());
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->fault, Fault::refused);
    EXPECT_EQ(read->message, "no?[2J");
    EXPECT_EQ(read->advice, "go? on");
}

TEST(AnsweredFailure, is_cut_where_it_would_never_end) {
    capnp::MallocMessageBuilder message;
    auto failure = message.initRoot<schema::Failure>();
    wire::put_failure(failure, Error{Fault::refused, std::string(100'000, 'a')});
    EXPECT_LT(wire::get_failure(failure.asReader())->message.size(), 5'000U);
}

}  // namespace
}  // namespace wsoa
