// wsoa-verify: checks a pack, and can do nothing else. It needs no database, no ledger and no
// network, so that an inspectorate can read all of it and build it alone.

#include "cli/pack/pack_verdict.h"
#include "ledger/event/json.h"

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace wsoa;

constexpr std::string_view usage_text =
    "wsoa-verify PACK [--seen CHECKPOINT]... [--policy FILE] [--authority FILE]\n"
    "    [--depth log|authors|meaning] [--json]\n"
    "\n"
    "--seen names a checkpoint that you kept, --policy a file that says whom you believe,\n"
    "--authority the root certificates (PEM) of timestamp authorities that you believe. With\n"
    "--json each finding is an object on a line of its own, and the verdict the last one.\n"
    "\n"
    "Checks a pack that `wsoa pack` wrote: every leaf, signature and rule, and every word and\n"
    "document that was disclosed. Ends with 0 where it holds, 3 where it does not, 1 where it\n"
    "could not be looked at, 2 for a line that cannot be read.\n";

enum class Ends : int { holds = 0, could_not = 1, usage = 2, does_not_hold = 3 };

int end(Ends how) { return static_cast<int>(how); }

// Text from a pack is never sent to a terminal as it is.
void say(std::FILE* to, std::string_view line) {
    for (const char c : line) {
        const auto byte = static_cast<unsigned char>(c);
        std::fputc(byte < 0x20 || byte == 0x7f ? '?' : c, to);
    }
    std::fputc('\n', to);
}

int fail(Ends how, std::string_view what, std::string_view advice = {}) {
    say(stderr, fmt::format("wsoa-verify: {}.", what));
    if (!advice.empty()) {
        say(stderr, advice);
    }
    return end(how);
}

std::optional<Depth> depth_named(std::string_view name) {
    if (name == "log") {
        return Depth::log;
    }
    if (name == "authors") {
        return Depth::authors;
    }
    return name == "meaning" ? std::optional(Depth::meaning) : std::nullopt;
}

// What was typed.
struct Asked : PackToCheck {
    enum class Prints : std::uint8_t { text, json } prints = Prints::text;
};

// The line as it was typed; null where it cannot be read.
std::optional<Asked> typed(const std::vector<std::string>& arguments) {
    Asked asked;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto& argument = arguments[i];
        const bool has_value = i + 1 < arguments.size();
        if (argument == "--seen" && has_value) {
            asked.seen.emplace_back(arguments[++i]);
        } else if (argument == "--policy" && has_value && !asked.policy) {
            asked.policy = arguments[++i];
        } else if (argument == "--authority" && has_value && !asked.authority) {
            asked.authority = arguments[++i];
        } else if (argument == "--depth" && has_value && depth_named(arguments[i + 1])) {
            asked.depth = *depth_named(arguments[++i]);
        } else if (argument == "--json") {
            asked.prints = Asked::Prints::json;
        } else if (asked.pack.empty() && !argument.starts_with("-")) {
            asked.pack = argument;
        } else {
            return std::nullopt;
        }
    }
    return asked.pack.empty() ? std::nullopt : std::optional(asked);
}

std::string json_list(const std::vector<std::string>& lines) {
    std::string list;
    for (const auto& line : lines) {
        list += (list.empty() ? "" : ",") + json_quoted(line);
    }
    return "[" + list + "]";
}

void show(const Verdict& verdict) {
    for (const auto& finding : verdict.findings) {
        const auto event = finding.event ? fmt::format("event {}", finding.event->value) : "-";
        const auto rule = finding.rule.empty() ? "" : fmt::format(" (rule {})", finding.rule);
        say(stdout, fmt::format("{}: {}: {}{}", name_of(finding.is), event, finding.what, rule));
    }
    for (const auto& line : verdict.checked) {
        say(stdout, "Checked:      " + line);
    }
    for (const auto& line : verdict.not_checked) {
        say(stdout, "Not checked:  " + line);
    }
    say(stdout, fmt::format("{}.", pack_sentence(verdict)));
    say(stdout, fmt::format("Events {}, root {}", verdict.size.value, to_hex(verdict.root.view())));
}

void show_json(const Verdict& verdict) {
    for (const auto& finding : verdict.findings) {
        const auto event = finding.event ? fmt::format("{}", finding.event->value) : "null";
        const auto rule =
            finding.rule.empty() ? "" : fmt::format(R"(,"rule":{})", json_quoted(finding.rule));
        say(stdout,
            fmt::format(R"({{"type":"finding","event":{},"item":{},"class":"{}","what":{}{}}})",
                        event, json_quoted(item_of(finding)), name_of(finding.is),
                        json_quoted(finding.what), rule));
    }
    say(stdout,
        fmt::format(R"({{"type":"packVerdict","ok":{},"vouchedFor":{},"size":{},"root":"{}",)"
                    R"("findings":{},"checked":{},"notChecked":{}}})",
                    !verdict.has_breach(), verdict.continues_earlier, verdict.size.value,
                    to_hex(verdict.root.view()), verdict.findings.size(),
                    json_list(verdict.checked), json_list(verdict.not_checked)));
}

}  // namespace

int main(int count, char** values) {
    const std::vector<std::string> arguments(values + 1, values + count);
    if (arguments == std::vector<std::string>{"--help"}) {
        std::fwrite(usage_text.data(), 1, usage_text.size(), stdout);
        return end(Ends::holds);
    }
    const auto asked = typed(arguments);
    if (!asked) {
        return fail(Ends::usage, "this line cannot be read", "wsoa-verify --help shows its form");
    }
    std::optional<Item> refused;
    const auto verdict = check_pack(*asked, nullptr, &refused);
    if (!verdict.ok()) {
        if (refused && asked->prints == Asked::Prints::json) {
            say(stdout,
                fmt::format(R"({{"type":"refused","item":{},"what":{}}})",
                            json_quoted(refused->str()), json_quoted(verdict.error().message)));
        }
        return fail(Ends::could_not, verdict.error().message, verdict.error().advice);
    }
    if (asked->prints == Asked::Prints::json) {
        show_json(verdict.value());
    } else {
        show(verdict.value());
    }
    if (std::fflush(stdout) != 0) {
        return fail(Ends::could_not, "the answer could not be written");
    }
    return end(verdict.value().has_breach()  ? Ends::does_not_hold
               : verdict.value().unknown > 0 ? Ends::could_not
                                             : Ends::holds);
}
