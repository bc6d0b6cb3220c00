#pragma once

#include "ledger/base/decimal.h"
#include "ledger/base/limits.h"
#include "ledger/base/names.h"
#include "ledger/base/numbers.h"
#include "ledger/base/time.h"
#include "ledger/plan/register.h"

#include <capnp/schema.h>

#include <algorithm>
#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

// Values of views to bytes and back, so that equal values have equal bytes and there is one
// spelling of each.
//
// Integers are big-endian and of the width of their type; signed ones in two's complement; a text
// is its length as u16 and its bytes; an optional value is 0x00, or 0x01 and the value; a list is
// its length as u32 and its elements; a register is the list of its settings, by effective day,
// then index. Reading takes nothing else: what a name, a day or a choice may not be is `corrupt`,
// and a length that was read allocates nothing for which the bytes are not there.
namespace wsoa::record {

// Bytes from which values are read. Once one could not be read, no other can be, and finish() says
// why: so a value that is not there is a null, and not an Error that stands beside each of the
// half million values of a long plan.
class Source {
public:
    explicit Source(ByteView bytes) : rest_(bytes) {}

    template <std::unsigned_integral Number>
    [[gnu::always_inline]] std::optional<Number> number() {
        if (rest_.size() < sizeof(Number)) [[unlikely]] {
            return ends_early();
        }
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < sizeof(Number); ++i) {
            value = value << 8 | rest_[i];
        }
        rest_ = rest_.subspan(sizeof(Number));
        return static_cast<Number>(value);
    }
    // A view into the bytes.
    std::optional<ByteView> take(std::size_t count) {
        if (rest_.size() < count) [[unlikely]] {
            return ends_early();
        }
        const auto taken = rest_.first(count);
        rest_ = rest_.subspan(count);
        return taken;
    }
    // What was read, if it is a value. What a view keeps was valid when it was written.
    template <typename T>
    std::optional<T> valid(Result<T> read) {
        if (!read.ok()) [[unlikely]] {
            return fail(std::move(read).error());
        }
        return std::move(read).value();
    }

    // Nothing can be read from here on. Of several reasons the first is kept; it is `corrupt`.
    std::nullopt_t fail(Error why);
    std::nullopt_t fail(std::string_view why);
    bool has_failed() const { return failed_.has_value(); }
    std::size_t left() const { return rest_.size(); }
    // `corrupt` if anything could not be read, or is left.
    Result<void> finish() const;

private:
    std::nullopt_t ends_early();
    ByteView rest_;
    std::optional<Error> failed_;
};

// How a type is written and read. One is declared for each type that a record holds.
template <typename T>
struct Codec;

template <typename T>
void put(Bytes& to, const T& value) {
    Codec<T>::put(to, value);
}
// Null if it could not be read: the source says why.
template <typename T>
std::optional<T> get(Source& from) {
    return Codec<T>::get(from);
}
// What was read last from the source; its error if that could not be.
template <typename T>
Result<T> or_error(std::optional<T> value, const Source& from) {
    if (!value) {
        auto why = from.finish();
        CHECK(!why.ok());
        return std::move(why).error();
    }
    return std::move(*value);
}
// The whole of the bytes as one value.
template <typename T>
Result<T> whole(ByteView bytes) {
    Source source(bytes);
    auto value = get<T>(source);
    TRY(source.finish());
    CHECK(value.has_value());
    return std::move(*value);
}

void put_text(Bytes& to, std::string_view text);
// Fails past limits::reference_bytes_max: no name is longer.
std::optional<std::string_view> get_text(Source& from);

