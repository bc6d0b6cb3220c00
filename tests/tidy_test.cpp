// The rules of the house style that a program can check. Each rule is a function from one file to
// what is wrong with it; each is shown a file that breaks it, and then all of ours.

#include "tests/support/sources.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <string_view>

namespace wsoa::test {
namespace {

// The rooms from left to right: a file includes only what stands left of it or in its own room.
constexpr std::array rooms{
    "schemas/",           "ledger/base/",    "ledger/event/",     "ledger/keys/",
    "ledger/tree/",       "ledger/plan/",    "ledger/state/",     "ledger/evidence/",
    "ledger/inspection/", "ledger/store/",   "ledger/history",    "ledger/submission",
    "ledger/ledger",      "ledger/recorder", "projections/",      "cli/render/",
    "cli/pages/",         "cli/keeper/",     "cli/witness_http/", "cli/"};
constexpr std::array pure_rooms{"ledger/base/",     "ledger/event/",     "ledger/keys/",
                                "ledger/tree/",     "ledger/plan/",      "ledger/state/",
                                "ledger/evidence/", "ledger/inspection/"};

std::optional<std::size_t> room_of(std::string_view path) {
    if (path.starts_with("ledger/admission")) {  // a part of the door
        path = "ledger/ledger";
    }
    const auto room =
        std::ranges::find_if(rooms, [&](auto each) { return path.starts_with(each); });
    return room == rooms.end() ? std::nullopt : std::optional<std::size_t>(room - rooms.begin());
}

bool may_include_anything(const Source& source) {
    return source.is_in("tests/") || source.is_in("benchmarks/");
}

Findings include_order(const Source& source) {
    Findings findings;
    if (may_include_anything(source)) {
        return findings;
    }
    const auto room = room_of(source.path);
    if (!room) {
        return {source.path + ": stands in no room"};
    }
    for (const auto& include : includes_of(source)) {
        const auto from = room_of(include.file);
        if (include.is_ours && (!from || *from > *room)) {
            findings.push_back(source.path + ": includes " + include.file + ", right of it");
        }
    }
    return findings;
}

Findings includes_from_the_root(const Source& source) {
    Findings findings;
    for (const auto& include : includes_of(source)) {
        const auto file = std::regex_replace(include.file, std::regex("[.]capnp[.]h$"), ".capnp");
        if (include.is_ours && !exists(file)) {
            findings.push_back(source.path + ": " + include.file + " is no path from the root");
        }
    }
    return findings;
}

// Where each library may be included; nowhere else.
struct Home {
    std::string library;
    std::string files;
};
const std::array homes{
    Home{"rocksdb/", "ledger/store/rocks_[a-z]+[.]cpp"},
    Home{"openssl/", "ledger/(base/sha256|keys/[a-z_]+|evidence/seal|store/system)[.]cpp|tests/.*"},
    Home{"spdlog/", "ledger/store/system[.]cpp"},
    Home{"CLI/", "cli/.*"},
    Home{"nlohmann/", "(ledger/event/json[a-z0-9_]*[.]cpp|cli/.*|tests/.*)"},
    Home{"date/", "ledger/base/time[.]cpp"},
    Home{"utf8proc", "ledger/base/text[.]cpp"},
    Home{"magic.h", "cli/media_type[.]cpp"},
    Home{"zip.h", "cli/pack/archive_writer[.]cpp"},
    Home{"microhttpd.h", "cli/witness_http/server[.]cpp"},
    Home{"curl/", "cli/witness_http/post[.]cpp"},
    Home{"p11-kit/", "(ledger/store/token[a-z_]*[.]cpp|tests/.*)"},
};

Findings libraries_at_home(const Source& source) {
    Findings findings;
    for (const auto& include : includes_of(source)) {
        for (const auto& home : homes) {
            const bool is_its = include.file.starts_with(home.library);
            const bool may_reach_the_engine =
                home.library == "rocksdb/" && may_include_anything(source);
            if (is_its && !may_reach_the_engine &&
                !std::regex_match(source.path, std::regex(home.files))) {
                findings.push_back(source.path + ": " + include.file + " is not at home here");
            }
        }
    }
    return findings;
}

// The pure rooms know no disk, clock, chance, threads or log; verify.cpp alone uses all cores.
Findings purity(const Source& source) {
    if (std::ranges::none_of(pure_rooms, [&](auto room) { return source.is_in(room); })) {
        return {};
    }
    static const std::set<std::string> impure{
        "filesystem", "fstream",           "iostream", "random", "thread", "future",       "mutex",
        "semaphore",  "unistd.h",          "fcntl.h",  "ctime",  "time.h", "shared_mutex", "latch",
        "barrier",    "condition_variable"};
    Findings findings =
        lines_with(source, source.code, R"((system|steady)_clock::now)", "reads the clock");
    for (const auto& include : includes_of(source)) {
        const bool is_verify = source.path == "ledger/inspection/verify.cpp";
        if ((impure.contains(include.file) && !(is_verify && include.file == "thread")) ||
            include.file.starts_with("sys/")) {
            findings.push_back(source.path + ": <" + include.file + "> in a pure room");
        }
    }
    return findings;
}

Findings headers_once(const Source& source) {
    const bool lacks_it = std::ranges::count(source.code, "#pragma once") != 1;
    return source.is_header() && lacks_it ? Findings{source.path + ": a header says #pragma once"}
                                          : Findings{};
}

Findings file_length(const Source& source) {
    if (source.lines.size() <= 400) {
        return {};
    }
    return {fmt::format("{}: {} lines, over 400", source.path, source.lines.size())};
}

Findings function_length(const Source& source) {
    Findings findings;
    for (const auto& function : functions_of(source)) {
        if (function.lines > 60) {
            findings.push_back(fmt::format("{}:{}: {} lines, over 60: {}", source.path,
                                           function.line, function.lines, function.head));
        }
    }
    return findings;
}

Findings plain_lines(const Source& source) {
    auto findings = lines_with(source, source.lines, "\t", "a tab");
    std::ranges::move(lines_with(source, source.lines, "[ \r]$", "white space at the end"),
                      std::back_inserter(findings));
    return findings;
}

Findings loose_ends(const Source& source) {
    // Put together here, so that this file passes its own rule.
    const std::string marks = std::string("\\b(TO") + "DO|FIX" + "ME|XX" + "X)\\b";
    return lines_with(source, source.lines, marks, "a loose end");
}

Findings exceptions(const Source& source) {
    return source.is_in("ledger/") ? lines_with(source, source.code, R"(\bthrow\b)", "throws")
                                   : Findings{};
}

// What is owned has one owner; what is shared never changes. A class whose constructor is private
// may put `new T(...)` straight into a unique_ptr<T>, since make_unique cannot reach it.
Findings ownership(const Source& source) {
    // Two libraries hand over and ask for shared ownership; it ends in their homes.
    const bool is_home =
        source.path == "ledger/store/rocks_store.cpp" || source.path == "ledger/store/system.cpp";
    if (!source.is_in("ledger/") || is_home) {
        return {};
    }
    static const std::regex owned(R"(unique_ptr<(\w+)>( \w+)?\( *new \1\()");
    auto code = source.code;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (i > 0 && source.code[i - 1].ends_with('(')) {
            code[i] = source.code[i - 1] + code[i];
        }
        code[i] = std::regex_replace(code[i], owned, "");
    }
    auto findings = lines_with(source, code, R"(^(?!#).*\bnew\b)", "a new expression");
    std::ranges::move(lines_with(source, source.code, R"(\b(make_shared|shared_ptr)<(?!const\b))",
                                 "shares what can change"),
                      std::back_inserter(findings));
    return findings;
}

Findings flags(const Source& source) {
    if (!source.is_header() || may_include_anything(source)) {
        return {};
    }
    return lines_with(source, source.code, R"([(,]\s*(const )?bool \w+\s*[,)=])",
                      "a bool parameter");
}

// Above every type of a header, or of a run of small ones, stands what it is.
Findings contracts(const Source& source) {
    if (!source.is_header() || may_include_anything(source)) {
        return {};
    }
    static const std::regex type(R"(^(template <.*> ?)?(struct|class) [^;]*\{$)");
    Findings findings;
    bool any = false;
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
        any = any || source.lines[i].find("// ") != std::string::npos;
        auto above = i;
        while (above > 0 && (above == i || source.lines[above].starts_with("template"))) {
            --above;
        }
        if (std::regex_search(source.lines[i], type) && source.lines[above].empty() &&
            !source.lines[i - 1].starts_with("template <>")) {
            findings.push_back(fmt::format("{}:{}: no comment", source.path, i + 1));
        }
    }
    if (!any) {
        findings.push_back(source.path + ": a header without a comment");
    }
    return findings;
}

