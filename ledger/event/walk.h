#pragma once

#include "ledger/event/layout.h"

#include <capnp/any.h>

#include <optional>
#include <string>

namespace wsoa {

// Looks at every field of a message once, before any typed accessor does.
//
// Cap'n Proto's accessors believe the schema: over a Text field that holds a list of numbers they
// throw, an enum comes back as 77. The walk looks at what each pointer really points to, so that
// after it the accessors of the generated readers cannot fail. The library's own checks of bounds
// and depth throw kj::Exception, which is for the caller to catch.
class Walk {
public:
    // `invalid`, naming the field, for what no program may write.
    Result<void> whole(const Layout& layout, capnp::AnyStruct::Reader reader);

    // What stands there that only a newer program may know, if there is anything: an enumerant, a
    // kind, a field past the schema's end.
    const std::optional<std::string>& unknown() const { return unknown_; }

private:
    void look_past_end(const Layout& layout, capnp::AnyStruct::Reader reader);
    Result<void> walk_slot(const Slot& slot, capnp::AnyStruct::Reader reader);
    Result<void> walk_union(const Layout& layout, capnp::AnyStruct::Reader reader);
    Result<void> walk_number(const Slot& slot, std::uint64_t number);
    Result<void> walk_pointer(const Slot& slot, capnp::AnyPointer::Reader pointer);
    Result<void> walk_record(const Slot& slot, capnp::AnyStruct::Reader reader);
    Result<void> walk_list(const Slot& slot, capnp::AnyList::Reader list);
    Result<void> walk_choices(const Slot& slot, capnp::AnyList::Reader list);
    Result<void> walk_texts(const Slot& slot, capnp::AnyList::Reader list);
    Result<void> walk_records(const Slot& slot, capnp::AnyList::Reader list);
    void note_unknown(std::string what);

    std::optional<std::string> unknown_;
};

// Whether the data section of a date, a month, a decimal or a whole number is one. `invalid` with
// what is wrong.
Result<void> check_range(const Slot& slot, ByteView data);

// The bytes of a pointer that is to be Data or Text: `invalid` if it points to anything else. The
// reader lends them.
Result<ByteView> bytes_at(capnp::AnyPointer::Reader pointer);

// An unsigned number in a data section, `bits` wide and aligned to that; 0 past the section's end.
std::uint64_t number_at(ByteView data, std::uint32_t offset_bits, std::uint32_t bits);

// A struct's data section.
ByteView data_of(capnp::AnyStruct::Reader reader);

}  // namespace wsoa
