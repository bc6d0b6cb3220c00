#pragma once

#include "cli/render/style.h"

#include <cstdint>
#include <string>
#include <vector>

namespace wsoa {

enum class Align : std::uint8_t { left, right };

// What a column does where the width is not enough for all of them side by side.
enum class Fit : std::uint8_t {
    wraps,    // its texts are wrapped between words; words are cut only where nothing else helps
    whole,    // its texts stay on one line: references, numbers, days
    beneath,  // its texts go below their row, over the whole width
};

// What stands above a column, and to which side its cells lean.
struct Column {
    std::string heading;
    Align align = Align::left;  // right for numbers, which are then never wrapped
    Fit fit = Fit::wraps;
};

// What stands in one place of a table.
struct Cell {
    std::string text;
    Colour colour = Colour::plain;
};

// Rows under headings, laid out within a width: columns two spaces apart, long texts as their
// column says. For a reader who listens (Style::is_accessible) each row is instead a block of lines
// "Heading: value", without the empty ones.
//
// Text of any origin may go in; it is made printable. A table that cannot be made narrow enough is
// wider than asked, not cut.
class Table {
public:
    explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

    // One cell a column.
    void add(std::vector<Cell> row);
    bool empty() const { return rows_.empty(); }

    // Whole lines, each with its line break; nothing but the headings where there are no rows.
    std::string text(const Style& style) const;

private:
    using Places = std::vector<std::size_t>;
    // The columns that stand side by side, by their places.
    Places beside(const Style& style) const;
    std::size_t natural_width(std::size_t column) const;
    std::size_t longest_word(std::size_t column) const;
    std::vector<std::size_t> widths(const Places& places, const Style& style) const;
    static std::string beneath_row(const std::vector<Cell>& row, const Places& places,
                                   std::size_t indent, const Style& style);
    std::string as_grid(const Style& style) const;
    std::string as_labels(const Style& style) const;

    std::vector<Column> columns_;
    std::vector<std::vector<Cell>> rows_;
};

// A heading's value in a list such as a receipt: "Event" and "12" as "Event:  12", values in line.
struct Labelled {
    std::string label;
    Cell value;
};
std::string labelled_text(const std::vector<Labelled>& lines, const Style& style);

}  // namespace wsoa
