#include "ledger/event/json.h"

#include "ledger/base/limits.h"
#include "ledger/base/text.h"
#include "ledger/event/json_fields.h"
#include "ledger/event/json_reader.h"
#include "ledger/event/message.h"
#include "ledger/event/notes.h"

#include <capnp/dynamic.h>
#include <fmt/format.h>

#include <algorithm>

namespace wsoa {
namespace {

// The union's member for a kind, in the layout and in the schema.
const Layout& layout_of(Kind kind) {
    return *change_layout().members.at(static_cast<std::size_t>(kind)).record;
}
capnp::StructSchema::Field member_of(Kind kind) {
    return capnp::Schema::from<schema::Change>().getFieldByName(info_of(kind).name);
}

capnp::DynamicStruct::Reader fields_of(const Change& change) {
    const capnp::DynamicStruct::Reader whole = change.reader();
    return whole.get(member_of(change.kind())).as<capnp::DynamicStruct>();
}

std::vector<std::string> names_after_unset(capnp::EnumSchema schema) {
    auto names = names_of(schema);
    names.erase(names.begin());
    return names;
}

Result<JsonValue> read_object(std::string_view json) {
    auto value = TRY(read_json(json));
    TRY(check_type(value, JsonValue::Type::object));
    return value;
}

// The value of an optional key, as `read` reads it, under the key's name if that fails.
template <typename Read>
auto optional_in(const JsonValue& object, std::string_view key, Read read)
    -> Result<std::optional<std::decay_t<decltype(read(object).value())>>> {
    using Value = std::decay_t<decltype(read(object).value())>;
    const auto* value = object.find(key);
    if (value == nullptr || value->type == JsonValue::Type::null) {
        return std::optional<Value>{};
    }
    auto taken = read(*value);
    if (!taken.ok()) {
        return std::move(taken).error().explain("{}", key);
    }
    return std::optional<Value>(std::move(taken).value());
}

template <typename Read>
auto required_in(const JsonValue& object, std::string_view key, Read read)
    -> decltype(read(object)) {
    const auto* value = object.find(key);
    if (value == nullptr || value->type == JsonValue::Type::null) {
        return error(Fault::invalid, "{}: it {}", key,
                     value == nullptr ? "is missing" : "may not be null");
    }
    auto taken = read(*value);
    if (!taken.ok()) {
        return std::move(taken).error().explain("{}", key);
    }
    return taken;
}

// A name of any of the types in base/names.h. What no text may hold is refused first, so that no
// message carries it on.
template <typename Name>
Result<Name> name_in(const JsonValue& value) {
    const auto text = TRY(text_in(value));
    TRY(check_text(text, limits::text_bytes_max));
    return Name::parse(text);
}

Result<Kind> kind_in(const JsonValue& value) {
    const auto name = TRY(text_in(value));
    const auto kind = kind_named(name);
    if (!kind) {
        std::vector<std::string> names;
        for (const auto& info : all_kinds()) {
            names.push_back(info.name);
        }
        return error(Fault::invalid, "there is no kind of change {}", quoted_in_message(name))
            .advise(advice_for(name, names));
    }
    return *kind;
}

template <typename Enum>
Result<Enum> choice_in(const JsonValue& value) {
    const auto typed = TRY(text_in(value));
    const auto names = names_after_unset(capnp::Schema::from<Enum>());
    const auto found = std::ranges::find(names, typed);
    if (found == names.end()) {
        return error(Fault::invalid, "{} is none of the choices", quoted_in_message(typed))
            .advise(advice_for(typed, names));
    }
    return static_cast<Enum>(found - names.begin() + 1);
}

Result<Date> date_in(const JsonValue& value) {
    const auto text = TRY(text_in(value));
    return parse_date(text);
}

Result<Instant> instant_in(const JsonValue& value) {
    const auto text = TRY(text_in(value));
    return parse_instant(text);
}

Result<std::variant<EventIndex, ChangeId>> answers_in(const JsonValue& value) {
    if (value.type == JsonValue::Type::text) {
        const auto id = TRY(ChangeId::parse(value.text));
        return std::variant<EventIndex, ChangeId>(id);
    }
    const auto index = TRY(number_in(value, limits::events_max));
    return std::variant<EventIndex, ChangeId>(EventIndex{index});
}

using Typed = std::pair<schema::WordField, std::string>;

Result<std::vector<Typed>> words_in(const JsonValue& value) {
    TRY(check_type(value, JsonValue::Type::object));
    const auto names = names_after_unset(capnp::Schema::from<schema::WordField>());
    TRY(check_keys(value, names));
    std::vector<Typed> words;
    for (const auto& member : value.members) {
        const auto read = [](const JsonValue& typed) -> Result<std::string> {
            const auto text = TRY(text_in(typed));
            return normalize_text(text, limits::word_bytes_max);
        };
        auto text = TRY(required_in(value, member.key, read));
        const auto field = word_named(member.key);
        CHECK(field.has_value());
        words.emplace_back(*field, std::move(text));
    }
    std::ranges::sort(words, {}, &Typed::first);
    return words;
}

// Fills in the kind's own fields, and takes no others.
Result<void> fill_kind(schema::Change::Builder change, Kind kind, const JsonValue& fields) {
    TRY(check_type(fields, JsonValue::Type::object));
    const auto& layout = layout_of(kind);
    TRY(check_keys(fields, field_names(layout)));
    auto record = capnp::toDynamic(change).init(member_of(kind)).as<capnp::DynamicStruct>();
    return fill_fields(layout, record, fields);
}

Result<Draft> draft_in(const JsonValue& object, Kind kind) {
    JsonValue none;
    none.type = JsonValue::Type::object;
    const auto* given = object.find("fields");
    const auto& fields = given == nullptr || given->type == JsonValue::Type::null ? none : *given;
    Draft draft(kind);
    auto filled = fill_kind(draft.builder(), kind, fields);
    if (!filled.ok()) {
        return std::move(filled).error().explain("fields");
    }
    return draft;
}

// The bytes of a character that JSON may hold but that this program does not write as it is: the
// controls of Unicode, which move a terminal's cursor, and the line ends that JavaScript sees.
std::size_t escaped_length(std::string_view rest) {
    const auto first = static_cast<unsigned char>(rest[0]);
    if (first < 0x20 || first == 0x7f) {
        return 1;
    }
    if (first == 0xc2 && rest.size() >= 2 && static_cast<unsigned char>(rest[1]) < 0xa0) {
        return 2;
    }
    return rest.starts_with("\xe2\x80\xa8") || rest.starts_with("\xe2\x80\xa9") ? 3 : 0;
}

unsigned point_of(std::string_view character) {
    const auto last = static_cast<unsigned char>(character.back());
    return character.size() == 3 ? 0x2000u | (last & 0x3fu) : last;
}

}  // namespace

Result<ChangeLine> parse_change_line(std::string_view json) {
    const auto object = TRY(read_object(json));
    TRY(check_keys(object, {"id", "kind", "subject", "by", "role", "effective", "recorded",
                            "onBehalfOf", "answers", "classification", "fields", "words"}));
    const auto kind = TRY(required_in(object, "kind", kind_in));
    auto subject = TRY(required_in(object, "subject", name_in<SubjectRef>));
    auto draft = TRY(draft_in(object, kind));
    ChangeLine line{std::move(draft), std::move(subject), {}, {}, {}, {}, {}, {}, {}, {}, {}};
    line.id = TRY(optional_in(object, "id", name_in<ChangeId>));
    line.by = TRY(optional_in(object, "by", name_in<PersonId>));
    line.role = TRY(optional_in(object, "role", choice_in<schema::Role>));
    line.effective = TRY(optional_in(object, "effective", date_in));
    line.recorded = TRY(optional_in(object, "recorded", instant_in));
    line.on_behalf_of = TRY(optional_in(object, "onBehalfOf", name_in<PersonId>));
    line.answers = TRY(optional_in(object, "answers", answers_in));
    line.classification =
        TRY(optional_in(object, "classification", choice_in<schema::Classification>));
    auto words = TRY(optional_in(object, "words", words_in));
    if (words) {
        line.words = std::move(*words);
    }
    return line;
}

std::string change_to_json(const Change& change) {
    const capnp::DynamicStruct::Reader whole = change.reader();
    return fmt::format("{{{},\"kind\":{},\"fields\":{}}}", fields_as_json(change_layout(), whole),
                       json_quoted(name_of(change.kind())), fields_to_json(change));
}

Result<Bytes> change_from_json(std::string_view json) {
    const auto object = TRY(read_object(json));
    auto keys = field_names(change_layout());
    keys.insert(keys.end(), {"kind", "fields"});
    TRY(check_keys(object, keys));
    const auto kind = TRY(required_in(object, "kind", kind_in));
    capnp::MallocMessageBuilder message;
    auto change = message.initRoot<schema::Change>();
    TRY(fill_fields(change_layout(), change, object));
    TRY(required_in(object, "fields",
                    [&](const JsonValue& fields) { return fill_kind(change, kind, fields); }));
    const auto words = capnp::canonicalize(change.asReader());
    auto bytes = copy_of(bytes_of(words));
    TRY(Change::read(bytes));
    return bytes;
}

std::string fields_to_json(const Change& change) {
    return fmt::format("{{{}}}", fields_as_json(layout_of(change.kind()), fields_of(change)));
}

std::vector<std::pair<std::string, std::string>> fields_to_text(const Change& change) {
    return fields_as_text(layout_of(change.kind()), fields_of(change));
}

std::string json_quoted(std::string_view text) {
    std::string json = "\"";
    for (auto rest = text; !rest.empty();) {
        const auto escaped = escaped_length(rest);
        if (escaped > 0) {
            json += fmt::format("\\u{:04x}", point_of(rest.substr(0, escaped)));
        } else {
            json += rest[0] == '"' || rest[0] == '\\' ? "\\" : "";
            json += rest[0];
        }
        rest.remove_prefix(std::max<std::size_t>(escaped, 1));
    }
    return json + "\"";
}

}  // namespace wsoa
