#include "cli/render/table.h"

#include "cli/render/text.h"
#include "ledger/base/check.h"
#include "ledger/base/text.h"

#include <algorithm>
#include <numeric>

namespace wsoa {
namespace {

constexpr std::size_t gap = 2;         // columns between two columns
constexpr std::size_t narrowest = 10;  // to which a column of texts is squeezed at most

std::string spaces(std::size_t count) { return std::string(count, ' '); }

// One line of a cell, filled up to its column's width; painted after it was measured.
std::string fitted(const std::string& text, std::size_t width, Align align, const Cell& cell,
                   const Style& style) {
    const auto taken = width_of(text);
    const auto fill = spaces(width > taken ? width - taken : 0);
    const auto shown = painted(text, cell.colour, style);
    return align == Align::right ? fill + shown : shown + fill;
}

void trim_end(std::string& line) { line.erase(line.find_last_not_of(' ') + 1); }

// A row as high as its highest cell, of the columns in these places.
std::string grid_row(const std::vector<Cell>& row, const std::vector<Column>& columns,
                     const std::vector<std::size_t>& places, const std::vector<std::size_t>& widths,
                     const Style& style) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (std::size_t i = 0; i < places.size(); ++i) {
        cells.push_back(wrapped(row[places[i]].text, widths[i]));
        height = std::max(height, cells.back().size());
    }
    std::string block;
    for (std::size_t line_number = 0; line_number < height; ++line_number) {
        std::string line;
        for (std::size_t i = 0; i < places.size(); ++i) {
            const auto text = line_number < cells[i].size() ? cells[i][line_number] : std::string{};
            line += i == 0 ? std::string{} : spaces(gap);
            line += fitted(text, widths[i], columns[places[i]].align, row[places[i]], style);
        }
        trim_end(line);
        block += line + '\n';
    }
    return block;
}

bool may_wrap(const Column& column) {
    return column.align == Align::left && column.fit != Fit::whole;
}

}  // namespace

void Table::add(std::vector<Cell> row) {
    CHECK(row.size() == columns_.size());
    for (auto& cell : row) {
        cell.text = printable(cell.text);
    }
    rows_.push_back(std::move(row));
}

std::string Table::text(const Style& style) const {
    return style.is_accessible ? as_labels(style) : as_grid(style);
}

std::size_t Table::natural_width(std::size_t column) const {
    auto width = width_of(columns_[column].heading);
    for (const auto& row : rows_) {
        width = std::max(width, width_of(row[column].text));
    }
    return width;
}

std::size_t Table::longest_word(std::size_t column) const {
    std::size_t longest = 0;
    const auto measure = [&](std::string_view text) {
        while (!text.empty()) {
            const auto end = std::min(text.find(' '), text.size());
            longest = std::max(longest, width_of(text.substr(0, end)));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    };
    measure(columns_[column].heading);
    for (const auto& row : rows_) {
        measure(row[column].text);
    }
    return longest;
}

Table::Places Table::beside(const Style& style) const {
    Places all(columns_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    std::size_t total = columns_.empty() ? 0 : gap * (columns_.size() - 1);
    for (const auto place : all) {
        total += natural_width(place);
    }
    if (total > style.width) {
        std::erase_if(all, [&](auto place) { return columns_[place].fit == Fit::beneath; });
    }
    return all;
}

// Each column as wide as it would like; then the widest texts give way until the line fits, first
// down to their longest word.
std::vector<std::size_t> Table::widths(const Places& places, const Style& style) const {
    std::vector<std::size_t> widths;
    std::vector<std::size_t> least;
    for (const auto place : places) {
        const auto width = natural_width(place);
        const bool wraps = may_wrap(columns_[place]);
        widths.push_back(wraps ? std::min(width, std::max(style.width, narrowest)) : width);
        least.push_back(wraps ? std::max(narrowest, longest_word(place)) : width);
    }
    const auto gaps = places.empty() ? 0 : gap * (places.size() - 1);
    auto total = std::accumulate(widths.begin(), widths.end(), gaps);
    const auto squeeze = [&] {
        while (total > style.width) {
            std::size_t* widest = nullptr;
            for (std::size_t i = 0; i < widths.size(); ++i) {
                if (widths[i] > least[i] && (widest == nullptr || widths[i] > *widest)) {
                    widest = &widths[i];
                }
            }
            if (widest == nullptr) {
                break;
            }
            --*widest;
            --total;
        }
    };
    squeeze();
    for (std::size_t i = 0; i < places.size(); ++i) {
        least[i] = may_wrap(columns_[places[i]]) ? std::min(widths[i], narrowest) : widths[i];
    }
    squeeze();
    return widths;
}

// The cells that have no place beside the others, indented to the second column.
std::string Table::beneath_row(const std::vector<Cell>& row, const Places& places,
                               std::size_t indent, const Style& style) {
    std::string block;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (row[i].text.empty() || std::ranges::find(places, i) != places.end()) {
            continue;
        }
        const auto text = hanging(row[i].text, indent, style.width);
        block += spaces(indent) + painted(text, row[i].colour, style) + '\n';
    }
    return block;
}

std::string Table::as_grid(const Style& style) const {
    const auto places = beside(style);
    const auto layout = widths(places, style);
    const auto indent = layout.empty() ? 0 : layout.front() + gap;
    std::vector<Cell> headings;
    for (const auto& column : columns_) {
        headings.push_back({column.heading, Colour::bold});
    }
    auto block = grid_row(headings, columns_, places, layout, style);
    for (const auto& row : rows_) {
        block += grid_row(row, columns_, places, layout, style);
        block += beneath_row(row, places, indent, style);
    }
    return block;
}

std::string Table::as_labels(const Style& style) const {
    std::string block;
    for (const auto& row : rows_) {
        block += block.empty() ? "" : "\n";
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (!row[i].text.empty()) {
                block += columns_[i].heading + ": " + painted(row[i].text, row[i].colour, style);
                block += '\n';
            }
        }
    }
    return block;
}

std::string labelled_text(const std::vector<Labelled>& lines, const Style& style) {
    std::size_t label_width = 0;
    for (const auto& line : lines) {
        label_width = std::max(label_width, width_of(line.label) + 1);
    }
    std::string block;
    for (const auto& line : lines) {
        const auto label = line.label + ":";
        const auto value = printable(line.value.text);
        if (style.is_accessible) {
            block += label + " " + painted(value, line.value.colour, style) + '\n';
            continue;
        }
        const auto indent = label_width + gap;
        block += label + spaces(indent - width_of(label));
        block += painted(hanging(value, indent, style.width), line.value.colour, style);
        block += '\n';
    }
    return block;
}

}  // namespace wsoa
