// What keeper and client read out of each other's messages: what is accepted survives being written
// and read again, and every word of it can be shown.

#include "cli/keeper/wire.h"
#include "ledger/base/limits.h"
#include "ledger/base/text.h"
#include "ledger/event/kinds.h"
#include "tests/fuzz/target.h"

#include <capnp/message.h>
#include <kj/exception.h>

#include <algorithm>
#include <cstring>

using namespace wsoa;

namespace {

void read_submission(schema::Submission::Reader message) {
    const auto submission = wire::get_submission(message);
    if (!submission.ok()) {
        return;
    }
    capnp::MallocMessageBuilder written;
    wire::put_submission(written.initRoot<schema::Submission>(), submission.value());
    const auto again = wire::get_submission(written.getRoot<schema::Submission>().asReader());
    CHECK(again.ok());
    CHECK(again.value().signed_change == submission.value().signed_change);
    CHECK(again.value().words == submission.value().words);
    CHECK(again.value().recorded_at == submission.value().recorded_at);
}

void read_outcome(schema::Outcome::Reader message) {
    const auto outcome = wire::get_outcome(message);
    if (!outcome.ok()) {
        CHECK(!outcome.error().message.empty());
        CHECK(!name_of(outcome.error().fault).empty());
        return;
    }
    const auto& recorded = outcome.value();
    capnp::MallocMessageBuilder written;
    wire::put_outcome(written.initRoot<schema::Outcome>(), recorded.committed, recorded.checkpoint);
    const auto again = wire::get_outcome(written.getRoot<schema::Outcome>().asReader());
    CHECK(again.ok());
    CHECK(again.value().checkpoint == recorded.checkpoint);
    CHECK(again.value().committed.index == recorded.committed.index);
    CHECK(again.value().committed.recorded_at == recorded.committed.recorded_at);
    CHECK(again.value().committed.receipt == recorded.committed.receipt);
    CHECK(again.value().committed.was == recorded.committed.was);
}

void read_words(capnp::List<schema::ReadableWord>::Reader message) {
    const auto words = wire::get_words(message);
    if (!words.ok()) {
        return;
    }
    for (const auto& word : words.value()) {
        CHECK(!name_of(word.field).empty());
        CHECK(check_text(word.text, limits::word_bytes_max).ok());
    }
    capnp::MallocMessageBuilder written;
    auto root = written.initRoot<capnp::AnyPointer>().initAs<capnp::List<schema::ReadableWord>>(
        static_cast<unsigned>(words.value().size()));
    wire::put_words(root, words.value());
    CHECK(wire::get_words(root.asReader()).value() == words.value());
}

void read_keys(capnp::List<capnp::Data>::Reader message) {
    const auto keys = wire::get_keys(message);
    if (!keys.ok()) {
        CHECK(message.size() > wire::keys_max);
        return;
    }
    std::vector<Bytes> read;
    for (const auto key : keys.value()) {
        read.push_back(copy_of(key));
    }
    capnp::MallocMessageBuilder written;
    auto root = written.initRoot<capnp::AnyPointer>().initAs<capnp::List<capnp::Data>>(
        static_cast<unsigned>(read.size()));
    wire::put_keys(root, read);
    const auto again = wire::get_keys(root.asReader()).value();
    CHECK(std::ranges::equal(again, keys.value(), equal));
}

void read_values(capnp::List<schema::Value>::Reader message) {
    const auto values = wire::get_values(message, wire::keys_max);
    if (!values.ok()) {
        CHECK(message.size() == 0 || message.size() > wire::keys_max);
        return;
    }
    capnp::MallocMessageBuilder written;
    auto root = written.initRoot<capnp::AnyPointer>().initAs<capnp::List<schema::Value>>(
        static_cast<unsigned>(values.value().size()));
    wire::put_values(root, values.value());
    CHECK(wire::get_values(root.asReader(), values.value().size()).value() == values.value());
}

void read_failure(schema::Failure::Reader message) {
    const auto failure = wire::get_failure(message);
    CHECK(!failure || !failure->message.empty());
}

void read(std::uint8_t what, capnp::MessageReader& message) {
    switch (what % 6) {
        case 0: return read_submission(message.getRoot<schema::Submission>());
        case 1: return read_outcome(message.getRoot<schema::Outcome>());
        case 2: return read_words(message.getRoot<capnp::List<schema::ReadableWord>>());
        case 3: return read_failure(message.getRoot<schema::Failure>());
        case 4: return read_keys(message.getRoot<capnp::List<capnp::Data>>());
        default: return read_values(message.getRoot<capnp::List<schema::Value>>());
    }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    test::Cutter cutter(ByteView(data, size));
    const auto what = cutter.byte();
    const auto bytes = cutter.rest();
    auto words = kj::heapArray<capnp::word>(bytes.size() / sizeof(capnp::word));
    std::memcpy(words.begin(), bytes.data(), words.size() * sizeof(capnp::word));
    const kj::ArrayPtr<const capnp::word> segment = words.asPtr();
    capnp::ReaderOptions options;
    options.traversalLimitInWords = wire::message_bytes_max / sizeof(capnp::word);
    options.nestingLimit = 16;
    capnp::SegmentArrayMessageReader message(kj::arrayPtr(&segment, 1), options);
    try {
        read(what, message);
    } catch (const kj::Exception&) {
        // A pointer that leads astray: the connection ends, as the service says.
    }
    return 0;
}
