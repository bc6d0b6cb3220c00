#include "tests/support/sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <span>

namespace wsoa::test {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

// Walks over source text and keeps what is code.
class Stripper {
public:
    explicit Stripper(std::string_view text) : text_(text) {}

    std::string strip() {
        while (at_ < text_.size()) {
            if (begins("//")) {
                skip_to("\n", 0);
            } else if (begins("/*")) {
                skip_to("*/", 2);
            } else if (begins("R\"") && !follows_word()) {
                raw_literal();
            } else if (text_[at_] == '"' && !in_include()) {
                literal('"');
            } else if (text_[at_] == '\'' && !follows_word()) {  // not a digit separator
                literal('\'');
            } else {
                code_.push_back(text_[at_++]);
            }
        }
        return code_;
    }

private:
    bool begins(std::string_view with) const { return text_.substr(at_).starts_with(with); }
    bool follows_word() const {
        return !code_.empty() &&
               (std::isalnum(static_cast<unsigned char>(code_.back())) != 0 || code_.back() == '_');
    }
    bool in_include() const {
        const auto line = code_.rfind('\n') + 1;  // from the start where there is none
        return code_.compare(line, 8, "#include") == 0;
    }
    // To where the mark is found and so many characters on; line breaks on the way are kept.
    void skip_to(std::string_view mark, std::size_t beyond) {
        const auto found = text_.find(mark, at_ + beyond);
        const auto end = found == std::string_view::npos ? text_.size() : found + beyond;
        for (; at_ < end; ++at_) {
            if (text_[at_] == '\n') {
                code_.push_back('\n');
            }
        }
    }
    void raw_literal() {
        const auto open = text_.find('(', at_);
        const auto close = ")" + std::string(text_.substr(at_ + 2, open - at_ - 2)) + "\"";
        code_ += "\"\"";
        at_ = open;
        skip_to(close, 0);
        at_ = std::min(at_ + close.size(), text_.size());
    }
    void literal(char quote) {
        ++at_;
        while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') {
            at_ += text_[at_] == '\\' ? 2U : 1U;
        }
        code_ += {quote, quote};
        ++at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string code_;
};

// Whether the line begins something at the margin: no closing brace, label or directive.
bool is_head(const std::string& line, const std::string& margin) {
    return line.starts_with(margin) && line.size() > margin.size() && !line.ends_with(':') &&
           std::string_view(" }#)").find(line[margin.size()]) == std::string_view::npos;
}

bool declares(const std::string& head, const std::string& keyword) {
    return std::regex_search(head, std::regex("^ *(template <.*> *)?(" + keyword + ")\\b"));
}

// A head may take several lines, of which the last ends with a brace or a semicolon.
std::size_t last_line_of_head(const std::vector<std::string>& code, std::size_t first) {
    auto last = first;
    while (last + 1 < code.size() && !code[last].empty() &&
           std::string_view("{;}").find(code[last].back()) == std::string_view::npos) {
        ++last;
    }
    return last;
}

// The functions that begin at the margin between two lines, and those of the types that do.
void find_functions(const std::vector<std::string>& code, std::size_t from, std::size_t to,
                    const std::string& margin, std::vector<Function>& functions) {
    for (std::size_t i = from; i < to; ++i) {
        if (!is_head(code[i], margin)) {
            continue;
        }
        const auto open = last_line_of_head(code, i);
        std::string head;
        for (const auto& line : std::span(code).subspan(i, open + 1 - i)) {
            head += line + " ";
        }
        if (!code[open].ends_with('{') || declares(head, "namespace|extern")) {
            continue;
        }
        auto close = open;
        while (close < code.size() && !code[close].starts_with(margin + "}")) {
            ++close;
        }
        if (declares(head, "struct|class|enum|union")) {
            find_functions(code, open + 1, close, margin + "    ", functions);
        } else if (head.find('(') != std::string::npos) {
            functions.push_back({code[i], i + 1, close - open});
        }
        i = close;
    }
}

}  // namespace

std::string code_of(std::string_view text) { return Stripper(text).strip(); }

Source Source::of(std::string path, const std::string& text) {
    auto code = lines_of(code_of(text));
    for (auto& line : code) {
        line.erase(line.find_last_not_of(' ') + 1);
    }
    return {std::move(path), lines_of(text), std::move(code)};
}

std::vector<Source> all_sources() {
    namespace fs = std::filesystem;
    const fs::path root(WSOA_SOURCE);
    std::vector<Source> sources;
    for (const auto* folder : {"ledger", "projections", "cli", "tests", "benchmarks"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const auto extension = entry.path().extension();
            if (entry.is_regular_file() && (extension == ".h" || extension == ".cpp")) {
                std::ifstream file(entry.path(), std::ios::binary);
                sources.push_back(Source::of(fs::relative(entry.path(), root).generic_string(),
                                             {std::istreambuf_iterator<char>(file), {}}));
            }
        }
    }
    std::ranges::sort(sources, {}, &Source::path);
    return sources;
}

std::vector<Include> includes_of(const Source& source) {
    static const std::regex wanted(R"(^#include ([<"])([^>"]+)[>"])");
    std::vector<Include> includes;
    for (const auto& line : source.code) {
        std::smatch match;
        if (std::regex_search(line, match, wanted)) {
            includes.push_back({match[2].str(), match[1].str() == "\""});
        }
    }
    return includes;
}

std::vector<Function> functions_of(const Source& source) {
    std::vector<Function> functions;
    find_functions(source.code, 0, source.code.size(), "", functions);
    return functions;
}

Findings over_all(const Rule& rule) {
    Findings findings;
    for (const auto& source : all_sources()) {
        std::ranges::move(rule(source), std::back_inserter(findings));
    }
    return findings;
}

Findings on(const Rule& rule, const std::string& path, const std::string& text) {
    return rule(Source::of(path, text));
}

Findings lines_with(const Source& source, const std::vector<std::string>& lines,
                    const std::string& pattern, std::string_view what) {
    const std::regex wanted(pattern);
    Findings findings;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (std::regex_search(lines[i], wanted)) {
            findings.push_back(fmt::format("{}:{}: {}", source.path, i + 1, what));
        }
    }
    return findings;
}

bool exists(const std::string& path) {
    return std::filesystem::exists(std::filesystem::path(WSOA_SOURCE) / path);
}

}  // namespace wsoa::test
