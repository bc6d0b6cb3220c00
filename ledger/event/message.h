#pragma once

#include "ledger/base/bytes.h"

#include <capnp/any.h>
#include <capnp/message.h>
#include <kj/exception.h>

#include <type_traits>

// Canonical messages: one segment without a table before it (schemas/README.md).
namespace wsoa {

// Words at an address that Cap'n Proto may read from.
using Words = kj::Array<capnp::word>;

// A copy of the bytes. `invalid` if there are none, more than `bytes_max`, or no whole words.
Result<Words> words_of(ByteView bytes, std::size_t bytes_max);
ByteView bytes_of(const Words& words);

// A reader of one segment. Borrows the words, which outlive it.
class Message {
public:
    // How far the words may lead the library: bounds on work for those from anywhere, none for
    // those that were walked once, so that however often they are read nothing throws.
    enum class Trust : std::uint8_t { none, walked };

    Message(const Words& words, Trust trust);
    Message(const Message&) = delete;
    Message& operator=(const Message&) = delete;

    // `invalid` unless the message is a struct. May throw kj::Exception.
    Result<capnp::AnyStruct::Reader> root();
    // Of words that were walked: does not throw.
    template <typename Struct>
    typename Struct::Reader walked_root() {
        return reader_.getRoot<Struct>();
    }

private:
    kj::ArrayPtr<const capnp::word> segment_;
    capnp::SegmentArrayMessageReader reader_;
};

// `invalid` unless the words are the canonical form of what they say. May throw kj::Exception.
// The library's isCanonical() is not asked: it lets some forms pass that canonicalize() would not
// write.
Result<void> check_canonical(const Words& words, capnp::AnyStruct::Reader root);

// What the function returns; `invalid` in place of Cap'n Proto's exceptions.
template <typename Function>
std::invoke_result_t<Function> without_exceptions(Function function) {
    try {
        return function();
    } catch (const kj::Exception&) {
        return Error{Fault::invalid, "the bytes are not a message: a pointer leads astray"};
    }
}

}  // namespace wsoa
