#include "ledger/event/choices.h"

#include "ledger/base/check.h"

namespace wsoa {

std::string_view choice_name(capnp::EnumSchema schema, std::uint16_t member) {
    const auto members = schema.getEnumerants();
    CHECK(member < members.size());
    // The text stands in the program's own copy of the schema, for as long as the program runs.
    const auto name = members[member].getProto().getName();
    return {name.begin(), name.size()};
}

}  // namespace wsoa
