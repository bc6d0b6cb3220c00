#include "ledger/event/change.h"

#include "ledger/base/decimal.h"
#include "ledger/base/limits.h"
#include "ledger/event/json_fields.h"
#include "ledger/event/kinds.h"
#include "ledger/event/message.h"
#include "ledger/event/notes.h"
#include "ledger/event/typed_records.h"

#include <capnp/dynamic.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace wsoa {
namespace {

capnp::Data::Reader data_from(ByteView bytes) { return {bytes.data(), bytes.size()}; }

// A text that Cap'n Proto may read: it asks for the NUL behind it.
capnp::Text::Reader text_from(const std::string& text) { return {text.c_str(), text.size()}; }

Result<std::uint64_t> parse_number(std::string_view typed, std::uint64_t most) {
    std::uint64_t number = 0;
    const auto* end = typed.data() + typed.size();
    const auto read = std::from_chars(typed.data(), end, number);
    const bool plain =
        read.ec == std::errc{} && read.ptr == end && (typed.size() == 1 || typed.front() != '0');
    if (!plain || number > most) {
        return error(Fault::invalid, "\"{}\" is not a whole number from 0 to {}",
                     typed.substr(0, limits::reference_bytes_max), most);
    }
    return number;
}

Result<std::uint64_t> parse_flag(std::string_view typed) {
    if (typed != "true" && typed != "false") {
        return error(Fault::invalid, "\"{}\" is neither true nor false",
                     typed.substr(0, limits::reference_bytes_max));
    }
    return std::uint64_t{typed == "true"};
}

// The number of an enum's member.
Result<std::uint64_t> parse_choice(std::string_view typed,
                                   const std::vector<std::string>& choices) {
    const auto found = std::ranges::find(choices, typed);
    if (found != choices.end()) {
        return static_cast<std::uint64_t>(found - choices.begin()) + 1;
    }
    auto refusal = error(Fault::invalid, "\"{}\" is none of the choices",
                         typed.substr(0, limits::reference_bytes_max));
    const auto near = nearest(typed, choices);
    return std::move(refusal).advise(near ? fmt::format("did you mean {}?", *near)
                                          : fmt::format("use one of {}", fmt::join(choices, ", ")));
}

// "a,b" as its elements; nothing at all is the empty list.
std::vector<std::string> split(std::string_view typed) {
    std::vector<std::string> elements;
    while (!typed.empty()) {
        const auto end = std::min(typed.find(','), typed.size());
        elements.emplace_back(typed.substr(0, end));
        if (end + 1 == typed.size()) {
            elements.emplace_back();  // a comma at the end has an element after it
        }
        typed.remove_prefix(std::min(end + 1, typed.size()));
    }
    return elements;
}

// Sorts a set, so that its elements may be typed in any order.
template <typename Element>
Result<void> make_set(std::vector<Element>& elements) {
    std::ranges::sort(elements);
    if (std::ranges::adjacent_find(elements) != elements.end()) {
        return Error{Fault::invalid, "an element stands there twice"};
    }
    return done();
}

bool is_set(capnp::StructSchema::Field field) {
    return notes_of(field.getProto().getAnnotations()).is_set;
}

// The largest value that the schema and the field's width leave.
std::uint64_t largest(const Field& field, capnp::Type type) {
    if (field.most > 0) {
        return field.most;
    }
    if (type.isUInt64()) {
        return limits::events_max;
    }
    return type.isUInt16() ? 0xffffu : 0xffffffffu;
}

// A field of the draft's kind, as it is being set.
struct Target {
    capnp::DynamicStruct::Builder record;
    capnp::StructSchema::Field schema;
    const Field& field;
    std::uint16_t tag;  // of the kind