// X.cpp implements X.h, or the header of its subject (rules_rating.cpp rules.h), or another of its
// room, which it then includes first.
Findings headers_of_their_own(const Source& source) {
    const auto stem = source.stem();
    if (!source.is_in("ledger/") || source.is_header() || exists(stem + ".h") ||
        exists(stem.substr(0, stem.rfind('_')) + ".h")) {
        return {};
    }
    const auto includes = includes_of(source);
    const auto room = stem.substr(0, stem.rfind('/') + 1);
    if (!includes.empty() && includes.front().is_ours && includes.front().file.starts_with(room)) {
        return {};
    }
    return {source.path + ": implements no header"};
}

Findings sentences(const Source& source) {
    if (!source.is_in("tests/")) {
        return {};
    }
    static const std::regex declared(R"(^(TEST|TEST_F|TEST_P|RC_GTEST_PROP)\((.*))");
    static const std::regex sentence(R"(^[A-Z][A-Za-z0-9]*, [a-z][A-Za-z0-9_]*[,)].*)");
    Findings findings =
        lines_with(source, source.code, R"(GTEST_SKIP|DISABLED_|sleep_for|sleep_until|\busleep\()",
                   "skips or sleeps");
    for (std::size_t i = 0; i < source.code.size(); ++i) {
        std::smatch match;
        if (std::regex_search(source.code[i], match, declared) && !match[2].str().empty() &&
            !std::regex_match(match[2].str(), sentence)) {
            findings.push_back(fmt::format("{}:{}: no sentence", source.path, i + 1));
        }
    }
    return findings;
}

