#pragma once

#include "ledger/history.h"
#include "ledger/inspection/pack.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace wsoa {

// The members of a pack that programs read, as ledger/inspection/pack.h takes them apart.
std::string json_of(const PackAbout& about);
std::string json_of(const PackState& state);
std::string json_of(const PackWord& word);
std::string json_of(const PackDocument& document);

template <typename Line>
std::string lines_of(const std::vector<Line>& values) {
    std::string lines;
    for (const auto& value : values) {
        lines += json_of(value) + "\n";
    }
    return lines;
}

// What was disclosed as the title of what: subject and text.
using Titles = std::set<std::pair<std::string, std::string>>;
Titles titles_of(const History& history, const std::vector<PackWord>& words);

// The lines of `wsoa show PLAN --json` without what was typed, but for titles that were disclosed:
// those of other things are empty. `invalid` for what are no such lines.
Result<std::string> shown_with_chosen_titles(const std::string& shown, const Titles& titles);

}  // namespace wsoa