template <>
struct Codec<std::uint16_t> {
    static void put(Bytes& to, std::uint16_t value) { append_u16(to, value); }
    static std::optional<std::uint16_t> get(Source& from) { return from.number<std::uint16_t>(); }
};
template <>
struct Codec<std::uint32_t> {
    static void put(Bytes& to, std::uint32_t value) { append_u32(to, value); }
    static std::optional<std::uint32_t> get(Source& from) { return from.number<std::uint32_t>(); }
};
template <>
struct Codec<EventIndex> {
    static void put(Bytes& to, EventIndex value) { append_u64(to, value.value); }
    static std::optional<EventIndex> get(Source& from) {
        const auto value = from.number<std::uint64_t>();
        return value ? std::optional(EventIndex{*value}) : std::nullopt;
    }
};
template <>
struct Codec<Date> {
    static void put(Bytes& to, Date value) {
        append_u32(to, static_cast<std::uint32_t>(value.days));
    }
    static std::optional<Date> get(Source& from) {
        const auto number = from.number<std::uint32_t>();
        if (!number) {
            return std::nullopt;
        }
        const auto days = static_cast<std::int32_t>(*number);
        if (days < limits::day_min || days > limits::day_max) [[unlikely]] {
            return from.valid(date_from_days(days));
        }
        return Date{days};
    }
};
template <>
struct Codec<Month> {
    static void put(Bytes& to, Month value) { append_u16(to, value.months); }
    static std::optional<Month> get(Source& from);
};
template <>
struct Codec<Instant> {
    static void put(Bytes& to, Instant value) {
        append_u64(to, static_cast<std::uint64_t>(value.ms));
    }
    static std::optional<Instant> get(Source& from);
};
// Names: parsed again when they are read.
template <typename T>
requires std::same_as<T, PlanRef> || std::same_as<T, SubjectRef> || std::same_as<T, PersonId>
struct Codec<T> {
    static void put(Bytes& to, const T& value) { put_text(to, value.str()); }
    static std::optional<T> get(Source& from) {
        const auto text = get_text(from);
        return text ? from.valid(T::parse(*text)) : std::nullopt;
    }
};
// Codes and labels: short, and of nothing but letters, digits, points and hyphens.
template <>
struct Codec<std::string> {
    static void put(Bytes& to, const std::string& value) { put_text(to, value); }
    static std::optional<std::string> get(Source& from);
};
template <>
struct Codec<bool> {
    static void put(Bytes& to, const bool& value) { to.push_back(value ? 1 : 0); }
    static std::optional<bool> get(Source& from);
};
template <>
struct Codec<Decimal> {
    static void put(Bytes& to, Decimal value) {
        append_u64(to, static_cast<std::uint64_t>(value.mantissa));
        append_u16(to, value.scale);
    }
    static std::optional<Decimal> get(Source& from);
};
template <>
struct Codec<Hash> {
    static void put(Bytes& to, const Hash& value) { append(to, value.view()); }
    static std::optional<Hash> get(Source& from);
};
template <>
struct Codec<DocumentNumber> {
    static void put(Bytes& to, DocumentNumber value) { append_u64(to, value.value); }
    static std::optional<DocumentNumber> get(Source& from) {
        const auto value = from.number<std::uint64_t>();
        return value ? std::optional(DocumentNumber{*value}) : std::nullopt;
    }
};
template <>
struct Codec<TreeSize> {
    static void put(Bytes& to, TreeSize value) { append_u64(to, value.value); }
    static std::optional<TreeSize> get(Source& from) {
        const auto value = from.number<std::uint64_t>();
        return value ? std::optional(TreeSize{*value}) : std::nullopt;
    }
};

// The last member of an enum of ours, whose members count from 1.
template <typename T>
struct Last;

template <typename T>
requires requires { Last<T>::member; }
struct Codec<T> {
    static void put(Bytes& to, T value) { to.push_back(static_cast<std::uint8_t>(value)); }
    static std::optional<T> get(Source& from) {
        const auto number = from.number<std::uint8_t>();
        if (number && (*number == 0 || *number > static_cast<std::uint8_t>(Last<T>::member))) {
            return from.fail("a record holds a choice that there is not");
        }
        return number ? std::optional(static_cast<T>(*number)) : std::nullopt;
    }
};

// Choices of the schema. `unset` is none of them.
template <typename T>
requires(std::is_enum_v<T> && !requires { Last<T>::member; }) struct Codec<T> {
    static void put(Bytes& to, T value) { append_u16(to, static_cast<std::uint16_t>(value)); }
    static std::optional<T> get(Source& from) {
        static const auto count = capnp::Schema::from<T>().getEnumerants().size();
        const auto number = from.number<std::uint16_t>();
        if (number && (*number == 0 || *number >= count)) {
            return from.fail("a record holds a choice that the schema does not have");
        }
        return number ? std::optional(static_cast<T>(*number)) : std::nullopt;
    }
};

// u8 0, or u8 1 and the value.
template <typename T>
struct Codec<std::optional<T>> {
    static void put(Bytes& to, const std::optional<T>& value) {
        to.push_back(value ? 1 : 0);
        if (value) {
            record::put(to, *value);
        }
    }
    static std::optional<std::optional<T>> get(Source& from) {
        const auto is_there = from.number<std::uint8_t>();
        if (!is_there) {
            return std::nullopt;
        }
        if (*is_there > 1) {
            return from.fail("a record says neither that a value is there nor that not");
        }
        if (*is_there == 0) {
            return std::optional<std::optional<T>>(std::in_place);
        }
        auto value = record::get<T>(from);
        if (!value) {
            return std::nullopt;
        }
        return std::optional<std::optional<T>>(std::in_place, std::move(value));
    }
};

