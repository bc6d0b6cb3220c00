#include "cli/commands/findings.h"

#include "cli/render/table.h"
#include "ledger/tree/anchored.h"

namespace wsoa {

void show_findings(Output& output, const std::vector<Finding>& findings) {
    Table table({{"Event", Align::right}, {"Class"}, {"What was found"}});
    for (const auto& finding : findings) {
        const auto event = finding.event ? std::to_string(finding.event->value) : std::string("-");
        const auto what =
            finding.what + (finding.rule.empty() ? "" : " (rule " + finding.rule + ")");
        table.add({{event}, {std::string(name_of(finding.is))}, {what}});
        auto json = Json::object();
        json.set("type", "finding")
            .set("event", finding.event ? Json(finding.event->value) : Json())
            .set("item", item_of(finding))
            .set("class", name_of(finding.is))
            .set("what", finding.what);
        if (!finding.rule.empty()) {
            json.set("rule", finding.rule);
        }
        output.json(json);
    }
    if (!table.empty()) {
        output.text(table.text(output.style()) + "\n");
    }
}

void show_bounds(Output& output, const std::vector<TimeBound>& bounds) {
    for (const auto& bound : bounds) {
        auto json = Json::object();
        json.set("type", "bound")
            .set("first", bound.events.begin)
            .set("last", bound.events.end - 1);
        if (bound.not_before) {
            json.set("notBefore", time_said(bound.not_before->seconds))
                .set("notBeforeBy", bound.not_before->by);
        }
        if (bound.not_after) {
            json.set("notAfter", time_said(bound.not_after->seconds))
                .set("notAfterBy", bound.not_after->by);
        }
        output.json(json);
    }
}

ShownChecks show_checks(Output& output, const std::vector<std::string>& checked,
                        const std::vector<std::string>& not_checked) {
    ShownChecks shown{Json::array(), Json::array()};
    for (const auto& line : checked) {
        output.text("Checked:      " + line);
        shown.checked.push(line);
    }
    for (const auto& line : not_checked) {
        output.text("Not checked:  " + line);
        shown.not_checked.push(line);
    }
    return shown;
}

}  // namespace wsoa
