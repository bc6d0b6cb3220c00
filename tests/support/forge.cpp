#include "tests/support/forge.h"

#include "ledger/base/limits.h"
#include "ledger/event/quick_look.h"
#include "ledger/event/walk.h"
#include "tests/support/changes.h"

#include <cstring>

namespace wsoa::test {
namespace {

// Of schema::Change's pointers, the one that all kinds share.
std::uint32_t kind_pointer() { return change_layout().members.at(1).offset; }

void copy_into(capnp::AnyStruct::Builder to, capnp::AnyStruct::Reader from) {
    const auto data = from.getDataSection();
    std::memcpy(to.getDataSection().begin(), data.begin(), data.size());
    const auto pointers = from.getPointerSection();
    for (unsigned place = 0; place < pointers.size(); ++place) {
        to.getPointerSection()[place].set(pointers[place]);
    }
}

}  // namespace

Bytes canonical_bytes(capnp::AnyStruct::Reader reader) {
    const auto words = reader.canonicalize();
    const auto bytes = words.asBytes();
    return {bytes.begin(), bytes.end()};
}

Bytes forged(Kind kind, const std::function<void(schema::Change::Builder)>& change) {
    const auto sample = read_sample(kind);
    capnp::MallocMessageBuilder message;
    message.setRoot(sample.reader());
    change(message.getRoot<schema::Change>());
    return canonical_bytes(message.getRoot<schema::Change>().asReader());
}

capnp::AnyPointer::Builder pointer_of(capnp::AnyStruct::Builder record, unsigned place) {
    return record.getPointerSection()[place];
}

capnp::AnyStruct::Builder any_of(schema::Change::Builder change) {
    return capnp::AnyStruct::Builder(std::move(change));
}

capnp::AnyStruct::Builder kind_of(schema::Change::Builder change) {
    return pointer_of(any_of(change), kind_pointer()).getAs<capnp::AnyStruct>();
}

Bytes grown(Kind kind, const std::function<void(capnp::AnyStruct::Builder)>& change) {
    return forged(kind, [&](schema::Change::Builder root) {
        const auto old = kind_of(root).asReader();
        capnp::MallocMessageBuilder apart;
        auto larger = apart.getRoot<capnp::AnyPointer>().initAsAnyStruct(
            static_cast<std::uint16_t>(old.getDataSection().size() / 8 + 1),
            static_cast<std::uint16_t>(old.getPointerSection().size() + 1));
        copy_into(larger, old);
        change(larger);
        pointer_of(any_of(root), kind_pointer()).setAs<capnp::AnyStruct>(larger.asReader());
    });
}

std::uint64_t word_at(const Bytes& bytes, std::size_t word) {
    std::uint64_t value = 0;
    CHECK(word * 8 + 8 <= bytes.size());
    std::memcpy(&value, &bytes[word * 8], sizeof value);
    return value;
}

void set_word(Bytes& bytes, std::size_t word, std::uint64_t value) {
    CHECK(word * 8 + 8 <= bytes.size());
    std::memcpy(&bytes[word * 8], &value, sizeof value);
}

std::size_t find_word(const Bytes& bytes, std::uint64_t value) {
    for (std::size_t word = 0; word < bytes.size() / 8; ++word) {
        if (word_at(bytes, word) == value) {
            return word;
        }
    }
    check_failed("the message holds the word", __FILE__, __LINE__);
}

Looked look_at(ByteView bytes) {
    const auto words = words_of(bytes, limits::change_bytes_max);
    if (!words.ok()) {
        return {};
    }
    const auto walked = without_exceptions([&]() -> Result<void> {
        Message message(words.value(), Message::Trust::none);
        const auto root = TRY(message.root());
        Walk walk;
        TRY(walk.whole(change_layout(), root));
        TRY(check_canonical(words.value(), root));
        return walk.unknown() ? Error{Fault::unavailable, *walk.unknown()} : done();
    });
    return {.quickly = looks_right(change_layout(), words.value()), .slowly = walked.ok()};
}

bool is_own_canonical_form(ByteView bytes) {
    auto words = kj::heapArray<capnp::word>(bytes.size() / sizeof(capnp::word));
    std::memcpy(words.begin(), bytes.data(), bytes.size());
    const kj::ArrayPtr<const capnp::word> segment = words.asPtr();
    capnp::SegmentArrayMessageReader message(kj::arrayPtr(&segment, 1));
    return equal(canonical_bytes(message.getRoot<capnp::AnyStruct>()), bytes);
}

}  // namespace wsoa::test
