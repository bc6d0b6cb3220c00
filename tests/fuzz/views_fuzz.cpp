// Rows of views: what is accepted is what is written of it again, to the byte.

#include "ledger/state/plan_bytes.h"
#include "projections/audit_trail.h"
#include "tests/fuzz/target.h"

using namespace wsoa;

namespace {

void read_a_plan(test::Cutter& cutter) {
    const auto first = copy_of(cutter.sized(2));
    Bytes whole = first;
    std::vector<SubjectRef> asked;
    const auto plan = plan_from_parts(first, [&](const SubjectRef& ref) -> Result<Bytes> {
        asked.push_back(ref);
        auto part = copy_of(cutter.sized(2));
        append(whole, ByteView(part));
        return part;
    });
    if (!plan.ok()) {
        return;
    }
    CHECK(encode_plan(plan.value()) == whole);
    const auto parts = parts_of(plan.value());
    CHECK(parts.size() == asked.size() + 1 && parts.front().bytes == first);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        CHECK(parts[i + 1].ref == asked[i]);
    }
    CHECK(digest_of(plan.value()) == digest_of(parts));
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    test::Cutter cutter(ByteView(data, size));
    if (cutter.byte() % 2 == 0) {
        const auto bytes = cutter.rest();
        const auto entry = decode_trail_entry(bytes);
        CHECK(!entry.ok() || equal(encode_trail_entry(entry.value()), bytes));
    } else {
        read_a_plan(cutter);
    }
    return 0;
}
