#pragma once

#include "ledger/base/bytes.h"
#include "ledger/event/kinds.h"
#include "schemas/annotations.capnp.h"

#include <capnp/schema.h>

#include <string>
#include <vector>

// What the schema says beyond types, for those files of this room that read it by reflection.
namespace wsoa {

// The annotations of one struct, field or enumerant (schemas/annotations.capnp).
struct Notes {
    std::string help;
    std::string example;
    schema::Holds holds = schema::Holds::UNSET;
    bool is_optional = false;
    bool is_set = false;
    std::uint64_t most = 0;
};
Notes notes_of(capnp::List<capnp::schema::Annotation>::Reader annotations);

// The type of a field, or of a list's elements.
FieldType type_of(capnp::Type type, schema::Holds holds);

// The names of an enum's members, `unset` first.
std::vector<std::string> names_of(capnp::EnumSchema schema);

// Whether text is what a Text field with this annotation holds: check_text within text_bytes_max,
// then the shape that the annotation names. `invalid` with what is wrong.
Result<void> check_held_text(schema::Holds holds, std::string_view text);

// The same for the bytes of a Data field: their number, and for a UUID its version.
Result<void> check_held_data(schema::Holds holds, ByteView bytes);

}  // namespace wsoa
