// What lies beside a guard of what others saw: what is accepted is written the same way again.

#include "ledger/store/sighting.h"
#include "tests/fuzz/target.h"

using namespace wsoa;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = text_of(ByteView(data, size));
    const auto sightings = parse_sightings(text, Hash{});
    CHECK(!sightings.ok() || sightings_text(sightings.value(), Hash{}) == text);
    return 0;
}
