#include "ledger/base/decimal.h"
#include "ledger/base/names.h"
#include "ledger/base/time.h"
#include "ledger/event/json_fields.h"
#include "ledger/event/notes.h"

#include <algorithm>

namespace wsoa {
namespace {

capnp::StructSchema::Field field_at(const capnp::StructSchema& schema, std::size_t place) {
    return schema.getNonUnionFields()[static_cast<unsigned>(place)];
}

// Whether the value has fields of its own. A UUID is bytes, whatever its type is called.
bool is_record(const Slot& slot) {
    return slot.wire == Wire::record && slot.type == FieldType::record;
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

Result<void> fill_decimal(capnp::DynamicStruct::Builder record, const JsonValue& value) {
    TRY(check_type(value, JsonValue::Type::number));
    const auto decimal = TRY(Decimal::parse(value.text));
    auto fields = record.as<schema::Decimal>();
    fields.setMantissa(decimal.mantissa);
    fields.setScale(decimal.scale);
    return done();
}

// A struct of the schema that stands for one value.
Result<void> fill_value(const Slot& slot, capnp::DynamicStruct::Builder record,
                        const JsonValue& value) {
    const auto only = record.getSchema().getFields()[0];
    if (slot.type == FieldType::decimal) {
        return fill_decimal(record, value);
    }
    if (slot.type == FieldType::date) {
        const auto text = TRY(text_in(value));
        const auto date = TRY(parse_date(text));
        record.set(only, date.days);
    } else if (slot.type == FieldType::month) {
        const auto text = TRY(text_in(value));
        const auto month = TRY(parse_month(text));
        record.set(only, month.months);
    } else {
        const auto number = TRY(number_in(value, largest_within(slot)));
        record.set(only, number);
    }
    return done();
}

// A struct of the schema: a record, or a value that may be absent.
Result<void> fill_struct(const Slot& slot, capnp::DynamicStruct::Builder record,
                         const JsonValue& value) {
    return is_record(slot) ? fill_record(*slot.record, record, value)
                           : fill_value(slot, record, value);
}

// A set of dates, in whatever order it is given.
Result<void> sort_dates(const Slot& slot, capnp::DynamicList::Builder list) {
    if (!slot.is_set || slot.type != FieldType::date) {
        return done();
    }
    std::vector<std::int32_t> days;
    for (unsigned i = 0; i < list.size(); ++i) {
        days.push_back(list[i].as<schema::Date>().getDays());
    }
    std::ranges::sort(days);
    if (std::ranges::adjacent_find(days) != days.end()) {
        return Error{Fault::invalid, "an element stands there twice"};
    }
    for (unsigned i = 0; i < list.size(); ++i) {
        list[i].as<schema::Date>().setDays(days[i]);
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
    CHECK(target.slot.wire == Wire::record);
    auto list =
        target.record.init(target.field, static_cast<unsigned>(count)).as<capnp::DynamicList>();
    for (unsigned i = 0; i < list.size(); ++i) {
        auto filled =
            fill_struct(target.slot, list[i].as<capnp::DynamicStruct>(), value.elements[i]);
        if (!filled.ok()) {
            return std::move(filled).error().explain("element {}", i + 1);
        }
    }
    return sort_dates(target.slot, list);
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
        case Wire::record:
            return fill_struct(target.slot,
                               target.record.init(target.field).as<capnp::DynamicStruct>(), value);
    }
    check_failed("every field is filled in", __FILE__, __LINE__);
}

}  // namespace

Result<void> fill_field_named(const Layout& layout, capnp::DynamicStruct::Builder record,
                              std::string_view name, const JsonValue& value) {
    for (std::size_t i = 0; i < layout.slots.size(); ++i) {
        if (layout.slots[i].name == name) {
            return fill_field({layout.slots[i], record, field_at(record.getSchema(), i)}, value);
        }
    }
    check_failed("the record has a field of that name", __FILE__, __LINE__);
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

}  // namespace wsoa
