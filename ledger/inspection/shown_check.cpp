#include "ledger/inspection/shown_check.h"

#include "ledger/base/limits.h"
#include "ledger/base/text.h"
#include "ledger/event/choices.h"
#include "ledger/event/event.h"
#include "ledger/event/json.h"
#include "ledger/event/json_reader.h"
#include "ledger/event/kinds.h"
#include "ledger/plan/calendar.h"

#include <algorithm>
#include <map>

namespace wsoa {
namespace {

constexpr std::size_t shown_bytes_max = std::size_t{64} << 20;
constexpr std::size_t shown_values_max = 1'000'000;  // a plan's line names every action

// Values as JSON, each spelled in one way: members of objects in their order.
using Values = std::map<std::string, std::string>;

std::string text(std::string_view value) { return json_quoted(value); }
std::string text(const std::optional<Date>& day) {
    return day ? json_quoted(to_string(*day)) : "null";
}
template <typename Setting, typename Spell>
std::string setting(const Setting* found, const Spell& spell) {
    return found == nullptr ? "null" : spell(found->value);
}
std::string name(const PersonId& person) { return json_quoted(person.str()); }

std::string object(const Values& values) {
    std::string members;
    for (const auto& [key, value] : values) {
        members += fmt::format("{}{}:{}", members.empty() ? "" : ",", json_quoted(key), value);
    }
    return "{" + members + "}";
}

std::string spelled(const JsonValue& value) {
    switch (value.type) {
        case JsonValue::Type::null: return "null";
        case JsonValue::Type::flag: return value.flag ? "true" : "false";
        case JsonValue::Type::number: return value.text;
        case JsonValue::Type::text: return json_quoted(value.text);
        case JsonValue::Type::list: {
            std::string elements;
            for (const auto& element : value.elements) {
                elements += (elements.empty() ? "" : ",") + spelled(element);
            }
            return "[" + elements + "]";
        }
        case JsonValue::Type::object: break;
    }
    Values members;
    for (const auto& [key, member] : value.members) {
        members.insert_or_assign(key, spelled(member));
    }
    return object(members);
}

// The proposal that waits for a second person at the end of the day; "null" for none.
std::string waiting(const Ratings& ratings, Date day) {
    std::string waits = "null";
    for (const auto& proposal : ratings.proposals) {
        const bool is_confirmed =
            std::ranges::any_of(ratings.confirmed.settings(), [&](const auto& each) {
                return each.value.proposal == proposal.index && each.effective <= day;
            });
        if (proposal.effective <= day && !is_confirmed) {
            waits = fmt::format("{}", proposal.index.value);
        }
    }
    return waits;
}

Values of_action(const Plan& plan, const Action& action, Date day) {
    const auto rating = delivery_on(plan, action, day);
    const auto percent = [](const ProgressReport& report) {
        return report.percent ? fmt::format("{}", *report.percent) : "null";
    };
    return {{"area", text(action.area.str())},
            {"stage", text(choice_name(action.stage_on(day)))},
            {"rating", text(rating.code)},
            {"because", text(name_of(rating.because))},
            {"overdue", rating.because == ShownRating::Because::overdue ? "true" : "false"},
            {"owner", setting(action.owner.at(day), name)},
            {"accountable", setting(action.accountable.at(day), name)},
            {"organisation", text(name_of(action.organisation))},
            {"deadline", text(deadline_on(action, day))},
            {"originalDeadline", text(action.original_deadline)},
            {"percent", setting(action.progress.at(day), percent)},
            {"waits", waiting(action.delivery, day)}};
}

template <typename Enum>
std::string choice(Enum value) {
    return json_quoted(choice_name(value));
}

Values of_area(const Area& area, Date day) {
    const auto rating = impact_on(area, day);
    return {{"rating", text(rating.code)},
            {"because", text(name_of(rating.because))},
            {"impact", text(rating.code)},
            {"lead", setting(area.lead.at(day), name)},
            {"stage", setting(area.stage.at(day), choice<schema::AreaStage>)}};
}

Values of_evidence(const Evidence& item, Date day) {
    const auto* due = item.review_by.at(day);
    return {{"kind", text(name_of(item.type))},
            {"version", fmt::format("{}", item.version)},
            {"registered", text(item.added_on)},
            {"by", name(item.by)},
            {"state", setting(item.stage.at(day), choice<schema::EvidenceStage>)},
            {"source", item.source ? text(name_of(*item.source)) : "null"},
            {"dateOfDocument", text(item.date_of_document)},
            {"periodStart", text(item.period_start)},
            {"periodEnd", text(item.period_end)},
            {"personalData", text(name_of(item.personal_data))},
            {"reviewBy", due == nullptr ? "null" : text(due->value)},
            {"document", item.document ? fmt::format("{}", item.document->number.value) : "null"}};
}

Values numbers(const std::map<std::string, std::size_t>& counts) {
    Values values;
    for (const auto& [key, count] : counts) {
        values.emplace(key, fmt::format("{}", count));
    }
    return values;
}

// What one part must say, and the event whose words are its title.
struct Due {
    Values values;
    EventIndex titled_by;
};

// By "action TH-1.2". Actions are shown under their areas.
std::map<std::string, Due> parts_due(const Plan& plan, const PackAbout& about) {
    const auto day = about.as_at;
    std::map<std::string, Due> due;
    Values ratings;
    Values impact;
    std::map<std::string, std::size_t> counts;
    for (const auto* code : {"GY", "UN", "R", "A", "G", "B"}) {
        counts.emplace(code, 0);
    }
    for (const auto& [ref, area] : plan.areas) {
        if (area.added_on <= day) {
            const auto* titled = area.title.at(day);
            due.insert_or_assign(
                "area " + ref.str(),
                Due{.values = of_area(area, day),
                    .titled_by = titled == nullptr ? area.added_at : titled->value});
            impact.insert_or_assign(ref.str(), text(impact_on(area, day).code));
        }
    }
    for (const auto& [ref, action] : plan.actions) {
        if (action.added_on <= day && impact.contains(action.area.str())) {
            due.insert_or_assign("action " + ref.str(), Due{.values = of_action(plan, action, day),
                                                            .titled_by = action.added_at});
            const auto code = delivery_on(plan, action, day).code;
            ratings.insert_or_assign(ref.str(), text(code));
            ++counts[std::string(code)];
        }
    }
    for (const auto& [ref, item] : plan.evidence) {
        if (item.added_on <= day) {
            due.insert_or_assign("evidence " + ref.str(),
                                 Due{.values = of_evidence(item, day), .titled_by = item.added_at});
        }
    }
    due.insert_or_assign(
        "plan " + plan.ref.str(),
        Due{.values = {{"asAt", text(about.as_at)},
                       {"asKnown", text(about.as_known)},
                       {"stage", setting(plan.stage.at(day), choice<schema::PlanStage>)},
                       {"ratings", object(ratings)},
                       {"counts", object(numbers(counts))},
                       {"impact", object(impact)}},
            .titled_by = plan.drafted_at});
    return due;
}

// The title that was disclosed and is what the event commits to; null where there is none.
std::optional<std::string> title_of(const PackFile& pack, EventIndex index) {
    const auto& words = pack.words_of(index);
    const auto event = words.empty() ? std::nullopt : pack.event(index);
    if (!event) {
        return std::nullopt;
    }
    std::optional<std::string> title;
    const auto& commitments = event->envelope().words;
    for (const auto& word : words) {
        const auto committed = std::ranges::find(commitments, word.field, &WordCommitment::field);
        if (word.field == schema::WordField::TITLE && committed != commitments.end() &&
            check_text(word.text, limits::word_bytes_max).ok() &&
            commit_to(event->envelope().ledger, word) == committed->commitment) {
            title = word.text;
        }
    }
    return title;
}

std::string text_of_member(const JsonValue& part, std::string_view key) {
    const auto* const value = part.find(key);
    return value != nullptr && value->type == JsonValue::Type::text ? value->text : std::string();
}

// Compares one line with what is due, and takes that out.
void compare(const JsonValue& part, const PackFile& pack, std::map<std::string, Due>& due,
             std::vector<std::string>& found) {
    const auto part_name =
        fmt::format("{} {}", text_of_member(part, "type"), text_of_member(part, "ref"));
    const auto expected = due.find(part_name);
    if (expected == due.end()) {
        found.push_back(fmt::format("{} is told of, which the events do not give",
                                    quoted_in_message(part_name)));
        return;
    }
    for (const auto& [key, value] : expected->second.values) {
        const auto* const told = part.find(key);
        if (told == nullptr || spelled(*told) != value) {
            found.push_back(fmt::format("{}: \"{}\" is not what the events give", part_name, key));
        }
    }
    for (const auto& [key, value] : part.members) {
        if (!expected->second.values.contains(key) && key != "type" && key != "ref" &&
            key != "title") {
            found.push_back(fmt::format("{}: {} is nothing that a pack shows", part_name,
                                        quoted_in_message(key)));
        }
    }
    const auto title = title_of(pack, expected->second.titled_by).value_or("");
    const auto* const told = part.find("title");
    if (told == nullptr || spelled(*told) != json_quoted(title)) {
        found.push_back(part_name + ": its title is not the one that was disclosed");
    }
    due.erase(expected);
}

Result<std::vector<JsonValue>> lines_of(std::string_view rest) {
    std::vector<JsonValue> parts;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        if (end > 0) {
            auto part = TRY(read_json(rest.substr(0, end), shown_values_max));
            TRY(check_type(part, JsonValue::Type::object));
            parts.push_back(std::move(part));
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return parts;
}

}  // namespace

std::vector<std::string> differences_in_shown(const PackFile& pack, const Plan& plan) {
    const auto* const member = pack.archive().find("shown.jsonl");
    if (member == nullptr) {
        return {};  // it is among the members that lack
    }
    const auto bytes = pack.archive().look(*member, shown_bytes_max);
    const auto parts = bytes.ok() ? lines_of(text_of(bytes.value()))
                                  : Result<std::vector<JsonValue>>(bytes.error());
    if (!parts.ok()) {
        return {parts.error().message};
    }
    auto due = parts_due(plan, pack.about());
    std::vector<std::string> found;
    for (const auto& part : parts.value()) {
        compare(part, pack, due, found);
    }
    for (const auto& [part_name, expected] : due) {
        found.push_back(part_name + " is left out");
    }
    return found;
}

}  // namespace wsoa
