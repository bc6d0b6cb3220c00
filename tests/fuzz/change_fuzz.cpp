// A change from anyone: what is accepted is its own canonical form, by the library's word too, and
// comes back from its JSON form to the same bytes. The quick look takes nothing that the walk would
// not.

#include "ledger/event/json.h"
#include "tests/fuzz/target.h"
#include "tests/support/changes.h"
#include "tests/support/forge.h"

using namespace wsoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView input(data, size);
    const auto looked = test::look_at(input);
    CHECK(looked.slowly || !looked.quickly);
    const auto change = Change::read(input);
    if (change.ok()) {
        CHECK(equal(change.value().bytes(), input));
        CHECK(test::is_own_canonical_form(input));
        const auto back = change_from_json(change_to_json(change.value()));
        CHECK(back.ok());
        CHECK(equal(back.value(), input));
        CHECK(same_but_for_retry(change.value(), test::must(Change::read(input))));
        CHECK(fields_to_text(change.value()) == fields_to_text(change.value()));
    }
    return 0;
}
