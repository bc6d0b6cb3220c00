#pragma once

#include "ledger/base/decimal.h"
#include "ledger/base/limits.h"
#include "ledger/base/names.h"
#include "ledger/base/numbers.h"
#include "ledger/base/time.h"
#include "ledger/plan/register.h"

#include <capnp/schema.h>

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
// and nothing is allocated by a length that was read.
namespace wsoa::record {

// How a type is written and read. One is declared for each type that a record holds.
template <typename T>
struct Codec;

template <typename T>
void put(Bytes& to, const T& value) {
    Codec<T>::put(to, value);
}
template <typename T>
Result<T> get(ByteReader& from) {
    return Codec<T>::get(from);
}
// The whole of the bytes as one value.
template <typename T>
Result<T> whole(ByteView bytes) {
    ByteReader reader(bytes);
    auto value = TRY(get<T>(reader));
    TRY(reader.finish());
    return value;
}

// What a view keeps was valid when it was written.
inline Error as_stored(Error error) {
    error.fault = Fault::corrupt;
    return error;
}
template <typename T>
Result<T> as_stored(Result<T> result) {
    return result.ok() ? std::move(result) : Result<T>(as_stored(std::move(result).error()));
}

void put_text(Bytes& to, std::string_view text);
// `corrupt` past limits::reference_bytes_max: no name is longer.
Result<std::string_view> get_text(ByteReader& from);

template <>
struct Codec<std::uint16_t> {
    static void put(Bytes& to, std::uint16_t value) { append_u16(to, value); }
    static Result<std::uint16_t> get(ByteReader& from) { return from.u16(); }
};
template <>
struct Codec<std::uint32_t> {
    static void put(Bytes& to, std::uint32_t value) { append_u32(to, value); }
    static Result<std::uint32_t> get(ByteReader& from) { return from.u32(); }
};
template <>
struct Codec<EventIndex> {
    static void put(Bytes& to, EventIndex value) { append_u64(to, value.value); }
    static Result<EventIndex> get(ByteReader& from);
};
template <>
struct Codec<Date> {
    static void put(Bytes& to, Date value) {
        append_u32(to, static_cast<std::uint32_t>(value.days));
    }
    static Result<Date> get(ByteReader& from);
};
template <>
struct Codec<Month> {
    static void put(Bytes& to, Month value) { append_u16(to, value.months); }
    static Result<Month> get(ByteReader& from);
};
template <>
struct Codec<Instant> {
    static void put(Bytes& to, Instant value) {
        append_u64(to, static_cast<std::uint64_t>(value.ms));
    }
    static Result<Instant> get(ByteReader& from);
};
// Names: parsed again when they are read.
template <typename T>
requires std::same_as<T, PlanRef> || std::same_as<T, SubjectRef> || std::same_as<T, PersonId>
struct Codec<T> {
    static void put(Bytes& to, const T& value) { put_text(to, value.str()); }
    static Result<T> get(ByteReader& from) {
        const auto text = TRY(get_text(from));
        return as_stored(T::parse(text));
    }
};
// Codes and labels: short, and of nothing but letters, digits, points and hyphens.
template <>
struct Codec<std::string> {
    static void put(Bytes& to, const std::string& value) { put_text(to, value); }
    static Result<std::string> get(ByteReader& from);
};
template <>
struct Codec<bool> {
    static void put(Bytes& to, const bool& value) { to.push_back(value ? 1 : 0); }
    static Result<bool> get(ByteReader& from);
};
template <>
struct Codec<Decimal> {
    static void put(Bytes& to, Decimal value) {
        append_u64(to, static_cast<std::uint64_t>(value.mantissa));
        append_u16(to, value.scale);
    }
    static Result<Decimal> get(ByteReader& from);
};
template <>
struct Codec<Hash> {
    static void put(Bytes& to, const Hash& value) { append(to, value.view()); }
    static Result<Hash> get(ByteReader& from);
};
template <>
struct Codec<DocumentNumber> {
    static void put(Bytes& to, DocumentNumber value) { append_u64(to, value.value); }
    static Result<DocumentNumber> get(ByteReader& from);
};
template <>
struct Codec<TreeSize> {
    static void put(Bytes& to, TreeSize value) { append_u64(to, value.value); }
    static Result<TreeSize> get(ByteReader& from);
};

// The last member of an enum of ours, whose members count from 1.
template <typename T>
struct Last;

template <typename T>
requires requires { Last<T>::member; }
struct Codec<T> {
    static void put(Bytes& to, T value) { to.push_back(static_cast<std::uint8_t>(value)); }
    static Result<T> get(ByteReader& from) {
        const auto number = TRY(from.u8());
        if (number == 0 || number > static_cast<std::uint8_t>(Last<T>::member)) {
            return Error{Fault::corrupt, "a record holds a choice that there is not"};
        }
        return static_cast<T>(number);
    }
};

// Choices of the schema. `unset` is none of them.
template <typename T>
requires(std::is_enum_v<T> && !requires { Last<T>::member; }) struct Codec<T> {
    static void put(Bytes& to, T value) { append_u16(to, static_cast<std::uint16_t>(value)); }
    static Result<T> get(ByteReader& from) {
        const auto number = TRY(from.u16());
        if (number == 0 || number >= capnp::Schema::from<T>().getEnumerants().size()) {
            return Error{Fault::corrupt, "a record holds a choice that the schema does not have"};
        }
        return static_cast<T>(number);
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
    static Result<std::optional<T>> get(ByteReader& from) {
        const auto is_there = TRY(from.u8());
        if (is_there > 1) {
            return Error{Fault::corrupt,
                         "a record says neither that a value is there nor that not"};
        }
        if (is_there == 0) {
            return std::optional<T>{};
        }
        auto value = TRY(record::get<T>(from));
        return std::optional<T>(std::move(value));
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
    static Result<std::vector<T>> get(ByteReader& from) {
        std::vector<T> values;
        // Every element takes at least a byte, so that a false length runs out of bytes.
        for (auto left = TRY(from.u32()); left > 0; --left) {
            auto value = TRY(record::get<T>(from));
            values.push_back(std::move(value));
        }
        return values;
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
    static Result<Register<T>> get(ByteReader& from) {
        Register<T> values;
        for (auto left = TRY(from.u32()); left > 0; --left) {
            const auto effective = TRY(record::get<Date>(from));
            const auto index = TRY(record::get<EventIndex>(from));
            const auto struck_at = TRY(record::get<std::optional<EventIndex>>(from));
            auto value = TRY(record::get<T>(from));
            values.set(effective, index, std::move(value));
            if (struck_at) {
                values.strike(index, *struck_at);
            }
            // Out of order, or struck in another one's place.
            const auto& last = values.settings().back();
            if (last.effective != effective || last.index != index || last.struck_at != struck_at) {
                return Error{Fault::corrupt, "a record's settings do not stand in their order"};
            }
        }
        return values;
    }
};

// The members of a struct, in the order in which it declares them: all that it takes to spell it.
template <typename T>
struct Members;

// Reads the next value, unless one before it could not be read.
template <typename Value>
void get_next(std::optional<Value>& into, ByteReader& from, std::optional<Error>& failed) {
    if (failed) {
        return;
    }
    auto value = record::get<Value>(from);
    if (value.ok()) {
        into.emplace(std::move(value).value());
    } else {
        failed = std::move(value).error();
    }
}

template <typename T, typename... Member>
Result<T> get_members(ByteReader& from, const std::tuple<Member T::*...>& /*members*/) {
    std::tuple<std::optional<Member>...> values;
    std::optional<Error> failed;
    std::apply([&](auto&... into) { (get_next(into, from, failed), ...); }, values);
    if (failed) {
        return std::move(*failed);
    }
    return std::apply([](auto&... value) { return T{std::move(*value)...}; }, values);
}

template <typename T>
requires requires { Members<T>::list; }
struct Codec<T> {
    static void put(Bytes& to, const T& value) {
        std::apply([&](auto... member) { (record::put(to, value.*member), ...); },
                   Members<T>::list);
    }
    static Result<T> get(ByteReader& from) { return get_members(from, Members<T>::list); }
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
    static Result<std::map<Key, Value>> get(ByteReader& from) {
        std::map<Key, Value> values;
        for (auto left = TRY(from.u32()); left > 0; --left) {
            auto key = TRY(record::get<Key>(from));
            if (!values.empty() && !(values.rbegin()->first < key)) {
                return Error{Fault::corrupt, "a record's keys do not stand in their order"};
            }
            auto value = TRY(record::get<Value>(from));
            values.emplace_hint(values.end(), std::move(key), std::move(value));
        }
        return values;
    }
};

}  // namespace wsoa::record
