#include "ledger/event/notes.h"

#include "ledger/base/limits.h"
#include "ledger/base/text.h"

#include <algorithm>

namespace wsoa {
namespace {

// The ids under which schemas/annotations.capnp declares them.
constexpr std::uint64_t help_id = 0xd1c2a7b05e3f4a10;
constexpr std::uint64_t example_id = 0xc6e1f2b37d8a9011;
constexpr std::uint64_t holds_id = 0xe5b0d9c1a2f34512;
constexpr std::uint64_t optional_id = 0xf0a1b2c3d4e5f613;
constexpr std::uint64_t most_id = 0xa7b8c9d0e1f2a314;
constexpr std::uint64_t set_id = 0xb8c9d0e1f2a3b415;

FieldType type_of_text(schema::Holds holds) {
    switch (holds) {
        case schema::Holds::PLAN_REF: return FieldType::plan;
        case schema::Holds::SUBJECT_REF: return FieldType::subject;
        case schema::Holds::PERSON_ID: return FieldType::person;
        case schema::Holds::ORIGIN: return FieldType::origin;
        case schema::Holds::ZONE: return FieldType::zone;
        case schema::Holds::RATING_CODE: return FieldType::rating_code;
        case schema::Holds::VERSION_LABEL: return FieldType::version_label;
        case schema::Holds::UNSET:
        case schema::Holds::HASH:
        case schema::Holds::PUBLIC_KEY:
        case schema::Holds::SIGNATURE:
        case schema::Holds::UUID: break;
    }
    check_failed("a Text field says what text it holds", __FILE__, __LINE__);
}

FieldType type_of_data(schema::Holds holds) {
    switch (holds) {
        case schema::Holds::HASH: return FieldType::hash;
        case schema::Holds::PUBLIC_KEY: return FieldType::key;
        case schema::Holds::SIGNATURE: return FieldType::signature;
        // Stands only in the envelope, which is not filled in field by field.
        case schema::Holds::UUID: return FieldType::record;
        case schema::Holds::UNSET:
        case schema::Holds::PLAN_REF:
        case schema::Holds::SUBJECT_REF:
        case schema::Holds::PERSON_ID:
        case schema::Holds::ORIGIN:
        case schema::Holds::ZONE:
        case schema::Holds::VERSION_LABEL:
        case schema::Holds::RATING_CODE: break;
    }
    check_failed("a Data field says what bytes it holds", __FILE__, __LINE__);
}

FieldType type_of_struct(std::uint64_t id) {
    if (id == capnp::typeId<schema::Date>()) {
        return FieldType::date;
    }
    if (id == capnp::typeId<schema::Month>()) {
        return FieldType::month;
    }
    if (id == capnp::typeId<schema::Whole>()) {
        return FieldType::whole;
    }
    if (id == capnp::typeId<schema::Decimal>()) {
        return FieldType::decimal;
    }
    return id == capnp::typeId<schema::Index>() ? FieldType::index : FieldType::record;
}

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_zone_character(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '+';
}

// The shape of the tz database's names. Whether a machine has such a zone is asked when the zone is
// used: a ledger must stay readable where the database is older.
Result<void> check_zone_name(std::string_view text) {
    bool fits = text.size() <= limits::reference_bytes_max;
    std::string_view rest = text;
    while (fits) {
        const auto end = std::min(rest.find('/'), rest.size());
        const auto part = rest.substr(0, end);
        fits = !part.empty() && is_letter(part.front()) &&
               std::ranges::all_of(part, is_zone_character);
        if (end == rest.size()) {
            break;
        }
        rest.remove_prefix(end + 1);
    }
    if (!fits) {
        return error(Fault::invalid, "\"{}\" is not a time zone's name",
                     text.substr(0, limits::reference_bytes_max))
            .advise("use a name of the tz database, such as Europe/London");
    }
    return done();
}

template <typename Name>
Result<void> check_name(std::string_view text) {
    TRY(Name::parse(text));
    return done();
}

bool is_plain(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

Notes notes_of(capnp::List<capnp::schema::Annotation>::Reader annotations) {
    Notes notes;
    for (const auto annotation : annotations) {
        const auto value = annotation.getValue();
        switch (annotation.getId()) {
            case help_id: notes.help = value.getText().cStr(); break;
            case example_id: notes.example = value.getText().cStr(); break;
            case holds_id: notes.holds = static_cast<schema::Holds>(value.getEnum()); break;
            case optional_id: notes.is_optional = true; break;
            case set_id: notes.is_set = true; break;
            case most_id: notes.most = value.getUint32(); break;
            default: break;
        }
    }
    return notes;
}

FieldType type_of(capnp::Type type, schema::Holds holds) {
    if (type.isBool()) {
        return FieldType::flag;
    }
    if (type.isEnum()) {
        return FieldType::choice;
    }
    if (type.isText()) {
        return type_of_text(holds);
    }
    if (type.isData()) {
        return type_of_data(holds);
    }
    if (type.isStruct()) {
        return type_of_struct(type.asStruct().getProto().getId());
    }
    CHECK(type.isUInt16() || type.isUInt32() || type.isUInt64() || type.isInt32() ||
          type.isInt64());
    return FieldType::number;
}

std::vector<std::string> names_of(capnp::EnumSchema schema) {
    std::vector<std::string> names;
    for (const auto enumerant : schema.getEnumerants()) {
        names.emplace_back(enumerant.getProto().getName().cStr());
    }
    CHECK(!names.empty() && names.front() == "unset");
    return names;
}

Result<void> check_held_text(schema::Holds holds, std::string_view text) {
    // Printable ASCII is in NFC and without control characters: no need to ask.
    if (text.size() > limits::text_bytes_max || !is_plain(text)) {
        TRY(check_text(text, limits::text_bytes_max));
    }
    switch (holds) {
        case schema::Holds::PLAN_REF: return check_name<PlanRef>(text);
        case schema::Holds::SUBJECT_REF: return check_name<SubjectRef>(text);
        case schema::Holds::PERSON_ID: return check_name<PersonId>(text);
        case schema::Holds::ORIGIN: return check_name<Origin>(text);
        case schema::Holds::ZONE: return check_zone_name(text);
        case schema::Holds::RATING_CODE: return check_rating_code(text);
        case schema::Holds::VERSION_LABEL: return check_version_label(text);
        case schema::Holds::UNSET:
        case schema::Holds::HASH:
        case schema::Holds::PUBLIC_KEY:
        case schema::Holds::SIGNATURE:
        case schema::Holds::UUID: break;
    }
    check_failed("a Text field says what text it holds", __FILE__, __LINE__);
}

Result<void> check_held_data(schema::Holds holds, ByteView bytes) {
    if (holds == schema::Holds::UUID) {
        TRY(ChangeId::of(bytes));
        return done();
    }
    const std::size_t expected = type_of_data(holds) == FieldType::signature ? 64 : 32;
    if (bytes.size() != expected) {
        return error(Fault::invalid, "there should be {} bytes, not {}", expected, bytes.size());
    }
    return done();
}

}  // namespace wsoa
