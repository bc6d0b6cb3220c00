#pragma once

#include "ledger/base/decimal.h"
#include "ledger/base/names.h"
#include "ledger/base/numbers.h"
#include "ledger/base/time.h"
#include "schemas/change.capnp.h"

#include <concepts>
#include <optional>
#include <string>
#include <vector>

// Fields of a checked change as our own types. Change::read has checked every field, so that none
// of these can fail; each is for fields that the schema says hold such a value.
namespace wsoa::read {

inline ByteView bytes(capnp::Data::Reader data) { return {data.begin(), data.size()}; }
inline std::string_view text(capnp::Text::Reader text) { return {text.cStr(), text.size()}; }
inline Date date(schema::Date::Reader date) { return Date{date.getDays()}; }

// What was checked when it was read cannot fail when it is read again.
template <typename T>
T certain(Result<T> result) {
    CHECK(result.ok());
    return std::move(result).value();
}

inline PersonId person(capnp::Text::Reader value) { return certain(PersonId::parse(text(value))); }
inline SubjectRef subject(capnp::Text::Reader value) {
    return certain(SubjectRef::parse(text(value)));
}
inline PlanRef plan(capnp::Text::Reader value) { return certain(PlanRef::parse(text(value))); }
inline KeyId key(capnp::Data::Reader value) { return certain(KeyId::of(bytes(value))); }
inline Signature signature(capnp::Data::Reader value) {
    return certain(Signature::of(bytes(value)));
}
inline Hash hash(capnp::Data::Reader value) { return certain(Hash::of(bytes(value))); }
inline Decimal decimal(schema::Decimal::Reader value) {
    return certain(Decimal::of(value.getMantissa(), value.getScale()));
}

// Fields that may be absent, each asked as f.hasX() with f.getX(): an absent pointer reads as an
// empty struct or text, which is not looked at.
template <typename Read, typename Value>
auto if_there(std::same_as<bool> auto is_there, Read read, Value value) {
    return is_there ? std::optional(read(value)) : std::nullopt;
}
inline auto date_if(std::same_as<bool> auto is_there, schema::Date::Reader value) {
    return if_there(is_there, date, value);
}
inline auto decimal_if(std::same_as<bool> auto is_there, schema::Decimal::Reader value) {
    return if_there(is_there, decimal, value);
}
inline auto subject_if(std::same_as<bool> auto is_there, capnp::Text::Reader value) {
    return if_there(is_there, subject, value);
}
inline auto whole_if(std::same_as<bool> auto is_there, schema::Whole::Reader value) {
    return if_there(
        is_there, [](schema::Whole::Reader whole) { return whole.getValue(); }, value);
}
inline auto month_if(std::same_as<bool> auto is_there, schema::Month::Reader value) {
    return if_there(
        is_there, [](schema::Month::Reader month) { return Month{month.getMonths()}; }, value);
}
inline auto index_if(std::same_as<bool> auto is_there, schema::Index::Reader value) {
    return if_there(
        is_there, [](schema::Index::Reader index) { return EventIndex{index.getValue()}; }, value);
}
inline auto hash_if(std::same_as<bool> auto is_there, capnp::Data::Reader value) {
    return if_there(is_there, hash, value);
}
// A choice that may be left out.
template <typename Choice>
std::optional<Choice> choice_if(Choice choice) {
    return choice == Choice::UNSET ? std::nullopt : std::optional(choice);
}

inline std::vector<SubjectRef> subjects(capnp::List<capnp::Text>::Reader list) {
    std::vector<SubjectRef> read;
    for (const auto element : list) {
        read.push_back(subject(element));
    }
    return read;
}
inline std::vector<PersonId> persons(capnp::List<capnp::Text>::Reader list) {
    std::vector<PersonId> read;
    for (const auto element : list) {
        read.push_back(person(element));
    }
    return read;
}
inline std::vector<std::string> texts(capnp::List<capnp::Text>::Reader list) {
    std::vector<std::string> read;
    for (const auto element : list) {
        read.emplace_back(text(element));
    }
    return read;
}
template <typename Choice>
std::vector<Choice> choices(typename capnp::List<Choice>::Reader list) {
    std::vector<Choice> read;
    for (const auto choice : list) {
        read.push_back(choice);
    }
    return read;
}

}  // namespace wsoa::read
