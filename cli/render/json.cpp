#include "cli/render/json.h"

#include "cli/render/text.h"
#include "ledger/base/check.h"

#include <cstdint>

namespace wsoa {
namespace {

void append_escaped(std::string& to, char byte) {
    switch (byte) {
        case '"': to += "\\\""; return;
        case '\\': to += "\\\\"; return;
        case '\n': to += "\\n"; return;
        case '\r': to += "\\r"; return;
        case '\t': to += "\\t"; return;
        default: break;
    }
    const auto value = static_cast<std::uint8_t>(byte);
    if (value < 0x20 || value == 0x7f) {
        to += fmt::format("\\u{:04x}", value);
    } else {
        to += byte;
    }
}

// What is not UTF-8 becomes the replacement character: a message may quote any bytes, and the line
// that carries it must still be JSON.
std::string quoted(std::string_view text) {
    std::string literal = "\"";
    literal.reserve(text.size() + 2);
    while (!text.empty()) {
        const auto piece = first_piece(text);
        if (!piece.is_valid) {
            literal += "\xef\xbf\xbd";
        } else if (piece.bytes.size() == 1) {
            append_escaped(literal, piece.bytes.front());
        } else {
            literal += piece.bytes;
        }
        text.remove_prefix(piece.bytes.size());
    }
    literal += '"';
    return literal;
}

}  // namespace

Json::Json(std::string_view text) : text_(quoted(text)) {}

Json Json::written(std::string text) {
    Json value;
    value.text_ = std::move(text);
    return value;
}

Json& Json::set(std::string_view name, const Json& value) {
    CHECK(shape_ == Shape::object);
    if (!text_.empty()) {
        text_ += ',';
    }
    text_ += quoted(name);
    text_ += ':';
    text_ += value.str();
    return *this;
}

Json& Json::push(const Json& value) {
    CHECK(shape_ == Shape::array);
    if (!text_.empty()) {
        text_ += ',';
    }
    text_ += value.str();
    return *this;
}

std::string Json::str() const {
    switch (shape_) {
        case Shape::whole: return text_;
        case Shape::object: return "{" + text_ + "}";
        case Shape::array: return "[" + text_ + "]";
    }
    CHECK(false);
}

}  // namespace wsoa
