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

// A row as high as its highest cell.
std::string grid_row(const std::vector<Cell>& row, const std::vector<Column>& columns,
                     const std::vector<std::size_t>& widths, const Style& style) {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (std::size_t i = 0; i < row.size(); ++i) {
        cells.push_back(wrapped(row[i].text, widths[i]));
        height = std::max(height, cells.back().size());
    }
    std::string block;
    for (std::size_t line_number = 0; line_number < height; ++line_number) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const auto text = line_number < cells[i].size() ? cells[i][line_number] : std::string{};
            line += i == 0 ? std::string{} : spaces(gap);
            line += fitted(text, widths[i], columns[i].align, row[i], style);
        }
        trim_end(line);
        block += line + '\n';
    }
    return block;
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

// Each column as wide as it would like; then the widest texts give way until the line fits.
std::vector<std::size_t> Table::widths(const Style& style) const {
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        auto width = width_of(columns_[i].heading);
        for (const auto& row : rows_) {
            width = std::max(width, width_of(row[i].text));
        }
        const bool may_wrap = columns_[i].align == Align::left;
        widths.push_back(may_wrap ? std::min(width, std::max(style.width, narrowest)) : width);
    }
    const auto gaps = columns_.empty() ? 0 : gap * (columns_.size() - 1);
    auto total = std::accumulate(widths.begin(), widths.end(), gaps);
    while (total > style.width) {
        std::size_t* widest = nullptr;
        for (std::size_t i = 0; i < widths.size(); ++i) {
            const bool may_give = columns_[i].align == Align::left && widths[i] > narrowest;
            if (may_give && (widest == nullptr || widths[i] > *widest)) {
                widest = &widths[i];
            }
        }
        if (widest == nullptr) {
            break;
        }
        --*widest;
        --total;
    }
    return widths;
}

std::string Table::as_grid(const Style& style) const {
    const auto layout = widths(style);
    std::vector<Cell> headings;
    for (const auto& column : columns_) {
        headings.push_back({column.heading, Colour::bold});
    }
    auto block = grid_row(headings, columns_, layout, style);
    for (const auto& row : rows_) {
        block += grid_row(row, columns_, layout, style);
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
