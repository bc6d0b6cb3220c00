#include "ledger/event/json_reader.h"

#include "ledger/base/limits.h"
#include "ledger/event/json.h"
#include "ledger/event/kinds.h"

#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <optional>

namespace wsoa {
namespace {

// Few objects have more.
constexpr std::size_t usual_members = 8;

std::string_view name_of(JsonValue::Type type) {
    switch (type) {
        case JsonValue::Type::null: return "null";
        case JsonValue::Type::flag: return "true or false";
        case JsonValue::Type::number: return "a number";
        case JsonValue::Type::text: return "a text";
        case JsonValue::Type::list: return "a list";
        case JsonValue::Type::object: return "an object";
    }
    check_failed("every type of value has a name", __FILE__, __LINE__);
}

// Where a byte stands, as an editor counts: lines and characters from 1.
std::string place_of(std::string_view json, std::size_t bytes_read) {
    const auto before = json.substr(0, bytes_read > 0 ? bytes_read - 1 : 0);
    const auto lines = std::ranges::count(before, '\n');
    const auto last = before.rfind('\n');
    const auto line = last == std::string_view::npos ? before : before.substr(last + 1);
    const auto is_first_byte = [](char c) { return (static_cast<unsigned char>(c) >> 6) != 2; };
    const auto column = std::ranges::count_if(line, is_first_byte) + 1;
    return lines == 0 ? fmt::format("column {}", column)
                      : fmt::format("line {}, column {}", lines + 1, column);
}

// The cause within a message of the library, without the bytes that it last read.
std::string_view cause_in(std::string_view message) {
    constexpr std::string_view before = " - ";
    const auto start = message.find(before);
    if (start == std::string_view::npos) {
        return "a number is out of range";
    }
    const auto cause = message.substr(start + before.size());
    return cause.substr(0, cause.find("; last read"));
}

// Takes the parser's events and builds the value from them. Answers false to stop the parser; then
// `refusal` says why.
class Builder final : public nlohmann::json_sax<nlohmann::json> {
public:
    Builder(std::string_view json, std::size_t values_max) : json_(json), values_max_(values_max) {}

    bool null() override { return add(JsonValue::Type::null); }
    bool boolean(bool flag) override {
        if (!add(JsonValue::Type::flag)) {
            return false;
        }
        last_->flag = flag;
        return true;
    }
    // Called only for numbers with a minus, so that zero is minus zero.
    bool number_integer(std::int64_t number) override {
        return add(JsonValue::Type::number, number == 0 ? "-0" : fmt::format("{}", number));
    }
    bool number_unsigned(std::uint64_t number) override {
        return add(JsonValue::Type::number, fmt::format("{}", number));
    }
    // Called also for whole numbers that no 64 bits hold.
    bool number_float(double, const std::string& spelling) override {
        return add(JsonValue::Type::number, spelling);
    }
    // Texts and keys are copied: the library would let its buffer grow anew after each that is
    // taken.
    bool string(std::string& text) override { return add(JsonValue::Type::text, text); }
    bool binary(nlohmann::json::binary_t&) override {
        check_failed("JSON has no binary values", __FILE__, __LINE__);
    }
    bool start_object(std::size_t) override { return open(JsonValue::Type::object); }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(JsonValue::Type::list); }
    bool end_array() override { return close(); }
    bool key(std::string& key) override {
        auto& object = *open_.back();
        if (object.find(key) != nullptr) {
            return refuse(
                error(Fault::invalid, "the key {} stands there twice", quoted_in_message(key)));
        }
        if (object.members.empty()) {
            object.members.reserve(usual_members);  // so that they are not moved as it grows
        }
        object.members.emplace_back().key = key;
        return true;
    }
    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::json::exception& failure) override {
        refusal_ = error(Fault::invalid, "this is not JSON at {}: {}", place_of(json_, position),
                         cause_in(failure.what()));
        return false;
    }

