#include "ledger/plan/register.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace wsoa::test {
namespace {

constexpr Date first{100};
constexpr Date second{200};
constexpr Date third{300};

std::string shown(const Register<std::string>& values, Date day) {
    const auto* setting = values.at(day);
    return setting == nullptr ? "nothing" : setting->value;
}

TEST(Register, shows_nothing_before_its_first_setting) {
    Register<std::string> values;
    EXPECT_EQ(values.latest(), nullptr);
    values.set(second, EventIndex{1}, "a");
    EXPECT_EQ(shown(values, Date{199}), "nothing");
}

TEST(Register, shows_a_setting_from_its_day_on) {
    Register<std::string> values;
    values.set(first, EventIndex{1}, "a");
    values.set(third, EventIndex{2}, "b");
    EXPECT_EQ(shown(values, first), "a");
    EXPECT_EQ(shown(values, Date{299}), "a");
    EXPECT_EQ(shown(values, third), "b");
}

TEST(Register, lets_the_later_entry_of_one_day_win) {
    Register<std::string> values;
    values.set(first, EventIndex{1}, "a");
    values.set(first, EventIndex{2}, "b");
    EXPECT_EQ(shown(values, first), "b");
}

TEST(Register, lets_a_late_entry_change_the_past_and_not_the_present) {
    Register<std::string> values;
    values.set(first, EventIndex{1}, "a");
    values.set(third, EventIndex{2}, "c");
    values.set(second, EventIndex{3}, "b");
    EXPECT_EQ(shown(values, Date{199}), "a");
    EXPECT_EQ(shown(values, second), "b");
    EXPECT_EQ(values.latest()->value, "c");
}

TEST(Register, keeps_every_setting_by_day_and_then_by_index) {
    Register<std::string> values;
    values.set(third, EventIndex{1}, "c");
    values.set(first, EventIndex{2}, "a");
    values.set(third, EventIndex{3}, "d");
    values.set(second, EventIndex{4}, "b");
    std::string order;
    for (const auto& setting : values.settings()) {
        order += setting.value;
    }
    EXPECT_EQ(order, "abcd");
}

TEST(Register, shows_what_stood_before_a_setting_that_was_struck) {
    Register<std::string> values;
    values.set(first, EventIndex{1}, "a");
    values.set(second, EventIndex{2}, "b");
    EXPECT_TRUE(values.strike(EventIndex{2}, EventIndex{3}));
    EXPECT_EQ(shown(values, second), "a");
    EXPECT_EQ(values.settings().size(), 2u);
    EXPECT_EQ(values.settings().back().struck_at, EventIndex{3});
}

TEST(Register, shows_nothing_where_its_only_setting_was_struck) {
    Register<std::string> values;
    values.set(first, EventIndex{1}, "a");
    EXPECT_TRUE(values.strike(EventIndex{1}, EventIndex{2}));
    EXPECT_EQ(values.latest(), nullptr);
}

TEST(Register, strikes_a_setting_once_and_only_one_that_is_there) {
    Register<std::string> values;
    values.set(first, EventIndex{1}, "a");
    EXPECT_FALSE(values.strike(EventIndex{7}, EventIndex{8}));
    EXPECT_TRUE(values.strike(EventIndex{1}, EventIndex{2}));
    EXPECT_FALSE(values.strike(EventIndex{1}, EventIndex{3}));
    EXPECT_EQ(values.settings().front().struck_at, EventIndex{2});
}

TEST(Register, is_made_of_its_settings) {
    Register<std::string> values;
    values.set(second, EventIndex{1}, "b");
    values.set(second, EventIndex{2}, "c");
    values.set(first, EventIndex{3}, "a");
    values.strike(EventIndex{1}, EventIndex{4});
    EXPECT_EQ(Register<std::string>::of_settings(values.settings()), values);
    EXPECT_EQ(Register<std::string>::of_settings({}), Register<std::string>{});
}

TEST(Register, is_not_made_of_settings_out_of_order) {
    Register<std::string> values;
    values.set(first, EventIndex{1}, "a");
    values.set(second, EventIndex{2}, "b");
    values.set(second, EventIndex{3}, "c");
    for (const std::size_t at : {0U, 1U}) {
        auto settings = values.settings();
        std::swap(settings[at], settings[at + 1]);
        EXPECT_EQ(Register<std::string>::of_settings(std::move(settings)), std::nullopt) << at;
    }
}

// Against the definition: the setting with the latest day, then the latest index.
TEST(Register, shows_the_latest_setting_whatever_the_order_of_entry) {
    std::mt19937_64 chance(20220201);
    for (int round = 0; round < 200; ++round) {
        Register<std::uint64_t> values;
        std::vector<std::pair<std::int32_t, std::uint64_t>> entered;
        for (std::uint64_t index = 1; index <= 12; ++index) {
            const auto day = static_cast<std::int32_t>(chance() % 10);
            values.set(Date{day}, EventIndex{index}, index);
            entered.emplace_back(day, index);
        }
        for (std::int32_t day = 0; day < 10; ++day) {
            std::pair<std::int32_t, std::uint64_t> expected{-1, 0};
            for (const auto& entry : entered) {
                if (entry.first <= day) {
                    expected = std::max(expected, entry);
                }
            }
            const auto* setting = values.at(Date{day});
            ASSERT_EQ(setting == nullptr ? 0 : setting->value, expected.second)
                << "round " << round << ", day " << day;
        }
    }
}

}  // namespace
}  // namespace wsoa::test