// How many, then each.
template <typename T>
struct Codec<std::vector<T>> {
    static void put(Bytes& to, const std::vector<T>& values) {
        append_u32(to, static_cast<std::uint32_t>(values.size()));
        for (const auto& value : values) {
            record::put(to, value);
        }
    }
    static std::optional<std::vector<T>> get(Source& from) {
        std::vector<T> values;
        // Every element takes at least a byte, so that a false length runs out of bytes.
        for (auto left = from.number<std::uint32_t>().value_or(0); left > 0; --left) {
            auto value = record::get<T>(from);
            if (!value) {
                return std::nullopt;
            }
            values.push_back(std::move(*value));
        }
        return from.has_failed() ? std::nullopt : std::optional(std::move(values));
    }
};

// Its settings, in their order.
template <typename T>
struct Codec<Register<T>> {
    static void put(Bytes& to, const Register<T>& values) {
        append_u32(to, static_cast<std::uint32_t>(values.settings().size()));
        for (const auto& setting : values.settings()) {
            record::put(to, setting.effective);
            record::put(to, setting.index);
            record::put(to, setting.struck_at);
            record::put(to, setting.value);
        }
    }
    static std::optional<Register<T>> get(Source& from) {
        constexpr std::size_t setting_bytes_min = 4 + 8 + 1 + 1;
        auto left = from.number<std::uint32_t>().value_or(0);
        std::vector<typename Register<T>::Setting> settings;
        const auto count = std::min<std::size_t>(left, from.left() / setting_bytes_min);
        settings.reserve(count + count / 8);  // the events that follow set it again
        for (; left > 0; --left) {
            const auto effective = record::get<Date>(from);
            const auto index = record::get<EventIndex>(from);
            const auto struck_at = record::get<std::optional<EventIndex>>(from);
            auto value = record::get<T>(from);
            if (!effective || !index || !struck_at || !value) {
                return std::nullopt;
            }
            settings.push_back({*effective, *index, std::move(*value), *struck_at});
        }
        if (from.has_failed()) {
            return std::nullopt;
        }
        auto values = Register<T>::of_settings(std::move(settings));
        return values ? std::move(values)
                      : from.fail("a record's settings do not stand in their order");
    }
};

// The members of a struct, in the order in which it declares them: all that it takes to spell it.
template <typename T>
struct Members;

template <typename T, typename... Member>
std::optional<T> get_members(Source& from, const std::tuple<Member T::*...>& /*members*/) {
    // Braces: one after the other, in this order.
    std::tuple<std::optional<Member>...> values{record::get<Member>(from)...};
    return std::apply(
        [](auto&... value) {
            return (value && ...) ? std::optional(T{std::move(*value)...}) : std::nullopt;
        },
        values);
}

template <typename T>
requires requires { Members<T>::list; }
struct Codec<T> {
    static void put(Bytes& to, const T& value) {
        std::apply([&](auto... member) { (record::put(to, value.*member), ...); },
                   Members<T>::list);
    }
    static std::optional<T> get(Source& from) { return get_members(from, Members<T>::list); }
};

// u32 how many, then each key and its value, in the order of the keys.
template <typename Key, typename Value>
struct Codec<std::map<Key, Value>> {
    static void put(Bytes& to, const std::map<Key, Value>& values) {
        append_u32(to, static_cast<std::uint32_t>(values.size()));
        for (const auto& [key, value] : values) {
            record::put(to, key);
            record::put(to, value);
        }
    }
    static std::optional<std::map<Key, Value>> get(Source& from) {
        std::map<Key, Value> values;
        for (auto left = from.number<std::uint32_t>().value_or(0); left > 0; --left) {
            auto key = record::get<Key>(from);
            auto value = record::get<Value>(from);
            if (!key || !value) {
                return std::nullopt;
            }
            if (!values.empty() && !(values.rbegin()->first < *key)) {
                return from.fail("a record's keys do not stand in their order");
            }
            values.emplace_hint(values.end(), std::move(*key), std::move(*value));
        }
        return from.has_failed() ? std::nullopt : std::optional(std::move(values));
    }
};

}  // namespace wsoa::record