    JsonValue& value() { return value_; }
    Error refusal() const {
        CHECK(refusal_.has_value());
        return *refusal_;
    }

private:
    // Makes the value where it stands, and leaves it in `last_`.
    bool add(JsonValue::Type type, std::string_view text = {}) {
        if (++count_ > values_max_) {
            return refuse(error(Fault::invalid, "there are more than {} values", values_max_));
        }
        if (open_.empty()) {
            last_ = &value_;
        } else if (open_.back()->type == JsonValue::Type::list) {
            last_ = &open_.back()->elements.emplace_back();
        } else {
            last_ = &open_.back()->members.back().value;
        }
        last_->type = type;
        last_->text = text;
        return true;
    }
    bool open(JsonValue::Type type) {
        if (open_.size() == limits::json_depth_max) {
            return refuse(error(Fault::invalid, "the values are nested more than {} deep",
                                limits::json_depth_max));
        }
        if (!add(type)) {
            return false;
        }
        // Stays where it is while it is open: only what is open grows.
        open_.push_back(last_);
        return true;
    }
    bool close() {
        open_.pop_back();
        return true;
    }
    // The refusal under the keys that lead to the innermost open object.
    bool refuse(Error refusal) {
        for (auto at = open_.size(); at > 1; --at) {
            const auto& parent = *open_[at - 2];
            if (parent.type == JsonValue::Type::object) {
                const auto key = quoted_in_message(parent.members.back().key);
                refusal = std::move(refusal).explain("{}", key);
            }
        }
        refusal_ = std::move(refusal);
        return false;
    }

    std::string_view json_;
    std::size_t values_max_;
    JsonValue value_;
    JsonValue* last_ = nullptr;
    std::vector<JsonValue*> open_;
    std::size_t count_ = 0;
    std::optional<Error> refusal_;
};

// What the library would pass over in silence.
Result<void> check_before(std::string_view json) {
    if (json.size() > limits::json_line_bytes_max) {
        return error(Fault::invalid, "the JSON has {} bytes; at most {} are taken", json.size(),
                     limits::json_line_bytes_max);
    }
    if (json.starts_with("\xef\xbb\xbf")) {
        return Error{Fault::invalid, "the JSON begins with a byte-order mark"}.advise(
            "save the file as UTF-8 without a byte-order mark");
    }
    const auto zero = json.find('\0');
    if (zero != std::string_view::npos) {
        return error(Fault::invalid, "this is not JSON at {}: a zero byte",
                     place_of(json, zero + 1));
    }
    return done();
}

}  // namespace

const JsonValue* JsonValue::find(std::string_view key) const {
    const auto found = std::ranges::find(members, key, &JsonMember::key);
    return found == members.end() ? nullptr : &found->value;
}

Result<JsonValue> read_json(std::string_view json, std::size_t values_max) {
    TRY(check_before(json));
    Builder builder(json, values_max);
    if (!nlohmann::json::sax_parse(json, &builder)) {
        return builder.refusal();
    }
    return std::move(builder.value());
}

Result<void> check_type(const JsonValue& value, JsonValue::Type wanted) {
    if (value.type != wanted) {
        return error(Fault::invalid, "there should be {}, not {}", name_of(wanted),
                     name_of(value.type));
    }
    return done();
}

Result<std::string_view> text_in(const JsonValue& value) {
    TRY(check_type(value, JsonValue::Type::text));
    return std::string_view(value.text);
}

Result<bool> flag_in(const JsonValue& value) {
    TRY(check_type(value, JsonValue::Type::flag));
    return value.flag;
}

Result<std::uint64_t> number_in(const JsonValue& value, std::uint64_t most) {
    TRY(check_type(value, JsonValue::Type::number));
    std::uint64_t number = 0;
    const auto* end = value.text.data() + value.text.size();
    const auto read = std::from_chars(value.text.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end || number > most) {
        return error(Fault::invalid, "{} is not a whole number from 0 to {}",
                     std::string_view(value.text).substr(0, limits::reference_bytes_max), most);
    }
    return number;
}

Result<void> check_keys(const JsonValue& object, const std::vector<std::string>& known) {
    for (const auto& member : object.members) {
        if (std::ranges::find(known, member.key) == known.end()) {
            return error(Fault::invalid, "there is no key {} here", quoted_in_message(member.key))
                .advise(advice_for(member.key, known));
        }
    }
    return done();
}

std::string quoted_in_message(std::string_view text) {
    if (text.size() <= limits::reference_bytes_max) {
        return json_quoted(text);
    }
    auto end = limits::reference_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) >> 6) == 2) {
        --end;  // not within a character
    }
    return json_quoted(std::string(text.substr(0, end)) + "...");
}

std::string advice_for(std::string_view typed, const std::vector<std::string>& known) {
    const auto near = nearest(typed.substr(0, limits::reference_bytes_max), known);
    if (near) {
        return fmt::format("did you mean {}?", *near);
    }
    return known.empty() ? "leave it out" : fmt::format("use one of {}", fmt::join(known, ", "));
}

}  // namespace wsoa
