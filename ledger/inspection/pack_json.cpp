// What a pack says of itself and its parts, in JSON.

#include "ledger/base/limits.h"
#include "ledger/event/json_reader.h"
#include "ledger/event/kinds.h"
#include "ledger/inspection/pack.h"

#include <algorithm>
#include <charconv>

namespace wsoa {
namespace {

// The value under a name, or that it is missing.
Result<const JsonValue*> member_of(const JsonValue& object, std::string_view name) {
    const auto* const value = object.find(name);
    if (value == nullptr) {
        return error(Fault::invalid, "\"{}\" is missing", name);
    }
    return value;
}

template <typename Read>
auto read_member(const JsonValue& object, std::string_view name, Read read)
    -> decltype(read(object)) {
    const auto* const value = TRY(member_of(object, name));
    auto taken = read(*value);
    if (!taken.ok()) {
        return std::move(taken).error().explain("\"{}\"", name);
    }
    return taken;
}

template <typename Name>
Result<Name> name_at(const JsonValue& value) {
    const auto text = TRY(text_in(value));
    return Name::parse(text);
}
Result<Hash> hash_at(const JsonValue& value) {
    const auto text = TRY(text_in(value));
    const auto bytes = TRY(from_hex(text));
    return Hash::of(bytes);
}
Result<Date> date_at(const JsonValue& value) {
    const auto text = TRY(text_in(value));
    return parse_date(text);
}
Result<std::string> text_at(const JsonValue& value) {
    const auto text = TRY(text_in(value));
    return std::string(text);
}
// What every reader of JSON has exactly.
constexpr auto count_max = (std::uint64_t{1} << 53) - 1;
Result<std::uint64_t> count_at(const JsonValue& value) { return number_in(value, count_max); }
Result<schema::WordField> field_at(const JsonValue& value) {
    const auto text = TRY(text_in(value));
    const auto field = word_named(text);
    if (!field) {
        return error(Fault::invalid, "no change has words in {}", quoted_in_message(text));
    }
    return *field;
}
Result<std::vector<schema::WordField>> fields_at(const JsonValue& value) {
    TRY(check_type(value, JsonValue::Type::list));
    std::vector<schema::WordField> fields;
    for (const auto& element : value.elements) {
        fields.push_back(TRY(field_at(element)));
    }
    return fields;
}

Result<JsonValue> object_with(std::string_view json, const std::vector<std::string>& keys) {
    auto object = TRY(read_json(json));
    TRY(check_type(object, JsonValue::Type::object));
    TRY(check_keys(object, keys));
    return object;
}

}  // namespace

Result<PackAbout> PackAbout::parse(std::string_view json) {
    const auto object = TRY(
        object_with(json, {"format", "origin", "ledger", "plan", "for", "as_at", "as_known", "size",
                           "root", "leaves", "disclosed", "restricted", "page", "made_with"}));
    const auto format = TRY(read_member(object, "format", text_at));
    if (format != "wsoa-pack/v1") {
        return error(Fault::unavailable,
                     "it is a pack of the form {}, and this program reads \"{}\"",
                     quoted_in_message(format), "wsoa-pack/v1")
            .advise("use a newer program");
    }
    const auto origin = TRY(read_member(object, "origin", name_at<Origin>));
    const auto plan = TRY(read_member(object, "plan", name_at<PlanRef>));
    PackAbout about{.origin = origin,
                    .ledger = {},
                    .plan = plan,
                    .purpose = {},
                    .as_at = {},
                    .as_known = {},
                    .size = {},
                    .root = {},
                    .leaves = 0,
                    .disclosed = {},
                    .page = {},
                    .made_with = {}};
    about.ledger = TRY(read_member(object, "ledger", hash_at));
    about.purpose = TRY(read_member(object, "for", text_at));
    about.as_at = TRY(read_member(object, "as_at", date_at));
    about.as_known = TRY(read_member(object, "as_known", date_at));
    about.size.value = TRY(read_member(object, "size", count_at));
    about.root = TRY(read_member(object, "root", hash_at));
    about.leaves = TRY(read_member(object, "leaves", count_at));
    about.disclosed = TRY(read_member(object, "disclosed", fields_at));
    about.restricted = TRY(read_member(object, "restricted", flag_in));
    about.page = TRY(read_member(object, "page", hash_at));
    about.made_with = TRY(read_member(object, "made_with", text_at));
    return about;
}

namespace {

// Whether the text begins so; what is behind it is then left.
bool take(std::string_view& rest, std::string_view beginning) {
    const bool begins = rest.starts_with(beginning);
    rest.remove_prefix(begins ? beginning.size() : 0);
    return begins;
}

// What comes before a quotation mark.
std::string_view take_name(std::string_view& rest) {
    const auto name = rest.substr(0, rest.find('"'));
    rest.remove_prefix(name.size());
    return name;
}

std::optional<std::uint64_t> take_count(std::string_view& rest) {
    std::uint64_t count = 0;
    const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), count);
    const auto digits = static_cast<std::size_t>(read.ptr - rest.data());
    if (read.ec != std::errc{} || count > count_max || (digits > 1 && rest.front() == '0')) {
        return std::nullopt;
    }
    rest.remove_prefix(digits);
    return count;
}

