#pragma once

#include "ledger/base/names.h"
#include "ledger/base/time.h"
#include "schemas/change.capnp.h"

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

}  // namespace wsoa::read
