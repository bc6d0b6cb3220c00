// A line of a file of changes, and a whole change as JSON: the same line gives the same change
// twice, and what is accepted is a change that Change::read takes.

#include "ledger/event/json.h"
#include "ledger/event/json_reader.h"
#include "tests/fuzz/target.h"
#include "tests/support/changes.h"

using namespace wsoa;

namespace {

// The line as a change under the sample's envelope.
Result<Bytes> finished(std::string_view json) {
    auto line = TRY(parse_change_line(json));
    auto envelope = test::sample_envelope(line.draft.kind());
    envelope.subject = line.subject;
    envelope.plan = line.subject.plan();
    return line.draft.finish(envelope);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto json = text_of(ByteView(data, size));
    const auto bytes = finished(json);
    const auto again = finished(json);
    CHECK(bytes.ok() == again.ok());
    if (bytes.ok()) {
        CHECK(bytes.value() == again.value());
        CHECK(Change::read(bytes.value()).ok());
    } else {
        CHECK(bytes.error() == again.error());
    }
    const auto whole = change_from_json(json);
    if (whole.ok()) {
        CHECK(read_json(json).ok());
        const auto change = Change::read(whole.value());
        CHECK(change.ok());
        CHECK(test::must(change_from_json(change_to_json(change.value()))) == whole.value());
    }
    return 0;
}
