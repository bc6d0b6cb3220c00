#include "cli/media_type.h"

#include <gtest/gtest.h>

namespace wsoa {
namespace {

std::string type_of(std::string_view name, std::string_view bytes) {
    const auto type = media_type_of(name, bytes_of(bytes));
    return type.ok() ? type.value() : "refused: " + type.error().message;
}

TEST(MediaTypeOf, is_told_by_the_bytes) {
    EXPECT_EQ(type_of("report", "%PDF-1.7\n"), "application/pdf");
    EXPECT_EQ(type_of("report.of.may", "%PDF-1.7\n"), "application/pdf");
    EXPECT_EQ(type_of("report.PDF", "%PDF-1.7\n"), "application/pdf");
    EXPECT_EQ(type_of("notes.txt", "14 of 22 staff trained\n"), "text/plain");
}

TEST(MediaTypeOf, is_told_more_closely_by_the_name) {
    EXPECT_EQ(type_of("figures.csv", "month,plans\n2022-05,14\n"), "text/csv");
    EXPECT_EQ(type_of("notes.md", "# Notes\n\nAll of them\n"), "text/markdown");
}

TEST(MediaTypeOf, is_refused_where_name_and_bytes_contradict_each_other) {
    EXPECT_EQ(type_of("report.pdf", "14 of 22 staff trained\n"),
              "refused: report.pdf is called a .pdf file, but looks like text/plain");
    EXPECT_EQ(type_of("notes.txt", "%PDF-1.7\n"),
              "refused: notes.txt is called a .txt file, but looks like application/pdf");
    EXPECT_EQ(type_of("photo.png", "\xff\xd8\xff\xe0 JFIF").substr(0, 8), "refused:");
}

}  // namespace
}  // namespace wsoa
