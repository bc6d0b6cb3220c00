#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace wsoa::test {

// One file of ours, as the rules of the house style look at it.
struct Source {
    std::string path;                // from the root: "ledger/tree/proof.h"
    std::vector<std::string> lines;  // as they stand
    std::vector<std::string> code;   // comments gone, literals emptied; as many lines

    // The same for a text that is no file.
    static Source of(std::string path, const std::string& text);

    bool is_header() const { return path.ends_with(".h"); }
    bool is_in(std::string_view folder) const { return path.starts_with(folder); }
    // Folder and name without what follows the last dot: "ledger/tree/proof".
    std::string stem() const { return path.substr(0, path.rfind('.')); }
};

// Every .h and .cpp file of the project, in order of path.
std::vector<Source> all_sources();

// The code with comments blanked and the insides of string and character literals taken out; line
// breaks stay where they are.
std::string code_of(std::string_view text);

// One file that another includes.
struct Include {
    std::string file;
    bool is_ours = false;  // in quotes, not in angle brackets
};
std::vector<Include> includes_of(const Source& source);

// A function, or a test: where it begins, and how long its body is.
struct Function {
    std::string head;  // its first line
    std::size_t line = 0;
    std::size_t lines = 0;  // of the body, with its last brace
};
// Relies on the layout that clang-format gives: what begins at a margin ends with a brace there.
std::vector<Function> functions_of(const Source& source);

// A rule of the house: from one file to what is wrong with it, a sentence each.
using Findings = std::vector<std::string>;
using Rule = std::function<Findings(const Source&)>;

Findings over_all(const Rule& rule);
Findings on(const Rule& rule, const std::string& path, const std::string& text);
// A finding for each of the lines in which the pattern is found.
Findings lines_with(const Source& source, const std::vector<std::string>& lines,
                    const std::string& pattern, std::string_view what);

// Whether the project has a file at this path.
bool exists(const std::string& path);

}  // namespace wsoa::test