using testing::IsEmpty;
using testing::SizeIs;

TEST(Tidy, looks_at_every_room) {
    std::map<std::string, int> seen;
    for (const auto& source : all_sources()) {
        ++seen[source.path.substr(0, source.path.find('/'))];
    }
    EXPECT_GT(seen["ledger"], 10);
    EXPECT_GT(seen["tests"], 5);
}

TEST(Tidy, sees_code_without_comments_and_literals) {
    EXPECT_EQ(code_of("a; // b\nc /* d\ne */ f"), "a; \nc \n f");
    EXPECT_EQ(code_of(R"(x = "// \" no" + 'y' + 1'000;)"), R"(x = "" + '' + 1'000;)");
    EXPECT_EQ(code_of("R\"(a\n\"b)\" + c"), "\"\"\n + c");
    EXPECT_EQ(code_of("#include \"a/b.h\""), "#include \"a/b.h\"");
}

TEST(Tidy, files_include_only_what_stands_left_of_them) {
    EXPECT_THAT(on(include_order, "ledger/tree/a.h", "#include \"ledger/keys/b.h\"\n"), IsEmpty());
    for (const auto* wrong : {"ledger/plan/b.h", "ledger/ledger.h", "projections/b.h", "cli/b.h"}) {
        const auto text = fmt::format("#include \"{}\"\n", wrong);
        EXPECT_THAT(on(include_order, "ledger/tree/a.h", text), SizeIs(1)) << wrong;
    }
    EXPECT_THAT(on(include_order, "ledger/stray.h", ""), SizeIs(1));
    EXPECT_THAT(over_all(include_order), IsEmpty());
}

TEST(Tidy, includes_are_paths_from_the_root) {
    EXPECT_THAT(on(includes_from_the_root, "ledger/base/a.h", "#include \"bytes.h\"\n"), SizeIs(1));
    EXPECT_THAT(over_all(includes_from_the_root), IsEmpty());
}

TEST(Tidy, libraries_stay_in_their_homes) {
    for (const auto* library : {"rocksdb/db.h", "openssl/evp.h", "spdlog/spdlog.h", "CLI/CLI.hpp",
                                "nlohmann/json.hpp", "date/tz.h", "utf8proc.h", "p11-kit/a.h"}) {
        const auto text = fmt::format("#include <{}>\n", library);
        EXPECT_THAT(on(libraries_at_home, "ledger/tree/a.cpp", text), SizeIs(1)) << library;
    }
    EXPECT_THAT(on(libraries_at_home, "ledger/keys/a.h", "#include <openssl/evp.h>\n"), SizeIs(1));
    EXPECT_THAT(over_all(libraries_at_home), IsEmpty());
}

TEST(Tidy, pure_rooms_touch_no_machine) {
    EXPECT_THAT(on(purity, "ledger/plan/a.cpp", "#include <fstream>\n"), SizeIs(1));
    EXPECT_THAT(on(purity, "ledger/plan/a.cpp", "std::chrono::system_clock::now();\n"), SizeIs(1));
    EXPECT_THAT(over_all(purity), IsEmpty());
}

TEST(Tidy, headers_are_read_once) {
    EXPECT_THAT(on(headers_once, "ledger/base/a.h", "// #pragma once\n"), SizeIs(1));
    EXPECT_THAT(over_all(headers_once), IsEmpty());
}

TEST(Tidy, files_have_at_most_400_lines) {
    EXPECT_THAT(on(file_length, "a.h", std::string(401, '\n')), SizeIs(1));
    EXPECT_THAT(over_all(file_length), IsEmpty());
}

TEST(Tidy, functions_have_at_most_60_lines) {
    const auto body = [](int lines) {
        std::string text = "int f(int a,\n      int b) {\n";
        for (int i = 1; i < lines; ++i) {
            text += "    a += b;\n";
        }
        return text + "}\n";
    };
    EXPECT_THAT(on(function_length, "a.cpp", "namespace n {\n" + body(60) + body(60) + "}\n"),
                IsEmpty());
    EXPECT_THAT(on(function_length, "a.cpp", body(61)), SizeIs(1));
    EXPECT_THAT(
        on(function_length, "a.cpp",
           "class A {\npublic:\n    A(int a) : a_(a) {}\n" + std::string(70, '\n') + "};\n"),
        IsEmpty());
    EXPECT_THAT(over_all(function_length), IsEmpty());
}

TEST(Tidy, lines_hold_no_tabs_and_end_without_white_space) {
    EXPECT_THAT(on(plain_lines, "a.h", "a;\tb\n"), SizeIs(1));
    EXPECT_THAT(on(plain_lines, "a.h", "a; \nb;\r\n"), SizeIs(2));
    EXPECT_THAT(over_all(plain_lines), IsEmpty());
}

TEST(Tidy, nothing_is_left_to_do_in_a_comment) {
    EXPECT_THAT(on(loose_ends, "a.h", std::string("// TO") + "DO: more\n"), SizeIs(1));
    EXPECT_THAT(over_all(loose_ends), IsEmpty());
}

TEST(Tidy, the_ledger_throws_nothing) {
    EXPECT_THAT(on(exceptions, "ledger/base/a.cpp", "throw 1;  // throw\n// throw\n"), SizeIs(1));
    EXPECT_THAT(over_all(exceptions), IsEmpty());
}

TEST(Tidy, the_ledger_owns_by_values_and_unique_pointers) {
    EXPECT_THAT(on(ownership, "ledger/base/a.cpp", "auto a = new int;\n"), SizeIs(1));
    EXPECT_THAT(on(ownership, "ledger/base/a.cpp", "std::shared_ptr<int> a;\n"), SizeIs(1));
    EXPECT_THAT(on(ownership, "ledger/base/a.cpp", "std::unique_ptr<A>(new B(1));\n"), SizeIs(1));
    EXPECT_THAT(on(ownership, "ledger/base/a.cpp", "std::unique_ptr<A>(new A(1));\n"), IsEmpty());
    EXPECT_THAT(on(ownership, "ledger/base/a.cpp", "std::unique_ptr<A> a(\n    new A(1));\n"),
                IsEmpty());
    EXPECT_THAT(on(ownership, "ledger/base/a.cpp", "std::shared_ptr<const A> a;\n"), IsEmpty());
    EXPECT_THAT(on(ownership, "ledger/base/a.cpp", "#include <new>\nint renew;\n"), IsEmpty());
    EXPECT_THAT(over_all(ownership), IsEmpty());
}

TEST(Tidy, headers_take_no_bool_parameters) {
    EXPECT_THAT(on(flags, "ledger/base/a.h", "void f(int a, bool b);\n"), SizeIs(1));
    EXPECT_THAT(on(flags, "ledger/base/a.h", "bool f();\nbool b = false;\n"), IsEmpty());
    EXPECT_THAT(over_all(flags), IsEmpty());
}

TEST(Tidy, headers_say_what_they_declare) {
    EXPECT_THAT(on(contracts, "ledger/base/a.h", "// A.\nstruct A {\n};\n"), IsEmpty());
    EXPECT_THAT(on(contracts, "ledger/base/a.h", "// A.\n\nclass A {\n};\n"), SizeIs(1));
    EXPECT_THAT(on(contracts, "ledger/base/a.h", "int f();\n"), SizeIs(1));
    EXPECT_THAT(over_all(contracts), IsEmpty());
}

TEST(Tidy, every_file_of_the_ledger_implements_a_header) {
    EXPECT_THAT(on(headers_of_their_own, "ledger/base/stray.cpp", ""), SizeIs(1));
    EXPECT_THAT(
        on(headers_of_their_own, "ledger/base/bytes_hex.cpp", "#include \"ledger/base/bytes.h\"\n"),
        IsEmpty());
    EXPECT_THAT(over_all(headers_of_their_own), IsEmpty());
}

TEST(Tidy, tests_are_sentences_that_neither_skip_nor_sleep) {
    EXPECT_THAT(on(sentences, "tests/a.cpp", "TEST(Tree, Holds) {\n"), SizeIs(1));
    EXPECT_THAT(on(sentences, "tests/a.cpp", "    GTEST_SKIP();\n"), SizeIs(1));
    EXPECT_THAT(over_all(sentences), IsEmpty());
}

}  // namespace
}  // namespace wsoa::test
