#include "ledger/state/records.h"

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

Result<std::string> Codec<std::string>::get(ByteReader& from) {
    const auto text = TRY(get_text(from));
    // Codes of ratings are such labels too.
    auto checked = check_version_label(text);
    if (!checked.ok()) {
        return as_stored(std::move(checked).error());
    }
    return std::string(text);
}

Result<bool> Codec<bool>::get(ByteReader& from) {
    const auto byte = TRY(from.u8());
    if (byte > 1) {
        return Error{Fault::corrupt, "a record holds a flag that is neither 0 nor 1"};
    }
    return byte == 1;
}

Result<Decimal> Codec<Decimal>::get(ByteReader& from) {
    const auto mantissa = TRY(from.u64());
    const auto scale = TRY(from.u16());
    return as_stored(Decimal::of(static_cast<std::int64_t>(mantissa), scale));
}

Result<Hash> Codec<Hash>::get(ByteReader& from) {
    constexpr std::size_t hash_bytes = 32;
    const auto bytes = TRY(from.take(hash_bytes));
    return as_stored(Hash::of(bytes));
}

Result<TreeSize> Codec<TreeSize>::get(ByteReader& from) {
    const auto value = TRY(from.u64());
    return TreeSize{value};
}

Result<DocumentNumber> Codec<DocumentNumber>::get(ByteReader& from) {
    const auto value = TRY(from.u64());
    return DocumentNumber{value};
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
