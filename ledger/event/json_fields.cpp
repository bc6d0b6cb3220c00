#include "ledger/event/json_fields.h"

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
        default: return fmt::format("{}", value.as<std::uint64_t>());
    }
}

// Whether JSON has the value without quotes.
bool is_bare(const Slot& slot) {
    return slot.wire == Wire::number || slot.type == FieldType::whole ||
           slot.type == FieldType::index;
}

// Whether the value has fields of its own. A UUID is bytes, whatever its type is called.
bool is_record(const Slot& slot) {
    return slot.wire == Wire::record && slot.type == FieldType::record;
}

std::string json_of(const Slot& slot, const DynamicReader& value) {
    if (is_record(slot)) {
        return "{" + fields_as_json(*slot.record, value.as<capnp::DynamicStruct>()) + "}";
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

// Calls `take(slot, value)` for each field that is there; a list's value is the list.
template <typename Take>
void each_present(const Layout& layout, capnp::DynamicStruct::Reader record, Take take) {
    const auto schema = record.getSchema();
    for (std::size_t i = 0; i < layout.slots.size(); ++i) {
        const auto& slot = layout.slots[i];
        const auto field = field_at(schema, i);
        if (!slot.is_pointer() || record.has(field)) {
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

// The largest number that the schema and the number's width leave.
std::uint64_t largest(const Slot& slot) {
    const auto widest = slot.bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << slot.bits) - 1;
    return slot.most > 0 ? std::min(slot.most, widest) : widest;
}

// The same of a number in a struct of its own, which the outer field may bound further.
std::uint64_t largest_within(const Slot& slot) {
    const auto inner = largest(slot.record->slots.front());
    return slot.most > 0 ? std::min(slot.most, inner) : inner;
}

Result<std::uint16_t> choice_in(const JsonValue& value, capnp::EnumSchema schema) {
    const auto typed = TRY(text_in(value));
    const auto names = names_of(schema);
    // Member 0 is `unset`, which nobody may choose.
    const auto found = std::find(names.begin() + 1, names.end(), typed);
    if (found == names.end()) {
        return error(Fault::invalid, "{} is none of the choices", quoted_in_message(typed))
            .advise(advice_for(typed, {names.begin() + 1, names.end()}));
    }
    return static_cast<std::uint16_t>(found - names.begin());
}

Result<std::string_view> held_text_in(const Slot& slot, const JsonValue& value) {
    const auto text = TRY(text_in(value));
    TRY(check_held_text(slot.holds, text));
    return text;
}

// What is about to be filled in: one field of a record.
struct Target {
    const Slot& slot;
    capnp::DynamicStruct::Builder record;
    capnp::StructSchema::Field field;
};

Result<void> fill_number(Target target, const JsonValue& value) {
    if (target.slot.type == FieldType::flag) {
        const auto flag = TRY(flag_in(value));
        target.record.set(target.field, flag);
    } else {
        const auto number = TRY(number_in(value, largest(target.slot)));
        target.record.set(target.field, number);
    }
    return done();
}

Result<void> fill_bytes(Target target, const JsonValue& value) {
    const auto text = TRY(text_in(value));
    Bytes bytes;
    if (target.slot.holds == schema::Holds::UUID) {
        const auto id = TRY(ChangeId::parse(text));
        bytes = copy_of(id.view());
    } else {
        bytes = TRY(from_hex(text));
        TRY(check_held_data(target.slot.holds, bytes));
    }
    target.record.set(target.field, capnp::Data::Reader(bytes.data(), bytes.size()));
    return done();
}

Result<void> fill_record(const Layout& layout, capnp::DynamicStruct::Builder record,
                         const JsonValue& value) {
    TRY(check_type(value, JsonValue::Type::object));
    TRY(check_keys(value, field_names(layout)));
    return fill_fields(layout, record, value);
}

// A struct of the schema: a record, or a number that may be absent.
Result<void> fill_struct(Target target, const JsonValue& value) {
    const auto& slot = target.slot;
    if (is_record(slot)) {
        auto record = target.record.init(target.field).as<capnp::DynamicStruct>();
        return fill_record(*slot.record, record, value);
    }
    std::int64_t days = 0;
    std::uint64_t number = 0;
    if (slot.type == FieldType::date) {
        const auto text = TRY(text_in(value));
        days = TRY(parse_date(text)).days;
    } else if (slot.type == FieldType::month) {
        const auto text = TRY(text_in(value));
        number = TRY(parse_month(text)).months;
    } else {
        number = TRY(number_in(value, largest_within(slot)));
    }
    auto record = target.record.init(target.field).as<capnp::DynamicStruct>();
    const auto only = record.getSchema().getFields()[0];
    if (slot.type == FieldType::date) {
        record.set(only, days);
    } else {
        record.set(only, number);
    }
    return done();
}

// The elements of a list, read by `read`; in order and each once if the list is a set.
template <typename Element, typename Read>
Result<std::vector<Element>> elements_of(const Slot& slot, const JsonValue& value, Read read) {
    std::vector<Element> elements;
    for (const auto& element : value.elements) {
        auto taken = read(element);
        if (!taken.ok()) {
            return std::move(taken).error().explain("element {}", elements.size() + 1);
        }
        elements.push_back(std::move(taken).value());
    }
    if (slot.is_set) {
        std::ranges::sort(elements);
        if (std::ranges::adjacent_find(elements) != elements.end()) {
            return Error{Fault::invalid, "an element stands there twice"};
        }
    }
    return elements;
}

Result<void> fill_choices(Target target, const JsonValue& value) {
    const auto schema = target.field.getType().asList().getElementType().asEnum();
    const auto members = TRY(elements_of<std::uint16_t>(
        target.slot, value, [&](const JsonValue& element) { return choice_in(element, schema); }));
    auto list = target.record.init(target.field, static_cast<unsigned>(members.size()))
                    .as<capnp::DynamicList>();
    for (unsigned i = 0; i < list.size(); ++i) {
        list.set(i, capnp::DynamicEnum(schema, members[i]));
    }
    return done();
}

Result<void> fill_texts(Target target, const JsonValue& value) {
    const auto texts =
        TRY(elements_of<std::string_view>(target.slot, value, [&](const JsonValue& element) {
            return held_text_in(target.slot, element);
        }));
    auto list = target.record.init(target.field, static_cast<unsigned>(texts.size()))
                    .as<capnp::DynamicList>();
    for (unsigned i = 0; i < list.size(); ++i) {
        // Each is the whole of a std::string, so that the NUL that Cap'n Proto asks for is there.
        list.set(i, capnp::Text::Reader(texts[i].data(), texts[i].size()));
    }
    return done();
}

Result<void> fill_list(Target target, const JsonValue& value) {
    TRY(check_type(value, JsonValue::Type::list));
    const auto count = value.elements.size();
    if (count > target.slot.most) {
        return error(Fault::invalid, "there are {} elements; at most {} are taken", count,
                     target.slot.most);
    }
    if (target.slot.wire == Wire::choice) {
        return fill_choices(target, value);
    }
    if (target.slot.wire == Wire::text) {
        return fill_texts(target, value);
    }
    CHECK(is_record(target.slot));
    auto list =
        target.record.init(target.field, static_cast<unsigned>(count)).as<capnp::DynamicList>();
    for (unsigned i = 0; i < list.size(); ++i) {
        auto filled =
            fill_record(*target.slot.record, list[i].as<capnp::DynamicStruct>(), value.elements[i]);
        if (!filled.ok()) {
            return std::move(filled).error().explain("element {}", i + 1);
        }
    }
    return done();
}

Result<void> fill_field(Target target, const JsonValue& value) {
    if (target.slot.is_list) {
        return fill_list(target, value);
    }
    switch (target.slot.wire) {
        case Wire::number: return fill_number(target, value);
        case Wire::choice: {
            const auto schema = target.field.getType().asEnum();
            const auto member = TRY(choice_in(value, schema));
            target.record.set(target.field, capnp::DynamicEnum(schema, member));
            return done();
        }
        case Wire::text: {
            const auto text = TRY(held_text_in(target.slot, value));
            target.record.set(target.field, capnp::Text::Reader(text.data(), text.size()));
            return done();
        }
        case Wire::data: return fill_bytes(target, value);
        case Wire::record: return fill_struct(target, value);
    }
    check_failed("every field is filled in", __FILE__, __LINE__);
}

}  // namespace

std::string fields_as_json(const Layout& layout, capnp::DynamicStruct::Reader record) {
    std::string json;
    each_present(layout, record, [&](const Slot& slot, const DynamicReader& value) {
        json += (json.empty() ? "" : ",") + json_quoted(slot.name) + ":";
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

Result<void> fill_fields(const Layout& layout, capnp::DynamicStruct::Builder record,
                         const JsonValue& object) {
    const auto schema = record.getSchema();
    for (std::size_t i = 0; i < layout.slots.size(); ++i) {
        const auto& slot = layout.slots[i];
        const auto* value = object.find(slot.name);
        const bool is_absent = value == nullptr || value->type == JsonValue::Type::null;
        if (is_absent && slot.is_optional) {
            continue;
        }
        if (is_absent) {
            return error(Fault::invalid, "{}: it {}", slot.name,
                         value == nullptr ? "is missing" : "may not be null");
        }
        auto filled = fill_field({slot, record, field_at(schema, i)}, *value);
        if (!filled.ok()) {
            return std::move(filled).error().explain("{}", slot.name);
        }
    }
    return done();
}

std::vector<std::string> field_names(const Layout& layout) {
    std::vector<std::string> names;
    for (const auto& slot : layout.slots) {
        names.push_back(slot.name);
    }
    return names;
}

}  // namespace wsoa
