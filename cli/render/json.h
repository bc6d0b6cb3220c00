#pragma once

#include <fmt/format.h>

#include <concepts>
#include <string>
#include <string_view>

namespace wsoa {

// A JSON value that is built up and then written (RFC 8259). Objects keep the order in which their
// members were set; nobody looks for members set twice. Secrets have no way in.
//
//   Json::object().set("type", "receipt").set("event", 12).str()
class Json {
public:
    Json() : text_("null") {}
    Json(std::string_view text);
    Json(const std::string& text) : Json(std::string_view(text)) {}
    Json(const char* text) : Json(std::string_view(text)) {}
    // Numbers as they are: readers that know only doubles lose what lies beyond 2^53.
    template <std::integral Number>
    Json(Number number) : text_(fmt::format("{}", number)) {}

    static Json object() { return Json(Shape::object); }
    static Json array() { return Json(Shape::array); }
    // Text that is a JSON value already, taken as it stands.
    static Json written(std::string text);

    // A member of an object.
    Json& set(std::string_view name, const Json& value);
    // An element of an array.
    Json& push(const Json& value);

    // The value on one line.
    std::string str() const;

private:
    enum class Shape { whole, object, array };
    explicit Json(Shape shape) : shape_(shape) {}
    Shape shape_ = Shape::whole;
    std::string text_;  // of an object or array, what stands between its brackets
};

}  // namespace wsoa
