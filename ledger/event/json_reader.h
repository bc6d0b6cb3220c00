#pragma once

#include "ledger/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wsoa {

struct JsonMember;

// A JSON value (RFC 8259) as it was written: numbers keep their spelling, objects their order.
struct JsonValue {
    enum class Type : std::uint8_t { null, flag, number, text, list, object };

    Type type = Type::null;
    bool flag = false;
    std::string text;  // of a text, or a number's digits
    std::vector<JsonValue> elements;
    std::vector<JsonMember> members;

    // Null if the object has no such member.
    const JsonValue* find(std::string_view key) const;
};

// One name of an object with its value, in the order of the text.
struct JsonMember {
    std::string key;
    JsonValue value;
};

// More values than any change has.
inline constexpr std::size_t json_values_max = 1'024;

// Reads one value and nothing after it, within json_line_bytes_max and json_depth_max.
//
// `invalid` for what RFC 8259 does not allow, with the column; for a byte-order mark, a key that
// stands twice in its object, and more values than are taken.
Result<JsonValue> read_json(std::string_view json, std::size_t values_max = json_values_max);

// What a value is to be; `invalid` says what it is instead.
Result<std::string_view> text_in(const JsonValue& value);
Result<bool> flag_in(const JsonValue& value);
// A whole number from 0 to `most`, written without fraction or exponent. Exact up to 2^64 - 1.
Result<std::uint64_t> number_in(const JsonValue& value, std::uint64_t most);
Result<void> check_type(const JsonValue& value, JsonValue::Type wanted);

// `invalid` for a member of the object whose key is none of these, with the nearest one.
Result<void> check_keys(const JsonValue& object, const std::vector<std::string>& known);

// Text from anywhere as messages quote it: shortened, and without anything that moves a cursor.
std::string quoted_in_message(std::string_view text);

// Advice for a word that is none of the known ones: the nearest, or else all of them.
std::string advice_for(std::string_view typed, const std::vector<std::string>& known);

}  // namespace wsoa