    const Slot& slot() const {
        const auto& slots = change_layout().members[tag].record->slots;
        const auto found = std::ranges::find(slots, field.name, &Slot::name);
        CHECK(found != slots.end());
        return *found;
    }
    schema::Holds holds() const { return notes_of(schema.getProto().getAnnotations()).holds; }
};

// Elements that have parts, or are dates: filled in as the JSON form of a change is.
Result<void> set_records(Target target, const Slot& slot, std::string_view typed) {
    JsonValue list;
    if (target.field.type == FieldType::date) {
        list.type = JsonValue::Type::list;
        for (auto& element : split(typed)) {
            JsonValue value;
            value.type = JsonValue::Type::text;
            value.text = std::move(element);
            list.elements.push_back(std::move(value));
        }
    } else {
        list = TRY(records_from_text(*slot.record, typed));
    }
    const auto& layout = *change_layout().members[target.tag].record;
    return fill_field_named(layout, target.record, slot.name, list);
}

Result<void> set_record(Target target, std::string_view typed) {
    const auto& slot = target.slot();
    const auto record = TRY(record_from_text(*slot.record, typed));
    const auto& layout = *change_layout().members[target.tag].record;
    return fill_field_named(layout, target.record, slot.name, record);
}

Result<void> set_list(Target target, std::string_view typed) {
    const auto& slot = target.slot();
    if (slot.wire == Wire::record) {
        return set_records(target, slot, typed);
    }
    auto elements = split(typed);
    if (elements.size() > target.field.most) {
        return error(Fault::invalid, "there are {} elements; at most {} are taken", elements.size(),
                     target.field.most);
    }
    const auto count = static_cast<unsigned>(elements.size());
    if (target.field.type == FieldType::choice) {
        std::vector<std::uint64_t> members;
        for (const auto& element : elements) {
            const auto member = TRY(parse_choice(element, target.field.choices));
            members.push_back(member);
        }
        if (is_set(target.schema)) {
            TRY(make_set(members));
        }
        auto list = target.record.init(target.schema, count).as<capnp::DynamicList>();
        const auto schema = target.schema.getType().asList().getElementType().asEnum();
        for (unsigned i = 0; i < count; ++i) {
            list.set(i, capnp::DynamicEnum(schema, static_cast<std::uint16_t>(members[i])));
        }
        return done();
    }
    for (const auto& element : elements) {
        TRY(check_held_text(target.holds(), element));
    }
    if (is_set(target.schema)) {
        TRY(make_set(elements));
    }
    auto list = target.record.init(target.schema, count).as<capnp::DynamicList>();
    for (unsigned i = 0; i < count; ++i) {
        list.set(i, text_from(elements[i]));
    }
    return done();
}

Result<void> set_decimal(Target target, std::string_view typed) {
    const auto decimal = TRY(Decimal::parse(typed));
    auto fields = target.record.init(target.schema).as<schema::Decimal>();
    fields.setMantissa(decimal.mantissa);
    fields.setScale(decimal.scale);
    return done();
}

Result<void> set_struct(Target target, std::string_view typed) {
    std::int64_t number = 0;
    if (target.field.type == FieldType::date) {
        number = TRY(parse_date(typed)).days;
    } else if (target.field.type == FieldType::month) {
        number = TRY(parse_month(typed)).months;
    } else {
        const auto bound = target.field.type == FieldType::index
                               ? limits::events_max
                               : largest(target.field, capnp::schema::Type::UINT32);
        number = static_cast<std::int64_t>(TRY(parse_number(typed, bound)));
    }
    auto record = target.record.init(target.schema).as<capnp::DynamicStruct>();
    record.set(record.getSchema().getFields()[0], number);
    return done();
}

Result<void> set_bytes(Target target, std::string_view typed) {
    const auto bytes = TRY(from_hex(typed));
    TRY(check_held_data(target.holds(), bytes));
    target.record.set(target.schema, data_from(bytes));
    return done();
}

Result<void> set_text(Target target, std::string_view typed) {
    TRY(check_held_text(target.holds(), typed));
    target.record.set(target.schema, text_from(std::string(typed)));
    return done();
}

Result<void> set_number(Target target, std::string_view typed) {
    const auto type = target.schema.getType();
    if (type.isBool()) {
        const auto flag = TRY(parse_flag(typed));
        target.record.set(target.schema, flag == 1);
    } else if (type.isEnum()) {
        const auto member = TRY(parse_choice(typed, target.field.choices));
        target.record.set(target.schema,
                          capnp::DynamicEnum(type.asEnum(), static_cast<std::uint16_t>(member)));
    } else {
        const auto number = TRY(parse_number(typed, largest(target.field, type)));
        target.record.set(target.schema, number);
    }
    return done();
}

Result<void> set_typed(Target target, std::string_view typed) {
    if (target.field.is_list) {
        return set_list(target, typed);
    }
    if (target.field.type == FieldType::record) {
        return set_record(target, typed);
    }
    switch (target.field.type) {
        case FieldType::flag:
        case FieldType::number:
        case FieldType::choice: return set_number(target, typed);
        case FieldType::date:
        case FieldType::month:
        case FieldType::whole:
        case FieldType::index: return set_struct(target, typed);
        case FieldType::decimal: return set_decimal(target, typed);
        case FieldType::plan:
        case FieldType::subject:
        case FieldType::person:
        case FieldType::origin:
        case FieldType::zone:
        case FieldType::version_label:
        case FieldType::rating_code: return set_text(target, typed);
        case FieldType::hash:
        case FieldType::key:
        case FieldType::signature: return set_bytes(target, typed);
        case FieldType::record: break;
    }
    check_failed("every type of field is set", __FILE__, __LINE__);
}

void write_envelope(schema::Change::Builder change, const Envelope& envelope) {
    change.setFormat(envelope.format);
    change.setLedger(data_from(envelope.ledger.view()));
    auto seen = change.initSeen();
    seen.setSize(envelope.seen.size.value);
    seen.setRoot(data_from(envelope.seen.root.view()));
    change.setId(data_from(envelope.id.view()));
    change.disownPlan();
    if (envelope.plan) {
        change.setPlan(text_from(envelope.plan->str()));
    }
    change.setSubject(text_from(envelope.subject.str()));
    change.setSubjectVersion(envelope.subject_version);
    change.initEffective().setDays(envelope.effective.days);
    change.setAuthorKey(data_from(envelope.author_key.view()));
    change.setAsRole(envelope.as_role);
    change.disownOnBehalfOf();
    if (envelope.on_behalf_of) {
        change.setOnBehalfOf(text_from(envelope.on_behalf_of->str()));
    }
    change.disownAnswers();
    if (envelope.answers) {
        change.initAnswers().setValue(envelope.answers->value);
    }
    change.setClassification(envelope.classification);
    auto words = change.initWords(static_cast<unsigned>(envelope.words.size()));
    for (unsigned i = 0; i < words.size(); ++i) {
        words[i].setField(envelope.words[i].field);
        words[i].setCommitment(data_from(envelope.words[i].commitment.view()));
    }
}

}  // namespace

