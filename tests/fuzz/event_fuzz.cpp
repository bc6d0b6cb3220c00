// An entry of the log: what is accepted is what event_bytes gives for its parts, and the change in
// it is one that Change::read takes.

#include "ledger/event/event.h"
#include "tests/fuzz/target.h"
#include "tests/support/forge.h"

using namespace wsoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    const auto view = read_entry(input);
    const auto event = Event::read(EventIndex{7}, input);
    if (view.ok()) {
        CHECK(test::is_own_canonical_form(input));
        const auto again =
            event_bytes(view.value().recorded_at, {view.value().change, view.value().signature});
        CHECK(again.ok());
        CHECK(equal(again.value(), input));
    }
    const bool is_event = view.ok() && Change::read(view.value().change).ok();
    CHECK(event.ok() == is_event);
    if (is_event) {
        CHECK(equal(event.value().bytes(), input));
        CHECK(equal(event.value().change().bytes(), view.value().change));
        CHECK(event.value().recorded_at() == view.value().recorded_at);
    }
    return 0;
}
