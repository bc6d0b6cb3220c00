#include "ledger/event/json_fields.h"

#include "ledger/base/decimal.h"
#include "ledger/base/names.h"
#include "ledger/base/time.h"
#include "ledger/event/json.h"
#include "ledger/event/notes.h"

#include <fmt/ranges.h>

#include <algorithm>

namespace wsoa {
namespace {

using DynamicReader = capnp::DynamicValue::Reader;

// A record's parts are told apart by commas, so the records of a list are not.
constexpr std::string_view between_parts = ", ";
constexpr std::string_view between_records = "; ";

capnp::StructSchema::Field field_at(const capnp::StructSchema& schema, std::size_t place) {
    return schema.getNonUnionFields()[static_cast<unsigned>(place)];
}

std::string text_of_bytes(const Slot& slot, capnp::Data::Reader data) {
    const ByteView bytes{data.begin(), data.size()};
    if (slot.holds != schema::Holds::UUID) {
        return to_hex(bytes);
    }
    const auto id = ChangeId::of(bytes);
    CHECK(id.ok());
    return id.value().str();
}

std::string text_of_decimal(const DynamicReader& value) {
    const auto reader = value.as<schema::Decimal>();
    return to_string(Decimal{reader.getMantissa(), reader.getScale()});
}

// One value that has no parts. The walk has seen that enumerants are known.
std::string text_of(const Slot& slot, const DynamicReader& value) {
    if (slot.wire == Wire::data) {
        return text_of_bytes(slot, value.as<capnp::Data>());
    }
    if (slot.wire == Wire::text) {
        const auto text = value.as<capnp::Text>();
        return {text.begin(), text.size()};
    }
    if (slot.wire == Wire::choice) {
        const auto choice = value.as<capnp::DynamicEnum>();
        return choice.getSchema().getEnumerants()[choice.getRaw()].getProto().getName().cStr();
    }
    switch (slot.type) {
        case FieldType::flag: return value.as<bool>() ? "true" : "false";
        case FieldType::date: return to_string(Date{value.as<schema::Date>().getDays()});
        case FieldType::month: return to_string(Month{value.as<schema::Month>().getMonths()});
        case FieldType::whole: return fmt::format("{}", value.as<schema::Whole>().getValue());
        case FieldType::index: return fmt::format("{}", value.as<schema::Index>().getValue());
        case FieldType::decimal: return text_of_decimal(value);
        default: return fmt::format("{}", value.as<std::uint64_t>());
    }
}

// Whether JSON has the value without quotes.
bool is_bare(const Slot& slot) {
    return slot.wire == Wire::number || slot.type == FieldType::whole ||
           slot.type == FieldType::index || slot.type == FieldType::decimal;
}

// Whether the value has fields of its own. A UUID is bytes, whatever its type is called.
bool is_record(const Slot& slot) {
    return slot.wire == Wire::record && slot.type == FieldType::record;
}

std::string json_of(const Slot& slot, const DynamicReader& value) {
    if (is_record(slot)) {
        return fmt::format("{{{}}}",
                           fields_as_json(*slot.record, value.as<capnp::DynamicStruct>()));
    }
    auto text = text_of(slot, value);
    return is_bare(slot) ? text : json_quoted(text);
}

std::string text_for_people(const Slot& slot, const DynamicReader& value) {
    if (!is_record(slot)) {
        return text_of(slot, value);
    }
    std::vector<std::string> parts;
    for (const auto& [name, text] :
         fields_as_text(*slot.record, value.as<capnp::DynamicStruct>())) {
        parts.push_back(fmt::format("{} {}", name, text));
    }
    return fmt::format("{}", fmt::join(parts, between_parts));
}

// A choice that may be left out is there unless it is `unset`.
bool is_there(const Slot& slot, capnp::DynamicStruct::Reader record,
              capnp::StructSchema::Field field) {
    if (slot.is_pointer()) {
        return record.has(field);
    }
    return !slot.is_optional || record.get(field).as<capnp::DynamicEnum>().getRaw() != 0;
}

// Calls `take(slot, value)` for each field that is there; a list's value is the list.
template <typename Take>
void each_present(const Layout& layout, capnp::DynamicStruct::Reader record, Take take) {
    const auto schema = record.getSchema();
    for (std::size_t i = 0; i < layout.slots.size(); ++i) {
        const auto& slot = layout.slots[i];
        const auto field = field_at(schema, i);
        if (is_there(slot, record, field)) {
            take(slot, record.get(field));
        }
    }
}

template <typename Show>
std::vector<std::string> shown_elements(const Slot& slot, const DynamicReader& list, Show show) {
    std::vector<std::string> elements;
    for (const auto element : list.as<capnp::DynamicList>()) {
        elements.push_back(show(slot, element));
    }
    return elements;
}

}  // namespace

std::string fields_as_json(const Layout& layout, capnp::DynamicStruct::Reader record) {
    std::string json;
    each_present(layout, record, [&](const Slot& slot, const DynamicReader& value) {
        json += json.empty() ? "" : ",";
        json += json_quoted(slot.name);
        json += ':';
        if (slot.is_list) {
            const auto elements = shown_elements(slot, value, json_of);
            json += fmt::format("[{}]", fmt::join(elements, ","));
        } else {
            json += json_of(slot, value);
        }
    });
    return json;
}

std::vector<std::pair<std::string, std::string>> fields_as_text(
    const Layout& layout, capnp::DynamicStruct::Reader record) {
    std::vector<std::pair<std::string, std::string>> fields;
    each_present(layout, record, [&](const Slot& slot, const DynamicReader& value) {
        if (slot.is_list) {
            const auto elements = shown_elements(slot, value, text_for_people);
            const auto between = is_record(slot) ? between_records : between_parts;
            fields.emplace_back(slot.name, fmt::format("{}", fmt::join(elements, between)));
        } else {
            fields.emplace_back(slot.name, text_for_people(slot, value));
        }
    });
    return fields;
}

std::vector<std::string> field_names(const Layout& layout) {
    std::vector<std::string> names;
    for (const auto& slot : layout.slots) {
        names.push_back(slot.name);
    }
    return names;
}

}  // namespace wsoa
