#pragma once

#include "ledger/event/json_reader.h"
#include "ledger/event/layout.h"

#include <capnp/dynamic.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The fields of a record of the schema as JSON and as text, and back from JSON. A layout goes with
// the struct that it was read from. The members of a union are for the caller.
namespace wsoa {

// "name":value, with commas between; what is absent is left out. The record was walked.
std::string fields_as_json(const Layout& layout, capnp::DynamicStruct::Reader record);

// The same for people, a text a field.
std::vector<std::pair<std::string, std::string>> fields_as_text(
    const Layout& layout, capnp::DynamicStruct::Reader record);

// Sets every field of the record from the object's members, and looks at no other member. Null is
// absent. `invalid`, naming the field, for a value that is none of its type or past its bounds and
// for a required one that is absent. Sets may stand in any order.
Result<void> fill_fields(const Layout& layout, capnp::DynamicStruct::Builder record,
                         const JsonValue& object);

// Sets the one field of that name, which the record has, in the same way.
Result<void> fill_field_named(const Layout& layout, capnp::DynamicStruct::Builder record,
                              std::string_view name, const JsonValue& value);

std::vector<std::string> field_names(const Layout& layout);

}  // namespace wsoa
