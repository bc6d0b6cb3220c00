// Puts the page together: the modules that main.js imports, each in a function of its own, the
// style and the frame, in one file that asks the network for nothing. The same sources give the
// same bytes.
//
//   inline_page PAGES SCHEMA.js INDEX.html PAGE.cpp
//
// PAGE.cpp gets the page's bytes and their SHA-256 for the program (cli/pages/page.h).

#include "ledger/base/error.h"
#include "ledger/base/sha256.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace wsoa {
namespace {

Result<std::string> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file.good() && text.empty()) {
        return error(Fault::missing, "{} cannot be read", path);
    }
    return text;
}

Result<void> write_file(const std::string& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
    file.close();
    return file.good() ? done() : error(Fault::unavailable, "{} cannot be written", path);
}

// "show/main.js" and "../check/pack.js" give "check/pack.js".
std::string resolved(const std::string& from, const std::string& to) {
    auto folder = from.substr(0, from.rfind('/'));
    if (to.starts_with("./")) {
        return folder + to.substr(1);
    }
    return to.starts_with("../") ? to.substr(3) : to;
}

// The modules in the order in which each finds what it imports.
class Modules {
public:
    Modules(std::string pages, std::string schema) : pages_(std::move(pages)) {
        texts_.emplace("schema.js", std::move(schema));
    }

    Result<void> add(const std::string& name);
    const std::string& script() const { return script_; }

private:
    Result<std::string> text_of(const std::string& name);

    std::string pages_;
    std::map<std::string, std::string> texts_;
    std::set<std::string> begun_;
    std::set<std::string> done_;
    std::string script_ = "\"use strict\";\nconst modules = {};\n";
};

Result<std::string> Modules::text_of(const std::string& name) {
    const auto known = texts_.find(name);
    return known == texts_.end() ? read_file(pages_ + "/" + name) : known->second;
}

Result<void> Modules::add(const std::string& name) {
    if (done_.contains(name)) {
        return done();
    }
    if (!begun_.insert(name).second) {
        return error(Fault::invalid, "{} imports itself in a circle", name);
    }
    auto text = TRY(text_of(name));
    static const std::regex import_of(R"re(import (\{[^}]*\})\s+from "([^"]+)";)re");
    std::string body;
    auto rest = text.cbegin();
    for (std::sregex_iterator at(text.begin(), text.end(), import_of), end; at != end; ++at) {
        const auto from = resolved(name, (*at)[2]);
        TRY(add(from));
        body.append(rest, (*at)[0].first);
        body += fmt::format("const {} = modules[\"{}\"];", (*at)[1].str(), from);
        rest = (*at)[0].second;
    }
    body.append(rest, text.cend());
    static const std::regex export_of(
        R"re((^|\n)export (async function|function\*?|class|const) (\w+))re");
    std::string names;
    for (std::sregex_iterator at(body.begin(), body.end(), export_of), end; at != end; ++at) {
        names += (names.empty() ? "" : ", ") + (*at)[3].str();
    }
    body = std::regex_replace(body, export_of, "$1$2 $3");
    script_ +=
        fmt::format("modules[\"{}\"] = (() => {{\n{}return {{ {} }};\n}})();\n", name, body, names);
    done_.insert(name);
    return done();
}

// What would end the script, or hide its end, in the eyes of a browser; and what was left over.
Result<void> check_script(const std::string& script) {
    for (const auto* wrong : {"<!--", "<script", "</script", "\nexport ", "\nimport ", "eval("}) {
        if (script.find(wrong) != std::string::npos) {
            return error(Fault::invalid, "the script holds \"{}\"", wrong);
        }
    }
    return done();
}

Result<void> put(std::string& page, const std::string& place, const std::string& text) {
    const auto at = page.find(place);
    if (at == std::string::npos || page.find(place, at + 1) != std::string::npos) {
        return error(Fault::invalid, "the frame has no one place for {}", place);
    }
    page.replace(at, place.size(), text);
    return done();
}

std::string source_of_hash(const std::string& text) {
    return fmt::format("'sha256-{}'", to_base64(sha256(bytes_of(text)).view()));
}

// The page as a C++ source: strings are limited in length, so that it is an array.
std::string cpp_of(const std::string& page) {
    std::string numbers;
    for (std::size_t i = 0; i < page.size(); ++i) {
        numbers +=
            fmt::format("{},{}", static_cast<unsigned char>(page[i]), i % 32 == 31 ? "\n" : "");
    }
    return fmt::format(
        "// Written by inline_page.\n#include \"cli/pages/page.h\"\n\nnamespace wsoa {{\n"
        "namespace {{\nconstexpr unsigned char bytes[] = {{\n{}}};\n}}  // namespace\n\n"
        "ByteView released_page() {{ return {{bytes, sizeof bytes}}; }}\n"
        "std::string_view released_page_sha256() {{ return \"{}\"; }}\n\n}}  // namespace wsoa\n",
        numbers, to_hex(sha256(bytes_of(page)).view()));
}

Result<void> run(const std::vector<std::string>& given) {
    if (given.size() != 4) {
        return Error{Fault::invalid, "usage: inline_page PAGES SCHEMA.js INDEX.html PAGE.cpp"};
    }
    auto page = TRY(read_file(given[0] + "/page.html"));
    const auto style = TRY(read_file(given[0] + "/page.css"));
    auto schema = TRY(read_file(given[1]));
    Modules modules(given[0], std::move(schema));
    TRY(modules.add("show/main.js"));
    const auto script = "\n" + modules.script();
    TRY(check_script(script));
    TRY(put(page, "{script-hash}", source_of_hash(script)));
    TRY(put(page, "{style-hash}", source_of_hash("\n" + style)));
    TRY(put(page, "{style}", "\n" + style));
    TRY(put(page, "{script}", script));
    TRY(write_file(given[2], page));
    TRY(write_file(given[3], cpp_of(page)));
    fmt::print("{}  {}\n", to_hex(sha256(bytes_of(page)).view()), given[2]);
    return done();
}

}  // namespace
}  // namespace wsoa

int main(int count, char** words) {
    const auto done = wsoa::run({words + 1, words + count});
    if (!done.ok()) {
        fmt::print(stderr, "inline_page: {}\n", done.error().message);
    }
    return done.ok() ? 0 : 1;
}
