#pragma once

#include <capnp/schema.h>

#include <cstdint>
#include <string_view>
#include <type_traits>

namespace wsoa {

// The name that the schema gives to one of an enum's members: "inProgress" for
// schema::ActionStage::IN_PROGRESS. Of a member that the schema does not have there is none.
std::string_view choice_name(capnp::EnumSchema schema, std::uint16_t member);

template <typename Enum>
requires std::is_enum_v<Enum> std::string_view choice_name(Enum member) {
    return choice_name(capnp::Schema::from<Enum>(), static_cast<std::uint16_t>(member));
}

}  // namespace wsoa
