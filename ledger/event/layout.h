#pragma once

#include "ledger/event/kinds.h"
#include "schemas/annotations.capnp.h"

#include <capnp/schema.h>

#include <optional>
#include <string>
#include <vector>

// Where the schema puts each field of a struct and what may stand there: read by reflection once,
// so that a walk over bytes asks nothing by name.
namespace wsoa {

struct Layout;

// How a field, or an element of a list, is encoded.
enum class Wire : std::uint8_t { number, choice, text, data, record };

// Where one field stands, and what may stand in it.
struct Slot {
    std::string name;
    Wire wire = Wire::number;
    FieldType type = FieldType::number;
    bool is_list = false;
    bool is_optional = false;
    bool is_set = false;
    std::uint32_t bits = 0;    // width of a number, choice or flag
    std::uint32_t offset = 0;  // in the data section, in bits; or which pointer
    schema::Holds holds = schema::Holds::UNSET;
    std::uint64_t most = 0;          // largest number; of a list, most elements
    std::uint64_t choices = 0;       // how many members an enum has, `unset` among them
    const Layout* record = nullptr;  // of a struct, or of a list's structs

    bool is_pointer() const { return is_list || (wire != Wire::number && wire != Wire::choice); }
};

// Of one struct: its fields, and what of its bytes they own.
struct Layout {
    std::vector<std::uint64_t> known_bits;  // a data word each: those that some field owns
    std::uint32_t pointers = 0;
    std::vector<Slot> slots;
    // The same slots, by where they stand: those in the data section, and one for each pointer,
    // null where only members of the union use it.
    std::vector<const Slot*> in_data;
    std::vector<const Slot*> by_pointer;
    // Of a union: where its tag stands, and its members by tag. All are structs but `unset`.
    std::optional<std::uint32_t> tag_offset;
    std::vector<Slot> members;
};

// The layout of schema::Change, and of all that it holds. Made at the first call.
const Layout& change_layout();

}  // namespace wsoa
