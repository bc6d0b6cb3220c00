#include "ledger/event/message.h"

#include <cstring>
#include <limits>

namespace wsoa {
namespace {

// A walk and canonicalizing read each word a few times; every read counts.
constexpr std::uint64_t reads_per_word_max = 8;
constexpr int nesting_max = 16;

capnp::ReaderOptions options_for(const Words& words, Message::Trust trust) {
    capnp::ReaderOptions options;
    options.nestingLimit = nesting_max;
    options.traversalLimitInWords = trust == Message::Trust::none
                                        ? words.size() * reads_per_word_max
                                        : std::numeric_limits<std::uint64_t>::max();
    return options;
}

}  // namespace

Result<Words> words_of(ByteView bytes, std::size_t bytes_max) {
    if (bytes.empty()) {
        return Error{Fault::invalid, "there are no bytes"};
    }
    if (bytes.size() > bytes_max) {
        return error(Fault::invalid, "there are {} bytes; at most {} are taken", bytes.size(),
                     bytes_max);
    }
    if (bytes.size() % sizeof(capnp::word) != 0) {
        return error(Fault::invalid, "there are {} bytes, which are no whole words of 8",
                     bytes.size());
    }
    auto words = kj::heapArray<capnp::word>(bytes.size() / sizeof(capnp::word));
    std::memcpy(words.begin(), bytes.data(), bytes.size());
    return words;
}

ByteView bytes_of(const Words& words) {
    const auto bytes = words.asBytes();
    return {bytes.begin(), bytes.size()};
}

Message::Message(const Words& words, Trust trust)
    : segment_(words.asPtr()), reader_(kj::arrayPtr(&segment_, 1), options_for(words, trust)) {}

Result<capnp::AnyStruct::Reader> Message::root() {
    const auto root = reader_.getRoot<capnp::AnyPointer>();
    if (!root.isStruct()) {
        return Error{Fault::invalid, "the bytes do not begin with a struct"};
    }
    return root.getAs<capnp::AnyStruct>();
}

Result<void> check_canonical(const Words& words, capnp::AnyStruct::Reader root) {
    const auto canonical = root.canonicalize();
    if (!equal(bytes_of(canonical), bytes_of(words))) {
        return Error{Fault::invalid, "the bytes are not in canonical form"};
    }
    return done();
}

}  // namespace wsoa
