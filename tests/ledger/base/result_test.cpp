#include "ledger/base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace wsoa {
namespace {

Result<int> number_or(const std::string& failure) {
    if (!failure.empty()) {
        return Error{Fault::missing, failure};
    }
    return 7;
}

Result<std::string> twice(const std::string& failure, int& went_on) {
    const auto number = TRY(number_or(failure));
    ++went_on;
    return std::to_string(number * 2);
}

Result<void> step(const std::string& failure) {
    TRY(number_or(failure));
    return done();
}

Result<void> steps(const std::string& failure, int& went_on) {
    TRY(step(failure));
    ++went_on;
    return done();
}

Result<std::unique_ptr<int>> owned() { return std::make_unique<int>(3); }

Result<int> opened() {
    const auto owner = TRY(owned());
    return *owner;
}

// Counts how many of it are alive, to see that TRY destroys what it leaves behind.
struct Counted {
    explicit Counted(int& alive) : alive_(alive) { ++alive_; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
    ~Counted() { --alive_; }
    int& alive_;
};

Result<void> leave_early(int& alive) {
    const Counted counted(alive);
    TRY(step("no"));
    return done();
}

TEST(Result, holds_a_value) {
    const Result<int> result = 7;
    EXPECT_TRUE(result.ok());
    EXPECT_EQ(result.value(), 7);
}

TEST(Result, holds_an_error_in_place_of_a_value) {
    const Result<int> result = Error{Fault::conflict, "someone was first"};
    EXPECT_FALSE(result.ok());
    EXPECT_EQ(result.error().fault, Fault::conflict);
    EXPECT_EQ(result.error().message, "someone was first");
}

TEST(Result, tells_a_value_from_an_error_that_is_the_value_of_something_else) {
    const Result<std::string> result = std::string("a message");
    EXPECT_TRUE(result.ok());
}

TEST(Result, gives_up_a_value_that_can_only_be_moved) {
    auto result = owned();
    const auto owner = std::move(result).value();
    EXPECT_EQ(*owner, 3);
}

TEST(Result, of_nothing_is_ok_until_an_error_is_put_in_it) {
    EXPECT_TRUE(done().ok());
    const Result<void> failed = Error{Fault::busy, "held"};
    EXPECT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().fault, Fault::busy);
}

TEST(Try, gives_the_value_and_goes_on) {
    int went_on = 0;
    EXPECT_EQ(twice("", went_on).value(), "14");
    EXPECT_EQ(went_on, 1);
}

TEST(Try, returns_the_error_as_it_is_and_goes_no_further) {
    int went_on = 0;
    const auto result = twice("nothing there", went_on);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error(), (Error{Fault::missing, "nothing there"}));
    EXPECT_EQ(went_on, 0);
}

TEST(Try, carries_an_error_through_functions_that_give_nothing) {
    int went_on = 0;
    EXPECT_TRUE(steps("", went_on).ok());
    EXPECT_EQ(steps("broken", went_on).error().message, "broken");
    EXPECT_EQ(went_on, 1);
}

TEST(Try, moves_a_value_that_cannot_be_copied) { EXPECT_EQ(opened().value(), 3); }

TEST(Try, destroys_what_stands_before_it) {
    int alive = 0;
    EXPECT_FALSE(leave_early(alive).ok());
    EXPECT_EQ(alive, 0);
}

TEST(ResultDeathTest, ends_the_program_when_asked_for_what_it_does_not_hold) {
    const Result<int> value = 7;
    const Result<int> failure = Error{Fault::invalid, "no"};
    const Result<void> nothing = done();
    EXPECT_DEATH(static_cast<void>(failure.value()), "contradiction in the program: ok\\(\\)");
    EXPECT_DEATH(static_cast<void>(value.error()), "contradiction in the program: !ok\\(\\)");
    EXPECT_DEATH(static_cast<void>(nothing.error()), "contradiction in the program");
}

TEST(Error, explains_where_it_happened_before_what_it_is) {
    const auto explained = Error{Fault::corrupt, "the bytes end too early"}
                               .advise("restore a backup")
                               .explain("reading event {}", 7)
                               .explain("opening {}", "th.pack");
    EXPECT_EQ(explained.message, "opening th.pack: reading event 7: the bytes end too early");
    EXPECT_EQ(explained.fault, Fault::corrupt);
    EXPECT_EQ(explained.advice, "restore a backup");
}

TEST(Error, takes_a_message_with_braces_for_what_it_is) {
    const auto explained = Error{Fault::invalid, "{} is no {0}"}.explain("line {}", 2);
    EXPECT_EQ(explained.message, "line 2: {} is no {0}");
}

TEST(Error, formats_its_message) {
    EXPECT_EQ(error(Fault::missing, "there is no event {}", 9).message, "there is no event 9");
}

TEST(Fault, has_a_name_of_its_own) {
    EXPECT_EQ(name_of(Fault::invalid), "invalid");
    EXPECT_EQ(name_of(Fault::refused), "refused");
    EXPECT_EQ(name_of(Fault::missing), "missing");
    EXPECT_EQ(name_of(Fault::conflict), "conflict");
    EXPECT_EQ(name_of(Fault::distrusted), "distrusted");
    EXPECT_EQ(name_of(Fault::corrupt), "corrupt");
    EXPECT_EQ(name_of(Fault::unavailable), "unavailable");
    EXPECT_EQ(name_of(Fault::busy), "busy");
}

}  // namespace
}  // namespace wsoa
