#include "projections/records.h"

namespace wsoa::record {

void put_text(Bytes& to, std::string_view text) {
    CHECK(text.size() <= limits::reference_bytes_max);
    append_u16(to, static_cast<std::uint16_t>(text.size()));
    append(to, text);
}

Result<std::string_view> get_text(ByteReader& from) {
    const auto length = TRY(from.u16());
    if (length > limits::reference_bytes_max) {
        return Error{Fault::corrupt, "a record holds a name that is too long"};
    }
    const auto bytes = TRY(from.take(length));
    return text_of(bytes);
}

Result<std::string> get_rating_code(ByteReader& from) {
    const auto text = TRY(get_text(from));
    auto checked = check_rating_code(text);
    if (!checked.ok()) {
        return as_stored(std::move(checked).error());
    }
    return std::string(text);
}

Result<EventIndex> Codec<EventIndex>::get(ByteReader& from) {
    const auto value = TRY(from.u64());
    return EventIndex{value};
}

Result<Date> Codec<Date>::get(ByteReader& from) {
    const auto days = TRY(from.u32());
    return as_stored(date_from_days(static_cast<std::int32_t>(days)));
}

Result<Month> Codec<Month>::get(ByteReader& from) {
    const auto months = TRY(from.u16());
    return as_stored(month_from_number(months));
}

Result<Instant> Codec<Instant>::get(ByteReader& from) {
    const auto ms = TRY(from.u64());
    return as_stored(instant_from_ms(static_cast<std::int64_t>(ms)));
}

}  // namespace wsoa::record
