#include "cli/commands/rules.h"

#include "cli/arguments.h"
#include "cli/output.h"
#include "cli/render/kinds.h"
#include "cli/render/table.h"
#include "cli/render/text.h"
#include "ledger/event/kinds.h"
#include "ledger/plan/rule_advice.h"
#include "ledger/plan/rules.h"

#include <fmt/ranges.h>

#include <algorithm>

namespace wsoa {
namespace {

constexpr std::size_t indent = 5;

bool is_about(const Rule& rule, Kind kind) {
    const auto kinds = rule.judge.kinds();
    return kinds.empty() || std::ranges::find(kinds, kind) != kinds.end();
}

Json rule_json(const RuleGroup& group, const Rule& rule) {
    auto kinds = Json::array();
    for (const auto kind : rule.judge.kinds()) {
        kinds.push(name_of(kind));
    }
    return Json::object()
        .set("type", "rule")
        .set("rule", rule.id)
        .set("about", group.heading)
        .set("sentence", rule.sentence)
        .set("since", rule.since)
        .set("until", rule.until == 0 ? Json() : Json(rule.until))
        .set("kinds", kinds)
        .set("satisfiedBy", satisfied_by(rule.id));
}

std::vector<std::string> subjects_of(const KindRule& rule) {
    std::vector<std::string> names;
    for (const auto subject : rule.about) {
        names.emplace_back(rules::name_of_subject(subject));
    }
    return names;
}

template <typename Member>
std::vector<std::string> named(const std::vector<Member>& members) {
    std::vector<std::string> names;
    for (const auto member : members) {
        names.emplace_back(name_of(member));
    }
    return names;
}

template <typename Member>
std::vector<std::string> in_words(const std::vector<Member>& members) {
    std::vector<std::string> names;
    for (const auto& name : named(members)) {
        names.push_back(name_in_words(name));
    }
    return names;
}

Json array_of(const std::vector<std::string>& texts) {
    auto json = Json::array();
    for (const auto& text : texts) {
        json.push(text);
    }
    return json;
}

std::string_view reach_name(Reach reach) {
    switch (reach) {
        case Reach::subject: return "subject";
        case Reach::plan: return "plan";
        case Reach::self: return "self";
    }
    CHECK(false);
    return {};
}

Json kind_json(const KindInfo& info) {
    const auto& rule = kind_rule(info.kind);
    auto rules = Json::array();
    for (const auto& each : all_rules()) {
        if (is_about(each, info.kind)) {
            rules.push(each.id);
        }
    }
    return Json::object()
        .set("type", "kind")
        .set("kind", info.name)
        .set("help", info.help)
        .set("about", array_of(subjects_of(rule)))
        .set("reach", reach_name(rule.reach))
        .set("roles", array_of(named(rule.roles)))
        .set("words", array_of(named(rule.required)))
        .set("mayHaveWords", array_of(named(rule.optional)))
        .set("adds", rule.adds != KindRule::Adds::nothing)
        .set("decides", rule.decides == KindRule::Decides::yes)
        .set("rules", rules);
}

std::string who_may(const KindRule& rule) {
    if (rule.reach == Reach::self) {
        return rule.roles.empty()
                   ? "whoever holds a role, for what concerns themselves"
                   : fmt::format("{}, for themselves", fmt::join(in_words(rule.roles), ", "));
    }
    const auto* const where = rule.reach == Reach::plan ? ", with a role anywhere in the plan" : "";
    return fmt::format("{}{}", fmt::join(in_words(rule.roles), ", "), where);
}

std::string with_words(const KindRule& rule) {
    auto text = rule.required.empty() ? std::string("none are needed")
                                      : fmt::format("{}", fmt::join(in_words(rule.required), ", "));
    if (!rule.optional.empty()) {
        text += fmt::format("; there may be {}", fmt::join(in_words(rule.optional), ", "));
    }
    return text;
}

std::string kind_text(const KindInfo& info, const Style& style) {
    const auto& rule = kind_rule(info.kind);
    auto about = fmt::format("{}", fmt::join(subjects_of(rule), ", "));
    about += rule.adds == KindRule::Adds::subject ? ", which it adds" : "";
    const auto line = [&](std::string_view label, std::string_view text) {
        return fmt::format("  {:<8}{}\n", label, hanging(text, 10, style.width));
    };
    return fmt::format("{}: {}\n", info.name, hanging(info.help, indent, style.width)) +
           line("about", about) + line("who", who_may(rule)) + line("words", with_words(rule)) +
           (rule.decides == KindRule::Decides::yes
                ? line("when", "a decision: of today, or of the day of a recorded meeting")
                : "");
}

std::string rule_text(const Rule& rule, const Style& style) {
    return fmt::format("{}  {}\n", rule.id, hanging(rule.sentence, indent, style.width));
}

std::string kinds_text(const Rule& rule) {
    const auto kinds = rule.judge.kinds();
    if (kinds.empty()) {
        return "every kind of change that it can meet";
    }
    return fmt::format("{}", fmt::join(named(std::vector<Kind>(kinds.begin(), kinds.end())), ", "));
}

void explain_rule(Output& output, const RuleGroup& group, const Rule& rule) {
    output.text(
        rule_text(rule, output.style()) + "\n" +
        labelled_text({{"Under", {std::string(group.heading)}},
                       {"About", {kinds_text(rule)}},
                       {"Satisfied by", {std::string(satisfied_by(rule.id))}},
                       {"In rulebooks",
                        {rule.until == 0 ? fmt::format("from {} on", rule.since)
                                         : fmt::format("{} to {}", rule.since, rule.until)}}},
                      output.style()));
    output.json(rule_json(group, rule));
}

void explain_kind(Output& output, const KindInfo& info) {
    output.text(kind_text(info, output.style()) + "\nRules that judge it\n");
    output.json(kind_json(info));
    for (const auto& rule : all_rules()) {
        if (is_about(rule, info.kind)) {
            output.text(rule_text(rule, output.style()));
        }
    }
    output.text(fmt::format("\n`wsoa record {} --help` shows how it is recorded", info.name));
}

void explain_all(Output& output) {
    output.text(
        "What may be recorded is judged by these rules. A change that breaks one is "
        "refused, and the refusal names it.\n");
    for (const auto& group : rule_groups()) {
        if (group.rules.empty()) {
            continue;
        }
        output.text(fmt::format("\n{}\n", group.heading));
        for (const auto& rule : group.rules) {
            output.text(rule_text(rule, output.style()));
            output.json(rule_json(group, rule));
        }
    }
    output.text("\nWho may record what, about what, with which words\n");
    for (const auto& info : all_kinds()) {
        output.text("\n" + kind_text(info, output.style()));
        output.json(kind_json(info));
    }
}

Result<Exit> rules_for(Output& output, const std::string& typed) {
    std::vector<std::string> names;
    for (const auto& group : rule_groups()) {
        for (const auto& rule : group.rules) {
            if (rule.id == typed) {
                explain_rule(output, group, rule);
                return Exit::done;
            }
            names.emplace_back(rule.id);
        }
    }
    for (const auto& info : all_kinds()) {
        if (info.name == typed) {
            explain_kind(output, info);
            return Exit::done;
        }
        names.push_back(info.name);
    }
    const auto near = nearest(typed, names);
    return error(Fault::invalid, "there is no rule and no kind of change \"{}\"", typed)
        .advise(near ? fmt::format("did you mean {}?", *near)
                     : std::string("`wsoa rules` lists all of them"));
}

Result<Exit> explain(const Invocation& given, Surroundings& around) {
    const auto what = given.find("WHAT");
    if (what) {
        return rules_for(around.output, *what);
    }
    explain_all(around.output);
    return Exit::done;
}

}  // namespace

CommandSpec rules_command() {
    return {.name = "rules",
            .group = Group::about,
            .help = "explain the rules, and who may record what with which words",
            .example = "wsoa rules\nwsoa rules R02\nwsoa rules ratingConfirmed",
            .words = {{.name = "WHAT",
                       .help = "a rule such as R02, or a kind of change such as ratingConfirmed",
                       .presence = Presence::optional}},
            .run = explain};
}

}  // namespace wsoa
