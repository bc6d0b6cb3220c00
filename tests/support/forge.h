#pragma once

#include "ledger/event/change.h"

#include <capnp/any.h>

#include <functional>

// Changes that no tool of ours would write.
namespace wsoa::test {

// The canonical bytes of whatever a struct holds, sense or not.
Bytes canonical_bytes(capnp::AnyStruct::Reader reader);

// The sample of the kind with something changed in it through the builder; canonical.
Bytes forged(Kind kind, const std::function<void(schema::Change::Builder)>& change);

// The pointer of a struct's field, to be pointed at anything.
capnp::AnyPointer::Builder pointer_of(capnp::AnyStruct::Builder record, unsigned place);
capnp::AnyStruct::Builder any_of(schema::Change::Builder change);
// The struct of the change's kind.
capnp::AnyStruct::Builder kind_of(schema::Change::Builder change);

// The same struct with room for one data word and one pointer more than its schema has.
Bytes grown(Kind kind, const std::function<void(capnp::AnyStruct::Builder)>& change);

// Words of bytes, as a message's pointers are made of.
std::uint64_t word_at(const Bytes& bytes, std::size_t word);
void set_word(Bytes& bytes, std::size_t word, std::uint64_t value);
// The first word of that value; ends the test if there is none.
std::size_t find_word(const Bytes& bytes, std::uint64_t value);

// What the quick look and the walk, with the check of the canonical form, each say of a change.
struct Looked {
    bool quickly = false;
    bool slowly = false;
};
Looked look_at(ByteView bytes);

// Whether the bytes are their own canonical form, asked of the library without our code.
bool is_own_canonical_form(ByteView bytes);

}  // namespace wsoa::test
