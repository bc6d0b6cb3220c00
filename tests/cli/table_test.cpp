#include "cli/render/table.h"

#include "cli/render/text.h"
#include "ledger/base/text.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

Table actions() {
    Table table({{"Action"}, {"Percent", Align::right}, {"What"}});
    table.add({{"TH-1.2"}, {"60"}, {"train staff"}});
    table.add({{"TH-1.10"}, {"5"}, {"hire"}});
    return table;
}

TEST(Table, puts_numbers_right_and_texts_left) {
    EXPECT_EQ(actions().text({}),
              "Action   Percent  What\n"
              "TH-1.2        60  train staff\n"
              "TH-1.10        5  hire\n");
}

TEST(Table, wraps_the_longest_texts_to_fit_the_width) {
    Table table({{"No.", Align::right}, {"Said"}});
    table.add({{"812"}, {"two posts are still unfilled in the south"}});
    EXPECT_EQ(table.text({.width = 25}),
              "No.  Said\n"
              "812  two posts are still\n"
              "     unfilled in the\n"
              "     south\n");
}

TEST(Table, lines_up_after_wide_characters) {
    Table table({{"Name"}, {"Code"}});
    table.add({{"\xe8\xa9\x95\xe4\xbe\xa1"}, {"A"}});
    table.add({{"e\xcc\x81t\xc3\xa9"}, {"B"}});
    EXPECT_EQ(table.text({}),
              "Name  Code\n"
              "\xe8\xa9\x95\xe4\xbe\xa1  A\n"
              "e\xcc\x81t\xc3\xa9   B\n");
}

TEST(Table, is_measured_without_its_colours) {
    Table table({{"R"}, {"x"}});
    table.add({{"At risk", Colour::yellow}, {"y"}});
    EXPECT_EQ(table.text({.has_colour = true}),
              "\x1b[1mR\x1b[0m        \x1b[1mx\x1b[0m\n"
              "\x1b[33mAt risk\x1b[0m  y\n");
}

TEST(Table, read_aloud_puts_labels_before_values) {
    Table table({{"Action"}, {"Rating"}, {"Note"}});
    table.add({{"TH-1.2"}, {"At risk"}, {""}});
    table.add({{"TH-1.3"}, {"On track"}, {"new"}});
    EXPECT_EQ(table.text({.is_accessible = true}),
              "Action: TH-1.2\nRating: At risk\n\nAction: TH-1.3\nRating: On track\nNote: new\n");
}

TEST(Table, makes_the_texts_of_others_harmless) {
    Table table({{"Text"}});
    table.add({{"a\x1b[31m\nb"}});
    EXPECT_EQ(table.text({}), "Text\na\\x1b[31m\\nb\n");
}

TEST(Table, of_ten_wide_columns_is_wider_than_asked_rather_than_cut) {
    Table table(std::vector<Column>(10, {"0123456789", Align::right}));
    table.add(std::vector<Cell>(10, {"1"}));
    const auto text = table.text({.width = 40});
    EXPECT_EQ(width_of(text.substr(0, text.find('\n'))), 118U);
}

Table wide() {
    Table table({{"Ref", Align::left, Fit::whole},
                 {"Action", Align::left, Fit::beneath},
                 {"Owner", Align::left, Fit::whole},
                 {"Note", Align::left, Fit::beneath}});
    table.add({{"TH-1.2"}, {"clear the backlog of plans"}, {"send-team-manager"}, {""}});
    table.add({{"TH-1.10"}, {"hire"}, {"head-of-send"}, {"waits"}});
    return table;
}

TEST(Table, puts_long_texts_beneath_their_row_where_the_width_is_not_enough) {
    EXPECT_EQ(wide().text({.width = 30}),
              "Ref      Owner\n"
              "TH-1.2   send-team-manager\n"
              "         clear the backlog of\n"
              "         plans\n"
              "TH-1.10  head-of-send\n"
              "         hire\n"
              "         waits\n");
}

TEST(Table, keeps_all_side_by_side_where_the_width_is_enough) {
    EXPECT_EQ(wide().text({.width = 80}),
              "Ref      Action                      Owner              Note\n"
              "TH-1.2   clear the backlog of plans  send-team-manager\n"
              "TH-1.10  hire                        head-of-send       waits\n");
}

TEST(Table, never_cuts_what_must_stay_whole) {
    Table table({{"Ref", Align::left, Fit::whole}, {"Text"}});
    table.add({{"a-reference-of-thirty-columns-x"}, {"some words that take a line or two"}});
    for (std::size_t width = 1; width <= 60; ++width) {
        const auto text = table.text({.width = width});
        EXPECT_NE(text.find("a-reference-of-thirty-columns-x"), std::string::npos) << width;
    }
}

TEST(Table, cuts_no_word_while_another_column_can_give) {
    Table table({{"Text"}, {"Who"}});
    table.add({{"many words of a few letters each that go on"}, {"director-of-education, lead"}});
    EXPECT_NE(table.text({.width = 36}).find("director-of-education,\n"), std::string::npos);
}

TEST(Table, fits_a_text_as_long_as_any_field) {
    Table table({{"Text"}, {"Other"}});
    table.add({{std::string(32'768, 'x')}, {"y"}});
    const auto text = table.text({.width = 80});
    std::size_t at = 0;
    while (at < text.size()) {
        const auto end = text.find('\n', at);
        ASSERT_LE(end - at, 80U);
        at = end + 1;
    }
}

TEST(LabelledText, lines_its_values_up) {
    const std::vector<Labelled> lines{{"Event", {"12"}}, {"Recorded", {"2022-03-08"}}};
    EXPECT_EQ(labelled_text(lines, {}), "Event:     12\nRecorded:  2022-03-08\n");
    EXPECT_EQ(labelled_text(lines, {.is_accessible = true}), "Event: 12\nRecorded: 2022-03-08\n");
}

}  // namespace
}  // namespace wsoa