// Whether it stands for itself within the quotation marks of JSON, without a look at its encoding.
bool is_plain(std::string_view text) {
    return std::ranges::all_of(
        text, [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

// A line of words just as it is written into a pack, of plain text. Null for every other, of which
// the JSON reader says what it is: decision 0030.
std::optional<PackWord> plain_word(std::string_view line) {
    auto rest = line;
    if (line.size() > limits::json_line_bytes_max || !take(rest, R"({"event":)")) {
        return std::nullopt;
    }
    const auto event = take_count(rest);
    if (!event || !take(rest, R"(,"field":")")) {
        return std::nullopt;
    }
    const auto field = word_named(take_name(rest));
    if (!field || !take(rest, R"(","salt":")")) {
        return std::nullopt;
    }
    const auto salt = from_hex(take_name(rest));
    if (!salt.ok() || salt.value().size() != sizeof(Hash::bytes) || !take(rest, R"(","text":")")) {
        return std::nullopt;
    }
    const auto text = take_name(rest);
    if (rest != R"("})" || !is_plain(text)) {
        return std::nullopt;
    }
    return PackWord{
        .event = {*event},
        .word = {
            .field = *field, .salt = Hash::of(salt.value()).value(), .text = std::string(text)}};
}

}  // namespace

Result<PackWord> PackWord::parse(std::string_view json) {
    if (auto plain = plain_word(json)) {
        return std::move(*plain);
    }
    static const std::vector<std::string> keys{"event", "field", "salt", "text"};
    const auto object = TRY(object_with(json, keys));
    PackWord word;
    word.event.value = TRY(read_member(object, "event", count_at));
    word.word.field = TRY(read_member(object, "field", field_at));
    word.word.salt = TRY(read_member(object, "salt", hash_at));
    word.word.text = TRY(read_member(object, "text", text_at));
    return word;
}

std::string PackDocument::member() const { return fmt::format("documents/{}", event.value); }

Result<PackDocument> PackDocument::parse(std::string_view json) {
    const auto object =
        TRY(object_with(json, {"event", "member", "number", "salt", "size", "media", "sha256"}));
    PackDocument document;
    document.event.value = TRY(read_member(object, "event", count_at));
    document.number.value = TRY(read_member(object, "number", count_at));
    document.salt = TRY(read_member(object, "salt", hash_at));
    document.size = TRY(read_member(object, "size", count_at));
    document.media_type = TRY(read_member(object, "media", text_at));
    document.digest = TRY(read_member(object, "sha256", hash_at));
    const auto member = TRY(read_member(object, "member", text_at));
    if (member != document.member()) {
        return error(Fault::invalid, "the document of event {} lies in {}, and not in {}",
                     document.event.value, document.member(), quoted_in_message(member));
    }
    return document;
}

Result<PackState> PackState::parse(std::string_view json) {
    const auto object = TRY(object_with(json, {"plan", "as_at", "as_known", "format", "digest"}));
    const auto plan = TRY(read_member(object, "plan", name_at<PlanRef>));
    PackState state{.plan = plan, .as_at = {}, .as_known = {}, .format = {}, .digest = {}};
    state.as_at = TRY(read_member(object, "as_at", date_at));
    state.as_known = TRY(read_member(object, "as_known", date_at));
    state.format = TRY(read_member(object, "format", text_at));
    state.digest = TRY(read_member(object, "digest", hash_at));
    return state;
}

}  // namespace wsoa
