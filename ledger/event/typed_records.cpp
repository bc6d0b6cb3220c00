#include "ledger/event/typed_records.h"

#include "ledger/event/json_fields.h"

#include <fmt/ranges.h>

namespace wsoa {
namespace {

std::vector<std::string_view> split_at(std::string_view text, char mark) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(mark);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(end + 1);
    }
}

// Whether JSON has a value of this slot without quotes.
bool is_number(const Slot& slot) {
    return slot.type == FieldType::number || slot.type == FieldType::whole ||
           slot.type == FieldType::index || slot.type == FieldType::decimal;
}

}  // namespace

Result<JsonValue> record_from_text(const Layout& record, std::string_view typed) {
    const auto values = split_at(typed, '=');
    JsonValue object;
    object.type = JsonValue::Type::object;
    for (std::size_t i = 0; i < record.slots.size(); ++i) {
        const auto& slot = record.slots[i];
        if (i >= values.size() && slot.is_optional) {
            continue;
        }
        if (i >= values.size() || values.size() > record.slots.size()) {
            return error(Fault::invalid, "{} has {} values", quoted_in_message(typed),
                         values.size())
                .advise(
                    fmt::format("give {}, with = between", fmt::join(field_names(record), ", ")));
        }
        JsonValue value;
        value.type = is_number(slot) ? JsonValue::Type::number : JsonValue::Type::text;
        value.text = values[i];
        object.members.push_back({slot.name, std::move(value)});
    }
    return object;
}

Result<JsonValue> records_from_text(const Layout& record, std::string_view typed) {
    JsonValue list;
    list.type = JsonValue::Type::list;
    if (typed.empty()) {
        return list;
    }
    for (const auto element : split_at(typed, ',')) {
        auto object = record_from_text(record, element);
        if (!object.ok()) {
            return std::move(object).error().explain("element {}", list.elements.size() + 1);
        }
        list.elements.push_back(std::move(object).value());
    }
    return list;
}

}  // namespace wsoa