struct Draft::Held {
    explicit Held(Kind held_kind) : kind(held_kind), change(message.initRoot<schema::Change>()) {}

    capnp::StructSchema::Field member() const {
        return capnp::Schema::from<schema::Change>().getFieldByName(info_of(kind).name);
    }

    const Kind kind;
    capnp::MallocMessageBuilder message;
    schema::Change::Builder change;
    std::set<std::string, std::less<>> set;  // the names of the fields set from text
    bool is_lent = false;                    // whether others may have set fields too
};

Draft::Draft(Kind kind) : held_(std::make_unique<Held>(kind)) {
    capnp::toDynamic(held_->change).init(held_->member());
}
Draft::Draft(Draft&&) noexcept = default;
Draft& Draft::operator=(Draft&&) noexcept = default;
Draft::~Draft() = default;

Kind Draft::kind() const { return held_->kind; }

schema::Change::Builder Draft::builder() {
    held_->is_lent = true;
    return held_->change;
}

Result<void> Draft::set(std::string_view name, std::string_view typed) {
    const auto& info = info_of(held_->kind);
    const auto field = std::ranges::find(info.fields, name, &Field::name);
    if (field == info.fields.end()) {
        std::vector<std::string> names;
        for (const auto& known : info.fields) {
            names.push_back(known.name);
        }
        auto refusal = error(Fault::invalid, "{} has no field \"{}\"", info.name,
                             name.substr(0, limits::reference_bytes_max));
        const auto near = nearest(name, names);
        if (near) {
            return std::move(refusal).advise(fmt::format("did you mean {}?", *near));
        }
        return names.empty() ? refusal
                             : std::move(refusal).advise(
                                   fmt::format("its fields are {}", fmt::join(names, ", ")));
    }
    if (held_->set.contains(name)) {
        return error(Fault::invalid, "{} is set twice", name);
    }
    if (held_->change.which() != held_->kind) {
        return error(Fault::invalid, "the draft is no longer of the kind {}", info.name);
    }
    auto record = capnp::toDynamic(held_->change).get(held_->member()).as<capnp::DynamicStruct>();
    const auto schema = record.getSchema().getFieldByName(field->name);
    auto result =
        set_typed({record, schema, *field, static_cast<std::uint16_t>(held_->kind)}, typed);
    if (!result.ok()) {
        return std::move(result).error().explain("{}", name);
    }
    held_->set.emplace(name);
    return done();
}

Result<Bytes> Draft::finish(const Envelope& envelope) {
    const auto& info = info_of(held_->kind);
    if (held_->change.which() != held_->kind) {
        return error(Fault::invalid, "the draft is no longer of the kind {}", info.name);
    }
    // A number is always there in the bytes, so that only the draft knows whether it was given.
    for (const auto& field : info.fields) {
        if (!held_->is_lent && field.type == FieldType::number &&
            !held_->set.contains(field.name)) {
            return error(Fault::invalid, "{}: {}: it is missing", info.name, field.name);
        }
    }
    write_envelope(held_->change, envelope);
    const auto words = capnp::canonicalize(held_->change.asReader());
    auto bytes = copy_of(bytes_of(words));
    TRY(Change::read(bytes));
    return bytes;
}

bool same_but_for_retry(const Change& one, const Change& other) {
    const auto bare = [](const Change& change) {
        capnp::MallocMessageBuilder message;
        message.setRoot(change.reader());
        auto root = message.getRoot<schema::Change>();
        const Hash zero;
        root.getSeen().setSize(0);
        root.getSeen().setRoot(data_from(zero.view()));
        root.setSubjectVersion(0);
        for (auto word : root.getWords()) {
            word.setCommitment(data_from(zero.view()));
        }
        return capnp::canonicalize(root.asReader());
    };
    return equal(bytes_of(bare(one)), bytes_of(bare(other)));
}

}  // namespace wsoa
